"""The administrator's browser."""

import pytest

from kyodo.demonstration.cast import Cast
from models.people import Post, Seat
from tests.webui.conftest import Enter
from tests.webui.visitor import Visitor


@pytest.fixture
def administrator(cast: Cast, enter: Enter) -> Visitor:
    """管理 太郎, signed in."""
    return enter(cast.people["admin"])


def post_of(cast: Cast, key: str, seat: Seat) -> Post:
    """The first post of this seat in a department."""
    return next(post for post in cast.departments[key].posts if post.seat is seat)
