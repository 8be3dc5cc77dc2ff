"""実施報告: interim and final reports with accounts per budget line (E01–E06, T07)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, keys_of
from models.people import Person


class ReportKind(StrEnum):
    """Which report it is."""

    INTERIM = "interim"
    FINAL = "final"


class Report(Base):
    """A report that is due: what was done and what it cost."""

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_proposal_id", "proposal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    kind: Mapped[ReportKind] = mapped_column(keys_of(ReportKind))
    due_on: Mapped[date]
    body: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Text by item key: activities, results, participants, issues."""
    accounts: Mapped[list[Any]] = mapped_column(default=list)
    """Lines {"item": str, "budget": yen, "spent": yen, "note": str}."""
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    return_reason: Mapped[str] = mapped_column(Text, default="")
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    accepted_at: Mapped[datetime | None]

    submitted_by: Mapped[Person | None] = relationship(foreign_keys=[submitted_by_id])
    accepted_by: Mapped[Person | None] = relationship(foreign_keys=[accepted_by_id])

    @property
    def waits_for_group(self) -> bool:
        """Not handed in yet, or returned since."""
        return self.accepted_at is None and (self.submitted_at is None or self.returned_at is not None)

    @property
    def waits_for_city(self) -> bool:
        """Handed in and not answered."""
        return self.accepted_at is None and not self.waits_for_group
