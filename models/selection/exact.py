"""Exact numbers: read from a file without loss, rounded as a programme says, written as people read them."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

DIGITS, PLACES = 10, 4
"""A number of a programme has so many digits at most, so many of them behind the point. Sums of products stay exact."""


def _exact(value: object) -> object:
    """A YAML file's 0.5 arrives as a float; what was typed is its shortest decimal form."""
    if isinstance(value, bool):
        raise PydanticCustomError(
            "unsound", "{en}", {"ja": "数を書いてください。", "en": "Write a number here, not yes or no."}
        )
    return repr(value) if isinstance(value, float) else value


Number = Annotated[
    Decimal, BeforeValidator(_exact), Field(allow_inf_nan=False, max_digits=DIGITS, decimal_places=PLACES)
]


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
    shifted = value * 10**digits
    match how:
        case How.HALF_UP:
            whole = floor(shifted + Fraction(1, 2))
        case How.HALF_EVEN:
            whole = round(shifted)
        case How.DOWN:
            whole = floor(shifted)
        case How.UP:
            whole = ceil(shifted)
    return Fraction(whole, 10**digits)


def said(value: Fraction | Decimal | int) -> str:
    """The number in full: 7, 7.25, and 22/3 (≈7.33) where no decimal is exact."""
    exact = Fraction(value)
    rest, places = exact.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        places = max(places, power)
    if rest == 1:
        return _written(exact, places)
    return f"{exact.numerator}/{exact.denominator} (≈{_written(rounded(exact, 2, How.HALF_UP), 2)})"


def _written(value: Fraction, places: int) -> str:
    digits = f"{abs(int(value * 10**places)):0{places + 1}d}"
    whole, behind = (digits[:-places], digits[-places:].rstrip("0")) if places else (digits, "")
    return f"{'-' if value < 0 else ''}{whole}{'.' if behind else ''}{behind}"
