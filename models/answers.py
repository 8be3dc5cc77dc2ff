"""Answers as data: their shapes, which questions are asked given the others, rows of tables and their sums.

An answer is a text; a whole number (`number`, `yen`); a day as ISO text; {"from": day, "to": day}; a key or a list of
keys; True for what was declared; or rows, each a mapping from column to one of these. `file` is answered by attachments
that belong to the question. What could not be read stays as it was typed, until `models.answer_checks` says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeGuard

from models.programme.forms import Item, When
from models.programme.kinds import COUNTED, ItemKind
from models.programme.limits import MOST_ROWS

Answers = Mapping[str, Any]
"""What was answered, by the question's key."""

Files = Mapping[str, int]
"""How many files belong to a question, by its key."""

NO_FILES: Files = {}

MOST_YEN = 1_000_000_000

FROM, TO = "from", "to"


def blank(value: Any) -> bool:
    """Nothing, or nothing but spaces, empty rows or days not given."""
    match value:
        case None | False:
            return True
        case str():
            return not value.strip()
        case Mapping():
            return all(blank(one) for one in value.values())
        case list() | tuple():
            return all(blank(one) for one in value)
    return False


def is_whole(value: object, most: int = MOST_YEN) -> TypeGuard[int]:
    """A whole number, none or more."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def day_of(value: Any) -> date | None:
    """The day that an answer means; None for what is no day."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def asked(items: Iterable[Item], answers: Answers, files: Files = NO_FILES) -> tuple[Item, ...]:
    """The questions that are asked: those whose condition holds. Whose question is not asked holds no condition."""
    found: dict[str, Item] = {}
    for item in items:
        if item.when is None or (item.when.item in found and holds(item.when, found[item.when.item], answers, files)):
            found[item.key] = item
    return tuple(found.values())


def holds(when: When, other: Item, answers: Answers, files: Files = NO_FILES) -> bool:
    """Whether a condition on another question, which is asked, holds."""
    value = answers.get(other.key)
    if not answered(other, value, files):
        return False
    given = value if isinstance(value, list) else [value]
    return not when.answers or any(answer in given for answer in when.answers)


def answered(item: Item, value: Any, files: Files = NO_FILES) -> bool:
    """Whether a question has any answer, right or wrong."""
    return files.get(item.key, 0) > 0 if item.kind is ItemKind.FILE else not blank(value)


def submitted(items: Iterable[Item], answers: Answers, files: Files = NO_FILES) -> dict[str, Any]:
    """What is handed in: the answers to the questions that are asked, without what is blank."""
    return {
        item.key: tidy(answers[item.key])
        for item in asked(items, answers, files)
        if item.kind is not ItemKind.FILE and not blank(answers.get(item.key))
    }


def tidy(value: Any) -> Any:
    """An answer without spaces around it, blank rows and blank cells."""
    match value:
        case str():
            return value.strip()
        case Mapping():
            return {key: tidy(one) for key, one in value.items() if not blank(one)}
        case list():
            return [tidy(one) for one in value if not blank(one)]
    return value


def rows_of(value: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rows of a table that say something, with their places."""
    for number, row in enumerate(value if isinstance(value, list) else []):
        if isinstance(row, Mapping) and not blank(row):
            yield number, row


def most_rows(item: Item) -> int:
    """Rows that a table takes."""
    return min(item.most, MOST_ROWS)


def sums(item: Item, value: Any) -> dict[str, int]:
    """The sums below a table, by column: of what can be read."""
    return {
        column.key: sum(cells(value, column.key)) for column in item.columns if column.total and column.kind in COUNTED
    }


def cells(value: Any, column: str, by: str = "", only: str = "") -> Sequence[int]:
    """The numbers of a column that can be read; with `only`, of the rows whose choice in `by` is that one."""
    return [
        row[column]
        for _, row in rows_of(value)
        if (not only or row.get(by) == only) and is_whole(row.get(column), 10**12)
    ]
