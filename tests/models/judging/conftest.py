"""Three proposals before the committee, on either database, in one transaction that is thrown away."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Engine

from kyodo.demonstration.cast import engage
from models.database import writing
from models.process.refusals import NotReady
from tests.support.selection import Hall
from tests.support.selection import hall as seat

Lacking = Callable[..., AbstractContextManager[None]]


@pytest.fixture
def hall(database: Engine) -> Iterator[Hall]:
    """Three proposals of three groups wait for the first of two rounds."""
    with writing() as session:
        yield seat(session, engage(session))


@pytest.fixture
def lacking() -> Lacking:
    """`with lacking("score_by"): …`: it is refused, and these fields say why."""

    @contextmanager
    def refused(*fields: str) -> Iterator[None]:
        with pytest.raises(NotReady) as error:
            yield
        assert [gap.field for gap in error.value.missing] == list(fields)

    return refused
