"""How a city's rules changed from edition to edition: what held from when until when, and what each change was (W01)."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.editions import ALWAYS, Edition, in_force_now, key_of, number_of, rules_of
from models.programme.differences import Difference, differences
from models.programme.library import STARTER


class Revision(NamedTuple):
    """An edition that holds or held: until when, and which one held before it."""

    edition: Edition
    until: datetime | None
    before: Edition | None

    @property
    def from_the_beginning(self) -> bool:
        """It holds since there is a programme, not since a day."""
        return self.edition.in_force_from == ALWAYS


class Newer(NamedTuple):
    """The edition that is in force while a case stands on another one."""

    key: str
    number: int
    changes: tuple[Difference, ...]


_FOUND: dict[tuple[str, str], tuple[Difference, ...]] = {}
"""What changed between two editions: neither of them ever changes."""


def changes(session: Session, before_id: str, after_id: str) -> tuple[Difference, ...]:
    """What changed from one edition to another. Raises LookupError for a name that no edition has."""
    pair = before_id, after_id
    if pair not in _FOUND:
        _FOUND[pair] = differences(rules_of(session, before_id), rules_of(session, after_id))
    return _FOUND[pair]


def revisions(session: Session, key: str) -> list[Revision]:
    """Every edition of a programme that holds or held, the latest first."""
    held = _held(session, key)
    return [
        Revision(
            edition,
            held[place + 1].in_force_from if place + 1 < len(held) else None,
            held[place - 1] if place else None,
        )
        for place, edition in reversed(list(enumerate(held)))
    ]


def revision(session: Session, key: str, number: int) -> Revision | None:
    """第n版 of a programme, once it holds."""
    return next((one for one in revisions(session, key) if one.edition.number == number), None)


def programmes_held(session: Session) -> list[str]:
    """The keys of the programmes that hold, the city's first one first, then of those that held once."""
    now = [key_of(edition_id) for edition_id in in_force_now(session)]
    known = session.scalars(select(Edition.key).where(Edition.in_force_from <= clock.now()).distinct())
    return now + sorted(key for key in known if key not in now and key != STARTER)


def newer(session: Session, edition_id: str) -> Newer | None:
    """The edition of the same programme that is in force now, when it is another one."""
    key = key_of(edition_id)
    latest = session.scalar(
        select(Edition.id)
        .where(Edition.key == key, Edition.in_force_from <= clock.now())
        .order_by(Edition.in_force_from.desc(), Edition.number.desc())
        .limit(1)
    )
    if latest is None or latest == edition_id:
        return None
    return Newer(key, number_of(latest), changes(session, edition_id, latest))


def comparable(session: Session, edition: Edition) -> Edition | None:
    """What an edition is compared with first: the one that held before it, or holds now while it waits."""
    held = [other for other in _held(session, edition.key) if other.id != edition.id]
    if edition.has_begun:
        mine = (edition.in_force_from, edition.number)
        held = [other for other in held if (other.in_force_from, other.number) < mine]
    return held[-1] if held else None


def _held(session: Session, key: str) -> Sequence[Edition]:
    return session.scalars(
        select(Edition)
        .where(Edition.key == key, Edition.in_force_from <= clock.now())
        .order_by(Edition.in_force_from, Edition.number)
    ).all()
