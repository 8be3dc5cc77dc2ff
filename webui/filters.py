"""How values read on a page: dates in Japanese eras, money in yen, sizes, domain words."""

from datetime import date, datetime
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from models import calendar, clock
from webui.language import reader_language


def yen(amount: int) -> str:
    """An amount in yen: 1,200,000円."""
    return str(_("%(amount)s円", amount=f"{amount:,}"))


def size(number: int) -> str:
    """How much a file weighs: 412KB, 1.3MB."""
    if number < 1024 * 1024:
        return f"{max(1, round(number / 1024))}KB"
    return f"{number / 1024 / 1024:.1f}MB"


def day(when: date | datetime, *, weekday: bool = True) -> str:
    """The date alone, also of a moment: 令和8年11月21日（土）."""
    return calendar.in_words(_date_of(when), reader_language(), weekday=weekday)


def short_day(when: date | datetime) -> str:
    """A date of this year: 11月21日（土）; of any other year: 令和7年11月21日."""
    the_day = _date_of(when)
    if the_day.year != clock.today().year:
        return calendar.in_words(the_day, reader_language(), weekday=False)
    return calendar.short_words(the_day, reader_language())


def moment(when: datetime) -> str:
    """Date and hour in Tokyo: 令和8年11月21日（土）10時20分."""
    return calendar.in_words(when, reader_language())


def hour(when: datetime) -> str:
    """The hour in Tokyo: 10時20分."""
    return calendar.hour_in_words(when, reader_language())


def iso(when: date | datetime) -> str:
    """For <time datetime>: the date, or the moment in Tokyo to the minute."""
    if isinstance(when, datetime):
        return clock.in_tokyo(when).strftime("%Y-%m-%dT%H:%M")
    return when.isoformat()


def fiscal_year(year: int) -> str:
    """令和8年度."""
    return calendar.fiscal_year_in_words(year, reader_language())


def word(thing: Any) -> str:
    """A domain word in the reader's language: anything with `.ja` and `.en`."""
    text: str = thing.en if reader_language() == "en" else thing.ja
    return text


def install(app: Flask) -> None:
    """Register the filters."""
    app.jinja_env.filters.update(
        yen=yen,
        size=size,
        day=day,
        short_day=short_day,
        moment=moment,
        hour=hour,
        iso=iso,
        fiscal_year=fiscal_year,
        word=word,
    )
    app.jinja_env.globals["today"] = clock.today


def _date_of(when: date | datetime) -> date:
    return clock.in_tokyo(when).date() if isinstance(when, datetime) else when
