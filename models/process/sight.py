"""Who sees what of a proposal: parties see their own, the city its cases, the public the open process (B01, P07)."""

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from models.history import Duty, Event
from models.people import Department, Seat
from models.process.actors import Actor, hats_of
from models.process.vocabulary import Hat, Sight, State
from models.proposals import Proposal

CITY_HATS = frozenset({Hat.DESK, Hat.SECTION, Hat.SECTION_HEAD, Hat.HEAD, Hat.SYSTEM})


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Proposal` for what an actor may open; drafts belong to their group alone."""
    conditions: list[ColumnElement[bool]] = []
    if actor.group_ids:
        conditions.append(Proposal.group_id.in_(actor.group_ids))
    working = [p.department_id for p in actor.places if p.seat in (Seat.OFFICER, Seat.SECTION_HEAD)]
    leading = [p.department_id for p in actor.places if p.seat is Seat.DEPARTMENT_HEAD]
    city: list[ColumnElement[bool]] = []
    if working:
        city += [Proposal.desk_id.in_(working), Proposal.section_id.in_(working)]
    if leading:
        below = select(Department.id).where(or_(Department.parent_id.in_(leading), Department.id.in_(leading)))
        city += [
            Proposal.section_id.in_(below),
            and_(Proposal.section_id.is_(None), Proposal.desk_id.in_(below)),
        ]
    if city:
        conditions.append(and_(Proposal.state != State.DRAFT, or_(*city)))
    return or_(*conditions) if conditions else false()


def find_visible(session: Session, actor: Actor, proposal_id: int) -> Proposal | None:
    """The proposal, or None when it does not exist or the actor may not see it: the two look alike."""
    return session.scalar(select(Proposal).where(Proposal.id == proposal_id, visible_to(actor)))


def timeline(proposal: Proposal, actor: Actor | None) -> list[Event]:
    """The events a reader sees, the latest first. None: the public."""
    hats = hats_of(actor, proposal) if actor else frozenset()
    sights = {Sight.PUBLIC}
    if hats:
        sights.add(Sight.PARTIES)
    if hats & CITY_HATS:
        sights.add(Sight.CITY)
    return [event for event in reversed(proposal.events) if event.sight in sights]


def turns(proposal: Proposal) -> list[Duty]:
    """The open duties: whose turn it is, the nearest due date first. Everybody may know this."""
    still_open = [duty for duty in proposal.duties if duty.closed_at is None]
    return sorted(still_open, key=lambda d: (d.due_on is None, d.due_on, d.id))


def is_mine(duty: Duty, actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor is one of those who owe the duty."""
    return duty.hat in hats_of(actor, proposal)
