"""(b) The inbox and the public list among very many cases, against bare Flask and SQLAlchemy under the same server."""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlencode

from sqlalchemy import select

from bench.figures import Table, percentile
from bench.house import PROJECT, free_port, wait_until
from kyodo import ports
from kyodo.demonstration.logins import PASSWORD
from models.database import engine, reading
from models.people import Department
from models.settings import settings

CLIENTS = 2
"""Readers at once; each asks for the next page as soon as it has the last one."""
BLOCK = 25
"""Pages a reader asks of one server before it turns to the other."""
BLOCKS = 12
WARM = 2
"""Blocks before the clock counts."""
READER = "kobayashi@aobagawa.example"


@dataclass
class Server:
    """One web server and what its pages took."""

    port: int
    paths: dict[str, str]
    cookie: str = ""
    seconds: dict[str, list[float]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def read(self, page: str, count: int) -> list[float]:
        """Ask for a page again and again over one connection; seconds for each."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        taken = []
        for _ in range(count):
            started = time.perf_counter()
            connection.request("GET", self.paths[page], headers={"Cookie": self.cookie, "Connection": "keep-alive"})
            answer = connection.getresponse()
            body = answer.read()
            taken.append(time.perf_counter() - started)
            if answer.status != 200:
                raise RuntimeError(f"{self.paths[page]} answered {answer.status}.")
            self.sizes[page] = len(body)
        connection.close()
        return taken

    def sign_in(self) -> None:
        """Become a reader of the desk, as a browser does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/sign-in")
        answer = connection.getresponse()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.read().decode())
        assert token is not None
        visitor = _cookie(answer)
        form = urlencode({"csrf_token": token[1], "email": READER, "password": PASSWORD})
        headers = {"Cookie": visitor, "Content-Type": "application/x-www-form-urlencoded"}
        headers["Origin"] = f"http://127.0.0.1:{self.port}"
        connection.request("POST", "/sign-in", form, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 302:
            raise RuntimeError(f"Signing in answered {answer.status}.")
        self.cookie = _cookie(answer)
        connection.close()


def _cookie(answer: http.client.HTTPResponse) -> str:
    return (answer.getheader("Set-Cookie") or "").split(";")[0]


def measure(kind: str, cases: int) -> Table:
    """Read both pages from both servers in turns; the database is the one in use."""
    with reading() as session:
        desk = session.scalars(select(Department.id).where(Department.key == "desk")).one()
    with ExitStack() as running:
        ours = running.enter_context(_serving("webui", {"inbox": "/inbox", "public list": "/cases"}))
        bare_paths = {"inbox": "/inbox", "public list": "/cases"}
        bare = running.enter_context(_serving("bench.bare_pages", bare_paths, BENCH_DEPARTMENT=str(desk)))
        ours.sign_in()
        for page in ours.paths:
            for number in range(WARM + BLOCKS):
                for server in (ours, bare):
                    taken = _block(server, page)
                    if number >= WARM:
                        server.seconds.setdefault(page, []).extend(taken)
    return _table(f"(b) Pages among {cases:,} cases on {kind}, ms, {CLIENTS} readers at once", ours, bare)


def _block(server: Server, page: str) -> list[float]:
    with ThreadPoolExecutor(CLIENTS) as readers:
        found = readers.map(lambda _: server.read(page, BLOCK), range(CLIENTS))
        return [seconds for taken in found for seconds in taken]


@contextmanager
def _serving(module: str, paths: dict[str, str], **more: str) -> Iterator[Server]:
    port = free_port()
    environment = {
        **os.environ,
        "KYODO_DATA": str(settings().data),
        "KYODO_DATABASE_URL": engine().url.render_as_string(hide_password=False),
        "KYODO_PORT": str(port),
        "KYODO_BASE_URL": f"http://127.0.0.1:{port}",
        **more,
    }
    with (settings().data / f"{module}.log").open("wb") as log:
        command = [sys.executable, "-m", module]
        process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)  # noqa: S603 (our own)
    try:
        wait_until(lambda: ports.answers("127.0.0.1", port), f"{module} answers", process)
        yield Server(port, paths)
    finally:
        process.terminate()
        process.wait(30)


def _table(title: str, ours: Server, bare: Server) -> Table:
    table = Table(title, ("page", "p50", "p95", "bare p50", "bare p95", "ratio p50", "ratio p95", "size, kB"))
    for page, taken in ours.seconds.items():
        figures = [
            *(1000 * each for each in (median(taken), percentile(taken, 0.95))),
            *(1000 * each for each in (median(bare.seconds[page]), percentile(bare.seconds[page], 0.95))),
        ]
        ratios = (figures[0] / figures[2], figures[1] / figures[3])
        size = ours.sizes[page] / 1000
        table.add(page, *(f"{each:.1f}" for each in figures), *(f"{each:.2f}" for each in ratios), f"{size:.1f}")
    table.note(
        "The bare page has the same rows from the same tables in a plain table: "
        "no sign-in, no languages, no layout, no protection, no counts on tabs."
    )
    return table
