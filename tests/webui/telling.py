"""Proposals for tests of pages: told as far as a test needs, and read back as they stand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, func, select

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Plot, Story
from models.database import engine, reading, transaction
from models.history import Event
from models.process.perform import perform
from models.process.vocabulary import MoveKey, State
from models.proposals import Proposal

Step = Callable[[Story], object]


def tell(cast: Cast, *steps: Step, to: State | None = None, plot: Plot | None = None) -> int:
    """A proposal taken to a state of the straight way, and from there by these steps; returns its id."""
    with transaction() as session:
        story = Story(session, cast, plot)
        if to is not None:
            story.take_to(to)
        for step in steps:
            step(story)
        return story.proposal.id


def go_on(cast: Cast, proposal_id: int, move: MoveKey, who: str, **details: Any) -> None:
    """Somebody makes a move meanwhile."""
    with transaction() as session:
        proposal = session.get_one(Proposal, proposal_id)
        perform(session, proposal, move, cast.actor(session, who), **details)


@contextmanager
def stands(proposal_id: int) -> Iterator[Proposal]:
    """The proposal as it stands in the database."""
    with reading() as session:
        yield session.get_one(Proposal, proposal_id)


def state_of(proposal_id: int) -> State:
    """Where it stands."""
    with stands(proposal_id) as proposal:
        return proposal.state


def events_of(proposal_id: int) -> int:
    """How many events it has."""
    with reading() as session:
        return session.scalar(select(func.count()).where(Event.proposal_id == proposal_id)) or 0


def queries(open_page: Callable[[], object]) -> int:
    """How many statements the database is asked while a page is opened."""
    counted: list[str] = []

    def count(connection: object, cursor: object, statement: str, *rest: object) -> None:
        counted.append(statement)

    event.listen(engine(), "before_cursor_execute", count)
    try:
        open_page()
    finally:
        event.remove(engine(), "before_cursor_execute", count)
    return len(counted)
