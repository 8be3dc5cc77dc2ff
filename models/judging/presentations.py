"""公開プレゼンテーション・面接: slots from a start time with breaks, in an order that may be changed, and who may watch."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models import clock
from models.administration.checks import insist
from models.judging.rounds import lock_open, rules_for, standing
from models.judging.tables import JudgingRound, RoundEntry
from models.process.refusals import Missing, NotPossible
from models.selection.rules import Round
from models.words import Word

LONGEST_PLACE = 120
LONGEST_TEXT = 2000
LONGEST_BREAK = 240
"""Minutes."""


def length(rules: Round) -> timedelta:
    """How long one proposal has before the judges, with questions."""
    shape = rules.presentation
    return timedelta(minutes=shape.minutes + shape.questions) if shape is not None else timedelta(0)


def ends_at(rules: Round, entry: RoundEntry) -> datetime | None:
    """When its slot ends; None while there is none."""
    return entry.starts_at + length(rules) if entry.starts_at is not None else None


def plan(
    session: Session,
    judging: JudgingRound,
    *,
    order: Sequence[int],
    starts_at: datetime | None,
    place: str,
    pause_after: int,
    pause: int,
    observers: bool,
    invitation: str,
) -> None:
    """Give every proposal of the round its slot, in this order of proposals, those not named last.

    pause_after: a break of `pause` minutes after every so many presentations; 0: none. Raises NotReady or NotPossible.
    """
    lock_open(session, judging)
    rules = rules_for(session, judging)
    shape = rules.presentation
    if shape is None:
        raise NotPossible(Word("この審査に発表はありません。", "There are no presentations in this round."))
    insist(_wrong(starts_at, place, pause_after, pause, invitation))
    assert starts_at is not None
    place_of = {proposal_id: number for number, proposal_id in enumerate(order)}
    entries = sorted(standing(judging), key=lambda entry: place_of.get(entry.proposal_id, len(place_of)))
    moment = starts_at
    for number, entry in enumerate(entries, 1):
        entry.position, entry.starts_at, entry.place = number, moment, place.strip()
        moment += length(rules)
        resting = pause_after > 0 and number % pause_after == 0
        moment += timedelta(minutes=pause if resting else shape.change)
    judging.observers, judging.invitation = observers, invitation.strip()
    session.flush()
    session.expire(judging, ["entries"])


def _wrong(starts_at: datetime | None, place: str, pause_after: int, pause: int, invitation: str) -> list[Missing]:
    found = []
    if starts_at is None:
        found.append(Missing("day", Word("開始の日時を入力してください。", "Enter when it begins.")))
    elif starts_at < clock.now():
        found.append(Missing("day", Word("これから先の日時にしてください。", "Choose a moment that is still to come.")))
    if not place.strip() or len(place) > LONGEST_PLACE:
        found.append(
            Missing(
                "place",
                Word("会場を{n}文字までで入力してください。", "Enter the place, at most {n} characters.").filled(
                    n=LONGEST_PLACE
                ),
            )
        )
    if pause_after < 0 or not 0 <= pause <= LONGEST_BREAK or (pause_after and not pause):
        found.append(
            Missing(
                "pause",
                Word("休憩は1分から{n}分までで入力してください。", "A break takes from 1 to {n} minutes.").filled(
                    n=LONGEST_BREAK
                ),
            )
        )
    if len(invitation) > LONGEST_TEXT:
        found.append(
            Missing(
                "invitation", Word("{n}文字までで入力してください。", "At most {n} characters.").filled(n=LONGEST_TEXT)
            )
        )
    return found


def clear(session: Session, judging: JudgingRound) -> None:
    """Take all slots back. Raises NotPossible."""
    lock_open(session, judging)
    for entry in judging.entries:
        entry.position, entry.starts_at, entry.place = 0, None, ""
    session.flush()


def without_slot(judging: JudgingRound) -> list[RoundEntry]:
    """The proposals that came after the slots were made, and have none."""
    planned = any(entry.starts_at is not None for entry in standing(judging))
    return [entry for entry in standing(judging) if entry.starts_at is None] if planned else []
