"""From the call to the decision in cities that are far apart, by nothing but their files (A city's programme is data)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Environment
from tests.journeys import in_koka, in_tottori, in_toyonaka
from tests.journeys.cities import KOKA, TOTTORI, TOYONAKA, move_in
from tests.journeys.company import Company
from tests.journeys.conftest import Enter
from tests.support.house import House
from tests.support.house import house as built
from tests.support.prefect import PrefectServer

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def house(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_template: Path,
    prefect_running: PrefectServer,
    environment: Environment,
) -> Iterator[House]:
    """A house of the city that the test names, with no programme in force but the city's own."""
    with built(tmp_path_factory.mktemp(request.param.key) / "data", sqlite_template, prefect_running) as opened:
        environment(**opened.environment)
        move_in(opened, request.param)
        opened.start_runner()
        opened.open_pages()
        yield opened


@pytest.mark.req("I01", "I05", "S03", "S04", "T05")
@pytest.mark.parametrize("house", [TOYONAKA], indirect=True, ids=["豊中市"])
def test_an_application_before_the_proposal_and_one_round_of_public_presentations(
    house: House, enter: Enter, tmp_path: Path
) -> None:
    way = Company(house, enter, tmp_path)
    in_toyonaka.call(way)
    in_toyonaka.entry(way)
    in_toyonaka.proposal(way)
    other = in_toyonaka.judging(way)
    in_toyonaka.decision(way, other)


@pytest.mark.req("I01", "I10", "C01", "S02", "S03", "S04")
@pytest.mark.parametrize("house", [KOKA], indirect=True, ids=["甲賀市"])
def test_consultation_before_two_rounds_and_an_agreement_after_the_budget_vote(
    house: House, enter: Enter, tmp_path: Path
) -> None:
    way = Company(house, enter, tmp_path)
    in_koka.proposal(way)
    in_koka.opinion(way)
    in_koka.consultation(way)
    in_koka.documents(way)
    in_koka.final(way)
    in_koka.decision(way)


@pytest.mark.req("I01", "I09", "I10", "T05")
@pytest.mark.parametrize("house", [TOTTORI], indirect=True, ids=["鳥取県"])
def test_proposals_at_any_time_are_answered_without_a_round_within_thirty_days(
    house: House, enter: Enter, tmp_path: Path
) -> None:
    way = Company(house, enter, tmp_path)
    in_tottori.call(way)
    in_tottori.proposal(way)
    in_tottori.examination(way)
    in_tottori.decision(way)
