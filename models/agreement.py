"""協定: the text in versions, the head's approval, and both signatures on the hash of text and attachments (G01–G11)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, keys_of
from models.people import Person
from models.process.vocabulary import Side


class Agreement(Base):
    """One version of the agreement. Amending it makes the next version; approval and signatures stay with the old one."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    methods: Mapped[list[Any]]
    """Keys of the programme's methods 手法; several may be combined (P16)."""
    articles: Mapped[dict[str, Any]]
    """Text by item key: purpose, roles, responsibility, cost, period, law, specification …"""
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    amount: Mapped[int] = mapped_column(default=0)
    """What the city bears, in yen."""
    budget: Mapped[list[Any]]
    """Lines {"item": str, "amount": yen}, the ground for the accounts."""
    attachments: Mapped[list[Any]]
    """Files that belong to it: {"id": attachment, "name": str, "sha256": str}."""
    content_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 over text, figures and attachments; what is approved and signed."""
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_side: Mapped[Side] = mapped_column(keys_of(Side))
    written_at: Mapped[datetime]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    """When a later version took away its approval and signatures."""

    written_by: Mapped[Person] = relationship(foreign_keys=[written_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])
    signatures: Mapped[list["Signature"]] = relationship(order_by="Signature.id")


class Signature(Base):
    """A party's signature: typed name, after the password was asked again, on one hash."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("agreement_id", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    side: Mapped[Side] = mapped_column(keys_of(Side))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    typed_name: Mapped[str] = mapped_column(String(80))
    capacity: Mapped[str] = mapped_column(String(160))
    """As which the person signed: 川辺のみまもり 代表, 福祉部長."""
    content_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    person: Mapped[Person] = relationship()
