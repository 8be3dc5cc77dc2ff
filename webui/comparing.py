"""費用対効果の比較, as it is read beside a proposal: alone and together, line by line, and how people are counted (S05)."""

from dataclasses import dataclass

from models.cost_comparison import Compared, Line, compared_in, lines
from models.proposals import Proposal


@dataclass(frozen=True, slots=True)
class Comparison:
    """The lines, what of the cost the city pays, and what becomes better."""

    lines: list[Line]
    share: int | None
    gained: str
    per_person: bool
    """Whether a line was divided, and so rounded."""


def comparison(proposal: Proposal) -> Comparison | None:
    """The comparison of what was handed in last; None where its programme asks for none or it was not answered."""
    found = compared_in(proposal)
    return shown_comparison(found) if found is not None else None


def shown_comparison(found: Compared) -> Comparison:
    """A comparison as it is read."""
    divided = found.per_person is not None or found.per_person_alone is not None
    return Comparison(lines(found), found.share, found.gained, divided)
