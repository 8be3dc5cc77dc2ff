"""審査会: ties settled by lot or in committee, amounts set (査定額), and the conclusion on each proposal (S02)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.administration.checks import insist
from models.answers import is_whole
from models.history import Event
from models.judging.closing import check_open_to_committee, work_out_again
from models.judging.rounds import entry_of, rules_for, selection_of, standing
from models.judging.tables import JudgingRound, RoundEntry
from models.process.actors import Actor
from models.process.perform import perform
from models.process.refusals import Missing, NotPossible
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from models.selection.awards import Choice
from models.selection.parts import WRITTEN
from models.selection.verdicts import Verdict
from models.words import Word


@dataclass(frozen=True, slots=True)
class Draft:
    """What the result suggests for the conclusion. passed None: the committee has to find it."""

    passed: bool | None
    amount: int | None


def ties(session: Session, judging: JudgingRound) -> list[list[RoundEntry]]:
    """The proposals of equal points whose order lots or the committee settle, rank by rank, also when it was settled."""
    rules = rules_for(session, judging)
    if not rules.ties or rules.ties[-1].by not in WRITTEN:
        return []
    groups: list[list[RoundEntry]] = []
    for entry in sorted(standing(judging), key=lambda e: ((e.result or {}).get("rank") or 0, e.id)):
        result = entry.result or {}
        if result.get("open"):
            known = next((g for g in groups if entry.proposal.number in (g[0].result or {}).get("tied", ())), None)
            groups.append([entry]) if known is None else known.append(entry)
    settled = [entry for entry in standing(judging) if entry.tie_order is not None]
    by_points: dict[str, list[RoundEntry]] = {}
    for entry in settled:
        if not any(entry in group for group in groups):
            by_points.setdefault(str((entry.result or {}).get("points")), []).append(entry)
    return groups + [sorted(group, key=lambda e: e.tie_order or 0) for group in by_points.values() if len(group) > 1]


def settle_ties(session: Session, judging: JudgingRound, places: Mapping[int, int | None]) -> None:
    """Write the order among equals, by proposal, as it was drawn or agreed. Raises NotReady or NotPossible.

    places: 1 for whoever comes first among its equals.
    """
    check_open_to_committee(session, judging)
    for group in ties(session, judging):
        given = [places.get(entry.proposal_id) for entry in group]
        wanted = list(range(1, len(group) + 1))
        if sorted(place or 0 for place in given) != wanted:
            sentence = Word(
                "同点の{n}件に、1から{n}までの順をひとつずつ付けてください。",
                "Give each of the {n} equals a place of its own, from 1 to {n}.",
            ).filled(n=len(group))
            insist([Missing(f"place-{group[0].proposal_id}", sentence)])
        for entry, place in zip(group, given, strict=True):
            entry.tie_order = place
    work_out_again(session, judging)


def may_adjust(session: Session, judging: JudgingRound) -> bool:
    """Whether the programme lets the committee set amounts in this round."""
    selection, number = selection_of(session, judging)
    return selection.award is not None and selection.award.adjusting and number == len(selection.rounds)


def adjust(session: Session, judging: JudgingRound, amounts: Mapping[int, int | None]) -> None:
    """Set the committee's own amounts (査定額), by proposal; None: as asked. Raises NotReady or NotPossible."""
    check_open_to_committee(session, judging)
    if not may_adjust(session, judging):
        raise NotPossible(
            Word("この審査では要望額を査定できません。", "In this round the committee does not set amounts.")
        )
    missing = []
    for entry in standing(judging):
        amount = amounts.get(entry.proposal_id)
        if amount is not None and not is_whole(amount, entry.asked):
            sentence = Word(
                "「{title}」の査定額は、0円から{most}円（要望額）までで入力してください。",
                "Enter from 0 to {most} yen, the amount asked for, for “{title}”.",
            ).filled(title=entry.proposal.title, most=f"{entry.asked:,}")
            missing.append(Missing(f"amount-{entry.proposal_id}", sentence))
    insist(missing)
    for entry in standing(judging):
        amount = amounts.get(entry.proposal_id)
        entry.adjusted = None if amount == entry.asked else amount
    work_out_again(session, judging)


def suggested(entry: RoundEntry) -> Draft:
    """What the result comes to; nothing while a tie is open or there is no valid result."""
    result = entry.result or {}
    verdict, choice = result.get("verdict"), result.get("choice")
    if verdict in (None, Verdict.NO_RESULT) or choice == Choice.OPEN:
        return Draft(None, None)
    passed = verdict == Verdict.PASSED and choice in ("", Choice.CHOSEN)
    return Draft(passed, result.get("amount") if passed else None)


def conclude(
    session: Session,
    actor: Actor,
    judging: JudgingRound,
    proposal: Proposal,
    *,
    passed: bool | None,
    remarks: str,
    opinion: str,
    amount: int | None,
    seen: int | None = None,
) -> Event:
    """Write the committee's conclusion on one proposal of the round. Raises like `perform`."""
    if entry_of(judging, proposal.id) is None:
        raise NotPossible(Word("この提案は、この審査に入っていません。", "This proposal is not in this round."))
    return perform(
        session,
        proposal,
        MoveKey.CONCLUDE,
        actor,
        seen=seen,
        passed=passed,
        remarks=remarks,
        opinion=opinion,
        amount=amount,
    )
