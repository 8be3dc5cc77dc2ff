"""The calendar against the cabinet's published holidays and the eras' known boundaries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import calendar

HOLIDAYS_2026 = [
    (1, 1), (1, 12), (2, 11), (2, 23), (3, 20), (4, 29), (5, 3), (5, 4), (5, 5), (5, 6), (7, 20), (8, 11),
    (9, 21), (9, 22), (9, 23), (10, 12), (11, 3), (11, 23),
]  # fmt: skip
HOLIDAYS_2027 = [
    (1, 1), (1, 11), (2, 11), (2, 23), (3, 21), (3, 22), (4, 29), (5, 3), (5, 4), (5, 5), (7, 19), (8, 11),
    (9, 20), (9, 23), (10, 11), (11, 3), (11, 23),
]  # fmt: skip
NEW_YEAR = [(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)]


@pytest.mark.parametrize(("year", "national"), [(2026, HOLIDAYS_2026), (2027, HOLIDAYS_2027)])
def test_a_whole_year_is_open_exactly_on_its_weekdays_that_are_no_holidays(
    year: int, national: list[tuple[int, int]]
) -> None:
    closed = {date(year, month, day) for month, day in national + NEW_YEAR}
    days = [date(year, 1, 1) + timedelta(days=i) for i in range(365)]
    assert [day for day in days if calendar.is_business_day(day)] == [
        day for day in days if day.weekday() < 5 and day not in closed
    ]


def test_the_citys_own_closed_days_count_as_closed() -> None:
    founding_day = date(2026, 10, 1)
    assert calendar.is_business_day(founding_day)
    assert not calendar.is_business_day(founding_day, {founding_day})
    assert calendar.add_business_days(date(2026, 9, 30), 1, {founding_day}) == date(2026, 10, 2)
    assert calendar.business_days_between(date(2026, 9, 30), date(2026, 10, 2), {founding_day}) == 1


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 24)),  # Friday, over the weekend and 勤労感謝の日
        (date(2026, 11, 20), 4, date(2026, 11, 27)),
        (date(2026, 11, 21), 1, date(2026, 11, 24)),  # from a Saturday
        (date(2026, 5, 1), 1, date(2026, 5, 7)),  # over Golden Week with its 振替休日
        (date(2026, 9, 18), 1, date(2026, 9, 24)),  # over a 国民の休日 between two holidays
        (date(2026, 12, 28), 1, date(2027, 1, 4)),  # over 年末年始
        (date(2027, 3, 19), 1, date(2027, 3, 23)),  # 春分の日 on a Sunday
        (date(2026, 11, 24), -1, date(2026, 11, 20)),
        (date(2027, 1, 4), -1, date(2026, 12, 28)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 21), 0, date(2026, 11, 24)),
        (date(2026, 4, 1), 30, date(2026, 5, 19)),
    ],
)
def test_business_days_are_added(start: date, count: int, end: date) -> None:
    assert calendar.add_business_days(start, count) == end


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 11, 20), date(2026, 11, 27), 4),
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 20), date(2026, 11, 23), 0),
        (date(2026, 11, 27), date(2026, 11, 20), -4),
        (date(2026, 12, 28), date(2027, 1, 4), 1),
    ],
)
def test_business_days_between_leave_out_the_first_day(start: date, end: date, count: int) -> None:
    assert calendar.business_days_between(start, end) == count


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_adding_and_counting_business_days_agree(start: date, count: int) -> None:
    end = calendar.add_business_days(start, count)
    assert calendar.is_business_day(end)
    assert calendar.business_days_between(start, end) == count
    assert calendar.business_days_between(end, start) == -count


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 3, 31), 2025),
        (date(2026, 4, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
    ],
)
def test_the_fiscal_year_begins_in_april(day: date, year: int) -> None:
    assert calendar.fiscal_year(day) == year
    first, last = calendar.fiscal_year_days(year)
    assert first <= day <= last


@pytest.mark.parametrize(
    ("year", "prefix", "spoken"),
    [
        (2026, "R8", "令和8年度"),
        (2019, "R1", "令和元年度"),
        (2018, "H30", "平成30年度"),
        (1989, "H1", "平成元年度"),
        (1988, "S63", "昭和63年度"),
        (1926, "S1", "昭和元年度"),
    ],
)
def test_a_fiscal_year_has_one_era_year(year: int, prefix: str, spoken: str) -> None:
    assert calendar.era_year(year) == prefix
    assert calendar.fiscal_year_in_words(year) == spoken
    assert calendar.fiscal_year_in_words(year, "en") == f"fiscal year {year}"


@pytest.mark.parametrize(
    ("day", "spoken"),
    [
        (date(2026, 11, 21), "令和8年11月21日（土）"),
        (date(2019, 5, 1), "令和元年5月1日（水）"),
        (date(2019, 4, 30), "平成31年4月30日（火）"),
        (date(1989, 1, 8), "平成元年1月8日（日）"),
        (date(1989, 1, 7), "昭和64年1月7日（土）"),
        (date(1926, 12, 25), "昭和元年12月25日（土）"),
        (date(1926, 12, 24), "大正15年12月24日（金）"),
        (date(1912, 7, 30), "大正元年7月30日（火）"),
        (date(1912, 7, 29), "明治45年7月29日（月）"),
        (date(1873, 1, 1), "明治6年1月1日（水）"),
        (date(1872, 12, 31), "1872年12月31日（火）"),
    ],
)
def test_dates_are_written_in_their_era(day: date, spoken: str) -> None:
    assert calendar.in_words(day) == spoken


def test_moments_are_told_in_tokyos_time() -> None:
    new_years_eve_in_london = datetime(2026, 12, 31, 15, 5, tzinfo=UTC)
    assert calendar.in_words(new_years_eve_in_london) == "令和9年1月1日（金）0時05分"
    assert calendar.in_words(new_years_eve_in_london, "en") == "1 January 2027 (Fri), 00:05"
    assert calendar.hour_in_words(new_years_eve_in_london) == "0時05分"


def test_the_weekday_can_be_left_out_and_the_date_shortened() -> None:
    day = date(2026, 11, 21)
    assert calendar.in_words(day, weekday=False) == "令和8年11月21日"
    assert calendar.in_words(day, "en", weekday=False) == "21 November 2026"
    assert calendar.in_words(day, "en") == "21 November 2026 (Sat)"
    assert calendar.short_words(day) == "11月21日（土）"
    assert calendar.short_words(day, "en") == "21 Nov (Sat)"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar.in_words(datetime(2026, 11, 21, 10, 20))  # noqa: DTZ001  # the mistake under test


def test_era_names_before_the_gregorian_calendar_are_not_guessed() -> None:
    with pytest.raises(ValueError, match="Gregorian"):
        calendar.era_year(1867)
