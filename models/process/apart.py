"""Where a second person is asked: whoever drafted something does not decide it, so the duty is not theirs."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import Session, aliased

from models.history import Duty, Event
from models.process.definition import MOVES
from models.process.fulfilment import DONE_BY
from models.process.grammar import Move
from models.process.vocabulary import DutyKey, MoveKey, State
from models.proposals import Proposal


class Apart(NamedTuple):
    """A duty that in this state is not for whoever last made one of these moves."""

    duty: DutyKey
    state: State
    drafted_by: tuple[MoveKey, ...]


APART = tuple(
    Apart(duty, state, MOVES[key].not_by)
    for duty, moves in DONE_BY.items()
    for key in moves
    for state in MOVES[key].starts
    if MOVES[key].not_by
)


def drafters(session: Session, proposal: Proposal, move: Move) -> frozenset[int | None]:
    """Who last made each of the moves after which somebody else is asked."""
    return _last_by(session, proposal, move.not_by)


def kept_from(session: Session, duty: Duty, proposal: Proposal) -> frozenset[int | None]:
    """Those who cannot do this duty, because they drafted what it decides."""
    moves = [m for a in APART if (a.duty, a.state) == (duty.key, proposal.state) for m in a.drafted_by]
    return _last_by(session, proposal, tuple(moves))


def not_drafted_by(person_id: int | ColumnElement[int] | None) -> ColumnElement[bool]:
    """The condition on `Duty` that this person may do it, for lists (compare `kept_from`)."""
    if person_id is None:
        return true()
    made, later = aliased(Event), aliased(Event)
    # Equalities, not lists: a list in a query is spelled out anew each time the query is asked.
    cases = [
        and_(Duty.key == a.duty, Proposal.state == a.state, or_(*(made.move == move for move in a.drafted_by)))
        for a in APART
    ]
    since = exists().where(later.proposal_id == made.proposal_id, later.move == made.move, later.number > made.number)
    drafted = (
        select(made.id)
        .join(Proposal, Proposal.id == made.proposal_id)
        .where(made.proposal_id == Duty.proposal_id, made.actor_id == person_id, or_(*cases), ~since)
        .correlate(Duty)
        .exists()
    )
    return or_(and_(*(Duty.key != key for key in dict.fromkeys(a.duty for a in APART))), ~drafted)


def _last_by(session: Session, proposal: Proposal, moves: tuple[MoveKey, ...]) -> frozenset[int | None]:
    if not moves:
        return frozenset()
    made = session.execute(
        select(Event.move, Event.actor_id)
        .where(Event.proposal_id == proposal.id, Event.move.in_(moves))
        .order_by(Event.number)
    )
    return frozenset({row.move: row.actor_id for row in made}.values())
