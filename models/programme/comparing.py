"""費用対効果: which answers say what a project costs done together and what it would cost the city alone (S05)."""

from pydantic import Field

from models.programme.forms import Side
from models.programme.parts import Part
from models.selection.parts import Depth


class CostComparison(Part):
    """Which answers of the proposal form are set side by side, for those who screen, judge and consult."""

    alone: Side
    """What it costs the city on its own, now or as estimated: an amount, or the sum of a table's column."""
    together: Side
    """What it costs when done together, whoever pays."""
    share: Side | None = Field(default=None)
    """What of that the city pays."""
    reached_alone: str = ""
    """A question for a number: how many people the city reaches, or would reach, on its own."""
    reached: str = ""
    """A question for a number: how many people benefit when it is done together."""
    gained: str = ""
    """A question: what becomes better than when the city does it alone."""
    publishes: Depth = Depth.TOTALS
    """Published with the results of a round that publishes so much or more."""
