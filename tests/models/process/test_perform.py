"""What a move writes, and what happens to the second click, the old page and the second officer."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from kyodo.demonstration.story import Story
from models import clock
from models.execution import ReportKind
from models.history import Duty, Event
from models.outbox import OutboxMessage
from models.process.actors import SYSTEM
from models.process.perform import available, perform, refusal
from models.process.refusals import NotAllowed, NotPossible, NotReady
from models.process.sight import is_mine, turns
from models.process.vocabulary import DutyKey, FlowKey, Hat, MoveKey, Sight, Stage, State
from tests.models.process.conftest import Told
from tests.models.process.refusing import lacking
from tests.models.process.traces import rows

M = MoveKey


def click(story: Story, move: M, who: str, seen: int | None = None, **details: Any) -> Event:
    """One click on a page that was opened when the proposal stood at version `seen`."""
    return perform(story.session, story.proposal, move, story.cast.actor(story.session, who), seen=seen, **details)


# What is written


def test_one_move_writes_event_state_duties_and_promise_together(told: Told) -> None:
    story = told("submitted")
    before, version = rows(story.session), story.proposal.version
    event = click(story, M.ACCEPT, "nakamura")
    assert {name: count - before[name] for name, count in rows(story.session).items() if count != before[name]} == {
        "event": 1, "duty": 1, "outbox": 1, "finding": 10,
    }  # fmt: skip
    assert event.number == story.proposal.version == version + 1
    assert (event.from_state, event.to_state, event.stage) == (State.SUBMITTED, State.SCREENING, Stage.SCREENING)
    assert (event.actor_name, event.actor_body, event.hat) == ("中村 美咲", "市民協働課", Hat.DESK)
    assert event.sight is Sight.PUBLIC
    [closed] = [d for d in story.proposal.duties if d.closed_by_id == event.id]
    assert (closed.key, closed.closed_at) == (DutyKey.RECEIVE, event.at)
    [opened] = turns(story.proposal)
    assert (opened.key, opened.opened_by_id, opened.since) == (DutyKey.SCREEN, event.id, event.at)
    promise = story.session.scalars(select(OutboxMessage).where(OutboxMessage.event_id == event.id)).one()
    assert (promise.flow, promise.due_at, promise.done_at) == (FlowKey.SCREENING, event.at, None)


def test_a_move_without_a_flow_promises_nothing(told: Told) -> None:
    story = told("screening")
    event = click(story, M.RECORD_FINDINGS, "nakamura", findings={"law": {"verdict": "not_met"}})
    assert story.session.scalar(select(func.count()).where(OutboxMessage.event_id == event.id)) == 0


def test_kyodo_acts_under_its_own_name(told: Told) -> None:
    event = told("published").proposal.events[-1]
    assert (event.actor_id, event.actor_name, event.actor_body, event.hat) == (None, "Kyodo", "Kyodo", Hat.SYSTEM)


def test_an_end_keeps_the_stage_it_was_reached_from(told: Told) -> None:
    for scene, stage in (
        ("withdrawn draft", Stage.INTAKE),
        ("excluded", Stage.SCREENING),
        ("not_agreed", Stage.CONSULTATION),
        ("discontinued", Stage.EXECUTION),
    ):
        assert told(scene).proposal.stage is stage


def test_moments_are_kept_as_words_in_an_event(told: Told) -> None:
    story = told("preparing, both looked")
    moment = clock.now() + timedelta(days=2)
    event = click(story, M.SCHEDULE_RELEASE, "nakamura", release_at=moment)
    assert event.details["release_at"] == moment.isoformat()


def test_a_duty_that_goes_on_keeps_its_date(told: Told) -> None:
    story = told("screening")
    [before] = turns(story.proposal)
    with clock.standing_at(clock.now() + timedelta(days=30)):
        click(story, M.RECORD_FINDINGS, "nakamura", findings={"law": {"verdict": "not_met"}})
        click(story, M.COMMENT, "ono", reason="ありがとうございます。")
    [after] = turns(story.proposal)
    assert (after.id, after.due_on, after.since) == (before.id, before.due_on, before.since)


def test_whose_turn_it_is_is_mine_under_the_hat_that_owes_it(told: Told) -> None:
    story = told("assigned")
    [duty] = turns(story.proposal)
    mine = {who for who in story.cast.people if is_mine(duty, story.cast.actor(story.session, who), story.proposal)}
    assert mine == {"yamamoto"}


def test_the_nearest_date_comes_first_and_what_has_none_last(told: Told) -> None:
    story = told("running")
    dates = [duty.due_on for duty in turns(story.proposal)]
    assert dates == sorted(day for day in dates if day)
    for duty, day in zip(turns(story.proposal), (None, clock.today()), strict=True):
        duty.due_on = day
    assert [duty.due_on for duty in turns(story.proposal)] == [clock.today(), None]


# Listing and making


def test_a_button_that_waits_for_something_says_what(told: Told) -> None:
    story = told("consulting")
    offers = {o.key: o for o in available(story.session, story.proposal, story.cast.actor(story.session, "ono"))}
    assert not offers[M.CONFIRM_RECORD].ready
    assert [m.sentence.ja for m in offers[M.CONFIRM_RECORD].missing] == [
        "協議録がまだありません。",
        "双方が確認した議事録が1回分以上必要です。担当課が協議を行い、議事録を登録するのを待っています。",
    ]
    assert not offers[M.CONFIRM_MINUTES].ready
    assert offers[M.RECORD_MEETING].ready


def test_why_one_cannot_is_told_before_any_form_is_filled_in(told: Told) -> None:
    story = told("consulting")
    who = story.cast.actor(story.session, "ono")
    assert isinstance(refusal(story.session, story.proposal, M.ACCEPT, who), NotAllowed)
    assert isinstance(refusal(story.session, story.proposal, M.SUBMIT, who), NotPossible)
    assert isinstance(refusal(story.session, story.proposal, M.CONFIRM_RECORD, who), NotReady)
    assert refusal(story.session, story.proposal, M.WRITE_RECORD, who) is None


def test_a_refusal_names_who_can(told: Told) -> None:
    story = told("assigned")
    with pytest.raises(NotAllowed) as caught:
        click(story, M.TAKE_ON, "takahashi")
    assert caught.value.sentence.ja == "「引き受ける」ができるのは担当課長です。"
    assert caught.value.sentence.en == "Only the head of the section can do this: Take it on."


def test_a_refusal_before_anything_happened_says_where_it_stands(told: Told) -> None:
    story = told("draft")
    with pytest.raises(NotPossible) as caught:
        click(story, M.WRITE_RECORD, "ono", content=story.record_content())
    assert caught.value.sentence.ja == (
        "この提案は今「下書き」のため、「協議録を書く」はできません。今は提案団体の番です。"
    )


# The second click


@pytest.mark.parametrize(
    ("scene", "move", "who"),
    [("draft", M.SUBMIT, "ono"), ("submitted", M.ACCEPT, "nakamura"), ("consulting", M.COMMENT, "ono")],
)
def test_a_double_click_happens_once_and_answers_with_the_first(scene: str, move: M, who: str, told: Told) -> None:
    story = told(scene)
    seen, details = story.proposal.version, {"reason": "よろしくお願いします。"}
    first = click(story, move, who, seen, **details)
    before = rows(story.session)
    assert click(story, move, who, seen, **details) is first
    assert rows(story.session) == before


def test_the_same_words_sent_again_from_a_new_page_are_said_again(told: Told) -> None:
    story = told("consulting")
    first = click(story, M.COMMENT, "ono", story.proposal.version, reason="いかがでしょうか。")
    second = click(story, M.COMMENT, "ono", story.proposal.version, reason="いかがでしょうか。")
    assert first is not second


def test_other_words_or_another_person_are_no_double_click(told: Told) -> None:
    story = told("consulting")
    seen = story.proposal.version
    events = [
        click(story, M.COMMENT, "ono", seen, reason="はい。"),
        click(story, M.COMMENT, "ono", seen, reason="いいえ。"),
        click(story, M.COMMENT, "katsuragi", seen, reason="はい。"),
    ]
    assert len({event.id for event in events}) == 3


def test_a_double_click_on_a_signature_signs_once(told: Told) -> None:
    story = told("signing")
    seen, details = story.proposal.version, {"typed_name": "葛城 花子", "content_hash": story.content_hash()}
    first = click(story, M.SIGN, "katsuragi", seen, **details)
    assert click(story, M.SIGN, "katsuragi", seen, **details) is first
    assert len(story.proposal.agreements[-1].signatures) == 1


# The old page


def test_a_decision_on_a_page_from_before_the_last_turn_is_not_made(told: Told) -> None:
    story = told("submitted")
    seen = story.proposal.version
    story.return_for_correction()
    story.proposal.answers = {**story.proposal.answers, "purpose": "すっかり書き直しました。"}
    story.submit()
    with lacking(story, "") as sentences:
        click(story, M.ACCEPT, "kobayashi", seen)
    assert sentences == [
        "画面を開いた後に、川辺のみまもりが「提出する」を行いました。今の内容を確かめて、もう一度行ってください。"
    ]
    click(story, M.ACCEPT, "kobayashi", story.proposal.version)


def test_an_old_page_does_not_tell_the_group_what_only_the_city_sees(told: Told) -> None:
    story = told("screening, a ground applies")
    seen = story.proposal.version
    story.send_exclusion()
    with lacking(story, "") as sentences:
        click(story, M.WITHDRAW, "katsuragi", seen)
    assert sentences == [
        "画面を開いた後に、この提案は「審査結果の確認中」になりました。今の内容を確かめて、もう一度行ってください。"
    ]


def test_a_second_opinion_is_of_the_findings_as_they_stand(told: Told) -> None:
    story = told("pass_proposed")
    seen = story.proposal.version
    story.do(M.SEND_BACK_SCREENING, "kato", reason="もう一度。")
    story.find(unwanted="近隣の声があるため。")
    story.propose_pass()
    with lacking(story, ""):
        click(story, M.CONFIRM_PASS, "kobayashi", seen)


def test_what_does_not_move_the_proposal_may_come_from_an_old_page(told: Told) -> None:
    story = told("consulting, group confirmed")
    seen = story.proposal.version
    story.confirm_record("takahashi")
    event = click(story, M.COMMENT, "ono", seen, reason="よい協議でした。")
    assert event.from_state is State.DRAFTING


def test_a_page_from_which_only_words_were_exchanged_still_decides(told: Told) -> None:
    story = told("submitted")
    seen = story.proposal.version
    click(story, M.COMMENT, "ono", reason="いつごろ分かりますか。")
    click(story, M.ACCEPT, "nakamura", seen)


def test_a_page_of_a_version_that_never_was_is_taken_as_the_present_one(told: Told) -> None:
    story = told("submitted")
    click(story, M.ACCEPT, "nakamura", 999)


# The second officer


@pytest.mark.parametrize(
    ("scene", "first", "second", "told_then"),
    [
        ("submitted", M.ACCEPT, M.DECLINE, "先に市民協働課が「受理する」を行いました。"),
        ("pass_proposed", M.CONFIRM_PASS, M.SEND_BACK_SCREENING, "先に市民協働課が「通過を確認する」を行いました。"),
    ],
)
def test_the_second_of_two_officers_is_told_who_was_first(
    scene: str, first: M, second: M, told_then: str, told: Told
) -> None:
    story = told(scene)
    seen, details = story.proposal.version, {"ground": "duplicate", "reason": "同じ提案です。"}
    click(story, first, "kobayashi", seen)
    with pytest.raises(NotPossible) as caught:
        click(story, second, "kato", seen, **details)
    assert told_then in caught.value.sentence.ja
    assert caught.value.sentence.ja.endswith("今は市民協働課の番です。")
    assert caught.value.sentence.en.endswith("Now it is the turn of the program office.")


def test_a_report_accepted_by_a_colleague_is_not_returned(told: Told) -> None:
    story = told("running, interim handed in")
    seen = story.proposal.version
    [report] = [r for r in story.proposal.reports if r.kind is ReportKind.INTERIM]
    click(story, M.ACCEPT_REPORT, "takahashi", seen, report_id=report.id)
    with lacking(story, ""):
        click(story, M.RETURN_REPORT, "yamamoto", seen, report_id=report.id, reason="足りません。")
    assert report.returned_at is None


def test_history_is_never_rewritten(told: Told) -> None:
    story = told("published")
    columns = Event.__table__.c
    before = story.session.execute(select(*columns).order_by(Event.id)).all()
    story.withdraw_publication()
    story.do(M.PREPARE_AGAIN, "nakamura")
    after = story.session.execute(select(*columns).order_by(Event.id)).all()
    assert after[: len(before)] == before
    assert [row.number for row in after] == list(range(1, len(after) + 1))
    closed = story.session.scalars(select(Duty).where(Duty.closed_at.is_not(None)))
    assert all(duty.closed_by_id for duty in closed)


def test_kyodo_makes_no_move_of_people(told: Told) -> None:
    story = told("submitted")
    assert available(story.session, story.proposal, SYSTEM) == []
    with pytest.raises(NotAllowed):
        perform(story.session, story.proposal, M.ACCEPT, SYSTEM)
