"""The clock: true by default, standing while the past is told, and only there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest

from models import clock

EVENING = datetime(2025, 3, 31, 15, 30, tzinfo=UTC)


def test_it_runs_true() -> None:
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_while_the_past_is_told_it_stands_and_then_runs_on() -> None:
    with clock.standing_at(EVENING):
        assert clock.now() == EVENING
        assert clock.today() == date(2025, 4, 1)
        with clock.standing_at(clock.at_tokyo(date(2024, 7, 1), time(10))):
            assert clock.now() == datetime(2024, 7, 1, 1, tzinfo=UTC)
        assert clock.now() == EVENING
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_other_threads_keep_the_present() -> None:
    with clock.standing_at(EVENING), ThreadPoolExecutor(1) as other:
        assert other.submit(clock.now).result() > EVENING + timedelta(days=1)


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"), clock.standing_at(EVENING.replace(tzinfo=None)):
        pass


def test_what_ends_at_midnight_ends_on_the_day_before() -> None:
    midnight = clock.at_tokyo(date(2027, 7, 1))
    assert clock.last_day(midnight) == date(2027, 6, 30)
    assert (
        clock.last_day(midnight + timedelta(minutes=1))
        == clock.last_day(clock.at_tokyo(date(2027, 7, 1), time(23)))
        == date(2027, 7, 1)
    )
