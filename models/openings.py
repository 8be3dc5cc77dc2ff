"""提案を待つ事業と課題: works of the city reviewed for collaboration, and local problems, that a proposal can begin from.

The city reviews its own works from the viewpoint of collaboration and shows what it found (I11, P23); what it or a group
knows of local problems is shared, so that those who know the place can propose (I07).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.base import Base, keys_of
from models.keywords import mentions
from models.pages import FIRST, Order, Page, Place, anchor, cut, window
from models.people import Department
from models.words import Word

SIZE = 20


class OpeningKind(StrEnum):
    """What an entry tells of."""

    WORK = "work"
    """事務事業: a work that the city does now, reviewed from the viewpoint of collaboration."""
    PROBLEM = "problem"
    """地域の課題: a problem of which the city or a group has information."""


KINDS: dict[OpeningKind, Word] = {
    OpeningKind.WORK: Word("市の事業", "Works of the city"),
    OpeningKind.PROBLEM: Word("地域の課題", "Local problems"),
}

LABELS: dict[OpeningKind, dict[str, Word]] = {
    OpeningKind.WORK: {
        "title": Word("事業の名称", "Name of the work"),
        "text": Word("市が今していること", "What the city does now"),
        "wish": Word("市民が担う方がよいと考えること", "What citizens might do better"),
        "section": Word("担当課", "Section"),
        "fiscal_year": Word("見直した年度", "Reviewed in"),
        "since": Word("市が行っている時期", "Done by the city since"),
    },
    OpeningKind.PROBLEM: {
        "title": Word("課題", "Problem"),
        "text": Word("分かっていること", "What is known"),
        "wish": Word("一緒に考えたいこと", "What to think about together"),
        "section": Word("担当課", "Section"),
        "source": Word("情報の出どころ", "Where the information comes from"),
        "known_on": Word("情報の日", "Day of the information"),
    },
}
"""The fields of an entry of each kind, in the order in which they are asked and read."""


class Opening(Base):
    """One entry. Who changed what, and when, stands in the record of the administration."""

    __tablename__ = "opening"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[OpeningKind] = mapped_column(keys_of(OpeningKind))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    wish: Mapped[str] = mapped_column(Text, default="")
    section_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    fiscal_year: Mapped[int | None]
    """年度 of the review, of a work."""
    since: Mapped[str] = mapped_column(String(40), default="")
    """Since when the city does it, as the section says it: 平成12年度から."""
    source: Mapped[str] = mapped_column(String(200), default="")
    """Who says so: a survey, a group, a meeting. Never a private person."""
    known_on: Mapped[date | None]
    changed_at: Mapped[datetime]
    """When anything that is read here last changed (N02)."""
    closed_at: Mapped[datetime | None]
    closed_because: Mapped[str] = mapped_column(Text, default="")

    section: Mapped[Department] = relationship()

    @property
    def takes_proposals(self) -> bool:
        """Whether a proposal may begin from it."""
        return self.closed_at is None


ORDER = Order((Opening.id,), descending=True)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a reader looks for. sections: only of these; closed: those that were closed instead of those that wait."""

    kind: OpeningKind | None = None
    sections: tuple[int, ...] | None = None
    keyword: str = ""
    closed: bool = False


def openings(session: Session, looked: Looked, place: Place = FIRST) -> Page[Opening]:
    """One page of the list, the latest entry first."""
    query = select(Opening).options(joinedload(Opening.section))
    query = query.where(Opening.closed_at.is_not(None) if looked.closed else Opening.closed_at.is_(None))
    if looked.kind is not None:
        query = query.where(Opening.kind == looked.kind)
    if looked.sections is not None:
        query = query.where(Opening.section_id.in_(looked.sections))
    if looked.keyword:
        query = query.where(*mentions(looked.keyword, Opening.title, Opening.text, Opening.wish))
    rows = session.scalars(window(query, ORDER, place, anchor(session, ORDER, place), SIZE)).all()
    return cut(rows, place, SIZE, lambda row: row.id)


def sections_with_openings(session: Session) -> Sequence[Department]:
    """The sections that have shown anything, in the order of the city hall."""
    shown = select(Opening.section_id)
    return session.scalars(select(Department).where(Department.id.in_(shown)).order_by(Department.id)).all()


def opening_to_propose_for(session: Session, opening_id: int | None) -> Opening | None:
    """The entry that a new proposal is to begin from; None for one that is closed or not there."""
    found = session.get(Opening, opening_id) if opening_id is not None else None
    return found if found is not None and found.takes_proposals else None


def waiting_openings(session: Session) -> Sequence[Opening]:
    """Every entry that a proposal may begin from, works before problems, by their titles."""
    waits = select(Opening).where(Opening.closed_at.is_(None))
    return session.scalars(waits.order_by(Opening.kind.desc(), Opening.title, Opening.id)).all()
