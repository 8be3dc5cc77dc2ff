"""Composes mails so that nothing slips into their headers, and hands them to the city's SMTP server."""

import re
import smtplib
import ssl
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import SplitResult, unquote, urlsplit

from models import clock
from models.settings import settings

TIMEOUT_SECONDS = 20.0
"""How long the mail server may take for each of its answers."""

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}

OUR_OWN_FAULT = frozenset({530, 534, 535, 538})
"""Refusals that mean `sign in first`: the settings are wrong and the mail is not."""


class MailNotSent(Exception):
    """The server did not take the mail; the message says why, without naming the reader."""


class MailDelayed(MailNotSent):
    """Not now: the server is away, busy or wrongly set up. The same mail may be tried again later."""


class ServerAway(MailDelayed):
    """Not now, and no other mail either: the server cannot be reached or does not let us in."""


class MailRefused(MailNotSent):
    """Never: this address or this mail is not accepted. Trying again is of no use."""


def configured() -> bool:
    """Whether there is a mail server at all; without one, mails stay in the mailbox of the development pages."""
    return bool(settings().smtp_url)


def compose(
    *,
    to_name: str,
    to_address: str,
    subject: str,
    text: str,
    html: str = "",
    message_id: str,
    sender_name: str = "",
) -> EmailMessage:
    """A mail to one person, in plain text and, unless `html` is empty, in HTML beside it.

    message_id: with its angle brackets; the same for the same mail, so that a second copy is known as one.
    sender_name: stands before `settings().mail_from`, unless that has a name of its own.
    Raises MailRefused for an address nothing can be sent to, ValueError for a Message-ID that is none.
    """
    if not re.fullmatch(r"<[\x21-\x3b=\x3f\x41-\x7e]+@[\x21-\x3b=\x3f\x41-\x7e]+>", message_id):
        raise ValueError(f"A Message-ID looks like <word@domain>, not {message_id!r}.")
    own_name, own_address = parseaddr(settings().mail_from)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _address(own_name or sender_name, own_address)
    mail["To"] = _address(to_name, to_address)
    mail["Subject"] = _one_line(subject)
    mail["Date"] = format_datetime(clock.in_tokyo(clock.now()))
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence notes, please
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(_whole(text), cte="base64")
    if html:
        mail.add_alternative(_whole(html), subtype="html", cte="base64")
    return mail


def send(message: EmailMessage) -> None:
    """Hand a mail to the server of `KYODO_SMTP_URL`; when this returns, the server has taken it.

    Raises MailDelayed or MailRefused. After MailDelayed it may, rarely, have been taken all the same.
    """
    try:
        server = _connected(_server())
    except (OSError, ValueError, UnicodeError) as error:
        raise ServerAway(f"The mail server cannot be used: {_without_address(error, message)}") from error
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        raise _refusal(*next(iter(error.recipients.values())), message) from error
    except smtplib.SMTPDataError as error:
        raise _refusal(error.smtp_code, error.smtp_error, message) from error
    except smtplib.SMTPSenderRefused as error:
        raise ServerAway(f"The mail server refuses our own address: {_without_address(error, message)}") from error
    except OSError as error:
        raise MailDelayed(f"The mail server broke off: {_without_address(error, message)}") from error
    finally:
        _take_leave(server)


def _server() -> SplitResult:
    """The server's address. Raises ValueError with a sentence for one that cannot be."""
    address = urlsplit(settings().smtp_url)
    if address.scheme not in PORTS or not address.hostname:
        raise ValueError("KYODO_SMTP_URL must be smtp://, smtps:// or smtp+starttls:// with a host.")
    if address.port == 0:
        raise ValueError("KYODO_SMTP_URL has no usable port.")
    return address


def _connected(address: SplitResult) -> smtplib.SMTP:
    """A server that has greeted us, encrypted and signed in as the address asks."""
    host, port = address.hostname or "", address.port or PORTS[address.scheme]
    ourselves = parseaddr(settings().mail_from)[1].rpartition("@")[2] or "localhost"
    if address.scheme == "smtps":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, ourselves, timeout=TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, port, ourselves, timeout=TIMEOUT_SECONDS)
    try:
        if address.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _take_leave(server: smtplib.SMTP) -> None:
    """Whether a mail was taken is known by now; a server that answers the farewell badly changes nothing."""
    try:
        server.quit()
    except OSError:
        server.close()


def _refusal(code: int, answer: bytes | str, message: EmailMessage) -> MailNotSent:
    """What a server's answer to a recipient or a message means."""
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    said = f"The mail server answered {code} {_without_address(words, message)}"
    return MailRefused(said) if 500 <= code <= 599 and code not in OUR_OWN_FAULT else MailDelayed(said)


def _without_address(words: object, message: EmailMessage) -> str:
    """Personal data stays out of logs and of the operator's pages."""
    text = _one_line(str(words))
    for address in message["To"].addresses:
        text = text.replace(address.addr_spec, "(recipient)")
    return text


def _address(name: str, address: str) -> Address:
    """An address with its owner's name. Raises MailRefused when it is none.

    Signs that mean something in an address go from the name: Python forgets its quotes when it folds a long one.
    """
    local, _, domain = address.rpartition("@")
    try:
        if not local or re.search(r"[\s\x00-\x1f\x7f]", address):
            raise ValueError("incomplete")
        ascii_domain = domain.encode("idna").decode()  # 日本語.jp
        return Address(_one_line(re.sub(r'[()<>@,:;.\[\]"\\]', " ", name)), addr_spec=f"{local}@{ascii_domain}")
    except (ValueError, IndexError, HeaderParseError) as error:
        raise MailRefused("The mail address is not one that anything can be sent to.") from error


def _one_line(text: str) -> str:
    """Text for a header: no line ends or control characters, which could begin another header."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", _whole(text)).strip()


def _whole(text: str) -> str:
    """Text that can be written as UTF-8."""
    return text.encode(errors="replace").decode()
