"""A real SMTP server inside the test process that keeps what it receives."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Where mails arrive. `refuse` makes it answer with an error, as a full or moody server would."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refuse: str = ""
        """An SMTP answer such as `451 Try again later`; empty while mails are taken."""
        self.url = ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take one message in."""
        if self.refuse:
            return self.refuse
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """What this address received, oldest first."""
        return [m for m, taken in zip(self.messages, self.recipients, strict=True) if address in taken]


@contextmanager
def mail_server(**options: Any) -> Iterator[MailServer]:
    """Run a server on a free port of this machine until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = MailServer()
    server.url = f"smtp://127.0.0.1:{port}"
    controller = Controller(server, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
