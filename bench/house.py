"""Everything `make run` starts, started for a measurement and stopped again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bench.ground import using
from kyodo import ports
from models import clock
from models.database import reading
from models.outbox import Heartbeat

PATIENCE = 180.0
"""Seconds within which something has to happen."""
PROJECT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class House:
    """A running Kyodo; this process reads and writes the same database."""

    folder: Path
    process: subprocess.Popen[bytes]

    def processes(self) -> dict[int, str]:
        """The part that each process belongs to, by process id: the supervisor and everything below it."""
        parents = {pid: parent for pid in _running() if (parent := _parent(pid)) is not None}
        names = {self.process.pid: "supervisor"}
        for pid in sorted(parents):
            above = [pid]
            while above[-1] in parents and above[-1] != self.process.pid:
                above.append(parents[above[-1]])
            if above[-1] == self.process.pid and len(above) > 1:
                names[pid] = _module(above[-2])
        return names


@contextmanager
def house() -> Iterator[House]:
    """Kyodo with Prefect and runner on free ports and an empty SQLite database; ready when its runner lives."""
    folder = Path(tempfile.mkdtemp(prefix="kyodo-bench-"))
    url = f"sqlite:///{folder / 'kyodo.sqlite3'}"
    settings = {
        "KYODO_DATA": str(folder),
        "KYODO_PORT": str(free_port()),
        "KYODO_PREFECT_PORT": str(free_port()),
        "KYODO_ENV": "production",
    }
    with (folder / "house.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "kyodo", "run"],
            cwd=PROJECT,
            env={**bare_environment(), **settings},
            stdout=log,
            stderr=log,
        )
    try:
        wait_until(lambda: ports.answers("127.0.0.1", int(settings["KYODO_PORT"])), "the pages answer", process)
        with using(folder, url):
            wait_until(_runner_lives, "the runner lives", process)
            yield House(folder, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def bare_environment() -> dict[str, str]:
    """This process's environment without settings of Kyodo, Prefect and make; what is compiled is kept."""
    left_out = ("KYODO_", "PREFECT_", "MAKE", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if not name.startswith(left_out)}


def wait_until(
    holds: Callable[[], bool], what: str, process: subprocess.Popen[bytes] | None = None, often: float = 0.1
) -> None:
    """Look again and again until it holds. Raises TimeoutError, or RuntimeError when the process has ended."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"Kyodo ended before {what}.")
        if time.monotonic() > end:
            raise TimeoutError(f"Waited {PATIENCE:.0f} s in vain until {what}.")
        time.sleep(often)


def _runner_lives() -> bool:
    try:
        with reading() as session:
            beat = session.get(Heartbeat, "runner")
    except SQLAlchemyError:
        return False
    return beat is not None and (clock.now() - beat.at).total_seconds() < 30


def free_port() -> int:
    """A port of this machine that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _running() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _parent(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def _module(pid: int) -> str:
    """What a process runs: the word after `-m`, or its program's name."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    return words[words.index("-m") + 1] if "-m" in words else Path(words[0]).name
