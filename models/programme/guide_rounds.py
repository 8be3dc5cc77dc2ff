"""How a round is judged, as the guidelines say it before anybody proposes (S01, T05)."""

from collections.abc import Iterator

from models.programme.exact import said
from models.programme.values import value_in_words
from models.selection.rules import Round
from models.words import Word


def round_lines(one: Round) -> Iterator[Word]:
    """What is judged for how many points, what is entered, who has to be there, the pass mark, and what is published."""
    most = [(item.label, item.weight * one.scale_of(item).high) for item in one.items]
    most += [(figure.label, figure.weight * figure.most) for figure in one.figures if figure.weight]
    items = Word(
        "、".join(f"{label.ja}（{said(points)}点）" for label, points in most),
        ", ".join(f"{label.en} ({said(points)})" for label, points in most),
    )
    yield Word("{round}：{items}", "{round}: {items}").filled(round=one.label, items=items)
    yield from (
        Word("{label}：{hint}", "{label}: {hint}").filled(label=figure.label, hint=figure.hint)
        for figure in one.figures
        if figure.hint.ja
    )
    if len(one.items) > 0 and one.quorum > 1:
        yield Word(
            "{round}：{n}人以上の審査員の採点が必要です。", "{round}: at least {n} judges have to score."
        ).filled(round=one.label, n=one.quorum)
    if one.drop_extremes:
        yield Word(
            "{round}：合計が最も高い{n}人と最も低い{n}人の点を除きます。",
            "{round}: the {n} highest and the {n} lowest totals are left out.",
        ).filled(round=one.label, n=one.drop_extremes)
    if one.pass_mark is not None:
        mark = (
            Word(f"{said(one.pass_mark.points)}点", f"{said(one.pass_mark.points)} points")
            if one.pass_mark.points is not None
            else Word(
                f"満点の{said(one.pass_mark.percent or 0)}％", f"{said(one.pass_mark.percent or 0)} % of the maximum"
            )
        )
        yield Word("{round}の基準点：{mark}", "{round}, pass mark: {mark}").filled(round=one.label, mark=mark)
    if one.presentation is not None:
        shape = Word("説明{a}分、質疑{b}分", "{a} minutes to present, {b} for questions").filled(
            a=one.presentation.minutes, b=one.presentation.questions
        )
        watched = Word("、傍聴できます", ", open to observers") if one.presentation.observers else Word("", "")
        yield Word(f"{one.label.ja}：{shape.ja}{watched.ja}", f"{one.label.en}: {shape.en}{watched.en}")
    yield Word("{round}の公表：{depth}", "{round}, published: {depth}").filled(
        round=one.label, depth=value_in_words(one.publishes)
    )
