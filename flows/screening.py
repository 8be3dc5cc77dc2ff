"""除外審査: lets word rules ask for a closer look, and tells people how the screening goes."""

from flows import outbox
from flows.steps import announce, stage_flow, step
from models.database import transaction
from models.process.actors import SYSTEM
from models.process.moves import screening as rules
from models.process.perform import case_for
from models.process.vocabulary import FlowKey, Hat, MoveKey
from models.proposals import Proposal


@stage_flow(FlowKey.SCREENING)
def screening(message_id: int) -> None:
    """After acceptance: prefill the findings. Then announce."""
    errand = outbox.errand(message_id)
    if errand is None:
        return
    if errand.move is MoveKey.ACCEPT:
        flag_words(errand.proposal_id)
    announce(message_id, errand.event_id)


@step
def flag_words(proposal_id: int) -> None:
    """Mark findings for a look where the programme's words stand in the text; what a person decided stays."""
    with transaction() as session:
        proposal = session.get_one(Proposal, proposal_id)
        rules.flag_words(case_for(session, proposal, SYSTEM, Hat.SYSTEM))
