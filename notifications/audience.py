"""Who hears of an event, and what each of them has to do because of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.history import Duty, Event
from models.people import Person
from models.process.actors import actor_of, bearers, holders
from models.process.definition import MOVES
from models.process.sight import CITY_HATS, is_mine
from models.process.vocabulary import Hat, Sight


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who hears of it. duties: what they owe because of it, the nearest due date first."""

    person: Person
    duties: tuple[Duty, ...]


def readers_of(session: Session, event: Event) -> list[Reader]:
    """The hats the move tells, and those whose turn it became; whoever acted hears of it only in the first case.

    What only the city sees goes to the city alone; a draft, which only its group knows, to the group alone.
    """
    opened = opened_by(session, event)
    told = holders(session, event.proposal, _permitted(event, frozenset(MOVES[event.move].tells)))
    permitted = _permitted(event, frozenset(duty.hat for duty in opened))
    asked = bearers(session, event.proposal, [duty for duty in opened if duty.hat in permitted])
    people = {person.id: person for person in asked if person.id != event.actor_id}
    people.update((person.id, person) for person in told)
    duties = still_owed(opened)
    return [Reader(people[key], owed_by(session, people[key], duties)) for key in sorted(people)]


def opened_by(session: Session, event: Event) -> list[Duty]:
    """The duties an event opened, whether or not they have been done since; Kyodo's own are not among them."""
    found = session.scalars(
        select(Duty)
        .where(Duty.opened_by_id == event.id, Duty.hat != Hat.SYSTEM)
        .options(joinedload(Duty.department), joinedload(Duty.group))
    )
    return sorted(found, key=lambda duty: (duty.due_on is None, duty.due_on, duty.id))


def still_owed(duties: Sequence[Duty]) -> list[Duty]:
    """Those that nobody has done yet."""
    return [duty for duty in duties if duty.closed_at is None]


def owed_by(session: Session, person: Person, duties: Sequence[Duty]) -> tuple[Duty, ...]:
    """Those of the duties that lie with this person."""
    if not duties:
        return ()
    actor = actor_of(session, person)
    return tuple(duty for duty in duties if is_mine(duty, actor, duty.proposal))


def _permitted(event: Event, hats: frozenset[Hat]) -> frozenset[Hat]:
    if event.sight is Sight.CITY:
        return hats & CITY_HATS
    if event.proposal.number is None:
        return hats - CITY_HATS
    return hats
