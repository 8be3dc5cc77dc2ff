"""除外審査: lets words and rules ask for a closer look, issues receipt and notice, and tells people how it goes."""

from flows import outbox
from flows.steps import announce, issue_document, stage_flow, step
from models import screening_rules
from models.database import reading, transaction
from models.documents import DocumentKind
from models.history import Event
from models.process.vocabulary import FlowKey, MoveKey
from models.proposals import Proposal
from notifications.documents.own_words import notice_on
from notifications.documents.selected import DECISIONS


@stage_flow(FlowKey.SCREENING)
def screening(message_id: int) -> None:
    """After acceptance: prefill the findings, issue the receipt. After a decision: issue its notice. Then announce."""
    errand = outbox.errand(message_id)
    if errand is None:
        return
    if errand.move is MoveKey.ACCEPT:
        point_out(errand.proposal_id)
        issue_document(message_id, DocumentKind.RECEIPT, errand.proposal_id)
    if errand.move in DECISIONS and (errand.move is not MoveKey.CONCLUDE or passed_on(errand.event_id)):
        issue_document(message_id, DocumentKind.SELECTION_NOTICE, errand.proposal_id, errand.event_id)
    if errand.move is MoveKey.APPROVE_EXCLUSION:
        issue_document(message_id, DocumentKind.EXCLUSION_NOTICE, errand.proposal_id)
    announce(message_id, errand.event_id)


@step
def passed_on(event_id: int) -> bool:
    """Whether a conclusion took the proposal on to the next round; after the last one the city's decision is told."""
    with reading() as session:
        return notice_on(session.get_one(Event, event_id)) is not None


@step
def point_out(proposal_id: int) -> None:
    """Mark findings for a look where the programme's words and rules point at them; what a person decided stays.

    The proposal is locked: whoever is deciding at this moment comes first, and is not overwritten.
    """
    with transaction() as session:
        proposal = session.get_one(Proposal, proposal_id, with_for_update=True)
        screening_rules.point_out(proposal)
