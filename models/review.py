"""相互評価: each side's sealed self-check, the beneficiaries' voice, and the joint sheet (V01–V18)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, keys_of
from models.people import Person
from models.process.vocabulary import Side


class SelfCheck(Base):
    """自己点検 of one side. Sealed until both are in; read it only through `models.process.moves.review.readable_self_checks`."""

    __tablename__ = "self_check"
    __table_args__ = (UniqueConstraint("proposal_id", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    side: Mapped[Side] = mapped_column(keys_of(Side))
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """{item key: {"mark": str, "comment": str}}."""
    revision: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    """When both were in; from then on it is frozen and both sides read it."""

    submitted_by: Mapped[Person | None] = relationship()


class BeneficiaryCheck(Base):
    """受益者 (V16): how the people the project was for were asked, and what they said."""

    __tablename__ = "beneficiary_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), unique=True)
    how_asked: Mapped[str] = mapped_column(Text)
    answers: Mapped[int]
    """How many people answered."""
    satisfied: Mapped[int]
    """How many of them were satisfied."""
    merits: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]


class JointSheet(Base):
    """One version of the 相互評価シート, written by either side, confirmed by both (V02, V03, V18)."""

    __tablename__ = "joint_sheet"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    met_on: Mapped[date]
    """Day of the ふりかえりの場 (V18)."""
    participants: Mapped[str] = mapped_column(Text)
    results: Mapped[str] = mapped_column(Text)
    improvements: Mapped[str] = mapped_column(Text)
    differences: Mapped[str] = mapped_column(Text, default="")
    """Why the two sides rated differently."""
    next_steps: Mapped[str] = mapped_column(Text)
    """What is used for the next project (V03)."""
    item_notes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Joint remark by item key."""
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_side: Mapped[Side] = mapped_column(keys_of(Side))
    written_by_name: Mapped[str] = mapped_column(String(80))
    written_at: Mapped[datetime]
