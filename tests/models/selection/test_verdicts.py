"""Passing or not: pass marks of the whole and of items, vetoes, every reason named."""

from fractions import Fraction

import pytest

from models.selection.verdicts import Ground, Verdict
from tests.models.selection.rulebook import entry, item, judged, selection, written


@pytest.mark.parametrize(("marks", "verdict"), [("a=3 b=2", Verdict.PASSED), ("a=3 b=1", Verdict.NOT_PASSED)])
def test_fifty_of_a_hundred_after_conversion(marks: str, verdict: Verdict) -> None:
    """(3+2)÷10×100 = 50 passes at 50; (3+1)÷10×100 = 40 does not."""
    rules = selection(written(item("a"), item("b"), aggregation="share", pass_mark={"points": 50}))
    assert judged(rules, 1, entry("p", [marks])).verdict is verdict


@pytest.mark.parametrize(("last", "verdict"), [(5, Verdict.PASSED), (4, Verdict.NOT_PASSED)])
def test_twenty_nine_points_on_average(last: int, verdict: Verdict) -> None:
    """Ten items of five, two judges: 28 and 25+last; with 5 (28+30)÷2 = 29, with 4 it is 28.5."""
    keys = [f"k{number}" for number in range(10)]
    first = dict(zip(keys, [3, 3, 3, 3, 3, 3, 3, 3, 2, 2], strict=True))
    second = dict(zip(keys, [3, 3, 3, 3, 3, 3, 3, 2, 2, last], strict=True))
    texts = [" ".join(f"{key}={mark}" for key, mark in one.items()) for one in (first, second)]
    rules = selection(written(*(item(key) for key in keys), pass_mark={"points": 29}))
    result = judged(rules, 2, entry("p", texts))
    assert result.verdict is verdict
    if verdict is Verdict.NOT_PASSED:
        assert result.reasons[0].figures == (Fraction(57, 2), 29)
        assert "28.5" in result.reasons[0].sentence.ja
        assert "29" in result.reasons[0].sentence.en


@pytest.mark.parametrize(("marks", "verdict"), [("a=5 b=5 c=5", Verdict.PASSED), ("a=5 b=5 c=4", Verdict.NOT_PASSED)])
def test_fifteen_in_a_sum(marks: str, verdict: Verdict) -> None:
    rules = selection(written(item("a"), item("b"), item("c"), aggregation="sum", pass_mark={"points": 15}, judges=1))
    assert judged(rules, 1, entry("p", [marks])).verdict is verdict


def test_a_share_of_the_maximum_follows_the_judges_who_count() -> None:
    """60 % of the sum: two of three judges count, so 60 % of 10 is 6, which 3+3 reaches and 3+2 does not."""
    rules = selection(written(item("a"), aggregation="sum", pass_mark={"percent": 60}))
    assert judged(rules, 3, entry("p", ["a=3", "a=3"])).verdict is Verdict.PASSED
    below = judged(rules, 3, entry("p", ["a=3", "a=2"]))
    assert below.reasons[0].figures == (5, 6)


def test_the_pass_mark_itself_may_not_be_enough() -> None:
    rules = selection(written(item("a"), pass_mark={"points": 3, "above": True}))
    assert judged(rules, 1, entry("p", ["a=3"])).verdict is Verdict.NOT_PASSED
    assert judged(rules, 1, entry("p", ["a=4"])).verdict is Verdict.PASSED


def test_it_is_the_rounded_figure_that_passes() -> None:
    """Marks 3 and 2 make 2.5; rounded half up 3 reaches 3, rounded down 2 does not."""
    for how, verdict in (("half_up", Verdict.PASSED), ("down", Verdict.NOT_PASSED)):
        rules = selection(written(item("a"), pass_mark={"points": 3}, rounding=[{"how": how}]))
        assert judged(rules, 2, entry("p", ["a=3", "a=2"])).verdict is verdict


def test_an_item_has_a_pass_mark_of_its_own() -> None:
    """b asks for 40 % of 5 = 2; (1+2)÷2 = 1.5 is below, whatever the total."""
    rules = selection(written(item("a"), item("b", pass_mark={"percent": 40}), pass_mark={"points": 5}))
    result = judged(rules, 2, entry("p", ["a=5 b=1", "a=5 b=2"]))
    assert result.verdict is Verdict.NOT_PASSED
    assert [(one.ground, one.item, one.figures) for one in result.reasons] == [(Ground.ITEM, "b", (Fraction(3, 2), 2))]


@pytest.mark.parametrize(
    ("by", "struck"),
    [
        ("any", [True, True, True, False]),
        ("majority", [False, False, True, False]),
        ("average", [False, True, True, False]),
    ],
)
def test_a_veto_item(by: str, struck: list[bool]) -> None:
    """Four judges, veto at 1 or below.

    1555: one judge of four, average 4. 0022: two of four are no majority, average 4÷4 = 1. 1110: all four. 2222: none.
    """
    rules = selection(written(item("a"), item("b"), vetoes=[{"item": "a", "at_or_below": 1, "by": by}]))
    panels = ["1555", "0022", "1110", "2222"]
    found = [judged(rules, 4, entry("p", [f"a={mark} b=5" for mark in marks])) for marks in panels]
    assert [one.verdict is Verdict.NOT_PASSED for one in found] == struck
    assert all(one.reasons[0].ground is Ground.VETO for one, hit in zip(found, struck, strict=True) if hit)


def test_a_stand_in_strikes_nobody() -> None:
    """The missing judge counts as zero, yet no judge gave 0."""
    rules = selection(written(item("a"), missing="zero", vetoes=[{"item": "a", "at_or_below": 0}]))
    result = judged(rules, 2, entry("p", ["a=5"]))
    assert result.verdict is Verdict.PASSED


def test_a_cross_rules_out() -> None:
    """○ 1 or × 0, as where one × is 失格."""
    circle = {"marks": [{"label": {"ja": "○", "en": "○"}, "value": 1}, {"label": {"ja": "×", "en": "×"}, "value": 0}]}
    rules = selection(written(item("a"), item("b", scale=circle), vetoes=[{"item": "b", "at_or_below": 0}]))
    assert judged(rules, 2, entry("p", ["a=5 b=1", "a=5 b=0"])).verdict is Verdict.NOT_PASSED
    assert judged(rules, 2, entry("p", ["a=5 b=1", "a=5 b=1"])).verdict is Verdict.PASSED


def test_every_reason_is_named_at_once() -> None:
    rules = selection(
        written(
            item("a", pass_mark={"percent": 50}),
            item("b"),
            quorum=3,
            pass_mark={"points": 9},
            vetoes=[{"item": "b", "at_or_below": 0}],
        )
    )
    result = judged(rules, 3, entry("p", ["a=1 b=0", "a=2 b=5"]))
    assert [one.ground for one in result.reasons] == [Ground.QUORUM, Ground.VETO, Ground.ITEM, Ground.TOTAL]
    assert all(reason.sentence.ja and reason.sentence.en for reason in result.reasons)
    assert result.verdict is Verdict.NO_RESULT
