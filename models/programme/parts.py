"""What every part of a programme's file is made of: typed, never changed, refusing what it does not know."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from models.programme.exact import plain_share
from models.programme.moments import written_moment
from models.programme.words import Hint, Line
from models.words import Word

STORED = {"stored": True}
"""As validation's context: the data was found good when it was stored."""

Key = Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=40)]
Days = Annotated[StrictInt, Field(ge=1, le=400)]
Few = Annotated[StrictInt, Field(ge=0, le=60)]
Whole = Annotated[StrictInt, Field(ge=0, le=1_000_000_000)]
OneWord = Annotated[str, Field(min_length=1, max_length=40)]
Source = Annotated[str, Field(max_length=40)]


class Part(BaseModel):
    """A part of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    def plain(self) -> dict[str, Any]:
        """The part as a file holds it, in the schema's order; what stands at its default is left out."""
        return {
            name: plain(getattr(self, name))
            for name, field in type(self).model_fields.items()
            if field.is_required() or getattr(self, name) != field.default
        }


def plain(value: object) -> object:
    """A value of the file as the file holds it: mappings, lists, texts, numbers."""
    match value:
        case Part():
            return value.plain()
        case Word():
            return value.ja if value.ja == value.en else value._asdict()
        case StrEnum():
            return value.value
        case tuple():
            return [plain(one) for one in value]
        case Fraction():
            return plain_share(value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime():
            return written_moment(value)
        case date():
            return value.isoformat()
    return value


class Choice(Part):
    """One entry of a list: a stable key and its words."""

    key: Key
    """Stable name of the entry; cases keep it, so the words may change but the key must not."""
    label: Line
    """What people read."""
    hint: Hint = Word("", "")
    """A sentence shown beside it."""
