"""How planned mails leave: each once, again after a crash, later when the server is moody, never lost."""

from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine, select

from models import clock as model_clock
from models.database import reading, transaction
from models.outbox import Delivery
from models.people import Person
from notifications import mail, postbox
from notifications.postbox import Round, send_due
from tests.conftest import Environment
from tests.notifications.cast import a_story, announced, last_event
from tests.support.mailserver import MailServer

ADDRESSES = {
    "katsuragi@kawabe.example",
    "ono@kawabe.example",
    "nakamura@aobagawa.example",
    "kobayashi@aobagawa.example",
    "kato@aobagawa.example",
}


@pytest.fixture
def planned(database: Engine) -> None:
    """A submission has been announced: five mails wait."""
    with transaction() as session:
        story = a_story(session)
        story.submit()
        assert len(announced(session, last_event(story.proposal))) == len(ADDRESSES)


def rows() -> list[Delivery]:
    """The mails as they stand in the database."""
    with reading() as session:
        return list(session.scalars(select(Delivery).where(Delivery.channel == "mail").order_by(Delivery.id)))


def ono_id() -> int:
    """A reader."""
    with reading() as session:
        return session.scalars(select(Person.id).where(Person.email == "ono@kawabe.example")).one()


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Let time pass."""
    then: datetime = model_clock.now() + by
    monkeypatch.setattr(model_clock, "now", lambda: then)


@pytest.mark.usefixtures("planned")
def test_every_mail_is_sent_once(smtp: MailServer) -> None:
    assert send_due() == Round(sent=5)
    assert send_due() == Round()
    assert {address for taken in smtp.recipients for address in taken} == ADDRESSES
    assert sorted(m["Message-ID"] for m in smtp.messages) == sorted(row.message_id for row in rows())
    assert all(row.sent_at and row.attempts == 1 for row in rows())
    message = smtp.to("ono@kawabe.example")[0]
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert str(message["From"]) == "あおばがわ協働ポータル <kyodo@aobagawa.example>"


@pytest.mark.usefixtures("planned")
def test_without_a_mail_server_mails_are_in_the_mailbox() -> None:
    assert send_due() == Round(sent=5)
    assert all(row.sent_at for row in rows())


@pytest.mark.usefixtures("planned")
def test_while_the_server_is_away_nothing_is_counted_and_nothing_lost(environment: Environment) -> None:
    environment(KYODO_SMTP_URL="smtp://127.0.0.1:1")
    for _ in range(3):
        assert send_due() == Round(server_away=True)
    assert all(row.sent_at is None and row.attempts == 0 and row.given_up_at is None for row in rows())
    assert "cannot be used" in rows()[0].error
    environment(KYODO_SMTP_URL="")
    assert send_due() == Round(sent=5)


@pytest.mark.usefixtures("planned")
def test_a_mail_that_is_not_taken_now_is_tried_later_and_less_and_less_often(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    smtp.refuse = "451 4.3.0 Try again later"
    assert send_due() == Round()
    assert send_due() == Round()
    assert not smtp.messages
    assert [row.attempts for row in rows()] == [1] * 5
    assert "451" in rows()[0].error
    later(monkeypatch, timedelta(minutes=1, seconds=1))
    send_due()
    later(monkeypatch, timedelta(minutes=1, seconds=1))
    send_due()
    assert [row.attempts for row in rows()] == [2] * 5
    smtp.refuse = ""
    later(monkeypatch, timedelta(minutes=1))
    assert send_due() == Round(sent=5)
    assert rows()[0].error == ""


@pytest.mark.usefixtures("planned")
def test_a_mail_that_is_refused_is_given_up_and_says_why_without_the_address(smtp: MailServer) -> None:
    smtp.refuse = "550 5.1.1 ono@kawabe.example does not live here"
    assert send_due() == Round()
    assert all(row.given_up_at and not row.sent_at for row in rows())
    assert all("550" in row.error for row in rows())
    ono = next(row for row in rows() if row.person_id == ono_id())
    assert "(recipient) does not live here" in ono.error


@pytest.mark.usefixtures("planned")
def test_an_address_that_is_none_holds_up_nobody_else(smtp: MailServer) -> None:
    with transaction() as session:
        first = session.scalar(select(Delivery).where(Delivery.channel == "mail").order_by(Delivery.id))
        assert first is not None
        first.person.email = "no address"
    assert send_due() == Round(sent=4)
    assert [bool(row.given_up_at) for row in rows()] == [True, False, False, False, False]


@pytest.mark.usefixtures("planned")
def test_after_too_many_attempts_a_mail_is_given_up(smtp: MailServer) -> None:
    smtp.refuse = "452 4.2.2 Mailbox full"
    with transaction() as session:
        for row in session.scalars(select(Delivery)):
            row.attempts = postbox.MOST_ATTEMPTS - 1
    send_due()
    assert all(row.given_up_at for row in rows())


@pytest.mark.usefixtures("planned")
def test_a_sender_that_dies_after_sending_sends_the_same_mail_again_once_its_lease_is_over(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def send_and_die(message: EmailMessage) -> None:
        really_send(message)
        raise Killed

    really_send = mail.send
    monkeypatch.setattr(postbox, "send", send_and_die)
    with pytest.raises(Killed):
        send_due()
    monkeypatch.setattr(postbox, "send", really_send)
    assert send_due() == Round(sent=4)
    assert send_due() == Round()
    later(monkeypatch, timedelta(seconds=91))
    assert send_due() == Round(sent=1)
    identities = [m["Message-ID"] for m in smtp.messages]
    assert len(identities) == 6
    assert len(set(identities)) == 5
