"""Finding rows by words people type: full-width and half-width alike, capital letters or not."""

import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

LONGEST = 100
MOST_WORDS = 5


def words_of(typed: str) -> list[str]:
    """The words somebody typed, without what cannot be searched for."""
    printable = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in typed[:LONGEST])
    return printable.split()[:MOST_WORDS]


def mentions(typed: str, *columns: InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
    """One condition for each word: that one of the columns contains it, in whatever width it was written."""
    return [
        or_(*(column.icontains(form, autoescape=True) for column in columns for form in _forms(word)))
        for word in words_of(typed)
    ]


def _forms(word: str) -> list[str]:
    """A word as typed, in its NFKC form, and with its letters and digits in full width."""
    narrow = unicodedata.normalize("NFKC", word)
    return list(dict.fromkeys((word, narrow, narrow.translate(_WIDE))))


_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
