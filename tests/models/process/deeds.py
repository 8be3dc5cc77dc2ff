"""What somebody of good will sends along with a move: complete and right for where the proposal stands."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from kyodo.demonstration.papers import Papers
from models import clock
from models.calendar import add_business_days
from models.execution import Report
from models.people import Department
from models.process.actors import Actor, hats_of
from models.process.vocabulary import SIDE_OF, MoveKey, Side, Subject
from models.proposals import Proposal
from models.screening import Verdict
from tests.models.process.programmes import round_waiting

M = MoveKey
Details = dict[str, Any]


class Deeds:
    """Good details for every move on one proposal.

    excluding: whether the desk finds a ground for exclusion. passing: whether the committee is for it.
    """

    def __init__(
        self, papers: Papers, proposal: Proposal, section_id: int, *, excluding: bool = False, passing: bool = True
    ) -> None:
        self.papers = papers
        self.proposal = proposal
        self.section_id = section_id
        self.excluding = excluding
        self.passing = passing

    @property
    def session(self) -> Session:
        """Where the proposal is looked at."""
        session = object_session(self.proposal)
        assert session is not None
        return session

    def details(self, move: M, actor: Actor) -> Details:
        """What the actor sends with the move."""
        return _GOOD[move](self, actor) if move in _GOOD else {}

    def _correction(self, actor: Actor) -> Details:
        return {"reason": "経費の内訳を書き足してください。", "due_on": clock.today() + timedelta(days=7)}

    def _ground(self, actor: Actor) -> Details:
        return {"ground": "duplicate", "reason": "同じ内容の提案を先に受け付けています。"}

    def _reason(self, actor: Actor) -> Details:
        return {"reason": "話し合いで確かめたいことがあるためです。"}

    def _entry(self, actor: Actor) -> Details:
        return {
            "reason": "会場は市の施設が使えます。提案書を書き進めてください。",
            "talked_on": clock.today(),
            "consented": "福祉政策課",
        }

    def _question(self, actor: Actor) -> Details:
        waiting = {o.section_id for o in self.proposal.opinions if o.given_at is None}
        wanted = select(Department.id).where(Department.key.in_(ADVISERS), Department.id.not_in(waiting))
        section_id = self.session.scalars(wanted.order_by(Department.id)).first() or 0
        due_on = clock.today() + timedelta(days=14)
        return {"section_id": section_id, "question": "河川敷の使用に支障はありますか。", "due_on": due_on}

    def _opinion(self, actor: Actor) -> Details:
        return {"text": "増水のときの連絡の取り方を決めておく必要があります。"}

    def _round(self, actor: Actor) -> Details:
        waiting = round_waiting(self.session, self.proposal)
        return {"round_id": waiting.id if waiting else 0}

    def _conclusion(self, actor: Actor) -> Details:
        return {
            "passed": self.passing,
            "remarks": "地域に必要な事業です。",
            "opinion": "雨の日の進め方を決めること。",
            "amount": self.papers.plot.share,
        }

    def _adoption(self, actor: Actor) -> Details:
        return {"amount": self.papers.plot.share // 2, "reason": "審査会の結論と講評を踏まえて決めました。"}

    def _vote(self, actor: Actor) -> Details:
        return {"voted_on": clock.today(), "amount": None}

    def _findings(self, actor: Actor) -> Details:
        met = self.papers.plot.met if self.excluding else None
        return {
            "findings": {
                criterion.key: {
                    "verdict": Verdict.MET if criterion.key == met else Verdict.NOT_MET,
                    "evidence": "提案書を読みました。",
                    "reason": "計画の中心にあるためです。" if criterion.key == met else "",
                }
                for criterion in self.proposal.criteria
            }
        }

    def _section(self, actor: Actor) -> Details:
        return {"section_id": self.section_id, "reason": "所管しているためです。"}

    def _meeting(self, actor: Actor) -> Details:
        return {
            "held_on": clock.today(),
            "place": "市役所3階 会議室",
            "participants": "団体2人、担当課2人",
            "minutes": "目的と役割分担を確かめた。",
            "open_points": "",
        }

    def _corrected_minutes(self, actor: Actor) -> Details:
        meeting = self.proposal.meetings[-1] if self.proposal.meetings else None
        return {
            **self._meeting(actor),
            "meeting_id": meeting.id if meeting else 0,
            "based_on": meeting.edition if meeting else 0,
            "minutes": "目的、役割分担と費用の考え方を確かめた。",
        }

    def _minutes(self, actor: Actor) -> Details:
        side = self._side(actor)
        confirmed = {
            (c.subject_id, c.edition)
            for c in self.proposal.confirmations
            if c.subject is Subject.MINUTES and c.side is side
        }
        open_ones = [m for m in self.proposal.meetings if (m.id, m.edition) not in confirmed]
        meeting = next(iter(open_ones or self.proposal.meetings), None)
        return {"meeting_id": meeting.id, "edition": meeting.edition} if meeting else {"meeting_id": 0, "edition": 1}

    def _record(self, actor: Actor) -> Details:
        number = len(self.proposal.records)
        content = {**self.papers.record_content(), "schedule": f"4月 準備会／6月から 週3日開所（第{number + 1}版）"}
        return {"content": content, "based_on": number}

    def _record_number(self, actor: Actor) -> Details:
        return {"number": len(self.proposal.records)}

    def _agreement(self, actor: Actor) -> Details:
        number = len(self.proposal.agreements)
        details = self.papers.agreement_details()
        cost = f"事業費は双方で負担する（第{number + 1}版）。"
        return {**details, "articles": {**details["articles"], "cost": cost}, "based_on": number}

    def _hash(self, actor: Actor) -> Details:
        agreements = self.proposal.agreements
        return {"content_hash": agreements[-1].content_hash if agreements else ""}

    def _signature(self, actor: Actor) -> Details:
        return {**self._hash(actor), "typed_name": actor.name}

    def _report(self, actor: Actor) -> Details:
        report = self._first(lambda r: r.waits_for_group)
        return {"report_id": report.id, **self.papers.report_details(report.kind)} if report else {"report_id": 0}

    def _answer(self, actor: Actor) -> Details:
        report = self._first(lambda r: r.waits_for_city)
        return {"report_id": report.id if report else 0}

    def _returned_report(self, actor: Actor) -> Details:
        return {**self._answer(actor), "reason": "参加人数の数え方を書き足してください。"}

    def _self_check(self, actor: Actor) -> Details:
        side = self._side(actor)
        return {"answers": self.papers.check_answers(**self.papers.plot.marks.get(str(side), {}))}

    def _voices(self, actor: Actor) -> Details:
        voices = self.papers.plot.voices
        return {
            "how_asked": voices.how_asked,
            "answers": voices.answers,
            "satisfied": voices.satisfied,
            "merits": voices.merits,
        }

    def _sheet(self, actor: Actor) -> Details:
        return {**self.papers.sheet_details(), "based_on": len(self.proposal.joint_sheets)}

    def _sheet_number(self, actor: Actor) -> Details:
        return {"number": len(self.proposal.joint_sheets)}

    def _snapshot_number(self, actor: Actor) -> Details:
        return {"number": len(self.proposal.snapshots)}

    def _rewording(self, actor: Actor) -> Details:
        return {"number": len(self.proposal.snapshots), "summary": "子どもと高齢者の居場所をつくりました。"}

    def _objection(self, actor: Actor) -> Details:
        return {"number": len(self.proposal.snapshots), "reason": "参加人数を直してください。"}

    def _moment(self, actor: Actor) -> Details:
        return {"release_at": clock.at_tokyo(add_business_days(clock.today(), 1))}

    def _first(self, wanted: Callable[[Report], bool]) -> Report | None:
        return next(filter(wanted, self.proposal.reports), None)

    def _side(self, actor: Actor) -> Side | None:
        return next((SIDE_OF[hat] for hat in sorted(hats_of(actor, self.proposal)) if hat in SIDE_OF), None)


ADVISERS = ("safety", "intercultural", "housing", "commerce", "culture")
"""Sections that may be asked for their opinion, in the order in which they are."""

_GOOD: dict[M, Callable[[Deeds, Actor], Details]] = {
    M.TAKE_ENTRY: Deeds._entry,
    M.ASK_OPINION: Deeds._question,
    M.GIVE_OPINION: Deeds._opinion,
    M.OPEN_ROUND: Deeds._round,
    M.CONCLUDE: Deeds._conclusion,
    M.ADOPT: Deeds._adoption,
    M.NOT_ADOPT: Deeds._reason,
    M.RETURN_CONCLUSION: Deeds._reason,
    M.DECIDE_FINALLY: Deeds._vote,
    M.CANCEL_ADOPTION: Deeds._reason,
    M.RETURN_FOR_CORRECTION: Deeds._correction,
    M.DECLINE: Deeds._ground,
    M.RECORD_FINDINGS: Deeds._findings,
    M.PROPOSE_EXCLUSION: Deeds._reason,
    M.SEND_BACK_SCREENING: Deeds._reason,
    M.RETURN_EXCLUSION: Deeds._reason,
    M.ASSIGN_SECTION: Deeds._section,
    M.DECLINE_ASSIGNMENT: Deeds._reason,
    M.RECORD_MEETING: Deeds._meeting,
    M.CORRECT_MINUTES: Deeds._corrected_minutes,
    M.CONFIRM_MINUTES: Deeds._minutes,
    M.WRITE_RECORD: Deeds._record,
    M.CONFIRM_RECORD: Deeds._record_number,
    M.END_CONSULTATION: Deeds._reason,
    M.WRITE_AGREEMENT: Deeds._agreement,
    M.SEND_FOR_APPROVAL: Deeds._hash,
    M.APPROVE_AGREEMENT: Deeds._hash,
    M.RETURN_AGREEMENT: Deeds._reason,
    M.SIGN: Deeds._signature,
    M.SUBMIT_REPORT: Deeds._report,
    M.RETURN_REPORT: Deeds._returned_report,
    M.ACCEPT_REPORT: Deeds._answer,
    M.DISCONTINUE: Deeds._reason,
    M.SUBMIT_SELF_CHECK: Deeds._self_check,
    M.RECORD_BENEFICIARIES: Deeds._voices,
    M.WRITE_JOINT_SHEET: Deeds._sheet,
    M.CONFIRM_JOINT_SHEET: Deeds._sheet_number,
    M.REVISE_SNAPSHOT: Deeds._rewording,
    M.LOOK_OVER: Deeds._snapshot_number,
    M.OBJECT_TO_SNAPSHOT: Deeds._objection,
    M.SCHEDULE_RELEASE: Deeds._moment,
    M.POSTPONE_RELEASE: Deeds._reason,
    M.WITHDRAW_PUBLICATION: Deeds._reason,
    M.COMMENT: Deeds._reason,
}
"""Moves that ask for something; every other needs nothing but the wish."""

UNASKED = (frozenset(M) - frozenset(_GOOD)) | {M.ADOPT}
"""Moves that can be made empty-handed; adopting, where the committee is for it."""
