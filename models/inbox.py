"""The inbox: what lies with somebody's posts now, the most urgent first, however many proposals there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select, union_all
from sqlalchemy.orm import Session, aliased

from models.calendar import add_business_days
from models.history import Duty, Event
from models.pages import FIRST, Order, Page, Place, Rows, anchor, cut, merged, window
from models.people import Group, Seat
from models.process.actors import Actor
from models.process.apart import not_drafted_by
from models.process.vocabulary import DutyKey, Hat, MoveKey, State
from models.proposals import Proposal

SIZE = 20
SOON_DAYS = 5
"""How many business days count as soon."""
COUNTED = 300
"""Further than this nothing is counted: whoever has that much waiting needs no exact number."""

HATS: Mapping[Seat, tuple[Hat, ...]] = {
    Seat.OFFICER: (Hat.DESK, Hat.SECTION),
    Seat.SECTION_HEAD: (Hat.DESK, Hat.SECTION, Hat.SECTION_HEAD),
    Seat.DEPARTMENT_HEAD: (Hat.HEAD,),
    Seat.ADMINISTRATOR: (),
}
"""Under which hats duties lie with the holder of a post, in its department (compare `hats_of`)."""


class Span(StrEnum):
    """Which part of the inbox: by due date."""

    ALL = "all"
    LATE = "late"
    TODAY = "today"
    SOON = "soon"


class Sorting(StrEnum):
    """In which order."""

    DUE = "due"
    NEWEST = "newest"


ORDERS: dict[Sorting, Order] = {
    Sorting.DUE: Order((Duty.due_on, Duty.id)),
    Sorting.NEWEST: Order((Duty.id,), descending=True),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the inbox."""

    duty_id: int
    key: DutyKey
    subject_id: int
    due_on: date | None
    since: datetime
    proposal_id: int
    state: State
    number: str | None
    title: str
    group: str
    after: MoveKey | None
    """The move that opened the duty: why it is there."""


def inbox(
    session: Session, actor: Actor, today: date, span: Span, sorting: Sorting, place: Place = FIRST
) -> Page[Waiting]:
    """One page of the duties that lie with the actor's posts.

    Each department and hat is read on its own through the partial index of open duties, so that a page costs the
    same among a hundred proposals and a hundred thousand. Duties of the city always have a due date.
    """
    order = ORDERS[sorting]
    beside = anchor(session, order, place)
    parts = [_open(actor, today, span).where(lies) for lies in _lying_with(actor)]
    if not parts:
        return Page([])
    opened_by = aliased(Event)
    query: Rows = (
        select(
            Duty.id, Duty.key, Duty.subject_id, Duty.due_on, Duty.since,
            Proposal.id, Proposal.state, Proposal.number, Proposal.title, Group.name, opened_by.move,
        )
        .join(Proposal, Proposal.id == Duty.proposal_id)
        .join(Group, Group.id == Proposal.group_id)
        .outerjoin(opened_by, opened_by.id == Duty.opened_by_id)
        .where(Duty.id.in_(merged(parts, order, place, beside, SIZE)))
    )  # fmt: skip
    rows = [Waiting(*row) for row in session.execute(window(query, order, place, beside, SIZE))]
    return cut(rows, place, SIZE, lambda row: row.duty_id)


def counts(session: Session, actor: Actor, today: date) -> dict[Span, int]:
    """How many duties lie in each span, counted up to `COUNTED` and in the index alone."""
    lies = _lying_with(actor)
    if not lies:
        return dict.fromkeys(Span, 0)
    found = []
    for span in Span:
        parts = [_open(actor, today, span).where(one).limit(COUNTED).subquery() for one in lies]
        rows = union_all(*(select(part.c.id) for part in parts)).subquery()
        found.append(select(func.count()).select_from(rows).scalar_subquery())
    row = session.execute(select(*found)).one()
    return {span: min(number, COUNTED) for span, number in zip(Span, row, strict=True)}


def _lying_with(actor: Actor) -> list[ColumnElement[bool]]:
    """For each department and hat, the condition on `Duty` that it lies with the actor."""
    wanted = {(place.department_id, hat): None for place in actor.places for hat in HATS[place.seat]}
    return [and_(Duty.department_id == department_id, Duty.hat == hat) for department_id, hat in wanted]


def _open(actor: Actor, today: date, span: Span) -> Rows:
    query: Rows = select(Duty.id).where(Duty.closed_at.is_(None), not_drafted_by(actor.person_id))
    if actor.group_ids:  # who belongs to the group that proposed wears no hat of the city on it
        own = select(Proposal.id).where(Proposal.group_id.in_(actor.group_ids))
        query = query.where(Duty.proposal_id.not_in(own))
    match span:
        case Span.LATE:
            return query.where(Duty.due_on < today)
        case Span.TODAY:
            return query.where(Duty.due_on == today)
        case Span.SOON:
            return query.where(Duty.due_on >= today, Duty.due_on <= add_business_days(today, SOON_DAYS))
        case Span.ALL:
            return query
