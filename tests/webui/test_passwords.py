"""A new password by mail, the first password of an invited person, and changing it oneself."""

import base64
import re
import zlib
from datetime import timedelta

import pytest
from flask import Flask
from itsdangerous import TimestampSigner
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models import clock
from models.database import reading, transaction
from models.outbox import Delivery
from models.people import Person
from notifications.accounts import send_invitation
from tests.webui.conftest import PASSWORD, Enter
from tests.webui.visitor import Visitor
from webui.auth import reset, throttle

NEW = "土手の桜が咲くころに"


def _mails() -> list[Delivery]:
    with reading() as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))


def _link(mail: Delivery) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+(/password/new/\S+)", mail.text)
    assert found
    return found[1]


def _ask(visitor: Visitor, email: str) -> None:
    visitor.get("/password/forgotten")
    page = visitor.send(email=email)
    assert (page.status, page.heading) == (200, "メールをお送りします")


@pytest.fixture
def mailed(visitor: Visitor) -> str:
    """The link in the mail that 葛城 花子 has asked for."""
    _ask(visitor, "katsuragi@kawabe.example")
    (mail,) = _mails()
    return _link(mail)


def _set(visitor: Visitor, link: str, password: str = NEW) -> int:
    visitor.get(link)
    return visitor.send(password=password, password_again=password).status


def test_the_link_sets_a_new_password_and_signs_in(visitor: Visitor, mailed: str, cast: Cast) -> None:
    assert _set(visitor, mailed) == 302
    assert "新しいパスワードを設定し、ログインしました。" in visitor.get("/account").html
    visitor.post("/sign-out", {"csrf_token": visitor.token("/account")})
    visitor.get("/sign-in")
    assert visitor.send(email="katsuragi@kawabe.example", password=PASSWORD).status == 200
    assert visitor.send(email="katsuragi@kawabe.example", password=NEW).status == 302


def test_the_link_works_once(visitor: Visitor, mailed: str) -> None:
    _set(visitor, mailed)
    page = visitor.get(mailed)
    assert (page.status, page.heading) == (404, "このページは使えなくなりました")


def test_the_link_ends_every_other_session(visitor: Visitor, mailed: str, cast: Cast, enter: Enter) -> None:
    elsewhere = enter(cast.people["katsuragi"])
    _set(visitor, mailed)
    assert elsewhere.get("/account").status == 302


def test_the_link_lives_an_hour(visitor: Visitor, mailed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(hours=1, minutes=1)
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: int(later.timestamp()))
    assert visitor.get(mailed).status == 404


def test_an_invitation_lives_fourteen_days(
    app: Flask, visitor: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.test_request_context(), transaction() as session:
        person = session.get_one(Person, cast.people["ono"].id)
        send_invitation(session, person, reset.link(person, "invitation"))
    (mail,) = _mails()
    assert "大野 勇 様" in mail.text
    for days, status in ((13, 200), (15, 404)):
        later = clock.now() + timedelta(days=days)
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self, later=later: int(later.timestamp()))
        assert visitor.get(_link(mail)).status == status


@pytest.mark.parametrize(
    "token", ["x", "W10.x.y", "1-reset-bnVsbA.aaaaaa.bbbbbb", "1-reset", "1-else-x.y.z", f"{'9' * 40}-reset-x.y.z", "é"]
)
def test_a_made_up_link_opens_nothing(visitor: Visitor, token: str) -> None:
    page = visitor.get(f"/password/new/{token}")
    assert (page.status, page.heading) == (404, "このページは使えなくなりました")


def test_a_made_up_link_is_not_unpacked(visitor: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few kilobytes from a stranger would become a gigabyte."""
    packed = zlib.compress(b" " * 100_000)
    unpacked: list[bytes] = []
    monkeypatch.setattr(zlib, "decompress", lambda data: unpacked.append(data) or b"null")
    payload = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    for token in (f".{payload}.x.y", f"{cast.people['ono'].id}-reset-.{payload}.x.y"):
        assert visitor.get(f"/password/new/{token}").status == 404
    assert unpacked == []


def test_a_reset_link_cannot_be_bent_to_live_as_long_as_an_invitation(visitor: Visitor, mailed: str) -> None:
    assert visitor.get(mailed.replace("-reset-", "-invitation-")).status == 404


def test_a_link_for_one_person_cannot_be_bent_to_another(visitor: Visitor, mailed: str, app: Flask, cast: Cast) -> None:
    with app.test_request_context():
        other = reset.link(cast.people["ono"], "reset").rpartition("/")[2]
    mine = mailed.rpartition("/")[2]
    mixed = other.split(".")[0] + "." + mine.split(".", 1)[1]
    assert visitor.get(f"/password/new/{mixed}").status == 404


def test_an_unknown_address_gets_the_same_answer_and_no_mail(visitor: Visitor, cast: Cast) -> None:
    with transaction() as session:
        session.get_one(Person, cast.people["ono"].id).active = False
    _ask(visitor, "nobody@kawabe.example")
    _ask(visitor, "ono@kawabe.example")
    assert _mails() == []


def test_nobody_can_fill_another_persons_mailbox(visitor: Visitor) -> None:
    for _ in range(throttle.MAILS_PER_EMAIL + 2):
        _ask(visitor, "katsuragi@kawabe.example")
    assert len(_mails()) == throttle.MAILS_PER_EMAIL
    visitor.get("/sign-in")
    assert visitor.send(email="katsuragi@kawabe.example", password=PASSWORD).status == 302


def test_the_mail_speaks_the_readers_language(visitor: Visitor, cast: Cast) -> None:
    with transaction() as session:
        session.get_one(Person, cast.people["ono"].id).language = "en"
    _ask(visitor, "katsuragi@kawabe.example")
    _ask(visitor, "ono@kawabe.example")
    japanese, english = _mails()
    assert "葛城 花子 様" in japanese.text
    assert "1時間" in japanese.text
    assert "Dear 大野 勇" in english.text
    assert "Set a new password" in english.subject


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("短いもの", "短いもの", "10文字以上"),
        ("あ" * 201, "あ" * 201, "200文字まで"),
        ("abababababab", "abababababab", "同じ文字の繰り返し"),
        (NEW, NEW + "。", "同じではありません"),
        ("", "", "入力してください"),
    ],
)
def test_a_weak_or_misspelt_password_is_refused_at_the_field(
    visitor: Visitor, mailed: str, password: str, again: str, words: str
) -> None:
    visitor.get(mailed)
    page = visitor.send(password=password, password_again=again)
    assert page.status == 422
    assert words in page.html


def test_one_changes_ones_own_password_and_stays_signed_in_here_alone(cast: Cast, enter: Enter) -> None:
    here, elsewhere = enter(cast.people["katsuragi"]), enter(cast.people["katsuragi"])
    here.get("/account/password")
    page = here.send(password_now="wrong", password=NEW, password_again=NEW)
    assert page.status == 200
    assert "パスワードが違います" in page.html
    assert here.send(password_now=PASSWORD, password=NEW, password_again=NEW).status == 302
    assert here.get("/account").status == 200
    assert elsewhere.get("/account").status == 302


def test_who_guesses_the_present_password_has_to_wait(cast: Cast, enter: Enter) -> None:
    here = enter(cast.people["katsuragi"])
    here.get("/account/password")
    for _ in range(throttle.PER_EMAIL):
        assert here.send(password_now="wrong", password=NEW, password_again=NEW).status == 200
    page = here.send(password_now=PASSWORD, password=NEW, password_again=NEW)
    assert page.status == 429
    assert "15分ほど待って" in page.html


def test_staff_do_not_choose_the_name_they_sign_with(cast: Cast, enter: Enter) -> None:
    head = enter(cast.people["ito"])
    page = head.get("/account")
    assert "システム管理者が変更します" in page.html
    head.post("/account", {"name": "別の名前", "language": "ja", "phone": "", "csrf_token": head.token("/account")})
    assert "別の名前" not in head.get("/account").html
    assert "伊藤 隆" in head.get("/account").html
    member = enter(cast.people["katsuragi"])
    member.get("/account")
    member.send(name="葛城 華子")
    assert "葛城 華子" in member.get("/account").html
