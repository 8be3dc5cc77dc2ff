"""The inbox: what lies with somebody's posts now, the most urgent first, however many proposals there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, bindparam, func, select, union_all
from sqlalchemy.orm import Session, aliased

from models.calendar import add_business_days
from models.history import Duty, Event
from models.pages import FIRST, Order, Page, Place, Rows, anchor, blanks, cut, filled, merged, window
from models.people import Group, Seat
from models.portal import portal
from models.process.actors import Actor
from models.process.apart import not_drafted_by
from models.process.vocabulary import DutyKey, Hat, MoveKey, State
from models.proposals import Proposal

SIZE = 20
SOON_DAYS = 5
"""How many business days count as soon."""
COUNTED = 100
"""Further than this nothing is counted: whoever has that much waiting needs no exact number."""

HATS: Mapping[Seat, tuple[Hat, ...]] = {
    Seat.OFFICER: (Hat.DESK, Hat.SECTION, Hat.ADVISER),
    Seat.SECTION_HEAD: (Hat.DESK, Hat.SECTION, Hat.ADVISER, Hat.SECTION_HEAD),
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
    led_to: State | None
    """Where that move led."""


def inbox(
    session: Session, actor: Actor, today: date, span: Span, sorting: Sorting, place: Place = FIRST
) -> Page[Waiting]:
    """One page of the duties that lie with the actor's posts.

    Each department and hat is read on its own through the partial index of open duties, so that a page costs the
    same among a hundred proposals and a hundred thousand. Duties of the city always have a due date.
    """
    order = ORDERS[sorting]
    beside = anchor(session, order, place)
    lying = _lying_with(actor)
    if not lying:
        return Page([])
    query = _page(len(lying), bool(actor.group_ids), span, sorting, place.backwards, beside is not None, SIZE)
    rows = [Waiting(*row) for row in session.execute(query, {**_values(actor, lying, today), **filled(beside)})]
    return cut(rows, place, SIZE, lambda row: row.duty_id)


def counts(session: Session, actor: Actor, today: date) -> dict[Span, int]:
    """How many duties lie in each span, counted up to `COUNTED` and in the index of open duties alone."""
    lying = _lying_with(actor)
    if not lying:
        return dict.fromkeys(Span, 0)
    query = _numbers(len(lying), bool(actor.group_ids), COUNTED)
    row = session.execute(query, _values(actor, lying, today)).one()
    return {span: min(number, COUNTED) for span, number in zip(Span, row, strict=True)}


def _lying_with(actor: Actor) -> list[tuple[int, Hat]]:
    """Each department and hat under which duties lie with the actor."""
    wanted = {(place.department_id, hat): None for place in actor.places for hat in HATS[place.seat]}
    return list(wanted)


def _values(actor: Actor, lying: list[tuple[int, Hat]], today: date) -> dict[str, Any]:
    """What fills the blanks of the queries below."""
    values: dict[str, Any] = {"person": actor.person_id, "today": today, "groups": actor.group_ids}
    values["soon"] = add_business_days(today, SOON_DAYS, portal().closed_days)
    for number, (department_id, hat) in enumerate(lying):
        values |= {f"department_{number}": department_id, f"hat_{number}": hat}
    return values


@lru_cache(maxsize=256)
def _page(lying: int, in_groups: bool, span: Span, sorting: Sorting, backwards: bool, beside: bool, size: int) -> Rows:
    """The query for a page, built once for each number of departments and hats: building it costs more than asking."""
    order, place = ORDERS[sorting], Place(backwards=backwards)
    edge = blanks(order) if beside else None
    parts = [_open(number, in_groups, span) for number in range(lying)]
    opened_by = aliased(Event)
    query: Rows = (
        select(
            Duty.id, Duty.key, Duty.subject_id, Duty.due_on, Duty.since,
            Proposal.id, Proposal.state, Proposal.number, Proposal.title, Group.name,
            opened_by.move, opened_by.to_state,
        )
        .join(Proposal, Proposal.id == Duty.proposal_id)
        .join(Group, Group.id == Proposal.group_id)
        .outerjoin(opened_by, opened_by.id == Duty.opened_by_id)
        .where(Duty.id.in_(merged(parts, order, place, edge, size)))
    )  # fmt: skip
    return window(query, order, place, edge, size)


@lru_cache(maxsize=64)
def _numbers(lying: int, in_groups: bool, most: int) -> Rows:
    """The query for the counts of all spans, built once."""
    found = []
    for span in Span:
        parts = [_open(number, in_groups, span).limit(most).subquery() for number in range(lying)]
        rows = union_all(*(select(part.c.id) for part in parts)).subquery()
        found.append(select(func.count()).select_from(rows).scalar_subquery())
    return select(*found)


def _open(number: int, in_groups: bool, span: Span) -> Rows:
    """Ids of the open duties of one department and hat that the person may do."""
    query: Rows = select(Duty.id).where(
        Duty.closed_at.is_(None),
        Duty.department_id == bindparam(f"department_{number}"),
        Duty.hat == bindparam(f"hat_{number}"),
        not_drafted_by(bindparam("person", type_=Event.actor_id.type)),
    )
    if in_groups:  # who belongs to the group that proposed wears no hat of the city on it
        own = select(Proposal.id).where(Proposal.group_id.in_(bindparam("groups", expanding=True)))
        query = query.where(Duty.proposal_id.not_in(own))
    today = bindparam("today", type_=Date)
    match span:
        case Span.LATE:
            return query.where(Duty.due_on < today)
        case Span.TODAY:
            return query.where(Duty.due_on == today)
        case Span.SOON:
            return query.where(Duty.due_on >= today, Duty.due_on <= bindparam("soon", type_=Date))
        case Span.ALL:
            return query
