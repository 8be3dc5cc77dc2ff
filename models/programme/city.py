"""How the city's portal presents itself: its name, its colour, whom to ask, the days on which it is closed."""

from collections.abc import Iterator
from math import floor
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from models.programme.checked import Check, Checked, Flaw
from models.programme.moments import Day
from models.programme.parts import Part
from models.programme.words import Hint, Line
from models.words import Word

NOTHING = Word("", "")
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3: normal text against its ground."""
OUR_BLUE = "#0017c1"
COLOUR = r"^#[0-9a-f]{6}$"


def _small(value: object) -> object:
    """Capitals mean the same colour."""
    return value.lower() if isinstance(value, str) else value


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


class Called(Part):
    """What Kyodo's own sentences call the municipality and its people; left out: 市, 市民, 市民協働課, 部長.

    A ward writes `body: 区` and `citizens: 区民`, a prefecture 県 and 県民, a union of municipalities `body: 連合` and
    `area: 圏域`; a village without departments, whose mayor decides, `head: 村長`.
    """

    body: Line = Word("市", "city")
    """The municipality, in one word: 市, 区, 町, 村, 県."""
    area: Hint = NOTHING
    """What 市内 and 市外 are said with, where that is another word: 圏域."""
    citizens: Line = Word("市民", "citizens")
    """Its people: 区民, 町民, 県民. 市民活動 stays as it is."""
    office: Line = Word("市民協働課", "the program office")
    """The program office: 協働推進課, or the centre that runs the programme for the municipality."""
    head: Line = Word("部長", "the department head")
    """Whoever decides and approves above the sections: 部長, 局長, 副町長, 村長."""


class Portal(Checked):
    """The portal's name and look, and the city hall's own closed days."""

    name: Hint = NOTHING
    """What the portal is called; left out: after the municipality."""
    colour: Annotated[str, BeforeValidator(_small), Field(pattern=COLOUR)] = OUR_BLUE
    """Colour of buttons, links and headings, as #rrggbb; readable on white."""
    contact: Hint = NOTHING
    """Whom to ask, beside the program office's own telephone and address."""
    closed_days: Annotated[tuple[Day, ...], Field(max_length=400)] = ()
    """Days on which the city hall is closed besides weekends, national holidays and 12/29–1/3."""

    checks: ClassVar[tuple[Check, ...]] = (Check(("colour",), readable_on_white),)
