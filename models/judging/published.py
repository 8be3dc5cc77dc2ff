"""What comes out of a round: to its proposers their own scores and reasons always, to the public as deep as the programme says, and of whom (S03, S04, T05)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.administration.checks import refuse
from models.cost_comparison import Compared, published
from models.judging.rounds import active_judges, lock, rules_for, stands
from models.judging.sheets import read_mark
from models.judging.tables import Conclusion, JudgingRound, RoundEntry, ScoreSheet
from models.process.refusals import NotPossible
from models.process.vocabulary import MoveKey, State
from models.programme.exact import said
from models.proposals import Proposal
from models.selection.parts import Depth, Whose
from models.selection.rules import Round
from models.words import Word

DECISIONS: dict[MoveKey, Word] = {
    MoveKey.ADOPT: Word("採択", "Adopted"),
    MoveKey.NOT_ADOPT: Word("不採択", "Not adopted"),
    MoveKey.DECIDE_FINALLY: Word("採択", "Adopted"),
    MoveKey.CANCEL_ADOPTION: Word("内定の取消し", "Adoption cancelled"),
}
REFUSALS = frozenset({MoveKey.NOT_ADOPT, MoveKey.CANCEL_ADOPTION})
PROVISIONAL = Word("内定", "Provisionally adopted")

ORDER = tuple(Depth)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the city decided on a proposal: when, for how much, why, on what terms."""

    words: Word
    at: datetime
    granted: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Own:
    """One round as a party reads it. comments: what judges wrote on each item, without their names."""

    judging: JudgingRound
    rules: Round
    entry: RoundEntry
    conclusion: Conclusion | None
    comments: tuple[tuple[Word, tuple[str, ...]], ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal in published results; what the depth leaves out is None or empty.

    marks: each judge's, by item in the programme's order, without names, in no lasting order.
    """

    proposal: Proposal
    passed: bool | None
    remarks: str
    rank: int | None
    points: str
    most: str
    items: tuple[tuple[Word, str, str], ...]
    marks: tuple[tuple[str, ...], ...]
    decision: Decision | None
    comparison: Compared | None
    """What it costs the city alone beside what it costs together, as deep as that is published (S05)."""


@dataclass(frozen=True, slots=True)
class Published:
    """The results of one round as the public reads them."""

    judging: JudgingRound
    rules: Round
    rows: tuple[Row, ...]

    @property
    def of_passed(self) -> bool:
        """Whether only what passed stands here."""
        return self.rules.publishes_of is Whose.PASSED


def decision_on(proposal: Proposal) -> Decision | None:
    """The city's last decision on adoption; None before."""
    event = next((event for event in reversed(proposal.events) if event.move in DECISIONS), None)
    if event is None:
        return None
    words = PROVISIONAL if event.details.get("provisional") else DECISIONS[event.move]
    return Decision(words, event.at, event.details.get("granted"), event.reason)


def decision_is_told(session: Session, proposal: Proposal) -> bool:
    """Whether the public reads the city's decision with its reason, once results are out.

    Not of what was refused, where the last round publishes those alone that passed: it is told to its proposers.
    """
    if not _refused(proposal):
        return True
    rounds = entries_on(session, proposal)
    return not rounds or rules_for(session, rounds[-1][0]).publishes_of is Whose.ALL


def _refused(proposal: Proposal) -> bool:
    """Whether the city's last decision was not to adopt it, or no longer."""
    last = next((event.move for event in reversed(proposal.events) if event.move in DECISIONS), None)
    return last in REFUSALS


def entries_on(session: Session, proposal: Proposal) -> list[tuple[JudgingRound, RoundEntry]]:
    """The rounds that the proposal went through or is in, in their order."""
    query = (
        select(JudgingRound, RoundEntry)
        .join(RoundEntry, RoundEntry.round_id == JudgingRound.id)
        .where(RoundEntry.proposal_id == proposal.id)
        .order_by(JudgingRound.id)
    )
    return [(judging, entry) for judging, entry in session.execute(query)]


def own_results(session: Session, proposal: Proposal, *, at_closing: bool) -> list[Own]:
    """The rounds whose result a party reads: the group from the conclusion on, the city from the closing on (`at_closing`)."""
    found = []
    for judging, entry in entries_on(session, proposal):
        conclusion = next((c for c in reversed(proposal.conclusions) if c.round_id == judging.id), None)
        if judging.closed_at is None or entry.result is None or (conclusion is None and not at_closing):
            continue
        rules, sheets = rules_for(session, judging), counted_sheets(session, judging, proposal.id)
        found.append(
            Own(
                judging,
                rules,
                entry,
                conclusion,
                tuple(
                    (item.label, texts)
                    for item in rules.items
                    if (texts := tuple(sorted(t for s in sheets if (t := s.comments.get(item.key)))))
                ),
                tuple(sorted(sheet.remark for sheet in sheets if sheet.remark)),
            )
        )
    return found


def counted_sheets(session: Session, judging: JudgingRound, proposal_id: int) -> list[ScoreSheet]:
    """The sheets on a proposal that counted: handed in, by a judge who stayed and has no interest in it."""
    found = []
    for judge in active_judges(judging):
        kept = any(i.proposal_id == proposal_id and i.conflicted for i in judge.interests)
        found += [s for s in judge.sheets if s.proposal_id == proposal_id and s.handed_in_at is not None and not kept]
    return found


def publish(session: Session, judging: JudgingRound, at: datetime | None = None) -> None:
    """Bring the results out, now or at a moment to come. Raises NotPossible while something is still to be settled."""
    lock(session, judging)
    if judging.closed_at is None or any(stands(judging, entry) for entry in judging.entries):
        raise NotPossible(
            Word(
                "すべての提案の結論を書いてから公表してください。",
                "Write the conclusion on every proposal before you publish.",
            )
        )
    if any(_waits_for_decision(judging, entry.proposal) for entry in judging.entries):
        raise NotPossible(
            Word(
                "採否の決定を待っている提案があります。決定のあとに公表してください。",
                "Some proposals wait for the decision. Publish after it.",
            )
        )
    if at is not None and at < clock.now():
        raise refuse("day", Word("これから先の日時にしてください。", "Choose a moment that is still to come."))
    judging.published_at = at or clock.now()
    session.flush()


def has_results(session: Session, call_key: str) -> bool:
    """Whether results of any round of a call are out."""
    query = select(JudgingRound.id).where(JudgingRound.call_key == call_key, JudgingRound.published_at <= clock.now())
    return session.scalar(query.limit(1)) is not None


def _waits_for_decision(judging: JudgingRound, proposal: Proposal) -> bool:
    """Whether the city has still to decide on what the committee concluded in this round."""
    return proposal.state is State.DECIDING and proposal.conclusions[-1].round_id == judging.id


def published_rounds(session: Session, call_key: str) -> list[Published]:
    """The rounds of a call whose results are out, in the order in which they came out."""
    query = (
        select(JudgingRound)
        .where(JudgingRound.call_key == call_key, JudgingRound.published_at <= clock.now())
        .order_by(JudgingRound.published_at, JudgingRound.id)
    )
    found = []
    for judging in session.scalars(query):
        rules = rules_for(session, judging)
        rows = sorted(_rows(session, judging, rules), key=_place)
        found.append(Published(judging, rules, tuple(rows)))
    return found


def _place(row: Row) -> tuple[bool, int, bool, str]:
    return row.rank is None, row.rank or 0, not row.passed, row.proposal.number or ""


def _rows(session: Session, judging: JudgingRound, rules: Round) -> Iterator[Row]:
    def shows(depth: Depth) -> bool:
        return ORDER.index(rules.publishes) >= ORDER.index(depth)

    for entry in judging.entries:
        result, proposal = entry.result, entry.proposal
        if result is None or proposal.public_since is None:
            continue
        conclusion = next((c for c in reversed(proposal.conclusions) if c.round_id == judging.id), None)
        passed = conclusion is not None and conclusion.passed and not _refused(proposal)
        if rules.publishes_of is Whose.PASSED and not passed:
            continue
        yield Row(
            proposal=proposal,
            passed=conclusion.passed if conclusion and shows(Depth.OUTCOME) else None,
            remarks=conclusion.remarks if conclusion and shows(Depth.OUTCOME) else "",
            rank=result["rank"] if shows(Depth.RANK) else None,
            points=result["points"] if shows(Depth.TOTALS) else "",
            most=result["most"] if shows(Depth.TOTALS) else "",
            items=tuple((rules.labels[item["key"]], item["points"], item["most"]) for item in result["items"])
            if shows(Depth.ITEMS)
            else (),
            marks=_marks(rules, counted_sheets(session, judging, proposal.id)) if shows(Depth.SHEETS) else (),
            decision=decision_on(proposal) if decision_is_told(session, proposal) else None,
            comparison=published(proposal, rules.publishes),
        )


def _marks(rules: Round, sheets: Sequence[ScoreSheet]) -> tuple[tuple[str, ...], ...]:
    """Each judge's marks, highest first: so nobody's can be followed from proposal to proposal."""
    lines = []
    for sheet in sheets:
        marks = [read_mark(sheet.marks.get(item.key, "")) for item in rules.items]
        if None not in marks:
            lines.append(tuple(mark for mark in marks if mark is not None))
    lines.sort(key=lambda line: (sum(line), line), reverse=True)
    return tuple(tuple(said(mark) for mark in line) for line in lines)
