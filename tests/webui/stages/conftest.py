"""Pages of moves are tested on either database."""

import pytest
from sqlalchemy import Engine

from kyodo.demonstration.cast import Cast, engage
from models.database import transaction


@pytest.fixture
def cast(database: Engine, password_hash: str) -> Cast:
    """The people of Aobagawa, in a fresh database."""
    with transaction() as session:
        return engage(session, password_hash)
