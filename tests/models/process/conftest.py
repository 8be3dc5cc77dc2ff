"""What tests of the process ask for: a proposal at any scene, within milliseconds."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine

from kyodo.demonstration.cast import gather
from kyodo.demonstration.story import Story
from models.database import engine, writing
from models.settings import settings
from tests.conftest import Environment
from tests.models.process.scenes import Resumed, begin, play

Told = Callable[[str], Story]


@pytest.fixture(scope="session")
def scene_files(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> dict[str, Path]:
    """A database file for every scene, told once."""
    folder = tmp_path_factory.mktemp("scenes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KYODO_DATA", str(folder))
        settings.cache_clear()
        files = play(folder, sqlite_template)
    settings.cache_clear()
    return files


@pytest.fixture
def told(environment: Environment, scene_files: dict[str, Path]) -> Iterator[Told]:
    """`told("consulting")`: the story at that scene, in a fresh database."""
    with ExitStack() as open_sessions:

        def tell(scene: str) -> Story:
            open_sessions.close()
            data = environment(KYODO_DATABASE_URL=None).data
            data.mkdir(parents=True, exist_ok=True)
            copyfile(scene_files[scene], data / "kyodo.sqlite3")
            session = open_sessions.enter_context(writing())
            return Resumed(session, gather(session))

        yield tell


@pytest.fixture
def story(database: Engine) -> Iterator[Story]:
    """A draft just begun; the test runs on SQLite and on PostgreSQL."""
    with writing() as session:
        yield begin(session)
        session.rollback()
    engine().dispose()
