"""What every test may ask for: a data folder, a fresh database, a mail server, the date, pages, a browser."""

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from models import clock as model_clock
from models.database import engine
from models.settings import Settings, settings
from tests.support.databases import PostgreSQL, Prepared, make_sqlite_template, postgresql_server
from tests.support.loopback import only_loopback
from tests.support.mailserver import MailServer, mail_server
from tests.support.pages import chromium, free_listener, served
from tests.support.prefect import PrefectServer, prefect_server
from tests.support.requirements import demands, numbers_of

Environment = Callable[..., Settings]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A `req` marker names a requirement that exists."""
    known = demands()
    for item in items:
        for number in numbers_of(item):
            if number not in known:
                raise pytest.UsageError(f"{item.nodeid}: there is no requirement {number} in docs/requirements.txt.")


@pytest.fixture(autouse=True, scope="session")
def _stay_on_this_machine() -> Iterator[None]:
    with only_loopback():
        yield


def _forget() -> None:
    if engine.cache_info().currsize:
        engine().dispose()
    engine.cache_clear()
    settings.cache_clear()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Environment]:
    """Own settings and data folder for each test. `environment(KYODO_PORT="1")` changes some; None unsets."""
    for name in [name for name in os.environ if name.startswith("KYODO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KYODO_DATA", str(tmp_path / "data"))

    def change(**values: str | None) -> Settings:
        for name, value in values.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        _forget()
        return settings()

    _forget()
    yield change
    _forget()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with empty tables, made once."""
    return make_sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_running() -> Iterator[PostgreSQL]:
    """A PostgreSQL server, started when the first test asks for it."""
    with postgresql_server() as server:
        yield server


@pytest.fixture
def sqlite(environment: Environment, sqlite_template: Path) -> Engine:
    """A fresh SQLite database that `reading()`, `writing()` and `transaction()` now use."""
    data = environment(KYODO_DATABASE_URL=None).data
    data.mkdir(parents=True, exist_ok=True)
    copyfile(sqlite_template, data / "kyodo.sqlite3")
    return engine()


@pytest.fixture
def postgresql(environment: Environment, postgresql_running: PostgreSQL) -> Iterator[Engine]:
    """A fresh PostgreSQL database that `reading()`, `writing()` and `transaction()` now use."""
    url = postgresql_running.fresh()
    environment(KYODO_DATABASE_URL=url)
    yield engine()
    environment(KYODO_DATABASE_URL=None)
    postgresql_running.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Engine:
    """The test runs twice: on a fresh SQLite and on a fresh PostgreSQL database."""
    fresh: Engine = request.getfixturevalue(request.param)
    return fresh


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Fillings of databases that many tests share: `prepared.fill("desk", filling)`."""
    return Prepared(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def smtp(environment: Environment) -> Iterator[MailServer]:
    """A real mail server that `KYODO_SMTP_URL` points to; `smtp.messages` is what arrived."""
    with mail_server() as server:
        environment(KYODO_SMTP_URL=server.url)
        yield server


@pytest.fixture(scope="session")
def prefect_running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    """A Prefect server, started when the first test asks for it and not waited for: `wait()` if you need it at once."""
    with prefect_server(tmp_path_factory.mktemp("prefect")) as server:
        yield server


class Clock:
    """The date this test lives on; the hour stays the real one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def set(self, day: date) -> None:
        """From now on it is this day in Tokyo."""
        self._monkeypatch.setattr(model_clock, "moved_date", lambda: day)

    def forward(self, days: int) -> date:
        """Let days pass; returns the new date."""
        self.set(model_clock.today() + timedelta(days=days))
        return model_clock.today()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Moves the date within this process: `clock.set(date(2026, 4, 1))`, `clock.forward(days=30)`."""
    return Clock(monkeypatch)


@pytest.fixture
def live_server(sqlite: Engine, environment: Environment) -> Iterator[str]:
    """The address of the application on its real web server, sharing this test's settings and database."""
    from webui.app import create_app

    listener = free_listener()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    environment(KYODO_BASE_URL=address)
    with served(create_app(), listener):
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser, one per module: Playwright's event loop stays and must not meet other modules."""
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh browser window without cookies, in Japanese."""
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
