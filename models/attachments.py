"""Files that parties add to a proposal: who may add and take away what, and who may open it."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from models import clock
from models.documents import Attachment, Document
from models.execution import Report
from models.files import StoredFile
from models.process.actors import Actor, hats_of
from models.process.labels import STAGES
from models.process.refusals import NotAllowed, NotPossible
from models.process.sight import CITY_HATS, state_words
from models.process.vocabulary import Hat, Sight, Stage, State
from models.proposals import Proposal
from models.words import Word

MOST = 20
"""Files that one question, or one stage or report besides its questions, may carry."""


class Rule(NamedTuple):
    """Under which hats and in which states files of a stage are added and taken away."""

    hats: frozenset[Hat]
    states: frozenset[State]


PARTIES = frozenset({Hat.MEMBER, Hat.SECTION})
"""The agreement is written by both; the proposal and its reports are the group's papers."""
RULES: dict[Stage, Rule] = {
    Stage.INTAKE: Rule(frozenset({Hat.MEMBER}), frozenset({State.DRAFT, State.RETURNED})),
    Stage.AGREEMENT: Rule(PARTIES, frozenset({State.DRAFTING, State.APPROVING, State.SIGNING})),
    Stage.EXECUTION: Rule(frozenset({Hat.MEMBER}), frozenset({State.RUNNING})),
}


def attached(proposal: Proposal, stage: Stage, subject_id: int = 0) -> list[Attachment]:
    """The files of a stage or of one report as they stand, in the order they came."""
    return [a for a in proposal.attachments if (a.stage, a.subject_id) == (stage, subject_id) and a.removed_at is None]


def attach(
    session: Session,
    proposal: Proposal,
    actor: Actor,
    stage: Stage,
    file: StoredFile,
    subject_id: int = 0,
    *,
    item: str = "",
) -> Attachment:
    """Add a stored file, to a question of the form or to the paper as a whole. Raises NotAllowed or NotPossible.

    The same file under the same name is there once for each question.
    """
    check_attachable(proposal, actor, stage, subject_id)
    there = [a for a in attached(proposal, stage, subject_id) if a.item == item]
    same = next((a for a in there if (a.sha256, a.name) == (file.sha256, file.name)), None)
    if same is not None:
        return same
    if len(there) >= MOST:
        raise NotPossible(
            Word("添付できるファイルは{n}個までです。", "At most {n} files can be attached.").filled(n=MOST)
        )
    assert actor.person_id is not None
    attachment = Attachment(
        stage=stage,
        subject_id=subject_id,
        item=item,
        name=file.name,
        sha256=file.sha256,
        media_type=file.media_type,
        size=file.size,
        added_by_id=actor.person_id,
        added_at=clock.now(),
    )
    proposal.attachments.append(attachment)
    session.flush()
    return attachment


def detach(session: Session, proposal: Proposal, actor: Actor, attachment_id: int) -> Attachment | None:
    """Take a file away; versions it belongs to keep it. None when there is no such file.

    Raises like `attach`, and NotPossible for a file that was handed in with a report, which has no versions.
    """
    found = next((a for a in proposal.attachments if a.id == attachment_id), None)
    if found is None:
        return None
    check_attachable(proposal, actor, found.stage, found.subject_id)
    if handed_in(proposal, found):
        raise NotPossible(
            Word(
                "「{name}」は報告と一緒に提出されているため、外せません。正しいファイルを追加してください。",
                "“{name}” was handed in with the report and stays. Please add the right file beside it.",
            ).filled(name=found.name)
        )
    if found.removed_at is None:
        found.removed_at = clock.now()
        session.flush()
    return found


def handed_in(proposal: Proposal, attachment: Attachment) -> bool:
    """Whether the file belongs to a report as it was handed in, also when that was returned since."""
    report = _report(proposal, attachment.stage, attachment.subject_id)
    return report is not None and report.submitted_at is not None and attachment.added_at <= report.submitted_at


def check_attachable(proposal: Proposal, actor: Actor, stage: Stage, subject_id: int = 0) -> None:
    """Raises NotAllowed or NotPossible when the actor may not change the files of a stage, or of a report, now."""
    rule = RULES[stage]
    if not rule.hats & hats_of(actor, proposal):
        raise NotAllowed(
            Word(
                "「{stage}」のファイルを変えられるのは、その書類を書く人だけです。",
                "Only those who write it can change the files of “{stage}”.",
            ).filled(stage=STAGES[stage])
        )
    if proposal.state not in rule.states:
        raise NotPossible(
            Word(
                "この提案は今「{state}」のため、ファイルを変えることはできません。",
                "This proposal is now “{state}”, so its files cannot be changed.",
            ).filled(state=state_words(proposal, hats_of(actor, proposal)))
        )
    if stage is Stage.EXECUTION:
        report = _report(proposal, stage, subject_id)
        if report is None or not report.waits_for_group:
            raise NotPossible(
                Word(
                    "提出した報告のファイルは、修正のお願いがあるまで変えられません。",
                    "The files of a report that was handed in cannot be changed unless it is returned.",
                )
            )


def attachment_to_open(proposal: Proposal, attachment_id: int) -> Attachment | None:
    """The file, for whoever sees the proposal: while it is there, and for good where a version of a paper holds it."""
    versions = [s.attachments for s in proposal.submissions] + [a.attachments for a in proposal.agreements]
    held = {file["id"] for files in versions for file in files}
    return next(
        (a for a in proposal.attachments if a.id == attachment_id and (a.removed_at is None or a.id in held)), None
    )


def documents_for(proposal: Proposal, actor: Actor) -> list[Document]:
    """The formal documents that the actor, who sees the proposal, may open."""
    if hats_of(actor, proposal) & CITY_HATS:
        return list(proposal.documents)
    return [document for document in proposal.documents if document.sight is not Sight.CITY]


def _report(proposal: Proposal, stage: Stage, subject_id: int) -> Report | None:
    if stage is not Stage.EXECUTION:
        return None
    return next((report for report in proposal.reports if report.id == subject_id), None)
