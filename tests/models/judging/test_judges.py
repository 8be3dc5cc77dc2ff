"""Judges: invited with or without an account, kept from what they have an interest in, stepping back."""

import pytest

from models import clock
from models.judging.judges import (
    Declared,
    declare,
    declare_interest,
    entry_to_score,
    find_judge,
    interest_in,
    invite,
    kept_from,
    lift_interest,
    rounds_judged,
    to_score,
    undeclared,
    withdraw_judge,
)
from models.judging.rounds import add_proposal, standing
from models.people import MemberRole, Membership
from models.process.refusals import NotPossible
from tests.models.judging.conftest import Lacking
from tests.support.selection import Hall


def join(hall: Hall, who: str, place: int = 0) -> None:
    """Somebody of the cast becomes a member of the group behind a proposal."""
    hall.session.add(
        Membership(
            group_id=hall.proposals[place].group_id,
            person_id=hall.cast.people[who].id,
            role=MemberRole.MEMBER,
            since=clock.today(),
        )
    )
    hall.session.flush()


def test_a_judge_without_an_account_gets_one_and_one_with_keeps_it(hall: Hall) -> None:
    judging = hall.open()
    new = hall.judge(judging, "白石 学", "Shiraishi@daigaku.example")
    assert (new.name, new.person.email, new.person.password_hash) == ("白石 学", "shiraishi@daigaku.example", "")
    known = hall.judge(judging, "だれか", "okada@midoridanchi.example")
    assert known.person is hall.cast.people["okada"]
    assert known.name == "岡田 正"
    assert rounds_judged(hall.session, new.person_id) == [new]


def test_an_invitation_has_to_be_readable_and_is_made_once(hall: Hall, lacking: Lacking) -> None:
    judging = hall.open()
    with lacking("name", "email"):
        hall.judge(judging, "", "")
    with lacking("email"):
        hall.judge(judging, "白石 学", "shiraishi")
    with lacking("capacity"):
        invite(hall.session, hall.actor(), judging, name="白石", email="a@b.example", capacity="あ" * 81)
    hall.judge(judging)
    with lacking("email"):
        hall.judge(judging)
    hall.cast.people["okada"].active = False
    with lacking("email"):
        hall.judge(judging, "岡田 正", "okada@midoridanchi.example")


@pytest.mark.req("T01", "T05")
def test_nothing_is_seen_before_every_interest_is_declared(hall: Hall, lacking: Lacking) -> None:
    judging = hall.open()
    judge = hall.judge(judging)
    first, second, third = hall.proposals
    assert all(entry_to_score(hall.session, judge, p.id) is None for p in hall.proposals)
    with lacking(f"proposal-{third.id}"):
        declare(hall.session, judge, {first.id: Declared(False), second.id: Declared(True, "家族が理事です。")})
    assert judge.declared_at is None
    hall.declare(judge, second)
    assert [entry.proposal_id for entry in to_score(hall.session, judge)] == [first.id, third.id]
    assert entry_to_score(hall.session, judge, second.id) is None
    assert entry_to_score(hall.session, judge, first.id) is not None


@pytest.mark.req("T01", "T05")
def test_a_member_of_the_proposing_group_is_kept_from_it_whatever_is_declared(hall: Hall) -> None:
    judging = hall.open()
    judge = hall.judge(judging, "大野 勇", "ono@kawabe.example")
    own = hall.proposals[0]
    interest = interest_in(judge, own.id)
    assert interest is not None
    assert (interest.conflicted, interest.by_rule) == (True, True)
    assert own.id not in [entry.proposal_id for entry in undeclared(hall.session, judge)]
    declare(hall.session, judge, {p.id: Declared(False) for p in hall.proposals})
    assert entry_to_score(hall.session, judge, own.id) is None
    with pytest.raises(NotPossible):
        lift_interest(hall.session, hall.actor(), judge, own.id)


@pytest.mark.req("T01", "T05")
def test_a_member_of_a_partner_group_is_kept_from_the_proposal_too(hall: Hall) -> None:
    hall.proposals[1].partner_group_ids = [hall.cast.groups["danchi"].id]
    judging = hall.open()
    judge = hall.judge(judging, "岡田 正", "okada@midoridanchi.example")
    assert kept_from(hall.session, judge) == {hall.proposals[1].id}


def test_whoever_joins_a_group_later_is_kept_from_its_proposal_from_then_on(hall: Hall) -> None:
    judging = hall.open()
    judge = hall.judge(judging, "岡田 正", "okada@midoridanchi.example")
    hall.declare(judge)
    assert kept_from(hall.session, judge) == frozenset()
    join(hall, "okada", 1)
    assert kept_from(hall.session, judge) == {hall.proposals[1].id}
    assert entry_to_score(hall.session, judge, hall.proposals[1].id) is None


def test_a_latecomer_is_declared_before_it_is_seen(hall: Hall) -> None:
    judging = hall.open(hall.proposals[:2])
    judge = hall.judge(judging)
    hall.declare(judge)
    add_proposal(hall.session, hall.actor(), judging, hall.proposals[2])
    assert [entry.proposal_id for entry in undeclared(hall.session, judge)] == [hall.proposals[2].id]
    assert entry_to_score(hall.session, judge, hall.proposals[2].id) is None
    declare(hall.session, judge, {hall.proposals[2].id: Declared(False)})
    assert len(to_score(hall.session, judge)) == 3


def test_an_interest_found_later_takes_the_proposal_away_and_its_sheet_with_it(hall: Hall, lacking: Lacking) -> None:
    judging = hall.open()
    judge = hall.judge(judging)
    hall.declare(judge)
    for proposal in hall.proposals[1:]:
        hall.score(judge, proposal)
    with lacking("reason"):
        declare_interest(hall.session, judge, hall.proposals[0].id, " ")
    declare_interest(hall.session, judge, hall.proposals[0].id, "取引先でした。")
    assert entry_to_score(hall.session, judge, hall.proposals[0].id) is None
    assert judge.finished_at is not None, "what was left to score is done"
    lift_interest(hall.session, hall.actor(), judge, hall.proposals[0].id)
    assert [entry.proposal_id for entry in undeclared(hall.session, judge)] == [hall.proposals[0].id]
    assert judge.finished_at is None


def test_whoever_has_an_interest_in_everything_has_finished(hall: Hall) -> None:
    judging = hall.open()
    judge = hall.judge(judging)
    hall.declare(judge, *hall.proposals)
    assert judge.finished_at is not None


def test_a_judge_who_steps_back_sees_nothing_any_more_and_may_be_asked_again(hall: Hall) -> None:
    judging = hall.open()
    judge = hall.judge(judging)
    hall.declare(judge)
    withdraw_judge(hall.session, hall.actor(), judge)
    assert find_judge(hall.session, judge.person_id, judging.id) is None
    again = hall.judge(judging)
    assert again is judge
    assert find_judge(hall.session, judge.person_id, judging.id) is judge
    assert judge.declared_at is None


def test_after_the_closing_nobody_comes_goes_or_declares(hall: Hall) -> None:
    judging = hall.open()
    judge = hall.judge(judging)
    hall.declare(judge)
    hall.close(judging, reason="期限のため。")
    for late in (
        lambda: hall.judge(judging, "別の人", "betsu@daigaku.example"),
        lambda: withdraw_judge(hall.session, hall.actor(), judge),
        lambda: declare_interest(hall.session, judge, hall.proposals[0].id, "取引先でした。"),
        lambda: declare(hall.session, judge, {}),
    ):
        with pytest.raises(NotPossible):
            late()
    assert len(standing(judging)) == 3
