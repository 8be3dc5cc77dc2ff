"""What tests of the pages ask for: the application on a fresh database with the cast in it, and visitors."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine

from kyodo.demonstration.cast import Cast, engage
from models.database import transaction
from models.passwords import hashed
from models.people import Person
from tests.conftest import Environment
from tests.webui.visitor import Visitor
from webui.app import create_app

PASSWORD = "青葉川の土手を歩く"

Enter = Callable[[Person], Visitor]


@pytest.fixture(scope="session")
def password_hash() -> str:
    """Everybody's password, hashed once, since that is slow on purpose."""
    return hashed(PASSWORD)


@pytest.fixture
def cast(sqlite: Engine, password_hash: str) -> Cast:
    """The people of Aobagawa, in a fresh database."""
    with transaction() as session:
        return engage(session, password_hash)


@pytest.fixture
def app(cast: Cast, environment: Environment) -> Flask:
    """The application as it runs in production."""
    return create_app()


@pytest.fixture
def development_app(cast: Cast, environment: Environment) -> Flask:
    """The application as it runs while it is being built."""
    environment(KYODO_ENV="development")
    return create_app()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody who has not signed in."""
    return Visitor(app)


@pytest.fixture
def enter(app: Flask) -> Enter:
    """`enter(person)` is that person's browser, signed in."""

    def signed_in(person: Person) -> Visitor:
        visitor = Visitor(app)
        visitor.become(person)
        return visitor

    return signed_in
