"""The development pages: who one plays, the date, mails and documents; and the line about automation."""

from datetime import date, timedelta

import pytest
from flask import Flask

from kyodo.demonstration.cast import Cast
from models import clock
from models.database import transaction
from models.outbox import Delivery, Heartbeat
from tests.webui.visitor import Visitor
from webui import automation
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
