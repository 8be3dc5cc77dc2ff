"""Answers as they are read, in a page, a document or a plain text: words for keys, eras, yen, a table line by line."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.answers import FROM, TO, blank, day_of, is_whole, rows_of, sums
from models.calendar import in_words
from models.programme.forms import Column, Item
from models.programme.kinds import ItemKind
from models.programme.parts import Choice
from models.programme.schema import Programme
from models.words import Word

TICKED = Word("はい（確認しました）", "Yes, confirmed")
TOTAL = Word("合計", "Total")
_COMMA = Word("、", ", ")
_COLON = Word("：", ": ")
_FROM, _TO = Word("{day}から", "from {day}"), Word("{day}まで", "to {day}")
_YEN = Word("{n}円", "¥{n}")


def answer_text(programme: Programme, item: Item, value: Any, language: str, files: Sequence[str] = ()) -> str:
    """One answer; empty when there is none. What cannot be read stands as it was typed.

    files: the names of those that belong to the question.
    """
    if item.kind is ItemKind.FILE:
        return _COMMA.in_(language).join(files)
    if blank(value):
        return ""
    match item.kind:
        case ItemKind.DECLARATION if value is True:
            return TICKED.in_(language)
        case ItemKind.NUMBER if is_whole(value):
            unit = item.unit.in_(language)
            return f"{value:,}{' ' if unit and language == 'en' else ''}{unit}"
        case ItemKind.CHOICE | ItemKind.CHOICES:
            return _chosen(programme.choices_of(item), value, language)
        case ItemKind.PERIOD if isinstance(value, Mapping):
            ends = [
                said.filled(day=_day(value[end], language)).in_(language)
                for end, said in ((FROM, _FROM), (TO, _TO))
                if not blank(value.get(end))
            ]
            return (" " if language == "en" else "").join(ends)
        case ItemKind.TABLE if isinstance(value, list):
            return "\n".join(_lines(item, value, language))
    return _plain(item.kind, value, language)


def cell_text(column: Column, value: Any, language: str) -> str:
    """One cell of a table."""
    if blank(value):
        return ""
    if column.kind is ItemKind.CHOICE:
        return _chosen(column.choices, value, language)
    return _plain(column.kind, value, language)


def sums_text(item: Item, value: Any, language: str) -> dict[str, str]:
    """The sums below a table, by column."""
    kinds = {column.key: column.kind for column in item.columns}
    return {key: _plain(kinds[key], total, language) for key, total in sums(item, value).items()}


def _plain(kind: ItemKind, value: Any, language: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return _YEN.filled(n=f"{value:,}").in_(language) if kind is ItemKind.YEN else f"{value:,}"
    return _day(value, language) if kind is ItemKind.DATE else str(value)


def _day(value: Any, language: str) -> str:
    day = day_of(value)
    return str(value) if day is None else in_words(day, language)


def _chosen(choices: Sequence[Choice], value: Any, language: str) -> str:
    words = {choice.key: choice.label.in_(language) for choice in choices}
    keys = value if isinstance(value, list) else [value]
    return _COMMA.in_(language).join(words.get(str(key), str(key)) for key in keys)


def _lines(item: Item, value: list[Any], language: str) -> list[str]:
    """A table, row by row: 1. 費目：会場、金額：20,000円."""
    labels = {column.key: column.label.in_(language) for column in item.columns}
    comma, colon = _COMMA.in_(language), _COLON.in_(language)
    found = []
    for place, (_, row) in enumerate(rows_of(value), start=1):
        cells = {column.key: cell_text(column, row.get(column.key), language) for column in item.columns}
        found.append(f"{place}. " + comma.join(f"{labels[key]}{colon}{text}" for key, text in cells.items() if text))
    totals = sums_text(item, value, language)
    if totals:
        found.append(TOTAL.in_(language) + colon + comma.join(f"{labels[key]} {text}" for key, text in totals.items()))
    return found
