"""The other way of running: flows deployed from deployment.yaml and carried out by a real worker."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from flows.relay import pass_on
from kyodo.demonstration.story import Story
from models import clock
from models.database import reading, transaction
from models.documents import Document, DocumentKind
from models.outbox import OutboxMessage
from models.process.vocabulary import State as S
from tests.conftest import Environment
from tests.flows.runner_process import PATIENCE, waiting_messages
from tests.support.prefect import PrefectServer
from tests.support.waiting import wait_until

PROJECT = Path(__file__).parents[2]

Prefect = Callable[..., None]


@pytest.fixture
def prefect(prefect_here: PrefectServer) -> Prefect:
    """`prefect("deploy", "--all")`: the command line as an operator uses it, in the project's folder."""

    def command(*arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "prefect", "--no-prompt", *arguments],
            cwd=PROJECT,
            env={**os.environ, **prefect_here.environment},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return command


@pytest.fixture
def worker(prefect_here: PrefectServer, environment: Environment, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Call it to start a worker of the pool."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        with (tmp_path / "worker.log").open("wb") as log:
            started.append(
                subprocess.Popen(
                    [sys.executable, "-m", "prefect", "worker", "start", "--pool", "kyodo"],
                    cwd=tmp_path,
                    env={**os.environ, **prefect_here.environment, "PREFECT_WORKER_QUERY_SECONDS": "1"},
                    stdout=log,
                    stderr=log,
                )
            )

    yield start
    for process in started:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def lapse() -> None:
    """All leases have run out."""
    with transaction() as session:
        for message in session.scalars(select(OutboxMessage).where(OutboxMessage.done_at.is_(None))):
            message.due_at = clock.now()


@pytest.mark.timeout(600)
def test_a_proposal_goes_one_stage_further_on_a_work_pool(
    story: Story,
    prefect: Prefect,
    worker: Callable[[], None],
    prefect_here: PrefectServer,
    environment: Environment,
) -> None:
    environment(KYODO_FLOW_MODE="deployment", KYODO_LEASE_SECONDS="60")
    prefect("work-pool", "create", "kyodo", "--type", "process")
    prefect("deploy", "--all", "--prefect-file", "deployment.yaml")
    story.take_to(S.SCREENING)
    story.session.commit()
    number = story.proposal.number or ""

    assert pass_on() == 2
    waiting = prefect_here.runs(number)
    assert sorted(run["name"] for run in waiting) == [f"{number} intake", f"{number} screening"]
    assert {run["work_pool_name"] for run in waiting} == {"kyodo"}
    assert waiting_messages() == 2, "handed over is not done"
    lapse()
    assert pass_on() == 2
    assert len(prefect_here.runs(number)) == 2, "what still waits for a worker is left to wait"

    worker()
    wait_until(lambda: pass_on() < 0 or waiting_messages() == 0, "the worker has done both", 3 * PATIENCE)
    with reading() as session:
        assert session.scalars(select(Document.kind)).all() == [DocumentKind.RECEIPT]
    assert {run["deployment_id"] is not None for run in prefect_here.runs(number)} == {True}


@pytest.mark.timeout(240)
def test_a_run_that_died_on_the_pool_is_followed_by_another(
    story: Story, prefect: Prefect, prefect_here: PrefectServer, environment: Environment
) -> None:
    environment(KYODO_FLOW_MODE="deployment")
    prefect("deploy", "--name", "intake/kyodo", "--prefect-file", "deployment.yaml")
    story.submit()
    story.session.commit()
    number = story.proposal.number or ""
    pass_on()
    (run,) = prefect_here.runs(number)
    prefect("flow-run", "cancel", run["id"])
    lapse()
    pass_on()
    assert len(prefect_here.runs(number)) == 2
    lapse()
    pass_on()
    assert len(prefect_here.runs(number)) == 2


def test_without_its_deployment_a_message_waits_and_says_so(
    story: Story, prefect_here: PrefectServer, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment(KYODO_FLOW_MODE="deployment")
    monkeypatch.setattr("flows.running.DEPLOYMENT", "forgotten")
    story.submit()
    story.session.commit()
    pass_on()
    with reading() as session:
        (message,) = session.scalars(select(OutboxMessage))
        assert message.done_at is None
        assert message.error == "ObjectNotFound"
