"""The demonstration city: believable from the first minute, whatever day it is planted on."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from kyodo import CannotGoOnError
from kyodo.demonstration import PASSWORD, logins, plant, planting
from kyodo.demonstration.tales import tales
from models import clock as model_clock
from models.calendar import business_days_between, era_year, fiscal_year
from models.database import engine, reading, transaction
from models.history import Duty, Event
from models.openings import Opening, OpeningKind
from models.outbox import Delivery, OutboxMessage
from models.passwords import password_fits
from models.people import Person
from models.process.sight import turns
from models.process.vocabulary import ENDS, Sight, State
from models.proposals import Proposal
from models.settings import settings
from tests.conftest import Clock, Environment

pytestmark = pytest.mark.timeout(180)
"""Planting makes several hundred moves."""

LATEST = 3
"""So many business days may a duty of the demonstration be overdue."""


@pytest.fixture(scope="module")
def planted(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city in a SQLite file, planted once."""
    data = tmp_path_factory.mktemp("city")
    copyfile(sqlite_template, data / "kyodo.sqlite3")
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("KYODO_DATA", str(data))
        settings.cache_clear()
        engine.cache_clear()
        plant()
        engine().dispose()  # folds the write-ahead log into the file
        engine.cache_clear()
        settings.cache_clear()
    return data / "kyodo.sqlite3"


@pytest.fixture
def city(sqlite: Engine, planted: Path) -> Iterator[Session]:
    """A fresh copy of it to read in."""
    sqlite.dispose()
    copyfile(planted, settings().data / "kyodo.sqlite3")
    with reading() as session:
        yield session


def test_the_sections_share_works_and_problems_and_something_came_of_it(city: Session) -> None:
    shown = city.scalars(select(Opening)).all()
    assert {one.kind for one in shown} == set(OpeningKind)
    assert [one.title for one in shown if not one.takes_proposals] == ["駅前の案内所の運営"]
    [came] = city.scalars(select(Proposal).where(Proposal.opening_id.is_not(None)))
    assert came.public_since is not None
    assert came.opening is not None
    assert came.opening.changed_at < came.created_at


def proposals(session: Session) -> list[Proposal]:
    return list(session.scalars(select(Proposal).order_by(Proposal.id)))


def counts(session: Session) -> list[int]:
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in (Person, Proposal, Event, Duty)]


def check_it_is_believable(session: Session) -> None:
    """What must hold on whatever day the city is planted."""
    today = model_clock.today()
    found = proposals(session)
    assert {proposal.state for proposal in found} == set(State)
    years = Counter((proposal.number or "").split("-")[0] for proposal in found if proposal.state is State.PUBLISHED)
    assert len(years) == 2
    assert min(years.values()) >= 3
    for proposal in found:
        for duty in turns(proposal):
            left = business_days_between(today, duty.due_on) if duty.due_on else 0
            assert left >= -LATEST, f"{proposal.title} is {-left} days overdue"
    for latest in session.scalars(select(Event.at)):
        assert latest < model_clock.now()


def test_it_shows_every_state_two_finished_years_and_no_absurd_date(city: Session) -> None:
    check_it_is_believable(city)


def test_it_does_so_just_after_new_year_too(sqlite: Engine, clock: Clock) -> None:
    clock.set(date(2027, 1, 4))
    plant()
    with reading() as session:
        check_it_is_believable(session)


def test_it_grows_on_postgresql_too(postgresql: Engine, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    clock.set(date(2027, 4, 2))
    some = [tale for tale in tales() if tale.until == "release"][-2:]
    monkeypatch.setattr(planting, "tales", lambda: some)
    plant()
    with reading() as session:
        assert {proposal.state for proposal in proposals(session)} == {State.PUBLISHED, State.UNPUBLISHED}


def test_each_proposal_is_a_project_of_its_own(city: Session) -> None:
    found = proposals(city)
    assert len({proposal.title for proposal in found}) == len(found)
    assert len({proposal.answers["issue"] for proposal in found}) == len(found)
    assert len({proposal.group_id for proposal in found}) >= 8


def test_some_duties_are_late_some_are_due_soon(city: Session) -> None:
    today = model_clock.today()
    left = [
        business_days_between(today, duty.due_on)
        for duty in city.scalars(select(Duty).where(Duty.closed_at.is_(None)))
        if duty.due_on
    ]
    assert len([days for days in left if days < 0]) >= 2
    assert len([days for days in left if 0 <= days <= 5]) >= 6


def test_receipt_numbers_follow_the_days_without_a_gap(city: Session) -> None:
    numbered = city.execute(
        select(Proposal.submitted_at, Proposal.number)
        .where(Proposal.submitted_at.is_not(None))
        .order_by(Proposal.submitted_at)
    )
    expected: Counter[str] = Counter()
    for submitted_at, number in numbered:
        assert submitted_at
        year = era_year(fiscal_year(model_clock.in_tokyo(submitted_at).date()))
        expected[year] += 1
        assert number == f"{year}-{expected[year]:04d}"
    assert len(expected) == 3


def test_history_is_written_in_order_of_time_and_in_office_hours(city: Session) -> None:
    events = list(city.scalars(select(Event).order_by(Event.id)))
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert {9 <= model_clock.in_tokyo(event.at).hour < 20 for event in events} == {True}
    for proposal in proposals(city):
        assert [event.number for event in proposal.events] == list(range(1, proposal.version + 1))


def test_the_public_follows_each_case_that_was_accepted(city: Session) -> None:
    for proposal in proposals(city):
        shown = [event for event in proposal.events if event.sight is Sight.PUBLIC]
        assert bool(proposal.public_since) == any(event.to_state is State.SCREENING for event in shown)


def test_mails_of_the_past_are_not_sent_again(city: Session) -> None:
    assert city.scalar(select(func.count()).select_from(Delivery).where(Delivery.sent_at.is_(None))) == 0
    left = list(city.scalars(select(OutboxMessage).where(OutboxMessage.done_at.is_(None))))
    assert left, "documents are still to be made"
    for message in left:
        told = select(func.count()).select_from(Delivery).where(Delivery.event_id == message.event_id)
        assert city.scalar(told), "what the flow finds told already it tells nobody again"


def test_ends_are_nobodys_turn(city: Session) -> None:
    for proposal in proposals(city):
        assert bool(turns(proposal)) == (proposal.state not in ENDS)


def test_everybody_signs_in_with_the_one_password(city: Session) -> None:
    known = {person.email: person for person in city.scalars(select(Person))}
    assert {login.email for login in logins()} == set(known)
    assert password_fits(known["katsuragi@kawabe.example"], PASSWORD)
    assert len({person.password_hash for person in known.values()}) == 1


def test_a_second_time_it_only_says_whom_to_sign_in_as(city: Session, capsys: pytest.CaptureFixture[str]) -> None:
    before = counts(city)
    city.rollback()
    plant()
    assert counts(city) == before
    said = capsys.readouterr().out
    assert PASSWORD in said
    assert "katsuragi@kawabe.example" in said


def test_a_city_with_other_people_is_left_alone(sqlite: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    with transaction() as session:
        session.add(Person(name="田中", email="tanaka@city.example", session_key="x", created_at=model_clock.now()))
    plant()
    with reading() as session:
        assert counts(session) == [1, 0, 0, 0]
    assert capsys.readouterr().out == ""


def test_what_is_there_is_thrown_away_in_development_alone(
    city: Session, environment: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    before = counts(city)
    city.rollback()
    with pytest.raises(CannotGoOnError, match="development"):
        plant(force=True)
    environment(KYODO_ENV="development")
    with transaction() as session:
        session.scalars(select(Proposal)).first().title = "ほかの名前"  # type: ignore[union-attr]
    plant(force=True)
    with reading() as session:
        assert counts(session) == before
        assert "ほかの名前" not in {proposal.title for proposal in proposals(session)}
    assert "/dev/sign-in" in capsys.readouterr().out
