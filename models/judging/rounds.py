"""審査: which proposals wait for a round, opening it, who comes later or is taken out, and who runs it (S03)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models import clock
from models.administration.checks import FAR_YEARS, day_given, insist, refuse
from models.answers import MOST_YEN, is_whole
from models.editions import key_of, number_of, rules_of
from models.judging.tables import Judge, JudgingRound, RoundEntry
from models.process.actors import Actor
from models.process.perform import perform
from models.process.refusals import Missing, NotPossible
from models.process.vocabulary import MoveKey, State
from models.programme.schema import Programme
from models.proposals import Proposal
from models.selection.rules import Round, Selection
from models.words import Word

CLOSED = Word("この審査の採点は締め切られています。", "The scoring of this round is closed.")


@dataclass(frozen=True, slots=True)
class Opening:
    """A round that can be opened: whose rules, of which call, and the proposals that wait for it."""

    edition_id: str
    call_key: str
    rules: Round
    selection: Selection
    proposals: tuple[Proposal, ...]


def selection_for(programme: Programme, call_key: str) -> Selection:
    """The rules of selection as the type of this call goes through them: its own rounds alone."""
    whole, kind = programme.selection, programme.type_of(call_key)
    rounds = programme.rounds_for(kind.key)
    carry, award = whole.carry if len(rounds) > 1 else None, kind.award or whole.award
    return whole.model_copy(update={"rounds": rounds, "carry": carry, "award": award})


def selection_of(session: Session, judging: JudgingRound) -> tuple[Selection, int]:
    """The rules that a round is judged by, and which of their rounds it is, counted from 1."""
    selection = selection_for(rules_of(session, judging.edition_id), judging.call_key)
    return selection, [rules.key for rules in selection.rounds].index(judging.round_key) + 1


def rules_for(session: Session, judging: JudgingRound) -> Round:
    """What the programme says about this round."""
    selection, number = selection_of(session, judging)
    return selection.rounds[number - 1]


def openings(session: Session, actor: Actor) -> list[Opening]:
    """The rounds that the actor's office can open, each with the proposals that wait for it.

    Proposals of one call that began under different editions go together while what both say about selection is the
    same; the round then keeps the latest of these editions.
    """
    query = (
        select(Proposal)
        .where(
            Proposal.state == State.SELECTING,
            Proposal.round_id.is_(None),
            Proposal.desk_id.in_(actor.works_in),
        )
        .order_by(Proposal.id)
    )
    found: list[Opening] = []
    for proposal in session.scalars(query):
        if set(proposal.group_ids) & set(actor.group_ids):
            continue
        selection = selection_for(proposal.rules, proposal.call_key)
        if proposal.rounds_passed >= len(selection.rounds):
            continue
        one = Opening(
            proposal.edition_id,
            proposal.call_key,
            selection.rounds[proposal.rounds_passed],
            selection,
            (proposal,),
        )
        same = next((i for i, other in enumerate(found) if _together(one, other)), None)
        if same is None:
            found.append(one)
        else:
            other = found[same]
            latest = max(one.edition_id, other.edition_id, key=number_of)
            found[same] = Opening(
                latest, other.call_key, other.rules, other.selection, (*other.proposals, *one.proposals)
            )
    return found


def _together(one: Opening, other: Opening) -> bool:
    names = {(key_of(opening.edition_id), opening.call_key, opening.rules.key) for opening in (one, other)}
    return len(names) == 1 and one.selection == other.selection


def find_opening(session: Session, actor: Actor, call_key: str, round_key: str, edition_id: str) -> Opening | None:
    """The round that can be opened under these names, if there is one."""
    return next(
        (
            one
            for one in openings(session, actor)
            if (one.call_key, one.rules.key, one.edition_id) == (call_key, round_key, edition_id)
        ),
        None,
    )


def open_round(
    session: Session,
    actor: Actor,
    opening: Opening,
    *,
    proposal_ids: Iterable[int],
    score_by: date | None,
    budget: int | None,
) -> JudgingRound:
    """Open the round and put these of the waiting proposals before its judges, in one transaction.

    score_by: last day for handing in sheets. budget: yen there are for all; None: not limited. Raises NotReady.
    """
    wanted = set(proposal_ids)
    chosen = [proposal for proposal in opening.proposals if proposal.id in wanted]
    if not chosen:
        raise refuse("proposals", Word("審査に付す提案を選んでください。", "Choose the proposals to be judged."))
    assert actor.person_id is not None
    judging = JudgingRound(
        edition_id=opening.edition_id,
        call_key=opening.call_key,
        round_key=opening.rules.key,
        desk_id=chosen[0].desk_id,
        budget=_budget(budget),
        score_by=_last_day(score_by),
        opened_by_id=actor.person_id,
        opened_at=clock.now(),
        observers=opening.rules.presentation is not None and opening.rules.presentation.observers,
    )
    session.add(judging)
    session.flush()
    for proposal in chosen:
        perform(session, proposal, MoveKey.OPEN_ROUND, actor, round_id=judging.id)
    session.expire(judging)
    return judging


def change_round(
    session: Session, actor: Actor, judging: JudgingRound, *, score_by: date | None, budget: int | None
) -> None:
    """Set another last day or budget while it is open. Raises NotReady or NotPossible."""
    lock_open(session, judging)
    judging.score_by, judging.budget = _last_day(score_by), _budget(budget)
    session.flush()


def latecomers(session: Session, actor: Actor, judging: JudgingRound) -> list[Proposal]:
    """Proposals that wait and can still be put into this open round."""
    selection, _number = selection_of(session, judging)
    return [
        proposal
        for one in openings(session, actor)
        if (one.call_key, one.rules.key, one.selection) == (judging.call_key, judging.round_key, selection)
        and key_of(one.edition_id) == key_of(judging.edition_id)
        for proposal in one.proposals
        if judging.closed_at is None and proposal.desk_id == judging.desk_id
    ]


def add_proposal(session: Session, actor: Actor, judging: JudgingRound, proposal: Proposal) -> None:
    """Put a proposal that arrived later before the judges, who then have a sheet more. Raises like `perform`."""
    lock_open(session, judging)
    if all(one.id != proposal.id for one in latecomers(session, actor, judging)):
        raise NotPossible(
            Word("この提案は、この審査に加えられません。", "This proposal cannot be put into this round.")
        )
    perform(session, proposal, MoveKey.OPEN_ROUND, actor, round_id=judging.id)
    session.expire(judging)
    for judge in judging.judges:
        judge.finished_at = None
    session.flush()


def take_out(session: Session, actor: Actor, judging: JudgingRound, proposal: Proposal, reason: str) -> None:
    """Take a proposal out of an open round; it waits again, and its group is told why. Raises NotReady or NotPossible."""
    lock_open(session, judging)
    if not reason.strip():
        raise refuse("reason", Word("理由を入力してください。", "Say why."))
    entry = entry_of(judging, proposal.id)
    if entry is None or not stands(judging, entry):
        raise NotPossible(Word("この提案は、この審査に入っていません。", "This proposal is not in this round."))
    label = rules_for(session, judging).label
    judging.entries.remove(entry)
    session.delete(entry)
    proposal.round_id = None
    said = Word("この提案を「{round}」から外しました。理由：{reason}", "").filled(round=label, reason=reason.strip())
    perform(session, proposal, MoveKey.COMMENT, actor, reason=said.ja)
    session.expire(judging)


def find_round(session: Session, actor: Actor, round_id: int) -> JudgingRound | None:
    """The round for whoever runs it; None for everybody else, also for whose own group proposes in it."""
    judging = session.get(JudgingRound, round_id)
    return judging if judging is not None and runs(actor, judging) else None


def rounds_run_by(session: Session, actor: Actor) -> list[JudgingRound]:
    """The rounds of the actor's office, the latest first."""
    query = (
        select(JudgingRound)
        .options(selectinload(JudgingRound.entries), selectinload(JudgingRound.judges))
        .where(JudgingRound.desk_id.in_(actor.works_in))
        .order_by(JudgingRound.id.desc())
    )
    return [judging for judging in session.scalars(query) if runs(actor, judging)]


def runs(actor: Actor, judging: JudgingRound) -> bool:
    """Whether the actor is of the office that runs the round, and no group of the actor's proposes in it."""
    own = set(actor.group_ids)
    return judging.desk_id in actor.works_in and not any(own & set(e.proposal.group_ids) for e in judging.entries)


def entry_of(judging: JudgingRound, proposal_id: int) -> RoundEntry | None:
    """A proposal's place in the round."""
    return next((entry for entry in judging.entries if entry.proposal_id == proposal_id), None)


def stands(judging: JudgingRound, entry: RoundEntry) -> bool:
    """Whether it is judged in this round: not withdrawn, and without a conclusion."""
    return entry.proposal.round_id == judging.id and entry.proposal.state is State.SELECTING


def standing(judging: JudgingRound) -> list[RoundEntry]:
    """The proposals that are judged, in the order of their presentations, or as they came."""
    return [entry for entry in judging.entries if stands(judging, entry)]


def figures_of(rules: Round, entry: RoundEntry) -> dict[str, Decimal]:
    """The figures that the office entered for a proposal, as far as it has."""
    return {one.key: Decimal(entry.figures[one.key]) for one in rules.figures if one.key in entry.figures}


def active_judges(judging: JudgingRound) -> list[Judge]:
    """The judges of the round without those who stepped back."""
    return [judge for judge in judging.judges if judge.withdrawn_at is None]


def lock_open(session: Session, judging: JudgingRound) -> None:
    """Wait for whoever is changing the round, and go on only while it is open. Raises NotPossible."""
    lock(session, judging)
    if judging.closed_at is not None:
        raise NotPossible(CLOSED)


def lock(session: Session, judging: JudgingRound) -> None:
    """Wait for whoever is changing the round, its sheets or its judges, and read all of it anew."""
    session.flush()
    session.scalars(select(JudgingRound.id).where(JudgingRound.id == judging.id).with_for_update()).one()
    session.expire_all()


def unfinished(judging: JudgingRound) -> Sequence[Judge]:
    """The judges who have not handed in everything."""
    return [judge for judge in active_judges(judging) if judge.finished_at is None]


def _last_day(day: date | None) -> date:
    chosen = day_given("score_by", day)
    if chosen < clock.today() or chosen > clock.today() + timedelta(days=366 * FAR_YEARS):
        raise refuse("score_by", Word("今日以降の日付にしてください。", "Choose today or a later day."))
    return chosen


def _budget(budget: int | None) -> int | None:
    if budget is not None and not is_whole(budget):
        most = Word("0円から{most}円までの整数で入力してください。", "Enter a whole number of yen from 0 to {most}.")
        insist([Missing("budget", most.filled(most=f"{MOST_YEN:,}"))])
    return budget
