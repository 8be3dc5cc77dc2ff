"""A programme's versions: each import is kept whole, takes effect at its moment, and cases stay on theirs (W01)."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.base import Base
from models.people import Person
from models.process.refusals import Missing, NotReady
from models.programme.library import shipped_text
from models.programme.reading import read, read_stored
from models.programme.schema import Choice, Programme
from models.words import Word

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
"""From when a city's first programme holds: before any case that is entered later from paper."""


class Edition(Base):
    """版: one version of a programme's file, never changed after its import."""

    __tablename__ = "programme_edition"
    __table_args__ = (
        UniqueConstraint("key", "number"),
        Index("ix_programme_edition_in_force_from", "in_force_from", "key", "number"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Key, number and the beginning of the text's SHA-256: the same name never means another text."""
    key: Mapped[str] = mapped_column(String(40))
    """Of the programme, as its file says."""
    number: Mapped[int]
    """第1版, 第2版, … of this programme."""
    text: Mapped[str] = mapped_column(Text, deferred=True)
    """The file as it was imported."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it differs from the one before (W01)."""
    imported_at: Mapped[datetime]
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """None: on the terminal, or with the installation."""
    in_force_from: Mapped[datetime | None]
    """From when new cases begin under it; None: imported to be looked at."""

    imported_by: Mapped[Person | None] = relationship(viewonly=True)


_READ: dict[str, Programme] = {}
"""What stands in editions, by their names: they never change, and there are few."""


def rules_of(session: Session, edition_id: str) -> Programme:
    """What this edition says. Raises LookupError for a name that no edition has."""
    known = _READ.get(edition_id)
    if known is None:
        with session.no_autoflush:
            text = session.scalar(select(Edition.text).where(Edition.id == edition_id))
        if text is None:
            raise LookupError(f"There is no edition {edition_id!r}.")
        known = _READ[edition_id] = read_stored(text)
    return known


def editions_in_force(session: Session) -> list[str]:
    """The edition of each programme that is in force now; the city's first programme first. Never empty."""
    rows = session.execute(
        select(Edition.key, Edition.id)
        .where(Edition.in_force_from <= clock.now())
        .order_by(Edition.in_force_from, Edition.number)
    )
    latest: dict[str, str] = {}
    for key, edition_id in rows:
        latest[key] = edition_id
    if not latest:
        raise LookupError("No programme is in force: `kyodo upgrade` puts the first into an empty database.")
    return list(latest.values())


def programmes_in_force(session: Session) -> list[Programme]:
    """What each programme says now, the city's first programme first."""
    return [rules_of(session, edition_id) for edition_id in editions_in_force(session)]


def main_programme(session: Session) -> Programme:
    """What the city's first programme says now: its name, its look, its lists."""
    return rules_of(session, editions_in_force(session)[0])


def partner_types(session: Session) -> list[Choice]:
    """The kinds of groups that take part now, each once (A01, A02)."""
    found: dict[str, Choice] = {}
    for rules in programmes_in_force(session):
        for choice in rules.partner_types:
            found.setdefault(choice.key, choice)
    return list(found.values())


def kind_in_words(session: Session, key: str) -> Word:
    """What a kind of group is called; a kind that no programme names any more as the last one did."""
    choices = {choice.key: choice.label for choice in partner_types(session)}
    if key in choices:
        return choices[key]
    for edition_id in session.scalars(select(Edition.id).order_by(Edition.imported_at.desc(), Edition.id)):
        for choice in rules_of(session, edition_id).partner_types:
            if choice.key == key:
                return choice.label
    return Word(key, key)


def editions_of(session: Session, key: str) -> Sequence[Edition]:
    """Every edition of a programme, the latest first."""
    return session.scalars(select(Edition).where(Edition.key == key).order_by(Edition.number.desc())).all()


def take_up(
    session: Session,
    text: str,
    *,
    person_id: int | None,
    reason: str = "",
    in_force_from: datetime | None = None,
) -> Edition:
    """A new edition with this text; the one before, when it says exactly the same and waits or is in force.

    in_force_from: from when it holds; None: it is only there to be looked at. Raises NotReady when the file has faults.
    """
    reading = read(text.encode())
    if reading.programme is None:
        raise NotReady([Missing("file", fault.sentence) for fault in reading.faults])
    key = reading.programme.key
    latest = next(iter(editions_of(session, key)), None)
    number = latest.number + 1 if latest else 1
    mark = hashlib.sha256(text.encode()).hexdigest()[:16]
    if latest is not None and latest.id == f"{key}-{latest.number}-{mark}":
        return put_in_force(latest, in_force_from) if in_force_from else latest
    edition = Edition(
        id=f"{key}-{number}-{mark}",
        key=key,
        number=number,
        text=text,
        reason=reason,
        imported_at=clock.now(),
        imported_by_id=person_id,
        in_force_from=in_force_from,
    )
    session.add(edition)
    session.flush()
    return edition


def put_in_force(edition: Edition, moment: datetime) -> Edition:
    """Let new cases begin under this edition from this moment on; one that began to hold keeps its date.

    Raises NotReady for a moment that is over.
    """
    now = clock.now()
    if edition.in_force_from is not None and edition.in_force_from <= now:
        return edition
    if moment < now:
        raise NotReady(
            [Missing("in_force_from", Word("今より後の日時にしてください。", "Choose a moment that is still to come."))]
        )
    edition.in_force_from = moment
    return edition


def begin_with(session: Session, shipped: str) -> None:
    """Put a shipped programme in force where there is none yet: a city's first day."""
    if session.scalar(select(func.count()).select_from(Edition)) == 0:
        take_up(session, shipped_text(shipped), person_id=None, in_force_from=ALWAYS)
