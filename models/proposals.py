"""A proposal: its number, where it stands, and what the group wrote."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from models.answers import blank
from models.base import Base, keys_of
from models.editions import rules_of
from models.people import Department, Group, Person
from models.process.vocabulary import Stage, State
from models.programme.calls import Theme
from models.programme.forms import Item
from models.programme.grounds import Criterion
from models.programme.schema import Programme
from models.programme.themes import THEME

if TYPE_CHECKING:
    from models.agreement import Agreement
    from models.consultation import Confirmation, ConsultationRecord, Meeting
    from models.documents import Attachment, Document
    from models.execution import Report
    from models.history import Duty, Event
    from models.judging.tables import Conclusion
    from models.openings import Opening
    from models.opinions import Opinion
    from models.partners import Partner
    from models.publication import Snapshot
    from models.review import BeneficiaryCheck, JointSheet, SelfCheck
    from models.screening import Finding


class Proposal(Base):
    """One collaboration project from first draft to published evaluation.

    `stage`, `state` and `version`, events and duties are written by `models.process.perform` alone; the relationships
    marked `viewonly` are for reading, which also spares each move the work of looking for changes in them.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        Index("ix_proposal_call_key_id", "call_key", "id"),
        Index("ix_proposal_public", "public_since", "id"),
        Index("ix_proposal_group_id_id", "group_id", "id"),
        Index("ix_proposal_section_id_id", "section_id", "id"),
        Index("ix_proposal_state_id", "state", "id"),
        Index("ix_proposal_state_public_since", "state", "public_since", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str | None] = mapped_column(String(12), unique=True)
    """受付番号: R8-0001, given when the proposal arrives; None while it is a draft."""
    title: Mapped[str] = mapped_column(String(200), default="")
    """As it was last handed in; while it is a draft, as it is written."""
    title_in_correction: Mapped[str | None] = mapped_column(String(200))
    """What the group writes while it corrects; nobody else reads it before it is handed in."""
    edition_id: Mapped[str] = mapped_column(ForeignKey("programme_edition.id"), index=True)
    """The version of the programme that it began under, and whose words and rules it keeps (W01)."""
    call_key: Mapped[str] = mapped_column(String(40), default="")
    """募集 it was made for, by its key in the programme; empty: at any time, without a call."""
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"), index=True)
    """The city's work or the local problem that it begins from (I07, I11)."""
    stage: Mapped[Stage] = mapped_column(keys_of(Stage))
    """How far it came; an end keeps the stage it came from."""
    state: Mapped[State] = mapped_column(keys_of(State))
    version: Mapped[int] = mapped_column()
    """Counts the events; two people acting at once cannot both get the next one."""
    group_id: Mapped[int] = mapped_column(ForeignKey("citizens_group.id"))
    desk_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    """The program office that receives it."""
    section_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    """担当課, once assigned."""
    channel: Mapped[str] = mapped_column(String(20), default="online")
    """How it came: see `models.staff_entry.Channel`."""
    received_on: Mapped[date | None]
    """The day on which it came, where the office typed it from paper or a conversation."""
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who of the office typed it; the office reads and writes it until the group submits it."""
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    public_since: Mapped[datetime | None]
    """When its process became public (B01): the moment it was accepted."""
    correction_due_on: Mapped[date | None]
    round_id: Mapped[int | None] = mapped_column(ForeignKey("judging_round.id"), index=True)
    """The selection round it is in, until that has its conclusion."""
    rounds_passed: Mapped[int] = mapped_column(default=0)
    """How many selection rounds it came through."""
    granted: Mapped[int | None]
    """Yen that the city decided to share; None while nothing is decided, or where no money is asked."""
    partner_group_ids: Mapped[list[Any]] = mapped_column(default=list)
    """Groups beside the lead body that have confirmed their part; their members have the same rights."""
    asked_section_ids: Mapped[list[Any]] = mapped_column(default=list)
    """Sections that were asked for their opinion and may read it."""
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What stands in the proposal form now, by item key."""
    answers_revision: Mapped[int] = mapped_column(default=0)
    """Counts the savings of the form, so that two devices do not overwrite each other unseen."""

    group: Mapped[Group] = relationship(viewonly=True)
    desk: Mapped[Department] = relationship(foreign_keys=[desk_id], viewonly=True)
    section: Mapped[Department | None] = relationship(foreign_keys=[section_id])
    created_by: Mapped[Person] = relationship(foreign_keys=[created_by_id], viewonly=True)
    opening: Mapped["Opening | None"] = relationship(viewonly=True)

    events: Mapped[list["Event"]] = relationship(order_by="Event.number", viewonly=True)
    duties: Mapped[list["Duty"]] = relationship(order_by="Duty.id", viewonly=True)
    submissions: Mapped[list["Submission"]] = relationship(order_by="Submission.number")
    attachments: Mapped[list["Attachment"]] = relationship(order_by="Attachment.id")
    documents: Mapped[list["Document"]] = relationship(order_by="Document.id")
    findings: Mapped[list["Finding"]] = relationship(order_by="Finding.id")
    partners: Mapped[list["Partner"]] = relationship(order_by="Partner.asked_at, Partner.id", viewonly=True)
    opinions: Mapped[list["Opinion"]] = relationship(order_by="Opinion.id")
    conclusions: Mapped[list["Conclusion"]] = relationship(order_by="Conclusion.id")
    meetings: Mapped[list["Meeting"]] = relationship(order_by="Meeting.held_on, Meeting.id")
    records: Mapped[list["ConsultationRecord"]] = relationship(order_by="ConsultationRecord.number")
    confirmations: Mapped[list["Confirmation"]] = relationship(order_by="Confirmation.id")
    agreements: Mapped[list["Agreement"]] = relationship(order_by="Agreement.number")
    reports: Mapped[list["Report"]] = relationship(order_by="Report.due_on, Report.id")
    self_checks: Mapped[list["SelfCheck"]] = relationship(order_by="SelfCheck.id")
    beneficiary_check: Mapped["BeneficiaryCheck | None"] = relationship(uselist=False)
    joint_sheets: Mapped[list["JointSheet"]] = relationship(order_by="JointSheet.number")
    snapshots: Mapped[list["Snapshot"]] = relationship(order_by="Snapshot.number")

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    @property
    def rules(self) -> Programme:
        """What the version of the programme says that it stands on. Raises LookupError once it has left its session."""
        session = object_session(self)
        if session is None:
            raise LookupError(f"Proposal {self.id} is read outside a session.")
        return rules_of(session, self.edition_id)

    @property
    def group_ids(self) -> tuple[int, ...]:
        """The lead body and its partners."""
        return (self.group_id, *self.partner_group_ids)

    @property
    def type_key(self) -> str:
        """The type of call it belongs to."""
        return self.rules.type_of(self.call_key).key

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Those on its way: all seven; groups among themselves have the city's answer, and no more of the city (A05)."""
        among_groups = self.rules.type_of(self.call_key).among_groups
        return (Stage.INTAKE, Stage.SCREENING) if among_groups else tuple(Stage)

    @property
    def questions(self) -> tuple[Item, ...]:
        """The questions of its form: those for its kind of group, and what was answered when it was of another kind."""
        return tuple(
            item
            for item in self.rules.questions_for(self.call_key)
            if not item.kinds or self.group.kind in item.kinds or not blank(self.answers.get(item.key))
        )

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The grounds it is screened on: those with a finding, and before there is any, those that concern it."""
        judged = {finding.criterion for finding in self.findings}
        return tuple(
            one
            for one in self.rules.criteria_for(self.type_key)
            if (one.key in judged if judged else not one.kinds or self.group.kind in one.kinds)
        )

    @property
    def entry_questions(self) -> tuple[Item, ...]:
        """Those that its call asks already in what comes before the full proposal (仮申込), the theme among them."""
        call = self.rules.call(self.call_key)
        if call is None or call.entry is None:
            return ()
        return tuple(item for item in self.questions if item.key in (THEME, *call.entry.items))

    @property
    def theme(self) -> Theme | None:
        """Which of its call's themes it is for; None for a free one, and where the call has none."""
        call = self.rules.call(self.call_key)
        chosen = self.answers.get(THEME)
        return next((theme for theme in call.themes if theme.key == chosen), None) if call is not None else None

    @property
    def written_title(self) -> str:
        """The title as its group writes it now."""
        return self.title if self.title_in_correction is None else self.title_in_correction


class Submission(Base):
    """The form as it was handed in, frozen, once for each submission and correction."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    answers: Mapped[dict[str, Any]]
    profile: Mapped[dict[str, Any]]
    """What the group said of itself that day: its name, and `PROFILE` by field."""
    partners: Mapped[list[Any]] = mapped_column(default=list)
    """連携する団体 with their parts: {"group": name, "part": text}."""
    attachments: Mapped[list[Any]]
    """The files that belong to it: {"id": attachment, "name": str, "sha256": str, "size": bytes}."""
    content_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 over title, answers, profile, partners and attachments."""
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    submitted_at: Mapped[datetime]

    submitted_by: Mapped[Person] = relationship()


class NumberSequence(Base):
    """The last receipt number of each fiscal year; its row is the lock that keeps numbers without gaps or doubles."""

    __tablename__ = "number_sequence"

    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
