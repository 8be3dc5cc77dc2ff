"""Days and moments as a programme's file writes them: 2026-12-02, and 2026-12-02 09:00 in Japan's time."""

import re
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from models.clock import TOKYO, in_tokyo
from models.programme.words import own_error
from models.words import Word

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MOMENT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{2})")
YEARS = range(2000, 2200)


def _refused(sentence: Word) -> PydanticCustomError:
    return own_error(sentence)


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        if found is None or int(found[1]) not in YEARS:
            raise ValueError
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise _refused(
            Word("日付を 2026-12-02 の形で書いてください。", "Write a day that exists as 2026-12-02.")
        ) from None


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    found = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        if found is None or int(found[1]) not in YEARS:
            raise ValueError
        year, month, day, hour, minute = (int(part) for part in found.groups())
        if (hour, minute) == (24, 0):  # 「24時まで」
            return datetime(year, month, day, tzinfo=TOKYO) + timedelta(days=1)
        return datetime(year, month, day, hour, minute, tzinfo=TOKYO)
    except ValueError:
        raise _refused(
            Word(
                "日時を 2026-12-02 09:00 の形で書いてください（日本時間）。",
                "Write a moment that exists as 2026-12-02 09:00, in Japan's time.",
            )
        ) from None


def written_moment(moment: datetime) -> str:
    """A moment as a file holds it."""
    return f"{in_tokyo(moment):%Y-%m-%d %H:%M}"


Day = Annotated[date, PlainValidator(_day)]
Moment = Annotated[datetime, PlainValidator(_moment)]
