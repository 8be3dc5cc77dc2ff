"""The runner waits for what is away, loses nothing meanwhile, and ends when it is told to."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from kyodo.demonstration.story import Story
from models.database import reading
from models.outbox import Delivery, OutboxMessage
from models.process.vocabulary import MoveKey as M
from models.process.vocabulary import State as S
from tests.conftest import Environment
from tests.flows.runner_process import PATIENCE, RunnerProcess, has_beaten, waiting_mails, waiting_messages
from tests.support.line import Line, line_to
from tests.support.mailserver import MailServer
from tests.support.prefect import PrefectServer
from tests.support.waiting import wait_until

pytestmark = pytest.mark.timeout(400)

Start = Callable[..., RunnerProcess]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """`start(PREFECT_API_URL=…)` starts a runner; all are gone at the end, whatever happens."""
    started: list[RunnerProcess] = []

    def begin(**environment: str) -> RunnerProcess:
        started.append(RunnerProcess(tmp_path / f"runner-{len(started)}.log", **environment))
        return started[-1]

    yield begin
    for each in started:
        each.close()


@pytest.fixture
def prefect_line(prefect_here: PrefectServer) -> Iterator[Line]:
    """A line to the Prefect server, cut for now."""
    with line_to(urlsplit(prefect_here.url).port or 0) as line:
        line.cut()
        yield line


@pytest.fixture
def by_line(prefect_here: PrefectServer, prefect_line: Line) -> dict[str, str]:
    """The environment of a runner that reaches Prefect by that line."""
    return {**prefect_here.environment, "PREFECT_API_URL": f"http://127.0.0.1:{prefect_line.port}/api"}


def test_without_prefect_it_waits_and_works_as_soon_as_prefect_is_there(
    story: Story, start: Start, prefect_line: Line, by_line: dict[str, str]
) -> None:
    story.take_to(S.SCREENING)
    story.session.commit()
    runner = start(**by_line)
    wait_until(lambda: "Waiting for Prefect" in runner.said(), "the runner says that it waits", PATIENCE)
    assert waiting_messages() == 2
    assert not has_beaten(), "the pages must say that automatic work stands still"
    prefect_line.mend()
    wait_until(lambda: waiting_messages() == 0, "the messages are done", PATIENCE)
    wait_until(lambda: waiting_mails() == 0, "the mails are in the mailbox", PATIENCE)
    assert has_beaten()

    prefect_line.cut()
    story.do(M.COMMENT, "katsuragi", reason="いつごろ結果が分かりますか。")
    story.session.commit()
    wait_until(lambda: runner.said().count("Waiting for Prefect") == 2, "it waits again", PATIENCE)
    assert waiting_messages() == 1
    prefect_line.mend()
    wait_until(lambda: waiting_messages() == 0, "the message is done", PATIENCE)
    with reading() as session:
        assert {m.attempts for m in session.scalars(select(OutboxMessage))} == {1}
    assert runner.end() == 0


def test_without_a_mail_server_the_work_goes_on_and_mails_go_out_later(
    story: Story, start: Start, prefect_here: PrefectServer, smtp: MailServer, environment: Environment
) -> None:
    with line_to(urlsplit(smtp.url).port or 0) as line:
        environment(KYODO_SMTP_URL=f"smtp://127.0.0.1:{line.port}")
        line.cut()
        story.take_to(S.SCREENING)
        story.session.commit()
        runner = start(**prefect_here.environment)
        wait_until(lambda: waiting_messages() == 0, "the messages are done", PATIENCE)
        waiting = waiting_mails()
        assert waiting == 9
        assert not smtp.messages
        line.mend()
        wait_until(lambda: waiting_mails() == 0, "the mails are sent", PATIENCE)
    with reading() as session:
        sent = session.scalars(select(Delivery).where(Delivery.channel == "mail")).all()
        assert all(delivery.sent_at and delivery.attempts == 1 for delivery in sent)
    assert sorted(m["Message-ID"] for m in smtp.messages) == sorted(delivery.message_id for delivery in sent)
    assert runner.end() == 0


def test_it_ends_when_told_to_even_while_it_waits(start: Start, by_line: dict[str, str], story: Story) -> None:
    story.session.commit()
    runner = start(**by_line)
    wait_until(lambda: "Waiting for Prefect" in runner.said(), "the runner says that it waits", PATIENCE)
    assert runner.end() == 0


def test_without_the_address_of_prefect_it_says_what_is_missing(start: Start, prefect_here: PrefectServer) -> None:
    runner = start(PREFECT_HOME=prefect_here.environment["PREFECT_HOME"])
    assert runner.process.wait(PATIENCE) == 2
    assert "PREFECT_API_URL is not set" in runner.said()
