"""When everything in Aobagawa happened: each tale's beats get their moments, and all are told in order of time."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import NamedTuple

from sqlalchemy.orm import Session

from kyodo.demonstration import committee
from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from kyodo.demonstration.tales import Tale
from models import clock
from models.calendar import add_business_days, is_business_day
from models.execution import ReportKind
from models.history import Event
from models.process.vocabulary import MoveKey

BEGIN = "begin"
CHALLENGE = "challenge"
"""The call with an entry and judges."""
BREATH = timedelta(minutes=25)
"""The least time between two beats of a tale."""
NOTICE_BEFORE_RELEASE = 4
"""Business days from setting a release to the release."""


class Beat(NamedTuple):
    """One move of a tale: how many days after the one before (given the length of the project), and how it is told."""

    after: Callable[[int], int]
    tell: Callable[[Story], Event]


def _days(count: int) -> Callable[[int], int]:
    return lambda length: count


STRAIGHT: dict[str, Beat] = {
    "submit": Beat(_days(8), Story.submit),
    "accept": Beat(_days(3), Story.accept),
    "find": Beat(_days(6), Story.find),
    "propose_pass": Beat(_days(0), Story.propose_pass),
    "confirm_pass": Beat(_days(2), Story.confirm_pass),
    "assign": Beat(_days(3), Story.assign),
    "take_on": Beat(_days(4), Story.take_on),
    "hold_meeting": Beat(_days(12), Story.hold_meeting),
    "confirm_minutes": Beat(_days(3), Story.confirm_minutes),
    "write_record": Beat(_days(10), Story.write_record),
    "group_confirms_record": Beat(_days(4), lambda s: s.confirm_record(s.plot.proposer)),
    "city_confirms_record": Beat(_days(2), lambda s: s.confirm_record(s.plot.officer)),
    "draft_agreement": Beat(_days(9), Story.draft_agreement),
    "send_for_approval": Beat(_days(3), Story.send_for_approval),
    "approve_agreement": Beat(_days(4), Story.approve_agreement),
    "group_signs": Beat(_days(3), lambda s: s.sign_as(s.plot.proposer)),
    "city_signs": Beat(_days(3), lambda s: s.sign_as(s.plot.head)),
    "hand_in_interim": Beat(lambda length: length // 2 - 3, lambda s: s.hand_in(ReportKind.INTERIM)),
    "accept_interim": Beat(_days(6), lambda s: s.accept_report(ReportKind.INTERIM)),
    "hand_in_final": Beat(lambda length: length // 2 + 12, lambda s: s.hand_in(ReportKind.FINAL)),
    "accept_final": Beat(_days(8), lambda s: s.accept_report(ReportKind.FINAL)),
    "check_group": Beat(_days(14), Story.check_group),
    "check_city": Beat(_days(6), Story.check_city),
    "hear_beneficiaries": Beat(_days(5), Story.hear_beneficiaries),
    "write_sheet": Beat(_days(7), Story.write_sheet),
    "group_confirms_sheet": Beat(_days(5), lambda s: s.confirm_sheet(s.plot.proposer)),
    "city_confirms_sheet": Beat(_days(3), lambda s: s.confirm_sheet(s.plot.officer)),
    "make_snapshot": Beat(_days(0), lambda s: s.do(MoveKey.MAKE_SNAPSHOT, None)),
    "group_looks_over": Beat(_days(4), lambda s: s.look_over_as(s.plot.proposer)),
    "city_looks_over": Beat(_days(3), lambda s: s.look_over_as(s.plot.officer)),
    "schedule": Beat(_days(3), lambda s: s.schedule(release_moment(clock.today()))),
    "release": Beat(_days(0), Story.release),
}
"""The way from submission to publication."""

JUDGED: dict[str, Beat] = {
    "enter": Beat(_days(6), committee.enter),
    "take_entry": Beat(_days(5), committee.take_entry),
    **{beat: STRAIGHT[beat] for beat in ("submit", "accept", "find", "propose_pass", "confirm_pass")},
    "go_before_judges": Beat(_days(5), committee.go_before_judges),
    "score": Beat(_days(9), committee.score),
    "close": Beat(_days(3), committee.close),
    "conclude": Beat(_days(4), committee.conclude),
}
"""The way of a call with an entry and judges, up to the committee's conclusion."""

TURNS: dict[str, Beat] = {
    "adopt": Beat(_days(4), committee.adopt),
    "not_adopt": Beat(_days(4), committee.not_adopt),
    "return_for_correction": Beat(_days(4), Story.return_for_correction),
    "decline": Beat(_days(6), Story.decline),
    "withdraw": Beat(_days(6), Story.withdraw),
    "find_ground": Beat(_days(6), Story.find_ground),
    "send_exclusion": Beat(_days(0), Story.send_exclusion),
    "confirm_exclusion": Beat(_days(2), Story.confirm_exclusion),
    "approve_exclusion": Beat(_days(3), Story.approve_exclusion),
    "decline_assignment": Beat(_days(5), Story.decline_assignment),
    "end_consultation": Beat(_days(10), Story.end_consultation),
    "discontinue": Beat(_days(20), Story.discontinue),
    "withdraw_publication": Beat(_days(12), Story.withdraw_publication),
}
"""Beats beside it."""


def release_moment(scheduled_on: date) -> datetime:
    """When a release comes that was set on a day: ten in the morning, some business days later."""
    return clock.at_tokyo(add_business_days(scheduled_on, NOTICE_BEFORE_RELEASE), time(10))


class Scene(NamedTuple):
    """One beat of one tale at its moment. Scenes sort by time."""

    at: datetime
    number: int
    """Which tale, counted."""
    beat: str


def tell(session: Session, cast: Cast, tales: Sequence[Tale], after: Callable[[Session, Event], None]) -> list[Story]:
    """Tell the tales up to now, all beats of all of them in order of time. Returns a story for each.

    after: called for every event at its moment, while the clock still stands there.
    """
    today = clock.today()
    stories: dict[int, Story] = {}
    for scene in sorted(scene for number, tale in enumerate(tales) for scene in _scenes(number, tale, today)):
        with clock.standing_at(scene.at):
            if scene.beat == BEGIN:
                stories[scene.number] = Story(session, cast, tales[scene.number].plot)
            else:
                after(session, _beat(scene.beat).tell(stories[scene.number]))
    return [stories[number] for number in range(len(tales))]


def _scenes(number: int, tale: Tale, today: date) -> Iterator[Scene]:
    """The beats of one tale with their moments: in office hours, never two at once, the last `ago` days before today."""
    beats = _beats(tale)
    days = list(accumulate((_beat(beat).after(tale.plot.days) for beat in beats), initial=0))
    first = tale.begins_on(today) or add_business_days(today, -tale.ago) - timedelta(days=days[-1])
    earliest = released_on = clock.at_tokyo(first)
    for beat, day in zip((BEGIN, *beats), days, strict=True):
        at = max(clock.at_tokyo(_open_day(first + timedelta(days=day)), _hour(tale, beat)), earliest)
        if beat == "schedule":
            released_on = release_moment(clock.in_tokyo(at).date())
        elif beat == "release":
            at = released_on
        yield Scene(at, number, beat)
        earliest = at + BREATH


def _beats(tale: Tale) -> tuple[str, ...]:
    if not tale.until:
        return ()
    straight = list(JUDGED if tale.plot.call == CHALLENGE else STRAIGHT)
    return (*straight[: straight.index(tale.until) + 1], *tale.then)


def _beat(name: str) -> Beat:
    return STRAIGHT.get(name) or JUDGED.get(name) or TURNS[name]


def _open_day(day: date) -> date:
    """The business day on or before a day."""
    return day if is_business_day(day) else add_business_days(day, -1)


def _hour(tale: Tale, beat: str) -> time:
    """Some minute of the working day, the same each time the tale is told."""
    minutes = zlib.crc32(f"{tale.key} {beat}".encode()) % (6 * 60)
    return time(9 + minutes // 60, minutes % 60)
