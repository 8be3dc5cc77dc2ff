"""The people of Aobagawa in the test's database, and what was planned to reach them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import engage, gather
from kyodo.demonstration.story import Plot, Story
from models.history import Event
from models.outbox import Delivery
from models.people import Person
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from notifications.announcements import plan


def a_story(session: Session, plot: Plot | None = None) -> Story:
    """A new proposal by a cast that is engaged once."""
    cast = gather(session) if session.scalar(select(Person.id).limit(1)) else engage(session)
    return Story(session, cast, plot)


def last_event(proposal: Proposal, move: MoveKey | None = None) -> Event:
    """The newest event, or the newest of a move."""
    return [event for event in proposal.events if move in (None, event.move)][-1]


def announced(session: Session, event: Event) -> Sequence[Delivery]:
    """Plan an event's deliveries; returns its mails, one for each reader."""
    session.expire_all()
    plan(session, event)
    mails = select(Delivery).where(Delivery.event_id == event.id, Delivery.channel == "mail")
    return session.scalars(mails.order_by(Delivery.person_id)).all()


def readers(deliveries: Sequence[Delivery]) -> set[str]:
    """Who gets them: the first part of each address."""
    return {delivery.person.email.split("@")[0] for delivery in deliveries}


def to(deliveries: Sequence[Delivery], who: str) -> Delivery:
    """The one to this person."""
    return next(delivery for delivery in deliveries if delivery.person.email.startswith(f"{who}@"))
