"""What costs the city so much alone and so much together: exact, per person, and only where both are known (S05)."""

from fractions import Fraction
from typing import Any

import pytest

from models.cost_comparison import Compared, compared, half_up, lines
from models.programme.library import DEFAULT, programme

RULES = programme(DEFAULT)
BOTH = {"cost_alone": 620_000, "cost_total": 480_000, "cost_city": 300_000, "reached_alone": 150, "reached": 260}


def found(**answers: Any) -> Compared | None:
    """The comparison under the demonstration city's programme."""
    return compared(RULES, RULES.items_for("open"), answers)


@pytest.mark.req("S05")
def test_cost_people_and_cost_per_person_stand_beside_one_another() -> None:
    both = found(**BOTH, effects="きめ細かな見守り")
    assert both is not None
    assert (both.difference, both.share, both.gained) == (-140_000, 300_000, "きめ細かな見守り")
    assert (both.per_person_alone, both.per_person) == (Fraction(12_400, 3), Fraction(24_000, 13))
    assert [(one.label.ja, one.alone.ja, one.together.ja, one.difference.ja) for one in lines(both)] == [
        ("かかる費用", "620,000円", "480,000円", "140,000円少ない"),
        ("届く人数", "150人", "260人", "110人多い"),
        ("1人あたりの費用", "4,133円", "1,846円", "2,287円少ない"),
    ]


def test_the_difference_per_person_is_rounded_once_and_not_taken_from_rounded_numbers() -> None:
    both = found(cost_alone=100, cost_total=151, reached_alone=3, reached=4)
    assert both is not None
    [*_, each] = lines(both)
    assert (each.alone.ja, each.together.ja, each.difference.ja) == ("33円", "38円", "4円多い")


@pytest.mark.parametrize(
    "answers",
    [{}, {"cost_alone": 1}, {"cost_total": 1}, {"cost_alone": "たくさん", "cost_total": 1}],
    ids=["nothing", "alone", "together", "unreadable"],
)
def test_nothing_is_compared_that_is_not_known(answers: dict[str, Any]) -> None:
    assert found(**answers) is None


def test_people_are_left_out_where_nobody_counted_them() -> None:
    cost_only = found(cost_alone=5, cost_total=5)
    assert cost_only is not None
    [line] = lines(cost_only)
    assert line.difference.ja == "同じ"
    nobody = found(cost_alone=0, cost_total=9, reached=0, reached_alone=2)
    assert nobody is not None
    assert nobody.per_person is None
    told = [(one.alone.ja, one.together.ja, one.difference.ja) for one in lines(nobody)]
    assert told == [("0円", "9円", "9円多い"), ("2人", "0人", "2人少ない"), ("0円", "", "")]


def test_a_programme_without_a_comparison_compares_nothing() -> None:
    plain = RULES.model_copy(update={"comparison": None})
    assert compared(plain, plain.items_for("open"), BOTH) is None


@pytest.mark.parametrize(("exact", "yen"), [((1, 2), 1), ((3, 2), 2), ((-1, 2), -1), ((4, 3), 1), ((5, 3), 2)])
def test_halves_are_rounded_up(exact: tuple[int, int], yen: int) -> None:
    assert half_up(Fraction(*exact)) == yen
