"""選考の結果: what everybody reads of a round, and what is told to its proposers alone."""

import pytest
from sqlalchemy import Engine, select

from kyodo.demonstration.cast import Cast, engage, gather
from models.database import reading, transaction
from models.judging.published import publish
from models.process.perform import perform
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from tests.support.editions import changed
from tests.support.selection import CALL, TITLES, UNDATED, hall
from tests.webui.markup import faults, text_of
from tests.webui.visitor import Visitor

PASSED_ALONE = changed(("publishes: totals", "publishes: sheets\n      publishes_of: passed"), text=UNDATED)
REASON = "担い手の見通しが足りなかったため。"


@pytest.fixture
def cast(sqlite: Engine, password_hash: str) -> Cast:
    """The people of Aobagawa, before anybody proposed."""
    with transaction() as session:
        engage(session, password_hash)
    with reading() as session:
        return gather(session)


def judged(cast: Cast, text: str, *passed: bool) -> list[str]:
    """Three proposals, of which these pass and are adopted, with everything published. Their numbers."""
    with transaction() as session:
        told = hall(session, cast, text)
        told.through_documents()
        judging = told.open()
        judge = told.judge(judging)
        told.declare(judge)
        for proposal, mark in zip(told.proposals, ("5", "4", "2"), strict=True):
            told.score(judge, proposal, mark)
        told.close(judging)
        head = told.actor("watanabe")
        for proposal, good in zip(told.proposals, passed, strict=True):
            told.conclude(judging, proposal, passed=good, amount=300_000 if good else None)
            if good:
                perform(session, proposal, MoveKey.ADOPT, head)
            else:
                perform(session, proposal, MoveKey.NOT_ADOPT, head, reason=REASON)
        publish(session, judging)
    with reading() as session:
        query = select(Proposal.number).order_by(Proposal.id)
        return [number for number in session.scalars(query) if number is not None]


@pytest.mark.req("S04", "T05")
def test_a_refused_proposal_is_told_nobody_else_where_only_what_passed_is_published(
    cast: Cast, visitor: Visitor
) -> None:
    *_, number = judged(cast, PASSED_ALONE, True, True, False)
    page = visitor.get(f"/calls/{CALL}/results")
    assert page.status == 200
    assert faults(page.html) == []
    said = text_of(page.root)
    for there in (TITLES[0], TITLES[1], "100点", "80点", "通過・採択された提案だけを載せています。"):
        assert there in said
    for hidden in (TITLES[2], number, "40点", "不採択", REASON):
        assert hidden not in said
    case = visitor.get(f"/cases/{number}")
    assert case.status == 200, "the process itself stays open"
    said = text_of(case.root)
    assert "不採択" in said
    for hidden in (REASON, "40点", "地域の課題をよくとらえています。"):
        assert hidden not in said


def test_without_that_key_everybody_reads_the_reason_too(cast: Cast, visitor: Visitor) -> None:
    *_, number = judged(cast, UNDATED, True, True, False)
    said = text_of(visitor.get(f"/calls/{CALL}/results").root)
    for there in (*TITLES, "40点", REASON):
        assert there in said
    assert "通過・採択された提案だけ" not in said
    assert REASON in text_of(visitor.get(f"/cases/{number}").root)


def test_where_nothing_passed_the_page_says_so(cast: Cast, visitor: Visitor) -> None:
    judged(cast, PASSED_ALONE, False, False, False)
    page = visitor.get(f"/calls/{CALL}/results")
    assert faults(page.html) == []
    assert "通過・採択された提案はありません。" in text_of(page.root)
