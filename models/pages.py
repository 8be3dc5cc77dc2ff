"""Pages of long lists by keyset: each page knows its neighbours, and none counts or skips rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, CompoundSelect, Select, bindparam, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

Row = TypeVar("Row")
Rows = Select[*tuple[Any, ...]]
"""A query whose columns are its writer's business."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of a list: the one after or before the row with this id, or the first one."""

    beside: int | None = None
    backwards: bool = False


FIRST = Place()


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: by columns that together name one row, the last of them its id."""

    columns: tuple[InstrumentedAttribute[Any], ...]
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page. `previous` and `next` are where the neighbours begin, or None at the ends."""

    rows: list[Row]
    previous: Place | None = None
    next: Place | None = None


def anchor(session: Session, order: Order, place: Place) -> tuple[Any, ...] | None:
    """The sort key of the row a page lies beside; None for the first page and for a row that is gone."""
    if place.beside is None:
        return None
    row = session.execute(select(*order.columns).where(order.columns[-1] == place.beside)).one_or_none()
    return None if row is None else tuple(row)


def window(query: Rows, order: Order, place: Place, beside: tuple[Any, ...] | None, size: int) -> Rows:
    """The query for one page and one row more, which tells whether there is a next one."""
    downwards = order.descending != place.backwards
    if beside is not None:
        here, edge = tuple_(*order.columns), tuple_(*(_bound(v, c) for v, c in zip(beside, order.columns, strict=True)))
        query = query.where(here < edge if downwards else here > edge)
    return query.order_by(*(c.desc() if downwards else c.asc() for c in order.columns)).limit(size + 1)


def _bound(value: Any, column: InstrumentedAttribute[Any]) -> BindParameter[Any]:
    """A value of the row beside the page; a query that is built once has a named blank for it."""
    return value if isinstance(value, BindParameter) else bindparam(None, value, column.type, unique=True)


def blanks(order: Order) -> tuple[BindParameter[Any], ...]:
    """Named blanks for the sort key of the row beside a page, for queries that are built once."""
    return tuple(bindparam(f"beside_{number}", type_=column.type) for number, column in enumerate(order.columns))


def filled(beside: tuple[Any, ...] | None) -> dict[str, Any]:
    """What fills those blanks."""
    return {f"beside_{number}": value for number, value in enumerate(beside or ())}


def merged(
    parts: Sequence[Rows], order: Order, place: Place, beside: tuple[Any, ...] | None, size: int
) -> CompoundSelect[int]:
    """The ids of a page's rows out of several parts, each read through an index of its own.

    One query with OR would gather and sort everything that matches any part; this reads a page's worth of each.
    """
    windows = [window(part, order, place, beside, size).subquery() for part in parts]
    return union_all(*(select(each.c.id) for each in windows))


def cut(rows: Sequence[Row], place: Place, size: int, id_of: Callable[[Row], int]) -> Page[Row]:
    """The page that `window` found."""
    more = len(rows) > size
    kept = list(rows[:size])
    if place.backwards:
        kept.reverse()
    if not kept:
        return Page([])
    has_previous, has_next = (more, True) if place.backwards else (place.beside is not None, more)
    return Page(
        kept,
        Place(id_of(kept[0]), backwards=True) if has_previous else None,
        Place(id_of(kept[-1])) if has_next else None,
    )
