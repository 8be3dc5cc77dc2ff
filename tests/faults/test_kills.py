"""Fifty runners killed in the middle of their work: afterwards every mail has arrived and every document is there once."""

import random
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from kyodo.demonstration.cast import engage, gather
from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models import clock
from models.database import reading, transaction, writing
from models.documents import Document, DocumentKind
from models.files import open_stored
from models.history import Event
from models.outbox import Delivery, OutboxMessage
from models.process.vocabulary import FlowKey, MoveKey
from models.process.vocabulary import State as S
from models.proposals import Proposal
from notifications.announcements import plan
from tests.conftest import Environment
from tests.faults.lives import PATIENCE, Nest, is_done, nest, next_in_line, wait_until_taken
from tests.flows.runner_process import waiting_mails, waiting_messages
from tests.support.mailserver import MailServer
from tests.support.prefect import PrefectServer
from tests.support.waiting import wait_until

KILLS = 48
"""In the middle of stages' flows, six for each; two more in the middle of a release make fifty."""
SEED = 20261121


SOUND = Plot(title="音の地図事業", group="sound", proposer="fujita")


class Resumed(Story):
    """A story taken up again where its proposal stands."""

    def _begin(self) -> Proposal:
        return self.session.scalars(select(Proposal).where(Proposal.title == self.plot.title)).one()


def tell_the_past() -> None:
    """Three proposals a few days ago, none of whose messages has been worked on: all kinds of flows are asked for."""
    with transaction() as session:
        engage(session)
        with clock.standing_at(clock.now() - timedelta(days=5)):
            published = Story(session, gather(session), Plot(title="川辺の見守り事業"))
            published.take_to(S.SCHEDULED)
            Story(session, gather(session), SOUND).take_to(S.PREPARING)
            excluded = Story(session, gather(session), Plot(title="候補者と語る会"))
            excluded.take_to(S.SCREENING)
            excluded.exclude()
        with clock.standing_at(clock.now() - timedelta(days=3)):
            published.release()
            published.do(MoveKey.WITHDRAW_PUBLICATION, "nakamura", reason="誤りがありました。")


def undone() -> dict[FlowKey, list[int]]:
    """The messages that are not done, by kind, in order."""
    with reading() as session:
        rows = session.execute(
            select(OutboxMessage.flow, OutboxMessage.id)
            .where(OutboxMessage.done_at.is_(None))
            .order_by(OutboxMessage.id)
        )
        found: dict[FlowKey, list[int]] = {}
        for flow, message_id in rows:
            found.setdefault(flow, []).append(message_id)
        return found


def wait_until_all_is_done() -> None:
    """Until the outbox is empty and every mail has left."""
    wait_until(lambda: waiting_messages() == 0 and waiting_mails() == 0, "everything is done and sent", 3 * PATIENCE)


class Reaper:
    """Kills a runner at a random point of a message's flow, again and again."""

    def __init__(self, home: Nest) -> None:
        self._home, self._chance = home, random.Random(SEED)  # noqa: S311 (to repeat a failure, not to keep a secret)
        self._usual = self._time_of(next(iter(undone()[FlowKey.INTAKE])))
        self.broken_off: Counter[FlowKey] = Counter()
        self.kills = 0

    def _time_of(self, message_id: int) -> float:
        """Seconds from taking up a message to having it done, for a runner that has only just been hatched."""
        life, before = self._home.hatch(), next_in_line(message_id)
        since = wait_until_taken(message_id, before)
        wait_until(lambda: is_done(message_id), "the first message is done", PATIENCE)
        life.kill()
        return time.monotonic() - since

    def reap(self, kind: FlowKey) -> None:
        """Let a runner begin on a message of this kind, or of another when none is left, and kill it meanwhile.

        A kind that was never broken off is killed as soon as its work is seen: there are few messages of some.
        """
        waiting = undone()
        kind = next((one for one in waiting if one not in self.broken_off), kind)
        target = self._chance.choice(waiting.get(kind) or [m for messages in waiting.values() for m in messages])
        before = next_in_line(target)
        life = self._home.hatch()
        wait_until_taken(target, before)
        reaped = next(key for key, messages in waiting.items() if target in messages)
        if reaped in self.broken_off:
            time.sleep(self._chance.uniform(0, self._usual))
        life.kill()
        self.kills += 1
        if not is_done(target):
            self.broken_off[reaped] += 1


@pytest.mark.timeout(1800)
def test_after_fifty_kills_every_mail_has_arrived_and_every_document_is_there_once(
    sqlite: Engine,
    smtp: MailServer,
    prefect_running: PrefectServer,
    environment: Environment,
    tmp_path: Path,
) -> None:
    tell_the_past()
    wait_until(prefect_running.answers, "Prefect answers", PATIENCE)
    with nest(tmp_path / "runners.log", prefect_running.environment) as home:
        reaper = Reaper(home)
        kinds = list(FlowKey)
        while reaper.kills < KILLS and undone():
            reaper.reap(kinds[reaper.kills % len(kinds)])
        print(f"seed {SEED}: {reaper.kills} kills, broken off: {dict(reaper.broken_off)}")
        assert reaper.kills == KILLS
        last = home.hatch()
        wait_until_all_is_done()
        last.kill()
        killed_releasing(home, random.Random(SEED))  # noqa: S311 (to repeat a failure, not to keep a secret)
        last = home.hatch()
        wait_until(lambda: state_of(SOUND.title) is S.PUBLISHED, "the evaluation is out", PATIENCE)
        wait_until_all_is_done()
        last.kill()
    assert set(reaper.broken_off) == set(FlowKey), "each flow was killed at least once before it was done"
    every_mail_arrived(smtp)
    every_document_exists_once()
    nothing_happened_twice()


def killed_releasing(home: Nest, chance: random.Random) -> None:
    """Have an evaluation released at a moment at which runners are being killed."""
    with writing() as session:
        story = Resumed(session, gather(session), SOUND)
        story.look_over()
        story.do(MoveKey.SCHEDULE_RELEASE, "nakamura", release_at=clock.now() + timedelta(seconds=2))
        session.commit()
    for _ in range(2):
        life = home.hatch()
        time.sleep(1 + chance.uniform(0, 2))
        life.kill()


def state_of(title: str) -> S:
    """Where a proposal stands."""
    with reading() as session:
        return session.scalars(select(Proposal.state).where(Proposal.title == title)).one()


def every_mail_arrived(smtp: MailServer) -> None:
    """None is missing, none was given up; one that came twice is the same mail."""
    with reading() as session:
        planned = session.scalars(select(Delivery).where(Delivery.channel == "mail")).all()
        assert all(mail.sent_at and not mail.given_up_at for mail in planned)
        assert {m["Message-ID"] for m in smtp.messages} == {mail.message_id for mail in planned}
    bodies: dict[str, set[str]] = {}
    for message in smtp.messages:
        part = message.get_body(("plain",))
        assert part is not None
        bodies.setdefault(str(message["Message-ID"]), set()).add(str(message["Subject"]) + str(part.get_content()))
    assert {len(said) for said in bodies.values()} == {1}
    print(f"{len(planned)} mails, {len(smtp.messages) - len(planned)} of them came twice")
    with writing() as session:
        before = session.scalar(select(func.count(Delivery.id)))
        for event in session.scalars(
            select(Event).join(OutboxMessage, OutboxMessage.event_id == Event.id).order_by(Event.id)
        ).all():
            plan(session, event)
        assert session.scalar(select(func.count(Delivery.id))) == before, "somebody was not told"


def every_document_exists_once() -> None:
    """Each document that is due, once, and its bytes are in the store."""
    with reading() as session:
        documents = session.scalars(select(Document)).all()
        assert Counter(document.kind for document in documents) == {
            DocumentKind.RECEIPT: 3,
            DocumentKind.EXCLUSION_NOTICE: 1,
            DocumentKind.AGREEMENT: 2,
            DocumentKind.EVALUATION: 2,
        }
        assert len({(document.proposal_id, document.kind) for document in documents}) == len(documents)
        for document in documents:
            with open_stored(document.sha256) as file:
                assert len(file.read()) == document.size


def nothing_happened_twice() -> None:
    """Kyodo's own moves were made once for each proposal."""
    with reading() as session:
        own = session.execute(
            select(Event.proposal_id, Event.move, func.count(Event.id))
            .where(Event.move.in_([MoveKey.MAKE_SNAPSHOT, MoveKey.RELEASE]))
            .group_by(Event.proposal_id, Event.move)
        ).all()
        assert len(own) == 4
        assert {count for _, _, count in own} == {1}
