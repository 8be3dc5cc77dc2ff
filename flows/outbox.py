"""The outbox from the worker's side: lease what is due, remember failures, mark done together with the last result."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models import clock
from models.database import reading, transaction
from models.history import Event
from models.outbox import OutboxMessage
from models.process.vocabulary import FlowKey, MoveKey
from models.settings import settings

FIRST_PAUSE = timedelta(seconds=5)
"""How long a message rests after its first failure; each further failure doubles it."""
LONGEST_PAUSE = timedelta(minutes=10)
OFTEN = 8
"""From so many attempts on, a failing message is called to the operator's attention each time."""
ERROR_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class Leased:
    """A message that is ours for a while. label: receipt number; for a draft its row number."""

    id: int
    flow: FlowKey
    label: str
    created_at: datetime
    attempt: int


@dataclass(frozen=True, slots=True)
class Errand:
    """What a message asks for: which move on which proposal."""

    message_id: int
    proposal_id: int
    event_id: int
    move: MoveKey


def is_due() -> bool:
    """Whether any message waits to be worked on: one indexed query that never waits for a writer."""
    with reading() as session:
        return session.scalar(_due(clock.now()).with_only_columns(OutboxMessage.id)) is not None


def lease_next() -> Leased | None:
    """Take the message that has waited longest, so that nobody else does until the lease runs out."""
    with transaction() as session:
        message = session.scalar(_due(clock.now()).with_for_update(skip_locked=True))
        if message is None:
            return None
        message.due_at = lease_end()
        message.attempts += 1
        proposal = message.proposal
        label = "" if proposal is None else proposal.number or f"draft {proposal.id}"
        return Leased(message.id, message.flow, label, message.created_at, message.attempts)


def renew(message_id: int) -> None:
    """Before long work: the lease begins anew."""
    with transaction() as session:
        message = session.get_one(OutboxMessage, message_id)
        if message.done_at is None:
            message.due_at = lease_end()


def give_back(message_id: int) -> None:
    """Nothing could be tried, because Prefect was away: due again at once, and not counted."""
    with transaction() as session:
        message = session.get_one(OutboxMessage, message_id)
        if message.done_at is None:
            message.due_at = clock.now()
            message.attempts -= 1


def note_failure(message_id: int, error: str) -> int:
    """Keep why it failed and let it rest, longer each time; it is never given up. Returns the attempts so far."""
    with transaction() as session:
        message = session.get_one(OutboxMessage, message_id)
        if message.done_at is None:
            message.error = error[:ERROR_LIMIT]
            message.due_at = clock.now() + pause_after(message.attempts)
        return message.attempts


def pause_after(attempts: int) -> timedelta:
    """How long to rest after so many attempts."""
    doublings = min(max(attempts, 1) - 1, 16)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def errand(message_id: int) -> Errand | None:
    """What is to be done; None when it is done already."""
    with reading() as session:
        row = session.execute(
            select(OutboxMessage.id, Event.proposal_id, Event.id, Event.move)
            .join(Event, Event.id == OutboxMessage.event_id)
            .where(OutboxMessage.id == message_id, OutboxMessage.done_at.is_(None))
        ).one_or_none()
        return None if row is None else Errand(*row)


def finish(session: Session, message_id: int) -> bool:
    """Mark a message done within the transaction of its last result; False when somebody else has done it."""
    message = session.get_one(OutboxMessage, message_id, with_for_update=True)
    if message.done_at is not None:
        return False
    message.done_at = clock.now()
    message.error = ""
    return True


def lease_end() -> datetime:
    """Until when something leased now is ours."""
    return clock.now() + timedelta(seconds=settings().lease_seconds)


def _due(now: datetime) -> Select[OutboxMessage]:
    return (
        select(OutboxMessage)
        .where(OutboxMessage.done_at.is_(None), OutboxMessage.due_at <= now)
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(1)
    )
