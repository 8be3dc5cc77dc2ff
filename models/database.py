"""Opening the database: one engine per process, sessions for reading and for writing, SQLite made durable and fair."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from models.settings import settings

BUSY_SECONDS = 15
"""How long a writer waits for another on SQLite before it is told that the service is busy."""


@cache
def engine() -> Engine:
    """This process's engine for `KYODO_DATABASE_URL`."""
    return open_engine(settings().database_url)


def open_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL. SQLite gets WAL, full sync, foreign keys and honest transactions.

    What people wrote never stands in an error's text, and so in no log.
    """
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        return create_engine(
            address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=10, hide_parameters=True
        )
    if address.database and address.database != ":memory:":
        settings().data.mkdir(parents=True, exist_ok=True)
    opened = create_engine(
        address, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}, hide_parameters=True
    )
    event.listen(opened, "connect", _prepare_sqlite)
    event.listen(opened, "begin", _begin_sqlite)
    return opened


def reading() -> Session:
    """A session that only reads. On SQLite it never waits for a writer."""
    return Session(engine(), expire_on_commit=False)


def writing() -> Session:
    """A session that writes. On SQLite it takes the write lock at its first statement, so it cannot deadlock."""
    return Session(_that_writes(engine()), expire_on_commit=False)


@lru_cache(maxsize=1)
def _that_writes(opened: Engine) -> Engine:
    return opened.execution_options(kyodo_writes=True)


@contextmanager
def transaction() -> Iterator[Session]:
    """One write transaction: committed at the end, rolled back on any exception."""
    with writing() as session, session.begin():
        yield session


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver's guess
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("kyodo_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
