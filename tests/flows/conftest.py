"""What the tests of the flows share: a Prefect server in use by this process, and proposals to work on."""

import os
import tempfile
from collections.abc import Iterator
from itertools import count

# Prefect reads this when it is imported, and would otherwise write into the home of whoever runs the tests.
os.environ.setdefault("PREFECT_HOME", tempfile.mkdtemp(prefix="kyodo-prefect-"))
os.environ["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] = "false"

import pytest
from prefect.logging.handlers import APILogHandler
from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from sqlalchemy import Engine

from kyodo.demonstration.story import Story
from models import clock
from models.calendar import fiscal_year
from models.database import writing
from models.proposals import NumberSequence
from tests.notifications.cast import a_story
from tests.support.prefect import PrefectServer
from tests.support.waiting import wait_until

NUMBERS = count(1000, 100)
"""Where the receipt numbers of each test begin."""


@pytest.fixture
def prefect_here(prefect_running: PrefectServer) -> Iterator[PrefectServer]:
    """A real Prefect server that flows called in this process report to."""
    wait_until(prefect_running.answers, "Prefect answers", 150)
    with temporary_settings({PREFECT_API_URL: prefect_running.url, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield prefect_running
        APILogHandler().flush()


@pytest.fixture
def story(sqlite: Engine) -> Iterator[Story]:
    """A draft, to be told on between `story.session.commit()` and `story.session.commit()`.

    Its receipt number will be one that no other test's runs carry.
    """
    with writing() as session:
        session.add(NumberSequence(fiscal_year=fiscal_year(clock.today()), last=next(NUMBERS)))
        yield a_story(session)
