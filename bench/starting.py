"""(i) From the start to the first page: everything `make run` starts, beside a bare Flask under the same server."""

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.figures import Table
from bench.house import PROJECT, bare_environment, free_port, wait_until
from kyodo import ports

ROUNDS = 7
OURS = ("-m", "kyodo", "run")
BARE = (
    "-c",
    "import os, flask, sqlalchemy.orm, waitress\n"
    "waitress.serve(flask.Flask(__name__), port=int(os.environ['KYODO_PORT']))",
)


def measure() -> Table:
    """Seconds until somebody listens, in turns, on data that is there already."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory(prefix="kyodo-bench-") as folder:
        for _ in range(1 + ROUNDS):
            ours.append(_seconds(Path(folder), OURS))
            bare.append(_seconds(Path(folder), BARE))
    table = Table(f"(i) A later start until the pages answer, median of {ROUNDS}", ("what", "s", "times the bare one"))
    unit = median(bare[1:])
    table.add("bare Flask with SQLAlchemy", f"{unit:.2f}", "1.00")
    table.add("everything that `make run` starts", f"{median(ours[1:]):.2f}", f"{median(ours[1:]) / unit:.2f}")
    table.note("The first start of both, which makes the tables and compiles what is new, is left out.")
    return table


def _seconds(folder: Path, command: tuple[str, ...]) -> float:
    port = free_port()
    own = {"KYODO_DATA": str(folder), "KYODO_PORT": str(port), "KYODO_PREFECT_PORT": str(free_port())}
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 (the commands are our own)
        [sys.executable, *command],
        cwd=PROJECT,
        env={**bare_environment(), **own, "KYODO_ENV": "production"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: ports.answers("127.0.0.1", port), "the pages answer", process, often=0.02)
        return time.perf_counter() - started
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
