"""協定: issues the agreement once both have signed, and tells people how it goes."""

from sqlalchemy import select

from flows import outbox
from flows.steps import announce, issue_document, stage_flow
from models.agreement import Agreement
from models.database import reading
from models.documents import DocumentKind
from models.history import Event
from models.process.vocabulary import FlowKey, MoveKey, State


@stage_flow(FlowKey.AGREEMENT)
def agreement(message_id: int) -> None:
    """After the last signature: issue the agreement. Then announce."""
    errand = outbox.errand(message_id)
    if errand is None:
        return
    if errand.move is MoveKey.SIGN:
        concluded = concluded_by(errand.event_id)
        if concluded is not None:
            issue_document(message_id, DocumentKind.AGREEMENT, errand.proposal_id, concluded)
    announce(message_id, errand.event_id)


def concluded_by(event_id: int) -> int | None:
    """The agreement that this signature concluded; None when the other side's is still awaited."""
    with reading() as session:
        event = session.get_one(Event, event_id)
        if event.to_state is not State.RUNNING:
            return None
        return session.scalar(
            select(Agreement.id).where(
                Agreement.proposal_id == event.proposal_id, Agreement.number == event.details["agreement"]
            )
        )
