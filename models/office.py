"""市民協働課: the program office, which receives proposals, runs calls and checks registrations."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.people import Department
from models.process.actors import Actor

PROGRAM_OFFICE = "desk"
"""Key of its department."""


def office_id(session: Session) -> int:
    """Its department's number."""
    return session.scalars(select(Department.id).where(Department.key == PROGRAM_OFFICE)).one()


def works_in_office(session: Session, actor: Actor) -> bool:
    """Whether the actor does the program office's work."""
    return bool(actor.works_in) and office_id(session) in actor.works_in
