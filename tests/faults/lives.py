"""The short lives of runners: hatched, watched until they have begun on a message, and killed in the middle of it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from kyodo.supervisor import die_with_parent
from models import clock
from models.database import reading, transaction
from models.outbox import OutboxMessage
from tests.support.waiting import wait_until

PATIENCE = 120.0


@dataclass(slots=True)
class Life:
    """A runner that lives."""

    pid: int

    def kill(self) -> None:
        """SIGKILL, as a power cut or the kernel's memory killer would."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        wait_until(lambda: not Path(f"/proc/{self.pid}").exists(), "the runner is gone")


class Nest:
    """Where they come from."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def hatch(self) -> Life:
        """A new runner."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return Life(int(self._process.stdout.readline()))


@contextmanager
def nest(log: Path, environment: dict[str, str]) -> Iterator[Nest]:
    """A nest with this process's settings and some more; nothing of it is left at the end."""
    own = os.getpid()
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nest"],
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(own),
        )
    try:
        yield Nest(process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()


def next_in_line(message_id: int) -> int:
    """Put a message first in the outbox, also when a dead runner's lease on it still lasts; returns its attempts."""
    with transaction() as session:
        message = session.get_one(OutboxMessage, message_id)
        message.due_at = clock.now() - timedelta(days=30)
        return message.attempts


def wait_until_taken(message_id: int, attempts: int) -> float:
    """Until a runner has leased the message once more; returns when that was seen."""

    def taken() -> bool:
        with reading() as session:
            return session.get_one(OutboxMessage, message_id).attempts > attempts

    wait_until(taken, f"message {message_id} is taken up", PATIENCE)
    return time.monotonic()


def is_done(message_id: int) -> bool:
    """Whether the message is done."""
    with reading() as session:
        return session.get_one(OutboxMessage, message_id).done_at is not None
