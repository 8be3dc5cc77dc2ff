"""What a move is made of, and the case it is judged on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from models import clock
from models.process.actors import Actor
from models.process.refusals import Missing
from models.process.vocabulary import SIDE_OF, DutyKey, FlowKey, Hat, MoveKey, Side, Sight, State
from models.programme.calls import Call, CallType
from models.programme.schema import Programme
from models.proposals import Proposal

Details = Mapping[str, Any]
"""What came with a move: a reason, a date, the written text. Keys are the form's field names."""


@dataclass(kw_only=True)
class Case:
    """A proposal as it is being judged: by whom, under which hat, at what moment."""

    session: Session
    proposal: Proposal
    actor: Actor
    hat: Hat
    now: datetime

    @cached_property
    def today(self) -> date:
        """The date in Tokyo."""
        return clock.in_tokyo(self.now).date()

    @cached_property
    def programme(self) -> Programme:
        """The programme the proposal was made under."""
        return self.proposal.rules

    @cached_property
    def call(self) -> Call | None:
        """The call it was made for, as its edition says; None: at any time, without one."""
        return self.programme.call(self.proposal.call_key)

    @cached_property
    def type(self) -> CallType:
        """The type of that call."""
        return self.programme.type_of(self.proposal.call_key)

    @property
    def side(self) -> Side:
        """The party the actor acts for. Raises KeyError for the desk and Kyodo, who stand on no side."""
        return SIDE_OF[self.hat]

    @property
    def person_id(self) -> int:
        """The acting person. Raises ValueError when Kyodo itself acts."""
        if self.actor.person_id is None:
            raise ValueError("Kyodo itself is no person.")
        return self.actor.person_id


def nothing_missing(case: Case) -> list[Missing]:
    """The check of a move that needs no facts."""
    return []


def nothing_asked(case: Case, details: Details) -> list[Missing]:
    """The check of a move that asks nothing of the one who makes it."""
    return []


def nothing_else(case: Case, details: Details) -> None:
    """The effect of a move that changes only where the proposal stands."""


def at_once(case: Case) -> bool:
    """The condition of a move that always takes the proposal on."""
    return True


class Instead(NamedTuple):
    """Another state that a move leads to, where the programme goes another way."""

    when: Callable[[Case], bool]
    to: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One thing that can be done.

    starts: states it can be made in. by: hats that may make it, the weightier first. to: where it leads (None: stays),
    as soon as `when` holds after it; `instead`: where else, the first that holds. facts: what must be there before. asks: what must come with it. does: the rows it
    writes; may return details for the event. not_by: whoever last made one of these moves may not make this one.
    tells: hats that hear of it besides those whose turn it becomes. flow: the work it sets off; None for none.
    """

    starts: tuple[State, ...]
    by: tuple[Hat, ...]
    to: State | None = None
    when: Callable[[Case], bool] = at_once
    instead: tuple[Instead, ...] = ()
    facts: Callable[[Case], list[Missing]] = nothing_missing
    asks: Callable[[Case, Details], list[Missing]] = nothing_asked
    does: Callable[[Case, Details], dict[str, Any] | None] = nothing_else
    not_by: tuple[MoveKey, ...] = ()
    tells: tuple[Hat, ...] = ()
    sight: Sight = Sight.PARTIES
    flow: FlowKey | None = FlowKey.ANNOUNCEMENTS

    def leads_to(self, case: Case) -> State | None:
        """Where it takes a proposal that goes on; None: it stays where it is."""
        return next((other.to for other in self.instead if other.when(case)), self.to)

    @property
    def targets(self) -> tuple[State, ...]:
        """Every state that it can lead to."""
        return () if self.to is None else (self.to, *(other.to for other in self.instead))


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty that must be open now. `due_on` counts only when it is new; an open one keeps its date."""

    key: DutyKey
    hat: Hat
    due_on: date | None
    subject_id: int = 0
    department_id: int | None = None
    """Where the hat alone does not say which department owes it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A move somebody may make now; `missing` says what has to be there first."""

    key: MoveKey
    hat: Hat
    missing: list[Missing] = field(default_factory=list)

    @property
    def ready(self) -> bool:
        """Nothing is missing but what the form asks."""
        return not self.missing


DutyRule = Callable[[Case], Iterable[Owed]]
