"""公表: releases what is due, at the minute that was set, also after a night when everything was down."""

from prefect.client.schemas.objects import State
from sqlalchemy import select

from flows.steps import scheduled_flow, step
from models import clock
from models.database import reading, transaction
from models.process.actors import SYSTEM
from models.process.perform import perform, refusal
from models.process.vocabulary import MoveKey
from models.process.vocabulary import State as ProposalState
from models.proposals import Proposal
from models.publication import Snapshot


def due() -> list[int]:
    """The proposals whose moment of release has come, the longest overdue first."""
    query = (
        select(Snapshot.proposal_id)
        .join(Proposal, Proposal.id == Snapshot.proposal_id)
        .where(
            Snapshot.released_at.is_(None),
            Snapshot.release_at <= clock.now(),
            Proposal.state == ProposalState.SCHEDULED,
        )
        .order_by(Snapshot.release_at, Snapshot.id)
    )
    with reading() as session:
        return list(session.scalars(query))


@scheduled_flow
def release() -> list[State[None]]:
    """Release each of them in a transaction of its own; the move itself sets off what follows.

    Returns how each went, so that one that fails keeps none of the others waiting and yet the run counts as failed.
    """
    return [release_one(proposal_id, return_state=True) for proposal_id in due()]


@step
def release_one(proposal_id: int) -> None:
    """Kyodo's own move. It stays undone when somebody has postponed it or another run was first."""
    with transaction() as session:
        proposal = session.get_one(Proposal, proposal_id, with_for_update=True)
        if refusal(session, proposal, MoveKey.RELEASE, SYSTEM) is None:
            perform(session, proposal, MoveKey.RELEASE, SYSTEM)
