"""除外審査: one finding for each criterion of the programme, decided by a person (X01–X06)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, keys_of
from models.people import Person


class Verdict(StrEnum):
    """Does the criterion for exclusion apply to the proposal?"""

    MET = "met"
    """該当する: the ground for exclusion is there."""
    NOT_MET = "not_met"
    """該当しない."""
    LOOK = "look"
    """要確認: somebody has to look closer. A rule may set this, and only this."""


class Finding(Base):
    """What was found on one criterion."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("proposal_id", "criterion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    criterion: Mapped[str] = mapped_column(String(40))
    """Key of the programme's criterion."""
    verdict: Mapped[Verdict | None] = mapped_column(keys_of(Verdict))
    """None: nobody and no rule has said anything yet."""
    why_look: Mapped[list[Any]] = mapped_column(default=list)
    """Why words or a rule asked for a look, one sentence each: {"ja": str, "en": str}. Empty when none did."""
    evidence: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]

    decided_by: Mapped[Person | None] = relationship()
