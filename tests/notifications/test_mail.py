"""Mails as a real mail server gets them: whole, in Japanese, and with no header that somebody slipped in."""

from datetime import date
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import clock as model_clock
from notifications import mail
from tests.conftest import Clock, Environment
from tests.notifications.sample_mail import a_mail
from tests.support.mailserver import MailServer


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


def test_a_mail_arrives_as_it_was_written(smtp: MailServer) -> None:
    mail.send(a_mail())
    [message] = smtp.to("hanako@kawabe.example")
    assert message["Subject"] == "【あおばがわ協働ポータル】提案書を受け付けました（R8-0127）"
    assert str(message["To"]) == "葛城 花子 <hanako@kawabe.example>"
    assert message["To"].addresses[0].display_name == "葛城 花子"
    assert message["From"].addresses[0].display_name == "あおばがわ協働ポータル"
    assert message["From"].addresses[0].addr_spec == "kyodo@aobagawa.example"
    assert message["Message-ID"] == "<event-12-3-mail@aobagawa.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert body(message, "plain") == "葛城 花子 様\n\n受付番号は R8-0127 です。\n"
    assert "<p>葛城 花子 様</p>" in body(message, "html")
    assert [part.get_content_charset() for part in message.iter_parts()] == ["utf-8", "utf-8"]


def test_what_goes_over_the_wire_is_ascii_in_short_lines() -> None:
    raw = a_mail(subject="とても長い件名です。" * 30, text="長い一行です。" * 500).as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_a_mail_may_be_text_alone(smtp: MailServer) -> None:
    mail.send(a_mail(html=""))
    assert smtp.messages[0].get_content_type() == "text/plain"


def test_the_mail_carries_the_date_of_the_clock(clock: Clock) -> None:
    clock.set(date(2027, 1, 15))
    sent = parsedate_to_datetime(a_mail()["Date"])
    assert sent.astimezone(model_clock.TOKYO).date() == date(2027, 1, 15)
    assert str(sent.utcoffset()) == "9:00:00"


def test_the_same_mail_has_the_same_message_id() -> None:
    assert a_mail()["Message-ID"] == a_mail()["Message-ID"]


def test_a_sender_with_a_name_of_its_own_keeps_it(environment: Environment) -> None:
    environment(KYODO_MAIL_FROM="Aobagawa City <city@aobagawa.example>")
    assert str(a_mail()["From"]) == "Aobagawa City <city@aobagawa.example>"


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "件名\r\nBcc: everybody@example.jp\r\n\r\nmore"},
        {"to_name": "花子\r\nBcc: everybody@example.jp"},
        {"to_name": '花子" <everybody@example.jp>, "'},
        {"subject": "件名\x00\x0b\x85\u2028Bcc: everybody@example.jp"},
        {"sender_name": "市\nBcc: everybody@example.jp"},
        {"to_name": "very long name " * 40 + "\nBcc: everybody@example.jp"},
        {"text": "\r\n.\r\nMAIL FROM:<x@example.jp>\r\n", "html": ""},
    ],
)
def test_nobody_writes_a_header_of_his_own(change: dict[str, str], smtp: MailServer) -> None:
    mail.send(a_mail(**change))
    [message] = smtp.messages
    assert smtp.recipients == [["hanako@kawabe.example"]]
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["hanako@kawabe.example"]
    assert sorted(message.keys()) == sorted(a_mail(**change).keys())
    assert len(message["Subject"].splitlines()) == 1


@given(st.text(max_size=120), st.text(max_size=60))
def test_any_subject_and_name_at_all_make_one_mail_to_one_person(subject: str, name: str) -> None:
    sent = a_mail(subject=subject, to_name=name)
    raw = sent.as_bytes()
    head = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").split(b"\r\n")
    assert len([line for line in head if line.lower().startswith((b"to:", b"subject:", b"bcc:"))]) == 2
    assert [address.addr_spec for address in sent["To"].addresses] == ["hanako@kawabe.example"]


@pytest.mark.parametrize(
    "address",
    ["", "hanako", "@kawabe.example", "hanako@", "a@b@c.example", "a b@c.example", "a@c.example\nBcc: x@y.example",
     "<a@c.example>", "花子@c.example", "a@c..example", "a@.example", "a@c.example, b@c.example", "a@c.example\x00"],
)  # fmt: skip
def test_what_is_no_address_is_refused_before_it_is_sent(address: str) -> None:
    with pytest.raises(mail.MailRefused):
        a_mail(to_address=address)


def test_a_domain_in_japanese_is_written_as_mail_servers_know_it(smtp: MailServer) -> None:
    mail.send(a_mail(to_address="hanako@日本語.example"))
    assert smtp.recipients == [["hanako@xn--wgv71a119e.example"]]


def test_signs_of_the_address_language_leave_a_name(smtp: MailServer) -> None:
    mail.send(a_mail(to_name='葛城,花子 <x@y.example> "代表"（会長）'))
    assert smtp.messages[0]["To"].addresses[0].display_name == "葛城 花子 x y example 代表 （会長）"


@pytest.mark.parametrize("message_id", ["", "event-1", "<event-1>", "<a b@c>", "<a@b>\r\nBcc: x@y.example", "<a@b>>"])
def test_a_message_id_that_is_none_is_our_mistake(message_id: str) -> None:
    with pytest.raises(ValueError, match="Message-ID"):
        a_mail(message_id=message_id)
