"""The migrations make the tables the models describe, on both databases, and refuse in words."""

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Engine, Integer, MetaData, Table, inspect, text

from kyodo import CannotGoOnError, migrations
from models.database import engine
from models.settings import settings
from models.tables import Base
from tests.conftest import Environment
from tests.support.databases import PostgreSQL


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, environment: Environment) -> Iterator[Engine]:
    """A database without any table."""
    if request.param == "sqlite":
        yield engine()
        return
    server: PostgreSQL = request.getfixturevalue("postgresql_running")
    url = server.empty()
    environment(KYODO_DATABASE_URL=url)
    yield engine()
    environment(KYODO_DATABASE_URL=None)
    server.drop(url)


def test_the_migrated_database_is_the_one_the_models_describe(empty_database: Engine) -> None:
    migrations.upgrade()
    with empty_database.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_migrating_a_current_database_changes_nothing(empty_database: Engine) -> None:
    migrations.upgrade()
    with empty_database.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO department (key, name, name_en, phone, fax, email, leads)"
                " VALUES ('a', 'あ', '', '', '', '', false)"
            )
        )
    migrations.upgrade()
    with empty_database.connect() as connection:
        assert connection.scalar(text("SELECT name FROM department")) == "あ"


def test_migrations_can_be_taken_back(empty_database: Engine) -> None:
    migrations.upgrade()
    command.downgrade(migrations.alembic(settings().database_url), "base")
    assert inspect(empty_database).get_table_names() == ["alembic_version"]


def test_a_database_of_a_newer_version_is_refused(empty_database: Engine) -> None:
    migrations.upgrade()
    with empty_database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'tomorrow'"))
    with pytest.raises(CannotGoOnError, match="another version of Kyodo"):
        migrations.upgrade()


def test_a_database_that_does_not_answer_is_named_without_its_password(environment: Environment) -> None:
    environment(KYODO_DATABASE_URL="postgresql://kyodo:secret@127.0.0.1:1/kyodo")
    with pytest.raises(CannotGoOnError, match="does not answer") as refusal:
        migrations.upgrade()
    assert "127.0.0.1:1/kyodo" in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_a_table_without_migration_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    grown = MetaData()
    for table in Base.metadata.tables.values():
        table.to_metadata(grown)
    Table("handshake", grown, Column("id", Integer, primary_key=True))
    monkeypatch.setattr(Base, "metadata", grown)
    assert "handshake" in migrations.differences()[0]
