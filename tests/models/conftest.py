"""What tests of the domain's files and rows share."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.database import writing


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    """A transaction that is not kept."""
    with writing() as session:
        yield session
        session.rollback()
