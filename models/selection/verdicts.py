"""Whether a proposal passes a round, and every reason why it does not: result, veto, item, total."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from models.programme.exact import rounded, said
from models.selection.parts import Absence, By, Carry, PassMark, Veto
from models.selection.rules import Round
from models.selection.sheets import Points
from models.selection.tally import Tally
from models.words import Word


class Verdict(StrEnum):
    """What the points say; the committee's conclusion and the city's decision come after."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    NO_RESULT = "no_result"
    """Too few judges gave marks for a valid result."""


class Ground(StrEnum):
    """Why a proposal does not pass."""

    NO_MARKS = "no_marks"
    JUDGE_MISSING = "judge_missing"
    JUDGE_RECUSED = "judge_recused"
    QUORUM = "quorum"
    VETO = "veto"
    ITEM = "item"
    TOTAL = "total"
    CARRIED = "carried"
    """The points of both rounds together."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with its sentence and the figures in it; `item` where it is about one."""

    ground: Ground
    sentence: Word
    figures: tuple[Fraction, ...] = ()
    item: str = ""


NO_RESULT = frozenset({Ground.NO_MARKS, Ground.JUDGE_MISSING, Ground.JUDGE_RECUSED, Ground.QUORUM})


def verdict_of(reasons: tuple[Reason, ...]) -> Verdict:
    """What these reasons come to; none: it passes."""
    if any(reason.ground in NO_RESULT for reason in reasons):
        return Verdict.NO_RESULT
    return Verdict.NOT_PASSED if reasons else Verdict.PASSED


def together(carry: Carry, earlier: Points, own: Points) -> Points:
    """Both rounds' points, each with its percentage, rounded as the carry says."""
    first, second = Fraction(carry.first) / 100, Fraction(carry.second) / 100
    points = earlier.points * first + own.points * second
    if carry.rounding:
        points = rounded(points, carry.rounding.digits, carry.rounding.how)
    return Points(points, earlier.most * first + own.most * second)


def reasons_of(rules: Round, carry: Carry | None, tally: Tally | None, total: Points | None) -> Iterator[Reason]:
    """Every reason against the proposal. total: with the first round's points where they are carried over."""
    if tally is None or total is None:
        yield Reason(Ground.NO_MARKS, Word("採点した審査員がいません。", "No judge gave marks that count."))
        return
    yield from _too_few(rules, tally)
    for veto in rules.vetoes:
        yield from _veto(rules, veto, tally)
    marks = {item.key: item.pass_mark for item in rules.items} | {one.key: one.pass_mark for one in rules.figures}
    for one in tally.parts:
        mark, label = marks[one.key], rules.labels[one.key]
        if mark and not mark.reached(one.points, one.most):
            name = Word(f"「{label.ja}」", f"“{label.en}”")
            yield _below(Ground.ITEM, name, mark, Points(one.points, one.most), one.key)
    if rules.pass_mark and not rules.pass_mark.reached(tally.total.points, tally.total.most):
        yield _below(Ground.TOTAL, Word("総合点", "The total"), rules.pass_mark, tally.total)
    if carry and carry.pass_mark and not carry.pass_mark.reached(total.points, total.most):
        yield _below(Ground.CARRIED, Word("両審査の合計", "Both rounds together"), carry.pass_mark, total)


def _too_few(rules: Round, tally: Tally) -> Iterator[Reason]:
    given = len(tally.given)
    for ground, rule, absent, ja, en in (
        (Ground.JUDGE_MISSING, rules.missing, tally.missing, "採点していない", "gave no full marks"),
        (Ground.JUDGE_RECUSED, rules.recused, tally.recused, "除斥された", "are recused"),
    ):
        if rule is Absence.NO_RESULT and absent:
            number = len(absent)
            yield Reason(
                ground,
                Word(
                    f"{ja}審査員が{number}人いるため、有効な結果になりません。",
                    f"Judges who {en}: {number}. So there is no valid result.",
                ),
                (Fraction(number),),
            )
    if rules.items and given < rules.quorum:
        yield Reason(
            Ground.QUORUM,
            Word(
                f"採点した審査員は{given}人で、定足数{rules.quorum}人に足りません。",
                f"Judges who gave marks: {given}. The quorum is {rules.quorum}, so there is no valid result.",
            ),
            (Fraction(given), Fraction(rules.quorum)),
        )


def _veto(rules: Round, veto: Veto, tally: Tally) -> Iterator[Reason]:
    """Only marks really given can strike; a stand-in strikes nobody."""
    marks = [given[veto.item] for given in tally.given.values()]
    low = sum(mark <= veto.at_or_below for mark in marks)
    average = Fraction(sum(marks, Decimal(0))) / len(marks)
    label, value = rules.item_by_key[veto.item].label, said(veto.at_or_below)
    match veto.by:
        case By.AVERAGE:
            struck = average <= Fraction(veto.at_or_below)
            figures = [average]
            ja, en = f"平均{said(average)}点", f"an average of {said(average)}"
        case By.MAJORITY:
            struck = 2 * low > len(marks)
            figures = [Fraction(low), Fraction(len(marks))]
            ja, en = f"{len(marks)}人中{low}人の評点", f"the marks of {low} of {len(marks)} judges"
        case By.ANY:
            struck = low > 0
            figures = [Fraction(low)]
            ja, en = f"{low}人の評点", f"the marks of {low} judge{'' if low == 1 else 's'}"
    if struck:
        yield Reason(
            Ground.VETO,
            Word(
                f"「{label.ja}」は{ja}が{value}点以下のため、失格です。",
                f"“{label.en}” has {en} at or below {value}. This rules the proposal out.",
            ),
            (*figures, Fraction(veto.at_or_below)),
            veto.item,
        )


def _below(ground: Ground, name: Word, mark: PassMark, got: Points, item: str = "") -> Reason:
    wanted = mark.wanted(got.most)
    figures = (got.points, wanted)
    ja = f"{said(wanted)}点" + (
        f"（満点{said(got.most)}点の{said(mark.percent)}％）" if mark.percent is not None else ""
    )
    en = said(wanted) + (f" ({said(mark.percent)} % of {said(got.most)})" if mark.percent is not None else "")
    if mark.above:
        sentence = Word(
            f"{name.ja}は{said(got.points)}点で、{ja}を超えていません。",
            f"{name.en} is {said(got.points)}, not above {en}.",
        )
    else:
        sentence = Word(
            f"{name.ja}は{said(got.points)}点で、基準点{ja}に達していません。",
            f"{name.en} is {said(got.points)}, below the pass mark of {en}.",
        )
    return Reason(ground, sentence, figures, item)
