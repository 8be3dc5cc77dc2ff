"""Pages for what goes wrong: a sentence each, in both languages, with nothing of our insides in it."""

import logging

import pytest
from flask import Flask, abort
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from kyodo.demonstration.cast import Cast
from models.people import Person
from tests.webui.conftest import Enter
from tests.webui.markup import faults
from tests.webui.visitor import Visitor
from webui.access import public
from webui.app import create_app
from webui.database import db

TITLES = {
    400: ("送られた内容を受け取れませんでした", "We could not take what was sent"),
    403: ("ページが見つかりません", "Page not found"),
    404: ("ページが見つかりません", "Page not found"),
    405: ("この操作はできません", "This cannot be done here"),
    409: ("ほかの人が先に変更しました", "Somebody else was faster"),
    413: ("大きすぎて、受け取れませんでした", "Too large to be taken"),
    429: ("少し時間をおいてください", "Please wait a little"),
    500: ("ページを表示できませんでした", "The page could not be shown"),
    503: ("ただいま混み合っています", "Busy at the moment"),
}


@pytest.fixture
def trouble(app: Flask) -> Flask:
    """Pages that fail: /fail/<status>, /crash, /stale, /gone."""

    @public
    def fail(status: int) -> str:
        abort(status)

    @public
    def crash() -> str:
        raise ZeroDivisionError("secret inside")

    @public
    def stale() -> str:
        raise StaleDataError("UPDATE statement on table 'proposal'")

    @public
    def gone() -> str:
        raise OperationalError("SELECT secret", {}, Exception("connection refused"))

    app.add_url_rule("/fail/<int:status>", view_func=fail, methods=["GET", "POST"])
    for view in (crash, stale, gone):
        app.add_url_rule(f"/{view.__name__}", view_func=view, methods=["GET", "POST"])
    return app


@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("status", sorted(TITLES))
def test_each_error_is_told_in_a_sentence(trouble: Flask, status: int, language: int) -> None:
    visitor = Visitor(trouble)
    visitor.client.set_cookie("language", ("ja", "en")[language])
    page = visitor.get(f"/fail/{status}")
    assert (page.status, page.heading) == (404 if status == 403 else status, TITLES[status][language])
    assert faults(page.html) == []


def test_an_unforeseen_status_has_a_page_too(trouble: Flask) -> None:
    page = Visitor(trouble).get("/fail/418")
    assert (page.status, page.heading) == (418, TITLES[400][0])


def test_the_wrong_method_is_told_with_what_is_allowed(trouble: Flask) -> None:
    page = Visitor(trouble).get("/sign-out")
    assert (page.status, page.heading) == (405, TITLES[405][0])
    assert "POST" in page.answer.headers["Allow"]


def test_our_own_failure_has_a_number_and_shows_nothing_else(trouble: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        page = Visitor(trouble).get("/crash")
    assert page.status == 500
    number = page.root.find(".//main//b")
    assert number is not None
    assert number.text
    assert number.text in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "secret inside" not in page.html
    assert "Traceback" not in page.html


@pytest.mark.parametrize(("path", "status"), [("/crash", 500), ("/stale", 409), ("/gone", 503)])
def test_what_was_typed_is_shown_again(trouble: Flask, cast: Cast, enter: Enter, path: str, status: int) -> None:
    browser = enter(cast.people["katsuragi"])
    token = browser.token("/account")
    page = browser.post(path, {"text": "川辺の見守りを続けたい。", "password": "hidden-word", "csrf_token": token})
    assert page.status == status
    assert "川辺の見守りを続けたい。" in page.html
    assert "hidden-word" not in page.html
    assert faults(page.html) == []


def test_the_page_for_a_lost_database_asks_it_nothing(
    trouble: Flask, cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> Session:
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    monkeypatch.setattr("webui.database.reading", lost)
    page = enter(cast.people["katsuragi"]).get("/account")
    assert (page.status, page.heading) == (503, TITLES[503][0])


def test_a_script_gets_the_number_as_data(trouble: Flask) -> None:
    answer = Visitor(trouble).get("/crash", headers={"Accept": "application/json"}).answer
    assert answer.json is not None
    assert answer.json["problem"] == "500"
    assert len(answer.json["reference"]) == 8


@pytest.mark.parametrize("number", ["2147483648", "9" * 40, "-1", "1.5", "٣", "1%00"])
def test_a_number_no_row_can_have_is_no_page(development_app: Flask, number: str) -> None:
    assert Visitor(development_app).get(f"/dev/mails/{number}").status == 404


def test_what_a_database_cannot_take_is_refused_on_both(database: Engine) -> None:
    visitor = Visitor(create_app())
    for path in ("/sign-in?next=%00", "/password/new/%00", "/language/%00", "/%00"):
        assert visitor.get(path).status in (200, 404)
    visitor.get("/sign-in")
    assert visitor.send(email="a\x00b@kawabe.example", password="a\x00b").status == 200


def test_a_number_without_end_is_refused_in_a_sentence(trouble: Flask, cast: Cast, enter: Enter) -> None:
    browser = enter(cast.people["katsuragi"])
    page = browser.post("/notices/read", {"newest": "9" * 40, "csrf_token": browser.token("/account")})
    assert (page.status, page.heading) == (400, TITLES[400][0])


def test_text_with_a_nul_is_refused_where_the_database_refuses_it(postgresql: Engine) -> None:
    @public
    def find() -> str:
        return str(db().scalar(select(Person).where(Person.email == "a\x00b")))

    app = create_app()
    app.add_url_rule("/find", view_func=find)
    assert Visitor(app).get("/find").status == 400
