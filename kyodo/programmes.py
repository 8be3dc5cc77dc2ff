"""A city's programme on the terminal: what is wrong with a file, what changed, taking it up, a file to begin with."""

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TextIO

from sqlalchemy import inspect, make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

import models.tables  # noqa: F401 - every mapper knows its neighbours before the first query
from kyodo import CannotGoOnError
from models import clock
from models.administration.programmes import listed
from models.calendar import in_words
from models.database import reading, transaction
from models.editions import Edition, begin_with, editions_of, take_up
from models.process.refusals import NotReady
from models.programme.differences import Difference, differences
from models.programme.document import MOST_BYTES
from models.programme.faults import Fault
from models.programme.library import DEFAULT, STARTER, programme, shipped
from models.programme.reading import read, read_stored
from models.programme.schema import Programme
from models.programme.writing import written
from models.revisions import changes, revisions
from models.settings import settings
from models.words import Word

NOW = "now"
"""As a moment: at once, also where the edition waited for another."""


def begin() -> None:
    """Where no programme is there yet, put one in force: the demonstration city's in development, else the starter."""
    with transaction() as session:
        begin_with(session, DEFAULT if settings().development else STARTER)


def check(file: str, language: str) -> int:
    """Print every fault as FILE:LINE: place: sentence, or one line that the file is good. The exit code."""
    found, faults = read(_bytes(Path(file)))
    if found is None:
        _print_faults(file, faults, language)
        return 1
    good = Word("{file}: 「{name}」に誤りはありません。", "{file}: “{name}” is good.")
    print(good.filled(file=file, name=found.name).in_(language))
    return 0


def take_in(file: str, language: str, *, start: str | None, only_look: bool, reason: str) -> int:
    """Make a file a new edition, in force at once, from a moment in Tokyo, or only to be looked at. The exit code.

    Faults are printed as `check` does, and nothing changes; the same text again changes nothing either, and an edition that
    waits for its day keeps it unless another is named. What is planned to follow later is told.
    """
    source = _bytes(Path(file))
    good, faults = read(source)
    if good is None:
        _print_faults(file, faults, language)
        return 1
    text = source.decode("utf-8-sig")
    with _asked(transaction()) as session:
        known = editions_of(session, good.key)
        before = {edition.id: edition.in_force_from for edition in known}
        planned = bool(known) and known[0].text == text and known[0].in_force_from is not None
        moment = None if only_look or (planned and not start) else _moment(start or NOW)
        held = _in_force(session, good.key)
        edition = take_up(session, text, person_id=None, reason=reason, in_force_from=moment)
        found = changes(session, held, edition.id) if held and held != edition.id else ()
        same = edition.id in before and before[edition.id] == edition.in_force_from
        said = _said(same=same, begun=edition.has_begun, waits=edition.in_force_from is None)
        when = _in_both(edition.in_force_from) if edition.in_force_from else Word("", "")
        later = [_follows(one) for one in reversed(known) if _is_later(one, edition)]
    print(said.filled(name=good.name, number=edition.number, when=when).in_(language))
    if not same:
        _print_differences(found, language)
    for sentence in later:
        print(sentence.in_(language))
    return 0


def list_editions(language: str) -> int:
    """Print every edition in the database: key and number, from when it holds, how many cases stand on it, its reason."""
    waits = Word("未施行", "not in force")
    cases = Word("案件{n}件", "cases: {n}")
    with _asked(reading()) as session:
        for _key, lines in listed(session):
            for one in lines:
                edition = one.edition
                since = clock.in_tokyo(edition.in_force_from) if edition.in_force_from else None
                columns = [
                    f"{edition.key}/{edition.number}",
                    f"{since:%Y-%m-%dT%H:%M}" if since else waits.in_(language),
                    cases.filled(n=one.running + one.ended).in_(language),
                    " ".join(edition.reason.split()),
                ]
                print("\t".join(columns).rstrip())
    return 0


def diff(old: str, new: str, language: str) -> int:
    """Print what changed between two programmes by section: each a file, KEY or KEY/NUMBER as `export` knows them."""
    before, after = _programme(old, language), _programme(new, language)
    if before is None or after is None:
        return 1
    found = differences(before, after)
    _print_differences(found, language)
    if not found:
        print(Word("違いはありません。", "There is no difference.").in_(language))
    return 0


def export(source: str) -> int:
    """Print a programme's file: KEY/NUMBER or the edition of KEY in force as it was imported, or one that ships."""
    stored = _stored(source)
    print(stored[1] if stored else written(_shipped(source)), end="")
    return 0


def _bytes(file: Path) -> bytes:
    """What stands in a file, at most a little more than is read of any."""
    try:
        with file.open("rb") as source:
            return source.read(MOST_BYTES + 1)
    except OSError as reason:
        raise CannotGoOnError(f"{file} cannot be read: {reason.strerror}.") from reason


def _programme(source: str, language: str) -> Programme | None:
    """The programme of a file, an edition or a shipped key; None when the file has faults, which are then printed."""
    if not Path(source).exists():
        stored = _stored(source)
        if stored is not None:
            return read_stored(stored[1])
        if source in shipped():
            return programme(source)
    found, faults = read(_bytes(Path(source)))
    if found is None:
        _print_faults(source, faults, language, to=sys.stderr)
    return found


def _stored(source: str) -> tuple[str, str] | None:
    """An edition's name and text; None where this installation has no such programme. KEY means the one in force."""
    key, _, number = source.partition("/")
    if not re.fullmatch(r"[a-z0-9_]+(/[0-9]{1,6})?", source) or not _is_furnished():
        return None
    with _asked(reading()) as session:
        everything = editions_of(session, key)
        held = _in_force(session, key)
        wanted = [one for one in everything if (str(one.number) == number if number else one.id == held)]
        for found in wanted or (everything[:1] if not number else []):
            return found.id, found.text
    if number:
        raise CannotGoOnError(f"There is no edition {source}. `kyodo programme list` names all.")
    return None


def _in_force(session: Session, key: str) -> str | None:
    return next((one.edition.id for one in revisions(session, key)), None)


def _is_furnished() -> bool:
    """Whether there is a database to ask: files are checked and compared also where nothing is installed."""
    url = make_url(settings().database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return False
    with _asked(reading()) as session:
        return inspect(session.connection()).has_table(Edition.__tablename__)


@contextmanager
def _asked(session: AbstractContextManager[Session]) -> Iterator[Session]:
    """A session; a database that does not answer, or that has no tables, is told in a sentence, and so is a refusal."""
    try:
        with session as opened:
            yield opened
    except DatabaseError as error:
        where = make_url(settings().database_url).render_as_string(hide_password=True)
        raise CannotGoOnError(f"the database {where} cannot be asked, try `kyodo upgrade`: {error.orig}") from error
    except NotReady as refused:
        raise CannotGoOnError(str(refused)) from refused


def _is_later(one: Edition, edition: Edition) -> bool:
    return bool(one.in_force_from and edition.in_force_from and one.in_force_from > edition.in_force_from)


def _follows(planned: Edition) -> Word:
    """That another edition, planned before, takes the place of what was taken up now."""
    assert planned.in_force_from is not None
    return Word(
        "ご注意: {when}から、先に予定していた第{number}版に替わります。",
        "Note: from {when} on edition {number}, planned before, takes its place.",
    ).filled(when=_in_both(planned.in_force_from), number=planned.number)


def _moment(text: str) -> datetime:
    if text == NOW:
        return clock.now()
    try:
        day, _, hour = text.replace(" ", "T").partition("T")
        return clock.at_tokyo(date.fromisoformat(day), time.fromisoformat(hour or "00:00"))
    except ValueError as error:
        raise CannotGoOnError(
            f"{text!r} is no moment. Write it as 2027-04-01T09:00 or “now”, in Tokyo's time."
        ) from error


def _in_both(moment: datetime) -> Word:
    return Word(in_words(moment, "ja"), in_words(moment, "en"))


def _said(*, same: bool, begun: bool, waits: bool) -> Word:
    if same and not begun and not waits:
        return Word(
            "「{name}」第{number}版と同じ内容です。{when}から施行する予定のままです。すぐに施行するときは --from now を付けてください。",
            "“{name}” says the same as edition {number}, which is still planned from {when} on. To have it in force at once, add "
            "--from now.",
        )
    if same:
        return Word(
            "「{name}」第{number}版と同じ内容です。何も変えていません。",
            "“{name}” says the same as edition {number}. Nothing was changed.",
        )
    if waits:
        return Word(
            "「{name}」第{number}版として取り込みました。まだ施行していません。",
            "“{name}” is now edition {number}. It is not in force yet.",
        )
    if begun:
        return Word(
            "「{name}」第{number}版として取り込み、施行しました。新しい案件から使います。",
            "“{name}” is now edition {number} and in force: new cases begin under it.",
        )
    return Word(
        "「{name}」第{number}版として取り込みました。{when}から施行します。",
        "“{name}” is now edition {number}. It is in force from {when} on.",
    )


def _print_differences(found: Iterable[Difference], language: str) -> None:
    for one in found:
        print(f"{one.heading.in_(language)}: {one.sentence.in_(language)}")


def _print_faults(file: str, faults: Iterable[Fault], language: str, to: TextIO | None = None) -> None:
    for fault in faults:
        place = f"{fault.path}: " if fault.path else ""
        value = f" [{fault.value}]" if fault.value else ""
        print(f"{file}:{fault.spot.line}: {place}{fault.sentence.in_(language)}{value}", file=to)


def _shipped(key: str) -> Programme:
    if key not in shipped():
        raise CannotGoOnError(f"There is no programme {key!r}. These ship with Kyodo: {', '.join(shipped())}.")
    return programme(key)
