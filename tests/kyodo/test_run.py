"""`make run` as a person meets it: pages at once, automation soon after, and nothing left when it is stopped."""

import os
import signal
import sqlite3
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.kyodo.conftest import Open, Terminal, children, gone
from tests.support.pages import free_listener

pytestmark = [pytest.mark.alone, pytest.mark.timeout(240)]


class House:
    """A started Kyodo with its addresses."""

    def __init__(self, terminal: Open, data: Path) -> None:
        with free_listener() as pages, free_listener() as prefect:
            port, prefect_port = pages.getsockname()[1], prefect.getsockname()[1]
        self.address, self.dashboard = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{prefect_port}"
        self.began = time.monotonic()
        self.terminal: Terminal = terminal(
            "make", "run", KYODO_DATA=str(data), KYODO_PORT=str(port), KYODO_PREFECT_PORT=str(prefect_port)
        )

    def everybody(self) -> list[int]:
        """All processes of this house."""
        return [self.terminal.process.pid, *children(self.terminal.process.pid)]

    def answer(self, address: str, seconds: float) -> int:
        """The HTTP status, as soon as there is one."""
        end = time.monotonic() + seconds
        while True:
            try:
                with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310 (our own address)
                    return int(response.status)
            except OSError as error:
                if time.monotonic() > end:
                    pytest.fail(f"{error} after {seconds} s. The terminal says:\n{self.terminal.text}")
                self.terminal.read(0.05)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that the tests of this module use one after the other, as one machine would."""
    return tmp_path_factory.mktemp("house")


@pytest.fixture
def house(terminal: Open, data: Path) -> Iterator[House]:
    """Kyodo, started; whatever is left of it is ended after the test."""
    started = House(terminal, data)
    yield started
    left = started.everybody() if started.terminal.process.poll() is None else []
    started.terminal.close()
    assert gone(*left)


def test_the_first_start_says_where_to_look_and_brings_automation_up(house: House) -> None:
    assert house.answer(house.address, 60) == 200
    house.terminal.wait_for(rf"Kyodo is open: +{house.address}\n")
    house.terminal.wait_for(rf"Mails: +{house.address}/dev/mails\n")
    house.terminal.wait_for(rf"Prefect: +{house.dashboard} ")
    house.terminal.wait_for(r"kyodo +\| Prefect answers\.", 120)
    assert house.answer(f"{house.dashboard}/api/health", 5) == 200


def test_a_later_start_plants_no_second_city(terminal: Open, data: Path) -> None:
    cases = []
    for _ in range(2):
        house = House(terminal, data)
        house.terminal.wait_for(r"city +\| Everybody else", 120)
        assert house.answer(house.address, 30) == 200
        house.terminal.close()
        with closing(sqlite3.connect(data / "kyodo.sqlite3")) as database:
            cases.append(database.execute("SELECT count(*) FROM proposal").fetchone()[0])
    assert cases[0] == cases[1] > 0


def test_pages_that_were_killed_answer_again(house: House) -> None:
    house.answer(house.address, 30)
    (web,) = [p for p in house.everybody() if b"webui" in Path(f"/proc/{p}/cmdline").read_bytes()]
    os.kill(web, signal.SIGKILL)
    house.terminal.wait_for(r"kyodo +\| web was ended by SIGKILL; starting it again")
    assert house.answer(house.address, 30) == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_stopping_make_stops_everything(house: House, number: signal.Signals) -> None:
    house.answer(house.address, 30)
    house.terminal.wait_for(r"kyodo +\| Prefect answers\.", 120)
    everybody = house.everybody()
    assert len(everybody) >= 4
    if number == signal.SIGINT:  # Ctrl-C reaches the whole foreground group; make passes it to nobody
        os.kill(everybody[1], signal.SIGINT)
    house.terminal.process.send_signal(number)
    assert gone(*everybody, seconds=20)


def test_without_its_database_nothing_stays_running(terminal: Open, data: Path) -> None:
    with free_listener() as pages, free_listener() as prefect:
        ports = {
            "KYODO_PORT": str(pages.getsockname()[1]),
            "KYODO_PREFECT_PORT": str(prefect.getsockname()[1]),
        }
    url = "postgresql://kyodo:secret@127.0.0.1:1/kyodo"
    running = terminal(sys.executable, "-m", "kyodo", "run", KYODO_DATA=str(data), KYODO_DATABASE_URL=url, **ports)
    running.wait_for(r"database\| kyodo: the database postgresql://kyodo:\*\*\*@127.0.0.1:1/kyodo does not answer", 30)
    running.wait_for("The database could not be brought up to date")
    everybody = children(running.process.pid)
    assert running.process.wait(20) == 1
    assert gone(*everybody, seconds=1)
