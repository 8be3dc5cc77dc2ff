"""The ground the other tests stand on: fresh databases, a real mail server, no way out of this machine."""

import smtplib
import socket
from datetime import date
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine, func, select

from models import clock as model_clock
from models.database import engine, reading, transaction
from models.people import Department
from tests.conftest import Clock
from tests.support.loopback import OutsideError
from tests.support.mailserver import MailServer


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_finds_an_empty_database(database: Engine, turn: int) -> None:
    assert engine() is database
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Department)) == 0
    with transaction() as session:
        session.add(Department(key="kyodo", name="市民協働課"))
    with reading() as session:
        assert session.scalars(select(Department.name)).all() == ["市民協働課"]


def test_the_mail_server_keeps_what_it_receives(smtp: MailServer) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = (
        "受付のお知らせ",
        "desk@aobagawa.example",
        "sato@midori.example",
    )
    mail.set_content("受け付けました。")
    with smtplib.SMTP(smtp.url.rpartition(":")[0].removeprefix("smtp://"), int(smtp.url.rpartition(":")[2])) as client:
        client.send_message(mail)
    (received,) = smtp.to("sato@midori.example")
    assert received["Subject"] == "受付のお知らせ"
    assert received.get_content().strip() == "受け付けました。"


def test_another_machine_cannot_be_reached() -> None:
    with pytest.raises(OutsideError), socket.socket() as outgoing:
        outgoing.connect(("192.0.2.1", 80))
    with pytest.raises(OutsideError):
        socket.create_connection(("example.org", 80))


def test_the_clock_moves(clock: Clock) -> None:
    clock.set(date(2026, 3, 31))
    assert clock.forward(days=1) == date(2026, 4, 1)
    assert model_clock.now().astimezone(model_clock.TOKYO).date() == date(2026, 4, 1)
