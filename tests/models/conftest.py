"""What tests of the domain's files and rows share."""

from collections.abc import Iterator
from functools import partial

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import engage
from models.database import writing
from tests.support.screening import Handed, hand_in


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    """A transaction that is not kept."""
    with writing() as session:
        yield session
        session.rollback()


@pytest.fixture
def handed_in(sqlite: Engine) -> Iterator[Handed]:
    """`handed_in("{kind: members, least: 5}", budget=[…])`: an accepted proposal under this one rule."""
    with writing() as session:
        yield partial(hand_in, session, engage(session))
        session.rollback()
