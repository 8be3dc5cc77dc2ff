"""Much is waiting: meanwhile the runner gives signs of life, keeps its dates, and can be told to stop."""

import pytest
from sqlalchemy import Engine

from flows import runner as running
from flows.dates import Dates
from flows.runner import PART, Runner
from models.database import reading
from models.outbox import Heartbeat

BACKLOG = 30


@pytest.fixture
def backlog(sqlite: Engine, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happens, in order, when there are thirty messages and Prefect answers."""
    happened: list[str] = []

    def pass_on_next() -> bool:
        happened.append("message")
        return happened.count("message") < BACKLOG

    monkeypatch.setattr(running, "prefect_answers", lambda: True)
    monkeypatch.setattr(running, "pass_on_next", pass_on_next)
    monkeypatch.setattr(Dates, "keep", lambda self: happened.append("dates"))
    return happened


def test_before_each_message_it_gives_a_sign_of_life_and_keeps_its_dates(
    backlog: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Runner, "_beat", lambda self: backlog.append("beat"))
    Runner()._work()
    assert backlog == ["beat", "dates", "message"] * BACKLOG


def test_the_sign_of_life_is_written_down(backlog: list[str]) -> None:
    Runner()._work()
    with reading() as session:
        assert session.get(Heartbeat, PART) is not None


def test_told_to_stop_it_ends_after_the_message_at_hand(backlog: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    runner = Runner()
    monkeypatch.setattr(Dates, "keep", lambda self: runner.stop() if backlog.count("message") == 2 else None)
    runner._work()
    assert backlog.count("message") == 3
