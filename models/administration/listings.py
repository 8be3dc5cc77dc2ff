"""Lists of people and groups, page by page, found by words of their names."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from models.keywords import mentions
from models.pages import FIRST, Order, Page, Place, Rows, anchor, cut, window
from models.people import Group, MemberRole, Membership, Person, Tenure

SIZE = 20
PEOPLE = Order((Person.id,), descending=True)
GROUPS = Order((Group.id,), descending=True)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of the list of people: who, and which posts and groups on the day."""

    person: Person
    posts: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One line of the list of groups: its representative on the day, and how many belong to it."""

    group: Group
    representative: str
    size: int


def people(session: Session, typed: str, day: date, place: Place = FIRST) -> Page[PersonLine]:
    """One page of the people whose name or e-mail holds these words, the newest first."""
    query: Rows = select(Person.id).where(*mentions(typed, Person.name, Person.email))
    page = _ids(session, query, PEOPLE, place)
    found = {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(page.rows)))}
    held = _held(session, page.rows, day)
    belonging: dict[int, list[str]] = {}
    for row in _memberships(session, Membership.person_id.in_(page.rows), day):
        belonging.setdefault(row.person_id, []).append(row.group.name)
    lines = [PersonLine(found[n], tuple(held.get(n, ())), tuple(belonging.get(n, ()))) for n in page.rows]
    return Page(lines, page.previous, page.next)


def groups(session: Session, typed: str, day: date, place: Place = FIRST) -> Page[GroupLine]:
    """One page of the groups whose name holds these words, the newest first."""
    query: Rows = select(Group.id).where(*mentions(typed, Group.name))
    page = _ids(session, query, GROUPS, place)
    found = {group.id: group for group in session.scalars(select(Group).where(Group.id.in_(page.rows)))}
    rows = _memberships(session, Membership.group_id.in_(page.rows), day)
    lines = []
    for number in page.rows:
        own = [row for row in rows if row.group_id == number]
        leads = [row.person.name for row in own if row.role is MemberRole.REPRESENTATIVE]
        lines.append(GroupLine(found[number], leads[0] if leads else "", len(own)))
    return Page(lines, page.previous, page.next)


def colleagues(session: Session, day: date, most: int = 300) -> list[Person]:
    """Who holds a post on the day, to be suggested where somebody is asked for."""
    holding = select(Tenure.person_id).where(Tenure.since <= day, or_(Tenure.until.is_(None), Tenure.until >= day))
    query = select(Person).where(Person.id.in_(holding), Person.active)
    return list(session.scalars(query.order_by(Person.id).limit(most)))


def tenures_of(session: Session, person: Person) -> list[Tenure]:
    """Every post somebody held, holds or will hold, the latest first."""
    query = select(Tenure).options(joinedload(Tenure.post)).where(Tenure.person_id == person.id)
    return list(session.scalars(query.order_by(Tenure.since.desc(), Tenure.id.desc())))


def memberships_of(session: Session, person: Person) -> list[Membership]:
    """Every group somebody belonged, belongs or will belong to, the latest first."""
    query = select(Membership).options(joinedload(Membership.group)).where(Membership.person_id == person.id)
    return list(session.scalars(query.order_by(Membership.since.desc(), Membership.id.desc())))


def _ids(session: Session, query: Rows, order: Order, place: Place) -> Page[int]:
    rows = session.execute(window(query, order, place, anchor(session, order, place), SIZE))
    return cut([row[0] for row in rows], place, SIZE, lambda number: number)


def _held(session: Session, person_ids: Collection[int], day: date) -> dict[int, list[str]]:
    query = (
        select(Tenure)
        .options(joinedload(Tenure.post))
        .where(
            Tenure.person_id.in_(person_ids),
            Tenure.since <= day,
            or_(Tenure.until.is_(None), Tenure.until >= day),
        )
    )
    found: dict[int, list[str]] = {}
    for tenure in session.scalars(query.order_by(Tenure.post_id)):
        found.setdefault(tenure.person_id, []).append(tenure.post.name)
    return found


def _memberships(session: Session, whose: ColumnElement[bool], day: date) -> list[Membership]:
    query = (
        select(Membership)
        .options(joinedload(Membership.group), joinedload(Membership.person))
        .where(whose, Membership.since <= day, or_(Membership.until.is_(None), Membership.until >= day))
    )
    return list(session.scalars(query.order_by(Membership.id)))
