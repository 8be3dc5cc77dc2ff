"""Presentations before the judges as iCalendar (RFC 5545), for people's own calendars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event

from models import clock


@dataclass(frozen=True, slots=True)
class Slot:
    """One presentation. uid: stays the same when it is moved."""

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    place: str
    url: str


def slots_file(name: str, slots: Iterable[Slot]) -> bytes:
    """The slots as a calendar of this name, in Tokyo's time."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kyodo//presentations//JA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Tokyo")
    for slot in slots:
        event = Event()
        event.add("uid", f"{slot.uid}@kyodo")
        event.add("dtstamp", clock.now())
        event.add("summary", slot.summary)
        event.add("dtstart", clock.in_tokyo(slot.starts_at))
        event.add("dtend", clock.in_tokyo(slot.ends_at))
        event.add("location", slot.place)
        event.add("url", slot.url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
