"""The calendar feed of the calls, for people's own calendars (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from models import clock
from models.programme.calls import Call
from models.programme.guide import happenings
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
            event.add("dtstart", _start(happening.starts))
            event.add("dtend", _end(happening.starts, happening.ends))
            if happening.place.ja:
                event.add("location", happening.place.in_(language))
            event.add("url", address)
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _start(starts: datetime | date) -> datetime | date:
    return clock.in_tokyo(starts) if isinstance(starts, datetime) else starts


def _end(starts: datetime | date, ends: datetime | date | None) -> datetime | date:
    """A moment takes an hour; a day ends with the day after its last, as iCalendar counts."""
    if isinstance(starts, datetime):
        return clock.in_tokyo(starts) + HOUR
    return (ends if isinstance(ends, date) else starts) + timedelta(days=1)
