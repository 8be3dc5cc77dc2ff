"""Days and moments as a programme's file writes them: 2026-12-02, and 2026-12-02 09:00 in Japan's time."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainValidator

from models.clock import TOKYO, in_tokyo
from models.programme.words import own_error
from models.words import Word

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MOMENT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{2})")
_ERA = re.compile(r"(?:令和|[RrＲ]\.?)?\s*(\d{1,2}|元)\s*(?:年度?)?")
YEARS = range(2000, 2200)
REIWA = 2018
"""令和元年 is the year after."""


NO_DAY = Word("日付を 2026-12-02 の形で書いてください。", "Write a day in the form 2026-12-02.")
NO_MOMENT = Word(
    "日時を 2026-12-02 09:00 の形で書いてください（日本時間）。",
    "Write a moment in the form 2026-12-02 09:00, in Japan's time.",
)


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise own_error(NO_DAY)
    return _existing(*(int(part) for part in found.groups()))


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    found = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise own_error(NO_MOMENT)
    year, month, day, hour, minute = (int(part) for part in found.groups())
    begun = datetime.combine(_existing(year, month, day), time(), TOKYO)
    if (hour, minute) == (24, 0):  # 「24時まで」
        return begun + timedelta(days=1)
    if hour > 23 or minute > 59:
        raise own_error(
            Word(
                "{hour}時{minute}分という時刻はありません。00:00から24:00までにしてください。",
                "There is no time {hour}:{minute}. Write one from 00:00 to 24:00.",
            ).filled(hour=found[4], minute=found[5])
        )
    return begun.replace(hour=hour, minute=minute)


def _existing(year: int, month: int, day: int) -> date:
    """The day in the calendar, within the years of a programme."""
    if year not in YEARS:
        raise own_error(
            Word(
                "{year}年は使えません。年は{first}から{last}までにしてください。",
                "The year {year} cannot be used. Write one from {first} to {last}.",
            ).filled(year=year, first=YEARS[0], last=YEARS[-1])
        )
    if not 1 <= month <= 12:
        raise own_error(
            Word(
                "{month}月という月はありません。1から12までにしてください。",
                "There is no month {month}. Write one from 1 to 12.",
            ).filled(month=month)
        )
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise own_error(
            Word(
                "{year}年{month}月{day}日という日はありません。この月は{last}日までです。",
                "There is no such day as {year}-{month}-{day}: that month has {last} days.",
            ).filled(year=year, month=month, day=day, last=last)
        )
    return date(year, month, day)


def written_moment(moment: datetime) -> str:
    """A moment as a file holds it."""
    return f"{in_tokyo(moment):%Y-%m-%d %H:%M}"


Day = Annotated[date, PlainValidator(_day)]
Moment = Annotated[datetime, PlainValidator(_moment)]


def _year(value: object) -> object:
    """西暦: a year of the era or a number of two digits is told with the year that it probably means."""
    text = str(value).strip()
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value in YEARS):
        return value
    era = _ERA.fullmatch(text)
    meant = REIWA + int(era[1] if era[1] != "元" else "1") if era else 0
    hint = (
        Word("令和{n}年度なら {year} です。", "Reiwa {n} is {year}.").filled(n=meant - REIWA, year=meant)
        if meant in YEARS
        else Word("例: 2028", "For example 2028.")
    )
    raise own_error(
        Word(
            "年度は西暦の4桁の整数（{first}から{last}まで、引用符なし）で書いてください。{hint}",
            "Write the year of the Christian era as a whole number from {first} to {last}, without quotes. {hint}",
        ).filled(first=YEARS[0], last=YEARS[-1], hint=hint)
    )


FiscalYear = Annotated[int, BeforeValidator(_year), Field(strict=True, ge=YEARS[0], le=YEARS[-1])]
"""年度, by the year in which it begins."""
