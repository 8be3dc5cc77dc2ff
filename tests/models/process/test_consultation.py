"""事前協議: the section and its trail of declines, minutes, and the record that both confirm in the same version."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from kyodo.demonstration.story import Story
from models import clock
from models.consultation import Confirmation
from models.people import Tenure
from models.process.refusals import NotAllowed, NotPossible
from models.process.sight import timeline, turns
from models.process.vocabulary import DutyKey, Hat, MoveKey, Side, Sight, State, Subject
from models.programme.library import DEFAULT, programme
from tests.models.process.conftest import Told
from tests.models.process.refusing import lacking

M = MoveKey
REQUIRED = [item.key for item in programme(DEFAULT).consultation_items if item.required]
MEETING: dict[str, Any] = {"participants": "団体2人、担当課2人", "minutes": "役割分担を確かめた。"}


def write(story: Story, who: str = "takahashi", based_on: int | None = None, **changes: Any) -> None:
    """Save a version of the record that differs in some items."""
    content = {**story.record_content(), **changes}
    latest = len(story.proposal.records) if based_on is None else based_on
    story.do(M.WRITE_RECORD, who, content=content, based_on=latest)


def owed(story: Story) -> set[tuple[DutyKey, Hat]]:
    """Who owes what."""
    return {(duty.key, duty.hat) for duty in turns(story.proposal)}


# The section


@pytest.mark.parametrize("section_id", [None, 0, 999_999, "", "green"])
def test_the_section_is_one_that_exists(section_id: Any, told: Told) -> None:
    story = told("assigning")
    with lacking(story, "section_id"):
        story.do(M.ASSIGN_SECTION, "nakamura", section_id=section_id, reason="所管のため。")


@pytest.mark.req("O02")
def test_the_section_has_a_head_today_who_can_take_it_on(told: Told) -> None:
    story = told("assigning")
    section, head = story.cast.departments["green"], story.cast.people["kimura"]
    without_head = story.cast.departments["welfare"]
    with lacking(story, "section_id"):
        story.do(M.ASSIGN_SECTION, "nakamura", section_id=without_head.id, reason="所管のため。")
    tenure = story.session.scalars(select(Tenure).where(Tenure.person_id == head.id)).one()
    tenure.until = clock.today() - timedelta(days=1)
    story.session.flush()
    with lacking(story, "section_id"):
        story.do(M.ASSIGN_SECTION, "nakamura", section_id=section.id, reason="所管のため。")
    tenure.until = clock.today()
    story.session.flush()
    story.do(M.ASSIGN_SECTION, "nakamura", section_id=section.id, reason="所管のため。")
    [duty] = turns(story.proposal)
    assert (duty.key, duty.hat, duty.department_id) == (DutyKey.TAKE_ON, Hat.SECTION_HEAD, section.id)


def test_a_section_that_was_closed_is_none(told: Told) -> None:
    story = told("assigning")
    story.cast.departments["green"].closed_on = date(2025, 3, 31)
    story.session.flush()
    with lacking(story, "section_id"):
        story.do(M.ASSIGN_SECTION, "nakamura", section_id=story.cast.departments["green"].id, reason="所管のため。")


def test_choosing_a_section_says_why(told: Told) -> None:
    story = told("assigning")
    with lacking(story, "reason"):
        story.do(M.ASSIGN_SECTION, "nakamura", section_id=story.cast.departments["green"].id, reason="")


@pytest.mark.req("S03")
def test_the_trail_of_declines_is_open_to_all(told: Told) -> None:
    story = told("assigned")
    with lacking(story, "reason"):
        story.do(M.DECLINE_ASSIGNMENT, "yamamoto", reason="　")
    story.do(M.DECLINE_ASSIGNMENT, "yamamoto", reason="緑地の利用が中心のため。")
    assert story.proposal.section_id is None
    green = story.cast.departments["green"]
    story.do(M.ASSIGN_SECTION, "nakamura", section_id=green.id, reason="緑地の利用が中心のため。")
    story.do(M.TAKE_ON, "kimura")
    trail = [(event.move, event.details.get("section")) for event in reversed(timeline(story.proposal, None))]
    assert trail[-4:] == [
        (M.ASSIGN_SECTION, "福祉政策課"),
        (M.DECLINE_ASSIGNMENT, "福祉政策課"),
        (M.ASSIGN_SECTION, "みどり推進課"),
        (M.TAKE_ON, None),
    ]
    group = timeline(story.proposal, story.cast.actor(story.session, "ono"))
    assert "緑地の利用が中心のため。" in {event.reason for event in group if event.move is M.DECLINE_ASSIGNMENT}


@pytest.mark.req("I10")
def test_a_section_that_gave_it_back_has_no_say_any_more_and_the_desk_goes_on(told: Told) -> None:
    story = told("assigned")
    story.decline_assignment()
    with pytest.raises(NotAllowed):
        story.do(M.TAKE_ON, "yamamoto")
    assert owed(story) == {(DutyKey.ASSIGN, Hat.DESK)}


# Meetings and minutes

NEEDED = "双方が確認した議事録が1回分以上必要です。"


@pytest.mark.req("C02")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"held_on": None}, "held_on"),
        ({"held_on": "2026-01-01"}, "held_on"),
        ({"held_on": date(2199, 1, 1)}, "held_on"),
        ({"participants": " "}, "participants"),
        ({"minutes": ""}, "minutes"),
        ({"next_on": "soon"}, "next_on"),
        ({"place": "室" * 201}, "place"),
    ],
)
def test_minutes_say_when_who_and_what(change: dict[str, Any], field: str, told: Told) -> None:
    story = told("consulting")
    with lacking(story, field):
        story.do(M.RECORD_MEETING, "takahashi", **{"held_on": clock.today(), **MEETING, **change})


@pytest.mark.req("C02")
def test_the_record_is_not_confirmed_before_a_meeting_stands_in_minutes_that_both_confirmed(told: Told) -> None:
    story = told("consulting")
    story.write_record()
    with lacking(story, "") as sentences:
        story.confirm_record("katsuragi")
    assert sentences == [f"{NEEDED}担当課が協議を行い、議事録を登録するのを待っています。"]
    story.hold_meeting()
    with lacking(story, "") as sentences:
        story.confirm_record("katsuragi")
    assert sentences == [f"{NEEDED}提案団体の確認を待っています。"]
    story.confirm_minutes()
    story.confirm_record("katsuragi")


@pytest.mark.req("C04")
@pytest.mark.parametrize(("writer", "other"), [("takahashi", "ono"), ("ono", "takahashi")])
def test_either_side_writes_corrects_and_confirms_minutes(writer: str, other: str, told: Told) -> None:
    story = told("consulting")
    sides = {"ono": Side.GROUP, "takahashi": Side.CITY}
    story.do(M.RECORD_MEETING, writer, held_on=clock.today(), **MEETING)
    [meeting] = story.proposal.meetings
    assert meeting.written_side is sides[writer]
    hat = Hat.MEMBER if other == "ono" else Hat.SECTION
    assert (DutyKey.CONFIRM_MINUTES, hat) in owed(story)
    story.do(
        M.CORRECT_MINUTES, other, meeting_id=meeting.id, based_on=1, held_on=clock.today(),
        participants="団体2人、担当課2人", minutes="役割分担と費用を確かめた。", open_points="鍵の管理",
    )  # fmt: skip
    assert (meeting.edition, meeting.written_side) == (2, sides[other])
    hat = Hat.MEMBER if writer == "ono" else Hat.SECTION
    assert {h for key, h in owed(story) if key is DutyKey.CONFIRM_MINUTES} == {hat}
    with lacking(story, "based_on"):
        story.do(M.CONFIRM_MINUTES, writer, meeting_id=meeting.id, edition=1)
    story.do(M.CONFIRM_MINUTES, writer, meeting_id=meeting.id, edition=2)
    assert DutyKey.CONFIRM_MINUTES not in {key for key, _ in owed(story)}


def test_a_correction_is_not_written_over_one_that_came_between(told: Told) -> None:
    story = told("consulting, minutes written")
    [meeting] = story.proposal.meetings
    details = {"meeting_id": meeting.id, "held_on": clock.today(), **MEETING}
    story.do(M.CORRECT_MINUTES, "ono", **details, based_on=1)
    for based_on in (1, 0, None):
        with lacking(story, "based_on"):
            story.do(M.CORRECT_MINUTES, "takahashi", **details, based_on=based_on)
    with lacking(story, "meeting_id"):
        story.do(M.CORRECT_MINUTES, "takahashi", **{**details, "meeting_id": 999}, based_on=2)
    story.do(M.CORRECT_MINUTES, "takahashi", **details, based_on=2)
    assert meeting.edition == 3


def test_minutes_are_confirmed_once_by_each_side(told: Told) -> None:
    story = told("consulting, minutes confirmed")
    [meeting] = story.proposal.meetings
    for who in ("katsuragi", "ono", "takahashi"):
        with lacking(story, ""):
            story.do(M.CONFIRM_MINUTES, who, meeting_id=meeting.id, edition=1)
    with lacking(story, ""):
        story.do(M.CONFIRM_MINUTES, "ono", meeting_id=999, edition=1)


def test_a_correction_after_both_confirmed_opens_the_question_again(told: Told) -> None:
    story = told("consulting, record written")
    [meeting] = story.proposal.meetings
    story.do(M.CORRECT_MINUTES, "takahashi", meeting_id=meeting.id, based_on=1, held_on=clock.today(), **MEETING)
    with lacking(story, ""):
        story.confirm_record("katsuragi")
    story.do(M.CONFIRM_MINUTES, "ono", meeting_id=meeting.id, edition=2)
    story.confirm_record("katsuragi")


@pytest.mark.req("S03")
def test_that_they_met_is_public_and_what_they_said_is_theirs(told: Told) -> None:
    story = told("consulting, minutes written")
    [event] = [e for e in timeline(story.proposal, None) if e.move is M.RECORD_MEETING]
    assert set(event.details) == {"meeting", "held_on", "mark"}
    assert event.reason == ""


# The record


@pytest.mark.req("C01", "P04", "P06", "P13", "C03", "C05", "C06")
@pytest.mark.parametrize("blank", [None, "", " ", []])
@pytest.mark.parametrize("key", REQUIRED)
def test_nobody_confirms_a_record_that_lacks_something(key: str, blank: Any, told: Told) -> None:
    story = told("consulting, minutes confirmed")
    write(story, **{key: blank})
    for who in ("katsuragi", "takahashi"):
        with lacking(story, key):
            story.confirm_record(who)
    assert (DutyKey.WRITE_RECORD, Hat.SECTION) in owed(story)


def test_the_record_asks_for_purpose_goals_with_a_date_and_process_roles_method_and_domain() -> None:
    assert {
        "purpose", "goals", "goals_by", "process", "roles_group", "roles_city", "characteristics", "cooperation",
        "schedule", "cost_split", "methods", "method_reason", "domain", "principles",
    } == set(REQUIRED)  # fmt: skip


@pytest.mark.req("P10", "C03")
def test_every_principle_is_confirmed_before_the_start(told: Told) -> None:
    story = told("consulting, minutes confirmed")
    principles = [p.key for p in programme(DEFAULT).principles]
    for left_out in principles:
        write(story, principles=[key for key in principles if key != left_out])
        with lacking(story, "principles"):
            story.confirm_record("katsuragi")
    write(story)
    story.confirm_record("katsuragi")


@pytest.mark.req("P16")
def test_methods_may_be_combined(told: Told) -> None:
    story = told("consulting, minutes confirmed")
    write(story, methods=["subsidy", "cohosting"])
    story.confirm_record("katsuragi")
    story.confirm_record("takahashi")
    assert story.proposal.state is State.DRAFTING


@pytest.mark.req("C08", "C04")
def test_differences_may_stand_in_the_record_and_need_not_be_settled(told: Told) -> None:
    story = told("consulting, minutes confirmed")
    write(story, who="ono", differences="開所する曜日について意見が分かれている。")
    story.confirm_record("katsuragi")
    story.confirm_record("takahashi")
    assert story.proposal.state is State.DRAFTING
    assert story.proposal.records[-1].content["differences"] == "開所する曜日について意見が分かれている。"


@pytest.mark.parametrize(
    ("key", "wrong"), [("methods", ["magic"]), ("domain", "z"), ("goals_by", "春"), ("purpose", "長" * 601)]
)
def test_an_item_that_cannot_be_is_refused_at_once(key: str, wrong: Any, told: Told) -> None:
    story = told("consulting")
    with lacking(story, key):
        write(story, **{key: wrong})


@pytest.mark.parametrize("content", [None, {}])
def test_an_empty_record_is_none(content: Any, told: Told) -> None:
    story = told("consulting")
    with lacking(story, ""):
        story.do(M.WRITE_RECORD, "ono", content=content, based_on=0)


def test_saving_the_same_again_makes_no_version(told: Told) -> None:
    story = told("consulting, group confirmed")
    with lacking(story, ""):
        write(story)
    assert story.proposal.records[-1].number == 1


def test_a_version_is_not_written_over_one_that_came_between(told: Told) -> None:
    story = told("consulting, record written")
    write(story, who="ono", schedule="5月から始める。")
    for based_on in (1, 0, None, "2"):
        with lacking(story, "based_on") as sentences:
            story.do(
                M.WRITE_RECORD, "takahashi", content={**story.record_content(), "purpose": "別"}, based_on=based_on
            )
        assert "第2版" in sentences[0]
    write(story, schedule="6月から始める。", based_on=2)
    assert [r.number for r in story.proposal.records] == [1, 2, 3]
    assert [r.written_side for r in story.proposal.records] == [Side.CITY, Side.GROUP, Side.CITY]


@pytest.mark.req("P13", "C05")
@pytest.mark.parametrize("first", ["katsuragi", "takahashi"])
def test_both_confirm_the_same_version_or_it_is_not_settled(first: str, told: Told) -> None:
    story = told("consulting, record written")
    second = "takahashi" if first == "katsuragi" else "katsuragi"
    story.confirm_record(first)
    write(story, domain="c")
    with lacking(story, "based_on"):
        story.do(M.CONFIRM_RECORD, second, number=1)
    assert story.do(M.CONFIRM_RECORD, second, number=2).to_state is State.CONSULTING
    assert (DutyKey.CONFIRM_RECORD, Hat.MEMBER if first == "katsuragi" else Hat.SECTION) in owed(story)
    assert story.do(M.CONFIRM_RECORD, first, number=2).to_state is State.DRAFTING
    confirmed = story.session.scalars(select(Confirmation).where(Confirmation.subject == Subject.RECORD))
    assert sorted((c.subject_id, c.side) for c in confirmed if c.subject_id == 2) == [(2, "city"), (2, "group")]


def test_a_side_confirms_a_version_once(told: Told) -> None:
    story = told("consulting, group confirmed")
    for who in ("katsuragi", "ono"):
        with lacking(story, ""):
            story.confirm_record(who)


@pytest.mark.req("I02")
def test_no_agreement_is_written_before_both_have_settled_the_plan(told: Told) -> None:
    story = told("consulting, group confirmed")
    for who in ("katsuragi", "takahashi"):
        with pytest.raises(NotPossible):
            story.do(M.WRITE_AGREEMENT, who, **story.agreement_details(), based_on=0)


# Talking and parting


@pytest.mark.req("C04")
@pytest.mark.parametrize("who", ["ono", "takahashi", "nakamura"])
def test_messages_go_every_way_and_to_the_parties_alone(who: str, told: Told) -> None:
    story = told("consulting")
    with lacking(story, "reason") as sentences:
        story.do(M.COMMENT, who, reason=" ")
    assert sentences == ["メッセージを入力してください。"]
    event = story.do(M.COMMENT, who, reason="会場の鍵はどちらが預かりますか。")
    assert event.sight is Sight.PARTIES
    for reader in ("ono", "takahashi", "nakamura"):
        assert timeline(story.proposal, story.cast.actor(story.session, reader))[0] == event
    assert event not in timeline(story.proposal, None)


@pytest.mark.parametrize("who", ["ono", "takahashi"])
def test_either_side_may_end_the_talks_and_says_why(who: str, told: Told) -> None:
    story = told("consulting")
    with lacking(story, "reason"):
        story.do(M.END_CONSULTATION, who, reason="")
    story.do(M.END_CONSULTATION, who, reason="時間帯について考えが合わなかったため。")
    assert story.proposal.state is State.NOT_AGREED
    assert turns(story.proposal) == []


def test_a_section_that_took_it_on_owes_a_meeting_and_a_record(told: Told) -> None:
    assert owed(told("consulting")) == {(DutyKey.HOLD_MEETING, Hat.SECTION), (DutyKey.WRITE_RECORD, Hat.SECTION)}
