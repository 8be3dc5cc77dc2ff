"""Plants the demonstration city into an empty database, with the mails of its past already delivered."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kyodo import CannotGoOnError
from kyodo.demonstration.associations import associate
from kyodo.demonstration.cast import SINCE, engage
from kyodo.demonstration.chronicle import tell
from kyodo.demonstration.logins import GUIDES, PASSWORD, invitation, logins
from kyodo.demonstration.revising import revise
from kyodo.demonstration.sharing import share
from kyodo.demonstration.tales import tales
from models import clock
from models.database import transaction
from models.history import Event
from models.outbox import Delivery, OutboxMessage
from models.passwords import hashed
from models.people import Person
from models.process.vocabulary import State
from models.settings import settings
from models.tables import Base
from notifications.announcements import plan

FRESH = timedelta(days=14)
"""How far back notices are still unread."""
REMEMBERED = timedelta(days=45)
"""How far back the mailbox reaches."""

PAPERS = frozenset({State.SCREENING, State.EXCLUDED, State.RUNNING, State.PREPARING})
"""Where the flows do more than tell people when a proposal comes there: documents, findings to look at."""

APART = timedelta(seconds=1)
"""Between two pieces of work left to the flows, so that whoever tries the city meanwhile need not wait for them all."""


def plant(force: bool = False) -> None:
    """Plant the city where there is nobody yet, and say whom to sign in as; where it stands already, only say so.

    force: in development, throw away what is there and plant anew. Raises CannotGoOnError outside development.
    """
    if force and not settings().development:
        raise CannotGoOnError("only in development (KYODO_ENV=development) is what is there thrown away.")
    with transaction() as session:
        if force:
            _clear(session)
        if session.scalar(select(Person.id).limit(1)) is None:
            _plant(session)
        elif not _stands(session):
            return
    print(invitation())


def _stands(session: Session) -> bool:
    """Whether the people who are there are those of Aobagawa."""
    guides = [login.email for login in logins() if login.email.split("@")[0] in GUIDES]
    return session.scalar(select(Person.id).where(Person.email.in_(guides)).limit(1)) is not None


def _clear(session: Session) -> None:
    for table in reversed(Base.metadata.sorted_tables):
        session.execute(delete(table))


def _plant(session: Session) -> None:
    now = clock.now()

    def announce(session: Session, event: Event) -> None:
        """What the flows find told already they tell nobody again."""
        if _sets_off_work(event) or event.at > now - REMEMBERED:
            plan(session, event)

    with clock.standing_at(clock.at_tokyo(SINCE)):
        cast = engage(session, hashed(PASSWORD))
    tell(session, cast, tales(), after=announce)
    associate(session, cast)
    share(session, cast)
    revise(session, cast)
    _deliver_the_past(session, now)


def _sets_off_work(event: Event) -> bool:
    return event.from_state is not event.to_state and event.to_state in PAPERS


def _deliver_the_past(session: Session, now: datetime) -> None:
    """Every mail went out and every older notice was read in its time; the flows find only real work to do."""
    session.execute(update(Delivery).values(sent_at=Delivery.planned_at, attempts=1))
    session.execute(update(Delivery).where(Delivery.planned_at < now - FRESH).values(read_at=Delivery.planned_at))
    waiting = session.execute(
        select(OutboxMessage, Event).join(Event, Event.id == OutboxMessage.event_id).order_by(OutboxMessage.id)
    )
    due_at = now
    for message, event in waiting:
        if _sets_off_work(event):
            message.due_at = due_at = due_at + APART
        else:
            message.done_at = event.at
