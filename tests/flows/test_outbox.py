"""The lease on a message: taken by one, given up by the dead, kept until the work is done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from flows import outbox
from models import clock as model_clock
from models.database import reading, transaction, writing
from models.outbox import OutboxMessage
from models.process.vocabulary import FlowKey, MoveKey
from models.process.vocabulary import State as S
from tests.notifications.cast import a_story

Later = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Let time pass."""

    def move(by: timedelta) -> None:
        then: datetime = model_clock.now() + by
        monkeypatch.setattr(model_clock, "now", lambda: then)

    return move


@pytest.fixture
def submitted(database: Engine) -> int:
    """A submission; returns its message."""
    with transaction() as session:
        a_story(session).submit()
        return session.scalars(select(OutboxMessage.id)).one()


def row(message_id: int) -> OutboxMessage:
    """A message as it stands."""
    with reading() as session:
        return session.get_one(OutboxMessage, message_id)


def test_a_lease_keeps_others_away_until_it_runs_out(submitted: int, later: Later) -> None:
    assert outbox.is_due()
    leased = outbox.lease_next()
    assert leased is not None
    assert (leased.id, leased.flow, leased.label, leased.attempt) == (submitted, FlowKey.INTAKE, "R8-0001", 1)
    assert not outbox.is_due()
    assert outbox.lease_next() is None
    later(timedelta(seconds=89))
    assert outbox.lease_next() is None
    later(timedelta(seconds=2))
    again = outbox.lease_next()
    assert again is not None
    assert again.attempt == 2


def test_a_renewed_lease_begins_anew(submitted: int, later: Later) -> None:
    outbox.lease_next()
    later(timedelta(seconds=60))
    outbox.renew(submitted)
    later(timedelta(seconds=60))
    assert not outbox.is_due()
    later(timedelta(seconds=31))
    assert outbox.is_due()


def test_messages_are_taken_in_the_order_they_came(database: Engine) -> None:
    with transaction() as session:
        a_story(session).take_to(S.CONSULTING)
    taken = []
    while (leased := outbox.lease_next()) is not None:
        taken.append(leased.id)
    assert len(taken) > 4
    assert taken == sorted(taken)


def test_two_who_reach_for_the_outbox_at_once_never_get_the_same(database: Engine) -> None:
    with transaction() as session:
        story = a_story(session)
        story.take_to(S.CONSULTING)
        for _ in range(20):
            story.do(MoveKey.COMMENT, "katsuragi", reason="ご確認ください。")

    def take_all(_: int) -> list[int]:
        found = []
        while (leased := outbox.lease_next()) is not None:
            found.append(leased.id)
        return found

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(take_all, range(4)))
    taken = [message for share in shares for message in share]
    assert len(taken) == len(set(taken)) >= 25


def test_what_failed_rests_longer_each_time_and_is_never_given_up(submitted: int, later: Later) -> None:
    rests = []
    for attempt in range(1, 13):
        leased = outbox.lease_next()
        assert leased is not None
        assert outbox.note_failure(submitted, "RenderFailed: the engine broke") == attempt
        rests.append((row(submitted).due_at - model_clock.now()).total_seconds())
        assert row(submitted).error == "RenderFailed: the engine broke"
        later(timedelta(seconds=max(rests) + 1))
    assert [round(rest) for rest in rests[:4]] == [5, 10, 20, 40]
    assert [round(rest) for rest in rests[-2:]] == [600, 600]


def test_what_could_not_be_tried_is_due_at_once_and_not_counted(submitted: int) -> None:
    outbox.lease_next()
    outbox.give_back(submitted)
    assert outbox.is_due()
    assert row(submitted).attempts == 0


def test_a_message_is_done_once_and_then_left_alone(submitted: int, later: Later) -> None:
    outbox.lease_next()
    outbox.note_failure(submitted, "something")
    with transaction() as session:
        assert outbox.finish(session, submitted)
    with transaction() as session:
        assert not outbox.finish(session, submitted)
    done_at = row(submitted).done_at
    assert done_at is not None
    assert row(submitted).error == ""
    outbox.note_failure(submitted, "late")
    outbox.give_back(submitted)
    outbox.renew(submitted)
    later(timedelta(days=1))
    assert outbox.errand(submitted) is None
    assert not outbox.is_due()
    assert (row(submitted).done_at, row(submitted).error) == (done_at, "")


def test_an_unfinished_transaction_does_not_mark_it_done(submitted: int) -> None:
    with writing() as session:
        assert outbox.finish(session, submitted)
    assert row(submitted).done_at is None


def test_an_errand_says_which_move_on_which_proposal(submitted: int) -> None:
    errand = outbox.errand(submitted)
    assert errand is not None
    assert errand.move is MoveKey.SUBMIT
    assert errand.message_id == submitted


def test_a_draft_without_a_number_is_still_named(database: Engine) -> None:
    with transaction() as session:
        story = a_story(session)
        story.do(MoveKey.WITHDRAW, "katsuragi")
    leased = outbox.lease_next()
    assert leased is not None
    assert leased.label == f"draft {story.proposal.id}"
