"""Every page of a group: sound in both languages, and for whom it is."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from kyodo.demonstration.cast import Cast
from models import clock
from models.database import transaction
from models.groups.succession import offer
from models.people import Group
from models.process.actors import actor_of
from models.rosters import entries, import_lines
from tests.webui.conftest import Enter
from tests.webui.markup import faults
from tests.webui.visitor import Visitor

OPEN = {"groups.directory", "groups.new", "groups.profile"}
BY_LINK = {"groups.registration", "groups.invitation"}


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """川辺のみまもり with a handover offered and a list of members."""
    with transaction() as session:
        group = session.get_one(Group, cast.groups["river"].id)
        actor = actor_of(session, cast.people["katsuragi"])
        day = clock.today() + timedelta(days=7)
        offer(session, actor, group, person_id=cast.people["ono"].id, day=day, leaves=True)
        import_lines(session, actor, group, "星 一,川辺町1,会長,在住\n星 二,川辺町2", replace=False)
    return cast


def pages(app: Flask, cast: Cast) -> Iterator[tuple[str, str]]:
    """Endpoint and address of every page of a group that can be opened without a mail's link."""
    with transaction() as session:
        entry = entries(session, session.get_one(Group, cast.groups["river"].id))[0].id
    numbers = {
        "group_id": cast.groups["river"].id,
        "membership_id": next(m.id for m in cast.groups["river"].memberships if not m.represents),
        "entry_id": entry,
    }
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("groups.") and "GET" in (rule.methods or ()) and rule.endpoint not in BY_LINK:
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **{name: numbers[name] for name in rule.arguments})
            yield rule.endpoint, address


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_is_sound(app: Flask, busy: Cast, enter: Enter, language: str) -> None:
    leader, successor = enter(busy.people["katsuragi"]), enter(busy.people["ono"])
    found = list(pages(app, busy))
    assert len(found) >= 12
    for endpoint, path in found:
        visitor = successor if endpoint == "groups.succession" else leader
        visitor.client.set_cookie("language", language)
        page = visitor.get(path)
        assert page.status == 200, path
        assert page.root.get("lang") == language
        assert faults(page.html) == [], path


def test_only_members_find_what_is_theirs(app: Flask, busy: Cast, enter: Enter, visitor: Visitor) -> None:
    strangers = [enter(busy.people[who]) for who in ("nakamura", "fujita", "admin")]
    for endpoint, path in pages(app, busy):
        anybody = endpoint in OPEN
        assert visitor.get(path).status == (200 if anybody else 302), path
        for stranger in strangers:
            page = stranger.get(path)
            assert page.status == (200 if anybody else 404), (path, page.answer.headers)


def test_buttons_work_for_members_alone(app: Flask, busy: Cast, enter: Enter) -> None:
    stranger = enter(busy.people["fujita"])
    token = stranger.token("/account")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("groups.") and rule.methods and "POST" in rule.methods:
            numbers = dict.fromkeys(rule.arguments, 1) | {"group_id": busy.groups["river"].id}
            if "group_id" in rule.arguments:
                with app.test_request_context():
                    path = app.url_for(rule.endpoint, **{name: numbers[name] for name in rule.arguments})
                assert stranger.post(path, {"csrf_token": token}).status == 404, path


def test_the_desks_pages_are_for_staff(busy: Cast, enter: Enter, visitor: Visitor) -> None:
    river = busy.groups["river"].id
    for path in ("/desk/groups", f"/desk/groups/{river}"):
        page = enter(busy.people["nakamura"]).get(path)
        assert page.status == 200
        assert faults(page.html) == []
        assert enter(busy.people["katsuragi"]).get(path).status == 404
        assert visitor.get(path).status == 302
    assert enter(busy.people["nakamura"]).get("/desk/groups/9999").status == 404
