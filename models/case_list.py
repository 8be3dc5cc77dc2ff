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
from models.process.sight import grounds_in_office
from models.process.vocabulary import Stage, State
from models.proposals import Proposal
from models.words import Word, name_in_both

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
    section_name: str | None
    section_name_en: str | None
    stage: Stage
    state: State
    submitted_at: datetime | None

    @property
    def section(self) -> Word | None:
        """The section responsible, once there is one."""
        return name_in_both(self.section_name, self.section_name_en or "") if self.section_name else None


def case_list(session: Session, actor: Actor, sought: Sought, place: Place = FIRST) -> Page[Found]:
    """One page of the cases that come with the actor's posts, the newest first; their own group's are not among them."""
    beside = anchor(session, ORDER, place)
    matching: Rows = select(Proposal.id).where(*_conditions(sought))
    if sought.keyword:
        matching = matching.join(Group, Group.id == Proposal.group_id)
    parts = [matching.where(ground) for ground in grounds_in_office(actor)]
    if not parts:
        return Page([])
    query: Rows = (
        select(
            Proposal.id, Proposal.number, Proposal.title, Group.name, Department.name, Department.name_en,
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


def responsible_sections(session: Session) -> list[tuple[int, Word]]:
    """Sections that can be responsible for a case: those with a head; closed ones still have old cases."""
    query = select(Department).where(
        or_(Department.posts.any(Post.seat == Seat.SECTION_HEAD), Department.closed_on.is_not(None))
    )
    return [(section.id, section.words) for section in session.scalars(query.order_by(Department.id))]
