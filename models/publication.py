"""公表: the public snapshot, frozen when made, released at its time, withdrawn with a visible note (B01–B10)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.proposals import Proposal


class Snapshot(Base):
    """What the public reads of a finished project. Its own copy of the words: later changes do not reach it."""

    __tablename__ = "snapshot"
    __table_args__ = (
        UniqueConstraint("proposal_id", "number"),
        Index("ix_snapshot_released_at", "released_at", "id"),
        Index(
            "ix_snapshot_due",
            "release_at",
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    """Public words only: no personal names, no contact data."""
    made_at: Mapped[datetime]
    objection: Mapped[str] = mapped_column(Text, default="")
    """What a party wants changed before it comes out; the desk then makes the next one."""
    release_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")

    proposal: Mapped[Proposal] = relationship(back_populates="snapshots")
