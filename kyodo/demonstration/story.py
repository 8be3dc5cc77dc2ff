"""A proposal taken as far as one likes by replaying its moves, never by setting where it stands."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.papers import Papers
from kyodo.demonstration.plot import Plot
from models import clock
from models.editions import editions_in_force
from models.execution import Report, ReportKind
from models.history import Event
from models.partners import answer_part, ask_partner
from models.process.actors import SYSTEM
from models.process.perform import begin, perform
from models.process.vocabulary import MoveKey as M
from models.process.vocabulary import State as S
from models.proposals import Proposal
from models.screening import Verdict

__all__ = ["Plot", "Story"]


class Story(Papers):
    """One proposal being told. Each method is one move or a few; `take_to` tells it up to a state."""

    def __init__(self, session: Session, cast: Cast, plot: Plot | None = None) -> None:
        self.session = session
        self.cast = cast
        super().__init__(plot or Plot())
        self.proposal = self._begin()

    def _begin(self) -> Proposal:
        proposal = begin(
            self.session,
            actor=self.cast.actor(self.session, self.plot.proposer),
            group=self.cast.groups[self.plot.group],
            desk_id=self.cast.departments["desk"].id,
            edition_id=editions_in_force(self.session)[0],
            call_key=self.plot.call,
        )
        proposal.title = self.plot.title
        proposal.answers = {**self.usual_answers(), **self.plot.answers}
        self.session.flush()
        for ally in self.plot.allies:
            leader = self.cast.actor(self.session, self.plot.proposer)
            partner = ask_partner(self.session, proposal, leader, self.cast.groups[ally.group], ally.part)
            answer = self.cast.actor(self.session, ally.person)
            answer_part(self.session, proposal, answer, partner, yes=True, answer="")
        return proposal

    def do(self, move: M, who: str | None, **details: Any) -> Event:
        """Make one move as somebody of the cast; None: as Kyodo itself."""
        actor = self.cast.actor(self.session, who) if who else SYSTEM
        return perform(self.session, self.proposal, move, actor, **details)

    # 1 受付
    def submit(self) -> Event:
        """The group hands it in."""
        return self.do(M.SUBMIT, self.plot.proposer)

    def return_for_correction(self) -> Event:
        """The desk asks for a correction within two weeks."""
        due_on = clock.today() + timedelta(days=14)
        return self.do(M.RETURN_FOR_CORRECTION, self.plot.desk, reason=self.words.turn, due_on=due_on)

    def accept(self) -> Event:
        """The desk accepts it."""
        return self.do(M.ACCEPT, self.plot.desk)

    def decline(self) -> Event:
        """The desk does not take it: it is no project."""
        return self.do(M.DECLINE, self.plot.desk, ground="not_a_project", reason=self.words.turn)

    def withdraw(self) -> Event:
        """The group takes it back."""
        return self.do(M.WITHDRAW, self.plot.proposer, reason=self.words.turn)

    # 2 除外審査
    def find(self, **met: str) -> Event:
        """The desk decides every criterion; `met` gives the reason for those that apply."""
        findings = {
            criterion.key: {
                "verdict": Verdict.MET if criterion.key in met else Verdict.NOT_MET,
                "evidence": "提案書の内容と団体の規約を確認しました。",
                "reason": met.get(criterion.key, ""),
            }
            for criterion in self.proposal.criteria
        }
        return self.do(M.RECORD_FINDINGS, self.plot.desk, findings=findings)

    def propose_pass(self) -> Event:
        """The desk proposes that it passes."""
        return self.do(M.PROPOSE_PASS, self.plot.desk)

    def confirm_pass(self) -> Event:
        """A second person confirms."""
        return self.do(M.CONFIRM_PASS, self.plot.second_desk)

    def pass_screening(self) -> None:
        """The desk proposes, a second person confirms."""
        self.find()
        self.propose_pass()
        self.confirm_pass()

    def find_ground(self) -> Event:
        """The desk finds a criterion met."""
        return self.find(**{self.plot.met: self.words.turn})

    def propose_exclusion(self) -> None:
        """The desk finds a criterion met and proposes the exclusion."""
        self.find_ground()
        self.send_exclusion()

    def send_exclusion(self) -> Event:
        """The desk proposes the exclusion."""
        return self.do(M.PROPOSE_EXCLUSION, self.plot.desk, reason=self.words.turn)

    def confirm_exclusion(self) -> Event:
        """A second person confirms the exclusion."""
        return self.do(M.CONFIRM_EXCLUSION, self.plot.second_desk)

    def approve_exclusion(self) -> Event:
        """The head approves the exclusion."""
        return self.do(M.APPROVE_EXCLUSION, self.plot.desk_head)

    def exclude(self) -> None:
        """The desk proposes an exclusion, a second confirms, the head approves."""
        self.propose_exclusion()
        self.confirm_exclusion()
        self.approve_exclusion()

    # 3 事前協議
    def assign(self) -> Event:
        """The desk chooses the section."""
        section = self.cast.departments[self.plot.section]
        return self.do(M.ASSIGN_SECTION, self.plot.desk, section_id=section.id, reason=self.words.assigned_because)

    def take_on(self) -> Event:
        """The section's head takes it on."""
        return self.do(M.TAKE_ON, self.plot.section_head)

    def decline_assignment(self) -> Event:
        """The section's head gives it back."""
        return self.do(M.DECLINE_ASSIGNMENT, self.plot.section_head, reason=self.words.turn)

    def hold_meeting(self) -> Event:
        """A meeting, its minutes by the section."""
        return self.do(
            M.RECORD_MEETING,
            self.plot.officer,
            held_on=clock.today(),
            place=self.plot.meeting_place,
            participants=f"{self.cast.groups[self.plot.group].name} 2人、担当課 2人",
            minutes=self.words.minutes,
            open_points=self.words.open_points,
        )

    def confirm_minutes(self) -> Event:
        """The group confirms the minutes."""
        meeting = self.proposal.meetings[-1]
        return self.do(M.CONFIRM_MINUTES, self.plot.proposer, meeting_id=meeting.id, edition=meeting.edition)

    def meet(self) -> None:
        """A meeting, its minutes by the section, confirmed by the group."""
        self.hold_meeting()
        self.confirm_minutes()

    def write_record(self) -> Event:
        """The section writes what was settled."""
        based_on = len(self.proposal.records)
        return self.do(M.WRITE_RECORD, self.plot.officer, content=self.record_content(), based_on=based_on)

    def confirm_record(self, who: str) -> Event:
        """One side confirms the record as it stands."""
        return self.do(M.CONFIRM_RECORD, who, number=len(self.proposal.records))

    def consult(self) -> None:
        """Meeting, record, and both sides' yes to the same version."""
        self.meet()
        self.write_record()
        self.confirm_record(self.plot.proposer)
        self.confirm_record(self.plot.officer)

    def end_consultation(self) -> Event:
        """The group sees no way to agree."""
        return self.do(M.END_CONSULTATION, self.plot.proposer, reason=self.words.turn)

    # 4 協定
    def content_hash(self) -> str:
        """The hash of the agreement as it stands."""
        return self.proposal.agreements[-1].content_hash

    def draft_agreement(self) -> Event:
        """The section writes it."""
        return self.do(
            M.WRITE_AGREEMENT, self.plot.officer, **self.agreement_details(), based_on=len(self.proposal.agreements)
        )

    def send_for_approval(self) -> Event:
        """The section sends it up."""
        return self.do(M.SEND_FOR_APPROVAL, self.plot.officer, content_hash=self.content_hash())

    def approve_agreement(self) -> Event:
        """The head approves."""
        return self.do(M.APPROVE_AGREEMENT, self.plot.head, content_hash=self.content_hash())

    def sign_as(self, who: str) -> Event:
        """One side signs."""
        return self.do(M.SIGN, who, typed_name=self.cast.people[who].name, content_hash=self.content_hash())

    def sign(self) -> None:
        """Both sides sign."""
        self.sign_as(self.plot.proposer)
        self.sign_as(self.plot.head)

    # 5 実施報告
    def hand_in(self, kind: ReportKind) -> Event:
        """The group reports; half-way, half of the money is spent."""
        report = self._report(kind)
        return self.do(M.SUBMIT_REPORT, self.plot.proposer, report_id=report.id, **self.report_details(kind))

    def accept_report(self, kind: ReportKind) -> Event:
        """The section accepts the report."""
        return self.do(M.ACCEPT_REPORT, self.plot.officer, report_id=self._report(kind).id)

    def _report(self, kind: ReportKind) -> Report:
        return next(r for r in self.proposal.reports if r.kind is kind)

    def report(self, kind: ReportKind) -> None:
        """The group reports; the section accepts."""
        self.hand_in(kind)
        self.accept_report(kind)

    def run(self) -> None:
        """Every report, one after the other."""
        for report in list(self.proposal.reports):
            self.report(report.kind)

    def discontinue(self) -> Event:
        """The group cannot go on."""
        return self.do(M.DISCONTINUE, self.plot.proposer, reason=self.words.turn)

    # 6 相互評価
    def self_check(self, who: str, *, mark: str = "3", **marks: str) -> Event:
        """One side's sheet; `marks` for the items that differ from `mark`."""
        return self.do(M.SUBMIT_SELF_CHECK, who, answers=self.check_answers(mark, **marks))

    def check_group(self) -> Event:
        """The group's sheet."""
        return self.self_check(self.plot.proposer, **self.plot.marks.get("group", {}))

    def check_city(self) -> Event:
        """The city's sheet."""
        return self.self_check(self.plot.officer, **self.plot.marks.get("city", {}))

    def self_checks(self) -> None:
        """Both sides' sheets."""
        self.check_group()
        self.check_city()

    def hear_beneficiaries(self) -> Event:
        """What the people it was for said."""
        voices = self.plot.voices
        return self.do(
            M.RECORD_BENEFICIARIES,
            self.plot.proposer,
            how_asked=voices.how_asked,
            answers=voices.answers,
            satisfied=voices.satisfied,
            merits=voices.merits,
        )

    def write_sheet(self) -> Event:
        """The section writes the joint sheet."""
        return self.do(
            M.WRITE_JOINT_SHEET, self.plot.officer, **self.sheet_details(), based_on=len(self.proposal.joint_sheets)
        )

    def confirm_sheet(self, who: str) -> Event:
        """One side confirms the sheet as it stands."""
        return self.do(M.CONFIRM_JOINT_SHEET, who, number=len(self.proposal.joint_sheets))

    def joint_sheet(self) -> None:
        """The sheet, confirmed by both."""
        self.hear_beneficiaries()
        self.write_sheet()
        self.confirm_sheet(self.plot.proposer)
        self.confirm_sheet(self.plot.officer)

    # 7 公表
    def make_snapshot(self) -> None:
        """Kyodo makes the text for publication, unless it is there."""
        if not self.proposal.snapshots:
            self.do(M.MAKE_SNAPSHOT, None)

    def look_over_as(self, who: str) -> Event:
        """One side has read it."""
        return self.do(M.LOOK_OVER, who, number=len(self.proposal.snapshots))

    def look_over(self) -> None:
        """The snapshot, seen by both."""
        self.make_snapshot()
        self.look_over_as(self.plot.proposer)
        self.look_over_as(self.plot.officer)

    def schedule(self, release_at: datetime | None = None) -> Event:
        """The desk sets the release; for tomorrow unless said otherwise."""
        return self.do(M.SCHEDULE_RELEASE, self.plot.desk, release_at=release_at or clock.now() + timedelta(days=1))

    def release(self) -> Event:
        """The moment has come: the clock has to stand at or after what `schedule` set."""
        return self.do(M.RELEASE, None)

    def withdraw_publication(self) -> Event:
        """The desk takes it back."""
        return self.do(M.WITHDRAW_PUBLICATION, self.plot.desk, reason=self.words.turn)

    def take_to(self, state: S) -> Proposal:
        """Tell the story up to a state of the straight way. Raises KeyError for a state beside it."""
        for reached, step in self._straight_way():
            if self.proposal.state is state:
                break
            step()
            assert self.proposal.state is reached, (self.proposal.state, reached)
        if self.proposal.state is not state:
            raise KeyError(state)
        return self.proposal

    def _straight_way(self) -> list[tuple[S, Callable[[], object]]]:
        return [
            (S.SUBMITTED, self.submit),
            (S.SCREENING, self.accept),
            (S.ASSIGNING, self.pass_screening),
            (S.ASSIGNED, self.assign),
            (S.CONSULTING, self.take_on),
            (S.DRAFTING, self.consult),
            (S.DRAFTING, self.draft_agreement),
            (S.APPROVING, self.send_for_approval),
            (S.SIGNING, self.approve_agreement),
            (S.RUNNING, self.sign),
            (S.SELF_CHECKING, self.run),
            (S.JOINT_REVIEW, self.self_checks),
            (S.PREPARING, self.joint_sheet),
            (S.PREPARING, self.look_over),
            (S.SCHEDULED, self.schedule),
        ]
