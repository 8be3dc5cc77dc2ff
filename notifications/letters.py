"""Single mails outside of the process: some paragraphs, a link, perhaps somebody's words."""

import secrets

from sqlalchemy.orm import Session

from models import clock
from models.outbox import Delivery
from models.people import Person
from models.words import Word
from notifications.channels import Channel, mail_domain
from notifications.wording import letter


def plan_letter(
    session: Session,
    occasion: str,
    to: Person | tuple[str, str, str],
    subject: Word,
    paragraphs: list[Word],
    url: str,
    button: Word,
    closing: list[Word],
    quoted: str = "",
) -> None:
    """Plan one mail with a link, in the reader's language.

    to: a person, or the name, e-mail and language of somebody without an account. quoted: somebody else's words.
    """
    name, address, language = (to.name, "", to.language) if isinstance(to, Person) else to
    said = letter(
        "group",
        language,
        subject=subject,
        name=name,
        paragraphs=[paragraph.in_(language) for paragraph in paragraphs],
        quoted=quoted,
        link=url,
        button_words=button.in_(language),
        closing=[line.in_(language) for line in closing],
    )
    once = f"{occasion}-{secrets.token_hex(12)}"
    now = clock.now()
    session.add(
        Delivery(
            occasion=once,
            person_id=to.id if isinstance(to, Person) else None,
            to_name="" if isinstance(to, Person) else name,
            to_address=address,
            language="" if isinstance(to, Person) else language,
            channel=Channel.MAIL,
            subject=said.subject,
            text=said.text,
            html=said.html,
            message_id=f"<{once}@{mail_domain()}>",
            planned_at=now,
            due_at=now,
        )
    )
    session.flush()
