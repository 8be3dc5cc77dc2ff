"""Any city's programme in a house of its own, and a proposal that goes its whole way to the decision under that file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast, engage
from models import clock
from models.drafts import begin_draft
from models.editions import ALWAYS, Edition, take_up
from models.history import Event
from models.judging.closing import close_round
from models.judging.committee import conclude, suggested
from models.judging.figures import blanks, enter_figures
from models.judging.judges import Declared, declare, invite
from models.judging.rounds import entry_of, open_round, openings, rules_for
from models.judging.sheets import Written, hand_in, mark_text, save_sheet
from models.judging.tables import Judge, JudgingRound
from models.process.perform import perform
from models.process.vocabulary import MoveKey, State
from models.programme.forms import Column, Item
from models.programme.kinds import ItemKind
from models.programme.schema import Programme
from models.proposals import Proposal
from models.screening import Verdict
from models.selection.parts import MarkScale

PROPOSER, DESK, SECOND, HEAD = "katsuragi", "nakamura", "kobayashi", "watanabe"
SECTION_HEAD, OFFICER, SECTION_DEPARTMENT_HEAD = "yamamoto", "takahashi", "ito"
TEXT = "放課後に一人で過ごす子どもが増えています。"


@dataclass
class AnyCity:
    """A city with nothing but this file in force, and the people of the demonstration city in it."""

    session: Session
    text: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    """Where the usual answers do not do."""
    password_hash: str = ""

    def __post_init__(self) -> None:
        self.cast: Cast = engage(self.session, self.password_hash)
        self.session.execute(delete(Edition))
        self.edition = take_up(self.session, self.text, person_id=None, in_force_from=ALWAYS)

    def move(self, proposal: Proposal, key: MoveKey, who: str, **details: Any) -> Event:
        """One move by somebody of the cast."""
        return perform(self.session, proposal, key, self.cast.actor(self.session, who), **details)

    def draft(
        self, call: str, group: str = "river", proposer: str = PROPOSER, title: str = "みんなの居場所"
    ) -> Proposal:
        """A draft for a call with everything that its form asks."""
        actor = self.cast.actor(self.session, proposer)
        proposal = begin_draft(self.session, actor, self.cast.groups[group], call)
        proposal.title = title
        proposal.answers = usual(proposal.rules, proposal.questions, self.answers)
        proposal.answers_revision = 1
        self.session.flush()
        return proposal

    def hand_in(self, proposal: Proposal, proposer: str = PROPOSER) -> None:
        """With the entry before, where the call has one."""
        call = proposal.rules.call(proposal.call_key)
        if call is not None and call.entry is not None:
            self.move(proposal, MoveKey.ENTER, proposer)
            talked = {"talked_on": clock.today(), "consented": "福祉政策課"}
            self.move(proposal, MoveKey.TAKE_ENTRY, DESK, reason="続きをお書きください。", **talked)
        self.move(proposal, MoveKey.SUBMIT, proposer)

    def screen(self, proposal: Proposal) -> None:
        """Accepted, and no criterion applies."""
        self.move(proposal, MoveKey.ACCEPT, DESK)
        self.find_nothing(proposal)

    def find_nothing(self, proposal: Proposal) -> None:
        """No criterion applies, which a second person confirms."""
        findings = {
            one.key: {"verdict": Verdict.NOT_MET, "evidence": "確かめました。", "reason": ""}
            for one in proposal.rules.criteria_for(proposal.type_key)
        }
        self.move(proposal, MoveKey.RECORD_FINDINGS, DESK, findings=findings)
        self.move(proposal, MoveKey.PROPOSE_PASS, DESK)
        self.move(proposal, MoveKey.CONFIRM_PASS, SECOND)

    def consult(self, proposal: Proposal) -> None:
        """A section, one meeting, and a record that both confirm."""
        section = self.cast.departments["welfare-policy"]
        self.move(proposal, MoveKey.ASSIGN_SECTION, DESK, section_id=section.id, reason="福祉のことだからです。")
        self.move(proposal, MoveKey.TAKE_ON, SECTION_HEAD)
        meeting = {"held_on": clock.today(), "place": "集会所", "participants": "4人", "minutes": "役割を話しました。"}
        self.move(proposal, MoveKey.RECORD_MEETING, OFFICER, open_points="", **meeting)
        held = proposal.meetings[-1]
        self.move(proposal, MoveKey.CONFIRM_MINUTES, PROPOSER, meeting_id=held.id, edition=held.edition)
        content = usual(proposal.rules, proposal.rules.consultation_items, {})
        self.move(proposal, MoveKey.WRITE_RECORD, OFFICER, content=content, based_on=0)
        for who in (PROPOSER, OFFICER):
            self.move(proposal, MoveKey.CONFIRM_RECORD, who, number=len(proposal.records))

    def open(self, *proposals: Proposal, budget: int | None = None) -> JudgingRound:
        """The round that these wait for."""
        actor = self.cast.actor(self.session, DESK)
        opening = next(one for one in openings(self.session, actor) if set(proposals) <= set(one.proposals))
        by = clock.today() + timedelta(days=14)
        return open_round(
            self.session, actor, opening, proposal_ids=[one.id for one in proposals], score_by=by, budget=budget
        )

    def judges(self, judging: JudgingRound, number: int) -> list[Judge]:
        """So many, none with an interest."""
        found = []
        for n in range(number):
            email = f"judge{n}-{judging.id}@example.jp"
            actor = self.cast.actor(self.session, DESK)
            judge = invite(self.session, actor, judging, name=f"審査 {n}郎", email=email, capacity="")
            declare(self.session, judge, {one.proposal_id: Declared(False) for one in judging.entries})
            found.append(judge)
        return found

    def score(self, judge: Judge, proposal: Proposal, **marks: str) -> None:
        """A sheet with the best mark on every item that is not named."""
        rules = rules_for(self.session, judge.round)
        given = {item.key: marks.get(item.key, best(rules.scale_of(item))) for item in rules.items}
        comments = {item.key: "理由を書きました。" for item in rules.items}
        save_sheet(self.session, judge, proposal.id, Written(given, comments), revision=0)
        hand_in(self.session, judge, proposal.id)

    def enter(self, judging: JudgingRound, figures: Mapping[int, Mapping[str, int | str]]) -> None:
        """The office's figures, by proposal and key."""
        typed = {b.name: str(figures[b.entry.proposal_id][b.figure.key]) for b in blanks(self.session, judging)}
        enter_figures(self.session, judging, typed)

    def close(self, judging: JudgingRound) -> None:
        """The scoring is over."""
        close_round(self.session, self.cast.actor(self.session, DESK), judging, reason="")

    def result(self, judging: JudgingRound, proposal: Proposal) -> dict[str, Any]:
        """The frozen result of a proposal."""
        entry = entry_of(judging, proposal.id)
        assert entry is not None
        assert entry.result is not None
        return entry.result

    def conclude(self, judging: JudgingRound, proposal: Proposal) -> None:
        """As the result suggests."""
        entry = entry_of(judging, proposal.id)
        assert entry is not None
        draft = suggested(entry)
        conclude(
            self.session,
            self.cast.actor(self.session, DESK),
            judging,
            proposal,
            passed=draft.passed,
            remarks="委員会で話し合いました。",
            opinion="",
            amount=draft.amount,
        )

    def adopt(self, proposal: Proposal) -> None:
        """The decision, and the formal one where the budget has to be voted; by the section's department once it has one."""
        head = HEAD if proposal.section_id is None else SECTION_DEPARTMENT_HEAD
        self.move(proposal, MoveKey.ADOPT, head, amount=proposal.conclusions[-1].amount, reason="")
        if proposal.state is State.PROVISIONAL:
            self.move(proposal, MoveKey.DECIDE_FINALLY, head, voted_on=clock.today())


def usual(rules: Programme, items: tuple[Item, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """An answer to every question that is asked; conditions are met by the first choice."""
    return {item.key: given.get(item.key, _answer(rules, item)) for item in items if item.kind is not ItemKind.FILE}


def best(scale: MarkScale) -> str:
    """The highest mark, as somebody types it."""
    return mark_text(Decimal(scale.high))


def _answer(rules: Programme, item: Item) -> Any:
    match item.kind:
        case ItemKind.LINE | ItemKind.TEXT:
            return TEXT[: item.most]
        case ItemKind.NUMBER | ItemKind.YEN:
            return max(item.least, min(10, item.most))
        case ItemKind.DATE:
            return date(2028, 10, 1).isoformat()
        case ItemKind.PERIOD:
            return {"from": "2028-04-01", "to": "2029-03-31"}
        case ItemKind.CHOICE:
            return rules.choices_of(item)[0].key
        case ItemKind.CHOICES:
            wanted = None if item.options == "principles" else max(item.least, 1)
            return [one.key for one in rules.choices_of(item)[:wanted]]
        case ItemKind.DECLARATION:
            return True
        case ItemKind.TABLE:
            return [{column.key: _cell(column) for column in item.columns}] * max(item.least, 1)
    raise AssertionError(item.kind)


def _cell(column: Column) -> Any:
    match column.kind:
        case ItemKind.NUMBER | ItemKind.YEN:
            return 10
        case ItemKind.DATE:
            return "2028-10-01"
        case ItemKind.CHOICE:
            return column.choices[0].key
    return "会場費"
