"""Signing in and out: the right words, no hints for guessers, and back to where one was."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from kyodo.demonstration.cast import Cast, engage
from models import clock, passwords
from models.database import reading, transaction
from models.passwords import password_fits
from models.people import Person, SignInAttempt
from tests.webui.conftest import PASSWORD, Enter
from tests.webui.visitor import Page, Visitor
from webui.app import IDLE, create_app
from webui.auth import throttle


def _try(visitor: Visitor, email: str, password: str) -> Page:
    visitor.get("/sign-in")
    return visitor.send(email=email, password=password)


def _attempts() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(SignInAttempt)) or 0


def test_one_signs_in_and_out_on_both_databases(database: Engine, password_hash: str) -> None:
    with transaction() as session:
        engage(session, password_hash)
    visitor = Visitor(create_app())
    assert _try(visitor, "katsuragi@kawabe.example", "not-this-one").status == 200
    page = _try(visitor, "katsuragi@kawabe.example", PASSWORD)
    assert page.status == 302
    assert _attempts() == 0
    assert "葛城 花子" in visitor.get("/account").html
    page = visitor.post("/sign-out", {"csrf_token": visitor.token("/account")})
    assert page.location == "/"
    assert "cache" in page.answer.headers["Clear-Site-Data"]
    assert visitor.get("/account").status == 302


@pytest.mark.parametrize(
    "typed",
    ["Katsuragi@Kawabe.example", " katsuragi@kawabe.example ", "ｋａｔｓｕｒａｇｉ＠ｋａｗａｂｅ．ｅｘａｍｐｌｅ"],
)
def test_the_address_is_read_however_it_was_typed(visitor: Visitor, typed: str) -> None:
    assert _try(visitor, typed, PASSWORD).status == 302


def test_one_comes_back_to_the_page_one_wanted(visitor: Visitor) -> None:
    visitor.get(visitor.get("/account/password").location)
    assert visitor.send(email="katsuragi@kawabe.example", password=PASSWORD).location == "/account/password"


def test_one_is_never_sent_elsewhere(visitor: Visitor) -> None:
    visitor.get("/sign-in?next=https://evil.example/")
    assert "evil" not in visitor.send(email="katsuragi@kawabe.example", password=PASSWORD).location
    visitor.get("/sign-in")
    page = visitor.send(email="katsuragi@kawabe.example", password=PASSWORD, next="//evil.example/")
    assert "evil" not in page.location


def test_nobody_learns_which_addresses_exist(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    hasher = passwords._hasher

    class Counting:
        def verify(self, stored: str, password: str) -> bool:
            checked.append(stored)
            return hasher.verify(stored, password)

        def hash(self, password: str) -> str:
            return hasher.hash(password)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    known = _try(visitor, "katsuragi@kawabe.example", "wrong-password")
    unknown = _try(visitor, "nobody@kawabe.example", "wrong-password")
    words = "メールアドレスかパスワードが違います。もう一度入力してください。"
    assert (known.status, unknown.status) == (200, 200)
    assert words in known.html
    assert words in unknown.html
    assert len(checked) == 2, "Both cost one slow check"
    assert checked[0].split("$")[3] == checked[1].split("$")[3], "with the same parameters"


def test_a_deactivated_person_and_one_without_password_stay_out(cast: Cast, visitor: Visitor) -> None:
    with transaction() as session:
        session.get_one(Person, cast.people["katsuragi"].id).active = False
        session.get_one(Person, cast.people["ono"].id).password_hash = ""
    assert _try(visitor, "katsuragi@kawabe.example", PASSWORD).status == 200
    assert _try(visitor, "ono@kawabe.example", PASSWORD).status == 200
    assert _attempts() == 2


def test_empty_fields_are_told_at_the_field(visitor: Visitor) -> None:
    page = _try(visitor, "", "")
    assert page.status == 422
    assert "メールアドレスを入力してください" in page.html
    assert _attempts() == 0


def test_guessing_at_one_address_is_slowed_down_even_with_the_right_password(visitor: Visitor, cast: Cast) -> None:
    for _ in range(throttle.PER_EMAIL):
        assert _try(visitor, "katsuragi@kawabe.example", "guess-guess").status == 200
    page = _try(visitor, "katsuragi@kawabe.example", PASSWORD)
    assert page.status == 429
    assert page.answer.headers["Retry-After"] == "900"
    assert "15分ほど待つ" in page.html
    assert _try(visitor, "ono@kawabe.example", PASSWORD).status == 302


def test_after_a_while_one_may_try_again(visitor: Visitor) -> None:
    with transaction() as session:
        for _ in range(throttle.PER_EMAIL):
            throttle.remember(session, "katsuragi@kawabe.example", "192.0.2.1")
        for attempt in session.scalars(select(SignInAttempt)):
            attempt.at = clock.now() - throttle.WINDOW - timedelta(seconds=1)
    assert _try(visitor, "katsuragi@kawabe.example", PASSWORD).status == 302


def test_guessing_at_many_addresses_from_one_place_is_slowed_down(visitor: Visitor) -> None:
    with transaction() as session:
        for number in range(throttle.PER_ADDRESS):
            throttle.remember(session, f"guess{number}@kawabe.example", "127.0.0.1")
    assert _try(visitor, "katsuragi@kawabe.example", PASSWORD).status == 429


def test_nothing_from_before_survives_signing_in(visitor: Visitor) -> None:
    visitor.get("/sign-in")
    with visitor.client.session_transaction() as session:
        session["planted"] = "by somebody else"
        before = session["csrf_token"]
    visitor.send(email="katsuragi@kawabe.example", password=PASSWORD)
    visitor.get("/account")
    with visitor.client.session_transaction() as session:
        assert "planted" not in session
        assert session["csrf_token"] != before


def test_twelve_idle_hours_end_the_session(
    app: Flask, cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert timedelta(hours=12) == IDLE
    browser = enter(cast.people["katsuragi"])
    assert browser.get("/account").status == 200
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(seconds=-1)
    assert browser.get("/account").status == 302


def test_a_session_is_prolonged_by_use(cast: Cast, enter: Enter) -> None:
    assert "kyodo=" in enter(cast.people["katsuragi"]).get("/help").answer.headers["Set-Cookie"]


def test_a_made_up_session_opens_nothing(cast: Cast, visitor: Visitor) -> None:
    for remembered in (f"{cast.people['katsuragi'].id}:wrong", "1 OR 1=1:x", "", "999999:x"):
        with visitor.client.session_transaction() as session:
            session["_user_id"] = remembered
        assert visitor.get("/account").status == 302


def test_the_password_fits_only_its_person(cast: Cast) -> None:
    assert password_fits(cast.people["katsuragi"], PASSWORD)
    assert not password_fits(cast.people["katsuragi"], PASSWORD + " ")
    assert not password_fits(None, PASSWORD)


@pytest.mark.parametrize(
    "address", ["katsuragi@kawabe.example", "takahashi@aobagawa.example", "admin@aobagawa.example"]
)
def test_one_begins_at_the_first_entry_of_ones_own_menu(visitor: Visitor, address: str) -> None:
    start = _try(visitor, address, PASSWORD).location
    first = visitor.get("/help").root.find(".//nav[@class='nav']//a")
    assert first is not None
    assert first.get("href") == start
