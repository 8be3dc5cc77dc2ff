"""実施報告: tells people about reports."""

from flows import outbox
from flows.steps import announce, stage_flow
from models.process.vocabulary import FlowKey


@stage_flow(FlowKey.EXECUTION)
def execution(message_id: int) -> None:
    """Announce the move."""
    errand = outbox.errand(message_id)
    if errand is not None:
        announce(message_id, errand.event_id)
