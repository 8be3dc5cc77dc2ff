"""What becomes of a mail with mail servers of every mood: real ones, busy, broken, slow, strict and gone."""

import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from notifications import mail
from tests.conftest import Environment
from tests.notifications.sample_mail import a_mail
from tests.support.mailserver import MailServer


class Particular(MailServer):
    """A server that answers senders and recipients as it is told."""

    sender_answer = "250 OK"
    recipient_answer = "250 OK"

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.sender_answer

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.recipient_answer


@contextmanager
def running(handler: MailServer, **options: Any) -> Iterator[int]:
    """A real server with this handler; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    controller = Controller(handler, hostname="localhost", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@contextmanager
def scripted(*answers: str) -> Iterator[tuple[str, list[str]]]:
    """A server that gives these answers one by one, whatever it hears, and then hangs up; and what it heard."""
    heard: list[str] = []

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            for answer in answers:
                connection.sendall(f"{answer}\r\n".encode())
                line = lines.readline().decode().strip()
                while answer.startswith("354") and line != ".":
                    line = lines.readline().decode().strip()
                heard.append(line)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=serve)
        thread.start()
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}", heard
        thread.join(5)
        assert not thread.is_alive()


def test_it_is_known_whether_there_is_a_mail_server(environment: Environment) -> None:
    environment(KYODO_SMTP_URL=None)
    assert not mail.configured()
    environment(KYODO_SMTP_URL="smtp://127.0.0.1:2525")
    assert mail.configured()


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("451 4.3.0 Try again later", mail.MailDelayed),
        ("452 4.2.2 Mailbox full", mail.MailDelayed),
        ("421 4.3.2 Shutting down", mail.MailDelayed),
        ("530 5.7.0 Authentication required", mail.MailDelayed),
        ("550 5.7.1 Content rejected", mail.MailRefused),
        ("554 5.6.0 Message refused", mail.MailRefused),
    ],
)
def test_the_answer_to_a_message_decides_whether_it_is_tried_again(
    answer: str, outcome: type[mail.MailNotSent], smtp: MailServer
) -> None:
    smtp.refuse = answer
    with pytest.raises(outcome, match=answer[:3]):
        mail.send(a_mail())
    smtp.refuse = ""
    mail.send(a_mail())
    assert len(smtp.messages) == 1


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("450 4.2.1 Greylisted", mail.MailDelayed),
        ("451 4.7.1 Try again later", mail.MailDelayed),
        ("535 5.7.8 Sign in first", mail.MailDelayed),
        ("550 5.1.1 <hanako@kawabe.example> is nobody here", mail.MailRefused),
        ("553 5.1.3 Bad address", mail.MailRefused),
    ],
)
def test_the_answer_to_an_address_decides_whether_it_is_tried_again(
    answer: str, outcome: type[mail.MailNotSent], environment: Environment
) -> None:
    moody = Particular()
    moody.recipient_answer = answer
    with running(moody) as port:
        environment(KYODO_SMTP_URL=f"smtp://localhost:{port}")
        with pytest.raises(outcome, match=answer[:3]) as refusal:
            mail.send(a_mail())
    assert "hanako" not in str(refusal.value)
    assert moody.messages == []


def test_a_sender_that_is_not_allowed_is_the_settings_fault_and_loses_no_mail(environment: Environment) -> None:
    moody = Particular()
    moody.sender_answer = "550 5.7.1 Sender not allowed"
    with running(moody) as port:
        environment(KYODO_SMTP_URL=f"smtp://localhost:{port}")
        with pytest.raises(mail.ServerAway, match="550"):
            mail.send(a_mail())
        moody.sender_answer = "250 OK"
        mail.send(a_mail())
    assert len(moody.messages) == 1


def test_a_server_that_is_down_delays_the_mail(environment: Environment) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    environment(KYODO_SMTP_URL=f"smtp://127.0.0.1:{port}")
    with pytest.raises(mail.ServerAway, match="cannot be used"):
        mail.send(a_mail())


def test_a_host_that_does_not_exist_delays_the_mail(environment: Environment) -> None:
    environment(KYODO_SMTP_URL=f"smtp://{'a' * 70}.invalid")
    with pytest.raises(mail.MailDelayed):
        mail.send(a_mail())


@pytest.mark.parametrize("answers", [(), ("220 hello",), ("220 hello", "250 hello", "250 ok", "250 ok", "354 go on")])
def test_a_server_that_falls_silent_is_left_in_time(
    answers: tuple[str, ...], environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mail.TIMEOUT_SECONDS == 20
    monkeypatch.setattr(mail, "TIMEOUT_SECONDS", 0.3)
    silent: list[socket.socket] = []

    def serve() -> None:
        connection, _ = listener.accept()
        silent.append(connection)
        with connection.makefile("rb") as lines:
            for answer in answers:
                connection.sendall(f"{answer}\r\n".encode())
                lines.readline()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=serve)
        thread.start()
        environment(KYODO_SMTP_URL=f"smtp://127.0.0.1:{listener.getsockname()[1]}")
        began = time.monotonic()
        with pytest.raises(mail.MailDelayed):
            mail.send(a_mail())
        assert time.monotonic() - began < 3
        thread.join(5)
    for connection in silent:
        connection.close()


@pytest.mark.parametrize(
    "answers",
    [
        ("554 5.3.2 No service here",),
        ("nonsense",),
        ("220 hello", "500 what", "500 what"),
        ("220 hello", "250 hello"),
        ("220 hello", "250 hello", "250 ok"),
        ("220 hello", "250 hello", "250 ok", "250 ok"),
        ("220 hello", "250 hello", "250 ok", "250 ok", "354 go on"),
    ],
)
def test_a_server_that_breaks_off_anywhere_delays_the_mail(answers: tuple[str, ...], environment: Environment) -> None:
    with scripted(*answers) as (url, _):
        environment(KYODO_SMTP_URL=url)
        with pytest.raises(mail.MailDelayed):
            mail.send(a_mail())


@pytest.mark.parametrize("farewell", [("421 4.4.2 too late",), ("500 what",), ()])
def test_a_bad_farewell_does_not_make_a_taken_mail_untaken(farewell: tuple[str, ...], environment: Environment) -> None:
    taken = ("220 hello", "250 hello", "250 ok", "250 ok", "354 go on", "250 taken")
    with scripted(*taken, *farewell) as (url, heard):
        environment(KYODO_SMTP_URL=url)
        mail.send(a_mail())
    assert heard[4] == "."
    assert heard[5] == "quit"


@pytest.mark.parametrize(
    "url",
    ["mail.example.jp", "http://mail.example.jp", "smtp://", "smtp://mail:0", "smtp://mail:99999", "smtp://[", "x"],
)
def test_a_wrong_setting_keeps_the_mail_and_says_so(url: str, environment: Environment) -> None:
    environment(KYODO_SMTP_URL=url)
    with pytest.raises(mail.MailDelayed):
        mail.send(a_mail())


PASSWORD = "p@ss:w/o rd?%"
PASSWORD_IN_URL = "p%40ss%3Aw%2Fo%20rd%3F%25"


def door(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    """Lets in nobody but the city."""
    assert isinstance(data, LoginPassword)
    known = (data.login, data.password) == (b"city@aobagawa", PASSWORD.encode())
    return AuthResult(success=known, handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for localhost that signs itself, in one file."""
    folder = tmp_path_factory.mktemp("certificate")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out cert -days 2 -subj /CN=localhost"
    subprocess.run(
        [*command.split(), "-addext", "subjectAltName=DNS:localhost"], cwd=folder, check=True, capture_output=True
    )
    both = folder / "both.pem"
    both.write_text((folder / "key").read_text() + (folder / "cert").read_text())
    return both


@pytest.fixture
def secure(certificate: Path) -> ssl.SSLContext:
    """The server's side of an encrypted connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def options_for(scheme: str, secure: ssl.SSLContext) -> dict[str, Any]:
    if scheme == "smtps":
        return {"ssl_context": secure}
    return {"tls_context": secure, "require_starttls": True}


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_a_server_may_want_encryption_and_a_password(
    scheme: str, secure: ssl.SSLContext, certificate: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    strict = MailServer()
    options = options_for(scheme, secure) | {"authenticator": door, "auth_exclude_mechanism": ["LOGIN"]}
    if scheme == "smtps":
        options["auth_require_tls"] = False  # it does not see that the connection is encrypted from the start
    else:
        options["auth_required"] = True
    with running(strict, **options) as port:
        environment(KYODO_SMTP_URL=f"{scheme}://city%40aobagawa:{PASSWORD_IN_URL}@localhost:{port}")
        mail.send(a_mail())
        environment(KYODO_SMTP_URL=f"{scheme}://city%40aobagawa:wrong@localhost:{port}")
        with pytest.raises(mail.ServerAway, match="535"):
            mail.send(a_mail())
        if scheme == "smtp+starttls":
            environment(KYODO_SMTP_URL=f"{scheme}://localhost:{port}")
            with pytest.raises(mail.ServerAway, match="530"):
                mail.send(a_mail())
    assert len(strict.messages) == 1


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(
    scheme: str, secure: ssl.SSLContext, environment: Environment
) -> None:
    stranger = MailServer()
    with running(stranger, **options_for(scheme, secure)) as port:
        environment(KYODO_SMTP_URL=f"{scheme}://localhost:{port}")
        with pytest.raises(mail.MailDelayed, match=r"(?i)certificate"):
            mail.send(a_mail())
    assert stranger.messages == []


def test_encryption_asked_for_is_never_left_out(environment: Environment) -> None:
    plain = MailServer()
    with running(plain) as port:
        for scheme in ("smtp+starttls", "smtps"):
            environment(KYODO_SMTP_URL=f"{scheme}://localhost:{port}")
            with pytest.raises(mail.MailDelayed):
                mail.send(a_mail())
    assert plain.messages == []
