"""Points worked out by hand: sums, averages, conversion, weights, rounding, judges who are missing or recused."""

from decimal import Decimal
from fractions import Fraction

import pytest

from models.programme.exact import How, rounded, said
from models.selection.sheets import Entry, Sheet
from models.selection.verdicts import Ground, Verdict
from tests.models.selection.rulebook import entry, item, judged, points, recused, selection, sheet, written


def test_the_sum_over_all_judges() -> None:
    """Two items from 0 to 5, three judges: (4+3)+(5+2)+(3+3) = 20 out of 2×5×3 = 30."""
    result = judged(
        selection(written(item("a"), item("b"), aggregation="sum")), 3, entry("p", ["a=4 b=3", "a=5 b=2", "a=3 b=3"])
    )
    assert result.total is not None
    assert (result.total.points, result.total.most) == (20, 30)
    assert result.tally is not None
    assert [one.points for one in result.tally.items] == [12, 8]


def test_the_average_per_judge_with_weights_from_one_to_five() -> None:
    """1 to 5, weights 3, 2, 1: 甲 3×4+2×5+1×3 = 25, 乙 3×3+2×2+1×4 = 17; (25+17)÷2 = 21 out of (3+2+1)×5 = 30."""
    rules = selection(
        written(item("a", weight=3), item("b", weight=2), item("c"), scale={"lowest": 1, "highest": 5}, full_marks=30)
    )
    result = judged(rules, 2, entry("p", ["a=4 b=5 c=3", "a=3 b=2 c=4"]))
    assert result.total is not None
    assert (result.total.points, result.total.most) == (21, 30)
    assert result.tally is not None
    assert [one.points for one in result.tally.items] == [Fraction(21, 2), 7, Fraction(7, 2)]


def test_the_share_of_the_maximum_converted_to_a_hundred() -> None:
    """Five items of five points, four judges with 18, 20, 15 and 14: 67 ÷ (4×25) × 100 = 67."""
    keys = ("benefit", "together", "feasible", "new", "spread")
    sheets = ([4, 4, 4, 3, 3], [4, 4, 4, 4, 4], [3, 3, 3, 3, 3], [3, 3, 3, 3, 2])
    marks = [" ".join(f"{key}={mark}" for key, mark in zip(keys, one, strict=True)) for one in sheets]
    rules = selection(written(*(item(key) for key in keys), aggregation="share"))
    result = judged(rules, 4, entry("p", marks))
    assert result.total is not None
    assert (result.total.points, result.total.most) == (67, 100)
    assert result.tally is not None
    assert [one.points for one in result.tally.items] == [14, 14, 14, 13, 12]
    assert {one.most for one in result.tally.items} == {20}


def test_conversion_to_another_maximum() -> None:
    """One item, two judges with 4 and 3 of 5: 7÷10×30 = 21."""
    rules = selection(written(item("a"), aggregation="share", convert_to=30))
    assert points(judged(rules, 2, entry("p", ["a=4", "a=3"]))) == 21


def test_six_named_marks() -> None:
    """Six steps S A B C D E worth 10 8 6 4 2 0: S and C are (10+4)÷2 = 7 out of 10."""
    marks = [
        {"label": {"ja": name, "en": name}, "value": value}
        for name, value in zip("SABCDE", (10, 8, 6, 4, 2, 0), strict=True)
    ]
    rules = selection(written(item("a", scale={"marks": marks})))
    result = judged(rules, 2, entry("p", ["a=10", "a=4"]))
    assert result.total is not None
    assert (result.total.points, result.total.most) == (7, 10)


def test_half_marks_and_weights_with_decimals_stay_exact() -> None:
    """0.1 and 0.2 are no floats: 0.1×3.5 + 0.2×3.5 = 1.05."""
    rules = selection(
        written(item("a", weight=0.1), item("b", weight=0.2), scale={"highest": 5, "step": 0.5}, aggregation="sum")
    )
    assert points(judged(rules, 1, entry("p", ["a=3.5 b=3.5"]))) == Fraction(105, 100)


@pytest.mark.parametrize(
    ("how", "expected"),
    [("half_up", "2.35"), ("half_even", "2.34"), ("down", "2.34"), ("up", "2.35")],
)
def test_a_half_is_rounded_as_the_programme_says(how: str, expected: str) -> None:
    """Marks 2.34 and 2.35: the average is 2.345."""
    rules = selection(written(item("a"), scale={"highest": 5, "step": "0.01"}, rounding=[{"digits": 2, "how": how}]))
    assert points(judged(rules, 2, entry("p", ["a=2.34", "a=2.35"]))) == Fraction(expected)


def test_where_it_is_rounded_makes_a_difference() -> None:
    """Two items, three judges, 1+1+2 on each: 4÷3 = 1.333….

    By item, whole numbers: 1 + 1 = 2. Only in the end: 8÷3 = 2.666… = 3. Not at all: 8/3.
    """
    marks = ["a=1 b=1", "a=1 b=1", "a=2 b=2"]
    expected = {"item": 2, "total": 3, None: Fraction(8, 3)}
    for step, total in expected.items():
        rounding = [{"at": step}] if step else []
        rules = selection(written(item("a"), item("b"), rounding=rounding))
        assert points(judged(rules, 3, entry("p", marks))) == total


def test_each_judges_total_is_rounded_before_the_average() -> None:
    """Weight 0.5: totals 1.5, 2.5, 2.0 become 2, 3, 2 (四捨五入); 7÷3. Down they become 1, 2, 2; 5÷3."""
    for how, total in (("half_up", Fraction(7, 3)), ("down", Fraction(5, 3))):
        rules = selection(written(item("a", weight="0.5"), rounding=[{"at": "judge", "how": how}]))
        assert points(judged(rules, 3, entry("p", ["a=3", "a=5", "a=4"]))) == total


@pytest.mark.parametrize(
    ("rule", "total", "most"),
    [("leave_out", 7, 10), ("fill_in", Fraction(21, 2), 15), ("zero", 7, 15)],
)
def test_a_missing_judge_in_a_sum(rule: str, total: Fraction, most: int) -> None:
    """Three judges, one hands in nothing; the others give 4 and 3. Their average is 3.5: 4+3+3.5 = 10.5."""
    result = judged(selection(written(item("a"), aggregation="sum", missing=rule)), 3, entry("p", ["a=4", "a=3"]))
    assert result.total is not None
    assert (result.total.points, result.total.most) == (total, most)


@pytest.mark.parametrize(("rule", "total"), [("leave_out", "3.5"), ("fill_in", "3.5"), ("zero", "7/3")])
def test_a_recused_judge_in_an_average(rule: str, total: str) -> None:
    """The same with an interest: (4+3)÷2, (4+3+3.5)÷3 = 3.5, (4+3+0)÷3. What the sheet holds does not count."""
    for absent in (recused("j3"), sheet("j3", "a=0", recused=True)):
        result = judged(selection(written(item("a"), recused=rule)), 3, entry("p", ["a=4", "a=3"], absent))
        assert points(result) == Fraction(total)


def test_each_of_several_missing_judges_gets_the_average() -> None:
    """Four judges, two hand in nothing: 4 + 3 + 2×3.5 = 14 of 20."""
    result = judged(selection(written(item("a"), aggregation="sum", missing="fill_in")), 4, entry("p", ["a=4", "a=3"]))
    assert result.total is not None
    assert (result.total.points, result.total.most) == (14, 20)


def test_missing_and_recused_each_follow_their_own_rule() -> None:
    """Four judges: 5 and 2 given, one recused and left out, one missing and zero: 7÷3."""
    rules = selection(written(item("a"), missing="zero", recused="leave_out"))
    assert points(judged(rules, 4, entry("p", ["a=5", "a=2"], recused("j3")))) == Fraction(7, 3)


def test_a_sheet_with_gaps_counts_as_missing() -> None:
    """The second judge left b open; only 4+3 of the first counts."""
    result = judged(selection(written(item("a"), item("b"))), 2, entry("p", ["a=4 b=3", "a=5"]))
    assert points(result) == 7
    assert result.tally is not None
    assert result.tally.missing == ("j2",)


def test_the_highest_and_lowest_judges_are_left_out() -> None:
    """Five judges 5 4 4 2 1: without 5 and 1 it is 10÷3."""
    rules = selection(written(item("a"), drop_extremes=1, quorum=3))
    result = judged(rules, 5, entry("p", ["a=5", "a=4", "a=4", "a=2", "a=1"]))
    assert points(result) == Fraction(10, 3)
    assert result.tally is not None
    assert (result.tally.dropped, result.tally.counted) == (2, 3)


@pytest.mark.parametrize(
    ("rules", "ground"),
    [({"quorum": 3}, Ground.QUORUM), ({"missing": "no_result"}, Ground.JUDGE_MISSING)],
)
def test_without_enough_judges_there_is_no_valid_result(rules: dict[str, object], ground: Ground) -> None:
    result = judged(selection(written(item("a"), **rules)), 3, entry("p", ["a=5", "a=5"]))
    assert result.verdict is Verdict.NO_RESULT
    assert [reason.ground for reason in result.reasons] == [ground]
    assert result.standing is None


def test_a_recusal_may_take_the_result_away_too() -> None:
    result = judged(selection(written(item("a"), recused="no_result")), 2, entry("p", ["a=5"], recused("j2")))
    assert [reason.ground for reason in result.reasons] == [Ground.JUDGE_RECUSED]


def test_nobody_judged_is_no_result_not_zero_points() -> None:
    for absent in (Entry("p", ()), Entry("p", (Sheet("j1", recused=True),))):
        result = judged(selection(written(item("a"), missing="zero")), 1, absent)
        assert (result.verdict, result.tally, result.total) == (Verdict.NO_RESULT, None, None)


def test_extremes_leave_nothing_where_judges_are_too_few() -> None:
    result = judged(selection(written(item("a"), drop_extremes=1, quorum=3)), 2, entry("p", ["a=5", "a=4"]))
    assert result.verdict is Verdict.NO_RESULT


def test_rounding_goes_the_same_way_below_zero() -> None:
    minus = Fraction(-5, 2)
    assert [rounded(minus, 0, how) for how in (How.HALF_UP, How.HALF_EVEN, How.DOWN, How.UP)] == [-2, -2, -3, -2]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(7), "7"),
        (Fraction(29, 4), "7.25"),
        (Fraction(22, 3), "22/3 (≈7.33)"),
        (Fraction(-1, 8), "-0.125"),
        (Decimal("3.50"), "3.5"),
        (Fraction(2, 3), "2/3 (≈0.67)"),
        (100, "100"),
    ],
)
def test_a_number_is_said_in_full(number: Fraction, text: str) -> None:
    assert said(number) == text
