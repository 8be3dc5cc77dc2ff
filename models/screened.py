"""A proposal's papers as the screening rules read them: what was handed in, by whom, for which year and money."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy.orm import object_session

from models import clock
from models.answers import asked
from models.calendar import fiscal_year
from models.groups.support import Project, projects_of
from models.people import Group
from models.programme.calls import Call, Money
from models.programme.forms import Item
from models.programme.grounds import GroundRule
from models.programme.schema import Programme
from models.programme.themes import THEME
from models.proposals import Proposal, Submission
from models.words import Word


class Papers:
    """What was handed in, as the rules read it."""

    def __init__(self, proposal: Proposal) -> None:
        session = object_session(proposal)
        if session is None:
            raise LookupError(f"Proposal {proposal.id} is read outside a session.")
        self.session = session
        self.proposal = proposal
        self.rules: Programme = proposal.rules
        self.group: Group = proposal.group
        self.submission: Submission = proposal.submissions[-1]
        self.answers: Mapping[str, Any] = self.submission.answers
        self.call: Call | None = self.rules.call(proposal.call_key)
        self.money: Money = self.rules.type_of(proposal.call_key).money

    @property
    def day(self) -> date:
        """The day on which it was handed in."""
        return clock.in_tokyo(self.submission.submitted_at).date()

    @property
    def year(self) -> int:
        """The fiscal year in which it would be carried out."""
        return self.call.fiscal_year if self.call is not None else fiscal_year(self.day)

    @cached_property
    def projects(self) -> list[Project]:
        """What the city has agreed on with the group before, under this programme."""
        return projects_of(self.session, self.group, self.rules.key)

    @property
    def cap(self) -> int:
        """The most in yen that the city pays: for its theme, or else for its type of call; 0: no cap."""
        themes = self.call.themes if self.call is not None else ()
        own = next((theme.cap for theme in themes if theme.key == self.answers.get(THEME)), 0)
        return own or self.money.cap

    def asked(self) -> tuple[Item, ...]:
        """The questions that this proposal was asked."""
        return asked(self.proposal.questions, self.answers)

    def text(self) -> str:
        """Everything that was written, in one width, to look for words in."""
        return plain(" ".join([self.submission.title, *texts(dict(self.answers))]))


Pointing = Callable[[GroundRule, Papers], Iterator[Word]]
"""What a rule points out in a proposal's papers, reason by reason."""


def plain(text: str) -> str:
    """In one width, without blanks and line breaks that would part a word."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def texts(value: object) -> Iterator[str]:
    """Every text in an answer, however deep it lies."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
