"""How a result came about, line by line: who judged, each item's arithmetic, the total, pass or not, rank, yen."""

from collections.abc import Iterator
from fractions import Fraction

from models.programme.exact import How, said
from models.selection.lines import About, Line
from models.selection.outcome_lines import money, rank
from models.selection.parts import Absence, Aggregation, Carry, Figure, Rounding, ScoreItem, Step
from models.selection.rules import Round, Selection
from models.selection.scoring import Result
from models.selection.sheets import Points
from models.selection.tally import FigureTally, ItemTally, Tally
from models.selection.verdicts import Verdict
from models.words import Word

STAND_INS: dict[Absence, Word] = {
    Absence.LEAVE_OUT: Word("数えない", "left out"),
    Absence.FILL_IN: Word("他の審査員の平均点で補う", "the others' average stands in"),
    Absence.ZERO: Word("0点とする", "counted as zero"),
    Absence.NO_RESULT: Word("有効な結果としない", "no valid result"),
}

ROUNDED: dict[How, Word] = {
    How.HALF_UP: Word("四捨五入", "half up"),
    How.HALF_EVEN: Word("偶数への丸め", "half to even"),
    How.DOWN: Word("切捨て", "down"),
    How.UP: Word("切上げ", "up"),
}


def explained(selection: Selection, number: int, result: Result) -> tuple[Line, ...]:
    """The result of round `number`, step by step. Marks stand highest first, without their judges."""
    rules, carry = selection.rounds[number - 1], selection.carry_in(number)
    return tuple(_lines(selection, rules, carry, result))


def _lines(selection: Selection, rules: Round, carry: Carry | None, result: Result) -> Iterator[Line]:
    if result.tally:
        if rules.items:
            yield _judges(rules, result.tally)
        for item, tally in zip(rules.items, result.tally.items, strict=True):
            yield _item(rules, item, tally, result.tally)
        for figure, entered in zip(rules.figures, result.tally.figures, strict=True):
            yield _figure(figure, entered)
        yield _total(rules, result.tally)
        if carry and result.total and result.entry.earlier:
            yield _carried(selection, carry, result.entry.earlier, result.tally.total, result.total)
    for reason in result.reasons:
        yield Line(About.REASON, reason.sentence, reason.figures, reason.item)
    if result.verdict is Verdict.PASSED and result.tally and result.total:
        yield _passed(rules, carry, result.tally.total, result.total)
    if result.standing:
        yield from rank(rules, result.standing)
    if result.grant:
        yield money(rules, selection.award, result.entry, result.grant)


def _judges(rules: Round, tally: Tally) -> Line:
    given, missing, recused = len(tally.given), len(tally.missing), len(tally.recused)
    seats = given + missing + recused
    ja, en = [f"審査員{seats}人中{given}人が採点"], [f"{given} of {seats} judges gave marks"]
    for absent, rule, name in (
        (missing, rules.missing, Word("未採点", "without full marks")),
        (recused, rules.recused, Word("除斥", "recused")),
    ):
        if absent:
            ja.append(f"{name.ja}{absent}人は{STAND_INS[rule].ja}")
            en.append(f"{absent} {name.en}: {STAND_INS[rule].en}")
    if tally.dropped:
        each = rules.drop_extremes
        ja.append(f"合計が高い{each}人と低い{each}人を除く")
        en.append(f"the {each} highest and the {each} lowest totals are left out")
    ja.append(f"数えるのは{tally.counted}人分")
    en.append(f"{tally.counted} count")
    figures = tuple(Fraction(figure) for figure in (seats, given, missing, recused, tally.dropped, tally.counted))
    return Line(About.JUDGES, Word("、".join(ja) + "。", "; ".join(en) + "."), figures)


def _item(rules: Round, item: ScoreItem, one: ItemTally, tally: Tally) -> Line:
    terms = [Word(said(mark), said(mark)) for mark in one.marks]
    figures = [Fraction(mark) for mark in one.marks]
    if tally.filled:
        average = said(one.stand_in)
        terms.append(Word(f"平均{average}×{tally.filled}人", f"average {average} × {tally.filled}"))
        figures += [one.stand_in, Fraction(tally.filled)]
    if tally.zero:
        terms.append(Word(f"0×{tally.zero}人", f"0 × {tally.zero}"))
        figures.append(Fraction(tally.zero))
    ja, en = "＋".join(term.ja for term in terms), " + ".join(term.en for term in terms)
    if len(terms) > 1:
        ja, en = f"（{ja}）", f"({en})"
    if item.weight != 1:
        ja, en = f"{ja}×重み{said(item.weight)}", f"{en} × weight {said(item.weight)}"
    divided, ending = _divided(rules, tally), _ending(one.exact, one.points, rules.rounding_at(Step.ITEM))
    most = said(one.most)
    return Line(
        About.ITEM,
        Word(
            f"「{item.label.ja}」: {ja}{divided.ja}＝{ending.ja}（満点{most}点）",
            f"“{item.label.en}”: {en}{divided.en} = {ending.en} (of {most})",
        ),
        (*figures, one.exact, one.points),
        item.key,
    )


def _figure(figure: Figure, one: FigureTally) -> Line:
    count = Word(f"{said(one.figure)}{figure.unit.ja}", f"{said(one.figure)} {figure.unit.en}".strip())
    if not figure.weight:
        sentence = Word(
            f"「{figure.label.ja}」: {count.ja}（点には数えない）", f"“{figure.label.en}”: {count.en} (gives no points)"
        )
        return Line(About.FIGURE, sentence, (Fraction(one.figure),), figure.key)
    times = Word("", "")
    if figure.weight != 1:
        times = Word(f"×{said(figure.weight)}点", f" × {said(figure.weight)}")
    points, most = said(one.points), said(one.most)
    return Line(
        About.FIGURE,
        Word(
            f"「{figure.label.ja}」: {count.ja}{times.ja}＝{points}点（満点{most}点）",
            f"“{figure.label.en}”: {count.en}{times.en} = {points} (of {most})",
        ),
        (Fraction(one.figure), one.points),
        figure.key,
    )


def _divided(rules: Round, tally: Tally) -> Word:
    """What happens to the sum of the judges' marks."""
    match rules.aggregation:
        case Aggregation.SUM:
            return Word("", "")
        case Aggregation.AVERAGE:
            return Word(f"÷{tally.counted}人", f" ÷ {tally.counted} judges")
        case Aggregation.SHARE:
            most = said(tally.counted * Fraction(rules.judge_most))
            to = said(rules.convert_to)
            return Word(f"÷全員の満点{most}点×{to}", f" ÷ {most} that all judges can give × {to}")


def _ending(exact: Fraction, points: Fraction, rule: Rounding | None) -> Word:
    if rule is None:
        return Word(f"{said(points)}点", said(points))
    kept = _kept(rule)
    return Word(f"{said(exact)}→{said(points)}点（{kept.ja}）", f"{said(exact)} → {said(points)} ({kept.en})")


def _kept(rule: Rounding) -> Word:
    how = ROUNDED[rule.how]
    if rule.digits == 0:
        return Word(f"整数に{how.ja}", f"rounded {how.en} to a whole number")
    return Word(
        f"小数第{rule.digits}位までに{how.ja}", f"rounded {how.en}, digits kept behind the point: {rule.digits}"
    )


def _total(rules: Round, tally: Tally) -> Line:
    by_judge = rules.rounding_at(Step.JUDGE)
    ending = _ending(tally.exact, tally.total.points, rules.rounding_at(Step.TOTAL))
    most = said(tally.total.most)
    if by_judge:
        kept, divided, own = _kept(by_judge), _divided(rules, tally), said(tally.judge_sum)
        ja = f"審査員ごとの合計（{kept.ja}）の和{own}{divided.ja}"
        en = f"the judges' totals ({kept.en}) come to {own}{divided.en}"
        figures = [tally.judge_sum]
        beside: tuple[ItemTally | FigureTally, ...] = tally.figures
    else:
        ja, en, figures, beside = "", "", [], tally.parts
    counted = [one.points for one in beside if one.most]
    ja = "＋".join([*([ja] if ja else []), *(said(points) for points in counted)])
    en = " + ".join([*([en] if en else []), *(said(points) for points in counted)])
    figures += counted
    return Line(
        About.TOTAL,
        Word(f"総合点: {ja}＝{ending.ja}（満点{most}点）", f"Total: {en} = {ending.en} (of {most})"),
        (*figures, tally.exact, tally.total.points),
    )


def _carried(selection: Selection, carry: Carry, first: Points, second: Points, total: Points) -> Line:
    earlier, last = (one.label for one in selection.rounds[-2:])
    exact = (first.points * Fraction(carry.first) + second.points * Fraction(carry.second)) / 100
    ending = _ending(exact, total.points, carry.rounding)
    one, other, most = said(first.points), said(second.points), said(total.most)
    return Line(
        About.CARRIED,
        Word(
            f"両審査の合計: 「{earlier.ja}」{one}×{said(carry.first)}％＋「{last.ja}」{other}×{said(carry.second)}％"
            f"＝{ending.ja}（満点{most}点）",
            f"Both rounds: “{earlier.en}” {one} × {said(carry.first)} % + “{last.en}” {other} × {said(carry.second)} % "
            f"= {ending.en} (of {most})",
        ),
        (first.points, second.points, exact, total.points),
    )


def _passed(rules: Round, carry: Carry | None, own: Points, total: Points) -> Line:
    mark = (carry.pass_mark if carry else None) or rules.pass_mark
    own = total if carry and carry.pass_mark else own
    if mark is None:
        return Line(About.PASSED, Word("基準を満たしています。", "It meets what is asked for."))
    wanted = mark.wanted(own.most)
    beyond = Word("を超えています", "above") if mark.above else Word("以上です", "not below")
    return Line(
        About.PASSED,
        Word(
            f"{said(own.points)}点は基準点{said(wanted)}点{beyond.ja}。",
            f"{said(own.points)} is {beyond.en} the pass mark of {said(wanted)}.",
        ),
        (own.points, wanted),
    )
