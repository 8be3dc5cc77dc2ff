"""What people attach and what Kyodo issues; the bytes lie in the file store, by hash."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, keys_of
from models.people import Person
from models.process.vocabulary import Sight, Stage


class Attachment(Base):
    """A file that a party added. Taken away, it leaves its row."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_proposal_id_id", "proposal_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    stage: Mapped[Stage] = mapped_column(keys_of(Stage))
    """The stage it was added in: intake, agreement, execution …"""
    subject_id: Mapped[int] = mapped_column(default=0)
    """The report it belongs to; 0 for the proposal or agreement itself."""
    item: Mapped[str] = mapped_column(String(40), default="")
    """The question of the form that it answers, by its key; empty: it belongs to the paper as a whole."""
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    """Bytes."""
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    added_by: Mapped[Person] = relationship()


def files_by_item(attachments: Iterable[Attachment], stage: Stage, subject_id: int = 0) -> dict[str, int]:
    """How many files answer each question of a paper, by the question's key."""
    return dict(
        Counter(a.item for a in attachments if (a.stage, a.subject_id) == (stage, subject_id) and a.removed_at is None)
    )


class DocumentKind(StrEnum):
    """Formal documents that Kyodo issues as PDF."""

    RECEIPT = "receipt"
    EXCLUSION_NOTICE = "exclusion_notice"
    AGREEMENT = "agreement"
    EVALUATION = "evaluation"
    SELECTION_NOTICE = "selection_notice"


class Document(Base):
    """An issued document; exists once for each thing it is about."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("proposal_id", "kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    kind: Mapped[DocumentKind] = mapped_column(keys_of(DocumentKind))
    subject_id: Mapped[int] = mapped_column(default=0)
    """The agreement or joint sheet it prints, or the event it tells of; 0 for the proposal."""
    sight: Mapped[Sight] = mapped_column(keys_of(Sight))
    title: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    made_at: Mapped[datetime]
