"""受付: tells people that a proposal came in."""

from flows import outbox
from flows.steps import announce, stage_flow
from models.process.vocabulary import FlowKey


@stage_flow(FlowKey.INTAKE)
def intake(message_id: int) -> None:
    """Announce the move."""
    errand = outbox.errand(message_id)
    if errand is not None:
        announce(message_id, errand.event_id)
