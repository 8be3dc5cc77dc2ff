"""What may be wrong with how marks are judged: vetoes, ties, numbers of judges, rounding, pass mark, rounds, money."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from models.programme.checked import Flaw
from models.programme.entries import Place
from models.programme.exact import PLACES, said
from models.programme.faults import shown
from models.selection.checks import Items, broken, item_scale, pass_mark, percentage
from models.selection.parts import (
    LAST,
    Aggregation,
    Award,
    Carry,
    Figure,
    MarkScale,
    PassMark,
    Rounding,
    Step,
    TieBy,
    TieRule,
    Veto,
)
from models.words import Word


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


def vetoes_can_strike(vetoes: tuple[Veto, ...], items: Items, scale: MarkScale | None) -> Iterator[Flaw]:
    """A veto names an item that is there and a value that some marks reach and others do not."""
    known = {item.key: item for item in items}
    for number, veto in enumerate(vetoes):
        if veto.item not in known:
            yield _unknown(veto.item, items, ("vetoes", number, "item"))
            continue
        own = item_scale(known[veto.item], scale)
        if own is not None and not broken(own) and not own.low <= veto.at_or_below < own.high:
            yield Flaw(
                ("vetoes", number, "at_or_below"),
                Word(
                    f"{said(veto.at_or_below)}点以下では、誰も失格にならないか全員が失格になります。"
                    f"{said(own.low)}以上{said(own.high)}未満にしてください。",
                    f"At or below {said(veto.at_or_below)} strikes nobody or everybody. "
                    f"Write a value from {said(own.low)} to below {said(own.high)}.",
                ),
            )


def ties_in_order(ties: tuple[TieRule, ...], items: Items, figures: tuple[Figure, ...]) -> Iterator[Flaw]:
    """Each step of the tie rule has what it needs, and nothing follows a step that always decides."""
    counted: tuple[_Keyed, ...] = (*items, *figures)
    known = {one.key for one in counted}
    for number, rule in enumerate(ties):
        place: Place = ("ties", number)
        if rule.by is TieBy.ITEM and rule.item not in known:
            yield _unknown(rule.item, counted, (*place, "item"))
        if rule.by is not TieBy.ITEM and rule.item:
            yield Flaw((*place, "item"), _only("item", TieBy.ITEM))
        if rule.by is TieBy.FEWER_LOWS and rule.at_or_below is None:
            yield Flaw(
                (*place, "at_or_below"),
                Word("低い評点とする値を書いてください。", "Write up to which value a mark counts as low."),
            )
        if rule.by is not TieBy.FEWER_LOWS and rule.at_or_below is not None:
            yield Flaw((*place, "at_or_below"), _only("at_or_below", TieBy.FEWER_LOWS))
        if rule in ties[:number]:
            yield Flaw(
                place,
                Word(
                    "同じ規則が前にもあります。削除してください。",
                    "The same step stands further up. Take this one out.",
                ),
            )
        elif any(earlier.by in LAST for earlier in ties[:number]):
            yield Flaw(
                place,
                Word(
                    "くじ・合議・同順位のあとの規則は使われません。順番を直すか削除してください。",
                    "Nothing is left to decide after lots, the committee or a shared rank. Move this up or take it out.",
                ),
            )


def numbers_of_judges(judges: int | None, quorum: int, drop_extremes: int, most: int | None) -> Iterator[Flaw]:
    """The numbers fit each other: nobody waits for more judges than there are."""
    if judges is not None and judges < 1:
        yield Flaw(("judges",), _at_least(1, judges))
    if quorum < 1:
        yield Flaw(("quorum",), _at_least(1, quorum))
    elif judges is not None and quorum > judges >= 1:
        yield Flaw(
            ("quorum",),
            Word(
                f"定足数{quorum}人が審査員数{judges}人を超えています。",
                f"The quorum of {quorum} is more than the {judges} judges there are.",
            ),
        )
    if drop_extremes < 0:
        yield Flaw(("drop_extremes",), _at_least(0, drop_extremes))
    elif 2 * drop_extremes >= max(quorum, 1) and drop_extremes:
        yield Flaw(
            ("drop_extremes",),
            Word(
                f"上下{drop_extremes}人ずつを除くには、定足数を{2 * drop_extremes + 1}人以上にしてください。",
                f"To leave out {drop_extremes} at either end, the quorum has to be {2 * drop_extremes + 1} or more.",
            ),
        )
    if most is not None and most < 1:
        yield Flaw(("most",), _at_least(1, most))


def roundings_agree(rounding: tuple[Rounding, ...], convert_to: Decimal) -> Iterator[Flaw]:
    """Each step is rounded once, and not both by item and by judge, which would give two totals."""
    if convert_to <= 0:
        yield Flaw(
            ("convert_to",),
            Word("換算後の満点は0より大きい数にしてください。", "The maximum after conversion has to be above 0."),
        )
    steps = [rule.at for rule in rounding]
    for number, rule in enumerate(rounding):
        yield from _digits(rule, ("rounding", number))
        if rule.at in steps[:number]:
            yield Flaw(
                ("rounding", number, "at"),
                Word("この段階の端数処理は前にもあります。", "This step is rounded further up already. Take one out."),
            )
    if {Step.ITEM, Step.JUDGE} <= set(steps):
        yield Flaw(
            ("rounding",),
            Word(
                "項目ごとと審査員ごとの両方で端数処理をすると、合計が二通りになります。どちらかにしてください。",
                "Rounding both by item and by judge gives two different totals. Keep one of the two.",
            ),
        )


def pass_marks_in_reach(
    whole: PassMark | None,
    items: Items,
    figures: tuple[Figure, ...],
    scale: MarkScale | None,
    aggregation: Aggregation,
    convert_to: Decimal,
    judges: int | None,
) -> Iterator[Flaw]:
    """No pass mark, of the whole or of an item, is above what can be had, as far as that is known beforehand."""
    scales = [item_scale(item, scale) for item in items]
    known = [one for one in scales if one is not None and not broken(one)]
    mosts = [item.weight * one.high for item, one in zip(items, known, strict=False)]
    all_known = len(known) == len(items)
    factor = _factor(sum(mosts, Decimal(0)), aggregation, convert_to, judges) if all_known else None
    entered = Fraction(sum((figure.weight * figure.most for figure in figures), Decimal(0)))
    marks: list[tuple[Place, PassMark | None, Decimal]] = [(("pass_mark",), whole, sum(mosts, Decimal(0)))]
    for number, item in enumerate(items):
        most = mosts[number] if all_known else Decimal(0)
        marks.append((("items", number, "pass_mark"), item.pass_mark, most))
    for place, mark, most in marks:
        wrong = list(pass_mark(mark, place)) if mark else []
        yield from wrong
        if mark and not wrong and factor is not None:
            beside = entered if place == ("pass_mark",) else 0
            yield from _in_reach(mark, factor * Fraction(most) + beside, place)


def _factor(judge_most: Decimal, aggregation: Aggregation, convert_to: Decimal, judges: int | None) -> Fraction | None:
    """What turns one judge's most into the most of all; None where that is not known."""
    match aggregation:
        case Aggregation.AVERAGE:
            return Fraction(1)
        case Aggregation.SUM:
            return Fraction(judges) if judges else None
        case Aggregation.SHARE:
            return Fraction(convert_to) / Fraction(judge_most) if judge_most > 0 else None


def _in_reach(mark: PassMark, most: Fraction, place: Place) -> Iterator[Flaw]:
    if mark.points is None:
        return
    points = Fraction(mark.points)
    if points > most or (mark.above and points == most):
        yield Flaw(
            (*place, "points"),
            Word(
                f"基準点{said(points)}点には届きません。満点は{said(most)}点です。",
                f"Nobody can reach the pass mark of {said(points)}: the maximum is {said(most)}.",
            ),
        )


def rounds_distinct(rounds: tuple[_Keyed, ...]) -> Iterator[Flaw]:
    """Each round has a key of its own."""
    keys = [one.key for one in rounds]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            yield Flaw(
                ("rounds", number, "key"),
                Word(
                    f"キー「{shown(key)}」の審査が二つあります。別のキーにしてください。",
                    f"Two rounds have the key “{shown(key)}”. Give this one another.",
                ),
            )


def carry_between_two(carry: Carry | None, rounds: tuple[_Keyed, ...]) -> Iterator[Flaw]:
    """Points are carried over only where there are two rounds or more."""
    if carry is not None and len(rounds) < 2:
        yield Flaw(
            ("carry",),
            Word(
                "点数を引き継ぐには審査が2回以上必要です。carry を削除するか、審査を2回以上にしてください。",
                "Points are carried from the round before the last into the last. Take carry out, or have two rounds.",
            ),
        )


def carry_counts(carry: Carry | None) -> Iterator[Flaw]:
    """The rounds' percentages are some, and something counts."""
    if carry is None:
        return
    for name, value in (("first", carry.first), ("second", carry.second)):
        if not 0 <= value <= 100:
            yield percentage(value, ("carry", name))
    if carry.first == carry.second == 0:
        yield Flaw(("carry",), Word("どちらの審査の点数も0％です。", "Both rounds count 0 %: nothing is left."))
    if carry.rounding is not None:
        yield from _digits(carry.rounding, ("carry", "rounding"))
    if carry.pass_mark is not None:
        yield from pass_mark(carry.pass_mark, ("carry", "pass_mark"))


def award_can_be_paid(award: Award | None) -> Iterator[Flaw]:
    """Amounts are whole yen, percentages are some, grades go up."""
    if award is None:
        return
    if award.unit < 1:
        yield Flaw(("award", "unit"), _at_least(1, award.unit))
    if not 0 <= award.least_percent <= 100:
        yield percentage(award.least_percent, ("award", "least_percent"))
    for number, grade in enumerate(award.grades):
        if not 0 <= grade.percent <= 100:
            yield percentage(grade.percent, ("award", "grades", number, "percent"))
        before = award.grades[number - 1] if number else None
        if before is not None and (grade.points <= before.points or grade.percent < before.percent):
            yield Flaw(
                ("award", "grades", number),
                Word(
                    "点数の低い順に、割合が下がらないように並べてください。",
                    "List the grades from the fewest points up; the percentage may not fall.",
                ),
            )


def _digits(rule: Rounding, place: Place) -> Iterator[Flaw]:
    if not 0 <= rule.digits <= PLACES:
        yield Flaw(
            (*place, "digits"),
            Word(
                f"小数点以下{rule.digits}桁は使えません。0から{PLACES}までにしてください。",
                f"{rule.digits} digits behind the point cannot be kept. Write 0 to {PLACES}.",
            ),
        )


def _unknown(key: str, items: Sequence[_Keyed], place: Place) -> Flaw:
    there = "、".join(shown(item.key) for item in items[:20])
    if not there:
        return Flaw(
            place,
            Word(
                "この審査には審査項目がありません。先に items に加えてください。",
                "This round has no items. Add them first.",
            ),
        )
    if not key:
        return Flaw(
            place,
            Word(
                f"審査項目のキーがありません。次のどれかを書いてください: {there}",
                f"The key of an item is missing. Write one of these: {there.replace('、', ', ')}",
            ),
        )
    return Flaw(
        place,
        Word(
            f"審査項目「{shown(key)}」はありません。次のどれかにしてください: {there}",
            f"There is no item “{shown(key)}”. Take one of these: {there.replace('、', ', ')}",
        ),
    )


def _only(field: str, by: TieBy) -> Word:
    return Word(
        f"{field} は by: {by} のときだけ書けます。削除してください。",
        f"{field} belongs only to by: {by}. Take it out.",
    )


def _at_least(least: int, value: int) -> Word:
    return Word(f"{value}は使えません。{least}以上にしてください。", f"{value} cannot be used. Write {least} or more.")
