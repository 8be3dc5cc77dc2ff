"""募集: whether a call takes proposals now, as the edition in force says, so that a prolonged call prolongs for all."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.editions import editions_in_force, rules_of
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
    at = window(call, now)
    return Window.FULL if at is Window.OPEN and is_full(session, programme_key, call) else at


def is_full(session: Session, programme_key: str, call: Call) -> bool:
    """Whether a call that goes by who comes first has nothing left for another proposal."""
    if not call.first_come:
        return False
    at_hand = session.scalars(
        select(Proposal).where(
            Proposal.call_key == call.key,
            Proposal.edition_id.startswith(f"{programme_key}/", autoescape=True),
            Proposal.submitted_at.is_not(None),
            Proposal.state.not_in(TAKES_NOTHING),
        )
    ).all()
    if call.places and len(at_hand) >= call.places:
        return True
    asked = [one.granted if one.granted is not None else one.answers.get("cost_city") for one in at_hand]
    return bool(call.budget) and sum(yen for yen in asked if isinstance(yen, int)) >= call.budget


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
    """The calls that take proposals now, with the edition each stands in; those that close first come first."""
    found = [
        (edition_id, call)
        for edition_id in editions_in_force(session)
        for rules in [rules_of(session, edition_id)]
        for call in rules.calls
        if window_of(session, rules.key, call, now) is Window.OPEN
    ]
    return sorted(found, key=lambda one: (one[1].closes is None, one[1].closes, one[1].key))
