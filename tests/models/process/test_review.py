"""相互評価: two self-checks, sealed until both are in; then the joint sheet that both confirm."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from kyodo.demonstration.story import Story
from models import clock
from models.editions import take_up
from models.history import Event
from models.outbox import OutboxMessage
from models.process.actors import SYSTEM
from models.process.moves.publication import public_content
from models.process.moves.review import differing_items, opened, readable_self_checks
from models.process.perform import case_for
from models.process.refusals import NotPossible
from models.process.sight import turns
from models.process.vocabulary import DutyKey, Hat, MoveKey, Side, State
from models.programme.forms import Item
from models.programme.library import DEFAULT, programme
from models.programme.writing import written
from models.words import Word
from tests.models.process.conftest import Told
from tests.models.process.refusing import lacking
from tests.models.process.traces import TABLES

M = MoveKey
ITEMS = [item.key for item in programme(DEFAULT).review_items]
SEALED_WORDS = "not-for-the-other-side-yet"
READERS = {
    "katsuragi": Side.GROUP, "ono": Side.GROUP, "takahashi": Side.CITY, "yamamoto": Side.CITY,
    "nakamura": None, "kato": None, "ito": None, "watanabe": None, "fujita": None, "admin": None,
}  # fmt: skip
PARTIES = ("katsuragi", "ono", "takahashi", "yamamoto", "nakamura", "kato", "ito")


def candid(story: Story, mark: str = "1", **marks: str) -> dict[str, dict[str, str]]:
    """A self-check with remarks that nobody may read too early."""
    answers = story.check_answers(mark, **marks)
    return {key: {**given, "comment": f"{SEALED_WORDS}（{key}）"} for key, given in answers.items()}


def readable(story: Story, who: str) -> set[Side]:
    """Whose self-checks somebody may read."""
    return set(readable_self_checks(story.cast.actor(story.session, who), story.proposal))


def owed(story: Story) -> set[tuple[DutyKey, Hat]]:
    """Who owes what."""
    return {(duty.key, duty.hat) for duty in turns(story.proposal)}


# Sealed


@pytest.mark.req("V01")
@pytest.mark.parametrize("first", ["ono", "takahashi"])
def test_until_both_are_in_each_reads_its_own_and_nobody_else_reads_anything(first: str, told: Told) -> None:
    story = told("self_checking")
    story.do(M.SUBMIT_SELF_CHECK, first, answers=candid(story))
    in_already = READERS[first]
    for who, side in READERS.items():
        assert readable(story, who) == ({in_already} if side is in_already else set()), who
    assert readable_self_checks(SYSTEM, story.proposal) == {}
    assert not opened(story.proposal)


@pytest.mark.req("V02")
@pytest.mark.parametrize(("first", "second"), [("ono", "takahashi"), ("takahashi", "ono")])
def test_when_the_second_is_in_both_open_at_once_for_every_party_and_for_no_stranger(
    first: str, second: str, told: Told
) -> None:
    story = told("self_checking")
    story.do(M.SUBMIT_SELF_CHECK, first, answers=candid(story))
    event = story.do(M.SUBMIT_SELF_CHECK, second, answers=candid(story, "4"))
    assert event.to_state is State.JOINT_REVIEW
    assert {check.opened_at for check in story.proposal.self_checks} == {event.at}
    for who in READERS:
        assert readable(story, who) == (set(Side) if who in PARTIES else set()), who


@pytest.mark.req("V01")
def test_no_word_of_a_sealed_self_check_stands_anywhere_but_in_its_own_row(told: Told) -> None:
    story = told("self_checking")
    story.do(M.SUBMIT_SELF_CHECK, "ono", answers=candid(story))
    for table in TABLES:
        content = str(story.session.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608 - our own tables
        assert (SEALED_WORDS in content) == (table == "self_check"), table
    event = story.session.scalars(select(Event).order_by(Event.number.desc()).limit(1)).one()
    assert set(event.details) == {"side", "mark"}
    assert story.session.scalars(select(OutboxMessage.error).where(OutboxMessage.event_id == event.id)).all() == [""]


def test_the_fingerprint_of_a_sealed_self_check_cannot_be_guessed_from_its_marks(told: Told, environment: Any) -> None:
    story = told("self_checking")
    event = story.do(M.SUBMIT_SELF_CHECK, "ono", answers=candid(story))
    told_mark = event.details["mark"]
    environment(KYODO_SECRET_KEY="another city's secret")
    story.session.rollback()
    again = story.do(M.SUBMIT_SELF_CHECK, "ono", answers=candid(story))
    assert again.details["mark"] != told_mark


def test_a_refused_self_check_does_not_repeat_what_was_written(told: Told) -> None:
    story = told("self_checking")
    answers = {**candid(story), "aim": {"mark": "", "comment": SEALED_WORDS}}
    with lacking(story, "aim-mark") as sentences:
        story.do(M.SUBMIT_SELF_CHECK, "ono", answers=answers)
    assert SEALED_WORDS not in "".join(sentences)


@pytest.mark.parametrize(("who", "other"), [("ono", "katsuragi"), ("takahashi", "yamamoto")])
def test_a_side_hands_in_once_and_cannot_take_it_back(who: str, other: str, told: Told) -> None:
    story = told("self_checking")
    story.do(M.SUBMIT_SELF_CHECK, who, answers=candid(story))
    for again in (who, other):
        with lacking(story, "") as sentences:
            story.do(M.SUBMIT_SELF_CHECK, again, answers=candid(story, "4"))
        assert "相手の提出を待っています" in sentences[0]
    [check] = story.proposal.self_checks
    assert check.answers == candid(story)


def test_once_open_they_are_frozen(told: Told) -> None:
    story = told("joint_review")
    for who in ("ono", "takahashi"):
        with pytest.raises(NotPossible):
            story.do(M.SUBMIT_SELF_CHECK, who, answers=candid(story))


# What a self-check says


@pytest.mark.req("V01", "V04", "V05", "V06", "V07", "V08", "V09", "V10", "V11", "V12", "V13", "V14")
@pytest.mark.parametrize("who", ["ono", "takahashi"])
@pytest.mark.parametrize("key", ITEMS)
def test_each_of_the_eleven_items_is_marked_by_each_side(key: str, who: str, told: Told) -> None:
    story = told("self_checking")
    answers = candid(story)
    for given in ({"mark": "", "comment": "大切でした。"}, {}, None):
        with lacking(story, f"{key}-mark"):
            story.do(M.SUBMIT_SELF_CHECK, who, answers={**answers, key: given})


@pytest.mark.parametrize("answers", [None, {}])
def test_an_empty_self_check_is_none(answers: Any, told: Told) -> None:
    story = told("self_checking")
    with lacking(story, *(f"{key}-mark" for key in ITEMS)):
        story.do(M.SUBMIT_SELF_CHECK, "ono", answers=answers)


@pytest.mark.parametrize(("change", "field"), [({"mark": "5"}, "aim-mark"), ({"comment": "長" * 601}, "aim-comment")])
def test_marks_are_on_the_scale_and_remarks_have_their_limit(change: dict[str, str], field: str, told: Told) -> None:
    story = told("self_checking")
    answers = candid(story)
    with lacking(story, field):
        story.do(M.SUBMIT_SELF_CHECK, "ono", answers={**answers, "aim": {**answers["aim"], **change}})


@pytest.mark.req("V15")
def test_a_city_that_asks_more_gets_more_answers(told: Told) -> None:
    story = told("self_checking")
    shipped = programme(DEFAULT)
    fun = Item(key="fun", label=Word("楽しめたか", "Was it fun?"))
    own = shipped.model_copy(update={"review_items": (*shipped.review_items, fun)})
    story.proposal.edition_id = take_up(story.session, written(own), person_id=None).id
    with lacking(story, "fun-mark"):
        story.do(M.SUBMIT_SELF_CHECK, "ono", answers=candid(story))
    story.do(M.SUBMIT_SELF_CHECK, "ono", answers={**candid(story), "fun": {"mark": "4", "comment": ""}})


# Differences


@pytest.mark.req("V02")
def test_items_marked_differently_are_shown_in_the_sheets_order(told: Told) -> None:
    story = told("self_checking")
    story.do(M.SUBMIT_SELF_CHECK, "ono", answers=story.check_answers("3", trust="4", budget="2"))
    checks = {check.side: check for check in story.proposal.self_checks}
    assert differing_items(programme(DEFAULT), checks) == []
    story.do(M.SUBMIT_SELF_CHECK, "takahashi", answers=story.check_answers("3", trust="3", aim="4"))
    checks = {check.side: check for check in story.proposal.self_checks}
    assert differing_items(programme(DEFAULT), checks) == ["aim", "budget", "trust"]


def test_a_wider_tolerance_marks_fewer_differences(told: Told) -> None:
    story = told("self_checking")
    story.do(M.SUBMIT_SELF_CHECK, "ono", answers=story.check_answers("3", trust="4", budget="1"))
    story.do(M.SUBMIT_SELF_CHECK, "takahashi", answers=story.check_answers("3"))
    shipped = programme(DEFAULT)
    tolerant = shipped.model_copy(update={"scale": shipped.scale.model_copy(update={"differs_by": 2})})
    checks = {check.side: check for check in story.proposal.self_checks}
    assert differing_items(tolerant, checks) == ["budget"]


def test_the_cause_of_a_difference_is_asked_only_where_there_is_one(told: Told) -> None:
    story = told("self_checking")
    for who in ("ono", "takahashi"):
        story.do(M.SUBMIT_SELF_CHECK, who, answers=story.check_answers("3"))
    story.do(M.WRITE_JOINT_SHEET, "ono", **{**story.sheet_details(), "differences": ""}, based_on=0)
    other = told("joint_review")
    with lacking(other, "differences"):
        other.do(M.WRITE_JOINT_SHEET, "ono", **{**other.sheet_details(), "differences": " "}, based_on=0)


# The beneficiaries


@pytest.mark.req("V16")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"how_asked": " "}, "how_asked"),
        ({"merits": ""}, "merits"),
        ({"answers": None}, "answers"),
        ({"answers": -1}, "answers"),
        ({"answers": "86"}, "answers"),
        ({"answers": 10**10}, "answers"),
        ({"satisfied": 87}, "satisfied"),
        ({"satisfied": -1}, "satisfied"),
        ({"satisfied": None}, "satisfied"),
    ],
)
def test_the_voice_of_those_it_was_for_is_whole(change: dict[str, Any], field: str, told: Told) -> None:
    story = told("joint_review")
    details = {"how_asked": "アンケート", "answers": 86, "satisfied": 79, "merits": "知り合いが増えた。", **change}
    with lacking(story, field):
        story.do(M.RECORD_BENEFICIARIES, "ono", **details)


@pytest.mark.req("V16")
@pytest.mark.parametrize("who", ["ono", "takahashi"])
def test_nobody_confirms_the_sheet_before_the_beneficiaries_were_heard(who: str, told: Told) -> None:
    story = told("joint_review")
    story.write_sheet()
    with lacking(story, "") as sentences:
        story.confirm_sheet(who)
    assert sentences == ["受益者の声がまだ記録されていません。"]
    assert owed(story) == {(DutyKey.WRITE_JOINT_SHEET, Hat.MEMBER), (DutyKey.WRITE_JOINT_SHEET, Hat.SECTION)}
    story.do(M.RECORD_BENEFICIARIES, who, how_asked="聞き取り", answers=0, satisfied=0, merits="まだ分からない。")
    story.confirm_sheet(who)


def test_what_a_side_confirmed_with_the_sheet_is_not_changed_under_it(told: Told) -> None:
    story = told("joint_review, group confirmed")
    for who in ("ono", "takahashi"):
        with lacking(story, ""):
            story.do(M.RECORD_BENEFICIARIES, who, how_asked="聞き取り", answers=3, satisfied=3, merits="変えたい。")
    story.do(M.WRITE_JOINT_SHEET, "takahashi", **story.sheet_details(), based_on=1)
    story.do(M.RECORD_BENEFICIARIES, "takahashi", how_asked="聞き取り", answers=3, satisfied=3, merits="直した。")
    assert story.proposal.beneficiary_check is not None
    assert story.proposal.beneficiary_check.merits == "直した。"
    assert owed(story) == {(DutyKey.CONFIRM_JOINT_SHEET, Hat.MEMBER), (DutyKey.CONFIRM_JOINT_SHEET, Hat.SECTION)}


# The joint sheet


@pytest.mark.req("V02", "V03", "V18", "V20")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"met_on": None}, "met_on"),
        ({"met_on": date(2199, 1, 1)}, "met_on"),
        ({"participants": " "}, "participants"),
        ({"results": ""}, "results"),
        ({"improvements": ""}, "improvements"),
        ({"next_steps": None}, "next_steps"),
    ],
)
def test_the_sheet_says_when_they_met_what_came_of_it_what_to_improve_and_what_comes_next(
    change: dict[str, Any], field: str, told: Told
) -> None:
    story = told("joint_review")
    with lacking(story, field):
        story.do(M.WRITE_JOINT_SHEET, "ono", **{**story.sheet_details(), **change}, based_on=0)


@pytest.mark.req("V02")
@pytest.mark.parametrize("first", ["katsuragi", "takahashi"])
def test_both_confirm_the_same_version_of_the_sheet(first: str, told: Told) -> None:
    story = told("joint_review, sheet written")
    second = "takahashi" if first == "katsuragi" else "katsuragi"
    story.confirm_sheet(first)
    with lacking(story, ""):
        story.confirm_sheet(first)
    story.do(M.WRITE_JOINT_SHEET, second, **story.sheet_details(), based_on=1)
    with lacking(story, "based_on"):
        story.do(M.CONFIRM_JOINT_SHEET, second, number=1)
    assert story.do(M.CONFIRM_JOINT_SHEET, second, number=2).to_state is State.JOINT_REVIEW
    assert owed(story) == {(DutyKey.CONFIRM_JOINT_SHEET, Hat.MEMBER if first == "katsuragi" else Hat.SECTION)}
    assert story.do(M.CONFIRM_JOINT_SHEET, first, number=2).to_state is State.PREPARING


def test_a_sheet_is_not_written_over_one_that_came_between(told: Told) -> None:
    story = told("joint_review, sheet written")
    story.do(M.WRITE_JOINT_SHEET, "ono", **story.sheet_details(), based_on=1)
    for based_on in (None, 0, 1):
        with lacking(story, "based_on"):
            story.do(M.WRITE_JOINT_SHEET, "takahashi", **story.sheet_details(), based_on=based_on)
    assert [sheet.written_side for sheet in story.proposal.joint_sheets] == [Side.CITY, Side.GROUP]


def test_without_a_sheet_there_is_nothing_to_confirm(told: Told) -> None:
    story = told("joint_review, voices heard")
    with lacking(story, "") as sentences:
        story.confirm_sheet("ono")
    assert sentences == ["相互評価シートがまだありません。"]


@pytest.mark.req("V19")
def test_the_review_adds_no_marks_up_and_ranks_nobody(told: Told) -> None:
    story = told("preparing")
    content = public_content(case_for(story.session, story.proposal, SYSTEM, Hat.SYSTEM))
    assert {key for key in content if any(word in key for word in ("score", "total", "rank", "average"))} == set()
    assert all(set(mark) == {"item", "label", "group", "city", "differs", "note"} for mark in content["marks"])
    assert content["improvements"]
    assert content["next_steps"]


@pytest.mark.req("V01", "P05")
def test_both_owe_their_self_check_until_the_same_day(told: Told) -> None:
    story = told("self_checking")
    duties = turns(story.proposal)
    assert {(d.key, d.hat) for d in duties} == {(DutyKey.SELF_CHECK, Hat.MEMBER), (DutyKey.SELF_CHECK, Hat.SECTION)}
    assert len({d.due_on for d in duties}) == 1
    assert all(d.due_on is not None and d.due_on > clock.today() + timedelta(days=20) for d in duties)
