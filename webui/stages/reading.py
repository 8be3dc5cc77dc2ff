"""The pages on which a proposal's papers are read, each known by what it shows and from when on it is there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, request, url_for

from models.process.actors import hats_of
from models.process.vocabulary import Hat
from models.proposals import Proposal
from webui.access import current_actor
from webui.stages.performing import load_proposal

Hats = frozenset[Hat]


@dataclass(frozen=True, slots=True)
class Reading:
    """A page at /proposals/<number>/<name>. `there`: whether a reader with these hats finds anything on it."""

    name: str
    words: str
    view: Callable[..., Any]
    there: Callable[[Proposal, Hats], bool]


@dataclass(frozen=True, slots=True)
class Versions:
    """Which version of a paper is read, and the way to the others. `comparing`: changes from the one before are marked."""

    number: int
    others: tuple[tuple[int, str], ...]
    comparing: bool
    compare: str
    """The address that marks or unmarks the changes; empty for the first version."""


def readable(proposal_id: int, there: Callable[[Proposal, Hats], bool]) -> Proposal:
    """The proposal whose paper is asked for. 404 for whoever may not read it, and while there is none."""
    proposal = load_proposal(proposal_id)
    if not there(proposal, hats_of(current_actor(), proposal)):
        abort(404)
    return proposal


def versions(numbers: Sequence[int]) -> Versions:
    """The version that this request asks for, the latest by default. 404 for one that never was."""
    asked = request.args.get("number", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    if asked and number not in numbers:
        abort(404)
    number = number or numbers[-1]
    comparing = "compare" in request.args and number != numbers[0]
    here = (request.endpoint or "", request.view_args or {})
    return Versions(
        number,
        tuple((n, url_for(here[0], **here[1], number=n)) for n in reversed(numbers) if n != number),
        comparing,
        "" if number == numbers[0] else url_for(here[0], **here[1], number=number, compare=None if comparing else 1),
    )


def around_paper(proposal: Proposal, words: str) -> dict[str, Any]:
    """What every such page shows around its paper."""
    return {
        "proposal": proposal,
        "words": words,
        "back": url_for("proposals.proposal", proposal_id=proposal.id),
    }
