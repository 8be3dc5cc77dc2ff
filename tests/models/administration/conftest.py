"""Aobagawa with its administrator, on either database."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast, engage
from models.database import writing
from models.people import Department, Group, Person, Post, Seat
from models.process.actors import Actor


@dataclass(frozen=True)
class Office:
    """The cast, the session of this test, and the administrator who acts in it."""

    session: Session
    cast: Cast
    actor: Actor

    def person(self, who: str) -> Person:
        """Somebody of the cast."""
        return self.cast.people[who]

    def department(self, key: str) -> Department:
        """A department or section."""
        return self.cast.departments[key]

    def post(self, key: str, seat: Seat) -> Post:
        """The first post of this seat in a department."""
        return next(post for post in self.cast.departments[key].posts if post.seat is seat)

    def group(self, key: str) -> Group:
        """A group of the cast."""
        return self.cast.groups[key]


@pytest.fixture
def office(database: Engine) -> Iterator[Office]:
    """One transaction that is thrown away at the end."""
    with writing() as session:
        cast = engage(session)
        yield Office(session, cast, cast.actor(session, "admin"))
