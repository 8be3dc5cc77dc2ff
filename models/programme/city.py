"""How the city's portal presents itself: its name, its colour, whom to ask, the days on which it is closed."""

from collections.abc import Iterator
from math import floor
from typing import Annotated, ClassVar

from pydantic import Field

from models.programme.checked import Check, Checked, Flaw
from models.programme.moments import Day
from models.programme.words import Hint
from models.words import Word

NOTHING = Word("", "")
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3: normal text against its ground."""
OUR_BLUE = "#0017c1"
COLOUR = r"^#[0-9a-f]{6}$"


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_to_white(colour: str) -> float:
    """How much a colour (#rrggbb) stands out on white, from 1 to 21 (WCAG 2.2)."""
    return 1.05 / (_luminance(colour) + 0.05)


def readable_on_white(colour: str) -> Iterator[Flaw]:
    """The colour carries white text and is text on white."""
    contrast = contrast_to_white(colour)
    if contrast < LEAST_CONTRAST:
        yield Flaw(
            ("colour",),
            Word(
                "白との明るさの差が{found}対1で、文字が読みにくくなります。{least}対1以上の濃い色にしてください。",
                "Its contrast to white is {found}:1, hard to read. Choose a darker colour, {least}:1 or more.",
            ).filled(found=f"{floor(contrast * 10) / 10}", least=str(LEAST_CONTRAST)),
        )


class Portal(Checked):
    """The portal's name and look, and the city hall's own closed days."""

    name: Hint = NOTHING
    """What the portal is called; left out: after the municipality."""
    colour: Annotated[str, Field(pattern=COLOUR)] = OUR_BLUE
    """Colour of buttons, links and headings, as #rrggbb; readable on white."""
    contact: Hint = NOTHING
    """Whom to ask, beside the program office's own telephone and address."""
    closed_days: Annotated[tuple[Day, ...], Field(max_length=400)] = ()
    """Days on which the city hall is closed besides weekends, national holidays and 12/29–1/3."""

    checks: ClassVar[tuple[Check, ...]] = (Check(("colour",), readable_on_white),)
