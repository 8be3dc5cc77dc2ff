"""What the schema expects at a place of a file: for sentences about faults, and for the generated reference."""

from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from models.programme.entries import Place
from models.programme.schema import Programme
from models.programme.values import value_in_words
from models.words import Word


def expected(place: Place) -> Any:
    """The type that belongs at this place; None where the schema knows no such place."""
    kind: Any = Programme
    for step in place:
        kind = _within(plain_type(kind), step)
        if kind is None:
            return None
    return plain_type(kind)


def known_keys(place: Place) -> list[str]:
    """The keys that may stand in the mapping at this place."""
    kind = expected(place)
    if kind is Word:
        return list(Word._fields)
    return list(kind.model_fields) if _is_part(kind) else []


def possible_values(place: Place) -> list[str]:
    """The values that may stand at this place, where they are counted."""
    kind = expected(place)
    return [one.value for one in kind] if isinstance(kind, type) and issubclass(kind, StrEnum) else []


def value_words(place: Place) -> list[Word]:
    """The values that may stand at this place, each with what people call it: `totals` (合計点まで)."""
    kind = expected(place)
    if not (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return []
    called = [(one.value, value_in_words(one)) for one in kind]
    return [Word(f"{value}（{word.ja}）", f"{value} ({word.en})") for value, word in called]


def of_each(kind: Any) -> Any:
    """What a list holds; None where this is no list."""
    arguments = get_args(plain_type(kind))
    return plain_type(arguments[0]) if get_origin(plain_type(kind)) in (tuple, list) and arguments else None


def plain_type(kind: Any) -> Any:
    """The type without what Annotated and None add to it."""
    if get_origin(kind) is Annotated:
        return plain_type(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return next((plain_type(one) for one in get_args(kind) if one is not type(None)), None)
    return kind


def _within(kind: Any, step: str | int) -> Any:
    if isinstance(step, int):
        return of_each(kind)
    if kind is Word:
        return str if step in Word._fields else None
    field = kind.model_fields.get(step) if _is_part(kind) else None
    return field.annotation if field else None


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
