"""Answers as data: which questions are asked, what is wrong or missing, rules across them, rows and their sums."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.answer_checks import broken_rules, form_faults, unanswered, wrong_answers
from models.answers import Answers, Files, asked, blank, day_of, submitted, sums, tidy
from models.process.refusals import Missing
from models.programme.forms import FormRule, Item
from models.programme.library import DEFAULT, programme
from models.programme.schema import Programme

CITY = programme(DEFAULT)


def item(key: str, kind: str = "text", **more: Any) -> Item:
    """A question."""
    return Item.model_validate({"key": key, "kind": kind, "label": key.upper(), **more})


KIND = item("kind", "choice", choices=[{"key": "event", "label": "催し"}, {"key": "survey", "label": "調査"}])
PLACE = item("place", "line", when={"item": "kind", "answers": ["event"]}, limit=10)
RAIN = item("rain", when={"item": "place"}, least=5)
BUDGET = item(
    "budget",
    "table",
    least=2,
    limit=4,
    columns=[
        {"key": "side", "label": "区分", "kind": "choice",
         "choices": [{"key": "in", "label": "収入"}, {"key": "out", "label": "支出"}]},
        {"key": "what", "label": "費目", "limit": 10},
        {"key": "yen", "label": "金額", "kind": "yen", "total": True, "limit": 1_000_000},
        {"key": "people", "label": "人数", "kind": "number", "required": False, "total": True},
        {"key": "by", "label": "期日", "kind": "date", "required": False},
    ],
)  # fmt: skip
TOTAL = item("total", "yen", limit=1_000_000)
PERIOD = item("period", "period")
READY = item("ready", "date")
OATH = item("oath", "declaration")
PAPERS = item("papers", "file", least=2, limit=3)
SEVERAL = item("several", "choices", options="fields", least=2, limit=3)
HEADS = item("heads", "number", least=5, limit=100)
FORM = (KIND, PLACE, RAIN, BUDGET, TOTAL, PERIOD, READY, OATH, PAPERS, SEVERAL, HEADS)

ROWS = [
    {"side": "in", "what": "会費", "yen": 30_000},
    {"side": "out", "what": "会場", "yen": 20_000, "people": 3},
    {"side": "out", "what": "謝礼", "yen": 10_000, "by": "2027-01-31"},
]
GOOD: dict[str, Any] = {
    "kind": "event",
    "place": "河川敷",
    "rain": "公民館で行う。",
    "budget": ROWS,
    "total": 30_000,
    "period": {"from": "2027-04-01", "to": "2028-03-31"},
    "ready": "2027-03-31",
    "oath": True,
    "several": ["welfare", "ict"],
    "heads": 40,
}
TWO_FILES = {"papers": 2}


def faults(answers: Answers, files: Files = TWO_FILES, items: tuple[Item, ...] = FORM) -> list[str]:
    """The fields at which something is told, wrong first."""
    return [gap.field for gap in (*wrong_answers(CITY, items, answers, files), *unanswered(items, answers, files))]


def test_a_complete_form_has_no_faults() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("kind", "value", "too_much"),
    [
        ("text", "あ" * 1000, "あ" * 1001),
        ("line", "あ" * 1000, "あ" * 1001),
        ("yen", 5_000_000, 1_000_000_001),
        ("number", 200_000, 1_000_000_001),
    ],
)
def test_without_a_limit_the_kind_says_how_much_can_be_answered(kind: str, value: object, too_much: object) -> None:
    question = (item("free", kind),)
    assert faults({"free": value}, items=question) == []
    assert faults({"free": too_much}, items=question) == ["free"]


def test_without_a_limit_ten_files_and_two_hundred_rows_are_taken() -> None:
    papers, rows = (item("papers", "file"),), (item("rows", "table", columns=[{"key": "what", "label": "費目"}]),)
    assert faults({}, {"papers": 10}, papers) == []
    assert faults({}, {"papers": 11}, papers) == ["papers"]
    assert faults({"rows": [{"what": "会費"}] * 200}, items=rows) == []
    assert faults({"rows": [{"what": "会費"}] * 201}, items=rows) == ["rows"]


def test_an_empty_form_lacks_every_question_that_is_asked() -> None:
    assert faults({}, {}) == ["kind", "budget", "total", "period", "ready", "oath", "papers", "several", "heads"]


def test_a_question_is_asked_under_its_condition_and_not_without() -> None:
    assert [i.key for i in asked((KIND, PLACE, RAIN), {"kind": "event"})] == ["kind", "place"]
    assert [i.key for i in asked((KIND, PLACE, RAIN), {"kind": "event", "place": "川"})] == ["kind", "place", "rain"]


def test_a_question_whose_conditions_question_is_not_asked_is_not_asked_though_that_was_answered_once() -> None:
    answers = {"kind": "survey", "place": "川辺", "rain": "短"}
    assert [i.key for i in asked((KIND, PLACE, RAIN), answers)] == ["kind"]
    assert faults(answers, items=(KIND, PLACE, RAIN)) == []
    assert submitted((KIND, PLACE, RAIN), answers) == {"kind": "survey"}


def test_a_condition_on_several_choices_a_declaration_or_files_holds_when_they_were_answered() -> None:
    on_choice = item("a", when={"item": "several", "answers": ["ict"]})
    on_oath, on_papers = item("b", when={"item": "oath"}), item("c", when={"item": "papers"})
    form = (SEVERAL, OATH, PAPERS, on_choice, on_oath, on_papers)
    assert [i.key for i in asked(form, {"several": ["welfare", "ict"], "oath": True}, {"papers": 1})][3:] == [
        "a", "b", "c",
    ]  # fmt: skip
    assert [i.key for i in asked(form, {"several": ["welfare"], "oath": False}, {})][3:] == []


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("kind", "party", ["kind"]),
        ("kind", ["event"], ["kind"]),
        ("place", "長" * 11, ["place"]),
        ("place", 7, ["place"]),
        ("rain", "短い", ["rain"]),
        ("total", "三万円", ["total"]),
        ("total", -1, ["total"]),
        ("total", True, ["total"]),
        ("total", 1_000_001, ["total"]),
        ("total", 0, []),
        ("heads", 4, ["heads"]),
        ("heads", 5, []),
        ("heads", 101, ["heads"]),
        ("heads", 40.0, ["heads"]),
        ("period", {"from": "2028-04-01", "to": "2027-04-01"}, ["period-to"]),
        ("period", {"from": "2027-04-01", "to": "2027-04-01"}, []),
        ("period", {"from": "春", "to": "2027-04-01"}, ["period-from"]),
        ("period", {"from": "2027-04-01", "to": ""}, ["period-to"]),
        ("period", {"from": "", "to": ""}, ["period"]),
        ("period", "来年", ["period"]),
        ("ready", "2027-02-30", ["ready"]),
        ("ready", 20270401, ["ready"]),
        ("oath", False, ["oath"]),
        ("oath", "yes", ["oath"]),
        ("several", ["welfare"], ["several"]),
        ("several", ["welfare", "welfare"], ["several"]),
        ("several", ["welfare", "ict", "events", "tourism"], ["several"]),
        ("several", ["welfare", "magic"], ["several"]),
        ("several", [["welfare"]], ["several", "several"]),
        ("budget", ROWS[:1], ["budget"]),
        ("budget", ROWS * 2, ["budget"]),
        ("budget", "表", ["budget"]),
        ("budget", [*ROWS, {"side": "", "what": "  "}], []),
        ("budget", [{"side": "profit", "what": "長" * 11, "yen": "円", "people": -1, "by": "春"}, *ROWS],
         ["budget-0-side", "budget-0-what", "budget-0-yen", "budget-0-people", "budget-0-by"]),
        ("budget", [ROWS[0], {}, {"what": "会場"}], ["budget-2-side", "budget-2-yen"]),
    ],
)  # fmt: skip
def test_each_fault_is_told_at_its_question_or_cell(key: str, value: Any, told: list[str]) -> None:
    if key == "budget" and value == "表":
        told = ["budget", "budget"]
    assert faults({**GOOD, key: value}) == told


def test_files_are_counted_against_least_and_most() -> None:
    for count, told in ((0, ["papers"]), (1, ["papers"]), (2, []), (3, []), (4, ["papers"])):
        assert faults(GOOD, {"papers": count}) == told


def test_a_question_that_may_stay_empty_still_asks_enough_once_it_is_answered() -> None:
    free = item("free", required=False, least=5)
    assert faults({}, items=(free,)) == []
    assert faults({"free": "短い"}, items=(free,)) == ["free"]


def test_what_is_handed_in_is_only_what_is_asked_and_said() -> None:
    given = {**GOOD, "place": " 河川敷 ", "unknown": "x", "heads": None, "budget": [{}, ROWS[0], {"what": " "}]}
    handed_in = submitted(FORM, given, TWO_FILES)
    assert handed_in["place"] == "河川敷"
    assert handed_in["budget"] == [ROWS[0]]
    assert "unknown" not in handed_in
    assert "heads" not in handed_in
    assert "papers" not in handed_in


def test_sums_are_of_the_columns_that_have_one_and_of_what_can_be_read() -> None:
    assert sums(BUDGET, [*ROWS, {"yen": "三万"}, "no row", {"yen": True}]) == {"yen": 60_000, "people": 3}
    assert sums(BUDGET, "no table") == {"yen": 0, "people": 0}


def rule(left: dict[str, Any], stands: str, right: dict[str, Any], **more: Any) -> FormRule:
    """A rule between two sides."""
    return FormRule.model_validate({"left": left, "stands": stands, "right": right, "sentence": "合いません。", **more})


SUM = {"item": "budget", "column": "yen", "by": "side"}


@pytest.mark.parametrize(
    ("one", "broken"),
    [
        (rule({"item": "total"}, "equal", {**SUM, "only": "in"}), False),
        (rule({"item": "total"}, "equal", {"item": "budget", "column": "yen"}), True),
        (rule({**SUM, "only": "in"}, "equal", {**SUM, "only": "out"}), False),
        (rule({"item": "total"}, "at_most", {**SUM, "only": "in", "percent": 99.99}), True),
        (rule({"item": "heads"}, "at_most", {"amount": 39}), True),
        (rule({"item": "heads"}, "at_least", {"amount": 81, "percent": 50}), False),
        (rule({"item": "heads"}, "at_least", {"amount": 82, "percent": 50}), True),
        (rule({"item": "ready"}, "not_after", {"item": "period"}), False),
        (rule({"item": "period", "end": True}, "not_after", {"item": "ready"}), True),
    ],
)
def test_a_rule_across_answers_is_told_at_its_left_side(one: FormRule, broken: bool) -> None:
    found = broken_rules([one], FORM, GOOD, TWO_FILES)
    assert found == ([Missing(one.left.item, one.sentence)] if broken else [])


@pytest.mark.parametrize("left_out", ["total", "budget"])
def test_a_rule_says_nothing_while_a_side_is_not_answered(left_out: str) -> None:
    one = rule({"item": "total"}, "equal", {"item": "budget", "column": "yen"})
    assert broken_rules([one], FORM, {**GOOD, left_out: None}) == []
    assert broken_rules([one], FORM, {**GOOD, left_out: "?"}) == []


def test_a_rule_says_nothing_of_a_question_that_is_not_asked() -> None:
    hidden = item("cost", "yen", limit=10, when={"item": "kind", "answers": ["survey"]})
    one = rule({"item": "cost"}, "at_most", {"amount": 1})
    assert broken_rules([one], (KIND, hidden), {"kind": "event", "cost": 9}) == []
    assert len(broken_rules([one], (KIND, hidden), {"kind": "survey", "cost": 9})) == 1


def _city(*items: Item, rules: tuple[FormRule, ...] = ()) -> Programme:
    return CITY.model_copy(update={"proposal_items": items, "proposal_rules": rules})


def test_the_form_of_a_type_of_call_asks_and_compares_what_concerns_it_in_the_forms_order() -> None:
    young = item("age", "number", types=["young"])
    city = _city(
        young, TOTAL, HEADS,
        rules=(
            rule({"item": "total"}, "at_most", {"amount": 10}, types=["young"]),
            rule({"item": "heads"}, "at_most", {"amount": 1}),
        ),
    )  # fmt: skip
    answers = {"total": 11, "heads": 5}
    assert [gap.field for gap in form_faults(city, "young", city.items_for("young"), answers)] == [
        "age",
        "total",
        "heads",
    ]
    assert [gap.field for gap in form_faults(city, "open", city.items_for("open"), answers)] == ["heads"]


def test_a_question_with_a_fault_of_its_own_is_not_told_the_rule_too() -> None:
    city = _city(TOTAL, rules=(rule({"item": "total"}, "at_most", {"amount": 10}),))
    assert [gap.sentence.ja for gap in form_faults(city, "any", city.proposal_items, {"total": 1_000_001})] == [
        "「TOTAL」は0円から1,000,000円までの整数で入力してください。"
    ]


plain = st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.floats(allow_nan=False)
anything = st.recursive(plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner))
rows = st.lists(
    st.dictionaries(st.sampled_from([c.key for c in BUDGET.columns]), plain, max_size=5) | anything, max_size=6
)
forms = st.dictionaries(st.sampled_from([i.key for i in FORM]), anything | rows)


@given(forms, st.dictionaries(st.sampled_from(["papers", "kind"]), st.integers(0, 20)))
def test_whatever_was_sent_is_judged_and_never_breaks(answers: Answers, files: Files) -> None:
    known = [i.key for i in FORM]
    for gap in (*wrong_answers(CITY, FORM, answers, files), *unanswered(FORM, answers, files)):
        assert gap.field.partition("-")[0] in known
        assert gap.sentence.ja
    sums(BUDGET, answers.get("budget"))
    broken_rules([rule({"item": "total"}, "equal", {"item": "budget", "column": "yen"})], FORM, answers, files)


@given(forms)
def test_what_is_handed_in_has_the_same_faults_as_what_was_written(answers: Answers) -> None:
    wrong = {gap.field.partition("-")[0] for gap in wrong_answers(CITY, FORM, answers)}

    def told(given: Answers) -> set[str]:
        return {gap.field for gap in unanswered(FORM, given) if "-" not in gap.field} - wrong

    assert told(submitted(FORM, answers)) == told(answers)


@given(anything)
def test_tidying_twice_is_tidying_once_and_blank_stays_blank(value: Any) -> None:
    assert tidy(tidy(value)) == tidy(value)
    assert blank(tidy(value)) == blank(value)


@given(st.lists(st.integers(0, 10**12), max_size=30))
def test_sums_are_exact(amounts: list[int]) -> None:
    assert sums(BUDGET, [{"yen": amount} for amount in amounts])["yen"] == sum(amounts)


@given(st.dates())
def test_every_day_is_read_back(day: Any) -> None:
    assert day_of(day.isoformat()) == day
