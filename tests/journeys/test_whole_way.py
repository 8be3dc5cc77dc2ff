"""A proposal in the hands of its real parties, from the first word typed to its public page."""

from pathlib import Path

import pytest

from tests.journeys import to_consultation, to_publication, to_running
from tests.journeys.company import Company
from tests.journeys.conftest import Enter
from tests.support.house import House


@pytest.mark.timeout(600)
def test_a_proposal_goes_all_the_way(house: House, enter: Enter, tmp_path: Path) -> None:
    way = Company(house, enter, tmp_path)
    to_consultation.intake(way)
    to_consultation.screening(way)
    to_consultation.assignment(way)
    to_consultation.consultation(way)
    to_running.agreement(way)
    to_running.execution(way)
    to_publication.review(way)
    to_publication.publication(way)
    to_publication.dashboard(way)
