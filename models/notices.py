"""What is told to a person within the pages: the list, how much of it is unread, and reading it."""

from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from models.outbox import Delivery
from models.pages import FIRST, Order, Page, Place, anchor, cut, window

NOTICE = "notice"
"""The channel of what is told within the pages."""
SIZE = 20
MOST = 100
"""Unread notices are counted up to here."""
ORDER = Order((Delivery.id,), descending=True)


def notices(session: Session, person_id: int, place: Place = FIRST) -> Page[Delivery]:
    """One page of what was told to the person, the newest first."""
    beside = anchor(session, ORDER, place)
    ids = window(
        select(Delivery.id).where(Delivery.person_id == person_id, Delivery.channel == NOTICE),
        ORDER,
        place,
        beside,
        SIZE,
    )
    page = cut([row[0] for row in session.execute(ids)], place, SIZE, lambda number: number)
    found = session.scalars(select(Delivery).where(Delivery.id.in_(page.rows)).order_by(Delivery.id.desc()))
    return Page(list(found), page.previous, page.next)


def unread(session: Session, person_id: int) -> int:
    """How many notices the person has not read, up to `MOST`; answered by the index of unread notices alone."""
    waiting = _unread(person_id).limit(MOST).subquery()
    return session.scalar(select(func.count()).select_from(waiting)) or 0


def notice_of(session: Session, person_id: int, delivery_id: int) -> Delivery | None:
    """One notice of this person, or None when it does not exist or is somebody else's."""
    query = select(Delivery).where(
        Delivery.id == delivery_id, Delivery.person_id == person_id, Delivery.channel == NOTICE
    )
    return session.scalar(query)


def read_up_to(session: Session, person_id: int, newest: int, now: datetime) -> None:
    """Mark everything read that was there when the list was opened; what came since stays unread."""
    session.execute(
        update(Delivery)
        .where(
            Delivery.person_id == person_id,
            Delivery.channel == NOTICE,
            Delivery.read_at.is_(None),
            Delivery.id <= newest,
        )
        .values(read_at=now)
    )


def _unread(person_id: int) -> Select[int]:
    return select(Delivery.id).where(
        Delivery.person_id == person_id, Delivery.channel == NOTICE, Delivery.read_at.is_(None)
    )
