"""Work that has its time: released at its minute, reminded in the morning, tidied up at night, each once."""

import os
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from flows.dates import Dates
from flows.deadlines import deadlines
from flows.release import due, release
from flows.upkeep import upkeep
from kyodo.demonstration.committee import enter, take_entry
from kyodo.demonstration.story import Plot, Story
from models import clock as model_clock
from models import files
from models.attachments import attach
from models.database import reading, transaction
from models.filetypes import PDF
from models.groups.invitations import Invitation
from models.outbox import Delivery, Heartbeat, OutboxMessage
from models.people import SignInAttempt
from models.process.sight import turns
from models.process.vocabulary import MoveKey as M
from models.process.vocabulary import Stage
from models.process.vocabulary import State as S
from models.proposals import Proposal
from models.settings import settings
from tests.conftest import Clock
from tests.support.prefect import PrefectServer

pytestmark = [pytest.mark.usefixtures("prefect_here"), pytest.mark.timeout(240)]


def state_of(story: Story) -> S:
    """Where the proposal stands now."""
    with reading() as session:
        return session.get_one(Proposal, story.proposal.id).state


def scheduled(story: Story) -> datetime:
    """Have the story's release set for tomorrow; returns the moment."""
    story.take_to(S.SCHEDULED)
    story.session.commit()
    moment = story.proposal.snapshots[-1].release_at
    story.session.rollback()
    assert moment is not None
    return moment


@pytest.mark.req("B02")
def test_an_evaluation_is_released_at_its_minute_and_not_before(
    story: Story, monkeypatch: pytest.MonkeyPatch, prefect_here: PrefectServer
) -> None:
    moment = scheduled(story)
    dates = Dates()
    monkeypatch.setattr(model_clock, "now", lambda: moment - timedelta(seconds=1))
    dates.keep()
    assert state_of(story) is S.SCHEDULED
    monkeypatch.setattr(model_clock, "now", lambda: moment)
    dates.keep()
    assert state_of(story) is S.PUBLISHED
    dates.keep()
    assert due() == []
    with reading() as session:
        events = session.get_one(Proposal, story.proposal.id).events
        assert [event.move for event in events].count(M.RELEASE) == 1
        (told,) = session.scalars(select(OutboxMessage).where(OutboxMessage.event_id == events[-1].id))
        assert told.done_at is None
    names = [run["name"] for run in prefect_here.runs() if run["name"].startswith("release ")]
    assert f"release {model_clock.in_tokyo(moment):%Y-%m-%d %H:%M}" in names


def test_after_a_night_when_everything_was_down_it_comes_out_at_once(story: Story, clock: Clock) -> None:
    scheduled(story)
    clock.forward(days=3)
    release()
    assert state_of(story) is S.PUBLISHED


def test_what_was_postponed_does_not_come_out(story: Story, clock: Clock) -> None:
    scheduled(story)
    story.do(M.POSTPONE_RELEASE, "nakamura", reason="写真を差し替えるため。")
    story.session.commit()
    clock.forward(days=3)
    release()
    assert state_of(story) is S.PREPARING


def test_one_release_that_fails_keeps_no_other_from_coming_out(
    story: Story, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduled(story)
    clock.forward(days=3)
    monkeypatch.setattr("flows.release.due", lambda: [-1, story.proposal.id])
    states = release(return_state=True)
    assert states.is_failed()
    assert state_of(story) is S.PUBLISHED


def test_in_the_morning_what_is_being_written_is_due_as_its_call_now_says(story: Story) -> None:
    written = Story(story.session, story.cast, Plot(call="challenge"))
    enter(written)
    take_entry(written)
    [duty] = turns(written.proposal)
    duty.due_on = model_clock.today() - timedelta(days=1)  # as an edition before the one in force said
    story.session.commit()
    deadlines()
    story.session.expire_all()
    assert turns(written.proposal)[0].due_on is None, "its call does not close"
    assert story.session.scalar(select(func.count(Delivery.id))) == 0


def test_reminders_go_out_once_a_day_from_the_morning_on(
    story: Story, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.set(date(2026, 11, 9))
    story.submit()
    story.session.commit()
    dates, day = Dates(), date(2026, 11, 16)

    def at(hour: int) -> None:
        monkeypatch.setattr(model_clock, "now", lambda: datetime(2026, 11, 16, hour, tzinfo=model_clock.TOKYO))
        dates.keep()

    def reminded() -> int:
        with reading() as session:
            return len(session.scalars(select(Delivery).where(Delivery.occasion.contains(day.isoformat()))).all())

    at(7)
    assert reminded() == 0
    at(8)
    assert reminded() == 2 * 3
    at(9)
    Dates().keep()
    assert reminded() == 2 * 3


def test_scheduled_work_that_fails_rests_and_holds_nothing_else_up(
    story: Story, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduled(story)
    with transaction() as session:
        session.add(SignInAttempt(email="a@b.example", address="::1", at=model_clock.now()))
    clock.forward(days=3)
    calls = []

    def fail() -> list[int]:
        calls.append(1)
        raise RuntimeError("The database is away.")

    dates = Dates()
    monkeypatch.setattr("flows.release.due", fail)
    with pytest.raises(RuntimeError):
        dates.keep()
    asked = len(calls)
    dates.keep()
    assert len(calls) == asked
    with reading() as session:
        assert session.scalars(select(SignInAttempt)).all() == [], "the second time, upkeep had its turn"


def test_upkeep_clears_what_has_served_its_purpose(story: Story) -> None:
    now = model_clock.now()
    old = (now - timedelta(days=2)).timestamp()
    held, left = (files.store_made(f"{n}".encode(), f"{n}.pdf", PDF) for n in range(2))
    for file in (held, left):
        os.utime(files.path_of(file.sha256), (old, old))
    attach(story.session, story.proposal, story.cast.actor(story.session, "ono"), Stage.INTAKE, held)
    story.submit()
    story.session.commit()
    incoming = settings().files / "incoming"
    (incoming / "cut.part").write_bytes(b"half")
    with transaction() as session:
        for hours in (1, 25):
            session.add(SignInAttempt(email="a@b.example", address="::1", at=now - timedelta(hours=hours)))
        session.add(Heartbeat(part="runner", at=now))
        session.add(Heartbeat(part="gone", at=now - timedelta(days=8)))
        (message,) = session.scalars(select(OutboxMessage))
        message.done_at = now - timedelta(days=91)
        group_id, leader_id = story.proposal.group_id, story.cast.people["katsuragi"].id
        for days in (29, 31):
            past, who = now - timedelta(days=days), f"stranger{days}@b.example"
            session.add(
                Invitation(
                    group_id=group_id,
                    name="",
                    email=who,
                    key="",
                    invited_by_id=leader_id,
                    sent_at=past,
                    expires_at=past,
                )
            )
            session.add(
                Delivery(
                    to_address=who, channel="mail", subject="", text="", message_id=who, planned_at=past, due_at=past
                )
            )
    upkeep()
    with reading() as session:
        assert len(session.scalars(select(SignInAttempt)).all()) == 1
        assert session.scalars(select(Heartbeat.part)).all() == ["runner"]
        assert session.scalars(select(OutboxMessage)).all() == []
        assert len(session.get_one(Proposal, story.proposal.id).events) == 1
        assert session.scalars(select(Invitation.email)).all() == ["stranger29@b.example"]
        strangers = select(Delivery.to_address).where(Delivery.person_id.is_(None))
        assert session.scalars(strangers).all() == ["stranger29@b.example"]
    assert (incoming / "cut.part").exists(), "an upload of a moment ago may still be going on"
    assert files.path_of(held.sha256).exists()
    assert not files.path_of(left.sha256).exists(), "it was stored, but no row was ever written"
