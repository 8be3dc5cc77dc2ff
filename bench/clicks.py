"""(c) From a click to its announcement, with the real Prefect: commit a move, wait until the last mail about it is out."""

import time
from itertools import islice
from statistics import median
from typing import Any

from sqlalchemy import select

from bench.figures import Table, percentile
from bench.house import House, wait_until
from bench.moves import Case
from kyodo.demonstration.cast import engage
from kyodo.demonstration.chronicle import STRAIGHT
from models.database import reading, transaction
from models.history import Event
from models.outbox import Delivery, OutboxMessage
from models.process.definition import MOVES
from models.process.vocabulary import MoveKey

BEATS = list(STRAIGHT).index("city_confirms_sheet") + 1
"""As far as a case goes in one day."""
CLICKS = 30
WARM = 2
"""Clicks that do not count: the first flows of a process load much of Prefect."""


class Clicked(Case):
    """A case whose moves are clicks: each waits until everybody has been told."""

    told: list[tuple[MoveKey, float]]

    def do(self, move: MoveKey, who: str | None, **details: Any) -> Event:
        """Make the move, then wait for its last mail."""
        event = super().do(move, who, **details)
        if MOVES[move].flow is not None:
            committed = time.perf_counter()
            wait_until(lambda: _announced(event.id), f"{move} is announced", often=0.01)
            self.told.append((move, time.perf_counter() - committed))
        return event


def _announced(event_id: int) -> bool:
    with reading() as session:
        done = session.scalar(select(OutboxMessage.done_at).where(OutboxMessage.event_id == event_id))
        if done is None:
            return False
        waiting = select(Delivery.id).where(Delivery.event_id == event_id, Delivery.sent_at.is_(None)).limit(1)
        return session.scalar(waiting) is None


def measure(house: House) -> Table:
    """Take cases as far as they go in a day, click by click."""
    with transaction() as session:
        cast = engage(session)
    told: list[tuple[MoveKey, float]] = []
    with reading() as session:
        actors = {who: cast.actor(session, who) for who in cast.people}
        while len(told) < CLICKS + WARM:
            case = Clicked(session, cast, actors)
            case.told = told
            for beat in islice(STRAIGHT.values(), BEATS):
                beat.tell(case)
                if len(told) == CLICKS + WARM:
                    break
    return _table(told[WARM:], told[:WARM])


def _table(told: list[tuple[MoveKey, float]], first: list[tuple[MoveKey, float]]) -> Table:
    seconds = [each for _, each in told]
    table = Table(f"(c) From the commit to the last mail, s, {len(told)} clicks", ("", "median", "p95", "longest"))
    table.add("all clicks", f"{median(seconds):.2f}", f"{percentile(seconds, 0.95):.2f}", f"{max(seconds):.2f}")
    slowest = ", ".join(f"{move} {each:.2f}" for move, each in sorted(told, key=lambda one: -one[1])[:3])
    table.note(f"The slowest: {slowest} s; those whose flow makes a document first are among them.")
    table.note(
        f"The first {len(first)} clicks after the start are left out: {', '.join(f'{s:.2f}' for _, s in first)} s."
    )
    return table
