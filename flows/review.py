"""相互評価: prepares publication once both sides have confirmed the joint sheet."""

from flows import outbox
from flows.steps import announce, stage_flow, step
from models.database import transaction
from models.process.actors import SYSTEM
from models.process.perform import perform, refusal
from models.process.vocabulary import FlowKey, MoveKey
from models.proposals import Proposal


@stage_flow(FlowKey.REVIEW)
def review(message_id: int) -> None:
    """Make the text for publication as soon as it can be made, and announce."""
    errand = outbox.errand(message_id)
    if errand is None:
        return
    if errand.move is MoveKey.CONFIRM_JOINT_SHEET:
        make_snapshot(errand.proposal_id)
    announce(message_id, errand.event_id)


@step
def make_snapshot(proposal_id: int) -> None:
    """Kyodo's own move; it stays undone while one side's confirmation is awaited, or when it was made before."""
    with transaction() as session:
        proposal = session.get_one(Proposal, proposal_id, with_for_update=True)
        if refusal(session, proposal, MoveKey.MAKE_SNAPSHOT, SYSTEM) is None:
            perform(session, proposal, MoveKey.MAKE_SNAPSHOT, SYSTEM)
