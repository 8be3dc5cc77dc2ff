"""What happened on a proposal (events, append-only) and whose turn it is (duties)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, keys_of
from models.people import Department, Group, Person
from models.process.vocabulary import DutyKey, Hat, MoveKey, Sight, Stage, State
from models.proposals import Proposal


class Event(Base):
    """One move that was made: who, when, from where to where, and why. Never changed, never deleted."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    """1, 2, 3 … on its proposal; the proposal's version after it."""
    move: Mapped[MoveKey] = mapped_column(keys_of(MoveKey))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """None: Kyodo itself."""
    actor_name: Mapped[str] = mapped_column(String(80))
    """The person's name on that day; shown to the parties, never to the public."""
    actor_body: Mapped[str] = mapped_column(String(120))
    """The group or department the person acted for."""
    hat: Mapped[Hat] = mapped_column(keys_of(Hat))
    from_state: Mapped[State] = mapped_column(keys_of(State))
    to_state: Mapped[State] = mapped_column(keys_of(State))
    stage: Mapped[Stage] = mapped_column(keys_of(Stage))
    """The stage after the move."""
    sight: Mapped[Sight] = mapped_column(keys_of(Sight))
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why, or what was said, in the actor's own words; for the parties."""
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Keys and numbers that the timeline's words need (which report, which section). No sealed text, no personal data."""

    proposal: Mapped[Proposal] = relationship(viewonly=True)
    actor: Mapped[Person | None] = relationship(viewonly=True)


class Duty(Base):
    """What somebody owes on a proposal: which hat, in which department or group, since when, until when."""

    __tablename__ = "duty"
    __table_args__ = (
        Index(
            "ix_duty_open_department",
            "department_id",
            "hat",
            "due_on",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_duty_open_group",
            "group_id",
            "due_on",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_duty_open_proposal",
            "proposal_id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_duty_open_due",
            "due_on",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    key: Mapped[DutyKey] = mapped_column(keys_of(DutyKey))
    hat: Mapped[Hat] = mapped_column(keys_of(Hat))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("citizens_group.id"))
    subject_id: Mapped[int] = mapped_column(default=0)
    """The report, minutes or sheet it is about; 0 when it is about the proposal."""
    since: Mapped[datetime]
    due_on: Mapped[date | None]
    """Last day in Tokyo; None when there is no date (a draft)."""
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    reminded_on: Mapped[date | None]
    """The day of the last reminder, so that a second run on the day sends none."""

    proposal: Mapped[Proposal] = relationship(viewonly=True)
    department: Mapped[Department | None] = relationship()
    group: Mapped[Group | None] = relationship()
    opened_by: Mapped[Event | None] = relationship(foreign_keys=[opened_by_id])
