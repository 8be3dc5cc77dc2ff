"""What a question takes where its file says no limit, and that none asks for more than it takes."""

import pytest

from models.programme.forms import Item
from models.programme.kinds import ItemKind
from models.programme.library import DEFAULT, SHIPPED, programme, shipped
from models.programme.limits import MOST, MOST_FILES, MOST_ROWS, MOST_YEN, USUAL_CHARACTERS
from models.programme.reading import read
from models.words import Word

GOOD = (SHIPPED / f"{DEFAULT}.yaml").read_text(encoding="utf-8")
ABC = "choices: [{key: a, label: あ}, {key: b, label: い}, {key: c, label: う}]"
ONE = "columns: [{key: a, label: あ}]"


def question(kind: ItemKind, limit: int | None = None) -> Item:
    """A question with or without a limit of its own."""
    return Item(key="q", label=Word("問い", "Question"), kind=kind, limit=limit)


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        (ItemKind.LINE, USUAL_CHARACTERS),
        (ItemKind.TEXT, USUAL_CHARACTERS),
        (ItemKind.NUMBER, MOST_YEN),
        (ItemKind.YEN, MOST_YEN),
        (ItemKind.CHOICES, 400),
        (ItemKind.TABLE, MOST_ROWS),
        (ItemKind.FILE, MOST_FILES),
    ],
)
def test_without_a_limit_a_question_takes_what_its_kind_takes(kind: ItemKind, most: int) -> None:
    assert question(kind).most == most
    assert question(kind, 3).most == 3


@pytest.mark.parametrize("key", shipped())
def test_shipped_files_keep_every_limit_they_write(key: str) -> None:
    found = programme(key)
    items = [*found.proposal_items, *found.consultation_items, *found.articles, *found.report_items]
    assert all(item.most == item.limit for item in items if item.limit is not None)
    assert any(item.limit is None for item in items)


def asked(written: str) -> list[tuple[str, str, str]]:
    """Place, value and sentence of the faults of the good file with this question first."""
    text = GOOD.replace("proposal_items:\n", f"proposal_items:\n  - {{key: q, label: 問い, {written}}}\n", 1)
    return [
        (fault.path.removeprefix("proposal_items[0]."), fault.value, fault.sentence.ja)
        for fault in read(text.encode()).faults
    ]


@pytest.mark.parametrize(
    ("written", "place", "value", "ja"),
    [
        ("least: 5000", "least", "5000", "limit を書かないときの上限は1000です。1000までにするか、limit に5000以上を書いて"),
        ("kind: line, least: 1001", "least", "1001", "上限は1000です"),
        ("least: 20001", "least", "20001", "20000までにしてください"),
        ("least: 5, limit: 4", "least", "5", "上限の4まで"),
        (f"kind: choices, least: 99, {ABC}", "least", "99", "選択肢は3つだけです。3までにしてください"),
        (f"kind: choices, least: 4, limit: 9, {ABC}", "least", "4", "選択肢は3つだけです"),
        ("kind: choices, least: 99, options: principles", "least", "99", "選択肢は"),
        (f"kind: table, least: 201, {ONE}", "least", "201", "200までにしてください"),
        (f"kind: table, limit: 201, {ONE}", "limit", "201", "1から200までの整数"),
        ("kind: file, least: 11", "least", "11", "10までにしてください"),
        ("kind: file, limit: 11", "limit", "11", "1から10までの整数"),
        (f"kind: choices, limit: 401, {ABC}", "limit", "401", "1から400までの整数"),
    ],
)  # fmt: skip
def test_a_question_that_nobody_could_answer_is_refused(written: str, place: str, value: str, ja: str) -> None:
    [(where, what, why)] = asked(written)
    assert (where, what) == (place, value)
    assert ja in why


@pytest.mark.parametrize(
    "written",
    [
        "least: 1000",
        "kind: yen, least: 5000",
        "kind: number, least: 1000000",
        "kind: yen, limit: 1000000000",
        f"kind: choices, least: 3, {ABC}",
        f"kind: table, least: 200, {ONE}",
        "kind: file, least: 10",
    ],
)
def test_what_can_be_answered_is_not(written: str) -> None:
    assert asked(written) == []


def test_every_kind_has_its_most() -> None:
    assert set(MOST) == set(ItemKind)


def test_a_further_rule_about_the_amount_needs_the_question_for_it() -> None:
    text = GOOD.replace("severity: hard,", "also: [{kind: same_title}, {kind: amount}], severity: hard,", 1)
    assert read(text.encode()).faults == ()
    without = text.replace("key: cost_city,", "key: cost_of_city,")
    told = [(fault.path, fault.sentence.ja) for fault in read(without.encode()).faults]
    assert [ja for place, ja in told if place == "criteria[0].also[1].kind" and "cost_city" in ja]
