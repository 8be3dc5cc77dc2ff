"""Two people act on one proposal at the same moment: the second is told who was first, and nothing is half done."""

from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from kyodo.demonstration.cast import gather
from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models import clock
from models.agreement import Signature
from models.consultation import ConsultationRecord
from models.database import reading, writing
from models.execution import Report, ReportKind
from models.history import Duty, Event
from models.process.perform import perform
from models.process.refusals import NotPossible, NotReady, Refusal
from models.process.vocabulary import MoveKey, State
from models.proposals import Proposal
from models.review import SelfCheck
from tests.concurrency.moment import at_once, click, told_to

M = MoveKey
SHORT = Plot(days=100)
"""A project without an interim report."""


def proposal(proposal_id: int) -> Proposal:
    """The proposal as it stands in the database."""
    with reading() as session:
        return session.get_one(Proposal, proposal_id)


def count(what: Any, proposal_id: int) -> int:
    """How many rows of a kind the proposal has."""
    with reading() as session:
        return session.scalar(select(func.count()).where(what.proposal_id == proposal_id)) or 0


def one_and_one(results: list[Any]) -> tuple[Event, Refusal]:
    """The one that was made and the one that was refused."""
    made = [result for result in results if isinstance(result, Event)]
    refused = [result for result in results if isinstance(result, Refusal)]
    assert (len(made), len(refused)) == (1, 1), results
    return made[0], refused[0]


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_officers_the_second_is_told_who_was_first(database: Engine, attempt: int) -> None:
    proposal_id, seen = told_to(State.SUBMITTED)
    made, refused = one_and_one(
        at_once(
            click("nakamura", proposal_id, M.ACCEPT, seen=seen),
            click("kobayashi", proposal_id, M.DECLINE, seen=seen, ground="duplicate", reason="同じ提案です。"),
        )
    )
    assert isinstance(refused, NotPossible)
    assert "先に市民協働課が" in refused.sentence.ja
    assert proposal(proposal_id).state is made.to_state
    assert count(Event, proposal_id) == seen + 1


def test_a_double_click_happens_once(database: Engine) -> None:
    proposal_id, seen = told_to(State.SUBMITTED)
    events = at_once(*[click("nakamura", proposal_id, M.ACCEPT, seen=seen)] * 4)
    assert len({event.id for event in events}) == 1
    assert count(Event, proposal_id) == seen + 1


def test_a_double_click_on_a_message_says_it_once(database: Engine) -> None:
    proposal_id, seen = told_to(State.SUBMITTED)
    events = at_once(*[click("ono", proposal_id, M.COMMENT, seen=seen, reason="よろしくお願いします。")] * 4)
    assert len({event.id for event in events}) == 1


def test_both_sides_confirm_the_record_at_the_same_moment(database: Engine) -> None:
    def ready(story: Story) -> None:
        story.meet()
        story.write_record()

    proposal_id, seen = told_to(State.CONSULTING, ready)
    at_once(
        click("katsuragi", proposal_id, M.CONFIRM_RECORD, seen=seen, number=1),
        click("takahashi", proposal_id, M.CONFIRM_RECORD, seen=seen, number=1),
    )
    assert proposal(proposal_id).state is State.DRAFTING
    assert proposal(proposal_id).version == seen + 2


def test_one_side_confirms_while_the_other_rewrites(database: Engine) -> None:
    contents: list[dict[str, Any]] = []

    def ready(story: Story) -> None:
        story.meet()
        story.write_record()
        story.confirm_record("takahashi")
        contents.append({**story.record_content(), "schedule": "6月から始める。"})

    proposal_id, seen = told_to(State.CONSULTING, ready)
    results = at_once(
        click("katsuragi", proposal_id, M.CONFIRM_RECORD, seen=seen, number=1),
        click("yamamoto", proposal_id, M.WRITE_RECORD, seen=seen, content=contents[0], based_on=1),
    )
    made, refused = one_and_one(results)
    if made.move is M.CONFIRM_RECORD:
        assert isinstance(refused, NotPossible)
        assert proposal(proposal_id).state is State.DRAFTING
    else:
        assert isinstance(refused, NotReady)
        assert proposal(proposal_id).state is State.CONSULTING


def test_two_who_rewrite_the_same_version_do_not_overwrite_each_other(database: Engine) -> None:
    contents: list[dict[str, Any]] = []
    proposal_id, seen = told_to(State.CONSULTING, lambda story: contents.append(story.record_content()))
    _, refused = one_and_one(
        at_once(
            click("ono", proposal_id, M.WRITE_RECORD, seen=seen, content=contents[0], based_on=0),
            click(
                "takahashi", proposal_id, M.WRITE_RECORD, seen=seen,
                content={**contents[0], "purpose": "別の目的"}, based_on=0,
            ),
        )
    )  # fmt: skip
    assert isinstance(refused, NotReady)
    assert refused.missing[0].field == "based_on"
    assert count(ConsultationRecord, proposal_id) == 1


def test_both_sides_sign_at_the_same_moment(database: Engine) -> None:
    hashes: list[str] = []
    proposal_id, seen = told_to(State.SIGNING, lambda story: hashes.append(story.content_hash()))
    at_once(
        click("katsuragi", proposal_id, M.SIGN, seen=seen, typed_name="葛城 花子", content_hash=hashes[0]),
        click("ito", proposal_id, M.SIGN, seen=seen, typed_name="伊藤 隆", content_hash=hashes[0]),
    )
    assert proposal(proposal_id).state is State.RUNNING
    assert count(Report, proposal_id) == 2
    with reading() as session:
        assert session.scalar(select(func.count(Signature.id))) == 2


def test_both_self_checks_come_in_at_the_same_moment(database: Engine) -> None:
    answers: list[dict[str, Any]] = []
    proposal_id, seen = told_to(State.SELF_CHECKING, lambda story: answers.append(story.check_answers()), SHORT)
    at_once(
        click("ono", proposal_id, M.SUBMIT_SELF_CHECK, seen=seen, answers=answers[0]),
        click("takahashi", proposal_id, M.SUBMIT_SELF_CHECK, seen=seen, answers=answers[0]),
    )
    assert proposal(proposal_id).state is State.JOINT_REVIEW
    with reading() as session:
        opened = session.scalars(select(SelfCheck.opened_at).where(SelfCheck.proposal_id == proposal_id)).all()
    assert len(opened) == 2
    assert len(set(opened)) == 1
    assert opened[0] is not None


def test_duties_are_opened_and_closed_once(database: Engine) -> None:
    proposal_id, seen = told_to(State.SUBMITTED)
    at_once(*(click(who, proposal_id, M.ACCEPT, seen=seen) for who in ("nakamura", "kobayashi", "kato")))
    with reading() as session:
        waiting = select(func.count()).where(Duty.proposal_id == proposal_id, Duty.closed_at.is_(None))
        assert session.scalar(waiting) == 1
    assert proposal(proposal_id).state is State.SCREENING


def test_what_was_read_before_waiting_for_the_other_is_read_anew(postgresql: Engine) -> None:
    proposal_id, seen = told_to(State.RUNNING, lambda story: story.hand_in(ReportKind.INTERIM))
    with writing() as slow:
        found = slow.get_one(Proposal, proposal_id)
        report = next(r for r in found.reports if r.kind is ReportKind.INTERIM)
        assert report.waits_for_city
        assert len(found.meetings) == 1
        meeting: dict[str, Any] = {
            "held_on": clock.today(),
            "participants": "双方2人",
            "minutes": "進み具合を確かめた。",
        }
        at_once(click("takahashi", proposal_id, M.ACCEPT_REPORT, report_id=report.id))
        at_once(click("ono", proposal_id, M.RECORD_MEETING, **meeting))
        actor = gather(slow).actor(slow, "yamamoto")
        with pytest.raises(NotReady):
            perform(slow, found, M.RETURN_REPORT, actor, seen=seen, report_id=report.id, reason="足りません。")
        assert found.version == seen + 2
        assert len(found.meetings) == 2
        slow.rollback()
