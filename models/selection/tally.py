"""From the judges' sheets on one proposal to its points, exactly: who counts, what stands in, items, total."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, localcontext
from enum import StrEnum
from fractions import Fraction

from models.programme.exact import rounded
from models.selection.parts import Absence, Aggregation, ScoreItem, Step
from models.selection.rules import Round
from models.selection.sheets import Entry, Points, Sheet, is_complete

EXACT = Context(prec=60, traps=[Inexact])


class Place(StrEnum):
    """What stands in a judge's place."""

    GIVEN = "given"
    FILLED = "filled"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class ItemTally:
    """One item over all judges who count.

    marks: those given that count, highest first, so that nobody's marks can be followed from item to item.
    stand_in: the average that stands in for the judges filled in, if any. exact: before rounding.
    """

    key: str
    marks: tuple[Decimal, ...]
    stand_in: Fraction
    exact: Fraction
    points: Fraction
    most: Fraction

    @property
    def deciding(self) -> Fraction:
        """What decides where it breaks a tie."""
        return self.points


@dataclass(frozen=True, slots=True)
class FigureTally:
    """One figure that the office entered, with its points."""

    key: str
    figure: Decimal
    points: Fraction
    most: Fraction

    @property
    def deciding(self) -> Fraction:
        """What decides where it breaks a tie: the figure itself, also where it gives no points."""
        return Fraction(self.figure)


@dataclass(frozen=True, slots=True)
class Tally:
    """One proposal's points in one round.

    given: each judge's marks by item; totals: each one's weighted total. filled and zero count the stand-ins that
    remain when the extremes have been left out; dropped is how many places were. judge_sum: the rounded totals of all
    who count, where each judge's total is rounded. exact: the total before rounding.
    """

    given: Mapping[str, Mapping[str, Decimal]]
    totals: Mapping[str, Decimal]
    missing: tuple[str, ...]
    recused: tuple[str, ...]
    filled: int
    zero: int
    dropped: int
    counted: int
    items: tuple[ItemTally, ...]
    figures: tuple[FigureTally, ...]
    judge_sum: Fraction
    exact: Fraction
    total: Points

    @property
    def parts(self) -> tuple[ItemTally | FigureTally, ...]:
        """Everything that has points: items, then figures."""
        return (*self.items, *self.figures)


def tally(rules: Round, panel: Collection[str], entry: Entry) -> Tally | None:
    """The points of one proposal before this panel; None when judges are asked and none gave marks that count."""
    sheets = {sheet.judge: sheet for sheet in entry.sheets}
    given = {judge: sheets[judge].marks for judge in sorted(panel) if _counts(rules, sheets.get(judge))}
    recused = tuple(judge for judge in sorted(panel) if judge in sheets and sheets[judge].recused)
    missing = tuple(judge for judge in sorted(panel) if judge not in given and judge not in recused)
    with localcontext(EXACT):
        figures = tuple(
            FigureTally(
                one.key,
                figure := entry.figures.get(one.key, Decimal(0)),
                Fraction(one.weight) * Fraction(figure),
                Fraction(one.weight) * Fraction(one.most),
            )
            for one in rules.figures
        )
        if not rules.items:
            return _figures_alone(rules, figures)
        return _added_up(rules, given, missing, recused, figures) if given else None


def _figures_alone(rules: Round, figures: tuple[FigureTally, ...]) -> Tally:
    """Points of a round in which judges mark nothing."""
    exact = sum((one.points for one in figures), Fraction(0))
    total = Points(_whole(rules, exact), Fraction(rules.figures_most))
    return Tally({}, {}, (), (), 0, 0, 0, 0, (), figures, Fraction(0), exact, total)


def _whole(rules: Round, exact: Fraction) -> Fraction:
    rule = rules.rounding_at(Step.TOTAL)
    return rounded(exact, rule.digits, rule.how) if rule else exact


def _counts(rules: Round, sheet: Sheet | None) -> bool:
    return sheet is not None and not sheet.recused and is_complete(rules, sheet)


def _added_up(
    rules: Round,
    given: Mapping[str, Mapping[str, Decimal]],
    missing: tuple[str, ...],
    recused: tuple[str, ...],
    figures: tuple[FigureTally, ...],
) -> Tally | None:
    weights = [(item.key, item.weight) for item in rules.items]
    totals = {
        judge: sum([marks[key] * weight for key, weight in weights], Decimal(0)) for judge, marks in given.items()
    }
    kept = _kept(rules, totals, missing, recused)
    if not kept:
        return None
    judges = [judge for _, place, judge in kept if place is Place.GIVEN]
    filled = sum(place is Place.FILLED for _, place, _ in kept)
    factor = _factor(rules, len(kept))
    items = tuple(_item(rules, item, given, judges, filled, len(kept), factor) for item in rules.items)
    by_judge = rules.rounding_at(Step.JUDGE)
    own = [rounded(total, by_judge.digits, by_judge.how) for total, _, _ in kept] if by_judge else []
    judge_sum = sum(own, Fraction(0))
    exact = factor * judge_sum if by_judge else sum((item.points for item in items), Fraction(0))
    exact += sum((one.points for one in figures), Fraction(0))
    dropped = len(given) + _stand_ins(rules, missing, recused) - len(kept)
    most = factor * len(kept) * Fraction(rules.judge_most) + Fraction(rules.figures_most)
    return Tally(
        given,
        totals,
        missing,
        recused,
        filled,
        len(kept) - len(judges) - filled,
        dropped,
        len(kept),
        items,
        figures,
        judge_sum,
        exact,
        Points(_whole(rules, exact), most),
    )


def _kept(
    rules: Round, totals: Mapping[str, Decimal], missing: tuple[str, ...], recused: tuple[str, ...]
) -> list[tuple[Fraction, Place, str]]:
    """Every place that counts with its total: given, filled in, zero; without the extremes. Judges in order of keys."""
    average = Fraction(sum(totals.values(), Decimal(0))) / len(totals)
    places = [(Fraction(total), Place.GIVEN, judge) for judge, total in totals.items()]
    for absent, rule in ((missing, rules.missing), (recused, rules.recused)):
        if rule is Absence.FILL_IN:
            places += [(average, Place.FILLED, judge) for judge in absent]
        elif rule is Absence.ZERO:
            places += [(Fraction(0), Place.ZERO, judge) for judge in absent]
    cut = rules.drop_extremes
    return sorted(places)[cut : len(places) - cut] if cut else places


def _stand_ins(rules: Round, missing: tuple[str, ...], recused: tuple[str, ...]) -> int:
    standing = (Absence.FILL_IN, Absence.ZERO)
    return len(missing) * (rules.missing in standing) + len(recused) * (rules.recused in standing)


def _factor(rules: Round, counted: int) -> Fraction:
    """What turns the sum of all weighted marks into points."""
    match rules.aggregation:
        case Aggregation.SUM:
            return Fraction(1)
        case Aggregation.AVERAGE:
            return Fraction(1, counted)
        case Aggregation.SHARE:
            return Fraction(rules.convert_to) / (counted * Fraction(rules.judge_most))


def _item(
    rules: Round,
    item: ScoreItem,
    given: Mapping[str, Mapping[str, Decimal]],
    judges: list[str],
    filled: int,
    counted: int,
    factor: Fraction,
) -> ItemTally:
    marks = tuple(sorted([given[judge][item.key] for judge in judges], reverse=True))
    together = Fraction(sum(marks, Decimal(0)))
    stand_in = Fraction(0)
    if filled:
        stand_in = Fraction(sum([one[item.key] for one in given.values()], Decimal(0))) / len(given)
        together += filled * stand_in
    weight, most = rules.shares[item.key]
    exact = factor * weight * together
    rule = rules.rounding_at(Step.ITEM)
    points = rounded(exact, rule.digits, rule.how) if rule else exact
    return ItemTally(item.key, marks, stand_in, exact, points, factor * counted * most)
