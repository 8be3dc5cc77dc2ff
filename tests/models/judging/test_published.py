"""What comes out: to the proposer always, to the public as deep as the programme says, and not before everything is settled."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from kyodo.demonstration.cast import Cast, engage
from models import clock
from models.cost_comparison import published
from models.database import writing
from models.judging.committee import conclude
from models.judging.published import (
    Row,
    decision_is_told,
    decision_on,
    entries_on,
    own_results,
    publish,
    published_rounds,
)
from models.judging.tables import JudgingRound
from models.process.perform import perform
from models.process.refusals import NotPossible
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from models.selection.parts import Depth
from tests.models.judging.conftest import Lacking
from tests.support.editions import changed
from tests.support.selection import CALL, UNDATED, Hall
from tests.support.selection import hall as seat

DEPTHS = ("nothing", "outcome", "rank", "totals", "items", "sheets")


def decided(hall: Hall) -> JudgingRound:
    """The second round, judged by two, concluded, and decided by the head: two adopted, one not."""
    hall.through_documents()
    judging = hall.open()
    for name, marks in (("一", ("5", "4", "2")), ("二", ("4", "4", "3"))):
        judge = hall.judge(judging, name, f"{ord(name)}@daigaku.example")
        hall.declare(judge)
        for proposal, mark in zip(hall.proposals, marks, strict=True):
            hall.score(judge, proposal, mark)
    hall.close(judging)
    for proposal, passed in zip(hall.proposals, (True, True, False), strict=True):
        hall.conclude(judging, proposal, passed=passed, amount=300_000 if passed else None)
    return judging


def decide(hall: Hall) -> None:
    """The head adopts the two and not the third."""
    head = hall.actor("watanabe")
    for proposal in hall.proposals[:2]:
        perform(hall.session, proposal, MoveKey.ADOPT, head)
    perform(hall.session, hall.proposals[2], MoveKey.NOT_ADOPT, head, reason="基準点に達しなかったため。")


def rows(hall: Hall) -> dict[str, Row]:
    """The published rows of the last round, by title."""
    *_, last = published_rounds(hall.session, CALL)
    return {row.proposal.title: row for row in last.rows}


@pytest.mark.req("T05")
def test_a_proposer_reads_its_own_scores_and_reasons_from_the_conclusion_on(hall: Hall) -> None:
    hall.through_documents()
    judging = hall.open()
    judge = hall.judge(judging)
    hall.declare(judge)
    first = hall.proposals[0]
    hall.score(judge, first, "4", cost="2")
    hall.close(judging, reason="期限のため。")
    assert [own.rules.key for own in own_results(hall.session, first, at_closing=False)] == ["documents"]
    assert [own.rules.key for own in own_results(hall.session, first, at_closing=True)] == ["documents", "hearing"]
    conclude(
        hall.session,
        hall.actor(),
        judging,
        first,
        passed=True,
        remarks="よく練られています。",
        opinion="安全に。",
        amount=1,
    )
    *_, own = own_results(hall.session, first, at_closing=False)
    assert own.conclusion is not None
    assert (own.conclusion.remarks, own.conclusion.opinion) == ("よく練られています。", "安全に。")
    assert [(label.ja, texts) for label, texts in own.comments] == [("費用の妥当性", ("書類からは読み取れません。",))]
    assert own.remarks == ("地域に根ざしています。",)
    assert own.entry.result is not None
    assert own.entry.result["lines"]


def test_nothing_is_published_before_all_is_concluded_and_decided(hall: Hall, lacking: Lacking) -> None:
    hall.through_documents()
    judging = hall.open()
    with pytest.raises(NotPossible):
        publish(hall.session, judging)
    hall.declare(hall.judge(judging))
    hall.close(judging, reason="期限のため。")
    with pytest.raises(NotPossible):
        publish(hall.session, judging)
    for proposal in hall.proposals:
        hall.conclude(judging, proposal)
    with pytest.raises(NotPossible):
        publish(hall.session, judging)
    decide(hall)
    with lacking("day"):
        publish(hall.session, judging, clock.now() - timedelta(days=1))
    publish(hall.session, judging, clock.now() + timedelta(days=1))
    assert published_rounds(hall.session, CALL) == []
    publish(hall.session, judging)
    assert [one.judging for one in published_rounds(hall.session, CALL)] == [judging]


@pytest.mark.req("S05")
@pytest.mark.parametrize(("depth", "public"), [("outcome", False), ("rank", False), ("totals", True), ("sheets", True)])
def test_costs_compared_come_out_with_results_of_the_depth_the_programme_names(
    hall: Hall, depth: str, public: bool
) -> None:
    publish(hall.session, decided_round(hall))
    first = hall.proposals[0]
    first.submissions[-1].answers = {**first.submissions[-1].answers, "cost_alone": 620_000}
    found = published(first, Depth(depth))
    assert (found is not None) == public
    if found is not None:
        assert (found.alone, found.together, found.share, found.gained) == (620_000, 500_000, 300_000, "")
    row = rows(hall)[first.title]
    assert row.comparison is not None
    assert row.comparison.difference == -120_000


def at_depth(cast: Cast, hall: Hall) -> dict[str, Row]:
    """Everything decided and published."""
    publish(hall.session, decided_round(hall))
    return rows(hall)


def decided_round(hall: Hall) -> JudgingRound:
    """Judged, concluded and decided."""
    judging = decided(hall)
    decide(hall)
    return judging


@pytest.mark.req("S04", "T05")
@pytest.mark.parametrize("depth", DEPTHS)
def test_the_public_reads_as_deep_as_the_programme_says(sqlite: Engine, depth: str) -> None:
    text = changed(("publishes: totals", f"publishes: {depth}"), text=UNDATED)
    with writing() as session:
        cast = engage(session)
        hall = seat(session, cast, text)
        shown = at_depth(cast, hall)
    first, third = (shown[hall.proposals[place].title] for place in (0, 2))
    deep = DEPTHS.index(depth)
    assert first.decision is not None
    assert (first.decision.words.ja, first.decision.granted) == ("内定", 300_000)
    assert (first.passed, third.passed) == ((True, False) if deep >= 1 else (None, None))
    assert bool(first.remarks) == (deep >= 1)
    assert first.rank == (1 if deep >= 2 else None)
    assert first.points == ("90" if deep >= 3 else "")
    assert [(label.ja, points) for label, points, _most in first.items] == (
        [("公益性", "18"), ("実現可能性", "18"), ("協働の必要性", "27"), ("発展性", "13.5"), ("費用の妥当性", "13.5")]
        if deep >= 4
        else []
    )
    assert first.marks == ((("5",) * 5, ("4",) * 5) if deep >= 5 else ())


PASSED_ALONE = ("publishes: totals", "publishes: sheets\n      publishes_of: passed")


@pytest.mark.req("S04", "T05")
def test_where_only_what_passed_is_published_the_others_stand_nowhere_and_read_their_own(sqlite: Engine) -> None:
    with writing() as session:
        hall = seat(session, engage(session), changed(PASSED_ALONE, text=UNDATED))
        shown = at_depth(hall.cast, hall)
        first, second, third = hall.proposals
        assert list(shown) == [first.title, second.title]
        assert [bool(row.points and row.items and row.marks and row.remarks) for row in shown.values()] == [True, True]
        [last] = published_rounds(session, CALL)
        assert last.of_passed
        assert not decision_is_told(session, third)
        assert decision_is_told(session, first)
        own = own_results(session, third, at_closing=False)[-1]
        assert own.conclusion is not None
        assert (own.conclusion.passed, own.conclusion.remarks) == (False, "地域の課題をよくとらえています。")


def test_a_round_before_does_not_tell_what_the_last_keeps_to_its_proposers(sqlite: Engine) -> None:
    with writing() as session:
        hall = seat(session, engage(session), changed(PASSED_ALONE, text=UNDATED))
        publish(session, decided_round(hall))
        documents = next(one for one, _ in entries_on(session, hall.proposals[2]))
        publish(session, documents)
        before = next(one for one in published_rounds(session, CALL) if one.judging is documents)
        assert {row.proposal.title: row.decision is not None for row in before.rows} == {
            proposal.title: adopted for proposal, adopted in zip(hall.proposals, (True, True, False), strict=True)
        }


def test_what_is_cancelled_afterwards_no_longer_stands_among_what_passed(sqlite: Engine) -> None:
    with writing() as session:
        hall = seat(session, engage(session), changed(PASSED_ALONE, text=UNDATED))
        publish(session, decided_round(hall))
        head = hall.actor("watanabe")
        perform(session, hall.proposals[0], MoveKey.CANCEL_ADOPTION, head, reason="予算が否決されたため。")
        assert list(rows(hall)) == [hall.proposals[1].title]


@pytest.mark.req("S04")
def test_a_decision_is_told_with_its_amount_and_reason(hall: Hall) -> None:
    judging = decided(hall)
    assert decision_on(hall.proposals[0]) is None
    decide(hall)
    adopted, refused = decision_on(hall.proposals[0]), decision_on(hall.proposals[2])
    assert adopted is not None
    assert refused is not None
    assert (adopted.words.ja, adopted.granted) == ("内定", 300_000)
    assert (refused.words.ja, refused.reason) == ("不採択", "基準点に達しなかったため。")
    head = hall.actor("watanabe")
    perform(hall.session, hall.proposals[0], MoveKey.DECIDE_FINALLY, head, voted_on=clock.today(), amount=290_000)
    final = decision_on(hall.proposals[0])
    assert final is not None
    assert (final.words.ja, final.granted) == ("採択", 290_000)
    assert judging.published_at is None


def test_a_proposal_of_another_call_is_not_among_the_results(hall: Hall) -> None:
    publish(hall.session, decided_round(hall))
    assert published_rounds(hall.session, "anytime") == []
    unknown: list[Proposal] = [row.proposal for one in published_rounds(hall.session, CALL) for row in one.rows]
    assert unknown == sorted(hall.proposals, key=lambda p: p.id)
