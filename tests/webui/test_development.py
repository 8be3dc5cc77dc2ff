"""The development pages: who one plays, the date, mails and documents; and the line about automation."""

from datetime import date, timedelta

import pytest
from flask import Flask

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.logins import invitation
from kyodo.welcome import welcome
from models import clock
from models.database import transaction
from models.outbox import Delivery, Heartbeat
from tests.conftest import Environment
from tests.webui.visitor import Visitor
from webui import automation
from webui.app import create_app
from webui.automation import PART, SILENCE

STANDSTILL = "自動処理が止まっています"


def test_one_becomes_anybody_of_the_cast_with_one_click(development_app: Flask, cast: Cast) -> None:
    visitor = Visitor(development_app)
    page = visitor.get("/dev/sign-in")
    assert "川辺のみまもり" in page.html
    assert "福祉政策課" in page.html
    assert visitor.send("person", person=str(cast.people["ono"].id)).status == 302
    assert "大野 勇" in visitor.get("/account").html
    visitor.get("/dev/sign-in")
    assert visitor.send("person", person="999999").status == 404


@pytest.mark.parametrize("path", ["/dev", "/dev/sign-in", "/dev/mails", "/dev/clock"])
def test_nobody_comes_in_from_another_machine(development_app: Flask, path: str) -> None:
    visitor = Visitor(development_app)
    for address in ("192.0.2.7", "10.0.0.5", "2001:db8::7", "0.0.0.0", ""):  # noqa: S104 (where somebody comes from)
        assert visitor.get(path, environ_overrides={"REMOTE_ADDR": address}).status == 404, address
    assert visitor.get(path, base_url="http://kyodo.example.jp").status == 404
    for address in ("127.0.0.1", "127.8.8.8", "::1"):
        assert visitor.get(path, environ_overrides={"REMOTE_ADDR": address}).status == 200, address


def test_nobody_signs_in_as_another_from_another_machine(development_app: Flask, cast: Cast) -> None:
    visitor = Visitor(development_app)
    fields = {"person": str(cast.people["admin"].id), "csrf_token": visitor.token()}
    assert visitor.post("/dev/sign-in", fields, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status == 404
    assert visitor.get("/account").status == 302
    assert visitor.post("/dev/sign-in", fields).status == 302
    assert visitor.get("/account").status == 200


@pytest.mark.parametrize(
    "open_to_all",
    [
        {"KYODO_HOST": "0.0.0.0"},  # noqa: S104 (what is meant)
        {"KYODO_HOST": "::"},
        {"KYODO_HOST": "192.0.2.1"},
        {"KYODO_BASE_URL": "https://kyodo.example.jp"},
    ],
)
def test_a_house_that_others_can_enter_has_no_development_pages(
    cast: Cast, environment: Environment, open_to_all: dict[str, str]
) -> None:
    assert "/dev is closed" in welcome(environment(KYODO_ENV="development", **open_to_all), "")
    visitor = Visitor(create_app())
    for path in ("/dev", "/dev/sign-in", "/dev/clock"):
        assert visitor.get(path).status == 404
    assert "/dev" not in invitation()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_house_of_ones_own_has_them(cast: Cast, environment: Environment, host: str) -> None:
    assert "Network" not in welcome(environment(KYODO_ENV="development", KYODO_HOST=host), "")
    assert Visitor(create_app()).get("/dev").status == 200


def test_the_date_moves_for_everybody_and_back(development_app: Flask) -> None:
    visitor = Visitor(development_app)
    visitor.get("/dev/clock")
    assert visitor.send(day="令和9年4月1日").status == 302
    assert clock.today() == date(2027, 4, 1)
    assert "令和9年4月1日（木）" in visitor.get("/dev/clock").html
    visitor.send(day="")
    assert clock.today() != date(2027, 4, 1)


def test_mails_can_be_read(development_app: Flask, cast: Cast) -> None:
    with transaction() as session:
        mails = [
            Delivery(
                occasion=f"sample-{number}",
                person_id=cast.people["ono"].id,
                channel="mail",
                subject=f"お知らせ{number}",
                text="次のページを開いてください。\nhttp://127.0.0.1/x <b>太字</b>",
                html="<p style='color:red'>本文</p>",
                message_id=f"<sample-{number}@kyodo>",
                planned_at=clock.now(),
                due_at=clock.now(),
            )
            for number in range(60)
        ]
        session.add_all(mails)
    visitor = Visitor(development_app)
    newest = visitor.get("/dev/mails")
    assert "お知らせ59" in newest.html
    assert "お知らせ3<" not in newest.html
    older = newest.root.find(".//a[@rel='next']")
    assert older is not None
    assert "お知らせ3<" in visitor.get(older.get("href") or "").html
    page = visitor.get(f"/dev/mails/{mails[0].id}")
    assert "&lt;b&gt;太字" in page.html
    body = visitor.get(f"/dev/mails/{mails[0].id}/html").answer
    assert body.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert visitor.get("/dev/mails/999").status == 404


def test_the_line_shows_while_automation_is_silent(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automation, "REMEMBERED_SECONDS", -1.0)
    visitor = Visitor(app)
    assert STANDSTILL in visitor.get("/").html
    with transaction() as session:
        session.add(Heartbeat(part=PART, at=clock.now()))
    assert STANDSTILL not in visitor.get("/").html
    with transaction() as session:
        session.get_one(Heartbeat, PART).at = clock.now() - SILENCE - timedelta(seconds=1)
    assert STANDSTILL in visitor.get("/").html


def test_automation_is_asked_for_at_most_every_two_seconds(app: Flask) -> None:
    visitor = Visitor(app)
    assert STANDSTILL in visitor.get("/").html
    with transaction() as session:
        session.add(Heartbeat(part=PART, at=clock.now()))
    assert STANDSTILL in visitor.get("/").html
