"""From the call to the decision in cities that are far apart, by nothing but their files (A city's programme is data)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Environment
from tests.journeys import in_tottori
from tests.journeys.cities import TOTTORI, move_in
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
