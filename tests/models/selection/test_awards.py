"""Yen by rank within the budget and the number of projects: stop, skip, cut, set amounts, grades, ties at the edge."""

from typing import Any

import pytest

from models.process.refusals import NotReady
from models.selection.awards import Choice
from models.selection.sheets import Entry
from tests.models.selection.rulebook import by_key, entry, item, selection, written

MARKS = {"p1": 5, "p2": 4, "p3": 3, "p4": 2}
ASKED = {"p1": 500_000, "p2": 400_000, "p3": 200_000, "p4": 90_000}


def four(**more: Any) -> list[Entry]:
    """Four proposals from 5 points down, asking for 500,000, 400,000, 200,000 and 90,000 yen."""
    return [entry(key, [f"a={mark}"], asked=ASKED[key], **more) for key, mark in MARKS.items()]


def outcome(
    entries: list[Entry], budget: int | None, award: dict[str, Any], **rules: Any
) -> dict[str, tuple[Choice, int | None]]:
    """Choice and yen of each."""
    found = by_key(selection(written(item("a"), **rules), award=award), 1, entries, budget)
    return {key: (one.grant.choice, one.grant.amount) for key, one in sorted(found.items()) if one.grant}


CHOSEN, FULL, SHORT, OPEN = Choice.CHOSEN, Choice.NUMBER_FULL, Choice.MONEY_SHORT, Choice.OPEN


def test_it_stops_at_the_first_that_does_not_fit() -> None:
    """800,000: 500,000 fits, 400,000 of the 300,000 left does not; nobody after it is served."""
    assert outcome(four(), 800_000, {}) == {
        "p1": (CHOSEN, 500_000),
        "p2": (SHORT, None),
        "p3": (SHORT, None),
        "p4": (SHORT, None),
    }


def test_it_skips_and_goes_on() -> None:
    """800,000 − 500,000 = 300,000; p2 does not fit, p3's 200,000 do, p4's 90,000 of the 100,000 left too."""
    assert outcome(four(), 800_000, {"when_short": "skip"}) == {
        "p1": (CHOSEN, 500_000),
        "p2": (SHORT, None),
        "p3": (CHOSEN, 200_000),
        "p4": (CHOSEN, 90_000),
    }


@pytest.mark.parametrize(("least", "p2"), [(75, (CHOSEN, 300_000)), (76, (SHORT, None))])
def test_the_last_is_cut_to_what_is_left_if_that_is_enough(least: int, p2: tuple[Choice, int | None]) -> None:
    """300,000 left are 75 % of 400,000."""
    found = outcome(four(), 800_000, {"when_short": "cut", "least_percent": least})
    assert (found["p2"], found["p3"], found["p4"]) == (p2, (SHORT, None), (SHORT, None))


def test_amounts_are_rounded_down_to_whole_units() -> None:
    """千円未満切捨て: 123,999 becomes 123,000; the 76,543 left of 199,543 become 76,000."""
    entries = [entry("p1", ["a=5"], asked=123_999), entry("p2", ["a=4"], asked=100_000)]
    found = outcome(entries, 199_543, {"unit": 1000, "when_short": "cut"})
    assert found == {"p1": (CHOSEN, 123_000), "p2": (CHOSEN, 76_000)}


def test_the_committee_sets_an_amount_of_its_own() -> None:
    """500,000 set to 350,000 leaves 450,000 of 800,000, enough for p2 and not for p3."""
    entries = [entry("p1", ["a=5"], asked=500_000, adjusted=350_000), *four()[1:]]
    found = outcome(entries, 800_000, {"adjusting": True})
    assert [found[key][1] for key in MARKS] == [350_000, 400_000, None, None]


@pytest.mark.parametrize(
    ("award", "adjusted", "says"),
    [({}, 1, "査定できません"), ({"adjusting": True}, 500_001, "要望額以下"), ({"adjusting": True}, -1, "0円以上")],
)
def test_an_amount_that_cannot_be_set_is_refused(award: dict[str, Any], adjusted: int, says: str) -> None:
    with pytest.raises(NotReady) as refusal:
        outcome([entry("p1", ["a=5"], asked=500_000, adjusted=adjusted)], None, award)
    assert refusal.value.missing[0].field == "p1"
    assert says in refusal.value.sentence.ja


def test_the_percentage_follows_the_points() -> None:
    """From 4 points all of it, from 3 points 80 %, below that nothing: 500,000, 400,000, 160,000, 0."""
    award = {"grades": [{"points": 3, "percent": 80}, {"points": 4, "percent": 100}]}
    assert [yen for _, yen in outcome(four(), None, award).values()] == [500_000, 400_000, 160_000, 0]


def test_so_many_projects_at_most() -> None:
    found = outcome(four(), None, {}, most=2)
    assert [found[key][0] for key in MARKS] == [CHOSEN, CHOSEN, FULL, FULL]


def test_whoever_is_skipped_takes_no_place() -> None:
    found = outcome(four(), 800_000, {"when_short": "skip"}, most=2)
    assert [found[key][0] for key in MARKS] == [CHOSEN, SHORT, CHOSEN, FULL]


def test_collaboration_without_money_needs_no_budget() -> None:
    """千葉市: 0 yen. Everybody fits, nobody gets anything."""
    entries = [entry("p1", ["a=5"]), entry("p2", ["a=4"])]
    assert outcome(entries, 0, {}) == {"p1": (CHOSEN, 0), "p2": (CHOSEN, 0)}


def level(*asked: int, **more: Any) -> list[Entry]:
    """Proposals that share the first rank, and one behind them."""
    tied = [entry(f"t{number}", ["a=5"], asked=yen, **more) for number, yen in enumerate(asked)]
    return [*tied, entry("z", ["a=1"], asked=50_000)]


def test_a_tie_that_fits_as_a_whole_is_no_matter() -> None:
    found = outcome(level(100_000, 200_000), 350_000, {})
    assert found == {"t0": (CHOSEN, 100_000), "t1": (CHOSEN, 200_000), "z": (CHOSEN, 50_000)}


def test_a_tie_that_just_fits_is_none_either() -> None:
    found = outcome(level(100_000, 200_000), 300_000, {}, most=2)
    assert found == {"t0": (CHOSEN, 100_000), "t1": (CHOSEN, 200_000), "z": (FULL, None)}


def test_a_tie_where_only_one_could_be_had_waits() -> None:
    found = outcome(level(100_000, 200_000), 150_000, {"when_short": "skip"})
    assert {choice for choice, _ in found.values()} == {OPEN}


def test_a_tie_at_the_edge_of_the_money_waits_for_the_committee_and_so_does_everybody_after() -> None:
    found = outcome(level(100_000, 200_000), 250_000, {}, ties=[{"by": "lot"}])
    assert {choice for choice, _ in found.values()} == {OPEN}


def test_once_the_lot_is_drawn_it_is_settled() -> None:
    entries = [entry("t0", ["a=5"], asked=100_000, order=2), entry("t1", ["a=5"], asked=200_000, order=1)]
    found = outcome(entries, 250_000, {}, ties=[{"by": "lot"}])
    assert found == {"t0": (SHORT, None), "t1": (CHOSEN, 200_000)}


def test_a_tie_at_the_edge_of_the_number_waits_too() -> None:
    found = outcome(level(1, 1, 1), None, {}, most=2)
    assert {choice for choice, _ in found.values()} == {OPEN}


def test_a_tie_where_none_fits_needs_nobody() -> None:
    assert outcome(level(100_000, 90_000), 80_000, {"when_short": "skip"})["z"] == (CHOSEN, 50_000)
    assert outcome(level(100_000, 90_000), 80_000, {})["t1"] == (SHORT, None)
    assert outcome(level(100_000, 90_000), 80_000, {"when_short": "cut"})["t1"] == (OPEN, None)


def test_a_round_without_money_only_counts() -> None:
    found = by_key(selection(written(item("a"), most=1)), 1, four(), 0)
    assert [(one.grant.choice, one.grant.amount) for one in found.values() if one.grant] == [
        (CHOSEN, None),
        (FULL, None),
        (FULL, None),
        (FULL, None),
    ]
