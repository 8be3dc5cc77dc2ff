"""A call's calendar: its opening and closing and everything between and after, in words and in the order of the days."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from models.calendar import in_words
from models.clock import in_tokyo, last_day
from models.programme.calls import Call, Occasion
from models.words import Word

NOWHERE = Word("", "")
ALWAYS = Word("随時（いつでも受け付けます）", "At any time")

Place = tuple[date, int]
"""Where something stands in a calendar: its day, and the minute of the day; -1 for the day as a whole."""

WHOLE_DAY, MIDNIGHT = -1, 24 * 60
UNKNOWN: Place = (date.max, MIDNIGHT)
PART_OF_MONTH = re.compile(r"(\d{1,2})月\s*(上旬|初旬|中旬|下旬|末)?")
DAYS = {"上旬": (1, 10), "初旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "末": (21, 31), "": (1, 31)}


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of a call's calendar. starts: a moment, a day, or None where it is only roughly known."""

    label: Word
    when: Word
    starts: datetime | date | None
    ends: datetime | date | None = None
    place: Word = NOWHERE
    required: bool = False
    closing: bool = False
    """Whether something ends at this moment: midnight is then the end of the day before."""


def happenings(call: Call) -> tuple[Happening, ...]:
    """The calendar in the order of the days. What has no date keeps its place between its neighbours in the file."""
    found = []
    if call.opens is not None:
        found.append(Happening(Word("募集の開始", "The call opens"), moment(call.opens), call.opens))
    if call.entry is not None and call.entry.closes is not None:
        found.append(
            _closing(Word("{entry}の締切", "{entry}: closing").filled(entry=call.entry.label), call.entry.closes)
        )
    if call.closes is not None:
        found.append(_closing(Word("募集の締切", "The call closes"), call.closes))
    placed = [(_place(one), one) for one in found]
    placed += zip(_places(call), (_happening(occasion) for occasion in call.occasions), strict=True)
    return tuple(one for _, one in sorted(placed, key=lambda pair: pair[0]))


def window_in_words(call: Call) -> Word:
    """From when until when proposals are taken."""
    if call.closes is None:
        return (
            ALWAYS
            if call.opens is None
            else Word("{at}から随時", "At any time from {at}").filled(at=moment(call.opens))
        )
    closes = deadline(call.closes)
    if call.opens is None:
        return Word("{at}まで", "Until {at}").filled(at=closes)
    return Word("{opens}から{closes}まで", "From {opens} to {closes}").filled(opens=moment(call.opens), closes=closes)


def moment(at: datetime) -> Word:
    """A moment in words at which something begins: midnight is the first minute of its day, 0時."""
    local = in_tokyo(at)
    return Word(
        f"{in_words(local.date(), 'ja')} {local.hour}時{f'{local.minute}分' if local.minute else ''}",
        f"{local:%H:%M} on {in_words(local.date(), 'en')}",
    )


def deadline(at: datetime) -> Word:
    """A moment in words at which something ends: midnight is told as the end of the day before, 24時."""
    if last_day(at) == in_tokyo(at).date():
        return moment(at)
    return Word(f"{in_words(last_day(at), 'ja')} 24時", f"24:00 on {in_words(last_day(at), 'en')}")


def _closing(label: Word, at: datetime) -> Happening:
    return Happening(label, deadline(at), at, closing=True)


def _happening(one: Occasion) -> Happening:
    if one.at is not None:
        return Happening(one.label, moment(one.at), one.at, None, one.place, one.required)
    if one.day is None:
        return Happening(one.label, one.roughly, None, None, one.place, one.required)
    when = Word(in_words(one.day, "ja"), in_words(one.day, "en"))
    if one.until is not None:
        last = Word(in_words(one.until, "ja"), in_words(one.until, "en"))
        when = Word("{first}から{last}まで", "{first} to {last}").filled(first=when, last=last)
    return Happening(one.label, when, one.day, one.until, one.place, one.required)


def _place(one: Happening) -> Place:
    if not isinstance(one.starts, datetime):
        return (one.starts, WHOLE_DAY) if one.starts is not None else UNKNOWN
    local = in_tokyo(one.starts)
    if one.closing and last_day(one.starts) < local.date():
        return last_day(one.starts), MIDNIGHT
    return local.date(), local.hour * 60 + local.minute


def _places(call: Call) -> list[Place]:
    """Where each occasion stands: by its date; without one, by the month that is named; else right before the next."""
    places = [_place(_happening(one)) for one in call.occasions]
    opens, closes = (in_tokyo(at).date() if at is not None else None for at in (call.opens, call.closes))
    before: Place | None = (opens, WHOLE_DAY) if opens is not None else None
    for number, occasion in enumerate(call.occasions):
        if places[number] == UNKNOWN:
            after = next((one for one in places[number:] if one != UNKNOWN), UNKNOWN)
            places[number] = _between(before, after, closes, occasion.roughly.ja)
        if places[number] != UNKNOWN:
            before = places[number]
    for number in reversed(range(len(places) - 1)):
        if places[number] == UNKNOWN:
            places[number] = places[number + 1]
    return places


def _between(before: Place | None, after: Place, closes: date | None, roughly: str) -> Place:
    """What is said to be about 「11月中旬」: then, if that lies between its neighbours; UNKNOWN if it does not."""
    start = before[0] if before is not None else None
    near = start or closes or (after[0] if after != UNKNOWN else None)
    if near is None:
        return UNKNOWN
    spans = [span for year in range(near.year - 1, near.year + 2) for span in _spans(roughly, year)]
    if start is None:
        spans.sort(key=lambda span: abs(span[0] - near))
    for first, last in spans:
        if (start is None or last >= start) and first <= after[0]:
            return min(max((first, WHOLE_DAY), before or (first, WHOLE_DAY)), after)
    return UNKNOWN


def _spans(roughly: str, year: int) -> Iterator[tuple[date, date]]:
    """The days of this year that 「11月中旬」 may mean; none where no month is named."""
    named = PART_OF_MONTH.search(unicodedata.normalize("NFKC", roughly))
    if named is not None and 1 <= int(named[1]) <= 12:
        first, last = DAYS[named[2] or ""]
        month = int(named[1])
        yield date(year, month, first), date(year, month, min(last, monthrange(year, month)[1]))
