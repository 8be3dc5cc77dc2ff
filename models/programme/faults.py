"""A fault of a programme's file as data: where it is, what stands there, and what would be right."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from models.programme.entries import Place
from models.words import Word

MOST_SHOWN = 40

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Control characters and those that turn the direction of writing: what is read is not what stands there."""


class Spot(NamedTuple):
    """A place in the text, counted from 1 as editors do."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, with its place in the data and in the text."""

    place: Place
    spot: Spot
    value: str
    """What stands there, shortened; empty where nothing does."""
    sentence: Word
    """What would be right."""

    @property
    def path(self) -> str:
        """The place as people read it: criteria[3].label.en, counted from 0. Empty for the file as a whole."""
        return path(self.place)


def path(place: Place) -> str:
    """A place in one word: criteria[3].label.en."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{shown(step)}" for step in place).lstrip(".")


def shown(value: object) -> str:
    """A value as a fault quotes it: on one line, visible, and never long."""
    if value is None or isinstance(value, dict | list | tuple):
        return ""
    text = str(value).lower() if isinstance(value, bool) else " ".join(str(value)[:1000].split())
    text = UNSEEN.sub("\ufffd", text)
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"
