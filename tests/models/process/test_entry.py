"""仮申込, and the window of a call to the minute: what may be handed in when, and what waits until it is taken."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models import clock
from models.calendar import in_words
from models.calls import open_calls
from models.process.duties import follow_the_calls
from models.process.perform import refusal
from models.process.refusals import NotReady
from models.process.sight import timeline, turns
from models.process.vocabulary import DutyKey, Hat, MoveKey, State
from models.staff_entry import calls_on
from tests.models.process.conftest import Told
from tests.models.process.deeds import Deeds
from tests.models.process.programmes import ENTRY, THEMES, put_in_force, windowed
from tests.models.process.refusing import lacking

M = MoveKey
DAY = clock.today()
OPENS, CLOSES = timedelta(days=2), timedelta(days=30)
SECOND = timedelta(seconds=1)
SHORT = ENTRY.replace("      talk: true\n      consent: true\n", "")


def at(days: timedelta) -> datetime:
    """09:30 in Tokyo, so many days from today."""
    return clock.at_tokyo(DAY + days) + timedelta(hours=9, minutes=30)


def written(moment: datetime) -> str:
    """A moment as the programme's file writes it."""
    return f"{clock.in_tokyo(moment):%Y-%m-%d %H:%M}"


def called(told: Told, *, closes: timedelta = CLOSES, entry: str = "") -> Story:
    """A draft for a call that opens the day after tomorrow."""
    story = told("draft")
    put_in_force(story.session, windowed(written(at(OPENS)), written(at(closes)), entry=entry))
    return Story(story.session, story.cast, Plot(call=THEMES))


def prolong(story: Story, closes: timedelta, *, entry: str = "") -> None:
    """A later edition closes the call later."""
    put_in_force(story.session, windowed(written(at(OPENS)), written(at(closes)), entry=entry))


def enter(story: Story) -> None:
    """The group hands in its entry."""
    story.do(M.ENTER, "katsuragi")


def take_entry(story: Story, **details: Any) -> None:
    """The desk takes it."""
    good = Deeds(story, story.proposal, 0).details(M.TAKE_ENTRY, story.cast.actor(story.session, "nakamura"))
    story.do(M.TAKE_ENTRY, "nakamura", **{**good, **details})


@pytest.mark.req("I05", "T01")
@pytest.mark.parametrize("moment", [at(OPENS), at(CLOSES) - SECOND])
def test_a_call_takes_proposals_from_its_first_minute_to_its_last_second(moment: datetime, told: Told) -> None:
    story = called(told)
    with clock.standing_at(moment):
        story.submit()
    assert story.proposal.state is State.SUBMITTED
    assert story.proposal.submitted_at == moment


@pytest.mark.req("I05", "T01")
@pytest.mark.parametrize(("moment", "says"), [(at(OPENS) - SECOND, "から始まります"), (at(CLOSES), "締め切られました")])
def test_a_second_before_and_at_the_closing_minute_nothing_is_taken_and_the_draft_is_kept(
    moment: datetime, says: str, told: Told
) -> None:
    story = called(told)
    answers = dict(story.proposal.answers)
    with clock.standing_at(moment), lacking(story, "") as sentences:
        story.submit()
    assert says in sentences[0]
    assert "09:30" in sentences[0]
    assert story.proposal.state is State.DRAFT
    assert story.proposal.answers == answers


def test_a_call_that_closes_at_midnight_says_the_last_day_on_which_it_was_open(told: Told) -> None:
    story, last = told("draft"), DAY + timedelta(days=30)
    midnight = clock.at_tokyo(last + timedelta(days=1))
    put_in_force(story.session, windowed(written(clock.at_tokyo(DAY)), written(midnight)))
    story = Story(story.session, story.cast, Plot(call=THEMES))
    with clock.standing_at(midnight), lacking(story, "") as sentences:
        story.submit()
    assert f"募集は{in_words(last, 'ja')} 24:00に締め切られました。" in sentences[0]
    assert THEMES in [call.key for _, call in calls_on(story.session, last)]
    assert THEMES not in [call.key for _, call in calls_on(story.session, last + timedelta(days=1))]


def test_a_call_without_dates_is_always_open(told: Told) -> None:
    story = told("draft")
    for days in (0, 400):
        with clock.standing_at(clock.now() + timedelta(days=days)):
            assert "anytime" in [call.key for _, call in open_calls(story.session, clock.now())]


def test_the_calls_that_are_open_are_known_by_the_minute(told: Told) -> None:
    story = called(told)
    for moment, expected in ((at(OPENS) - SECOND, False), (at(OPENS), True), (at(CLOSES), False)):
        found = [call.key for _, call in open_calls(story.session, moment)]
        assert (THEMES in found) is expected


@pytest.mark.req("W01")
def test_a_later_edition_prolongs_the_call_for_drafts_that_began_under_the_old_one(told: Told) -> None:
    story = called(told)
    edition = story.proposal.edition_id
    prolong(story, CLOSES + timedelta(days=7))
    with clock.standing_at(at(CLOSES) + timedelta(days=7)), lacking(story, ""):
        story.submit()
    with clock.standing_at(at(CLOSES) + timedelta(days=7) - SECOND):
        story.submit()
    assert story.proposal.edition_id == edition


def test_what_was_handed_in_may_be_corrected_after_the_closing(told: Told) -> None:
    story = called(told)
    with clock.standing_at(at(CLOSES) - SECOND):
        story.submit()
    with clock.standing_at(at(CLOSES) + timedelta(days=5)):
        story.return_for_correction()
        story.submit()
    assert story.proposal.state is State.SUBMITTED
    assert [s.number for s in story.proposal.submissions] == [1, 2]


def test_where_an_entry_comes_first_the_proposal_waits_for_it(told: Told) -> None:
    story = told("draft for the themes")
    with lacking(story, "") as sentences:
        story.submit()
    assert sentences == ["先に「事前相談シート」が必要です。"]


def test_a_call_without_an_entry_takes_none(told: Told) -> None:
    story = told("draft")
    with lacking(story, "") as sentences:
        enter(story)
    assert "仮申込はありません" in sentences[0]


def test_an_entry_asks_its_own_questions_alone(told: Told) -> None:
    story = told("draft for the themes")
    story.proposal.answers = {"issue": "一人で過ごす子どもが増えています。", "purpose": "  "}
    story.proposal.title = ""
    story.session.flush()
    with lacking(story, "title", "call_theme", "purpose"):
        enter(story)
    story.proposal.answers = {
        **story.proposal.answers,
        "call_theme": "river",
        "purpose": "安心して過ごせる地域にします。",
    }
    story.proposal.title = "川辺の居場所"
    story.session.flush()
    enter(story)
    take_entry(story)
    refused = refusal(story.session, story.proposal, M.SUBMIT, story.cast.actor(story.session, "ono"))
    assert isinstance(refused, NotReady)
    assert {"process", "schedule", "cost_total"} <= {missing.field for missing in refused.missing}
    story.proposal.answers = {"call_theme": "river", **story.usual_answers()}
    story.session.flush()
    story.submit()
    assert story.proposal.state is State.SUBMITTED


def test_an_entry_gets_the_number_that_the_proposal_keeps(told: Told) -> None:
    story = told("entered")
    number = story.proposal.number
    assert number is not None
    take_entry(story)
    story.submit()
    assert story.proposal.number == number
    assert [s.number for s in story.proposal.submissions] == [1, 2]


@pytest.mark.parametrize("moment", [at(timedelta(days=10)), at(CLOSES) - SECOND])
def test_an_entry_has_a_closing_minute_of_its_own(moment: datetime, told: Told) -> None:
    closes = at(timedelta(days=10))
    entry = SHORT + f"      closes: {written(closes)}\n"
    story = called(told, entry=entry)
    with clock.standing_at(at(OPENS) - SECOND), lacking(story, ""):
        enter(story)
    with clock.standing_at(moment), lacking(story, "") as sentences:
        enter(story)
    assert "締め切られました" in sentences[0]
    later = SHORT + f"      closes: {written(moment + timedelta(minutes=1))}\n"
    prolong(story, CLOSES + timedelta(days=1), entry=later)
    with clock.standing_at(moment):
        enter(story)
    with clock.standing_at(at(CLOSES) + timedelta(hours=1)):
        take_entry(story)
        story.submit()
    assert story.proposal.state is State.SUBMITTED


def test_without_a_closing_minute_of_its_own_an_entry_is_taken_as_long_as_the_call(told: Told) -> None:
    story = called(told, entry=SHORT)
    with clock.standing_at(at(CLOSES)), lacking(story, ""):
        enter(story)
    with clock.standing_at(at(CLOSES) - SECOND):
        enter(story)
        take_entry(story)
    with clock.standing_at(at(CLOSES)), lacking(story, ""):
        story.submit()
    assert story.proposal.state is State.PLANNING


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "長" * 1001}, "reason"),
        ({"talked_on": None}, "talked_on"),
        ({"talked_on": "昨日"}, "talked_on"),
        ({"talked_on": clock.today() + timedelta(days=1)}, "talked_on"),
        ({"consented": "　"}, "consented"),
    ],
)
def test_the_desk_says_when_the_talk_was_and_which_section_agreed(wrong: Any, field: str, told: Told) -> None:
    story = told("entered")
    with lacking(story, field):
        take_entry(story, **wrong)


def test_what_was_talked_and_agreed_stands_in_the_history(told: Told) -> None:
    story = told("planning")
    event = story.proposal.events[-1]
    assert event.details["talked_on"] == clock.today().isoformat()
    assert event.details["consented"] == "福祉政策課"
    assert event in timeline(story.proposal, story.cast.actor(story.session, "ono"))


def test_a_call_that_asks_for_neither_talk_nor_consent_needs_only_an_answer(told: Told) -> None:
    story = called(told, entry=SHORT)
    with clock.standing_at(at(OPENS)):
        enter(story)
        story.do(M.TAKE_ENTRY, "nakamura", reason="提案書を書き進めてください。")
    assert story.proposal.state is State.PLANNING


def test_an_entry_is_not_public(told: Told) -> None:
    story = told("planning")
    assert story.proposal.public_since is None
    assert timeline(story.proposal, None) == []


def test_an_entry_lies_with_the_desk_and_then_with_the_group_until_the_closing(told: Told) -> None:
    story = called(told, entry=SHORT)
    with clock.standing_at(at(OPENS)):
        enter(story)
        assert [(d.key, d.hat) for d in turns(story.proposal)] == [(DutyKey.TAKE_ENTRY, Hat.DESK)]
        prolong(story, CLOSES + timedelta(days=3), entry=SHORT)
    with clock.standing_at(at(OPENS) + timedelta(minutes=1)):
        take_entry(story)
    [duty] = turns(story.proposal)
    assert (duty.key, duty.hat, duty.group_id) == (DutyKey.FINISH_PROPOSAL, Hat.MEMBER, story.proposal.group_id)
    assert duty.due_on == clock.in_tokyo(at(CLOSES + timedelta(days=3))).date()


def test_what_is_being_written_is_due_when_the_prolonged_call_closes(told: Told) -> None:
    story = called(told, entry=SHORT)
    with clock.standing_at(at(OPENS)):
        enter(story)
        take_entry(story)
    [duty] = turns(story.proposal)
    first = duty.reminded_on = clock.in_tokyo(at(CLOSES)).date()
    with clock.standing_at(at(OPENS) + timedelta(minutes=1)):
        follow_the_calls(story.session)
        assert (duty.due_on, duty.reminded_on) == (first, first)
        prolong(story, CLOSES + timedelta(days=3), entry=SHORT)
        follow_the_calls(story.session)
    assert (duty.due_on, duty.reminded_on) == (clock.in_tokyo(at(CLOSES + timedelta(days=3))).date(), None)


def test_an_entry_may_be_declined_on_formal_grounds(told: Told) -> None:
    story = told("entered")
    story.decline()
    assert story.proposal.state is State.DECLINED
    assert turns(story.proposal) == []


@pytest.mark.req("I10")
def test_one_office_takes_every_proposal_and_the_group_names_no_section(told: Told) -> None:
    story = told("draft for the themes")
    asked = {choice.label.ja for item in story.proposal.rules.proposal_items for choice in item.choices}
    assert not asked & {section.name for section in story.cast.departments.values()}
    enter(story)
    [duty] = turns(story.proposal)
    assert (duty.hat, duty.department_id) == (Hat.DESK, story.cast.departments["desk"].id)
    assert story.proposal.section_id is None


@pytest.mark.req("X06")
@pytest.mark.parametrize(
    "scene",
    [
        "entered", "planning", "selecting", "selecting, in a round", "selecting, scored", "selecting, one round passed",
        "deciding", "provisional", "selecting after consultation", "provisional after consultation",
    ],
)  # fmt: skip
def test_a_group_leaves_whenever_it_likes_without_a_reason(scene: str, told: Told) -> None:
    story = told(scene)
    story.do(M.WITHDRAW, "ono")
    assert story.proposal.state is State.WITHDRAWN
    assert turns(story.proposal) == []
    again = Story(story.session, story.cast, Plot(call=story.proposal.call_key))
    assert again.proposal.state is State.DRAFT
