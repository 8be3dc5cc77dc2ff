"""The pages on which a proposal's papers are read, each known by what it shows and from when on it is there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.process.vocabulary import Hat
from models.proposals import Proposal

Hats = frozenset[Hat]


@dataclass(frozen=True, slots=True)
class Reading:
    """A page at /proposals/<number>/<name>. `there`: whether a reader with these hats finds anything on it."""

    name: str
    words: str
    view: Callable[..., Any]
    there: Callable[[Proposal, Hats], bool]
