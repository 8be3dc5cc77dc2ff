"""What time it is: UTC inside, Asia/Tokyo for people, movable in development, standing while the past is told."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.settings import settings

TOKYO = ZoneInfo("Asia/Tokyo")
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present moment in UTC. In development `KYODO_TODAY` (or the /dev page) moves the date, not the hour."""
    told = _told.get()
    if told is not None:
        return told
    real = datetime.now(UTC)
    moved = moved_date()
    if moved is None:
        return real
    return real + timedelta(days=(moved - real.astimezone(TOKYO).date()).days)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Tell the past: within the block, and in this thread alone, it is this moment. Only for replaying what was."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)


def today() -> date:
    """The date in Tokyo."""
    return now().astimezone(TOKYO).date()


def moved_date() -> date | None:
    """The date the development clock stands at, or None when it runs true."""
    if not settings().development:
        return None
    path = settings().data / "today"
    try:
        text = path.read_text().strip()
    except FileNotFoundError:
        text = os.environ.get("KYODO_TODAY", "")
    return date.fromisoformat(text) if text else None


def move_to(day: date | None) -> None:
    """Set the development clock for every process that shares the data folder. None: back to KYODO_TODAY."""
    if not settings().development:
        raise PermissionError("The clock moves in development only.")
    path = settings().data / "today"
    if day is None:
        path.unlink(missing_ok=True)
        return
    settings().data.mkdir(parents=True, exist_ok=True)
    path.write_text(day.isoformat())


def in_tokyo(moment: datetime) -> datetime:
    """A stored UTC moment as people in Japan read it."""
    return moment.astimezone(TOKYO)


def at_tokyo(day: date, hour: time = time(0)) -> datetime:
    """A date and hour in Tokyo as the UTC moment that is stored."""
    return datetime.combine(day, hour, TOKYO).astimezone(UTC)


def last_day(end: datetime) -> date:
    """The last day in Tokyo of what ends at this moment: at midnight it is the day before."""
    return in_tokyo(end - timedelta(microseconds=1)).date()
