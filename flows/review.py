"""相互評価: issues the evaluation and prepares publication once both sides have confirmed the joint sheet."""

from sqlalchemy import select

from flows import outbox
from flows.steps import announce, issue_document, stage_flow, step
from models.database import reading, transaction
from models.documents import DocumentKind
from models.history import Event
from models.process.actors import SYSTEM
from models.process.perform import perform, refusal
from models.process.vocabulary import FlowKey, MoveKey, State
from models.proposals import Proposal
from models.review import JointSheet


@stage_flow(FlowKey.REVIEW)
def review(message_id: int) -> None:
    """After the last confirmation: make the text for publication, issue the evaluation. Then announce."""
    errand = outbox.errand(message_id)
    if errand is None:
        return
    if errand.move is MoveKey.CONFIRM_JOINT_SHEET:
        confirmed = confirmed_by(errand.event_id)
        if confirmed is not None:
            make_snapshot(errand.proposal_id)
            issue_document(message_id, DocumentKind.EVALUATION, errand.proposal_id, confirmed)
    announce(message_id, errand.event_id)


def confirmed_by(event_id: int) -> int | None:
    """The joint sheet on which this was the second confirmation; None when the other side's is still awaited."""
    with reading() as session:
        event = session.get_one(Event, event_id)
        if event.to_state is not State.PREPARING:
            return None
        return session.scalar(
            select(JointSheet.id).where(
                JointSheet.proposal_id == event.proposal_id, JointSheet.number == event.details["sheet"]
            )
        )


@step
def make_snapshot(proposal_id: int) -> None:
    """Kyodo's own move; it stays undone when it was made before."""
    with transaction() as session:
        proposal = session.get_one(Proposal, proposal_id, with_for_update=True)
        if refusal(session, proposal, MoveKey.MAKE_SNAPSHOT, SYSTEM) is None:
            perform(session, proposal, MoveKey.MAKE_SNAPSHOT, SYSTEM)
