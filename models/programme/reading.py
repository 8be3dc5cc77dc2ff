"""Reading a programme's file: the programme, or every fault of the file at once, each with its place and its remedy."""

import re
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from models.programme.document import BEGINNING, MOST_BYTES, Document, read_document
from models.programme.faults import Fault, Spot, shown
from models.programme.parts import STORED
from models.programme.schema import Programme
from models.programme.sentences import sentence
from models.programme.syntax import ONLY_A_NOTE
from models.words import Word

MOST_FAULTS = 1000
"""More faults than this are only counted: such a file is something else."""


NOTE = re.compile(r"^[\s-]*[A-Za-z0-9_]+:\s+(?P<note>#.*)$")
"""A key whose value was meant to begin with # and is a comment."""


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
    faults = [_worded(document, lines, spot, fault) for spot, fault in found[:MOST_FAULTS]]
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
    """The place, or what it is part of, was not taken over, or its key is mistyped (`key：`), and a fault says so."""
    place = error["loc"]
    if any(place[:length] in document.refused for length in range(len(place) + 1)):
        return True
    beside = document.at(place[:-1]) if error["type"] == "missing" else None
    mistyped = (f"{place[-1]}:", f"{place[-1]}：") if place else ()
    return isinstance(beside, dict) and any(str(key).strip().startswith(mistyped) for key in beside)


def _spot(document: Document, error: ErrorDetails) -> Spot:
    """Where the value stands; for an unknown key the key; for what is missing the entry that misses it."""
    place = error["loc"]
    if error["type"] != "extra_forbidden" and place in document.values:
        return document.values[place]
    around = (place[:length] for length in range(len(place), -1, -1))
    return next((document.entries[one] for one in around if one in document.entries), BEGINNING)


def _worded(document: Document, lines: list[str], spot: Spot, fault: Fault | ErrorDetails) -> Fault:
    if isinstance(fault, Fault):
        return fault
    place = fault["loc"]
    if place in document.entries and document.at(place) is None:
        note = NOTE.search(lines[document.entries[place].line - 1])
        if note is not None:
            return Fault(place, document.entries[place], shown(note["note"]), ONLY_A_NOTE)
    return Fault(place, spot, shown(fault["input"]), sentence(fault))
