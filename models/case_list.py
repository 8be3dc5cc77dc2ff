"""The cases somebody may see, to look one up: by stage, state, section, fiscal year, number or words of the title."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models.calendar import era_year
from models.keywords import mentions
from models.pages import FIRST, Order, Page, Place, Rows, anchor, cut, merged, window
from models.people import Department, Group, Post, Seat
from models.process.actors import Actor
from models.process.sight import grounds_to_see
from models.process.vocabulary import Stage, State
from models.proposals import Proposal

SIZE = 20
ORDER = Order((Proposal.id,), descending=True)


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for; what is None or empty does not matter."""

    stage: Stage | None = None
    state: State | None = None
    section_id: int | None = None
    year: int | None = None
    keyword: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One case in the list."""

    id: int
    number: str | None
    title: str
    group: str
    section: str | None
    stage: Stage
    state: State
    submitted_at: datetime | None


def case_list(session: Session, actor: Actor, sought: Sought, place: Place = FIRST) -> Page[Found]:
    """One page of the cases the actor may see, the newest first."""
    beside = anchor(session, ORDER, place)
    matching: Rows = select(Proposal.id).where(*_conditions(sought))
    if sought.keyword:
        matching = matching.join(Group, Group.id == Proposal.group_id)
    parts = [matching.where(ground) for ground in grounds_to_see(actor)]
    if not parts:
        return Page([])
    query: Rows = (
        select(
            Proposal.id, Proposal.number, Proposal.title, Group.name, Department.name,
            Proposal.stage, Proposal.state, Proposal.submitted_at,
        )
        .join(Group, Group.id == Proposal.group_id)
        .outerjoin(Department, Department.id == Proposal.section_id)
        .where(Proposal.id.in_(merged(parts, ORDER, place, beside, SIZE)))
    )  # fmt: skip
    found = session.execute(window(query, ORDER, place, beside, SIZE))
    return cut([Found(*row) for row in found], place, SIZE, lambda row: row.id)


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    found = mentions(sought.keyword, Proposal.title, Proposal.number, Group.name)
    if sought.stage is not None:
        found.append(Proposal.stage == sought.stage)
    if sought.state is not None:
        found.append(Proposal.state == sought.state)
    if sought.section_id is not None:
        found.append(Proposal.section_id == sought.section_id)
    if sought.year is not None:
        found.append(Proposal.number.startswith(f"{era_year(sought.year)}-", autoescape=True))
    return found


def responsible_sections(session: Session) -> list[tuple[int, str]]:
    """Sections that can be responsible for a case: those with a head; closed ones still have old cases."""
    query = select(Department.id, Department.name).where(
        or_(Department.posts.any(Post.seat == Seat.SECTION_HEAD), Department.closed_on.is_not(None))
    )
    return [(key, name) for key, name in session.execute(query.order_by(Department.id))]
