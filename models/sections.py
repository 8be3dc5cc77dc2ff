"""The sections that can be asked to take a proposal on: open ones with a head in office."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import clock
from models.people import Department, Person, Post, Seat, Tenure


def sections_with_head(session: Session) -> list[Department]:
    """Sections whose head can answer today, in the order of the city hall (compare `section_asked`)."""
    today = clock.today()
    headed = (
        select(Post.department_id)
        .join(Tenure, Tenure.post_id == Post.id)
        .join(Person, Person.id == Tenure.person_id)
        .where(
            Post.seat == Seat.SECTION_HEAD,
            Tenure.since <= today,
            or_(Tenure.until.is_(None), Tenure.until >= today),
            Person.active,
        )
    )
    return list(
        session.scalars(
            select(Department).where(Department.id.in_(headed), Department.closed_on.is_(None)).order_by(Department.id)
        )
    )
