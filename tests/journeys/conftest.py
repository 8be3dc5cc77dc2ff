"""What a journey starts from: a running house with the people of Aobagawa, and a window for each of them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select, update

from kyodo.demonstration.cast import engage, gather
from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models import clock
from models.database import reading, transaction
from models.history import Event
from models.outbox import OutboxMessage
from models.passwords import hashed
from models.people import Person
from models.process.vocabulary import State
from tests.conftest import Environment
from tests.journeys.company import Company
from tests.journeys.party import PASSWORD, Party
from tests.support.house import House, house
from tests.support.prefect import PrefectServer

MONDAY = date(2026, 4, 6)
"""The day journeys begin on, whatever day it is: the first Monday of a fiscal year."""


@pytest.fixture(scope="module")
def standing(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, prefect_running: PrefectServer
) -> Iterator[House]:
    """A house for the tests of one module: each test brings a proposal of its own into it."""
    with house(tmp_path_factory.mktemp("house") / "data", sqlite_template, prefect_running) as opened:
        opened.move_clock(MONDAY)
        opened.start_runner()
        opened.open_pages()
        yield opened


@pytest.fixture(name="house")
def inhabited(standing: House, environment: Environment) -> House:
    """The house, with the cast in it; this test process now reads and writes the house's database."""
    environment(**standing.environment)
    with reading() as session:
        empty = session.scalar(select(Person.id).limit(1)) is None
    if empty:
        with transaction() as session:
            engage(session, hashed(PASSWORD))
    return standing


Enter = Callable[..., Party]


@pytest.fixture
def enter(house: House, browser: Browser) -> Iterator[Enter]:
    """`enter("katsuragi", phone=True)` opens a window of one's own, signed in unless told otherwise.

    At the end no page may have complained on the console, of its content policy for example.
    """
    parties: list[Party] = []

    def come_in(who: str = "", *, phone: bool = False, scripts: bool = True, sign_in: bool = True) -> Party:
        party = Party(house, browser, who, phone=phone, scripts=scripts)
        parties.append(party)
        if who and sign_in:
            party.sign_in()
        return party

    yield come_in
    complaints = [complaint for party in parties for complaint in party.complaints]
    for party in parties:
        party.leave()
    assert complaints == []


Tell = Callable[..., Company]


@pytest.fixture
def told(house: House, enter: Enter, tmp_path: Path) -> Tell:
    """`told(State.CONSULTING, plot)` replays a proposal up to a state, as if so many days ago, for its company.

    The flows are left with what follows from the last move only: the mails before it have been read long ago.
    """

    def tell(state: State, plot: Plot | None = None, *, days_ago: int = 0) -> Company:
        with transaction() as session, clock.standing_at(clock.now() - timedelta(days=days_ago)):
            story = Story(session, gather(session), plot)
            if state is not State.DRAFT:
                story.take_to(state)
            proposal = story.proposal
            past = select(Event.id).where(Event.proposal_id == proposal.id, Event.number < proposal.version)
            done = update(OutboxMessage).where(OutboxMessage.event_id.in_(past)).values(done_at=clock.now())
            session.execute(done)
            place, number = f"{house.address}/proposals/{proposal.id}", proposal.number or ""
        return Company(house, enter, tmp_path, place, number)

    return tell
