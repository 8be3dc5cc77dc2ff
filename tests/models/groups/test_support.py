"""What the city and a group have done together, and what is asked of it now (T02, A12)."""

from datetime import date

import pytest
from sqlalchemy import Engine

from kyodo.demonstration.cast import Cast, engage, gather
from kyodo.demonstration.story import Plot, Story
from models.calendar import fiscal_year
from models.clock import today
from models.database import reading, transaction
from models.groups.support import open_requests, records, support_of, years_in_a_row
from models.process.vocabulary import State
from tests.conftest import Clock


@pytest.fixture
def cast(database: Engine, clock: Clock) -> Cast:
    """川辺のみまもり with a running project, one only just handed in, and a draft."""
    clock.set(date(2026, 5, 11))
    with transaction() as session:
        people = engage(session)
        Story(session, people, Plot(title="見守り")).take_to(State.RUNNING)
        Story(session, people, Plot(title="居場所")).take_to(State.SUBMITTED)
        Story(session, people, Plot(title="下書き"))
        Story(session, people, Plot(title="ほかの団体", group="sound", proposer="fujita")).take_to(State.RUNNING)
    with reading() as session:
        return gather(session)


@pytest.mark.req("A12", "T02")
def test_everything_handed_in_is_there_with_what_was_asked_and_agreed(cast: Cast) -> None:
    with reading() as session:
        found = records(session, cast.actor(session, "nakamura"), cast.groups["river"]).rows
        assert [(r.proposal.title, r.year, r.asked, r.agreed, r.visible) for r in found] == [
            ("居場所", 2026, 300_000, None, True),
            ("見守り", 2026, 300_000, 300_000, True),
        ]


def test_what_another_section_works_on_is_named_and_cannot_be_opened(cast: Cast) -> None:
    with reading() as session:
        found = records(session, cast.actor(session, "sasaki"), cast.groups["river"]).rows
        assert [r.visible for r in found] == [False, False]


@pytest.mark.req("T02")
def test_support_is_counted_in_fiscal_years_and_yen(cast: Cast) -> None:
    with reading() as session:
        found = support_of(session, cast.groups["river"], fiscal_year(today()))
        assert found.total == 300_000
        assert found.years[-1] == 2026
        assert found.in_a_row == 1
        nothing = support_of(session, cast.groups["danchi"], 2026)
        assert (nothing.years, nothing.in_a_row, nothing.total) == ((), 0, 0)


@pytest.mark.parametrize(
    ("years", "today_year", "expected"),
    [
        (set(), 2026, 0),
        ({2026}, 2026, 1),
        ({2024, 2025}, 2026, 2),
        ({2024, 2025, 2026}, 2026, 3),
        ({2023, 2025, 2026}, 2026, 2),
        ({2023, 2024}, 2026, 0),
        ({2026, 2027}, 2026, 1),
    ],
)
@pytest.mark.req("T02")
def test_years_follow_on_one_another_up_to_now_or_last_year(years: set[int], today_year: int, expected: int) -> None:
    assert years_in_a_row(years, today_year) == expected


@pytest.mark.req("A12")
def test_what_is_asked_of_a_group_now_is_told_across_its_proposals(cast: Cast) -> None:
    with reading() as session:
        found = open_requests(session, cast.groups["river"])
        assert found
        assert {duty.proposal.title for duty in found} == {"見守り"}
        assert open_requests(session, cast.groups["danchi"]) == []
