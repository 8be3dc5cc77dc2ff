"""Groups to be found: the public list of those whose registration is confirmed (A11, N03)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.keywords import mentions
from models.pages import FIRST, Order, Page, Place, Rows, anchor, cut, window
from models.people import Group

SIZE = 20
ORDER = Order((Group.id,), descending=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """One group of the list. purpose: empty where the group does not disclose it."""

    id: int
    name: str
    kind: str
    purpose: str


def directory(session: Session, typed: str = "", kind: str = "", place: Place = FIRST) -> Page[Entry]:
    """One page of the groups whose name holds these words, the newest first. kind: of this kind only."""
    query: Rows = select(Group.id).where(Group.confirmed_at.is_not(None), *mentions(typed, Group.name))
    if kind:
        query = query.where(Group.kind == kind)
    rows = session.execute(window(query, ORDER, place, anchor(session, ORDER, place), SIZE))
    page = cut([row[0] for row in rows], place, SIZE, lambda number: number)
    found = {group.id: group for group in session.scalars(select(Group).where(Group.id.in_(page.rows)))}
    lines = [
        Entry(g.id, g.name, g.kind, g.purpose if "purpose" in g.disclosed else "")
        for g in (found[number] for number in page.rows)
    ]
    return Page(lines, page.previous, page.next)


def public_group(session: Session, group_id: int) -> Group | None:
    """The group, or None when there is none or nobody has confirmed it yet: the two look alike."""
    return session.scalar(select(Group).where(Group.id == group_id, Group.confirmed_at.is_not(None)))
