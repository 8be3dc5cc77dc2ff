"""The parts that a round's rules are made of: scales, score items, pass marks, vetoes, ties, money."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated

from pydantic import Field

from models.programme.words import Hint, Line
from models.selection.exact import How, Number
from models.selection.faults import Part
from models.words import Word

NOTHING = Word("", "")

MOST_MARKS = 1000
"""A scale has so many marks at most."""
MOST_ITEMS = 100
MOST_RULES = 50
"""Vetoes, steps of the tie rule, grades: so many of each at most."""
MOST_ROUNDS = 2


class NamedMark(Part):
    """One mark with a name: ○ for 1 point, A for 5."""

    label: Line
    value: Number


class MarkScale(Part):
    """The marks of an item: from lowest (0 when left out) to highest by steps, or named ones with their values."""

    lowest: Number | None = None
    highest: Number | None = None
    step: Number = Decimal(1)
    marks: Annotated[tuple[NamedMark, ...], Field(max_length=MOST_MARKS)] = ()

    @property
    def low(self) -> Decimal:
        """The lowest mark."""
        return min(mark.value for mark in self.marks) if self.marks else self.lowest or Decimal(0)

    @property
    def high(self) -> Decimal:
        """The highest mark. A scale that passed the checks has one."""
        if self.marks:
            return max(mark.value for mark in self.marks)
        return Decimal(0) if self.highest is None else self.highest

    @cached_property
    def allowed(self) -> frozenset[Decimal]:
        """All marks, to look one up."""
        return frozenset(self.values())

    def values(self) -> Iterator[Decimal]:
        """All marks, lowest first."""
        if self.marks:
            yield from sorted(mark.value for mark in self.marks)
            return
        for number in range(int((self.high - self.low) / self.step) + 1):
            yield self.low + number * self.step


class PassMark(Part):
    """基準点: reached at so many points, or at a percentage of the maximum. above: the mark itself is not enough."""

    points: Number | None = None
    percent: Number | None = None
    above: bool = False

    def wanted(self, most: Fraction) -> Fraction:
        """The points that it asks for where `most` can be had."""
        return Fraction(self.points) if self.points is not None else most * Fraction(self.percent or 0) / 100

    def reached(self, points: Fraction, most: Fraction) -> bool:
        """Is it reached by these points out of `most`?"""
        wanted = self.wanted(most)
        return points > wanted if self.above else points >= wanted


class ScoreItem(Part):
    """審査項目. Without a scale of its own it takes the round's; so does the value that asks for a comment."""

    key: str
    label: Line
    hint: Hint = NOTHING
    scale: MarkScale | None = None
    weight: Number = Decimal(1)
    pass_mark: PassMark | None = None
    comment_at_or_below: Number | None = None
    source: str = ""
    """Requirement number the item comes from."""


class Aggregation(StrEnum):
    """How the judges' marks become one figure."""

    SUM = "sum"
    """合計."""
    AVERAGE = "average"
    """平均: divided by the judges who count."""
    SHARE = "share"
    """換算: the share of the maximum, times `convert_to`."""


class Step(StrEnum):
    """Where it is rounded."""

    ITEM = "item"
    """Each item's figure; the total is the sum of the rounded ones."""
    JUDGE = "judge"
    """Each judge's weighted total, before the judges are brought together."""
    TOTAL = "total"


class Rounding(Part):
    """端数処理: digits kept, how, and at which step."""

    digits: int = 0
    how: How = How.HALF_UP
    at: Step = Step.TOTAL


class Absence(StrEnum):
    """What becomes of the place of a judge without marks."""

    LEAVE_OUT = "leave_out"
    FILL_IN = "fill_in"
    """The average of the others' marks stands in for his or hers."""
    ZERO = "zero"
    NO_RESULT = "no_result"
    """One such judge, and the proposal has no valid result."""


class By(StrEnum):
    """Whose marks make a veto."""

    ANY = "any"
    MAJORITY = "majority"
    """More than half of the judges who gave marks."""
    AVERAGE = "average"


class Veto(Part):
    """失格: a mark at or below this value on this item, and the proposal does not pass, whatever its total."""

    item: str
    at_or_below: Number
    by: By = By.ANY


class TieBy(StrEnum):
    """同点: what decides between proposals of equal points."""

    POINTS = "points"
    """More points; for rounds whose order is made from ranks."""
    ITEM = "item"
    """More points on the named item."""
    FIRSTS = "firsts"
    """More judges whose own total for it is their highest."""
    FEWER_LOWS = "fewer_lows"
    """Fewer marks at or below a value."""
    COST = "cost"
    """The smaller amount asked for."""
    LOT = "lot"
    """くじ: drawn by the committee and written down."""
    COMMITTEE = "committee"
    """合議: put in order by the committee and written down."""
    SHARED = "shared"
    """They share the rank."""


LAST = frozenset({TieBy.LOT, TieBy.COMMITTEE, TieBy.SHARED})
"""What always settles a tie; nothing may follow it."""
WRITTEN = frozenset({TieBy.LOT, TieBy.COMMITTEE})
"""What people settle and the case then holds."""


class TieRule(Part):
    """One step of the tie rule. `item` belongs to ITEM, `at_or_below` to FEWER_LOWS."""

    by: TieBy
    item: str = ""
    at_or_below: Number | None = None


class Order(StrEnum):
    """What the rank is made from."""

    POINTS = "points"
    MEAN_RANK = "mean_rank"
    """順位点: the mean of the ranks that each judge's own totals give; the lowest is first."""


class Grade(Part):
    """From so many points on, this percentage of the amount."""

    points: Number
    percent: Number


class WhenShort(StrEnum):
    """What happens at the first proposal that the money left does not cover."""

    STOP = "stop"
    SKIP = "skip"
    """Later ones that fit are still chosen."""
    CUT = "cut"
    """It gets what is left, if that is at least `least_percent` of its amount; then it stops."""


class Award(Part):
    """The rules for money after the last round. unit: yen that amounts are rounded down to (1000 for 千円未満切捨て)."""

    when_short: WhenShort = WhenShort.STOP
    least_percent: Number = Decimal(0)
    unit: int = 1
    adjusting: bool = False
    """May the committee set an amount of its own (査定額), never above what was asked for?"""
    grades: Annotated[tuple[Grade, ...], Field(max_length=MOST_RULES)] = ()


class Carry(Part):
    """What counts after the second round: so many percent of the first round's points and of the second's."""

    first: Number = Decimal(0)
    second: Number = Decimal(100)
    rounding: Rounding | None = None
    pass_mark: PassMark | None = None
    """For both together; each round has its own besides."""
