"""The last lines of an explanation: the rank and how a tie was settled, the yen and why."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from models.programme.exact import said
from models.selection.awards import Choice, Grant
from models.selection.lines import About, Line
from models.selection.parts import Award, Order, TieBy, TieRule
from models.selection.ranking import Settled, Standing
from models.selection.rules import Round
from models.selection.sheets import Entry
from models.words import Word

OUTCOMES: dict[Choice, Word] = {
    Choice.CHOSEN: Word("選ばれます", "It is chosen"),
    Choice.NUMBER_FULL: Word("件数の上限に達したため、選ばれません", "The number of projects is used up: not chosen"),
    Choice.MONEY_SHORT: Word("予算が足りないため、選ばれません", "The money does not suffice: not chosen"),
    Choice.OPEN: Word(
        "同点の順位が決まっていないため、まだ決まりません", "Open until the committee has settled the tie"
    ),
}


def rank(rules: Round, standing: Standing) -> Iterator[Line]:
    """The rank, who shares it, and each tie that was settled."""
    by = (
        Word("点数の高い順", "by points")
        if rules.order is Order.POINTS
        else Word("審査員の順位の平均が小さい順", "by the mean of the judges' ranks")
    )
    yield Line(
        About.RANK,
        Word(f"{by.ja}で第{standing.rank}位です。", f"Ranked {by.en}: number {standing.rank}."),
        (Fraction(standing.rank),),
    )
    if standing.tied:
        others = len(standing.tied)
        ja, en = ("くじか合議で決まるまで", "until lots or the committee decide") if standing.open else ("", "")
        yield Line(
            About.TIE,
            Word(
                f"{ja}ほか{others}件と同順位です。", f"The rank is shared with {others} more{' ' + en if en else ''}."
            ),
            (Fraction(others),),
        )
    for settled in standing.settled:
        yield _tie(rules, settled)


def money(rules: Round, award: Award | None, entry: Entry, grant: Grant) -> Line:
    """What is granted, out of what, and why not more."""
    outcome = OUTCOMES[grant.choice]
    ja, en, figures = [], [], []
    if grant.amount is not None or grant.basis:
        if entry.adjusted is not None:
            ja.append(f"要望額{entry.asked:,}円を{entry.adjusted:,}円に査定")
            en.append(f"asked for {entry.asked:,} yen, set to {entry.adjusted:,} yen")
            figures += [entry.asked, entry.adjusted]
        else:
            ja.append(f"要望額{entry.asked:,}円")
            en.append(f"asked for {entry.asked:,} yen")
            figures.append(entry.asked)
        if award is not None and award.per_figure is not None:
            counted, each = entry.figures.get(award.per_figure.figure, Decimal(0)), award.per_figure.yen
            label = rules.labels[award.per_figure.figure]
            ja.append(f"「{label.ja}」{said(counted)}×{each:,}円＝{said(counted * each)}円")
            en.append(f"“{label.en}” {said(counted)} × {each:,} yen = {said(counted * each)} yen")
            figures.append(int(counted * each))
        ja.append(f"規則による額{grant.basis:,}円")
        en.append(f"{grant.basis:,} yen by the rules")
        figures.append(grant.basis)
        if grant.left is not None:
            ja.append(f"予算の残り{grant.left:,}円")
            en.append(f"{grant.left:,} yen were left")
            figures.append(grant.left)
        if grant.amount is not None:
            ja.append(f"{'残りに合わせて' if grant.cut else ''}{grant.amount:,}円")
            en.append(f"{'cut to what was left: ' if grant.cut else ''}{grant.amount:,} yen")
            figures.append(grant.amount)
    sums = Word(f"（{'、'.join(ja)}）" if ja else "", f" ({', '.join(en)})" if en else "")
    return Line(
        About.MONEY,
        Word(f"{outcome.ja}{sums.ja}。", f"{outcome.en}{sums.en}."),
        tuple(Fraction(figure) for figure in figures),
    )


def _tie(rules: Round, settled: Settled) -> Line:
    what = tie_rule_in_words(rules, settled.rule)
    side = Word("上位", "before") if settled.above else Word("下位", "after")
    own, others = (_figure(settled.rule, figure) for figure in (settled.own, settled.others))
    return Line(
        About.TIE,
        Word(
            f"同点の「{settled.other}」とは、{what.ja}（{own.ja}と{others.ja}）により{side.ja}です。",
            f"Level with “{settled.other}”; placed {side.en} it by {what.en} ({own.en} and {others.en}).",
        ),
        (settled.own, settled.others),
    )


def _figure(rule: TieRule, value: Fraction) -> Word:
    if rule.by is TieBy.COST:
        return Word(f"{int(value):,}円", f"{int(value):,} yen")
    return Word(said(value), said(value))


def tie_rule_in_words(rules: Round, rule: TieRule) -> Word:
    """What a step of the tie rule compares."""
    match rule.by:
        case TieBy.POINTS:
            return Word("総合点", "the total")
        case TieBy.ITEM:
            label = rules.labels[rule.item]
            if rule.item not in rules.item_by_key:
                return Word(f"「{label.ja}」の多さ", f"the larger figure for “{label.en}”")
            return Word(f"「{label.ja}」の点数", f"the points on “{label.en}”")
        case TieBy.FIRSTS:
            return Word("1位とした審査員の数", "the number of judges who ranked it first")
        case TieBy.FEWER_LOWS:
            value = said(rule.at_or_below or 0)
            return Word(f"{value}点以下の評点の数", f"the number of marks at or below {value}")
        case TieBy.COST:
            return Word("要望額の少なさ", "the smaller amount asked for")
        case TieBy.LOT:
            return Word("くじの順", "the order drawn by lot")
        case TieBy.COMMITTEE | TieBy.SHARED:
            return Word("委員会の合議による順", "the order the committee settled")
