"""Cities that nobody foresaw: their files are read, written and read again, and keep what makes them different."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from models.judging.rounds import selection_for
from models.programme.calls import Consortium, Proposer
from models.programme.differences import differences
from models.programme.exact import How
from models.programme.forms import Item
from models.programme.guide import guide
from models.programme.kinds import ItemKind
from models.programme.moments import written_moment
from models.programme.reading import read, read_file
from models.programme.schema import Programme, SelectAfter
from models.programme.writing import written
from models.selection.explanation import explained
from models.selection.parts import Absence, Order, TieBy
from models.selection.scoring import results
from models.selection.sheets import Entry, Sheet

FILES = sorted((Path(__file__).parent / "cities").glob("*.yaml"))


def city(key: str) -> Programme:
    """The programme of an invented city."""
    found, faults = read_file(Path(__file__).parent / "cities" / f"{key}.yaml")
    assert found is not None, faults
    return found


def asked_after(rules: Programme, item: Item) -> list[str]:
    """The questions that have to be answered before this one is asked, the nearest first."""
    items = {one.key: one for one in rules.proposal_items}
    return [] if item.when is None else [item.when.item, *asked_after(rules, items[item.when.item])]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_city_that_nobody_foresaw_reads_back_as_it_was_written(file: Path) -> None:
    found, faults = read_file(file)
    assert faults == ()
    assert found is not None
    assert found.key == file.stem
    assert read(written(found).encode()) == (found, ())


def test_there_are_such_cities() -> None:
    assert {
        "kaiken", "kitahara_wide", "mama_one_percent", "mikawa_union", "minatozaka_youth", "okusawa_village", "oyamano",
        "setayama", "tega_minei", "tokiwadai_ward",
    } == {file.stem for file in FILES}  # fmt: skip


def test_young_people_answer_six_questions_and_are_ranked_by_named_marks_and_a_lot() -> None:
    rules = city("minatozaka_youth")
    assert len(rules.items_for("youth")) == 6
    assert [item.key for item in rules.items_for("idea")] == ["issue", "what", "grown_up", "film"]
    [talk] = rules.rounds_for("youth")
    assert talk.scale is not None
    assert [(mark.label.ja, mark.value) for mark in talk.scale.marks] == [("◎", 3), ("○", 2), ("△", 1), ("×", 0)]
    assert (talk.order, talk.drop_extremes, talk.quorum) == (Order.MEAN_RANK, 1, 5)
    assert [tie.by for tie in talk.ties] == [TieBy.POINTS, TieBy.FIRSTS, TieBy.LOT]
    assert talk.judge_most == 4
    assert rules.type_of("ideas").proposer is Proposer.IDEA
    assert rules.rounds_for("idea") == ()


def test_a_call_ends_at_midnight_of_its_last_day_and_another_begins_in_the_evening() -> None:
    summer, winter, ideas = city("minatozaka_youth").calls
    assert summer.closes is not None
    assert written_moment(summer.closes) == "2027-07-01 00:00"
    assert winter.opens is not None
    assert written_moment(winter.opens) == "2027-11-05 18:30"
    assert (ideas.opens, ideas.closes, ideas.answer_days) == (None, None, 14)


@pytest.mark.parametrize(
    ("key", "question", "places"),
    [
        ("mikawa_union", "cost_city", ["selection.award"]),
        ("tokiwadai_ward", "cost_city", ["proposal_rules[1].left.item", "selection.award", "criteria[3].rule.kind"]),
    ],
)
def test_money_cannot_be_given_where_nobody_is_asked_how_much(key: str, question: str, places: list[str]) -> None:
    text = (Path(__file__).parent / "cities" / f"{key}.yaml").read_text("utf-8")
    _, faults = read(text.replace(f"key: {question},", "key: asked_for,").encode())
    assert sorted(fault.path for fault in faults) == sorted(places)


def test_words_in_japanese_alone_are_read_in_both_languages() -> None:
    assert city("minatozaka_youth").name == ("みなと坂市 若者チャレンジ", "みなと坂市 若者チャレンジ")


def test_a_prefecture_weighs_eighteen_items_and_carries_three_tenths() -> None:
    rules = city("kitahara_wide")
    paper, hearing = rules.selection.rounds
    assert len(paper.items) == 18
    assert (paper.weights_add_up_to, paper.full_marks, paper.judge_most) == (26, 104, 104)
    assert paper.items[3].weight == Decimal("1.5")
    assert {rule.how for rule in paper.rounding} == {How.HALF_EVEN}
    assert (paper.missing, paper.recused) == (Absence.NO_RESULT, Absence.FILL_IN)
    assert hearing.scale_of(hearing.items[2]).low == -2
    assert hearing.scale_of(hearing.items[0]).step == Decimal("0.25")
    carry, award = rules.selection.carry, rules.selection.award
    assert carry is not None
    assert award is not None
    assert (carry.first, carry.second) == (30, 70)
    assert [(grade.points, grade.percent) for grade in award.grades] == [(60, 70), (75, 90), (90, 100)]
    assert rules.select_after is SelectAfter.CONSULTATION


def test_a_rate_falls_from_year_to_year_and_stays_at_its_last() -> None:
    wide = city("kitahara_wide").types[0]
    assert [wide.money.rate(year) for year in (1, 2, 3, 4)] == [90, 80, 70, 70]
    assert (wide.money.cap, wide.money.years, wide.money.unit) == (30_000_000, 3, 10_000)
    assert wide.consortium is Consortium.TOGETHER


def test_an_outline_comes_first_with_a_talk_and_a_sections_consent() -> None:
    rules = city("kitahara_wide")
    entry = rules.calls[0].entry
    assert entry is not None
    assert (entry.talk, entry.consent) == (True, True)
    assert set(entry.items) < {item.key for item in rules.items_for("wide")}


def test_questions_hang_on_each_other_and_tables_have_to_agree() -> None:
    rules = city("kitahara_wide")
    letter = next(item for item in rules.proposal_items if item.key == "dam_letter")
    assert asked_after(rules, letter) == ["dam_consent", "dam", "river", "field"]
    kinds = {item.kind for item in rules.proposal_items}
    assert {ItemKind.PERIOD, ItemKind.TABLE, ItemKind.FILE, ItemKind.DECLARATION} <= kinds
    assert [item.key for item in rules.proposal_items if item.personal] == ["members"]
    assert len(rules.proposal_rules) == 7
    assert rules.proposal_rules[4].right.percent == Fraction(200, 3)


def test_one_course_goes_by_votes_and_another_by_the_committees_points() -> None:
    rules = city("mama_one_percent")
    voted, settled = selection_for(rules, "r9_spring_step"), selection_for(rules, "r9_spring_start")
    ballot = Entry("R9-1", (), asked=300_000, figures={"votes": Decimal(321)})
    [result] = results(voted, 2, (), [ballot], 2_000_000)
    assert result.grant is not None
    assert result.grant.amount == 160_000, "321 votes at 500 yen, in whole thousands"
    sheet = Sheet("judge", {"public": Decimal(4), "first": Decimal(5)}, {})
    [result] = results(settled, 1, ["judge"], [Entry("R9-2", (sheet,), asked=98_700)], 500_000)
    assert result.grant is not None
    assert result.grant.amount == 98_000, "what was asked for, in whole thousands"
    assert "規則による額98,000円" in explained(settled, 1, result)[-1].sentence.ja


def test_a_course_whose_last_round_counts_no_votes_says_how_its_money_is_given() -> None:
    text = (Path(__file__).parent / "cities" / "mama_one_percent.yaml").read_text(encoding="utf-8")
    own = "    award: {unit: 1000}\n"
    assert own in text
    [fault] = read(text.replace(own, "").encode()).faults
    assert (fault.path, fault.value) == ("types[0]", "start")
    assert "最後の審査「committee」の figures に「votes」がない" in fault.sentence.ja
    [fault] = read(text.replace(own, "    award: {unit: 1000, per_figure: {figure: votes, yen: 5}}\n").encode()).faults
    assert fault.path == "types[0].award.per_figure.figure"
    nowhere = read(text.replace("per_figure: {figure: votes", "per_figure: {figure: stars").encode()).faults
    assert [fault.path for fault in nowhere] == ["selection.award.per_figure.figure"], "told once, not at each type"
    [fault] = read(text.replace(own, "    award: {unit: 0}\n").encode()).faults
    assert fault.path == "types[0].award.unit"


def test_two_thirds_are_said_and_written_as_such() -> None:
    rules = city("mama_one_percent")
    money = rules.type_of("r9_spring_step").money
    assert (money.rate(1), money.rate(2), money.rate(3)) == (Fraction(200, 3), 50, 50)
    assert "rates: [2/3, 50]" in written(rules)
    spring = rules.call("r9_spring_step")
    assert spring is not None
    facts = [words.ja for section in guide(rules, spring) for _name, words in section.facts]
    assert "3分の2以内" in facts
    assert "50％以内" in facts
    other = read(written(rules).replace("rates: [2/3, 50]", "rates: [3/4, 50]").encode()).programme
    assert other is not None
    said = " ".join(change.sentence.ja for change in differences(rules, other))
    assert "3分の2" in said
    assert "75％" in said
