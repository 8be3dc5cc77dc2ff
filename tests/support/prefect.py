"""A real Prefect server of our own, and what its dashboard would show."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kyodo.supervisor import die_with_parent
from tests.support.pages import free_listener
from tests.support.waiting import wait_until


@dataclass(frozen=True, slots=True)
class PrefectServer:
    """A started server. `environment` is what a process needs to work with it."""

    url: str
    environment: dict[str, str]

    def answers(self) -> bool:
        """Whether it is up by now: a new server needs some ten seconds."""
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=5) as answer:  # noqa: S310 (ours)
                return bool(answer.status == 200)
        except OSError:
            return False

    def wait(self) -> None:
        """Until it answers."""
        wait_until(self.answers, "Prefect answers", 120)

    def runs(self, *tags: str, since: datetime | None = None) -> list[dict[str, Any]]:
        """The flow runs that carry all these tags, the oldest first. since: the server may have seen other houses before."""
        wanted: dict[str, Any] = {"tags": {"all_": list(tags)}} if tags else {}
        if since is not None:
            wanted["expected_start_time"] = {"after_": since.isoformat()}
        asked = {"sort": "EXPECTED_START_TIME_ASC", "limit": 200, "flow_runs": wanted}
        request = urllib.request.Request(  # noqa: S310 (ours)
            f"{self.url}/flow_runs/filter",
            json.dumps(asked).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 (ours)
            found: list[dict[str, Any]] = json.load(answer)
        return found


@contextmanager
def prefect_server(home: Path) -> Iterator[PrefectServer]:
    """Start a server with its own database in `home`, and stop it at the end of the block. It is not waited for."""
    with free_listener() as listener:
        port = listener.getsockname()[1]
    environment = {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
    }
    own = os.getpid()
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
            env={**os.environ, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(own),
        )
    try:
        yield PrefectServer(environment["PREFECT_API_URL"], environment)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
