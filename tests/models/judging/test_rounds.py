"""Opening a round, and who comes into it and out of it."""

from datetime import timedelta

import pytest

from models import clock
from models.editions import take_up
from models.judging.rounds import (
    add_proposal,
    change_round,
    find_round,
    latecomers,
    open_round,
    openings,
    rounds_run_by,
    rules_for,
    standing,
    take_out,
)
from models.people import MemberRole, Membership
from models.process.perform import perform
from models.process.refusals import NotPossible
from models.process.sight import turns
from models.process.vocabulary import DutyKey, MoveKey
from tests.models.judging.conftest import Lacking
from tests.support.editions import changed
from tests.support.selection import UNDATED, Hall, waiting


@pytest.mark.req("S03")
def test_a_round_takes_all_that_wait_for_it_and_everybody_sees_that_judging_began(hall: Hall) -> None:
    [opening] = openings(hall.session, hall.actor())
    assert opening.rules.key == "documents"
    assert [proposal.title for proposal in opening.proposals] == [p.title for p in hall.proposals]
    judging = hall.open()
    assert [entry.asked for entry in standing(judging)] == [300_000] * 3
    assert openings(hall.session, hall.actor()) == []
    for proposal in hall.proposals:
        assert proposal.events[-1].move is MoveKey.OPEN_ROUND
        [duty] = [duty for duty in turns(proposal) if duty.key is DutyKey.SCORE]
        assert duty.due_on == judging.score_by


def test_a_round_needs_proposals_a_last_day_and_a_budget_that_can_be_paid(hall: Hall, lacking: Lacking) -> None:
    [opening] = openings(hall.session, hall.actor())
    ids = [proposal.id for proposal in hall.proposals]
    soon = clock.today() + timedelta(days=3)
    with lacking("proposals"):
        open_round(hall.session, hall.actor(), opening, proposal_ids=[], score_by=soon, budget=None)
    with lacking("score_by"):
        open_round(hall.session, hall.actor(), opening, proposal_ids=ids, score_by=None, budget=None)
    yesterday = clock.today() - timedelta(days=1)
    with lacking("score_by"):
        open_round(hall.session, hall.actor(), opening, proposal_ids=ids, score_by=yesterday, budget=None)
    with lacking("budget"):
        open_round(hall.session, hall.actor(), opening, proposal_ids=ids, score_by=soon, budget=-1)
    assert rounds_run_by(hall.session, hall.actor()) == []


def test_a_round_keeps_the_rules_it_was_opened_under(hall: Hall) -> None:
    judging = hall.open()
    stricter = changed(("pass_mark: {percent: 60}", "pass_mark: {percent: 90}"), text=UNDATED)
    take_up(hall.session, stricter, person_id=None, in_force_from=clock.now())
    mark = rules_for(hall.session, judging).pass_mark
    assert mark is not None
    assert mark.percent == 60
    late = waiting(hall.session, hall.cast, "川の学校", "farm", "kikuchi")
    assert latecomers(hall.session, hall.actor(), judging) == []
    [opening] = openings(hall.session, hall.actor())
    assert opening.proposals == (late,)


def test_editions_that_judge_alike_go_into_one_round(hall: Hall) -> None:
    other_words = changed(("{ja: 福祉, en: Welfare}", "{ja: 保健と福祉, en: Health}"), text=UNDATED)
    latest = take_up(hall.session, other_words, person_id=None, in_force_from=clock.now())
    late = waiting(hall.session, hall.cast, "川の学校", "farm", "kikuchi")
    [opening] = openings(hall.session, hall.actor())
    assert late in opening.proposals
    assert len(opening.proposals) == 4
    assert opening.edition_id == latest.id


def test_programmes_that_judge_alike_keep_their_rounds_apart(hall: Hall) -> None:
    own = take_up(
        hall.session,
        changed(("key: aobagawa\n", "key: elsewhere\n"), text=UNDATED),
        person_id=None,
        in_force_from=clock.now(),
    )
    other = waiting(hall.session, hall.cast, "川の学校", "farm", "kikuchi")
    other.edition_id = own.id
    hall.session.flush()
    first, second = openings(hall.session, hall.actor())
    assert len(first.proposals) == 3
    assert second.proposals == (other,)
    judging = open_round(
        hall.session, hall.actor(), first, proposal_ids=[p.id for p in first.proposals],
        score_by=clock.today() + timedelta(days=14), budget=None,
    )  # fmt: skip
    assert latecomers(hall.session, hall.actor(), judging) == []


def test_a_latecomer_gives_every_judge_a_sheet_more(hall: Hall) -> None:
    judging = hall.open(hall.proposals[:2])
    judge = hall.judge(judging)
    hall.declare(judge)
    for proposal in hall.proposals[:2]:
        hall.score(judge, proposal)
    assert judge.finished_at is not None
    assert latecomers(hall.session, hall.actor(), judging) == [hall.proposals[2]]
    add_proposal(hall.session, hall.actor(), judging, hall.proposals[2])
    assert [entry.proposal_id for entry in standing(judging)] == [p.id for p in hall.proposals]
    assert judge.finished_at is None
    with pytest.raises(NotPossible):
        add_proposal(hall.session, hall.actor(), judging, hall.proposals[2])


def test_what_is_taken_out_waits_again_and_its_group_is_told_why(hall: Hall, lacking: Lacking) -> None:
    judging = hall.open()
    first = hall.proposals[0]
    with lacking("reason"):
        take_out(hall.session, hall.actor(), judging, first, " ")
    take_out(hall.session, hall.actor(), judging, first, "書類が足りないため。")
    assert len(standing(judging)) == 2
    assert first.round_id is None
    assert first.events[-1].move is MoveKey.COMMENT
    assert "書類が足りないため。" in first.events[-1].reason
    assert DutyKey.OPEN_ROUND in [duty.key for duty in turns(first)]
    add_proposal(hall.session, hall.actor(), judging, first)
    assert len(standing(judging)) == 3


def test_whoever_withdraws_is_no_longer_judged(hall: Hall) -> None:
    judging = hall.open()
    gone = hall.proposals[0]
    perform(hall.session, gone, MoveKey.WITHDRAW, hall.actor("katsuragi"), reason="都合により。")
    assert [entry.proposal for entry in standing(judging)] == hall.proposals[1:]


@pytest.mark.req("T05")
def test_only_the_office_runs_the_round_and_nobody_whose_group_proposes_in_it(hall: Hall) -> None:
    judging = hall.open()
    assert find_round(hall.session, hall.actor("kobayashi"), judging.id) is judging
    for stranger in ("takahashi", "watanabe", "katsuragi", "admin"):
        assert find_round(hall.session, hall.actor(stranger), judging.id) is None, stranger
    own = Membership(
        group_id=hall.proposals[0].group_id,
        person_id=hall.cast.people["kobayashi"].id,
        role=MemberRole.MEMBER,
        since=clock.today(),
    )
    hall.session.add(own)
    hall.session.flush()
    assert find_round(hall.session, hall.actor("kobayashi"), judging.id) is None
    assert rounds_run_by(hall.session, hall.actor("kobayashi")) == []


def test_the_last_day_and_the_budget_change_while_it_is_open(hall: Hall, lacking: Lacking) -> None:
    judging = hall.open()
    later = clock.today() + timedelta(days=30)
    change_round(hall.session, hall.actor(), judging, score_by=later, budget=500_000)
    assert (judging.score_by, judging.budget) == (later, 500_000)
    with lacking("budget"):
        change_round(hall.session, hall.actor(), judging, score_by=later, budget=-5)
    judge = hall.judge(judging)
    hall.declare(judge)
    hall.close(judging, reason="急ぐため。")
    with pytest.raises(NotPossible):
        change_round(hall.session, hall.actor(), judging, score_by=later, budget=None)
