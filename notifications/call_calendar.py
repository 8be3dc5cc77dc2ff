"""The calendar feed of the calls, for people's own calendars (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from models import clock
from models.programme.calls import Call
from models.programme.guide_calendar import Happening, happenings
from models.words import Word

HOUR = timedelta(hours=1)


def feed(name: Word, calls: Iterable[tuple[str, Call, str, datetime]], language: str) -> bytes:
    """Every happening with a day, as iCalendar.

    calls: a stable prefix, the call, the address of its page, and when its dates were last revised.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Kyodo//calls//JA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name.in_(language))
    calendar.add("x-wr-timezone", "Asia/Tokyo")
    for prefix, call, address, revised in calls:
        for number, happening in enumerate(happenings(call)):
            if happening.starts is None:
                continue
            event = Event()
            event.add("uid", f"{prefix}-{call.key}-{number}@kyodo")
            event.add("dtstamp", revised)
            event.add("summary", f"{call.label.in_(language)} {happening.label.in_(language)}")
            starts, ends = _span(happening.starts, happening)
            event.add("dtstart", starts)
            event.add("dtend", ends)
            if happening.place.ja:
                event.add("location", happening.place.in_(language))
            event.add("url", address)
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _span(starts: datetime | date, happening: Happening) -> tuple[datetime | date, datetime | date]:
    """A moment takes an hour, what closes at midnight the last of its day; a day ends with the day after its last."""
    if not isinstance(starts, datetime):
        last = happening.ends if isinstance(happening.ends, date) else starts
        return starts, last + timedelta(days=1)
    at = clock.in_tokyo(starts)
    if happening.closing and clock.last_day(starts) < at.date():
        return at - HOUR, at
    return at, at + HOUR
