"""What may be wrong with figures that the office enters, with the money that follows from them, and with rounds without items."""

from collections.abc import Iterator
from typing import Protocol

from models.programme.checked import Flaw
from models.programme.exact import said
from models.programme.faults import shown
from models.selection.checks import Items, pass_mark
from models.selection.parts import Award, Figure, Order, TieBy, TieRule
from models.words import Word

Figures = tuple[Figure, ...]
OF_JUDGES = (TieBy.FIRSTS, TieBy.FEWER_LOWS)


class _Round(Protocol):
    @property
    def figures(self) -> Figures: ...


def something_counts(items: Items, figures: Figures) -> Iterator[Flaw]:
    """There is something to judge by: items that judges mark, or figures that the office enters."""
    if not items and not any(figure.weight for figure in figures):
        yield Flaw(
            ("items",),
            Word(
                "審査項目が一つ以上必要です。審査員が採点しないときは、figures に点となる数値を書いてください。",
                "There has to be at least one item to judge. Where no judges score, write under figures what gives points.",
            ),
        )


def figures_can_count(figures: Figures) -> Iterator[Flaw]:
    """A figure can be more than nought, and its points can be counted."""
    for number, figure in enumerate(figures):
        if figure.most <= 0:
            yield Flaw(
                ("figures", number, "most"),
                Word(
                    f"最大の数値{said(figure.most)}は0より大きい数にしてください。",
                    f"The highest figure is {said(figure.most)}. It has to be above 0.",
                ),
            )
        if figure.weight < 0:
            yield Flaw(
                ("figures", number, "weight"),
                Word(
                    f"1あたりの点{said(figure.weight)}は使えません。0以上にしてください。",
                    f"The weight {said(figure.weight)} cannot be used. Write 0 or more.",
                ),
            )
        if figure.pass_mark is None:
            continue
        wrong = list(pass_mark(figure.pass_mark, ("figures", number, "pass_mark")))
        yield from wrong
        most = figure.most * figure.weight
        points = figure.pass_mark.points
        if not wrong and points is not None and (points > most or (figure.pass_mark.above and points == most)):
            yield Flaw(
                ("figures", number, "pass_mark", "points"),
                Word(
                    f"基準点{said(points)}点には届きません。満点は{said(most)}点です。",
                    f"Nobody can reach the pass mark of {said(points)}: the maximum is {said(most)}.",
                ),
            )


def judges_have_items(
    items: Items, judges: int | None, quorum: int, drop_extremes: int, order: Order, ties: tuple[TieRule, ...]
) -> Iterator[Flaw]:
    """Where judges mark nothing, nothing is asked of their number, ranks and marks."""
    if items:
        return
    asked = {
        "judges": judges is not None,
        "quorum": quorum > 1,
        "drop_extremes": drop_extremes > 0,
        "order": order is not Order.POINTS,
    }
    places = [(name,) for name, given in asked.items() if given]
    for place in [*places, *(("ties", number) for number, rule in enumerate(ties) if rule.by in OF_JUDGES)]:
        yield Flaw(
            place,
            Word(
                "審査項目がない審査では、審査員は採点しません。削除するか、items に審査項目を書いてください。",
                "Without items judges mark nothing in this round. Take this out, or write items.",
            ),
        )


def money_follows_a_figure(award: Award | None, rounds: tuple[_Round, ...]) -> Iterator[Flaw]:
    """Money that follows from a figure names one that is there; that each type of call ends with it is looked at elsewhere."""
    if award is None or award.per_figure is None:
        return
    there = list(dict.fromkeys(figure.key for one in rounds for figure in one.figures))
    if award.per_figure.figure not in there:
        names = "、".join(shown(key) for key in there)
        yield Flaw(
            ("award", "per_figure", "figure"),
            Word(
                f"審査の figures に「{shown(award.per_figure.figure)}」はありません。"
                + (f"次のどれかにしてください: {names}" if names else "先に figures に加えてください。"),
                f"No round has a figure “{shown(award.per_figure.figure)}”. "
                + (f"Take one of these: {names.replace('、', ', ')}" if names else "Add it to its figures first."),
            ),
        )
