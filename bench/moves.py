"""(a) A case of twenty steps through `perform`, against its rows written by the driver alone."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy.orm import Session

from bench.bare import Bare, Recorder, Written, numbered
from bench.bare_orm import BareOrm
from bench.figures import Table
from bench.ground import Crowd
from kyodo.demonstration.cast import Cast, gather
from kyodo.demonstration.chronicle import STRAIGHT
from kyodo.demonstration.story import Story
from models.database import reading, transaction
from models.history import Event
from models.process.actors import SYSTEM, Actor
from models.process.perform import perform
from models.process.vocabulary import MoveKey
from models.proposals import Proposal

STEPS = 20
SIZES = (100, 10_000, 100_000)
ROUNDS = 25
WARM = 3
"""Rounds before the clock counts: caches fill, statements are prepared."""


class Case(Story):
    """A story whose every move is a transaction of its own, as a page makes it, and is timed."""

    def __init__(self, session: Session, cast: Cast, actors: dict[str, Actor]) -> None:
        self.actors = actors
        self.seconds = 0.0
        super().__init__(session, cast)
        session.commit()

    def do(self, move: MoveKey, who: str | None, **details: Any) -> Event:
        """Load the proposal and perform, in one transaction; then read anew for what the next form shows."""
        actor, seen = self.actors[who] if who else SYSTEM, self.proposal.version
        proposal_id = self.proposal.id
        self.session.rollback()
        started = time.perf_counter()
        with transaction() as session:
            proposal = session.get_one(Proposal, proposal_id)
            event = perform(session, proposal, move, actor, seen=seen, **details)
        self.seconds += time.perf_counter() - started
        self.session.expire_all()
        return event

    def steps(self) -> Iterator[None]:
        """Make the steps one by one."""
        for beat in list(STRAIGHT.values())[:STEPS]:
            beat.tell(self)
            yield


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds for one step, medians over the rounds. together: bare SQL with many rows in one statement."""

    cases: int
    ours: float
    bare: float
    together: float
    orm: float


def measure(kind: str, crowd: Crowd, sizes: tuple[int, ...] = SIZES, rounds: int = ROUNDS) -> Table:
    """On the database in use: the steps at each size, ours and bare in turns."""
    found, rows = _on(crowd, sizes, rounds)
    columns = ("cases", "perform", "bare SQL", "ratio", "rows together", "ratio", "bare ORM", "ratio")
    table = Table(f"(a) {STEPS} steps on {kind}, ms a step", columns)
    for one in found:
        bare = [figure for each in (one.bare, one.together, one.orm) for figure in (each, one.ours / each)]
        table.add(f"{one.cases:,}", *(f"{each:.2f}" for each in (one.ours, *bare)))
    table.note(f"Rows of one case: {rows}.")
    growth = found[-1].ours / found[0].ours
    table.note(f"perform at {found[-1].cases:,} cases takes {growth:.2f} times as long as at {found[0].cases:,}.")
    return table


def _on(crowd: Crowd, sizes: tuple[int, ...], rounds: int) -> tuple[list[Measured], str]:
    found: list[Measured] = []
    for size in sizes:
        crowd.grow(size)
        with reading() as session:
            cast = gather(session)
            actors = {who: cast.actor(session, who) for who in cast.people}
            steps, rows = _recorded(session, cast, actors)
            bare, together = Bare(steps, together=False), Bare(steps, together=True)
            taken: list[tuple[float, ...]] = []
            for _ in range(WARM + rounds):
                ours = _ours(session, cast, actors)
                taken.append(
                    (ours, *(_theirs(session, cast, actors, writer) for writer in (bare, together, BareOrm(steps))))
                )
            bare.close()
            together.close()
        found.append(Measured(crowd.cases, *(1000 * median(each) / STEPS for each in zip(*taken[WARM:], strict=True))))
    return found, rows


def _recorded(session: Session, cast: Cast, actors: dict[str, Actor]) -> tuple[list[list[Written]], str]:
    recorder, case = Recorder(), Case(session, cast, actors)
    steps = case.steps()
    for _ in range(STEPS):
        with recorder.step():
            next(steps)
    return numbered(recorder.steps, case.proposal.id), recorder.counted()


def _ours(session: Session, cast: Cast, actors: dict[str, Actor]) -> float:
    case = Case(session, cast, actors)
    for _ in case.steps():
        pass
    return case.seconds


def _theirs(session: Session, cast: Cast, actors: dict[str, Actor], bare: Bare | BareOrm) -> float:
    case = Case(session, cast, actors)
    bare.take(case.proposal.id)
    session.rollback()
    seconds = 0.0
    for step in range(len(bare)):
        started = time.perf_counter()
        bare.write(step)
        seconds += time.perf_counter() - started
    return seconds
