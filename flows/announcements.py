"""Tells people about moves that set off nothing else."""

from flows import outbox
from flows.steps import announce, stage_flow
from models.process.vocabulary import FlowKey


@stage_flow(FlowKey.ANNOUNCEMENTS)
def announcements(message_id: int) -> None:
    """Announce the move."""
    errand = outbox.errand(message_id)
    if errand is not None:
        announce(message_id, errand.event_id)
