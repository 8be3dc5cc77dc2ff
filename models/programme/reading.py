"""Reading a programme's file: the programme, or every fault of the file at once, each with its place and its remedy."""

import re
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from models.programme.document import BEGINNING, MOST_BYTES, Document, read_document
from models.programme.entries import Place, nearest
from models.programme.faults import Fault, Spot, shown
from models.programme.parts import STORED
from models.programme.schema import Programme
from models.programme.sentences import cut_by_comma, sentence
from models.programme.shape import known_keys
from models.programme.syntax import ONLY_A_NOTE
from models.words import Word

MOST_FAULTS = 1000
"""More faults than this are only counted: such a file is something else."""


NOTE = re.compile(r"^[\s-]*[A-Za-z0-9_]+:\s+(?P<note>#.*)$")
"""A key whose value was meant to begin with # and is a comment."""


UNQUOTED = re.compile(r"[^\s\x22'\[\]{}][^\[\]{}]*?(?=\s*(?:,\s*[\w-]+:\s|[\]}]|$))")
"""A value without quotes inside brackets, commas and all, up to the next key or the closing bracket."""

MOST_CUT = 500
"""Longer than this it is not looked at."""


class Reading(NamedTuple):
    """What came of reading a file: the programme exactly when there are no faults."""

    programme: Programme | None
    faults: tuple[Fault, ...]


def read_file(file: Path) -> Reading:
    """The programme in this file. Raises OSError when it cannot be opened."""
    with file.open("rb") as source:
        return read(source.read(MOST_BYTES + 1))


def read(source: bytes) -> Reading:
    """The programme in these bytes. Raises nothing: whatever is wrong is a fault. Faults come in the file's order."""
    document = read_document(source)
    found: list[tuple[Spot, Fault | ErrorDetails]] = [(fault.spot, fault) for fault in document.faults]
    programme = None
    if document.whole:
        try:
            programme = Programme.model_validate(document.value)
        except ValidationError as refusal:
            errors = refusal.errors(include_url=False)
            found += [(_spot(document, error), error) for error in errors if not _said_already(document, error)]
    if not found:
        return Reading(programme, ())
    found.sort(key=lambda one: one[0])
    lines = document.text.splitlines()
    worded = (_worded(document, lines, spot, fault) for spot, fault in found[:MOST_FAULTS])
    faults = list(dict.fromkeys(worded))  # 1,000,000 without quotes is one fault, not one for every comma
    if len(found) > MOST_FAULTS:
        more = Word("ほかにも{n}件の誤りがあります。", "There are {n} more faults.")
        faults.append(Fault((), found[MOST_FAULTS][0], "", more.filled(n=len(found) - MOST_FAULTS)))
    return Reading(None, tuple(faults))


def read_stored(text: str) -> Programme:
    """The programme in a text that was read without faults when it was stored.

    Rules across keys that became stricter since then do not concern it any more. Raises ValidationError.
    """
    return Programme.model_validate(read_document(text.encode()).value, context=STORED)


def _said_already(document: Document, error: ErrorDetails) -> bool:
    """The place, or what it is part of, was not taken over, or its key is mistyped (`key：`, `key 5`), and a fault says so."""
    place = error["loc"]
    if any(place[:length] in document.refused for length in range(len(place) + 1)):
        return True
    beside = document.at(place[:-1]) if error["type"] == "missing" else None
    mistyped = (f"{place[-1]}:", f"{place[-1]}：", f"{place[-1]} ", f"｛{place[-1]}") if place else ()
    return isinstance(beside, dict) and any(str(key).strip().startswith(mistyped) for key in beside)


def _spot(document: Document, error: ErrorDetails) -> Spot:
    """Where the value stands; for an unknown key the key; for what is missing the entry that misses it."""
    place = error["loc"]
    if error["type"] != "extra_forbidden" and place in document.values:
        return document.values[place]
    around = (place[:length] for length in range(len(place), -1, -1))
    return next((document.entries[one] for one in around if one in document.entries), BEGINNING)


def _worded(document: Document, lines: list[str], spot: Spot, fault: Fault | ErrorDetails) -> Fault:
    place = fault.place if isinstance(fault, Fault) else fault["loc"]
    if (cut := _cut_by_comma(document, lines, place)) is not None:
        return cut
    if isinstance(fault, Fault):
        return fault
    if place in document.entries and document.at(place) is None:
        note = NOTE.search(lines[document.entries[place].line - 1])
        if note is not None:
            return Fault(place, document.entries[place], shown(note["note"]), ONLY_A_NOTE)
    return Fault(place, spot, shown(fault["input"]), sentence(fault))


def _cut_by_comma(document: Document, lines: list[str], place: Place) -> Fault | None:
    """The value before this key, where the key is the rest of it behind a comma: {cap: 200,000}."""
    beside = document.at(place[:-1])
    if (
        not place
        or place not in document.entries
        or not isinstance(beside, dict)
        or beside.get(place[-1], "") is not None
    ):
        return None
    name, known, spot = str(place[-1]), known_keys(place[:-1]), document.entries[place]
    if len(beside) > MOST_CUT or name.split(" ")[0] in known or nearest(name, known):
        return None
    names = list(beside)
    before = [one for one in names[: names.index(name)] if beside[one] is not None]
    start = document.values[(*place[:-1], before[-1])] if before else spot
    if not before or start.line != spot.line:
        return None
    line = lines[spot.line - 1]
    whole = UNQUOTED.match(line[start.column - 1 : start.column - 1 + MOST_CUT])
    if whole is None or start.column + whole.end() < spot.column + len(name):
        return None
    inner = (*place[:-1], before[-1])
    said = cut_by_comma(inner, whole[0])
    return Fault(inner, start, shown(whole[0]), said) if said else None
