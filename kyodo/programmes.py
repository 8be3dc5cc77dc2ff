"""A city's programme on the terminal: what is wrong with a file, what changed from one to another, a file to begin with."""

import sys
from pathlib import Path
from typing import TextIO

from kyodo import CannotGoOnError
from models.database import transaction
from models.editions import begin_with
from models.programme.differences import differences
from models.programme.library import DEFAULT, programme, shipped
from models.programme.reading import Reading, read_file
from models.programme.schema import Programme
from models.programme.writing import written
from models.settings import settings
from models.words import Word


def begin() -> None:
    """Where no programme is there yet, put one in force: the demonstration city's in development, else the starter."""
    with transaction() as session:
        begin_with(session, DEFAULT if settings().development else "starter")


def check(file: str, language: str) -> int:
    """Print every fault as FILE:LINE: place: sentence, or one line that the file is good. The exit code."""
    reading = _read(Path(file))
    if reading.programme is None:
        _print_faults(file, reading, language)
        return 1
    good = Word("{file}: 「{name}」に誤りはありません。", "{file}: “{name}” is good.")
    print(good.filled(file=file, name=reading.programme.name).in_(language))
    return 0


def diff(old: str, new: str, language: str) -> int:
    """Print what changed between two programmes, each a file or the key of a shipped one, by section."""
    before, after = _programme(old, language), _programme(new, language)
    if before is None or after is None:
        return 1
    found = differences(before, after)
    for one in found:
        print(f"{one.heading.in_(language)}: {one.sentence.in_(language)}")
    if not found:
        print(Word("違いはありません。", "There is no difference.").in_(language))
    return 0


def export(key: str) -> int:
    """Print a shipped programme as a file that reads back equal."""
    print(written(_shipped(key)), end="")
    return 0


def _read(file: Path) -> Reading:
    try:
        return read_file(file)
    except OSError as reason:
        raise CannotGoOnError(f"{file} cannot be read: {reason.strerror}.") from reason


def _programme(source: str, language: str) -> Programme | None:
    """The programme of a file or key; None when the file has faults, which are then printed."""
    if not Path(source).exists() and source in shipped():
        return programme(source)
    reading = _read(Path(source))
    if reading.programme is None:
        _print_faults(source, reading, language, to=sys.stderr)
    return reading.programme


def _print_faults(file: str, reading: Reading, language: str, to: TextIO | None = None) -> None:
    for fault in reading.faults:
        place = f"{fault.path}: " if fault.path else ""
        value = f" [{fault.value}]" if fault.value else ""
        print(f"{file}:{fault.spot.line}: {place}{fault.sentence.in_(language)}{value}", file=to)


def _shipped(key: str) -> Programme:
    if key not in shipped():
        raise CannotGoOnError(f"There is no programme {key!r}. These ship with Kyodo: {', '.join(shipped())}.")
    return programme(key)
