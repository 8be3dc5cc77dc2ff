"""The runner as the process it is, working on a test's database."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from models.database import reading
from models.outbox import Delivery, Heartbeat, OutboxMessage

PATIENCE = 120.0
"""Seconds: on a busy machine the libraries alone take half a minute."""


class RunnerProcess:
    """`python -m flows.runner`, with this process's settings and some more."""

    def __init__(self, log: Path, **environment: str) -> None:
        self._log = log
        with log.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flows.runner"],
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    def said(self) -> str:
        """What it has written on its terminal."""
        return self._log.read_text(errors="replace")

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait; returns the exit code."""
        self.process.send_signal(number)
        return self.process.wait(30)

    def close(self) -> None:
        """Leave nothing behind."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def waiting_messages() -> int:
    """How many messages are not done."""
    with reading() as session:
        return session.scalar(select(func.count(OutboxMessage.id)).where(OutboxMessage.done_at.is_(None))) or 0


def waiting_mails() -> int:
    """How many mails have neither been sent nor given up."""
    with reading() as session:
        waiting = select(func.count(Delivery.id)).where(Delivery.sent_at.is_(None), Delivery.given_up_at.is_(None))
        return session.scalar(waiting) or 0


def has_beaten() -> bool:
    """Whether the runner has given a sign of life."""
    with reading() as session:
        return session.get(Heartbeat, "runner") is not None
