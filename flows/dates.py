"""Keeps the dates where no Prefect schedule does: runs the scheduled flows in this process as soon as they are due."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flows.deadlines import deadlines
from flows.release import due, release
from flows.upkeep import upkeep
from models import clock
from models.settings import settings

MORNING = 8
"""The hour in Tokyo from which reminders go out; in development at any hour, for whoever moves the clock."""
REST_SECONDS = 60.0
"""How long a scheduled flow that failed rests, so that it holds nothing else up."""


@dataclass(slots=True)
class _Scheduled:
    is_due: Callable[[], bool]
    run: Callable[[], object]
    daily: bool = True
    done_on: date | None = None
    rests_until: float = 0.0


class Dates:
    """What is done on which day. After a restart the day's work is done once more, and finds nothing to do."""

    def __init__(self) -> None:
        self._all = (
            _Scheduled(lambda: bool(due()), release, daily=False),
            _Scheduled(_morning_has_come, deadlines),
            _Scheduled(lambda: True, upkeep),
        )

    def keep(self) -> None:
        """Run what is due. Raises what a flow raises; that flow then rests for a minute."""
        today = clock.today()
        for scheduled in self._all:
            if time.monotonic() < scheduled.rests_until or scheduled.done_on == today or not scheduled.is_due():
                continue
            scheduled.rests_until = time.monotonic() + REST_SECONDS
            scheduled.run()
            scheduled.rests_until = 0.0
            scheduled.done_on = today if scheduled.daily else None


def _morning_has_come() -> bool:
    return settings().development or clock.in_tokyo(clock.now()).hour >= MORNING
