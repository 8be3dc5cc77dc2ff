"""Who may open which page: every route is marked, and what one may not see looks like what does not exist."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask, abort
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models import clock
from models.database import transaction
from models.people import Person, Tenure
from tests.webui.conftest import Enter
from tests.webui.visitor import Visitor
from webui.access import Mark, administrator, mark_of, public, safe_next, signed_in, staff


@pytest.fixture
def rooms(app: Flask) -> Flask:
    """A page for each mark, and one that hides its record."""

    def answer() -> str:
        return "inside"

    def hidden() -> str:
        abort(403)

    for mark in (public, signed_in, staff, administrator):
        app.add_url_rule(f"/room/{mark.__name__}", mark.__name__, mark(lambda: answer()), methods=["GET", "POST"])
    app.add_url_rule("/room/hidden", "hidden", signed_in(hidden))
    app.add_url_rule("/room/unmarked", "unmarked", answer)
    return app


def test_every_page_says_who_may_open_it(development_app: Flask) -> None:
    views = development_app.view_functions
    bare = [rule.endpoint for rule in development_app.url_map.iter_rules() if mark_of(views[rule.endpoint]) is None]
    assert not bare, f"Put @public, @signed_in, @staff or @administrator (webui/access.py) on these views: {bare}"


def test_addresses_are_in_kebab_case_and_numbers_are_numbers(development_app: Flask) -> None:
    for rule in development_app.url_map.iter_rules():
        assert rule.rule == rule.rule.lower() or "<" in rule.rule, f"{rule.rule}: lower case, with hyphens"
        assert "_" not in rule.rule.replace("_id>", ">").split("<")[0], f"{rule.rule}: hyphens, not underscores"
        for name in rule.arguments:
            if name.endswith("_id"):
                assert f"<int:{name}>" in rule.rule, f"{rule.rule}: <int:{name}>, so that anything else is a 404"


def test_a_page_without_a_mark_opens_for_nobody(rooms: Flask, cast: Cast, enter: Enter) -> None:
    page = enter(cast.people["katsuragi"]).get("/room/unmarked")
    assert page.status == 500
    assert "inside" not in page.html


@pytest.mark.parametrize(
    ("who", "opened"),
    [
        ("", {"public"}),
        ("katsuragi", {"public", "signed_in"}),
        ("takahashi", {"public", "signed_in", "staff"}),
        ("admin", {"public", "signed_in", "staff", "administrator"}),
    ],
)
def test_each_room_opens_for_those_it_is_for(
    rooms: Flask, cast: Cast, visitor: Visitor, who: str, opened: set[str]
) -> None:
    if who:
        visitor.become(cast.people[who])
    answers = {mark.value: visitor.get(f"/room/{mark.value}").status for mark in Mark}
    closed = 404 if who else 302
    assert answers == {mark.value: 200 if mark.value in opened else closed for mark in Mark}


def test_what_one_may_not_see_looks_like_what_does_not_exist(rooms: Flask, cast: Cast, enter: Enter) -> None:
    member = enter(cast.people["katsuragi"])
    bodies = set()
    for path in ("/room/missing", "/room/hidden", "/room/staff", "/room/administrator"):
        page = member.get(path)
        assert page.status == 404
        bodies.add(re.sub(r'name="csrf_token" value="[^"]*"', "", page.html.replace(path, "/room/X")))
    assert len(bodies) == 1


def test_a_visitor_comes_back_to_the_page_after_signing_in(rooms: Flask, visitor: Visitor) -> None:
    page = visitor.get("/room/staff?tab=late&page=2")
    assert page.location == "/sign-in?next=/room/staff?tab%3Dlate%26page%3D2"


def test_who_has_left_the_city_hall_is_no_longer_staff(rooms: Flask, cast: Cast, enter: Enter) -> None:
    officer = cast.people["takahashi"]
    browser = enter(officer)
    with transaction() as session:
        for tenure in session.scalars(select(Tenure).where(Tenure.person_id == officer.id)):
            tenure.until = clock.today() - timedelta(days=1)
    assert browser.get("/room/staff").status == 404


def test_a_post_counts_from_its_first_day_on(rooms: Flask, cast: Cast, enter: Enter) -> None:
    officer = cast.people["takahashi"]
    with transaction() as session:
        for tenure in session.scalars(select(Tenure).where(Tenure.person_id == officer.id)):
            tenure.since = date(2999, 4, 1)
    assert enter(officer).get("/room/staff").status == 404


@pytest.mark.parametrize("change", ["deactivated", "new key"])
def test_a_session_ends_with_the_account_or_the_password(rooms: Flask, cast: Cast, enter: Enter, change: str) -> None:
    browser = enter(cast.people["katsuragi"])
    assert browser.get("/room/signed_in").status == 200
    with transaction() as session:
        person = session.get_one(Person, cast.people["katsuragi"].id)
        if change == "deactivated":
            person.active = False
        else:
            person.session_key = "another"
    assert browser.get("/room/signed_in").status == 302


@pytest.mark.parametrize(
    ("wish", "granted"),
    [
        ("/mine?x=1", "/mine?x=1"),
        ("/提案", "/提案"),
        ("//evil.example/", None),
        ("https://evil.example/", None),
        ("/\\evil.example", None),
        ("\\/evil.example", None),
        ("/a\nb", None),
        ("javascript:alert(1)", None),
        ("", None),
        (None, None),
    ],
)
def test_the_way_back_never_leads_elsewhere(wish: str | None, granted: str | None) -> None:
    assert safe_next(wish) == granted
