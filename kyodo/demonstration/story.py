"""A proposal taken as far as one likes by replaying its moves, never by setting where it stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast
from models import clock
from models.execution import ReportKind
from models.history import Event
from models.process.actors import SYSTEM
from models.process.perform import begin, perform
from models.process.vocabulary import MoveKey as M
from models.process.vocabulary import State as S
from models.programme.library import DEFAULT, programme
from models.proposals import Proposal
from models.screening import Verdict


@dataclass
class Plot:
    """What one demonstration proposal is about and who plays in it."""

    title: str = "川辺の見守りと多世代の居場所づくり事業"
    group: str = "river"
    proposer: str = "katsuragi"
    desk: str = "nakamura"
    second_desk: str = "kobayashi"
    desk_head: str = "watanabe"
    section: str = "welfare-policy"
    officer: str = "takahashi"
    section_head: str = "yamamoto"
    head: str = "ito"
    theme: str = "welfare"
    methods: list[str] = field(default_factory=lambda: ["subsidy"])
    days: int = 300
    """Length of the project."""
    answers: dict[str, Any] = field(default_factory=dict)
    """Answers that differ from the usual ones."""


class Story:
    """One proposal being told. Each method is one step; `take_to` tells it up to a state."""

    def __init__(self, session: Session, cast: Cast, plot: Plot | None = None) -> None:
        self.session = session
        self.cast = cast
        self.plot = plot or Plot()
        self.proposal = self._begin()

    def _begin(self) -> Proposal:
        proposal = begin(
            self.session,
            actor=self.cast.actor(self.session, self.plot.proposer),
            group=self.cast.groups[self.plot.group],
            desk_id=self.cast.departments["desk"].id,
            programme=DEFAULT,
        )
        proposal.title = self.plot.title
        proposal.answers = {**self.usual_answers(), **self.plot.answers}
        self.session.flush()
        return proposal

    def usual_answers(self) -> dict[str, Any]:
        """A complete proposal form."""
        return {
            "field": self.plot.theme,
            "issue": "共働きの家庭が増え、放課後に一人で過ごす子どもと、日中に話し相手のいない高齢者が増えています。",
            "purpose": "世代をこえて顔の見える関係をつくり、子どもと高齢者が安心して過ごせる地域にします。",
            "goals": "旧公民館で週3日の居場所を開き、1年間で延べ1,500人が利用する。登下校の見守りに30人が参加する。",
            "goals_by": (clock.today() + timedelta(days=self.plot.days)).isoformat(),
            "process": "1か月目に準備会、2か月目に試行、3か月目から週3日開所します。3か月ごとに市とふりかえります。",
            "roles_group": "居場所の運営、見守りボランティアの募集と調整、記録の作成。",
            "roles_city": "会場の提供、学校・地域包括支援センターとの連絡調整、広報。",
            "effects": "市だけではできない、放課後と夕方のきめ細かな見守りができます。",
            "methods": self.plot.methods,
            "domain": "d",
            "cost_total": 480_000,
            "cost_city": 300_000,
            "cost_notes": "会場費 120,000円、保険料 60,000円、教材費 100,000円、謝礼 200,000円",
            "schedule": "4月 準備会／5月 試行／6月から3月 週3日開所／翌4月 報告",
        }

    def do(self, move: M, who: str | None, **details: Any) -> Event:
        """Make one move as somebody of the cast; None: as Kyodo itself."""
        actor = self.cast.actor(self.session, who) if who else SYSTEM
        return perform(self.session, self.proposal, move, actor, **details)

    # 1 受付
    def submit(self) -> None:
        """The group hands it in."""
        self.do(M.SUBMIT, self.plot.proposer)

    def accept(self) -> None:
        """The desk accepts it."""
        self.do(M.ACCEPT, self.plot.desk)

    # 2 除外審査
    def find(self, **met: str) -> None:
        """The desk decides every criterion; `met` gives the reason for those that apply."""
        findings = {
            criterion.key: {
                "verdict": Verdict.MET if criterion.key in met else Verdict.NOT_MET,
                "evidence": "提案書の内容と団体の規約を確認しました。",
                "reason": met.get(criterion.key, ""),
            }
            for criterion in programme(DEFAULT).criteria
        }
        self.do(M.RECORD_FINDINGS, self.plot.desk, findings=findings)

    def pass_screening(self) -> None:
        """The desk proposes, a second person confirms."""
        self.find()
        self.do(M.PROPOSE_PASS, self.plot.desk)
        self.do(M.CONFIRM_PASS, self.plot.second_desk)

    def exclude(self) -> None:
        """The desk proposes an exclusion, a second confirms, the head approves."""
        self.propose_exclusion()
        self.do(M.CONFIRM_EXCLUSION, self.plot.second_desk)
        self.do(M.APPROVE_EXCLUSION, self.plot.desk_head)

    def propose_exclusion(self) -> None:
        """The desk finds a criterion met and proposes the exclusion."""
        self.find(politics="特定の候補者を応援する催しが事業の中心になっています。")
        self.do(M.PROPOSE_EXCLUSION, self.plot.desk, reason="特定の候補者を応援する催しが計画に含まれるため。")

    # 3 事前協議
    def assign(self) -> None:
        """The desk chooses the section."""
        section = self.cast.departments[self.plot.section]
        self.do(M.ASSIGN_SECTION, self.plot.desk, section_id=section.id, reason="居場所づくりを所管しているため。")

    def take_on(self) -> None:
        """The section's head takes it on."""
        self.do(M.TAKE_ON, self.plot.section_head)

    def meet(self) -> None:
        """A meeting, its minutes by the section, confirmed by the group."""
        event = self.do(
            M.RECORD_MEETING,
            self.plot.officer,
            held_on=clock.today(),
            place="市役所3階 会議室",
            participants=f"{self.cast.groups[self.plot.group].name} 2人、担当課 2人",
            minutes="事業の目的と目標を確認した。会場は旧公民館を使い、鍵の管理は市が行う。",
            open_points="保険の内容を次回までに確認する。",
        )
        self.do(M.CONFIRM_MINUTES, self.plot.proposer, meeting_id=event.details["meeting"], edition=1)

    def record_content(self) -> dict[str, Any]:
        """A complete consultation record."""
        usual = self.usual_answers()
        same = {
            k: usual[k] for k in ("purpose", "goals", "goals_by", "process", "roles_group", "roles_city", "schedule")
        }
        return {
            **same,
            "characteristics": "団体は地域の人のつながりと機動力、市は施設と学校・関係機関との連携の力を持っています。",
            "cooperation": "月1回の定例会（夜7時、オンライン可）。連絡は双方の担当者どうしで行います。",
            "cost_split": "市が300,000円を負担し、残りを団体の会費と寄付でまかないます。",
            "methods": self.plot.methods,
            "method_reason": "団体の自主的な取組みを資金面で支えることが最も効果的なため。",
            "domain": "d",
            "principles": [p.key for p in programme(DEFAULT).principles],
            "differences": "開所する曜日について意見が分かれたが、試行の後に見直すことにした。",
        }

    def consult(self) -> None:
        """Meeting, record, and both sides' yes to the same version."""
        self.meet()
        self.do(M.WRITE_RECORD, self.plot.officer, content=self.record_content(), based_on=0)
        self.do(M.CONFIRM_RECORD, self.plot.proposer, number=1)
        self.do(M.CONFIRM_RECORD, self.plot.officer, number=1)

    # 4 協定
    def agreement_details(self) -> dict[str, Any]:
        """A complete agreement."""
        articles = {
            "purpose": "甲（青葉川市）と乙（提案団体）は、対等な立場で協力し、世代をこえた居場所と見守りの活動を行う。",
            "roles": "甲は会場の提供、関係機関との連絡調整及び広報を行う。乙は居場所の運営、見守り及び記録の作成を行う。",
            "responsibility": "事業の実施に伴う責任は、それぞれの役割に応じて甲乙が負う。事故については双方で速やかに対応する。",
            "cost": "事業費は480,000円とし、甲は300,000円を限度に負担する。",
            "period": "協定の締結の日から事業の終了の日まで。",
            "law": "甲及び乙は関係法令を守り、事業で知り得た個人情報を適切に取り扱う。",
            "specification": "週3日、1日4時間の開所。月ごとの利用記録を提出し、甲が検査する。",
        }
        needed = {item.key for item in programme(DEFAULT).articles_for(self.plot.methods)}
        return {
            "methods": self.plot.methods,
            "articles": {key: text for key, text in articles.items() if key in needed},
            "period_from": clock.today() + timedelta(days=1),
            "period_to": clock.today() + timedelta(days=1 + self.plot.days),
            "amount": 300_000,
            "budget": [
                {"item": "会場費", "amount": 120_000},
                {"item": "保険料", "amount": 60_000},
                {"item": "教材費", "amount": 100_000},
                {"item": "謝礼", "amount": 200_000},
            ],
            "based_on": 0,
        }

    def content_hash(self) -> str:
        """The hash of the agreement as it stands."""
        return self.proposal.agreements[-1].content_hash

    def draft_agreement(self) -> None:
        """The section writes it."""
        self.do(M.WRITE_AGREEMENT, self.plot.officer, **self.agreement_details())

    def send_for_approval(self) -> None:
        """The section sends it up."""
        self.do(M.SEND_FOR_APPROVAL, self.plot.officer, content_hash=self.content_hash())

    def approve_agreement(self) -> None:
        """The head approves."""
        self.do(M.APPROVE_AGREEMENT, self.plot.head, content_hash=self.content_hash())

    def sign(self) -> None:
        """Both sides sign."""
        for who in (self.plot.proposer, self.plot.head):
            name = self.cast.people[who].name
            self.do(M.SIGN, who, typed_name=name, content_hash=self.content_hash())

    # 5 実施報告
    def report(self, kind: ReportKind) -> None:
        """The group reports; the section accepts."""
        report = next(r for r in self.proposal.reports if r.kind is kind)
        body = {
            "activities": "居場所を週3日開き、登下校の見守りを毎日行いました。",
            "results": "延べ1,842人が利用し、閉じこもりが心配される高齢者31人が参加しました。",
            "participants": "小学生 延べ1,020人、高齢者 延べ690人、その他132人",
            "issues": "冬の夕方の担い手が足りませんでした。",
            "lessons": "学校との月1回の打合せが、参加の呼びかけに役立ちました。",
        }
        accounts = [
            {"item": line["item"], "budget": line["amount"], "spent": line["amount"] - 2_000, "note": ""}
            for line in self.proposal.agreements[-1].budget
        ]
        self.do(M.SUBMIT_REPORT, self.plot.proposer, report_id=report.id, body=body, accounts=accounts)
        self.do(M.ACCEPT_REPORT, self.plot.officer, report_id=report.id)

    def run(self) -> None:
        """Every report, one after the other."""
        for report in list(self.proposal.reports):
            self.report(report.kind)

    # 6 相互評価
    def self_check(self, who: str, *, mark: str = "3", **marks: str) -> None:
        """One side's sheet; `marks` for the items that differ from `mark`."""
        answers = {
            item.key: {"mark": marks.get(item.key, mark), "comment": "話し合いを重ねて進めることができました。"}
            for item in programme(DEFAULT).review_items
        }
        self.do(M.SUBMIT_SELF_CHECK, who, answers=answers)

    def self_checks(self) -> None:
        """Both sides' sheets."""
        self.self_check(self.plot.proposer, mark="3", trust="4", budget="2")
        self.self_check(self.plot.officer, mark="3", trust="4", budget="3")

    def hear_beneficiaries(self) -> None:
        """What the people it was for said."""
        self.do(
            M.RECORD_BENEFICIARIES,
            self.plot.proposer,
            how_asked="利用者への聞き取りとアンケート（紙）",
            answers=86,
            satisfied=79,
            merits="安心して過ごせる場所ができた。近所に知り合いが増えた。",
        )

    def sheet_details(self) -> dict[str, Any]:
        """A complete joint sheet."""
        return {
            "met_on": clock.today(),
            "participants": "団体3人、担当課2人、市民協働課1人",
            "results": "子どもと高齢者の居場所が地域に根づき、見守りの担い手が広がりました。",
            "improvements": "冬の夕方の担い手を早い時期から募ります。",
            "differences": "予算については、団体は謝礼の不足、市は計画どおりの執行を重く見たためです。",
            "next_steps": "令和9年度は開所日を増やし、学校との連携を事業に組み込みます。",
            "item_notes": {"budget": "謝礼の積算を次回は双方で確認します。"},
            "based_on": 0,
        }

    def joint_sheet(self) -> None:
        """The sheet, confirmed by both."""
        self.hear_beneficiaries()
        self.do(M.WRITE_JOINT_SHEET, self.plot.officer, **self.sheet_details())
        self.do(M.CONFIRM_JOINT_SHEET, self.plot.proposer, number=1)
        self.do(M.CONFIRM_JOINT_SHEET, self.plot.officer, number=1)

    # 7 公表
    def look_over(self) -> None:
        """The snapshot, seen by both."""
        if not self.proposal.snapshots:
            self.do(M.MAKE_SNAPSHOT, None)
        number = self.proposal.snapshots[-1].number
        self.do(M.LOOK_OVER, self.plot.proposer, number=number)
        self.do(M.LOOK_OVER, self.plot.officer, number=number)

    def schedule(self) -> None:
        """The desk sets the release for tomorrow."""
        self.do(M.SCHEDULE_RELEASE, self.plot.desk, release_at=clock.now() + timedelta(days=1))

    def release(self) -> None:
        """The moment has come: set a day ahead, so the clock has to stand a day later than at `schedule`."""
        self.do(M.RELEASE, None)

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

    def _straight_way(self) -> list[tuple[S, Callable[[], None]]]:
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
