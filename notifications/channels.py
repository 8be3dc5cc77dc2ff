"""The ways a message reaches a person, and the row that stands for one message on one of them."""

from datetime import date
from enum import StrEnum

from models import clock
from models.history import Duty, Event
from models.outbox import Delivery
from models.people import Person
from models.settings import settings
from notifications.wording import Told


class Channel(StrEnum):
    """Where a message is delivered."""

    MAIL = "mail"
    NOTICE = "notice"
    """Within the portal; delivered by being written."""


def delivery(
    channel: Channel, person: Person, said: Told, *, event: Event | None = None, about: tuple[Duty, date] | None = None
) -> Delivery:
    """The row for one message about an event, or about a duty on one day. It always gets the same Message-ID."""
    now = clock.now()
    occasion = f"duty-{about[0].id}-{about[1].isoformat()}" if about else None
    key = f"event-{event.id}" if event else occasion
    proposal_id = event.proposal_id if event else about[0].proposal_id if about else None
    return Delivery(
        event_id=event.id if event else None,
        proposal_id=proposal_id,
        occasion=occasion,
        person_id=person.id,
        channel=channel,
        subject=said.subject,
        text=said.text,
        html=said.html,
        message_id=f"<{key}-{person.id}-{channel}@{mail_domain()}>",
        planned_at=now,
        due_at=now,
        sent_at=now if channel is Channel.NOTICE else None,
    )


def mail_domain() -> str:
    """What stands behind the @ of our Message-IDs."""
    return settings().mail_from.rpartition("@")[2].rstrip(">") or "kyodo"
