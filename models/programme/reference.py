"""docs/programme.md: every key of a programme's file, written from the schema, with examples from a shipped file."""

import ast
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from inspect import getdoc, getsource
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from models.programme.document import DEEPEST, MOST_BYTES, MOST_VALUES
from models.programme.entries import CHOICE_LISTS, SET_KINDS
from models.programme.library import DEFAULT, programme, shipped
from models.programme.limits import MOST_CHARACTERS, MOST_ENTRIES, MOST_FILES, MOST_ROWS, MOST_YEN, USUAL_CHARACTERS
from models.programme.names import name_of
from models.programme.parts import plain
from models.programme.schema import Programme
from models.programme.shape import of_each, plain_type
from models.programme.values import value_in_words
from models.programme.words import MOST_IN_LINE, MOST_IN_TEXT
from models.programme.writing import on_one_line
from models.selection.parts import MOST_ROUNDS
from models.words import Word

INTRODUCTION = Path(__file__).with_name("reference.md")
MOST_OF_EXAMPLE = 110
EXAMPLES = (DEFAULT, *(key for key in shipped() if key != DEFAULT))
"""Where examples come from: the later ones are asked for what the first has none of."""

KINDS: dict[Any, str] = {
    bool: "`true` or `false`",
    int: "whole number",
    Decimal: "number",
    Fraction: "percentage, or a fraction like `2/3`",
    str: "text",
    date: "day, `2026-12-02`",
    datetime: "moment in Japan, `2026-12-02 09:00`",
    Word: "words",
}


def page() -> str:
    """The whole page."""
    parts = parts_of(Programme)
    return "\n".join(
        [
            _introduction(),
            "## The file",
            "",
            *_table(Programme, _examples(Programme)),
            *(line for part in parts for line in _section(part)),
            *(line for values in values_of(parts) for line in _section_of_values(values)),
        ]
    )


def _introduction() -> str:
    read_by_kyodo = "\n".join(
        f"| `{key}` | `{kind.value}` | {f'`{options}`' if options else ''} |"
        for key, (kind, options) in SET_KINDS.items()
    )
    return INTRODUCTION.read_text(encoding="utf-8").format(
        bytes=f"{MOST_BYTES:,}",
        values=f"{MOST_VALUES:,}",
        deepest=DEEPEST,
        entries=MOST_ENTRIES,
        in_line=MOST_IN_LINE,
        in_text=f"{MOST_IN_TEXT:,}",
        characters=f"{MOST_CHARACTERS:,}",
        usual=f"{USUAL_CHARACTERS:,}",
        yen=f"{MOST_YEN:,}",
        rows=MOST_ROWS,
        rounds=MOST_ROUNDS,
        files=MOST_FILES,
        lists=", ".join(f"`{name}`" for name in CHOICE_LISTS),
        read_by_kyodo=read_by_kyodo,
    )


def parts_of(part: type[BaseModel]) -> list[type[BaseModel]]:
    """Every part of the file in the order in which it is first met."""
    found: list[type[BaseModel]] = []
    for field in part.model_fields.values():
        inner = of_each(field.annotation) or plain_type(field.annotation)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found += [one for one in (inner, *parts_of(inner)) if one not in found]
    return found


def values_of(parts: list[type[BaseModel]]) -> list[type[StrEnum]]:
    """Every set of short values that a key of the file takes, in the order in which it is first met."""
    holders: list[type[BaseModel]] = [Programme, *parts]
    kinds = [of_each(f.annotation) or plain_type(f.annotation) for p in holders for f in p.model_fields.values()]
    return list(dict.fromkeys(kind for kind in kinds if isinstance(kind, type) and issubclass(kind, StrEnum)))


def _section(part: type[BaseModel]) -> Iterator[str]:
    yield f"## {part.__name__}"
    yield ""
    yield _in_markdown(getdoc(part) or "")
    yield ""
    yield from _table(part, _examples(part))


def _table(part: type[BaseModel], examples: Sequence[Any]) -> Iterator[str]:
    yield "| Key | Called | Type | Required | Meaning | Example |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, field in part.model_fields.items():
        called = name_of(name)
        cells = [
            f"`{name}`",
            f"{called.ja}<br>{called.en}",
            _type(field),
            _required(field),
            _in_markdown(field.description or ""),
            _example(name, examples),
        ]
        yield f"| {' | '.join(cells)} |"
    yield ""


def _type(field: FieldInfo) -> str:
    entry = of_each(field.annotation)
    return f"list of {_named(entry)}" if entry else _named(plain_type(field.annotation)) + _range(field)


def _named(kind: Any) -> str:
    if kind in KINDS:
        return KINDS[kind]
    if issubclass(kind, StrEnum):
        return f"one of [{kind.__name__}](#{kind.__name__.lower()})"
    return f"[{kind.__name__}](#{kind.__name__.lower()})"


def _range(field: FieldInfo) -> str:
    bounds = {name: getattr(one, name) for one in field.metadata for name in ("ge", "le") if hasattr(one, name)}
    return f", {bounds['ge']} to {bounds['le']}" if len(bounds) == 2 else ""


def _required(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        return "yes"
    default = plain(field.default)
    return "no; empty" if default in ("", [], {}, None) else f"no; `{on_one_line(default)}`"


def _example(name: str, examples: Sequence[Any]) -> str:
    """The first value in the shipped files that says something, cut where it is long."""
    for value in (plain(getattr(example, name)) for example in examples):
        if value in ("", [], {}, None):
            continue
        text = on_one_line(value[0] if isinstance(value, list) and isinstance(value[0], dict) else value)
        text = text if len(text) <= MOST_OF_EXAMPLE else text[: MOST_OF_EXAMPLE - 2] + " …"
        return f"`{text.replace('|', '&#124;')}`"
    return ""


def _examples(part: type[BaseModel]) -> list[Any]:
    return [value for key in EXAMPLES for value in _all_of(part, programme(key))]


def _all_of(part: type[BaseModel], value: Any) -> Iterator[Any]:
    if type(value) is part:
        yield value
    inner = [getattr(value, name) for name in type(value).model_fields] if isinstance(value, BaseModel) else value
    for one in inner if isinstance(inner, list) or type(inner) is tuple else ():
        yield from _all_of(part, one)


def _section_of_values(values: type[StrEnum]) -> Iterator[str]:
    yield f"## {values.__name__}"
    yield ""
    yield _in_markdown(getdoc(values) or "")
    yield ""
    yield "| Value | Called | Meaning |"
    yield "| --- | --- | --- |"
    meanings = _docstrings(values)
    for one in values:
        yield f"| `{one.value}` | {value_in_words(one).ja}<br>{value_in_words(one).en} | {meanings[one.name]} |"
    yield ""


def _docstrings(values: type[StrEnum]) -> dict[str, str]:
    """The text below each member."""
    [definition] = ast.parse(dedent(getsource(values))).body
    assert isinstance(definition, ast.ClassDef)
    found: dict[str, str] = {}
    for member, text in pairwise(definition.body):
        if isinstance(member, ast.Assign) and isinstance(text, ast.Expr):
            found[ast.unparse(member.targets[0])] = _in_markdown(str(ast.literal_eval(text.value)))
    return found


def _in_markdown(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
