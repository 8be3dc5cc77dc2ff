"""公表: the text for the public, seen by both first, released not a minute early, taken back with a visible reason."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from kyodo.demonstration.story import Story
from models import clock
from models.process.moves.publication import EDITABLE
from models.process.refusals import NotAllowed, NotPossible
from models.process.sight import timeline, turns
from models.process.vocabulary import DutyKey, Hat, MoveKey, Sight, State
from models.publication import Snapshot
from tests.models.process.conftest import Told
from tests.models.process.refusing import lacking

M = MoveKey


def latest(story: Story) -> Snapshot:
    """The snapshot that is being prepared or is out."""
    return story.proposal.snapshots[-1]


def owed(story: Story) -> set[tuple[DutyKey, Hat]]:
    """Who owes what."""
    return {(duty.key, duty.hat) for duty in turns(story.proposal)}


BOTH_LOOK = {(DutyKey.LOOK_OVER, Hat.MEMBER), (DutyKey.LOOK_OVER, Hat.SECTION)}


# What it says


def test_kyodo_makes_the_text_once_and_until_then_everybody_is_told_to_wait(told: Told) -> None:
    story = told("preparing")
    for move, who in ((M.LOOK_OVER, "ono"), (M.REVISE_SNAPSHOT, "nakamura"), (M.SCHEDULE_RELEASE, "nakamura")):
        with lacking(story, "") as sentences:
            story.do(move, who)
        assert "作成しています" in sentences[0]
    assert owed(story) == {(DutyKey.MAKE_SNAPSHOT, Hat.SYSTEM)}
    story.make_snapshot()
    with lacking(story, ""):
        story.do(M.MAKE_SNAPSHOT, None)
    assert owed(story) == BOTH_LOOK


@pytest.mark.req("B02", "B08")
def test_the_public_reads_both_sides_words_marks_and_money(told: Told) -> None:
    content = latest(told("preparing, text made")).content
    for key in ("title", "group", "section", "issue", "goals", "roles_group", "roles_city", "activities", "results"):
        assert content[key], key
    for key in ("improvements", "differences", "next_steps", "methods", "domain", "field", "period"):
        assert content[key], key
    assert len(content["marks"]) == 11
    by_item = {mark["item"]: mark for mark in content["marks"]}
    assert (by_item["budget"]["group"], by_item["budget"]["city"], by_item["budget"]["differs"]) == ("2", "3", True)
    assert not by_item["trust"]["differs"]
    assert content["beneficiaries"] == {"answers": 86, "satisfied": 79, "merits": story_merits()}
    assert content["amount"] == 300_000
    assert content["spent"] > 0


def story_merits() -> str:
    """What the demonstration's beneficiaries gained."""
    return "安心して過ごせる場所ができた。近所に知り合いが増えた。"


def test_no_person_stands_in_the_public_text(told: Told) -> None:
    story = told("preparing, text made")
    text = json.dumps(latest(story).content, ensure_ascii=False)
    for person in story.cast.people.values():
        assert person.name not in text
        assert person.name.split()[0] not in text
        assert person.email not in text


def test_later_changes_do_not_reach_the_text(told: Told) -> None:
    story = told("scheduled")
    before = json.dumps(latest(story).content, sort_keys=True)
    story.proposal.group.name = "別の名前"
    story.proposal.joint_sheets[-1].results = "別の成果"
    story.session.flush()
    assert json.dumps(latest(story).content, sort_keys=True) == before


# Seen by both first


@pytest.mark.req("P05")
def test_nothing_is_scheduled_before_both_have_seen_it(told: Told) -> None:
    story = told("preparing, group looked")
    with lacking(story, "") as sentences:
        story.schedule()
    assert sentences == ["双方の確認がまだそろっていません。担当課の確認を待っています。"]
    with lacking(story, ""):
        story.look_over_as("ono")
    story.look_over_as("takahashi")
    assert owed(story) == {(DutyKey.SCHEDULE_RELEASE, Hat.DESK)}
    story.schedule()


@pytest.mark.parametrize("number", [None, 0, 2, "1"])
def test_what_is_seen_is_the_text_that_stands(number: Any, told: Told) -> None:
    story = told("preparing, text made")
    with lacking(story, "based_on"):
        story.do(M.LOOK_OVER, "ono", number=number)


@pytest.mark.parametrize("who", ["ono", "takahashi"])
@pytest.mark.parametrize("scene", ["preparing, text made", "preparing, both looked", "scheduled"])
def test_either_side_may_ask_for_a_change_and_both_look_again(scene: str, who: str, told: Told) -> None:
    story = told(scene)
    with lacking(story, "reason") as sentences:
        story.do(M.OBJECT_TO_SNAPSHOT, who, reason="")
    assert sentences == ["直してほしい点を入力してください。"]
    event = story.do(M.OBJECT_TO_SNAPSHOT, who, reason="参加人数は延べです。")
    assert event.to_state is State.PREPARING
    assert latest(story).release_at is None
    assert owed(story) == {(DutyKey.CORRECT_PUBLICATION, Hat.DESK)}
    with lacking(story, ""):
        story.schedule()
    for looker in ("ono", "takahashi"):
        with lacking(story, ""):
            story.look_over_as(looker)
    story.do(M.REVISE_SNAPSHOT, "nakamura", number=1, results="延べ1,842人が利用しました。")
    assert (latest(story).number, latest(story).objection) == (2, "")
    assert latest(story).content["results"] == "延べ1,842人が利用しました。"
    assert owed(story) == BOTH_LOOK
    story.look_over()
    story.schedule()


def test_what_both_sides_want_changed_is_kept(told: Told) -> None:
    story = told("preparing, text made")
    story.do(M.OBJECT_TO_SNAPSHOT, "ono", reason="人数は延べです。")
    story.do(M.OBJECT_TO_SNAPSHOT, "takahashi", reason="年度を直してください。")
    assert latest(story).objection.splitlines() == ["人数は延べです。", "年度を直してください。"]


def test_the_desk_rewords_and_changes_no_figure_and_no_mark(told: Told) -> None:
    story = told("preparing, text made")
    before = latest(story).content
    changes = dict.fromkeys(EDITABLE, "書き直しました。")
    story.do(M.REVISE_SNAPSHOT, "nakamura", number=1, marks=[], amount=0, title="別の事業", **changes)
    after = latest(story).content
    assert {key for key in before if before[key] != after[key]} == set(EDITABLE)


@pytest.mark.parametrize("name", EDITABLE)
def test_a_text_is_not_emptied(name: str, told: Told) -> None:
    story = told("preparing, text made")
    with lacking(story, name):
        story.do(M.REVISE_SNAPSHOT, "nakamura", **{"number": 1, name: "　"})
    with lacking(story, "based_on"):
        story.do(M.REVISE_SNAPSHOT, "nakamura", **{"number": 0, name: "古い版から"})


# The moment


@pytest.mark.parametrize(
    "release_at",
    [None, "2099-01-01", datetime(2099, 1, 1), clock.now() - timedelta(days=1)],  # noqa: DTZ001 - is refused
)
def test_the_moment_is_still_to_come_and_has_a_zone(release_at: Any, told: Told) -> None:
    story = told("preparing, both looked")
    with lacking(story, "release_at"):
        story.do(M.SCHEDULE_RELEASE, "nakamura", release_at=release_at)


@pytest.mark.req("B02")
def test_it_comes_out_at_its_moment_and_not_a_second_before(told: Told) -> None:
    story = told("scheduled")
    moment = latest(story).release_at
    assert moment is not None
    with clock.standing_at(moment - timedelta(seconds=1)), lacking(story, "") as sentences:
        story.release()
    assert sentences == ["公表の日時はまだ来ていません。"]
    with clock.standing_at(moment):
        event = story.release()
        assert latest(story).released_at == moment
    assert story.proposal.state is State.PUBLISHED
    assert event.sight is Sight.PUBLIC
    assert turns(story.proposal) == []


def test_after_a_night_when_everything_was_down_it_comes_out_at_once(told: Told) -> None:
    story = told("scheduled")
    with clock.standing_at(clock.now() + timedelta(days=3)):
        story.release()
    assert story.proposal.state is State.PUBLISHED


def test_only_kyodo_releases(told: Told) -> None:
    story = told("scheduled for a moment that has come")
    for who in ("nakamura", "ono", "takahashi", "ito"):
        with pytest.raises(NotAllowed):
            story.do(M.RELEASE, who)


def test_a_postponement_says_why_and_takes_the_moment_away(told: Told) -> None:
    story = told("scheduled")
    with lacking(story, "reason"):
        story.do(M.POSTPONE_RELEASE, "nakamura", reason="")
    story.do(M.POSTPONE_RELEASE, "nakamura", reason="報告会に合わせるため。")
    assert latest(story).release_at is None
    with clock.standing_at(clock.now() + timedelta(days=3)), pytest.raises(NotPossible):
        story.release()
    story.schedule()
    assert latest(story).number == 1


def test_waiting_for_its_moment_it_is_kyodos_turn(told: Told) -> None:
    assert owed(told("scheduled")) == {(DutyKey.RELEASE, Hat.SYSTEM)}


# Taken back


def test_it_is_taken_back_with_its_reason_and_the_public_sees_that_it_was(told: Told) -> None:
    story = told("published")
    with lacking(story, "reason"):
        story.do(M.WITHDRAW_PUBLICATION, "nakamura", reason=" ")
    event = story.do(M.WITHDRAW_PUBLICATION, "nakamura", reason="参加者数に誤りがあったため。")
    assert latest(story).withdrawn_at == event.at
    assert latest(story).withdrawn_reason == "参加者数に誤りがあったため。"
    assert latest(story).released_at is not None
    assert timeline(story.proposal, None)[0] == event
    assert owed(story) == {(DutyKey.CORRECT_PUBLICATION, Hat.DESK)}


def test_it_comes_out_again_corrected_and_seen_by_both_and_the_old_one_stays_on_record(told: Told) -> None:
    story = told("unpublished")
    story.do(M.PREPARE_AGAIN, "nakamura")
    assert (latest(story).number, latest(story).content) == (2, story.proposal.snapshots[0].content)
    assert owed(story) == BOTH_LOOK
    story.do(M.REVISE_SNAPSHOT, "nakamura", number=2, results="延べ1,742人が利用しました。")
    story.look_over()
    moment = clock.now() + timedelta(hours=1)
    story.schedule(moment)
    with clock.standing_at(moment):
        story.release()
    first, _, third = story.proposal.snapshots
    assert first.withdrawn_at is not None
    assert first.content["results"] != third.content["results"]
    assert third.released_at == moment


@pytest.mark.req("B01")
def test_the_public_can_follow_every_stage(told: Told) -> None:
    story = told("published")
    public = list(reversed(timeline(story.proposal, None)))
    assert {event.stage for event in public} == {
        "screening", "consultation", "agreement", "execution", "review", "publication",
    }  # fmt: skip
    assert public[0].move is M.ACCEPT
    assert public[-1].move is M.RELEASE
