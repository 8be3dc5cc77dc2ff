"""Who is chosen within the number and the money there is, and with how many yen."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from models.selection.parts import Award, WhenShort
from models.selection.ranking import Contender, Group


class Choice(StrEnum):
    """What the rank leads to, before the city decides."""

    CHOSEN = "chosen"
    NUMBER_FULL = "number_full"
    MONEY_SHORT = "money_short"
    OPEN = "open"
    """It hangs on a tie that the committee has still to settle."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One proposal's outcome in yen.

    amount: granted; None where nothing is granted or the round gives no money. basis: what the rules allow it.
    left: what was left before its turn; None without a budget. cut: it gets less than its basis.
    """

    choice: Choice
    amount: int | None = None
    basis: int = 0
    left: int | None = None
    cut: bool = False


def allotted(groups: Sequence[Group], most: int | None, award: Award | None, budget: int | None) -> dict[str, Grant]:
    """Every ranked proposal's outcome. award None: nobody gets money here, only the number counts. budget: yen."""
    purse = _Purse(most, award, budget)
    return {one.proposal: grant for group in groups for one, grant in purse.serve(group)}


def basis(award: Award, one: Contender) -> int:
    """Yen that the rules allow this proposal: asked for or set by the committee, at most what a figure comes to where
    money follows from one, graded by points, in whole units."""
    amount = Fraction(one.entry.asked if one.entry.adjusted is None else one.entry.adjusted)
    if award.per_figure:
        amount = min(amount, award.per_figure.yen * Fraction(one.entry.figures.get(award.per_figure.figure, 0)))
    if award.grades:
        amount *= max(
            (Fraction(g.percent) / 100 for g in award.grades if Fraction(g.points) <= one.total.points),
            default=Fraction(0),
        )
    return _whole(amount, award.unit)


def _whole(amount: Fraction | int, unit: int) -> int:
    return int(amount // unit) * unit


class _Purse:
    """The places and the yen that are left while the ranks are gone through."""

    def __init__(self, most: int | None, award: Award | None, budget: int | None) -> None:
        self._places, self._award = most, award
        self._left = budget if award else None
        self._end: Choice | None = None

    def serve(self, group: Group) -> list[tuple[Contender, Grant]]:
        """The outcomes of those who share one rank."""
        sums = [basis(self._award, one) if self._award else 0 for one in group]
        if self._end is None and self._undecided(sums):
            self._end = Choice.OPEN
        return [(one, self._one(amount)) for one, amount in zip(group, sums, strict=True)]

    def _undecided(self, sums: list[int]) -> bool:
        """Would it matter in which order those of this rank come?"""
        if len(sums) == 1 or self._places == 0:
            return False
        cutting = self._award is not None and self._award.when_short is WhenShort.CUT
        if self._left is not None and min(sums) > self._left and not cutting:
            return False
        too_many = self._places is not None and len(sums) > self._places
        return too_many or (self._left is not None and sum(sums) > self._left)

    def _one(self, amount: int) -> Grant:
        before = self._left
        if self._places == 0:
            return Grant(Choice.NUMBER_FULL, None, amount, before)
        if self._end is not None:
            return Grant(self._end, None, amount, before)
        granted = self._affordable(amount)
        if granted is None:
            return Grant(Choice.MONEY_SHORT, None, amount, before)
        if self._places is not None:
            self._places -= 1
        if self._left is not None:
            self._left -= granted
        return Grant(Choice.CHOSEN, granted if self._award else None, amount, before, granted < amount)

    def _affordable(self, amount: int) -> int | None:
        """Yen for this proposal out of what is left; None when it cannot be had."""
        if self._award is None or self._left is None or amount <= self._left:
            return amount
        if self._award.when_short is not WhenShort.SKIP:
            self._end = Choice.MONEY_SHORT
        if self._award.when_short is WhenShort.CUT:
            rest = _whole(self._left, self._award.unit)
            if rest > 0 and rest * 100 >= amount * Fraction(self._award.least_percent):
                return rest
        return None
