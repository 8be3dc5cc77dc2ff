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
    """One condition for each word: that one of the columns contains it, as typed or in its NFKC form."""
    return [
        or_(
            *(
                column.icontains(form, autoescape=True)
                for column in columns
                for form in dict.fromkeys((word, unicodedata.normalize("NFKC", word)))
            )
        )
        for word in words_of(typed)
    ]
