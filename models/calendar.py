"""The city's calendar: days the city hall is open, fiscal years, and dates as people in Japan write them."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import cache

import holidays

from models.clock import in_tokyo

YEAR_END_CLOSURE = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})
"""年末年始 as (month, day): the days around New Year on which every city hall is closed."""

ERAS = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
    (date(1912, 7, 30), "大正", "T"),
    (date(1873, 1, 1), "明治", "M"),
)
"""First day, name and letter of each era, newest first. Meiji from the day Japan went Gregorian."""

WEEKDAYS = "月火水木金土日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def is_business_day(day: date, closed: Collection[date] = ()) -> bool:
    """Whether the city hall is open (開庁日): no weekend, national holiday, 年末年始 or day in `closed`."""
    return (
        day.weekday() < 5
        and (day.month, day.day) not in YEAR_END_CLOSURE
        and day not in _national_holidays(day.year)
        and day not in closed
    )


def add_business_days(day: date, count: int, closed: Collection[date] = ()) -> date:
    """The `count`-th business day after `day` (before it, when negative); `day` itself does not count.

    Zero gives `day` when it is a business day, else the next one: when what is due on `day` may be done.
    """
    if count == 0:
        return day if is_business_day(day, closed) else add_business_days(day, 1, closed)
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_business_day(day, closed)
    return day


def business_days_between(start: date, end: date, closed: Collection[date] = ()) -> int:
    """Business days after `start` up to and including `end` (「あと4開庁日」); negative backwards."""
    if end < start:
        return -business_days_between(end, start, closed)
    weeks, rest = divmod((end - start).days, 7)
    weekdays = 5 * weeks + sum((start.weekday() + i) % 7 < 5 for i in range(1, rest + 1))
    off = {day for year in range(start.year, end.year + 1) for day in _weekdays_off(year)}
    off |= {day for day in closed if day.weekday() < 5}
    return weekdays - sum(start < day <= end for day in off)


def fiscal_year(day: date) -> int:
    """年度: the calendar year in whose April the fiscal year of `day` began."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_days(year: int) -> tuple[date, date]:
    """First and last day of a fiscal year."""
    return date(year, 4, 1), date(year + 1, 3, 31)


def era_year(year: int) -> str:
    """The short era year that opens the numbers of fiscal year `year`: 2026 is `R8`, 2019 is `R1`."""
    _, letter, count = _era(date(year, 12, 31))
    return f"{letter}{count}"


def fiscal_year_in_words(year: int, language: str = "ja") -> str:
    """令和8年度, or `fiscal year 2026`."""
    if language != "ja":
        return f"fiscal year {year}"
    name, _, count = _era(date(year, 12, 31))
    return f"{name}{_counted(count)}年度"


def in_words(when: date | datetime, language: str = "ja", *, weekday: bool = True) -> str:
    """A date or a moment in Tokyo: 令和8年11月21日（土）10時20分 / `21 November 2026 (Sat), 10:20`."""
    if isinstance(when, datetime):
        spoken = in_words(_tokyo(when).date(), language, weekday=weekday)
        return spoken + ("" if language == "ja" else ", ") + hour_in_words(when, language)
    if language != "ja":
        spoken = f"{when.day} {MONTHS_EN[when.month - 1]} {when.year}"
        return f"{spoken} ({WEEKDAYS_EN[when.weekday()]})" if weekday else spoken
    spoken = f"{_year_in_words(when)}{when.month}月{when.day}日"
    return f"{spoken}（{WEEKDAYS[when.weekday()]}）" if weekday else spoken


def short_words(day: date, language: str = "ja") -> str:
    """A date whose year is plain from where it stands: 11月21日（土） / `21 Nov (Sat)`."""
    if language != "ja":
        return f"{day.day} {MONTHS_EN[day.month - 1][:3]} ({WEEKDAYS_EN[day.weekday()]})"
    return f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def hour_in_words(moment: datetime, language: str = "ja") -> str:
    """The hour in Tokyo of a stored moment: 10時20分 / `10:20`."""
    local = _tokyo(moment)
    return f"{local.hour}時{local.minute:02}分" if language == "ja" else f"{local:%H:%M}"


@cache
def _national_holidays(year: int) -> frozenset[date]:
    """国民の祝日, with substitute holidays (振替休日) and days between two holidays (国民の休日)."""
    return frozenset(holidays.country_holidays("JP", years=year))


@cache
def _weekdays_off(year: int) -> frozenset[date]:
    """Mondays to Fridays of a year on which the city hall is closed all the same."""
    year_end = {date(year, month, day) for month, day in YEAR_END_CLOSURE}
    return frozenset(day for day in _national_holidays(year) | year_end if day.weekday() < 5)


def _era(day: date) -> tuple[str, str, int]:
    """Name, letter and year of the era of `day`. Raises ValueError for a day before 1873."""
    for first, name, letter in ERAS:
        if day >= first:
            return name, letter, day.year - first.year + 1 + (5 if letter == "M" else 0)
    raise ValueError(f"{day} lies before Japan took the Gregorian calendar.")


def _year_in_words(day: date) -> str:
    """令和8年, 令和元年; the Western year for a day before 1873."""
    if day < ERAS[-1][0]:
        return f"{day.year}年"
    name, _, count = _era(day)
    return f"{name}{_counted(count)}年"


def _counted(count: int) -> str:
    return "元" if count == 1 else str(count)


def _tokyo(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone before it can be told in Tokyo's time.")
    return in_tokyo(moment)
