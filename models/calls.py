"""募集: whether a call takes proposals now, as the edition in force says, so that a prolonged call prolongs for all."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from models.editions import editions_in_force, rules_of
from models.programme.calls import Call
from models.proposals import Proposal


class Window(StrEnum):
    """Where a call stands at a moment."""

    COMING = "coming"
    """It opens later."""
    OPEN = "open"
    """It takes proposals."""
    CLOSED = "closed"
    """Its minute is over."""


def window(call: Call, now: datetime) -> Window:
    """Whether the call takes proposals at this moment."""
    if call.opens is not None and now < call.opens:
        return Window.COMING
    if call.closes is not None and now >= call.closes:
        return Window.CLOSED
    return Window.OPEN


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
        for call in rules_of(session, edition_id).calls
        if window(call, now) is Window.OPEN
    ]
    return sorted(found, key=lambda one: (one[1].closes is None, one[1].closes, one[1].key))
