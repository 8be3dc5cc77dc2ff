"""A city at work, on either database."""

import pytest
from sqlalchemy import Engine

from kyodo.demonstration.cast import Cast, engage, gather
from kyodo.demonstration.story import Plot, Story
from models.database import reading, transaction
from models.process.vocabulary import State
from tests.support.databases import Prepared

TITLES = ("音声まち歩き", "空き家の学習支援教室", "ＡＢＣ子ども食堂", "里山の手入れ", "まちの保健室")


@pytest.fixture
def cast(database: Engine, prepared: Prepared, password_hash: str) -> Cast:
    """The people of Aobagawa and five proposals on their way."""
    prepared.fill("desk", lambda: _at_work(password_hash))
    with reading() as session:
        return gather(session)


def _at_work(password_hash: str) -> None:
    with transaction() as session:
        people = engage(session, password_hash)
        states = (State.SUBMITTED, State.ASSIGNED, State.CONSULTING, State.APPROVING, State.RUNNING)
        for title, state in zip(TITLES, states, strict=True):
            Story(session, people, Plot(title=title)).take_to(state)
        Story(session, people, Plot(title="まだ下書き")).take_to(State.DRAFT)
