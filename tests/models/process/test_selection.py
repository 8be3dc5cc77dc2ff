"""審査: rounds one after the other, and the committee's conclusion, which is no decision yet."""

from typing import Any

import pytest
from sqlalchemy import select

from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models import clock
from models.judging.tables import RoundEntry
from models.process.sight import timeline, turns
from models.process.vocabulary import DutyKey, Hat, MoveKey, Sight, Stage, State
from models.public_list import Wanted, public_list
from tests.models.process.conftest import Told
from tests.models.process.programmes import (
    CONSULTED_FIRST,
    SECOND,
    THEMES,
    put_in_force,
    round_opened,
    scoring_closed,
)
from tests.models.process.refusing import lacking
from tests.models.process.selecting import ASKED_FOR, adopt, conclude, duties, judge, open_round

M = MoveKey


@pytest.mark.req("S03")
def test_who_passes_the_first_round_waits_for_the_second(told: Told) -> None:
    story = told("selecting")
    assert duties(story) == [(DutyKey.OPEN_ROUND, Hat.DESK)]
    judge(story)
    conclude(story)
    assert story.proposal.state is State.SELECTING
    assert (story.proposal.rounds_passed, story.proposal.round_id) == (1, None)
    assert duties(story) == [(DutyKey.OPEN_ROUND, Hat.DESK)]
    judge(story)
    conclude(story)
    assert story.proposal.rounds_passed == 2
    assert duties(story) == [(DutyKey.DECIDE, Hat.HEAD)]
    assert [c.round_key for c in story.proposal.conclusions] == ["documents", "hearing"]


def test_who_fails_the_first_round_goes_to_the_citys_decision_at_once(told: Told) -> None:
    story = told("selecting")
    judge(story)
    conclude(story, passed=False)
    assert duties(story) == [(DutyKey.DECIDE, Hat.HEAD)]
    assert story.proposal.rounds_passed == 0


def test_while_judges_score_it_is_their_turn_until_the_rounds_date(told: Told) -> None:
    story = told("selecting")
    judging = open_round(story)
    [duty] = [duty for duty in turns(story.proposal) if duty.key is not DutyKey.ANSWER]
    assert (duty.key, duty.hat, duty.subject_id, duty.due_on) == (
        DutyKey.SCORE, Hat.JUDGE, judging.id, judging.score_by,
    )  # fmt: skip
    with lacking(story, "round_id"):
        conclude(story)
    with lacking(story, "round_id"):
        story.do(M.CLOSE_ROUND, "nakamura")


def test_the_closing_is_taken_down_once_and_the_conclusion_is_owed(told: Told) -> None:
    story = told("selecting, scored")
    assert duties(story) == [(DutyKey.CONCLUDE, Hat.DESK)]
    with lacking(story, "round_id") as sentences:
        story.do(M.CLOSE_ROUND, "nakamura")
    assert "記録済み" in sentences[0]


def test_nothing_is_concluded_before_the_proposal_was_in_its_round(told: Told) -> None:
    story = told("selecting")
    with lacking(story, "round_id"):
        conclude(story)


def test_a_proposal_in_a_round_goes_into_no_other(told: Told) -> None:
    story = told("selecting, in a round")
    with lacking(story, "round_id"):
        story.do(M.OPEN_ROUND, "nakamura", round_id=story.proposal.round_id)


@pytest.mark.parametrize("wrong", [None, 0, 999_999, "documents"])
def test_a_round_is_one_that_there_is(wrong: object, told: Told) -> None:
    story = told("selecting")
    with lacking(story, "round_id"):
        story.do(M.OPEN_ROUND, "nakamura", round_id=wrong)


def test_a_round_of_another_call_turn_or_programme_or_a_closed_one_is_not_its_next(told: Told) -> None:
    story = told("selecting")
    judging = round_opened(story.session, story.proposal)
    kept = judging.call_key, judging.round_key, judging.edition_id, judging.closed_at
    elsewhere = put_in_force(story.session, SECOND).id
    for other in (
        {"call_key": "anytime"}, {"round_key": "hearing"}, {"edition_id": elsewhere}, {"closed_at": clock.now()},
    ):  # fmt: skip
        for name, value in other.items():
            setattr(judging, name, value)
        story.session.flush()
        with lacking(story, "round_id"):
            story.do(M.OPEN_ROUND, "nakamura", round_id=judging.id)
        judging.call_key, judging.round_key, judging.edition_id, judging.closed_at = kept
    story.session.flush()
    open_round(story)


def test_a_round_keeps_what_the_proposal_asks_for(told: Told) -> None:
    story = told("selecting, in a round")
    [entry] = story.session.scalars(select(RoundEntry))
    assert (entry.proposal_id, entry.asked) == (story.proposal.id, ASKED_FOR)


# The committee's conclusion


@pytest.mark.req("S02")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"passed": None}, "passed"),
        ({"passed": "yes"}, "passed"),
        ({"remarks": "　 "}, "remarks"),
        ({"remarks": "長" * 2001}, "remarks"),
        ({"opinion": "長" * 2001}, "opinion"),
        ({"amount": ASKED_FOR + 1}, "amount"),
        ({"amount": -1}, "amount"),
        ({"amount": 1.5}, "amount"),
        ({"amount": True}, "amount"),
        ({"amount": "300000"}, "amount"),
    ],
)
def test_a_conclusion_says_yes_or_no_why_and_no_more_than_was_asked_for(wrong: Any, field: str, told: Told) -> None:
    story = told("selecting, scored")
    with lacking(story, field):
        conclude(story, **wrong)


@pytest.mark.req("S02")
def test_a_conclusion_keeps_who_wrote_it_its_reasons_its_rank_and_points(told: Told) -> None:
    story = told("selecting, in a round")
    judging = scoring_closed(story.session, story.proposal, rank=2, points="22/3 (≈7.33)")
    story.do(M.CLOSE_ROUND, "nakamura")
    conclude(story, opinion="雨の日の進め方を決めること。", amount=ASKED_FOR)
    [kept] = story.proposal.conclusions
    assert (kept.round_id, kept.round_key, kept.passed) == (judging.id, "documents", True)
    assert (kept.rank, kept.points, kept.amount) == (2, "22/3 (≈7.33)", ASKED_FOR)
    assert (kept.remarks, kept.opinion) == ("地域に必要な事業です。", "雨の日の進め方を決めること。")
    assert kept.concluded_by_id == story.cast.people["kato"].id


def test_the_committees_conclusion_is_no_decision(told: Told) -> None:
    story = told("deciding")
    assert story.proposal.granted is None
    assert story.proposal.events[-1].sight is Sight.PARTIES


@pytest.mark.parametrize(
    ("scene", "rounds_passed", "passed"),
    [("deciding", 1, True), ("deciding, failed in the first round", 0, False), ("deciding without a round", 0, True)],
)
def test_a_returned_conclusion_is_written_again_where_it_was_written(
    scene: str, rounds_passed: int, passed: bool, told: Told
) -> None:
    story = told(scene)
    last = story.proposal.conclusions[-1]
    story.do(M.RETURN_CONCLUSION, "watanabe", reason="講評に理由を書き足してください。")
    assert story.proposal.state is State.SELECTING
    assert (story.proposal.round_id, story.proposal.rounds_passed) == (last.round_id, rounds_passed)
    assert duties(story) == [(DutyKey.CONCLUDE, Hat.DESK)]
    conclude(story, passed=not passed)
    assert story.proposal.conclusions[-1].round_key == last.round_key
    if scene == "deciding, failed in the first round":  # it goes on to the second round now
        assert duties(story) == [(DutyKey.OPEN_ROUND, Hat.DESK)]
    else:
        assert duties(story) == [(DutyKey.DECIDE, Hat.HEAD)]


def test_that_a_conclusion_went_back_is_known_in_the_city_alone(told: Told) -> None:
    story = told("deciding")
    with lacking(story, "reason"):
        story.do(M.RETURN_CONCLUSION, "watanabe", reason="")
    story.do(M.RETURN_CONCLUSION, "watanabe", reason="講評に理由を書き足してください。")
    returned = story.proposal.events[-1]
    assert returned in timeline(story.proposal, story.cast.actor(story.session, "kato"))
    assert returned not in timeline(story.proposal, story.cast.actor(story.session, "katsuragi"))


def test_a_call_without_judges_is_decided_all_the_same(told: Told) -> None:
    story = told("selecting without a round")
    assert duties(story) == [(DutyKey.CONCLUDE, Hat.DESK)]
    conclude(story)
    assert story.proposal.conclusions[-1].round_id is None
    adopt(story, amount=ASKED_FOR)
    assert story.proposal.state is State.ASSIGNING


def test_a_programme_that_does_not_select_goes_straight_to_consultation(told: Told) -> None:
    story = told("assigning")
    assert M.CONCLUDE not in {event.move for event in story.proposal.events}


def test_where_consultation_comes_first_selection_stays_in_its_stage_and_the_agreement_follows(told: Told) -> None:
    story = told("selecting after consultation")
    assert (story.proposal.state, story.proposal.stage) == (State.SELECTING, Stage.CONSULTATION)
    assert story.proposal.section_id == story.cast.departments["welfare-policy"].id
    conclude(story)
    story.do(M.ADOPT, "ito")
    assert (story.proposal.state, story.proposal.stage) == (State.DRAFTING, Stage.AGREEMENT)


def test_rounds_after_consultation_go_the_same_way(told: Told) -> None:
    story = told("draft")
    put_in_force(story.session, CONSULTED_FIRST)
    story = Story(story.session, story.cast, Plot(call=THEMES))
    story.do(M.ENTER, "katsuragi")
    story.do(M.TAKE_ENTRY, "nakamura", reason="お進めください。", talked_on=clock.today(), consented="福祉政策課")
    story.submit()
    story.accept()
    story.pass_screening()
    story.assign()
    story.take_on()
    story.consult()
    for _ in range(2):
        assert (story.proposal.state, story.proposal.stage) == (State.SELECTING, Stage.CONSULTATION)
        judge(story)
        conclude(story)
    story.do(M.ADOPT, "ito")
    assert (story.proposal.state, story.proposal.stage) == (State.PROVISIONAL, Stage.CONSULTATION)
    story.do(M.DECIDE_FINALLY, "ito", voted_on=clock.today())
    assert story.proposal.state is State.DRAFTING


@pytest.mark.req("S03")
def test_the_public_follows_the_way_through_the_rounds(told: Told) -> None:
    story = told("assigning, after the vote")
    moves = [event.move for event in reversed(timeline(story.proposal, None))]
    assert moves == [M.ACCEPT, M.CONFIRM_PASS, M.OPEN_ROUND, M.OPEN_ROUND, M.ADOPT, M.DECIDE_FINALLY]


@pytest.mark.req("S03")
@pytest.mark.parametrize(
    ("scene", "standing"),
    [
        ("selecting", Stage.SCREENING),
        ("deciding", Stage.SCREENING),
        ("provisional", Stage.SCREENING),
        ("selecting after consultation", Stage.CONSULTATION),
        ("deciding after consultation", Stage.CONSULTATION),
        ("provisional after consultation", Stage.CONSULTATION),
        ("assigning, after the vote", Stage.CONSULTATION),
        ("not_adopted", State.NOT_ADOPTED),
        ("registered", State.REGISTERED),
    ],
)
def test_the_public_finds_it_under_the_stage_it_stands_in(scene: str, standing: Stage | State, told: Told) -> None:
    story = told(scene)
    found = {place: public_list(story.session, Wanted(standing=place)).rows for place in (*Stage, *State)}
    under = {place for place, rows in found.items() if rows and (isinstance(place, Stage) or place is standing)}
    assert under == {standing}
