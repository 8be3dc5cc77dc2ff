"""Every page of the administration: for administrators alone, sound in both languages, sound with its errors."""

from collections.abc import Iterator

import pytest
from flask import Flask

from kyodo.demonstration.cast import Cast
from models.database import transaction
from models.editions import take_up
from models.people import Seat
from models.programme.library import DEFAULT
from tests.support.editions import SIGN, changed
from tests.webui.admin.conftest import post_of
from tests.webui.conftest import Enter
from tests.webui.markup import faults
from tests.webui.visitor import Visitor


def pages(app: Flask, cast: Cast) -> Iterator[str]:
    """The address of every page that can be opened."""
    numbers = {
        "department_id": cast.departments["children"].id,
        "post_id": post_of(cast, "children", Seat.SECTION_HEAD).id,
        "person_id": cast.people["sasaki"].id,
        "group_id": cast.groups["river"].id,
        "membership_id": next(m.id for m in cast.groups["river"].memberships if not m.represents),
        "key": DEFAULT,
        "number": _waiting_edition(),
    }
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("admin.") and "GET" in (rule.methods or ()) and not rule.rule.endswith(".yaml"):
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **{name: numbers[name] for name in rule.arguments})
            yield address


def _waiting_edition() -> int:
    """第n版 of one that is not in force yet."""
    with transaction() as session:
        return take_up(session, changed(SIGN), person_id=None).number


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_is_sound(app: Flask, cast: Cast, administrator: Visitor, language: str) -> None:
    administrator.client.set_cookie("language", language)
    found = list(pages(app, cast))
    assert len(found) > 20
    for path in found:
        page = administrator.get(path)
        assert page.status == 200, path
        assert page.root.get("lang") == language
        assert faults(page.html) == [], path


def test_only_administrators_find_them(app: Flask, cast: Cast, enter: Enter, visitor: Visitor) -> None:
    for path in pages(app, cast):
        assert visitor.get(path).status == 302, path
        for who in ("nakamura", "katsuragi"):
            assert enter(cast.people[who]).get(path).status == 404, (path, who)


def test_buttons_work_for_administrators_alone(app: Flask, cast: Cast, enter: Enter) -> None:
    officer = enter(cast.people["nakamura"])
    token = officer.token("/account")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("admin.") and "POST" in (rule.methods or ()):
            with app.test_request_context():
                path = app.url_for(rule.endpoint, **dict.fromkeys(rule.arguments, 1))
            assert officer.post(path, {"csrf_token": token}).status == 404, path


def test_what_does_not_exist_is_no_page(administrator: Visitor) -> None:
    for path in ("departments/9999", "posts/9999", "people/9999", "groups/9999", "groups/1/members/9999/end"):
        assert administrator.get(f"/admin/{path}").status == 404


def test_a_membership_of_another_group_is_no_page(cast: Cast, administrator: Visitor) -> None:
    other = cast.groups["danchi"].memberships[0]
    assert administrator.get(f"/admin/groups/{cast.groups['river'].id}/members/{other.id}/end").status == 404


FORMS = {
    "/admin/departments/new": {"name": "", "email": "x", "parent_id": ""},
    "/admin/people/invite": {"name": "", "email": "x"},
    "/admin/groups/new": {"name": "", "website": "x"},
}


@pytest.mark.parametrize("path", FORMS)
def test_a_form_says_each_problem_at_its_field_and_keeps_what_was_typed(administrator: Visitor, path: str) -> None:
    administrator.get(path)
    page = administrator.send("name", **FORMS[path])
    assert page.status == 422
    assert faults(page.html) == []
    summary = page.root.find(".//div[@role='alert']")
    assert summary is not None
    links = [(link.get("href") or "").removeprefix("#") for link in summary.iter("a")]
    assert "name" in "".join(links)
    for field in links:
        assert page.root.find(f".//*[@id='{field}'][@aria-invalid='true']") is not None
    assert page.root.find(".//*[@value='x']") is not None
