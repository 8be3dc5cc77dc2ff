"""A programme's versions: each import is kept whole, takes effect at its moment, and cases stay on theirs (W01)."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.base import Base
from models.people import Person
from models.process.refusals import Missing, NotReady
from models.programme.library import STARTER, shipped_text
from models.programme.parts import Choice
from models.programme.reading import Reading, read, read_stored
from models.programme.schema import Programme
from models.words import Word

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
"""From when a city's first programme holds: before any case that is entered later from paper."""

JUST_NOW = timedelta(minutes=5)
"""A moment that was chosen so long ago still means now."""

TURNS = 20
"""How often an import that another one overtook tries the next number."""


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

    @property
    def has_begun(self) -> bool:
        """Whether it holds, or held: a case may stand on it, and it stays as it is."""
        return self.in_force_from is not None and self.in_force_from <= clock.now()


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
    found = in_force_now(session)
    if not found:
        raise LookupError("No programme is in force: `kyodo upgrade` puts the first into an empty database.")
    return found


def in_force_now(session: Session) -> list[str]:
    """The same, also for a database that nothing was put into yet.

    The starter that came with the installation gives way to the first programme of the city's own.
    """
    rows = session.execute(
        select(Edition.key, Edition.id)
        .where(Edition.in_force_from <= clock.now())
        .order_by(Edition.in_force_from, Edition.number)
    )
    latest: dict[str, str] = {}
    for key, edition_id in rows:
        latest[key] = edition_id
    if len(latest) > 1 and number_of(latest.get(STARTER, "")) == 1:
        del latest[STARTER]
    return list(latest.values())


def number_of(edition_id: str) -> int:
    """第n版, read off an edition's name; 0 for what is no name."""
    parts = edition_id.split("-")
    return int(parts[1]) if len(parts) == 3 else 0


def key_of(edition_id: str) -> str:
    """The programme's key, read off an edition's name."""
    return edition_id.partition("-")[0]


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


def edition_of(session: Session, key: str, number: int) -> Edition | None:
    """第n版 of a programme."""
    return session.scalar(select(Edition).where(Edition.key == key, Edition.number == number))


def take_up(
    session: Session,
    text: str,
    *,
    person_id: int | None,
    reason: str = "",
    in_force_from: datetime | None = None,
    reading: Reading | None = None,
) -> Edition:
    """A new edition with this text; the latest one when it says exactly the same.

    in_force_from: from when it holds; None: it is only there to be looked at. A programme's first edition may hold from
    a moment in the past. `reading`: what came of reading the text, where that is done already. Of two imports at once
    the second gets the next number. Raises NotReady when the file has faults or the moment is over.
    """
    reading = reading or read(text.encode())
    if reading.programme is None:
        raise NotReady([Missing("file", fault.sentence) for fault in reading.faults])
    edition = _next_edition(session, reading.programme.key, text, reason, person_id)
    if in_force_from is not None:
        if edition.number == 1 and edition.in_force_from is None:
            edition.in_force_from = in_force_from
        else:
            put_in_force(edition, in_force_from, reason=reason)
    session.flush()
    return edition


def _next_edition(session: Session, key: str, text: str, reason: str, person_id: int | None) -> Edition:
    mark = hashlib.sha256(text.encode()).hexdigest()[:16]
    for _ in range(TURNS):
        latest = next(iter(editions_of(session, key)), None)
        if latest is not None and latest.id == f"{key}-{latest.number}-{mark}":
            return latest
        number = latest.number + 1 if latest else 1
        edition = Edition(
            id=f"{key}-{number}-{mark}",
            key=key,
            number=number,
            text=text,
            reason=reason,
            imported_at=clock.now(),
            imported_by_id=person_id,
        )
        with suppress(IntegrityError), session.begin_nested():
            session.add(edition)
            session.flush()
            return edition
        # on PostgreSQL another import took this number while we waited for it
    busy = Word("ほかの取込みが続いています。もう一度取り込んでください。", "Others are importing. Import it again.")
    raise NotReady([Missing("file", busy)])


def put_in_force(edition: Edition, moment: datetime, *, reason: str = "") -> Edition:
    """Let new cases begin under this edition from this moment on; one that began to hold keeps its date.

    Raises NotReady for a moment that is over.
    """
    now = clock.now()
    if edition.has_begun:
        return edition
    if moment < now - JUST_NOW:
        raise NotReady(
            [Missing("day", Word("今より後の日時にしてください。", "Choose a moment that is still to come."))]
        )
    edition.in_force_from = max(moment, now)
    edition.reason = reason or edition.reason
    return edition


def begin_with(session: Session, shipped: str) -> None:
    """Put a shipped programme in force where there is none yet: a city's first day."""
    if session.scalar(select(func.count()).select_from(Edition)) == 0:
        take_up(session, shipped_text(shipped), person_id=None, in_force_from=ALWAYS)
