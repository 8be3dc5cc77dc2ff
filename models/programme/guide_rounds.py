"""How a round is judged, as the guidelines say it before anybody proposes (S01, T05)."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from models.programme.exact import How, rounded, said
from models.programme.values import value_in_words
from models.selection.outcome_lines import tie_rule_in_words
from models.selection.parts import Aggregation, By, PassMark, TieBy, Whose
from models.selection.rules import Round
from models.words import Word


def round_lines(one: Round, *, last: bool) -> Iterator[Word]:
    """What is judged for how many points, by whom, who has to be there, what it takes to pass, and what is published.

    last: whether it is the last round of its type of call, after which projects are chosen.
    """
    yield Word("{round}：{items}", "{round}: {items}").filled(round=one.label, items=_what_counts(one))
    yield from (
        Word("{label}：{hint}", "{label}: {hint}").filled(label=figure.label, hint=figure.hint)
        for figure in one.figures
        if figure.hint.ja
    )
    told = [
        *_judges(one),
        *_passing(one, last=last),
        *_striking(one),
        *_equals(one),
        *_presenting(one),
        _publishing(one),
    ]
    yield from (Word("{round}{what}", "{round}{what}").filled(round=one.label, what=what) for what in told)


def _what_counts(one: Round) -> Word:
    """Items and figures with the most points that each can add to the round's points."""
    share = one.aggregation is Aggregation.SHARE and one.items
    factor = Fraction(one.convert_to) / Fraction(one.judge_most) if share else Fraction(1)
    most = [(item.label, factor * Fraction(item.weight * one.scale_of(item).high)) for item in one.items]
    most += [(figure.label, Fraction(figure.weight * figure.most)) for figure in one.figures if figure.weight]
    points = [(label, _points(value)) for label, value in most]
    return Word(
        "、".join(f"{label.ja}（{value.ja}点）" for label, value in points),
        ", ".join(f"{label.en} ({value.en})" for label, value in points),
    )


def _judges(one: Round) -> Iterator[Word]:
    if not one.items:
        return
    if one.judges is not None:
        yield Word("：審査員は{n}人です。", ": {n} judges score.").filled(n=one.judges)
    if one.quorum > 1:
        yield Word("：{n}人以上の審査員の採点が必要です。", ": at least {n} judges have to score.").filled(n=one.quorum)
    if one.drop_extremes:
        yield Word(
            "：合計が最も高い{n}人と最も低い{n}人の点を除きます。",
            ": the {n} highest and the {n} lowest totals are left out.",
        ).filled(n=one.drop_extremes)
    yield _together(one)


def _together(one: Round) -> Word:
    """How the judges' points become those of the round."""
    own = said(one.judge_most)
    match one.aggregation:
        case Aggregation.AVERAGE:
            return Word(
                "：審査員の点を平均します（{own}点満点）。", ": the judges' points are averaged, {own} at most."
            ).filled(own=own)
        case Aggregation.SHARE:
            return Word(
                "：審査員の点（1人{own}点満点）の合計が全員の満点に占める割合を、{to}点満点に換算します。",
                ": what the judges give, {own} each at most, is converted to {to} points at most.",
            ).filled(own=own, to=said(one.convert_to))
        case Aggregation.SUM:
            return Word(
                "：審査員の点を合計します（上の審査項目の点は1人あたりで、1人{own}点満点です）。",
                ": the judges' points are added up; those of the items above are one judge's, {own} at most.",
            ).filled(own=own)


def _passing(one: Round, *, last: bool) -> Iterator[Word]:
    if one.pass_mark is not None:
        whole = _most_of(one)
        of = Word("（{n}点満点）", " of {n}").filled(n=said(whole)) if whole is not None else Word("", "")
        yield Word("の基準点：{mark}", ", pass mark: {mark}").filled(mark=_mark(one.pass_mark, of))
    parts = [(part.label, part.pass_mark) for part in one.items] + [
        (part.label, part.pass_mark) for part in one.figures
    ]
    for label, own in parts:
        if own is not None:
            yield Word("の「{part}」の基準点：{mark}", ", pass mark of “{part}”: {mark}").filled(
                part=label, mark=_mark(own, Word("", ""))
            )
    if one.most is not None:
        yield (
            Word("：選ばれるのは、上位の{n}件までです。", ": at most the first {n} are chosen.")
            if last
            else Word("：通過するのは、上位の{n}件までです。", ": at most the first {n} come through.")
        ).filled(n=one.most)


STRIKING = {
    By.ANY: Word(
        "：審査員が1人でも「{item}」を{n}点以下とした提案は、合計にかかわらず通過しません。",
        ": whatever its total, a proposal to which any judge gives {n} or less on “{item}” does not pass.",
    ),
    By.MAJORITY: Word(
        "：審査員の過半数が「{item}」を{n}点以下とした提案は、合計にかかわらず通過しません。",
        ": whatever its total, a proposal to which more than half of the judges give {n} or less on “{item}” does not pass.",
    ),
    By.AVERAGE: Word(
        "：「{item}」の平均が{n}点以下の提案は、合計にかかわらず通過しません。",
        ": whatever its total, a proposal with an average of {n} or less on “{item}” does not pass.",
    ),
}
"""失格, by whose marks strike."""


def _striking(one: Round) -> Iterator[Word]:
    for veto in one.vetoes:
        yield STRIKING[veto.by].filled(item=one.labels[veto.item], n=said(veto.at_or_below))


def _equals(one: Round) -> Iterator[Word]:
    """What decides between equals, step by step."""
    steps = [tie_rule_in_words(one, rule) for rule in one.ties if rule.by is not TieBy.SHARED]
    if steps:
        told = Word("、次に".join(step.ja for step in steps), ", then ".join(step.en for step in steps))
        yield Word("：同点のときの順位は、{steps}で決めます。", ": equals are ranked by {steps}.").filled(steps=told)
    if any(rule.by is TieBy.SHARED for rule in one.ties):
        again = Word("それでも", "still ") if steps else Word("", "")
        yield Word("：{again}同点のものは、同じ順位です。", ": those {again}equal share the rank.").filled(again=again)


def _mark(mark: PassMark, of: Word) -> Word:
    if mark.points is not None:
        told = Word("{n}点{of}", "{n} points{of}").filled(n=said(mark.points), of=of)
    else:
        told = Word("満点の{n}％", "{n} % of the maximum").filled(n=said(mark.percent or Decimal(0)))
    return Word("{mark}を超えること", "more than {mark}").filled(mark=told) if mark.above else told


def _most_of(one: Round) -> Fraction | None:
    """The most points that a proposal can have in the round; None where it depends on how many judges there are."""
    figures = Fraction(one.figures_most)
    if not one.items:
        return figures
    match one.aggregation:
        case Aggregation.AVERAGE:
            return Fraction(one.judge_most) + figures
        case Aggregation.SHARE:
            return Fraction(one.convert_to) + figures
        case Aggregation.SUM:
            counted = one.judges - 2 * one.drop_extremes if one.judges is not None else None
            return counted * Fraction(one.judge_most) + figures if counted is not None else None


def _presenting(one: Round) -> Iterator[Word]:
    if one.presentation is not None:
        watched = Word("、傍聴できます", ", open to observers") if one.presentation.observers else Word("", "")
        yield Word("：説明{a}分、質疑{b}分{watched}", ": {a} minutes to present, {b} for questions{watched}").filled(
            a=one.presentation.minutes, b=one.presentation.questions, watched=watched
        )


def _publishing(one: Round) -> Word:
    whose = value_in_words(one.publishes_of)
    of = Word("", "") if one.publishes_of is Whose.ALL else Word(f"（{whose.ja}）", f" ({whose.en})")
    return Word("の公表：{depth}{of}", ", published: {depth}{of}").filled(depth=value_in_words(one.publishes), of=of)


def _points(value: Fraction) -> Word:
    """Points in full where two digits behind the point say them, else about, with one."""
    if (value * 100).denominator == 1:
        return Word(said(value), said(value))
    near = said(rounded(value, 1, How.HALF_UP))
    return Word(f"約{near}", f"about {near}")
