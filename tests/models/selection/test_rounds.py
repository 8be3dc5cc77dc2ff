"""Two rounds: what the first leaves to the second, and what is refused before anything is calculated."""

from fractions import Fraction
from typing import Any

import pytest

from models.process.refusals import NotReady
from models.selection.awards import Choice
from models.selection.scoring import results
from models.selection.sheets import Entry, Sheet
from models.selection.verdicts import Ground, Verdict
from tests.models.selection.rulebook import (
    by_key,
    entry,
    item,
    out_of,
    panel,
    points,
    recused,
    selection,
    sheet,
    written,
)

PAPERS = written(item("a"), item("b"), key="papers", most=2)
HEARING = written(item("c"))


def second(one: Entry, **carry: Any) -> Any:
    """Its result in the second round under this carry."""
    return by_key(selection(PAPERS, HEARING, carry=carry or None), 2, [one], number=2)["p"]


def test_the_first_round_chooses_who_goes_on_and_gives_no_money() -> None:
    """座間市: papers first, the presentation after."""
    entries = [entry(key, [f"a={mark} b=1"], asked=1) for key, mark in (("p1", 2), ("p2", 5), ("p3", 4))]
    found = by_key(selection(PAPERS, HEARING, award={}, carry={"first": 100}), 1, entries, 0)
    assert {key: one.grant and (one.grant.choice, one.grant.amount) for key, one in found.items()} == {
        "p2": (Choice.CHOSEN, None),
        "p3": (Choice.CHOSEN, None),
        "p1": (Choice.NUMBER_FULL, None),
    }


def test_the_second_round_may_begin_anew() -> None:
    assert points(second(entry("p", ["c=4"], earlier=out_of(9, 10)))) == 4


def test_points_may_be_added() -> None:
    """9 of 10 and 4 of 5 make 13 of 15."""
    assert second(entry("p", ["c=4"], earlier=out_of(9, 10)), first=100).total == out_of(13, 15)


def test_the_rounds_may_count_differently() -> None:
    """40 % of 9 + 60 % of 4 = 3.6 + 2.4 = 6, of 40 % of 10 + 60 % of 5 = 7."""
    assert second(entry("p", ["c=4"], earlier=out_of(9, 10)), first=40, second=60).total == out_of(6, 7)


def test_the_sum_of_both_is_rounded_and_has_a_pass_mark() -> None:
    """30 % of 7 + 70 % of 3 = 4.2 → 4, below 5."""
    result = second(
        entry("p", ["c=3"], earlier=out_of(7, 10)), first=30, second=70, rounding={}, pass_mark={"points": 5}
    )
    assert points(result) == 4
    assert result.verdict is Verdict.NOT_PASSED
    assert [(one.ground, one.figures) for one in result.reasons] == [(Ground.CARRIED, (Fraction(4), Fraction(5)))]


def test_the_rank_is_made_from_both() -> None:
    """p1 8+2 = 10, p2 5+4 = 9."""
    entries = [entry("p1", ["c=2"], earlier=out_of(8, 10)), entry("p2", ["c=4"], earlier=out_of(5, 10))]
    found = by_key(selection(PAPERS, HEARING, carry={"first": 100}), 2, entries, number=2)
    assert list(found) == ["p1", "p2"]


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (entry("p", ["c=3"]), "前の審査の点数がありません"),
        (Entry("p", (sheet("stranger", "c=3"),), earlier=out_of(1, 2)), "審査員ではありません"),
        (Entry("p", (sheet("j1", "c=3"), recused("j1")), earlier=out_of(1, 2)), "審査票が二枚"),
        (entry("p", ["c=6"], earlier=out_of(1, 2)), "0から5まで"),
        (entry("p", ["c=2.5"], earlier=out_of(1, 2)), "1刻み"),
        (entry("p", ["x=2"], earlier=out_of(1, 2)), "この審査項目はありません"),
        (entry("p", ["c=NaN"], earlier=out_of(1, 2)), "0から5まで"),
        (Entry("p", (Sheet("j1", {"c": 2.0}),), earlier=out_of(1, 2)), "0から5まで"),  # type: ignore[dict-item]
        (entry("p", ["c=3"], asked=-1, earlier=out_of(1, 2)), "0円以上"),
    ],
)
def test_what_cannot_be_right_is_refused_by_name(one: Entry, says: str) -> None:
    rules = selection(PAPERS, HEARING, carry={"first": 100})
    with pytest.raises(NotReady) as refusal:
        results(rules, 2, panel(2), [one])
    assert {missing.field for missing in refusal.value.missing} == {"p"}
    assert says in refusal.value.sentence.ja


def test_a_proposal_that_is_there_twice_is_refused() -> None:
    with pytest.raises(NotReady, match="twice"):
        results(selection(PAPERS), 1, panel(1), [Entry("p", ()), Entry("p", ())])


def test_no_proposals_no_results() -> None:
    assert results(selection(PAPERS), 1, panel(3), []) == ()
