"""Promises of work written in the same transaction as their cause, mails and notices to deliver, and signs of life."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, keys_of
from models.history import Event
from models.people import Person
from models.process.vocabulary import FlowKey
from models.proposals import Proposal


class OutboxMessage(Base):
    """Work that has to follow a transaction. Done when the work is done, not when it was handed on."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "due_at",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    flow: Mapped[FlowKey] = mapped_column(keys_of(FlowKey))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    """Not before; pushed back after a failure and while somebody holds the lease."""
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")

    event: Mapped[Event | None] = relationship()
    proposal: Mapped[Proposal | None] = relationship()


class Delivery(Base):
    """One message to one person over one channel about one event; planned first, then sent."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id", "channel"),
        UniqueConstraint("occasion", "person_id", "channel"),
        Index(
            "ix_delivery_waiting",
            "due_at",
            "id",
            sqlite_where=text("sent_at IS NULL AND given_up_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND given_up_at IS NULL"),
        ),
        Index("ix_delivery_person_id_id", "person_id", "id"),
        Index(
            "ix_delivery_unread",
            "person_id",
            sqlite_where=text("channel = 'notice' AND read_at IS NULL"),
            postgresql_where=text("channel = 'notice' AND read_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    occasion: Mapped[str | None] = mapped_column(String(80))
    """What it is about when it is not an event: `duty-12-2026-11-21`, `reset-…`."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """None: somebody without an account yet, who then is written to by name, address and language below."""
    to_name: Mapped[str] = mapped_column(String(80), default="")
    to_address: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(5), default="")
    channel: Mapped[str] = mapped_column(String(10))
    """`mail` or `notice` (in the app)."""
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    planned_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")
    read_at: Mapped[datetime | None]

    @property
    def reader(self) -> tuple[str, str, str]:
        """Whom it is for: name, address, language."""
        if self.person is None:
            return self.to_name, self.to_address, self.language
        return self.person.name, self.person.email, self.person.language

    person: Mapped[Person | None] = relationship()
    event: Mapped[Event | None] = relationship()
    proposal: Mapped[Proposal | None] = relationship()


class Heartbeat(Base):
    """When a part of the service last showed that it lives."""

    __tablename__ = "heartbeat"

    part: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]
