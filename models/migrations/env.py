"""How Alembic reaches the database: with an engine of its own, made like the application's."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, Engine

from models.base import Moment
from models.database import open_engine
from models.settings import settings
from models.tables import Base

ONE_AT_A_TIME = 8_157_236
"""Number of the PostgreSQL lock that makes a second migrating process wait."""


def _written_as(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Migrations name plain column types only, so that they still run when the model's classes have moved on."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    if kind == "type" and isinstance(item, sa.JSON):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def _prepare(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        # A table that SQLite rebuilds is dropped for a moment; its children must not go with it.
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
    else:
        connection.execute(sa.select(sa.func.pg_advisory_lock(ONE_AT_A_TIME)))
        connection.commit()


def _run(engine: Engine) -> None:
    with engine.execution_options(kyodo_writes=True).connect() as connection:
        _prepare(connection)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            render_item=_written_as,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


opened = open_engine(context.config.attributes.get("url") or settings().database_url)
try:
    _run(opened)
finally:
    opened.dispose()
