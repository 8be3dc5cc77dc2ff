"""What a selection round keeps: its judges, what they declared and scored, and what the committee concluded."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.people import Person
from models.proposals import Proposal


class JudgingRound(Base):
    """One round (第1次審査, 第2次審査) of one call, with the rules of the edition it was opened under."""

    __tablename__ = "judging_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[str] = mapped_column(ForeignKey("programme_edition.id"), index=True)
    """Whose rules it is judged by, whatever is imported later."""
    call_key: Mapped[str] = mapped_column(String(40))
    round_key: Mapped[str] = mapped_column(String(60))
    """Key of the round in the programme's selection."""
    desk_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    """The program office that runs it."""
    budget: Mapped[int | None]
    """Yen that can be given; None: not limited here."""
    score_by: Mapped[date]
    """Last day in Tokyo for handing in score sheets."""
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    """From then on every sheet is frozen."""
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closing_reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was closed although a judge had not finished."""
    invitation: Mapped[str] = mapped_column(Text, default="")
    """What proposers are told about the presentations: how to come, what to bring."""
    observers: Mapped[bool] = mapped_column(default=False)
    """傍聴: whether the public may watch the presentations."""
    reminded_on: Mapped[date | None]
    """The day on which judges who had not finished were last reminded by Kyodo itself."""
    published_at: Mapped[datetime | None]
    """When its results came out, to the depth that the programme sets."""

    judges: Mapped[list["Judge"]] = relationship(order_by="Judge.id", back_populates="round")
    entries: Mapped[list["RoundEntry"]] = relationship(order_by="RoundEntry.position, RoundEntry.id")


class Judge(Base):
    """審査委員 of one round."""

    __tablename__ = "judge"
    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("judging_round.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    """On that day."""
    capacity: Mapped[str] = mapped_column(String(80), default="")
    """学識経験者, 市民活動経験者, 公募市民."""
    invited_at: Mapped[datetime]
    declared_at: Mapped[datetime | None]
    """When interests were declared for every proposal; before that nothing is scored."""
    finished_at: Mapped[datetime | None]
    """When every sheet was handed in."""
    withdrawn_at: Mapped[datetime | None]
    """When the judge stepped back from the round, with all marks."""

    round: Mapped[JudgingRound] = relationship(back_populates="judges")
    person: Mapped[Person] = relationship()
    interests: Mapped[list["Interest"]] = relationship(order_by="Interest.id")
    sheets: Mapped[list["ScoreSheet"]] = relationship(order_by="ScoreSheet.id")


class Interest(Base):
    """利害関係: what a judge declared about one proposal. With an interest it is neither seen nor scored (除斥・回避)."""

    __tablename__ = "interest"
    __table_args__ = (UniqueConstraint("judge_id", "proposal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    conflicted: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    by_rule: Mapped[bool] = mapped_column(default=False)
    """Set by Kyodo, since the judge belongs to the proposing group; nobody lifts it."""
    declared_at: Mapped[datetime]


class ScoreSheet(Base):
    """審査票: one judge's marks on one proposal, saved while they are written."""

    __tablename__ = "score_sheet"
    __table_args__ = (UniqueConstraint("judge_id", "proposal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    marks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By item key, as exact decimal texts: {"benefit": "4.5"}."""
    comments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By item key."""
    remark: Mapped[str] = mapped_column(Text, default="")
    """On the whole proposal, for the committee and the proposer."""
    revision: Mapped[int] = mapped_column(default=0)
    handed_in_at: Mapped[datetime | None]


class RoundEntry(Base):
    """A proposal in a round: its place in the programme of presentations, and what the committee settled about it."""

    __tablename__ = "round_entry"
    __table_args__ = (UniqueConstraint("round_id", "proposal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("judging_round.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    asked: Mapped[int] = mapped_column(default=0)
    """Yen asked of the city when the round was opened."""
    adjusted: Mapped[int | None]
    """査定額: yen that the committee set instead."""
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the office entered, by figure key, as exact decimal texts: {"votes": "214"}."""
    tie_order: Mapped[int | None]
    """Its place among equals, as drawn by lot or settled by the committee."""
    position: Mapped[int] = mapped_column(default=0)
    """In which turn it is presented; 0: not set."""
    starts_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(120), default="")
    result: Mapped[dict[str, Any] | None]
    """Frozen at closing: points, most, rank, verdict, amount, and the lines that explain them in both languages."""

    proposal: Mapped[Proposal] = relationship()


class Conclusion(Base):
    """審査会の結論 on one proposal: what the committee says, which is not yet the city's decision."""

    __tablename__ = "conclusion"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("judging_round.id"), index=True)
    """None: the office concluded without a round."""
    round_key: Mapped[str] = mapped_column(String(60), default="")
    passed: Mapped[bool]
    """通過, or in the last round: worth adopting."""
    remarks: Mapped[str] = mapped_column(Text)
    """講評: the reasons, for the proposer and the public."""
    opinion: Mapped[str] = mapped_column(Text, default="")
    """付帯意見: what the committee wants observed."""
    amount: Mapped[int | None]
    """Yen that the committee would grant."""
    rank: Mapped[int | None]
    points: Mapped[str] = mapped_column(String(60), default="")
    """As people write it: 73.5, 22/3 (≈7.33)."""
    concluded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    concluded_at: Mapped[datetime]
