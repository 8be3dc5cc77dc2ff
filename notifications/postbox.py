"""Brings planned mails to the mail server: each leased, sent, and marked as sent in a transaction of its own."""

from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

from sqlalchemy import Select, select, update

from models import clock
from models.database import reading, transaction
from models.outbox import Delivery
from models.portal import portal
from models.settings import settings
from notifications.channels import Channel
from notifications.mail import MailDelayed, MailRefused, ServerAway, compose, configured, send

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 80
"""Three days of trying; then somebody has to look at the address."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of sending came to. server_away: nothing can be sent at present, and nothing was counted."""

    sent: int = 0
    server_away: bool = False


@dataclass(frozen=True, slots=True)
class _Leased:
    id: int
    attempt: int
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str
    message_id: str
    language: str

    def composed(self) -> EmailMessage:
        """The mail as it goes out. Raises MailRefused for an address nothing can be sent to."""
        return compose(
            to_name=self.to_name,
            to_address=self.to_address,
            subject=self.subject,
            text=self.text,
            html=self.html,
            message_id=self.message_id,
            sender_name=portal().name.in_(self.language),
        )


def send_due() -> Round:
    """Send every mail that is due, the longest waiting first. Without a mail server they are in the mailbox now."""
    if not _is_due():
        return Round()
    if not configured():
        return Round(_put_into_mailbox())
    sent = 0
    while (leased := _lease_next()) is not None:
        try:
            send(leased.composed())
        except ServerAway as away:
            _give_back(leased, str(away))
            return Round(sent, server_away=True)
        except MailDelayed as delayed:
            _let_rest(leased, str(delayed))
        except MailRefused as refused:
            _give_up(leased, str(refused))
        else:
            _mark_sent(leased)
            sent += 1
    return Round(sent)


def _due() -> Select[Delivery]:
    return (
        select(Delivery)
        .where(
            Delivery.sent_at.is_(None),
            Delivery.given_up_at.is_(None),
            Delivery.due_at <= clock.now(),
            Delivery.channel == Channel.MAIL,
        )
        .order_by(Delivery.due_at, Delivery.id)
        .limit(1)
    )


def _is_due() -> bool:
    with reading() as session:
        return session.scalar(_due().with_only_columns(Delivery.id)) is not None


def _put_into_mailbox() -> int:
    now = clock.now()
    with transaction() as session:
        waiting = session.scalars(_due().with_only_columns(Delivery.id).limit(None)).all()
        session.execute(
            update(Delivery).where(Delivery.id.in_(waiting)).values(sent_at=now, attempts=Delivery.attempts + 1)
        )
    return len(waiting)


def _lease_next() -> _Leased | None:
    """Take a mail so that nobody else sends it meanwhile; a sender that dies loses it when the lease runs out."""
    now = clock.now()
    with transaction() as session:
        row = session.scalar(_due().with_for_update(skip_locked=True))
        if row is None:
            return None
        row.due_at = now + timedelta(seconds=settings().lease_seconds)
        row.attempts += 1
        name, address, language = row.reader
        return _Leased(row.id, row.attempts, name, address, row.subject, row.text, row.html, row.message_id, language)


def _mark_sent(leased: _Leased) -> None:
    with transaction() as session:
        row = session.get_one(Delivery, leased.id)
        row.sent_at = clock.now()
        row.error = ""


def _give_back(leased: _Leased, error: str) -> None:
    with transaction() as session:
        row = session.get_one(Delivery, leased.id)
        row.due_at = clock.now()
        row.attempts -= 1
        row.error = error


def _let_rest(leased: _Leased, error: str) -> None:
    with transaction() as session:
        row = session.get_one(Delivery, leased.id)
        row.error = error
        row.due_at = clock.now() + min(FIRST_PAUSE * 2 ** min(leased.attempt - 1, 10), LONGEST_PAUSE)
        if leased.attempt >= MOST_ATTEMPTS:
            row.given_up_at = clock.now()


def _give_up(leased: _Leased, error: str) -> None:
    with transaction() as session:
        row = session.get_one(Delivery, leased.id)
        row.given_up_at = clock.now()
        row.error = error
