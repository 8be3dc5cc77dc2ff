"""募集: whether a call takes proposals now, as the edition in force says, so that a prolonged call prolongs for all."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from models.editions import editions_in_force, key_of, rules_of
from models.process.vocabulary import State
from models.programme.calls import Call
from models.proposals import Proposal

TAKES_NOTHING = (
    *(State.DRAFT, State.ENTERED, State.PLANNING),
    *(State.WITHDRAWN, State.DECLINED, State.EXCLUDED, State.NOT_ADOPTED, State.NOT_AGREED),
)
"""Proposals that take nothing of a call: not handed in yet, or ended without being carried out."""


class Window(StrEnum):
    """Where a call stands at a moment."""

    COMING = "coming"
    """It opens later."""
    OPEN = "open"
    """It takes proposals."""
    CLOSED = "closed"
    """Its minute is over."""
    FULL = "full"
    """先着順: what is at hand takes up its budget or its places."""


def window(call: Call, now: datetime) -> Window:
    """Whether the call takes proposals at this moment."""
    if call.opens is not None and now < call.opens:
        return Window.COMING
    if call.closes is not None and now >= call.closes:
        return Window.CLOSED
    return Window.OPEN


def window_of(session: Session, programme_key: str, call: Call, now: datetime) -> Window:
    """Whether the call of this programme takes proposals at this moment, and still has something to give."""
    return windows_of(session, [(programme_key, call)], now)[0]


def windows_of(session: Session, calls: Sequence[tuple[str, Call]], now: datetime) -> list[Window]:
    """The same of many calls, each with its programme's key: the database is asked once."""
    at = [window(call, now) for _, call in calls]
    limited = [one for one, stands in zip(calls, at, strict=True) if stands is Window.OPEN and one[1].first_come]
    full = _used_up(session, limited) if limited else set()
    return [Window.FULL if (key, call.key) in full else stands for (key, call), stands in zip(calls, at, strict=True)]


def _used_up(session: Session, calls: Sequence[tuple[str, Call]]) -> set[tuple[str, str]]:
    """Those of the calls by who comes first that have nothing left for another proposal."""
    of_one = [  # one by one from the index: of all keys at once SQLite expects so many rows that it reads the whole table
        select(Proposal.edition_id, Proposal.call_key, Proposal.granted, Proposal.answers["cost_city"]).where(
            Proposal.call_key == call_key,
            Proposal.submitted_at.is_not(None),
            Proposal.state.not_in(TAKES_NOTHING),
        )
        for call_key in dict.fromkeys(call.key for _, call in calls)
    ]
    taken: dict[tuple[str, str], list[int]] = {}
    for edition_id, call_key, granted, asked in session.execute(union_all(*of_one)):
        yen = asked if granted is None else granted
        taken.setdefault((key_of(edition_id), call_key), []).append(yen if isinstance(yen, int) else 0)
    return {(key, call.key) for key, call in calls if _takes_up(call, taken.get((key, call.key), []))}


def _takes_up(call: Call, taken: Sequence[int]) -> bool:
    """Whether proposals that take so many yen leave nothing of the call's places or budget."""
    return bool(call.places and len(taken) >= call.places) or bool(call.budget and sum(taken) >= call.budget)


def call_of(session: Session, proposal: Proposal) -> Call | None:
    """The proposal's call with the dates that hold now; None without one.

    A later edition may move a call's dates; everything else stays as in the edition that the proposal began under.
    """
    own = proposal.rules.call(proposal.call_key)
    if own is None:
        return None
    for edition_id in editions_in_force(session):
        rules = rules_of(session, edition_id)
        latest = rules.call(proposal.call_key) if rules.key == proposal.rules.key else None
        if latest is not None:
            entry = own.entry
            if entry is not None and latest.entry is not None:
                entry = entry.model_copy(update={"closes": latest.entry.closes})
            return own.model_copy(update={"opens": latest.opens, "closes": latest.closes, "entry": entry})
    return own


def open_calls(session: Session, now: datetime) -> list[tuple[str, Call]]:
    """The calls that take proposals now, with the edition each stands in; those that close first come first, else as in the file."""
    found = [
        (edition_id, call) for edition_id in editions_in_force(session) for call in rules_of(session, edition_id).calls
    ]
    stand = windows_of(session, [(key_of(edition_id), call) for edition_id, call in found], now)
    taking = [one for one, stands in zip(found, stand, strict=True) if stands is Window.OPEN]
    return sorted(taking, key=lambda one: (one[1].closes is None, one[1].closes))
