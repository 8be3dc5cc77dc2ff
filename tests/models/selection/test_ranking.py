"""Ranks: by points or by the judges' ranks, every step of the tie rule, and how each tie is told."""

from fractions import Fraction
from typing import Any

import pytest

from models.selection.parts import TieBy
from models.selection.scoring import results
from tests.models.selection.rulebook import by_key, entry, item, panel, recused, selection, written


def ranks(entries: list[Any], *, judges: int, ties: list[dict[str, Any]], **more: Any) -> dict[str, int | None]:
    """Each proposal's rank under this tie rule."""
    found = by_key(selection(written(item("a"), item("b"), ties=ties, **more)), judges, entries)
    return {key: one.standing.rank if one.standing else None for key, one in found.items()}


def test_more_points_come_first_and_a_shared_rank_leaves_a_gap() -> None:
    entries = [entry("p1", ["a=3 b=3"]), entry("p2", ["a=5 b=1"]), entry("p3", ["a=5 b=5"]), entry("p4", ["a=0 b=0"])]
    assert ranks(entries, judges=1, ties=[]) == {"p3": 1, "p1": 2, "p2": 2, "p4": 4}


def test_only_those_who_pass_are_ranked() -> None:
    entries = [entry("p1", ["a=5 b=0"]), entry("p2", ["a=2 b=2"]), entry("p3", ["a=3 b=3"])]
    vetoes = [{"item": "b", "at_or_below": 0}]
    found = ranks(entries, judges=1, ties=[], vetoes=vetoes, pass_mark={"points": 4})
    assert found == {"p1": None, "p2": 2, "p3": 1}


def test_more_points_on_the_named_item_decide() -> None:
    """Both have 6 in all; on a p1 has 2 and p2 has 4."""
    entries = [entry("p1", ["a=2 b=4"]), entry("p2", ["a=4 b=2"])]
    assert ranks(entries, judges=1, ties=[{"by": "item", "item": "a"}]) == {"p2": 1, "p1": 2}


def test_more_judges_ranking_it_first_decide() -> None:
    """Totals 9+5+4 and 6+6+6: both 18. p1 is first with j1 only, p2 with j2 and j3."""
    entries = [entry("p1", ["a=5 b=4", "a=3 b=2", "a=2 b=2"]), entry("p2", ["a=3 b=3", "a=3 b=3", "a=3 b=3"])]
    assert ranks(entries, judges=3, ties=[{"by": "firsts"}]) == {"p2": 1, "p1": 2}


def test_fewer_low_marks_decide() -> None:
    """Both 8; p1 has two marks of 1, p2 none."""
    entries = [entry("p1", ["a=5 b=1", "a=1 b=1"]), entry("p2", ["a=2 b=2", "a=2 b=2"])]
    assert ranks(entries, judges=2, ties=[{"by": "fewer_lows", "at_or_below": 1}]) == {"p2": 1, "p1": 2}


def test_the_smaller_amount_decides() -> None:
    entries = [entry("p1", ["a=3 b=3"], asked=500_000), entry("p2", ["a=3 b=3"], asked=200_000)]
    assert ranks(entries, judges=1, ties=[{"by": "cost"}]) == {"p2": 1, "p1": 2}


@pytest.mark.parametrize("by", ["lot", "committee"])
def test_people_settle_what_the_rule_leaves_open(by: str) -> None:
    level = [entry("p1", ["a=3 b=3"], order=2), entry("p2", ["a=3 b=3"], order=1)]
    assert ranks(level, judges=1, ties=[{"by": by}]) == {"p2": 1, "p1": 2}


@pytest.mark.parametrize("orders", [(None, None), (1, None), (1, 1)])
def test_until_they_have_the_rank_is_open(orders: tuple[int | None, int | None]) -> None:
    level = [entry(key, ["a=3 b=3"], order=order) for key, order in zip(("p1", "p2"), orders, strict=True)]
    found = by_key(selection(written(item("a"), item("b"), ties=[{"by": "lot"}])), 1, level)
    assert [one.standing and (one.standing.rank, one.standing.open) for one in found.values()] == [(1, True)] * 2
    assert found["p1"].standing is not None
    assert found["p1"].standing.tied == ("p2",)


def test_steps_are_taken_in_turn_and_told() -> None:
    """Three with 6 points. a parts p3 (4) from p1 and p2 (3 each); the amount parts p2 from p1."""
    entries = [
        entry("p1", ["a=3 b=3"], asked=300_000),
        entry("p2", ["a=3 b=3"], asked=100_000),
        entry("p3", ["a=4 b=2"], asked=900_000),
    ]
    rules = selection(written(item("a"), item("b"), ties=[{"by": "item", "item": "a"}, {"by": "cost"}]))
    found = by_key(rules, 1, entries)
    assert list(found) == ["p3", "p2", "p1"]
    middle = found["p2"].standing
    assert middle is not None
    told = [(one.other, one.above, one.rule.by, one.own, one.others) for one in middle.settled]
    assert told == [("p3", False, TieBy.ITEM, 3, 4), ("p1", True, TieBy.COST, 100_000, 300_000)]


def test_the_mean_of_the_judges_ranks_may_decide_instead_of_points() -> None:
    """順位点. Totals p1 10 4 4, p2 5 5 5, p3 1 3 1.

    Ranks: j1 p1 p2 p3, j2 p2 p1 p3, j3 p2 p1 p3. Means: p1 (1+2+2)÷3, p2 (2+1+1)÷3, p3 3. By points p1 18 leads p2 15.
    """
    entries = [
        entry("p1", ["a=5 b=5", "a=2 b=2", "a=2 b=2"]),
        entry("p2", ["a=3 b=2", "a=3 b=2", "a=3 b=2"]),
        entry("p3", ["a=1 b=0", "a=2 b=1", "a=1 b=0"]),
    ]
    assert ranks(entries, judges=3, ties=[]) == {"p1": 1, "p2": 2, "p3": 3}
    assert ranks(entries, judges=3, ties=[], order="mean_rank") == {"p2": 1, "p1": 2, "p3": 3}


def test_a_judge_who_cannot_choose_ranks_both_first() -> None:
    """j1: p1 and p3 6, p2 5. j2: p3 9, p2 3, p1 2. p1 and p2 are level with 8; p1 is first once, beside p3, p2 never."""
    entries = [
        entry("p1", ["a=3 b=3", "a=1 b=1"]),
        entry("p2", ["a=3 b=2", "a=2 b=1"]),
        entry("p3", ["a=3 b=3", "a=5 b=4"]),
    ]
    assert ranks(entries, judges=2, ties=[{"by": "firsts"}]) == {"p3": 1, "p1": 2, "p2": 3}


def test_level_ranks_may_be_parted_by_points() -> None:
    """Each is first with one judge: mean rank 1.5 both. Totals 10+2 and 4+8 are level; 5+8 against 10+2 is not."""
    entries = [entry("p1", ["a=5 b=5", "a=1 b=1"]), entry("p2", ["a=2 b=2", "a=4 b=4"])]
    ties = [{"by": "points"}]
    assert ranks(entries, judges=2, ties=[], order="mean_rank") == {"p1": 1, "p2": 1}
    assert ranks(entries, judges=2, ties=[*ties, {"by": "cost"}], order="mean_rank") == {"p1": 1, "p2": 1}
    entries[1] = entry("p2", ["a=3 b=2", "a=4 b=4"])
    assert ranks(entries, judges=2, ties=ties, order="mean_rank") == {"p2": 1, "p1": 2}


def test_a_recused_judge_ranks_nobody_on_that_proposal() -> None:
    """j2 has an interest in p1. p1: 6; p2: (4+8)÷2 = 6. j1 ranks p1 first, j2 has only p2 to rank first: one each."""
    entries = [entry("p1", ["a=3 b=3"], recused("j2")), entry("p2", ["a=2 b=2", "a=4 b=4"])]
    found = by_key(selection(written(item("a"), item("b"), ties=[{"by": "firsts"}])), 2, entries)
    assert [one.standing and one.standing.rank for one in found.values()] == [1, 1]
    assert found["p1"].tally is not None
    assert found["p1"].tally.exact == Fraction(6)


def test_the_order_of_arrival_changes_nothing() -> None:
    entries = [entry(f"p{number}", [f"a={number % 4} b=2"]) for number in range(9)]
    rules = selection(written(item("a"), item("b")))
    forth, back = results(rules, 1, panel(1), entries), results(rules, 1, panel(1)[::-1], entries[::-1])
    assert forth == back
