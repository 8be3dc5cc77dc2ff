"""Who sees what of a proposal: parties see their own, the city its cases, the public the open process (B01, P07)."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session, object_session

from models.history import Duty, Event
from models.opinions import Opinion
from models.partners import confirmed_parts
from models.people import Department, Seat
from models.process.actors import Actor, hats_of
from models.process.apart import kept_from
from models.process.labels import STATES
from models.process.vocabulary import DutyKey, Hat, Sight, State
from models.proposals import Proposal
from models.words import Word

CITY_HATS = frozenset({Hat.DESK, Hat.ADVISER, Hat.SECTION, Hat.SECTION_HEAD, Hat.HEAD, Hat.SYSTEM})


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Proposal` for what an actor may open; what was never handed in is its group's alone."""
    return or_(false(), *grounds_in_groups(actor), *grounds_in_office(actor))


def grounds_in_groups(actor: Actor) -> list[ColumnElement[bool]]:
    """The grounds that come with a group: it leads the proposal, or has confirmed a part in it."""
    if not actor.group_ids:
        return []
    return [Proposal.group_id.in_(actor.group_ids), Proposal.id.in_(confirmed_parts(actor))]


def grounds_in_office(actor: Actor) -> list[ColumnElement[bool]]:
    """The grounds that come with a post in the city hall, for a list that reads each through its own index."""
    grounds: list[ColumnElement[bool]] = []
    handed_in = Proposal.submitted_at.is_not(None)
    for department_id in dict.fromkeys(actor.works_in):
        grounds.append(and_(handed_in, Proposal.desk_id == department_id))
        typed = and_(Proposal.entered_by_id.is_not(None), Proposal.state == State.DRAFT)
        grounds.append(and_(typed, Proposal.desk_id == department_id))
        grounds.append(and_(handed_in, Proposal.section_id == department_id))
        asked = select(Opinion.proposal_id).where(Opinion.section_id == department_id)
        grounds.append(and_(handed_in, Proposal.id.in_(asked)))
    leading = [p.department_id for p in actor.places if p.seat is Seat.DEPARTMENT_HEAD]
    if leading:
        below = select(Department.id).where(or_(Department.parent_id.in_(leading), Department.id.in_(leading)))
        grounds.append(and_(handed_in, Proposal.section_id.in_(below)))
        grounds.append(and_(handed_in, Proposal.section_id.is_(None), Proposal.desk_id.in_(below)))
    return grounds


def find_visible(session: Session, actor: Actor, proposal_id: int) -> Proposal | None:
    """The proposal, or None when it does not exist or the actor may not see it: the two look alike."""
    return session.scalar(select(Proposal).where(Proposal.id == proposal_id, visible_to(actor)))


def timeline(proposal: Proposal, actor: Actor | None) -> list[Event]:
    """The events a reader sees, the latest first. None: the public."""
    seen = sights(hats_of(actor, proposal) if actor else frozenset())
    return [event for event in reversed(proposal.events) if event.sight in seen]


def sights(hats: frozenset[Hat]) -> frozenset[Sight]:
    """Which events whoever wears these hats sees; without a hat, what the public sees."""
    if hats & CITY_HATS:
        return frozenset(Sight)
    return frozenset({Sight.PUBLIC, Sight.PARTIES}) if hats else frozenset({Sight.PUBLIC})


def turns(proposal: Proposal) -> list[Duty]:
    """The open duties: whose turn it is, the nearest due date first. Everybody may know this."""
    still_open = [duty for duty in proposal.duties if duty.closed_at is None]
    return sorted(still_open, key=lambda d: (d.due_on is None, d.due_on, d.id))


def is_mine(duty: Duty, actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor is one of those who owe the duty, and may do it."""
    if not _lies_with(duty, actor, proposal):
        return False
    session = object_session(proposal)
    assert session is not None
    return actor.person_id not in kept_from(session, duty, proposal)


def lies_with_colleagues(duty: Duty, actor: Actor, proposal: Proposal) -> bool:
    """Whether the duty lies with the actor's office, but not with the actor, who drafted what it decides."""
    return _lies_with(duty, actor, proposal) and not is_mine(duty, actor, proposal)


def _lies_with(duty: Duty, actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor wears the hat; of several sections asked, only those in the one that owes the opinion."""
    if duty.hat is Hat.ADVISER and duty.department_id not in actor.works_in:
        return False
    return duty.hat in hats_of(actor, proposal)


@dataclass(frozen=True, slots=True)
class ShownDuty:
    """What a reader is told of a duty: what is to be done, and under which hat."""

    key: DutyKey
    hat: Hat


def shown_state(state: State, hats: frozenset[Hat]) -> State:
    """The state as a reader under these hats is told it.

    Only an exclusion goes to the department head. Whoever is not of the city reads on that the result is being
    confirmed, so that nobody learns it from the way it takes before it is decided.
    """
    return State.EXCLUSION_PROPOSED if state is State.EXCLUSION_APPROVAL and not hats & CITY_HATS else state


def shown_duty(duty: Duty, hats: frozenset[Hat]) -> ShownDuty:
    """A duty as a reader under these hats is told it (compare `shown_state`); no hats: the public."""
    if duty.key is DutyKey.APPROVE_EXCLUSION and not hats & CITY_HATS:
        return ShownDuty(DutyKey.CONFIRM_SCREENING, Hat.DESK)
    return ShownDuty(duty.key, duty.hat)


def state_words(proposal: Proposal, hats: frozenset[Hat]) -> Word:
    """Where the proposal stands, as a reader under these hats is told it."""
    return STATES[shown_state(proposal.state, hats)]
