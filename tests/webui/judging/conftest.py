"""A round with two judges: 白石 is new and has an interest in the third proposal, 岡田 has an account."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models.database import transaction
from models.judging.tables import JudgingRound
from models.people import Person
from models.proposals import Proposal
from tests.support.selection import Hall, hall


@dataclass(frozen=True)
class Sitting:
    """A round that was opened: its number, its proposals' numbers, its judges."""

    round_id: int
    proposals: tuple[int, ...]
    new: Person
    known: Person

    def path(self, place: int | None = None) -> str:
        """A judge's page of the round, or of one of its proposals."""
        here = f"/judging/{self.round_id}"
        return here if place is None else f"{here}/proposals/{self.proposals[place]}"


def seated(cast: Cast, *, second: bool = False, declared: bool = True) -> Sitting:
    """Open the first round, or the second after all came through the first."""
    with transaction() as session:
        told = hall(session, cast)
        if second:
            told.through_documents()
        judging = told.open()
        new = told.judge(judging)
        known = told.judge(judging, "岡田 正", "okada@midoridanchi.example")
        if declared:
            told.declare(new, told.proposals[2])
            told.declare(known)
        return Sitting(judging.id, tuple(p.id for p in told.proposals), new.person, known.person)


def resumed(sitting: Sitting, cast: Cast, step: Callable[[Hall, JudgingRound], object]) -> None:
    """Go on with the round in the domain."""
    with transaction() as session:
        found = select(Proposal).where(Proposal.id.in_(sitting.proposals)).order_by(Proposal.id)
        step(Hall(session, cast, list(session.scalars(found))), session.get_one(JudgingRound, sitting.round_id))


@pytest.fixture
def sitting(cast: Cast) -> Sitting:
    """The first round; both judges have declared."""
    return seated(cast)
