"""Receipt numbers when many proposals arrive at the same moment: none twice, none left out."""

from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import engage
from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models import clock
from models.calendar import era_year, fiscal_year
from models.database import reading, transaction
from models.process.refusals import NotAllowed, NotReady
from models.process.vocabulary import MoveKey
from models.proposals import NumberSequence, Proposal
from tests.concurrency.moment import Job, at_once, click

TOGETHER = 6
ROUNDS = 4


def drafts(count: int, **answers: Any) -> list[int]:
    """So many drafts, ready to be handed in."""
    with transaction() as session:
        cast = engage(session)
        return [Story(session, cast, Plot(title=f"提案 {n}", answers=answers)).proposal.id for n in range(count)]


def numbers() -> list[str]:
    """Every number that was given, in order."""
    with reading() as session:
        return list(
            session.scalars(select(Proposal.number).where(Proposal.number.is_not(None)).order_by(Proposal.number))
        )


def wanted(count: int) -> list[str]:
    """R8-0001, R8-0002 … of the present fiscal year."""
    return [f"{era_year(fiscal_year(clock.today()))}-{n:04}" for n in range(1, count + 1)]


def test_numbers_given_at_the_same_moment_have_no_gap_and_no_double(database: Engine) -> None:
    waiting = drafts(TOGETHER * ROUNDS)
    for turn in range(ROUNDS):
        part = waiting[turn * TOGETHER : (turn + 1) * TOGETHER]
        at_once(*(click("katsuragi", proposal_id, MoveKey.SUBMIT) for proposal_id in part))
    assert numbers() == wanted(TOGETHER * ROUNDS)


def test_the_first_of_a_fiscal_year_arrive_together(database: Engine) -> None:
    at_once(*(click("ono", proposal_id, MoveKey.SUBMIT) for proposal_id in drafts(TOGETHER)))
    assert numbers() == wanted(TOGETHER)
    with reading() as session:
        assert session.scalars(select(NumberSequence.last)).all() == [TOGETHER]


def test_what_was_rolled_back_leaves_no_gap(database: Engine) -> None:
    waiting = drafts(TOGETHER)

    def failing(job: Job) -> Job:
        def fail(session: Session) -> None:
            job(session)
            raise NotReady([])  # as when the disk is full at the end

        return fail

    clicks = [click("katsuragi", proposal_id, MoveKey.SUBMIT) for proposal_id in waiting]
    at_once(*(failing(job) if n % 2 else job for n, job in enumerate(clicks)))
    assert numbers() == wanted(TOGETHER // 2)
    at_once(*(job for n, job in enumerate(clicks) if n % 2))
    assert numbers() == wanted(TOGETHER)


def test_a_refusal_takes_no_number(database: Engine) -> None:
    first, second = drafts(2, issue="")
    results = at_once(click("katsuragi", first, MoveKey.SUBMIT), click("fujita", second, MoveKey.SUBMIT))
    assert [type(result) for result in results] == [NotReady, NotAllowed]
    assert numbers() == []


@pytest.mark.parametrize("together", [2, TOGETHER])
def test_one_draft_handed_in_by_many_clicks_arrives_once(database: Engine, together: int) -> None:
    [proposal_id] = drafts(1)
    events = at_once(*(click("katsuragi", proposal_id, MoveKey.SUBMIT, seen=0) for _ in range(together)))
    assert {event.id for event in events} == {events[0].id}
    assert numbers() == wanted(1)
