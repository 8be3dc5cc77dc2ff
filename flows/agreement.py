"""協定: tells people how the agreement goes."""

from flows import outbox
from flows.steps import announce, stage_flow
from models.process.vocabulary import FlowKey


@stage_flow(FlowKey.AGREEMENT)
def agreement(message_id: int) -> None:
    """Announce the move."""
    errand = outbox.errand(message_id)
    if errand is not None:
        announce(message_id, errand.event_id)
