"""The database's history: one Alembic revision per change of the tables, from the first one on."""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from models.database import reading


def newest() -> str:
    """The revision that this version of Kyodo works with."""
    return max(path.name.partition("_")[0] for path in (Path(__file__).parent / "versions").glob("[0-9]*.py"))


def reached() -> str | None:
    """The revision of the database; None: it has no tables yet, or does not answer."""
    with suppress(DatabaseError), reading() as session:
        return str(session.scalar(text("SELECT version_num FROM alembic_version")))
    return None
