"""事前協議: meetings with minutes, the versioned consultation record, and who confirmed what (P03–P13, C01–C08)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, keys_of
from models.people import Person
from models.process.vocabulary import Side, Subject


class Meeting(Base):
    """A meeting of both parties and its minutes (C02). Corrected minutes have to be confirmed again."""

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_proposal_id", "proposal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(200), default="")
    participants: Mapped[str] = mapped_column(Text)
    minutes: Mapped[str] = mapped_column(Text)
    open_points: Mapped[str] = mapped_column(Text, default="")
    next_on: Mapped[date | None]
    edition: Mapped[int] = mapped_column(default=1)
    """Counts corrections; a confirmation is of one edition."""
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_side: Mapped[Side] = mapped_column(keys_of(Side))
    written_at: Mapped[datetime]

    written_by: Mapped[Person] = relationship()


class ConsultationRecord(Base):
    """One version of the 協議録. Changing a word makes the next version, which nobody has confirmed yet."""

    __tablename__ = "consultation_record"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    """Answers to the programme's consultation items, by item key."""
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_side: Mapped[Side] = mapped_column(keys_of(Side))
    written_at: Mapped[datetime]

    written_by: Mapped[Person] = relationship()


class Confirmation(Base):
    """One side saying yes to exactly this edition of this thing."""

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("proposal_id", "subject", "subject_id", "edition", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    subject: Mapped[Subject] = mapped_column(keys_of(Subject))
    subject_id: Mapped[int]
    edition: Mapped[int] = mapped_column(default=1)
    side: Mapped[Side] = mapped_column(keys_of(Side))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
