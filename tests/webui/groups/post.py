"""The mails a group's pages plan, and the links in them."""

import re

from sqlalchemy import or_, select

from models.database import reading
from models.outbox import Delivery
from models.people import Person


def mails_to(email: str) -> list[Delivery]:
    """The mails planned for an address, whether it belongs to somebody or not, the oldest first."""
    query = select(Delivery).outerjoin(Person, Person.id == Delivery.person_id)
    with reading() as session:
        found = session.scalars(query.where(or_(Person.email == email, Delivery.to_address == email)))
        return list(found.unique())


def link_to(email: str) -> str:
    """The path in the newest mail to an address."""
    found = re.search(r"https?://[^/\s]+(/\S+)", mails_to(email)[-1].text)
    assert found is not None
    return found[1]
