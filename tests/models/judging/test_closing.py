"""Closing a round: who counts, what each proposal gets, and the way to it; then the committee's part."""

from fractions import Fraction

import pytest

from models.judging.closing import has_conclusions, results_of, work_out_again
from models.judging.committee import Draft, adjust, may_adjust, settle_ties, suggested, ties
from models.judging.judges import declare_interest, withdraw_judge
from models.judging.rounds import entry_of
from models.judging.tables import JudgingRound, RoundEntry
from models.process.perform import perform
from models.process.refusals import NotPossible
from models.process.vocabulary import MoveKey, State
from models.proposals import Proposal
from tests.models.judging.conftest import Lacking
from tests.support.selection import Hall


def entry(judging: JudgingRound, proposal: Proposal) -> RoundEntry:
    """A proposal's place in the round."""
    found = entry_of(judging, proposal.id)
    assert found is not None
    return found


def result(judging: JudgingRound, proposal: Proposal) -> dict[str, object]:
    """Its frozen result."""
    found = entry(judging, proposal).result
    assert found is not None
    return found


def scored(hall: Hall, *marks: str, budget: int | None = 700_000) -> JudgingRound:
    """The second round before one judge who gives each proposal these marks on every item; closed."""
    hall.through_documents()
    judging = hall.open(budget=budget)
    judge = hall.judge(judging)
    hall.declare(judge)
    for proposal, mark in zip(hall.proposals, marks, strict=True):
        hall.score(judge, proposal, mark)
    hall.close(judging)
    return judging


@pytest.mark.req("S03", "T05")
def test_the_average_of_two_judges_and_the_way_to_it(hall: Hall) -> None:
    judging = hall.open()
    for name, marks in (("一", ("4", "5", "3")), ("二", ("3", "5", "2"))):
        judge = hall.judge(judging, name, f"{ord(name)}@daigaku.example")
        hall.declare(judge)
        for proposal, mark in zip(hall.proposals, marks, strict=True):
            hall.score(judge, proposal, mark)
    hall.close(judging)
    found = [result(judging, proposal) for proposal in hall.proposals]
    assert [one["points"] for one in found] == ["10.5", "15", "7.5"]
    assert [one["verdict"] for one in found] == ["passed", "passed", "not_passed"]
    assert [one["rank"] for one in found] == [2, 1, None]
    assert found[0]["exact"] == ["21/2", "15"]
    lines = found[0]["lines"]
    assert isinstance(lines, list)
    assert any("10.5" in line["ja"] for line in lines)
    assert all(line["ja"] and line["en"] for line in lines)
    for proposal in hall.proposals:
        assert proposal.events[-1].move is MoveKey.CLOSE_ROUND


@pytest.mark.req("T05")
def test_interests_unfinished_sheets_and_judges_who_left_do_not_count(hall: Hall, lacking: Lacking) -> None:
    judging = hall.open()
    first, second, third = hall.proposals
    full, partial, gone = (hall.judge(judging, n, f"{ord(n)}@daigaku.example") for n in "一二三")
    for judge in (full, partial, gone):
        hall.declare(judge)
    for proposal in hall.proposals:
        hall.score(full, proposal, "4")
        hall.score(gone, proposal, "1")
    hall.score(partial, first, "2")
    hall.write(partial, second, "1")
    declare_interest(hall.session, partial, first.id, "取引先でした。")
    withdraw_judge(hall.session, hall.actor(), gone)
    with lacking("reason"):
        hall.close(judging)
    hall.close(judging, reason="二人目は入院のため。")
    assert judging.closing_reason == "二人目は入院のため。"
    assert [result(judging, p)["points"] for p in (first, second, third)] == ["12", "12", "12"]


def test_a_round_without_judges_is_not_closed(hall: Hall, lacking: Lacking) -> None:
    judging = hall.open()
    with lacking(""):
        hall.close(judging, reason="期限のため。")
    assert judging.closed_at is None


def test_a_round_is_closed_once(hall: Hall) -> None:
    judging = hall.open()
    hall.declare(hall.judge(judging))
    hall.close(judging, reason="期限のため。")
    with pytest.raises(NotPossible):
        hall.close(judging, reason="もう一度。")


def test_without_marks_there_is_no_result_and_the_committee_has_to_find_one(hall: Hall) -> None:
    judging = hall.open()
    hall.declare(hall.judge(judging))
    hall.close(judging, reason="期限のため。")
    assert result(judging, hall.proposals[0])["verdict"] == "no_result"
    assert suggested(entry(judging, hall.proposals[0])) == Draft(None, None)


def test_the_money_goes_down_the_ranks_and_the_last_is_cut(hall: Hall) -> None:
    judging = scored(hall, "5", "4", "3", budget=820_000)
    assert [result(judging, p)["amount"] for p in hall.proposals] == [300_000, 300_000, 220_000]
    assert suggested(entry(judging, hall.proposals[2])) == Draft(True, 220_000)
    poor = scored_again(hall, judging, budget=700_000)
    assert [result(poor, p)["amount"] for p in hall.proposals] == [300_000, 300_000, None]
    assert suggested(entry(poor, hall.proposals[2])) == Draft(False, None)


def scored_again(hall: Hall, judging: JudgingRound, budget: int) -> JudgingRound:
    """The same round with less money."""
    judging.budget = budget
    work_out_again(hall.session, judging)
    return judging


def test_equals_are_put_in_order_by_the_committee(hall: Hall, lacking: Lacking) -> None:
    judging = scored(hall, "4", "4", "3", budget=300_000)
    first, second, _third = hall.proposals
    assert result(judging, first)["open"] is True
    [group] = ties(hall.session, judging)
    assert [e.proposal_id for e in group] == [first.id, second.id]
    assert suggested(entry(judging, first)) == Draft(None, None)
    with lacking(f"place-{first.id}"):
        settle_ties(hall.session, judging, {first.id: 1, second.id: 1})
    settle_ties(hall.session, judging, {first.id: 2, second.id: 1})
    assert [result(judging, p)["rank"] for p in (first, second)] == [2, 1]
    assert [result(judging, p)["amount"] for p in (first, second)] == [None, 300_000]
    settle_ties(hall.session, judging, {first.id: 1, second.id: 2})
    assert [result(judging, p)["rank"] for p in (first, second)] == [1, 2]


def test_an_amount_set_by_the_committee_is_never_above_what_was_asked(hall: Hall, lacking: Lacking) -> None:
    judging = scored(hall, "5", "4", "3")
    first = hall.proposals[0]
    assert may_adjust(hall.session, judging)
    with lacking(f"amount-{first.id}"):
        adjust(hall.session, judging, {first.id: 300_001})
    adjust(hall.session, judging, {first.id: 250_000, hall.proposals[1].id: 300_000})
    assert result(judging, first)["amount"] == 250_000
    assert entry(judging, hall.proposals[1]).adjusted is None, "as asked is no adjustment"
    assert [result(judging, p)["amount"] for p in hall.proposals[1:]] == [300_000, None]


def test_no_amounts_are_set_in_a_round_that_gives_none(hall: Hall) -> None:
    judging = hall.open()
    hall.declare(hall.judge(judging))
    hall.close(judging, reason="期限のため。")
    assert not may_adjust(hall.session, judging)
    with pytest.raises(NotPossible):
        adjust(hall.session, judging, {hall.proposals[0].id: 1})


@pytest.mark.req("S02")
def test_a_conclusion_ends_the_committees_calculations(hall: Hall) -> None:
    judging = scored(hall, "5", "4", "3")
    first = hall.proposals[0]
    draft = suggested(entry(judging, first))
    hall.conclude(judging, first, passed=True, amount=draft.amount)
    assert first.state is State.DECIDING
    [*_before, conclusion] = first.conclusions
    assert (conclusion.points, conclusion.rank, conclusion.amount) == ("100", 1, 300_000)
    assert has_conclusions(hall.session, judging)
    for late in (
        lambda: settle_ties(hall.session, judging, {}),
        lambda: adjust(hall.session, judging, {}),
        lambda: work_out_again(hall.session, judging),
    ):
        with pytest.raises(NotPossible):
            late()


@pytest.mark.req("S01")
def test_the_first_round_leads_to_the_second_and_the_head_decides_what_the_committee_concluded(hall: Hall) -> None:
    judging = scored(hall, "5", "4", "3")
    first = hall.proposals[0]
    hall.conclude(judging, first, passed=True, amount=300_000)
    perform(hall.session, first, MoveKey.ADOPT, hall.actor("watanabe"), amount=280_000)
    assert (first.state, first.granted) == (State.PROVISIONAL, 280_000)


def test_the_points_of_the_first_round_go_with_a_proposal_into_the_second(hall: Hall) -> None:
    judging = scored(hall, "5", "4", "3")
    found = results_of(hall.session, judging)
    assert {one.entry.earlier.points for one in found if one.entry.earlier} == {Fraction(12)}
