"""Closing a round: the sheets are frozen, and every proposal gets its result with the way to it, line by line (S03, T05)."""

from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.administration.checks import refuse
from models.judging.judges import kept_from, settle_finished
from models.judging.rounds import (
    active_judges,
    figures_of,
    lock,
    lock_open,
    rules_for,
    selection_of,
    standing,
    unfinished,
)
from models.judging.sheets import as_sheet, find_sheet, is_handed_in, written
from models.judging.tables import Conclusion, Judge, JudgingRound, RoundEntry
from models.process.actors import Actor
from models.process.perform import perform
from models.process.refusals import NotPossible
from models.process.vocabulary import MoveKey
from models.programme.exact import said
from models.selection.explanation import explained
from models.selection.rules import Round, Selection
from models.selection.scoring import Result, results
from models.selection.sheets import Entry, Points, Sheet
from models.words import Word


def close_round(session: Session, actor: Actor, judging: JudgingRound, *, reason: str) -> None:
    """Close the scoring for good and work out the results. Raises NotReady when judges have not finished and no reason is given.

    reason: why it is closed although somebody has not finished.
    """
    lock_open(session, judging)
    for judge in active_judges(judging):
        settle_finished(session, judge)
    if rules_for(session, judging).items and not active_judges(judging):
        raise refuse(
            "", Word("審査員がいません。先に審査員を招いてください。", "There are no judges. Invite them first.")
        )
    if unfinished(judging) and not reason.strip():
        raise refuse(
            "reason",
            Word(
                "採点を終えていない審査員がいます。締め切る理由を入力してください。",
                "Some judges have not finished. Say why you close the scoring.",
            ),
        )
    _work_out(session, judging)  # raises while something is missing: then the round stays open
    judging.closed_at, judging.closed_by_id = clock.now(), actor.person_id
    judging.closing_reason = reason.strip()
    session.flush()
    for entry in standing(judging):
        perform(session, entry.proposal, MoveKey.CLOSE_ROUND, actor)


def work_out_again(session: Session, judging: JudgingRound) -> None:
    """Work the results out anew, after ties or amounts were settled. Raises NotPossible or NotReady."""
    check_open_to_committee(session, judging)
    _work_out(session, judging)


def check_open_to_committee(session: Session, judging: JudgingRound) -> None:
    """Raises NotPossible unless the round is closed and has no conclusion yet."""
    lock(session, judging)
    if judging.closed_at is None:
        raise NotPossible(Word("採点がまだ締め切られていません。", "The scoring is not closed yet."))
    if has_conclusions(session, judging):
        raise NotPossible(
            Word(
                "結論を書き始めたため、順位や査定額は変えられません。",
                "A conclusion has been written, so ranks and amounts stay as they are.",
            )
        )


def has_conclusions(session: Session, judging: JudgingRound) -> bool:
    """Whether the committee has concluded on any proposal of the round."""
    return session.scalar(select(Conclusion.id).where(Conclusion.round_id == judging.id).limit(1)) is not None


def results_of(session: Session, judging: JudgingRound) -> tuple[Result, ...]:
    """The results as the sheets that were handed in give them. Raises NotReady."""
    selection, number = selection_of(session, judging)
    rules, judges = selection.rounds[number - 1], active_judges(judging)
    kept = {judge.id: kept_from(session, judge) for judge in judges}
    entries = [
        Entry(
            entry.proposal.number or str(entry.proposal_id),
            tuple(_sheets(rules, judges, kept, entry)),
            asked=entry.asked,
            adjusted=entry.adjusted,
            order=entry.tie_order,
            earlier=_earlier(session, selection.rounds[number - 2], entry) if number > 1 else None,
            figures=figures_of(rules, entry),
        )
        for entry in standing(judging)
    ]
    return results(selection, number, {str(judge.id) for judge in judges}, entries, judging.budget)


def _sheets(rules: Round, judges: list[Judge], kept: dict[int, frozenset[int]], entry: RoundEntry) -> list[Sheet]:
    found = []
    for judge in judges:
        if entry.proposal_id in kept[judge.id]:
            found.append(Sheet(str(judge.id), recused=True))
        elif is_handed_in(judge, entry.proposal_id):
            found.append(as_sheet(rules, judge, written(find_sheet(judge, entry.proposal_id))))
    return found


def _work_out(session: Session, judging: JudgingRound) -> None:
    selection, number = selection_of(session, judging)
    by_number = {result.proposal: result for result in results_of(session, judging)}
    for entry in judging.entries:
        result = by_number.get(entry.proposal.number or str(entry.proposal_id))
        entry.result = _frozen(selection, number, result) if result is not None else None
    session.flush()


def _frozen(selection: Selection, number: int, result: Result) -> dict[str, Any]:
    """A result as plain data; fractions are kept exactly beside the way they are said."""
    total, standing_, grant = result.total, result.standing, result.grant
    return {
        "points": said(total.points) if total else "",
        "most": said(total.most) if total else "",
        "exact": [str(total.points), str(total.most)] if total else [],
        "rank": standing_.rank if standing_ else None,
        "tied": list(standing_.tied) if standing_ else [],
        "open": standing_.open if standing_ else False,
        "verdict": result.verdict.value,
        "choice": grant.choice.value if grant else "",
        "amount": grant.amount if grant else None,
        "items": [
            {"key": item.key, "points": said(item.points), "most": said(item.most)}
            for item in (result.tally.parts if result.tally else ())
        ],
        "lines": [
            {"about": line.about.value, "ja": line.sentence.ja, "en": line.sentence.en}
            for line in explained(selection, number, result)
        ],
    }


def _earlier(session: Session, before: Round, entry: RoundEntry) -> Points | None:
    """What the proposal got in the round before."""
    found = session.scalar(
        select(RoundEntry)
        .join(JudgingRound, JudgingRound.id == RoundEntry.round_id)
        .where(
            RoundEntry.proposal_id == entry.proposal_id,
            JudgingRound.round_key == before.key,
            JudgingRound.closed_at.is_not(None),
        )
        .order_by(JudgingRound.id.desc())
        .limit(1)
    )
    exact = (found.result or {}).get("exact") if found is not None else None
    return Points(Fraction(exact[0]), Fraction(exact[1])) if exact else None
