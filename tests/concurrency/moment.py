"""Letting several people do something at the very same moment, each in a transaction and a thread of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import engage, gather
from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models.database import transaction
from models.history import Event
from models.people import Person
from models.process.actors import actor_of
from models.process.perform import perform
from models.process.refusals import Refusal
from models.process.vocabulary import MoveKey, State
from models.proposals import Proposal

Job = Callable[[Session], Any]


def at_once(*jobs: Job) -> list[Any]:
    """Run the jobs together; gives what each returned, or the refusal it met. Any other exception is raised."""
    start = Barrier(len(jobs))

    def run(job: Job) -> Any:
        start.wait(timeout=20)
        try:
            with transaction() as session:
                return job(session)
        except Refusal as refused:
            return refused

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(timeout=50) for future in [pool.submit(run, job) for job in jobs]]


def click(who: str, proposal_id: int, move: MoveKey, *, seen: int | None = None, **details: Any) -> Job:
    """Somebody of the cast clicks."""

    def job(session: Session) -> Event:
        person = session.scalars(select(Person).where(Person.email.startswith(f"{who}@"))).one()
        proposal = session.get_one(Proposal, proposal_id)
        actor = actor_of(session, person)
        return perform(session, proposal, move, actor, seen=seen, **details)

    return job


def told_to(state: State, tell: Callable[[Story], object] | None = None, plot: Plot | None = None) -> tuple[int, int]:
    """A proposal in a state, and a few steps further; gives its id and version."""
    with transaction() as session:
        cast = engage(session) if session.scalar(select(Person.id).limit(1)) is None else gather(session)
        story = Story(session, cast, plot)
        story.take_to(state)
        if tell:
            tell(story)
        return story.proposal.id, story.proposal.version
