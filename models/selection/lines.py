"""One line of an explanation, as data: a sentence in both languages with its numbers beside it."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from models.words import Word


class About(StrEnum):
    """What a line is about."""

    JUDGES = "judges"
    ITEM = "item"
    FIGURE = "figure"
    TOTAL = "total"
    CARRIED = "carried"
    REASON = "reason"
    PASSED = "passed"
    RANK = "rank"
    TIE = "tie"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Line:
    """One step: the sentence and its numbers in the order they are said; the last is what the step comes to."""

    about: About
    sentence: Word
    figures: tuple[Fraction, ...] = ()
    item: str = ""
