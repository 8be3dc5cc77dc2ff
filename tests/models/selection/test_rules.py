"""Rules that cannot be right are refused with every fault at once, each at its place and in both languages."""

from decimal import Decimal
from typing import Any

import pytest
import yaml

from models.selection.rules import Selection
from tests.models.selection.rulebook import TOYONAKA, faults, item, selection, written

MARKS = [{"label": {"ja": "○", "en": "yes"}, "value": 1}, {"label": {"ja": "×", "en": "no"}, "value": 0}]
FINE = written(item("a"), item("b"))


def test_a_whole_file_is_read() -> None:
    """豊中市's items, six steps, two rounds, as YAML."""
    lines = "\n".join(f"    - {{key: {key}, label: {{ja: {name}, en: {key}}}}}" for name, key in TOYONAKA.items())
    text = f"""
rounds:
  - key: papers
    label: {{ja: 書類審査, en: Papers}}
    scale: {{highest: 5}}
    items:
{lines}
    aggregation: share
    rounding: [{{digits: 1, how: down}}]
    pass_mark: {{points: 50}}
    quorum: 3
    judges: 5
    most: 10
  - key: hearing
    label: {{ja: 公開プレゼンテーション, en: Public presentation}}
    scale: {{lowest: 1, highest: 5, step: 0.5}}
    items:
{lines}
    weights_add_up_to: 5
    full_marks: 25
    missing: fill_in
    recused: leave_out
    vetoes: [{{item: together, at_or_below: 1, by: majority}}]
    comment_at_or_below: 2
    ties: [{{by: item, item: benefit}}, {{by: firsts}}, {{by: fewer_lows, at_or_below: 2}}, {{by: cost}}, {{by: lot}}]
    most: 3
carry: {{first: 40, second: 60}}
award: {{when_short: cut, least_percent: 50, unit: 1000, adjusting: true}}
"""
    rules = Selection.model_validate(yaml.safe_load(text))
    assert [one.judge_most for one in rules.rounds] == [25, 25]
    assert rules.rounds[1].scale is not None
    assert list(rules.rounds[1].scale.values()) == [Decimal(half) / 2 for half in range(2, 11)]


def test_no_round_at_all_is_a_programme_without_scoring() -> None:
    """豊川市."""
    assert selection().rounds == ()


@pytest.mark.parametrize(
    ("changes", "place", "ja", "en"),
    [
        ({"weights_add_up_to": 10}, "weights_add_up_to", "合計は2ですが、weights_add_up_to は10です", "add up to 2, but weights_add_up_to says 10"),
        ({"full_marks": 100}, "full_marks", "合計は10点ですが、full_marks は100点です", "come to 10 points"),
        ({"scale": {"lowest": 1}}, "scale.highest", "最高点がありません", "no highest mark"),
        ({"scale": {"lowest": 5, "highest": 1}}, "scale.highest", "最高点1が最低点5より", "1 is not above the lowest, 5"),
        ({"scale": {"highest": 5, "step": 2}}, "scale.step", "2刻みでは最高点5になりません", "do not arrive at 5"),
        ({"scale": {"highest": 5, "step": 0}}, "scale.step", "0刻み", "Steps of 0"),
        ({"scale": {"highest": 5, "step": "0.0001"}}, "scale.step", "1000段階まで", "1000 marks at most"),
        ({"scale": {"lowest": -5, "highest": 0}}, "scale.highest", "0より大きい", "above 0"),
        ({"scale": {"marks": MARKS[:1]}}, "scale.marks", "二つ以上", "two marks or more"),
        ({"scale": {"marks": [*MARKS, MARKS[0]]}}, "scale.marks.2.value", "1点の評点が二つ", "Two marks are worth 1"),
        ({"scale": {"marks": MARKS, "highest": 1}}, "scale", "highest を書かない", "leave lowest and highest out"),
        ({"scale": None}, "items.1.scale", "「b」の評点の範囲がありません", "“b” has no scale"),
        ({"items": []}, "items", "一つ以上必要", "at least one item"),
        ({"items": [item(f"k{n}") for n in range(101)]}, "items", "100件までにして", "too many. At most 100"),
        ({"items": [item("a"), item("a")]}, "items.1.key", "「a」は1番目の", "Item 1 has the key “a” already"),
        ({"items": [item("公益性")]}, "items.0.key", "「公益性」はキーに使えません", "cannot be a key"),
        ({"key": "A b"}, "key", "「A b」はキーに使えません", "cannot be a key"),
        ({"items": [item("a", weight=0)]}, "items.0.weight", "重み0は使えません", "greater than 0"),
        ({"comment_at_or_below": 6}, "comment_at_or_below", "6は評点の範囲（0〜5）の外", "outside the marks, 0 to 5"),
        ({"items": [item("a", comment_at_or_below=-1)]}, "items.0.comment_at_or_below", "-1は評点の範囲", "-1 is outside"),
        ({"vetoes": [{"item": "z", "at_or_below": 1}]}, "vetoes.0.item", "「z」はありません", "no item “z”. Take one of these: a, b"),
        ({"vetoes": [{"item": "a", "at_or_below": 5}]}, "vetoes.0.at_or_below", "0以上5未満", "from 0 to below 5"),
        ({"vetoes": [{"item": "a", "at_or_below": -1}]}, "vetoes.0.at_or_below", "誰も失格にならない", "strikes nobody"),
        ({"ties": [{"by": "item", "item": "z"}]}, "ties.0.item", "「z」はありません", "no item “z”"),
        ({"ties": [{"by": "cost", "item": "a"}]}, "ties.0.item", "by: item のときだけ", "belongs only to by: item"),
        ({"ties": [{"by": "fewer_lows"}]}, "ties.0.at_or_below", "値を書いてください", "up to which value"),
        ({"ties": [{"by": "lot", "at_or_below": 1}]}, "ties.0.at_or_below", "fewer_lows のときだけ", "only to by: fewer_lows"),
        ({"ties": [{"by": "lot"}, {"by": "cost"}]}, "ties.1", "あとの規則は使われません", "Nothing is left to decide"),
        ({"ties": [{"by": "cost"}, {"by": "cost"}]}, "ties.1", "同じ規則が前にも", "same step stands further up"),
        ({"judges": 5, "quorum": 6}, "quorum", "定足数6人が審査員数5人", "quorum of 6 is more than the 5 judges"),
        ({"quorum": 0}, "quorum", "1以上", "1 or more"),
        ({"judges": 0}, "judges", "1以上", "1 or more"),
        ({"drop_extremes": 1, "quorum": 2}, "drop_extremes", "定足数を3人以上", "has to be 3 or more"),
        ({"drop_extremes": -1}, "drop_extremes", "0以上", "0 or more"),
        ({"most": 0}, "most", "1以上", "1 or more"),
        ({"rounding": [{"digits": 5}]}, "rounding.0.digits", "小数点以下5桁", "5 digits behind the point"),
        ({"rounding": [{}, {"how": "up"}]}, "rounding.1.at", "前にもあります", "rounded further up already"),
        ({"rounding": [{"at": "item"}, {"at": "judge"}]}, "rounding", "合計が二通り", "two different totals"),
        ({"convert_to": 0}, "convert_to", "0より大きい", "above 0"),
        ({"pass_mark": {}}, "pass_mark", "どちらか一つ", "one of the two"),
        ({"pass_mark": {"points": 5, "percent": 50}}, "pass_mark", "どちらか一つ", "one of the two"),
        ({"pass_mark": {"percent": 101}}, "pass_mark.percent", "101％は使えません", "101 % cannot be used"),
        ({"pass_mark": {"points": 11}}, "pass_mark.points", "基準点11点には届きません。満点は10点", "the maximum is 10"),
        ({"pass_mark": {"points": 10, "above": True}}, "pass_mark.points", "10点には届きません", "Nobody can reach"),
        ({"pass_mark": {"points": 101}, "aggregation": "share"}, "pass_mark.points", "満点は100点", "maximum is 100"),
        (
            {"pass_mark": {"points": 31}, "aggregation": "sum", "judges": 3},
            "pass_mark.points",
            "満点は30点",
            "maximum is 30",
        ),
        ({"ties": [{"by": "cost"}] * 51}, "ties", "50件までにして", "At most 50"),
        ({"items": [item("a", pass_mark={"points": 6})]}, "items.0.pass_mark.points", "満点は5点", "maximum is 5"),
        (
            {"items": [item("a", pass_mark={"points": 26}), item("b", weight=3)], "aggregation": "share"},
            "items.0.pass_mark.points",
            "満点は25点",
            "maximum is 25",
        ),
        ({"items": [item("a", pass_mark={})]}, "items.0.pass_mark", "どちらか一つ", "one of the two"),
        ({"weight": 1}, "weight", "「weight」という名前はありません", "no key “weight”"),
        ({"aggregation": "median"}, "aggregation", "sum（合計）, average（平均）, share（満点に対する割合）", "Write one of these: sum"),
        ({"judges": 999_999_999_999}, "judges", "1000以下の整数", "1000 or less"),
        ({"judges": 3.0}, "judges", "整数で書いて", "Write a whole number"),
        ({"most": True}, "most", "整数で書いて", "Write a whole number"),
        ({"quorum": True}, "quorum", "整数で書いて", "Write a whole number"),
        ({"quorum": "4"}, "quorum", "整数で書いて", "Write a whole number"),
        ({"quorum": 1001}, "quorum", "1000以下の整数", "1000 or less"),
        ({"drop_extremes": "1"}, "drop_extremes", "整数で書いて", "Write a whole number"),
        ({"rounding": [{"digits": "1"}]}, "rounding.0.digits", "整数で書いて", "Write a whole number"),
        ({"pass_mark": {"points": 5, "above": "yes"}}, "pass_mark.above", "true か false", "true or false"),
        ({"presentation": {"observers": "no"}}, "presentation.observers", "true か false", "true or false"),
        ({"presentation": {"observers": "true"}}, "presentation.observers", "true か false", "true or false"),
        ({"presentation": {"minutes": True}}, "presentation.minutes", "整数で書いて", "Write a whole number"),
        ({"figures": [{"key": "votes", "label": "票", "most": "9"}]}, "figures.0.most", "整数で書いて", "whole number"),
        ({"ties": [{"by": "item"}]}, "ties.0.item", "キーがありません。次のどれかを書いてください: a、b", "missing. Write one of these: a, b"),
        ({"quorum": "many"}, "quorum", "整数で書いて", "Write a whole number"),
        ({"convert_to": float("nan")}, "convert_to", "整数部6桁", "Write a number"),
        ({"convert_to": "1e99"}, "convert_to", "整数部6桁", "Write a number"),
        ({"convert_to": True}, "convert_to", "数を書いてください", "not yes or no"),
        ({"label": {"ja": "審査"}}, "label.en", "英語（en）がありません", "is missing"),
        ({"label": ["審査"]}, "label", "{ja: 日本語, en: English} の形", "both languages"),
    ],
)  # fmt: skip
def test_a_fault_is_named_at_its_place(changes: dict[str, Any], place: str, ja: str, en: str) -> None:
    found = faults({**FINE, **changes})
    assert f"rounds.0.{place}" in found, list(found)
    sentence = found[f"rounds.0.{place}"].sentence
    assert ja in sentence.ja
    assert en in sentence.en


@pytest.mark.parametrize(
    ("rounds", "more", "place", "ja"),
    [
        ([FINE] * 2, {}, "rounds.1.key", "審査が二つあります"),
        ([{**FINE, "key": key} for key in "abcdef"], {}, "rounds", "5件までにして"),
        ([FINE], {"carry": {}}, "carry", "審査が2回以上必要"),
        ([FINE], {"carry": {"first": 101}}, "carry.first", "101％"),
        ([FINE], {"carry": {"second": 0}}, "carry", "どちらの審査の点数も0％"),
        ([FINE], {"carry": {"rounding": {"digits": -1}}}, "carry.rounding.digits", "-1桁"),
        ([FINE], {"carry": {"pass_mark": {}}}, "carry.pass_mark", "どちらか一つ"),
        ([FINE], {"award": {"unit": 0}}, "award.unit", "1以上"),
        ([FINE], {"award": {"unit": "1000"}}, "award.unit", "整数で書いて"),
        ([FINE], {"award": {"unit": 10**12}}, "award.unit", "1000000000以下"),
        ([FINE], {"award": {"adjusting": 1}}, "award.adjusting", "true か false"),
        ([FINE], {"award": {"least_percent": -1}}, "award.least_percent", "-1％"),
        ([FINE], {"award": {"grades": [{"points": 1, "percent": 120}]}}, "award.grades.0.percent", "120％"),
        (
            [FINE],
            {"award": {"grades": [{"points": 5, "percent": 50}, {"points": 4, "percent": 80}]}},
            "award.grades.1",
            "点数の低い順",
        ),
        ([FINE], {"judges": 3}, "judges", "「judges」という名前はありません"),
        ([{}], {}, "rounds.0.items", "審査項目が一つ以上必要"),
        (["審査"], {}, "rounds.0", "「名前: 値」の組"),
    ],
)
def test_so_is_a_fault_of_the_whole(rounds: list[Any], more: dict[str, Any], place: str, ja: str) -> None:
    found = faults(*rounds, **more)
    assert place in found, list(found)
    assert ja in found[place].sentence.ja


def test_all_faults_are_named_at_once_even_beside_values_that_cannot_be_read() -> None:
    spoiled = written(
        item("a", scale={"lowest": 5, "highest": 1}),
        item("a", weight="0.5"),
        weights_add_up_to=10,
        judges=5,
        quorum=6,
        rounding=[{"how": "nearly"}],
        vetoes=[{"item": "z", "at_or_below": 1}],
        colour="red",
    )
    found = faults(spoiled, carry={"first": 101}, award={"unit": 0})
    assert set(found) == {
        "rounds.0.items.0.scale.highest",
        "rounds.0.items.1.key",
        "rounds.0.weights_add_up_to",
        "rounds.0.quorum",
        "rounds.0.rounding.0.how",
        "rounds.0.vetoes.0.item",
        "rounds.0.colour",
        "carry.first",
        "award.unit",
    }
    assert all(fault.sentence.ja and fault.sentence.en for fault in found.values())


def test_nothing_is_said_that_hangs_on_what_cannot_be_read() -> None:
    """The weights cannot be added up while one of them is no number."""
    assert set(faults(written(item("a", weight="heavy"), weights_add_up_to=10))) == {"rounds.0.items.0.weight"}


def test_a_hostile_file_is_refused_at_once() -> None:
    """A hundred thousand of everything, keys as long as a book: one fault for each list, none longer than a few lines."""
    many = 100_000
    found = faults(
        {
            **FINE,
            "items": [item("x" * 100)] * many,
            "ties": [{"by": "cost"}] * many,
            "vetoes": [{"item": "a", "at_or_below": 1}] * many,
            "rounding": [{}] * many,
            "scale": {"marks": [{"label": {"ja": "○", "en": "yes"}, "value": 1}] * many},
        },
        award={"grades": [{"points": 1, "percent": 1}] * many},
    )
    lists = ("items", "ties", "vetoes", "rounding", "scale.marks")
    assert set(found) == {*(f"rounds.0.{name}" for name in lists), "award.grades"}
    assert all(len(fault.sentence.en) < 200 for fault in found.values())


def test_a_long_value_is_quoted_in_short() -> None:
    found = faults({**FINE, "vetoes": [{"item": "z" * 100_000, "at_or_below": 1}]})
    assert len(found["rounds.0.vetoes.0.item"].sentence.ja) < 120
