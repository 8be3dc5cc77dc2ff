"""Every morning: reminds people of what is due, and tells others when it stays undone."""

from prefect.client.schemas.objects import State

from flows.steps import scheduled_flow, step
from models import clock
from models.database import reading, transaction
from models.process.duties import follow_the_calls
from notifications.judging import remind_round, rounds_to_finish
from notifications.reminders import dated_duties, remind

AT_ONCE = 50
"""Duties looked at in one transaction, so that nobody waits long for the database."""


@scheduled_flow
def deadlines() -> list[State[None]]:
    """Plan today's reminders. A second run on the day plans none. Returns how each batch went."""
    follow_calls(return_state=True)
    with reading() as session:
        duties, rounds = dated_duties(session), rounds_to_finish(session)
    batches = [duties[first : first + AT_ONCE] for first in range(0, len(duties), AT_ONCE)]
    return [plan_some(some, return_state=True) for some in batches] + [
        remind_judges(round_id, return_state=True) for round_id in rounds
    ]


@step
def follow_calls() -> None:
    """Know the closings that hold today."""
    with transaction() as session:
        follow_the_calls(session)


@step
def plan_some(duties: list[int]) -> None:
    """Look at a few duties and remind of those whose day has come."""
    with transaction() as session:
        for duty_id in duties:
            remind(session, duty_id, clock.today())


@step
def remind_judges(round_id: int) -> None:
    """Look at one round of selection."""
    with transaction() as session:
        remind_round(session, round_id, clock.today())
