"""Exact numbers: read from a file without loss, rounded as a programme says, written as people read them."""

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainValidator, TypeAdapter
from pydantic_core import PydanticCustomError

from models.programme.words import UNSOUND
from models.words import Word

DIGITS, PLACES = 10, 4
"""A number of a programme has so many digits at most, so many of them behind the point. Sums of products stay exact."""

MOST_IN_NUMBER = 40
"""A longer text is not taken for a number."""


def _exact(value: object) -> object:
    """A YAML file's 0.5 arrives as a float; what was typed is its shortest decimal form."""
    if isinstance(value, bool):
        raise PydanticCustomError(
            UNSOUND, "{en}", {"ja": "数を書いてください。", "en": "Write a number here, not yes or no."}
        )
    return repr(value) if isinstance(value, float) else value


Number = Annotated[
    Decimal, BeforeValidator(_exact), Field(allow_inf_nan=False, max_digits=DIGITS, decimal_places=PLACES)
]


_NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)
_PARTS = re.compile(r"([0-9]{1,4})\s*[/／]\s*([0-9]{1,4})")


def _share(value: object) -> Fraction:
    """A percentage, or the parts of a whole that no percentage says exactly."""
    if isinstance(value, Fraction):
        return value
    parts = _PARTS.fullmatch(unicodedata.normalize("NFKC", value).strip()) if isinstance(value, str) else None
    if parts is not None and int(parts[2]):
        return Fraction(100 * int(parts[1]), int(parts[2]))
    return Fraction(_NUMBER.validate_python(value))


Share = Annotated[Fraction, PlainValidator(_share)]
"""A share of a whole in percent: 90, or 2/3."""


_MEANT = re.compile(
    r"(-?[0-9]{1,3}(?:[,、] ?[0-9]{3})+|-?[0-9]+)(\.[0-9]+)?\s*(万)?\s*([%円年月日点人名件回字]|年度|か月|文字)?"
)


def number_meant(text: str) -> tuple[str, str] | None:
    """The number that a text probably means, in ASCII digits, and what stands behind it; None where it is not clear."""
    found = _MEANT.fullmatch(unicodedata.normalize("NFKC", text).strip()) if len(text) <= MOST_IN_NUMBER else None
    if found is None:
        return None
    value = Decimal(re.sub("[,、 ]", "", found[1]) + (found[2] or "")) * (10000 if found[3] else 1)
    return said(value), found[4] or ""


class How(StrEnum):
    """端数処理: what happens to the digits that are not kept."""

    HALF_UP = "half_up"
    """四捨五入."""
    HALF_EVEN = "half_even"
    """A half goes to the even neighbour (銀行丸め)."""
    DOWN = "down"
    """切捨て."""
    UP = "up"
    """切上げ."""


def rounded(value: Fraction, digits: int, how: How) -> Fraction:
    """The value with so many digits behind the point. Down and up mean towards the smaller and the greater number."""
    top, bottom = value.numerator * 10**digits, value.denominator
    match how:
        case How.HALF_UP:
            whole = (2 * top + bottom) // (2 * bottom)
        case How.HALF_EVEN:
            whole = round(Fraction(top, bottom))
        case How.DOWN:
            whole = top // bottom
        case How.UP:
            whole = -(-top // bottom)
    return Fraction(whole, 10**digits)


def plain_share(percent: Fraction) -> int | float | str:
    """A share as a file holds it: 90, 66.5, 2/3."""
    places = _places(percent.denominator)
    if places is None or places > PLACES:
        return str(percent / 100)
    return int(percent) if percent.denominator == 1 else float(percent)


def share_in_words(percent: Fraction) -> Word:
    """A share as people say it: 90％, 3分の2."""
    written = plain_share(percent)
    if isinstance(written, str):
        whole = percent / 100
        return Word(f"{whole.denominator}分の{whole.numerator}", written)
    return Word(f"{said(percent)}％", f"{said(percent)} %")


def said(value: Fraction | Decimal | int) -> str:
    """The number in full: 7, 7.25, and 22/3 (≈7.33) where no decimal is exact."""
    if isinstance(value, Decimal):
        value = Fraction(value)
    if value.denominator == 1:
        return str(value.numerator)
    places = _places(value.denominator)
    if places is not None:
        return _written(value.numerator * 10**places // value.denominator, places)
    near = rounded(Fraction(value), 2, How.HALF_UP)
    return f"{value.numerator}/{value.denominator} (≈{_written(int(near * 100), 2)})"


def _places(bottom: int) -> int | None:
    """How many digits behind the point say a number over `bottom` exactly; None: no number of them."""
    places = 0
    for prime in (2, 5):
        power = 0
        while bottom % prime == 0:
            bottom, power = bottom // prime, power + 1
        places = max(places, power)
    return places if bottom == 1 else None


def _written(shifted: int, places: int) -> str:
    digits = f"{abs(shifted):0{places + 1}d}"
    behind = digits[-places:].rstrip("0")
    return f"{'-' if shifted < 0 else ''}{digits[:-places]}{'.' if behind else ''}{behind}"
