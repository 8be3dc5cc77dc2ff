"""所管課への意見照会: opinions that sections are asked for, with their term, and what they answered (I10, X05)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.people import Department


class Opinion(Base):
    """One section asked about one proposal. Both parties read question and answer."""

    __tablename__ = "opinion"
    __table_args__ = (Index("ix_opinion_section_id_proposal_id", "section_id", "proposal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    question: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text, default="")
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    given_by_name: Mapped[str] = mapped_column(String(80), default="")
    """The person's name on that day; shown to the parties."""
    given_at: Mapped[datetime | None]

    section: Mapped[Department] = relationship(viewonly=True)
