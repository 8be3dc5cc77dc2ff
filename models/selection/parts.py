"""The parts that a round's rules are made of: scales, score items, pass marks, vetoes, ties, money."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from models.programme.exact import How, Number
from models.programme.parts import Key, Part, Whole
from models.programme.words import Hint, Line
from models.words import Word

NOTHING = Word("", "")

MOST_MARKS = 1000
"""A scale has so many marks at most."""
MOST_ITEMS = 100
MOST_RULES = 50
"""Vetoes, steps of the tie rule, grades: so many of each at most."""
MOST_ROUNDS = 5

Heads = Annotated[StrictInt, Field(le=1000)]
"""So many judges, or proposals."""


class NamedMark(Part):
    """One mark with a name: ○ for 1 point, A for 5."""

    label: Line
    """What judges choose: ○."""
    value: Number
    """The points it is worth."""


class MarkScale(Part):
    """The marks of an item: from lowest (0 when left out) to highest by steps, or named ones with their values."""

    lowest: Number | None = None
    """The lowest mark; left out: 0."""
    highest: Number | None = None
    """The highest mark."""
    step: Number = Decimal(1)
    """From one mark to the next."""
    marks: Annotated[tuple[NamedMark, ...], Field(max_length=MOST_MARKS)] = ()
    """Named marks with their values, in place of lowest and highest."""

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
    """So many points."""
    percent: Number | None = None
    """Or so many percent of the maximum."""
    above: StrictBool = False
    """Whether the mark itself is not enough."""

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
    """Stable name of the item."""
    label: Line
    """What is judged: 公益性."""
    hint: Hint = NOTHING
    """What judges look at."""
    scale: MarkScale | None = None
    """Its own marks, where they differ from the round's."""
    weight: Number = Decimal(1)
    """重み: what its marks are multiplied with."""
    pass_mark: PassMark | None = None
    """基準点 of this item."""
    comment_at_or_below: Number | None = None
    """Marks on it that ask for a comment."""
    source: str = ""
    """Requirement number the item comes from."""


class Figure(Part):
    """A figure that the office enters for each proposal, beside the judges' marks or in place of them: 市民投票の票数,
    団体を指定した寄附の額, the one mark that a committee agreed on."""

    key: Key
    """Stable name of the figure."""
    label: Line
    """What is entered: 市民投票."""
    hint: Hint = NOTHING
    """Where it comes from."""
    unit: Hint = NOTHING
    """What it counts: 票, 円, 点."""
    most: Whole
    """The highest that can be entered; with the weight it adds to the maximum."""
    weight: Number = Decimal(1)
    """Points for each of it; 0: it gives no points and is only shown, or gives money."""
    pass_mark: PassMark | None = None
    """基準点 of its points."""


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
    """The figure that the pass mark and the rank are about."""


class Rounding(Part):
    """端数処理: digits kept, how, and at which step."""

    digits: StrictInt = 0
    """Digits kept behind the point."""
    how: How = How.HALF_UP
    """How the rest is rounded."""
    at: Step = Step.TOTAL
    """At which step."""


class Absence(StrEnum):
    """What becomes of the place of a judge without marks."""

    LEAVE_OUT = "leave_out"
    """The others alone count."""
    FILL_IN = "fill_in"
    """The average of the others' marks stands in for his or hers."""
    ZERO = "zero"
    """Nought points on every item."""
    NO_RESULT = "no_result"
    """One such judge, and the proposal has no valid result."""


class By(StrEnum):
    """Whose marks make a veto."""

    ANY = "any"
    """One judge is enough."""
    MAJORITY = "majority"
    """More than half of the judges who gave marks."""
    AVERAGE = "average"
    """The average of those who gave marks."""


class Veto(Part):
    """失格: a mark at or below this value on this item, and the proposal does not pass, whatever its total."""

    item: str
    """Key of the item."""
    at_or_below: Number
    """This mark and lower ones strike."""
    by: By = By.ANY
    """Whose marks."""


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
    """What decides."""
    item: str = ""
    """For `item`: its key."""
    at_or_below: Number | None = None
    """For `fewer_lows`: what counts as a low mark."""


class Order(StrEnum):
    """What the rank is made from."""

    POINTS = "points"
    """More points come first."""
    MEAN_RANK = "mean_rank"
    """順位点: the mean of the ranks that each judge's own totals give; the lowest is first."""


class Presentation(Part):
    """公開プレゼンテーション・面接: how long a proposal has before the judges, and who may watch."""

    minutes: Annotated[int, Field(strict=True, ge=1, le=240)] = 10
    """Minutes to present."""
    questions: Annotated[int, Field(strict=True, ge=0, le=240)] = 10
    """Minutes for questions."""
    change: Annotated[int, Field(strict=True, ge=0, le=240)] = 5
    """Minutes between two presentations."""
    observers: StrictBool = True
    """傍聴: whether the public may watch."""


class Depth(StrEnum):
    """公表の範囲: what the public reads of a round's results. The proposers always read their own scores and reasons."""

    NOTHING = "nothing"
    """Only what the city decided."""
    OUTCOME = "outcome"
    """Which proposals passed, with the committee's remarks (講評)."""
    RANK = "rank"
    """The order besides."""
    TOTALS = "totals"
    """Every proposal's points besides."""
    ITEMS = "items"
    """The points by item besides."""
    SHEETS = "sheets"
    """Every judge's marks besides, without their names."""


class Whose(StrEnum):
    """公表の対象: whose results the public reads. Every proposer always reads its own."""

    ALL = "all"
    """Those of every proposal of the round."""
    PASSED = "passed"
    """Those of the proposals that passed, unless the city did not adopt them; the others' are told to themselves alone."""


class Grade(Part):
    """From so many points on, this percentage of the amount."""

    points: Number
    """From so many points on."""
    percent: Number
    """This percentage of the amount."""


class PerFigure(Part):
    """So many yen for each of a figure that the office enters: 1票あたり500円; 1円につき1円 for a fund's donations."""

    figure: str
    """Key of the figure of the last round."""
    yen: Annotated[int, Field(strict=True, ge=1, le=1_000_000)] = 1
    """Yen for each of it; never more in all than was asked for."""


class WhenShort(StrEnum):
    """What happens at the first proposal that the money left does not cover."""

    STOP = "stop"
    """It and all later ones get nothing."""
    SKIP = "skip"
    """Later ones that fit are still chosen."""
    CUT = "cut"
    """It gets what is left, if that is at least `least_percent` of its amount; then it stops."""


class Award(Part):
    """The rules for money after the last round."""

    when_short: WhenShort = WhenShort.STOP
    """What happens when the money left does not cover a proposal."""
    least_percent: Number = Decimal(0)
    """For `cut`: the least percentage of its amount that a proposal takes."""
    unit: Annotated[StrictInt, Field(le=1_000_000_000)] = 1
    """Yen that amounts are rounded down to: 1000 for 千円未満切捨て."""
    adjusting: StrictBool = False
    """May the committee set an amount of its own (査定額), never above what was asked for?"""
    grades: Annotated[tuple[Grade, ...], Field(max_length=MOST_RULES)] = ()
    """Percentages of the amount by points."""
    per_figure: PerFigure | None = None
    """Amounts that follow from a figure, such as citizens' votes; left out: from what was asked for alone."""


class Carry(Part):
    """What counts after the last round: so many percent of the points of the round before it, and of its own."""

    first: Number = Decimal(0)
    """Percent of the points of the round before the last."""
    second: Number = Decimal(100)
    """Percent of the last round's points."""
    rounding: Rounding | None = None
    """How both together are rounded."""
    pass_mark: PassMark | None = None
    """For both together; each round has its own besides."""
