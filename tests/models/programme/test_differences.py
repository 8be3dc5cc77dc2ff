"""What changed between two programmes, in words: added, taken out, renamed, moved, changed; in the file's order."""

from collections.abc import Callable
from typing import Any

import pytest

from models.programme.differences import differences
from models.programme.library import DEFAULT, programme, shipped
from models.programme.schema import Programme

OLD = programme(DEFAULT)
Plain = dict[str, Any]


def changed(change: Callable[[Plain], object]) -> Programme:
    """The demonstration city's programme after a change to its data."""
    plain = OLD.plain()
    change(plain)
    return Programme.model_validate(plain)


def said(change: Callable[[Plain], object], language: str = "en") -> list[tuple[str, str]]:
    """Place and sentence of everything that the change made different."""
    return [(one.place, one.sentence.in_(language)) for one in differences(OLD, changed(change))]


MIGRATION = {"key": "migration", "label": {"ja": "移住", "en": "Moving here"}}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda p: p["fields"].append(MIGRATION), [("fields[10]", "“Moving here” (migration) was added at position 11.")]),
        (lambda p: p["fields"].pop(0), [("fields[0]", "“Welfare” (welfare) was taken out.")]),
        (lambda p: p["fields"][0].update(label={"ja": "福祉・健康", "en": "Welfare and health"}),
         [("fields[0].label", "“Welfare” was renamed “Welfare and health”.")]),
        (lambda p: p["fields"][0]["label"].update(en="Care"),
         [("fields[0].label", "label of “Welfare”, English, was changed from “Welfare” to “Care”.")]),
        (lambda p: p["fields"].insert(0, p["fields"].pop(9)), [("fields[0]", "“Events” was moved from position 10 to 1.")]),
        (lambda p: p["fields"].append(p["fields"].pop(0)), [("fields[9]", "“Welfare” was moved from position 1 to 10.")]),
        (lambda p: p["proposal_items"][1].update(limit=1200),
         [("proposal_items[1].limit", "limit of “The problem to be solved” was changed from “800” to “1,200”.")]),
        (lambda p: p["proposal_items"][1].update(required=False),
         [("proposal_items[1].required", "required of “The problem to be solved” was changed from “yes” to “no”.")]),
        (lambda p: p["proposal_items"][2].pop("hint"),
         [("proposal_items[2].hint", "hint of “Purpose”: “What is the collaboration for?” was taken out.")]),
        (lambda p: p["fields"][0].update(hint={"ja": "例", "en": "Example"}), [("fields[0].hint", "hint of “Welfare”: “Example” was added.")]),
        (lambda p: p["criteria"][0].update(severity="soft"),
         [("criteria[0].severity", "severity of “Religious activity” was changed from “excluded” to “not suited”.")]),
        (lambda p: p["criteria"][8]["words"].remove("騒音"),
         [("criteria[8].words", "“騒音” was taken out of words to look for of “Not wanted by citizens”.")]),
        (lambda p: p["methods"][0]["articles"].append("specification"),
         [("methods[0].articles", "“specification” was added to articles of the agreement of “Subsidy”.")]),
        (lambda p: p["methods"][0]["articles"].reverse(),
         [("methods[0].articles", "The order of articles of the agreement of “Subsidy” was changed.")]),
        (lambda p: p["terms"].update(sign=12), [("terms.sign", "sign was changed from “10” to “12”.")]),
        (lambda p: p["scale"].update(differs_by=2),
         [("scale.differs_by", "steps that count as a difference was changed from “1” to “2”.")]),
        (lambda p: p["scale"]["marks"].append({"key": "0", "label": {"ja": "不明", "en": "Unknown"}}),
         [("scale.marks[4]", "“Unknown” (0) was added at position 5.")]),
        (lambda p: p["name"].update(ja="青葉川市 提案制度"),
         [("name", "name, Japanese, was changed from “青葉川市 協働事業提案制度” to “青葉川市 提案制度”.")]),
    ],
)  # fmt: skip
def test_a_change_is_told_in_words(change: Callable[[Plain], object], told: list[tuple[str, str]]) -> None:
    assert said(change) == told


def test_it_is_told_in_japanese_too() -> None:
    def change(plain: Plain) -> None:
        plain["fields"].append(MIGRATION)
        del plain["criteria"][3]
        plain["terms"]["sign"] = 12

    found = differences(OLD, changed(change))
    assert [f"{one.heading.ja}: {one.sentence.ja}" for one in found] == [
        "分野: 「移住」（migration）を11番目に追加しました。",
        "除外の基準: 「個人に係わる活動」（private）を削除しました。",
        "期限: 署名を「10」から「12」に変更しました。",
    ]


def test_only_what_was_moved_is_said_to_have_moved() -> None:
    """Putting the last first moves one entry, not all the others."""

    def change(plain: Plain) -> None:
        plain["fields"].insert(0, plain["fields"].pop(5))
        plain["fields"].append(plain["fields"].pop(3))

    assert [place for place, _ in said(change)] == ["fields[0]", "fields[9]"]


def test_equal_programmes_differ_in_nothing() -> None:
    assert differences(OLD, OLD) == ()


@pytest.mark.parametrize("other", sorted(set(shipped()) - {DEFAULT}))
def test_differences_come_in_the_order_of_the_file(other: str) -> None:
    order = list(Programme.model_fields)
    sections = [order.index(one.section) for one in differences(OLD, programme(other))]
    assert sections == sorted(sections)
    assert {order.index("key"), order.index("city")} <= set(sections)
