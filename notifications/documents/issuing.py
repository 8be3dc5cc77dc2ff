"""Issues a formal document once: renders it, stores it by its hash, and writes its row."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.agreement import Agreement
from models.database import reading, transaction
from models.documents import Document, DocumentKind
from models.files import store_made
from models.filetypes import PDF
from models.history import Event
from models.process.vocabulary import MoveKey, Sight
from models.proposals import Proposal
from models.review import JointSheet
from notifications.documents.agreement import agreement_html
from notifications.documents.contents import agreement_text, evaluation_sheet, exclusion_notice
from notifications.documents.evaluation import evaluation_html
from notifications.documents.exclusion_notice import exclusion_notice_html
from notifications.documents.receipt import receipt_html
from notifications.documents.received import receipt_letter
from notifications.documents.selected import selection_notice
from notifications.documents.selection_notice import selection_notice_html
from notifications.pdf import render_pdf


def issue(kind: DocumentKind, proposal_id: int, subject_id: int = 0) -> None:
    """Make the document unless it exists. subject_id: the agreement or joint sheet it prints, or the event it tells of.

    Rendering takes seconds, so it happens outside of any transaction. Raises PdfNotMade or StorageFull.
    """
    with reading() as session:
        if _exists(session, kind, proposal_id, subject_id):
            return
        proposal = session.get_one(Proposal, proposal_id)
        title, html = WRITTEN[kind](session, proposal, subject_id)
        name = f"{title} {proposal.number}"
    stored = store_made(render_pdf(html, name), f"{name}.pdf", PDF)
    with transaction() as session:
        session.scalar(select(Proposal.id).where(Proposal.id == proposal_id).with_for_update())
        if not _exists(session, kind, proposal_id, subject_id):
            session.add(
                Document(
                    proposal_id=proposal_id,
                    kind=kind,
                    subject_id=subject_id,
                    sight=Sight.PARTIES,
                    title=title,
                    sha256=stored.sha256,
                    size=stored.size,
                    made_at=clock.now(),
                )
            )


def preview_agreement(session: Session, agreement: Agreement) -> bytes:
    """The PDF of an agreement as it stands, marked as a draft until both have signed. Nothing is stored."""
    title, html = _agreement(session, session.get_one(Proposal, agreement.proposal_id), agreement.id)
    return render_pdf(html, title)


def _exists(session: Session, kind: DocumentKind, proposal_id: int, subject_id: int) -> bool:
    found = select(Document.id).where(
        Document.proposal_id == proposal_id, Document.kind == kind, Document.subject_id == subject_id
    )
    return session.scalar(found) is not None


def _receipt(session: Session, proposal: Proposal, subject_id: int) -> tuple[str, str]:
    letter = receipt_letter(session, _last(proposal, MoveKey.ACCEPT))
    return letter.words.title, receipt_html(letter)


def _exclusion_notice(session: Session, proposal: Proposal, subject_id: int) -> tuple[str, str]:
    notice = exclusion_notice(session, _last(proposal, MoveKey.APPROVE_EXCLUSION))
    return notice.words.title, exclusion_notice_html(notice)


def _selection_notice(session: Session, proposal: Proposal, subject_id: int) -> tuple[str, str]:
    notice = selection_notice(session, session.get_one(Event, subject_id))
    return notice.words.title, selection_notice_html(notice)


def _agreement(session: Session, proposal: Proposal, subject_id: int) -> tuple[str, str]:
    text = agreement_text(session, proposal, session.get_one(Agreement, subject_id))
    return text.title, agreement_html(text)


def _evaluation(session: Session, proposal: Proposal, subject_id: int) -> tuple[str, str]:
    sheet = evaluation_sheet(proposal, session.get_one(JointSheet, subject_id))
    return "協働事業評価書", evaluation_html(sheet)


WRITTEN: dict[DocumentKind, Callable[[Session, Proposal, int], tuple[str, str]]] = {
    DocumentKind.RECEIPT: _receipt,
    DocumentKind.EXCLUSION_NOTICE: _exclusion_notice,
    DocumentKind.AGREEMENT: _agreement,
    DocumentKind.EVALUATION: _evaluation,
    DocumentKind.SELECTION_NOTICE: _selection_notice,
}
"""Title and HTML of each kind of document, from its rows."""


def _last(proposal: Proposal, move: MoveKey) -> Event:
    return [event for event in proposal.events if event.move is move][-1]
