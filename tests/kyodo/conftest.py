"""Programs under supervision, watched from outside as a person at the terminal would."""

import os
import re
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


class Terminal:
    """A running command and what it has printed so far."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.text = ""
        assert self.process.stdout is not None
        self._pipe = self.process.stdout
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._pipe, selectors.EVENT_READ)

    def wait_for(self, pattern: str, seconds: float = 15) -> re.Match[str]:
        """Read on until the pattern stands there."""
        end = time.monotonic() + seconds
        while not (found := re.search(pattern, self.text)):
            if time.monotonic() > end:
                pytest.fail(f"{pattern!r} did not appear in {seconds} s. The terminal says:\n{self.text}")
            self.read(0.1)
        return found

    def read(self, seconds: float) -> None:
        """Take in what is printed now, waiting at most so long for it."""
        if self._selector.select(seconds):
            self.text += os.read(self._pipe.fileno(), 65536).decode("utf-8", "replace")

    def stop(self, number: signal.Signals = signal.SIGTERM, seconds: float = 15) -> int:
        """Send a signal, wait for the end, return the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(seconds)
        self.text += self._pipe.read().decode("utf-8", "replace") if number != signal.SIGKILL else ""
        return code

    def close(self) -> None:
        """Leave nothing behind."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._selector.close()
        self._pipe.close()


def is_alive(pid: int) -> bool:
    """Whether the process still runs; one that only waits to be counted does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone(*pids: int, seconds: float = 10) -> bool:
    """Whether all of them end in time."""
    end = time.monotonic() + seconds
    while any(is_alive(pid) for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def children(pid: int) -> list[int]:
    """All processes below this one."""
    below = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return below + [deeper for child in below for deeper in children(child)]


Open = Callable[..., Terminal]


@pytest.fixture
def terminal() -> Iterator[Open]:
    """`terminal(python, "-m", "kyodo", "run", KYODO_PORT="…")` starts a command and watches what it prints."""
    opened: list[Terminal] = []

    def start(*command: str, **environment: str) -> Terminal:
        opened.append(Terminal(list(command), environment))
        return opened[-1]

    yield start
    for each in opened:
        each.close()
