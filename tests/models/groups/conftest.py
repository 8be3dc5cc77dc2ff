"""Aobagawa on either database, in one transaction that is thrown away."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast, engage
from models.administration.record import record_of, told
from models.database import writing
from models.people import Group
from models.process.actors import Actor


@dataclass(frozen=True)
class Town:
    """The cast and the session of this test."""

    session: Session
    cast: Cast

    def actor(self, who: str) -> Actor:
        """Somebody of the cast, with today's posts and memberships."""
        return self.cast.actor(self.session, who)

    def group(self, key: str = "river") -> Group:
        """A group of the cast; 川辺のみまもり has the representative katsuragi and the member ono."""
        return self.cast.groups[key]

    def history(self, key: str = "river") -> list[str]:
        """What the record says of a group, the latest first."""
        return [told(event, "ja")[0] for event in record_of(self.session, self.group(key))]


@pytest.fixture
def town(database: Engine) -> Iterator[Town]:
    """One transaction that is thrown away at the end."""
    with writing() as session:
        yield Town(session, engage(session))
