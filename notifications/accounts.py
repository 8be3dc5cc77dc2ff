"""Mails about one's own account: a link to set a new password, and the invitation with the first one."""

import secrets

from sqlalchemy.orm import Session

from models import clock
from models.outbox import Delivery
from models.people import Person
from models.words import Word
from notifications.channels import Channel, mail_domain
from notifications.wording import letter

RESET = Word("パスワードの再設定", "Set a new password")
INVITATION = Word("ご利用の案内", "Your account")


def send_reset(session: Session, person: Person, url: str) -> None:
    """Plan the mail with the link that a person has asked for."""
    _plan(session, person, "reset", RESET, url)


def send_invitation(session: Session, person: Person, url: str) -> None:
    """Plan the mail that invites a person to set the first password."""
    _plan(session, person, "invitation", INVITATION, url)


def _plan(session: Session, person: Person, kind: str, subject: Word, url: str) -> None:
    said = letter(f"account_{kind}", person.language, subject=subject, name=person.name, link=url)
    occasion = f"{kind}-{secrets.token_hex(12)}"
    session.add(
        Delivery(
            occasion=occasion,
            person_id=person.id,
            channel=Channel.MAIL,
            subject=said.subject,
            text=said.text,
            html=said.html,
            message_id=f"<{occasion}@{mail_domain()}>",
            planned_at=clock.now(),
            due_at=clock.now(),
        )
    )
    session.flush()
