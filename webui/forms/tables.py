"""A table as a field: rows of cells as they were typed, a few empty ones to fill, each cell with its own fault."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wtforms import Field

from models.programme.forms import Column
from models.programme.kinds import ItemKind
from models.programme.limits import MOST_ROWS
from webui.forms import reading
from webui.language import reader_language

SPARE = 1
"""Empty rows shown below those that are filled."""

MORE = 5
"""Empty rows shown when more were asked for."""

ROW, DROP = "row", "drop_row"
"""Names of the buttons that ask for more rows and take one away where no script does; their value names the table."""

RAW_LIMIT = 200
"""Characters kept of a date or an amount that could not be read."""

_ISO = re.compile(r"\d{4}-\d\d-\d\d")

MOST_READ = 2 * MOST_ROWS
"""Rows that are read of what was sent; that there are too many, the domain says."""


@dataclass(slots=True)
class Cell:
    """One cell on the page; a fault is told at it as at a field."""

    name: str
    label: str
    column: Column
    text: str
    choices: Sequence[tuple[str, str]]
    errors: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The control's id."""
        return self.name

    @property
    def is_day(self) -> bool:
        """Whether the browser's own picker can show it; it would swallow what is no day."""
        return self.column.kind is ItemKind.DATE and (not self.text or _ISO.fullmatch(self.text) is not None)


class TableField(Field):
    """Rows of columns. `data`: a mapping for each row that says something, by column key."""

    data: list[dict[str, Any]]
    rows: list[list[Cell]]

    def __init__(self, *args: Any, columns: Sequence[Column] = (), most: int = MOST_ROWS, **kwargs: Any) -> None:
        self.columns, self.most = columns, most
        super().__init__(*args, **kwargs)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read what was sent; rows without a word in them are left out."""
        self.process_errors, self.errors = [], []
        typed = self._typed(formdata) if formdata is not None else []
        self.data = [self._read(row) for row in typed]
        more = formdata is not None and self.name in formdata.getlist(ROW)
        spare = max(0, min(MORE if more else SPARE, self.most - len(typed)))
        language = reader_language()
        choices = {c.key: [(one.key, one.label.in_(language)) for one in c.choices] for c in self.columns}
        self.rows = [
            [
                Cell(f"{self.name}-{n}-{c.key}", c.label.in_(language), c, row.get(c.key, ""), choices[c.key])
                for c in self.columns
            ]
            for n, row in enumerate([*typed, *({} for _ in range(spare))])
        ]

    def cells(self) -> Iterator[Cell]:
        """Every cell, row by row."""
        for row in self.rows:
            yield from row

    def _typed(self, formdata: Any) -> list[dict[str, str]]:
        start, found = f"{self.name}-", dict[int, dict[str, str]]()
        known = {column.key for column in self.columns}
        for name in formdata:
            if name.startswith(start):
                number, _, key = name[len(start) :].partition("-")
                if key in known and number.isascii() and number.isdigit() and len(number) < 7:
                    found.setdefault(int(number), {})[key] = str(formdata.get(name))
        for dropped in formdata.getlist(DROP):
            if dropped.startswith(start) and dropped[len(start) :].isdigit():
                found.pop(int(dropped[len(start) :]), None)
        rows = [found[number] for number in sorted(found)]
        return [row for row in rows if any(text.strip() for text in row.values())][:MOST_READ]

    def _read(self, row: Mapping[str, str]) -> dict[str, Any]:
        read = {column.key: read_cell(column, row.get(column.key, "")) for column in self.columns}
        return {key: value for key, value in read.items() if value != ""}


def read_cell(column: Column, text: str) -> int | str:
    """What a cell says: a whole number, an ISO day, a key or a text. What cannot be read stays as it was typed."""
    try:
        match column.kind:
            case ItemKind.YEN | ItemKind.NUMBER:
                number = reading.whole(text, reading.YEN if column.kind is ItemKind.YEN else "")
                return "" if number is None else number
            case ItemKind.DATE:
                day = reading.day(text)
                return "" if day is None else day.isoformat()
    except ValueError:
        return reading.plain(text)[:RAW_LIMIT]
    return reading.prose(text) if column.kind is ItemKind.TEXT else reading.line(text)


def typed_rows(name: str, rows: Any, columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    """Stored rows as the form would have sent them."""
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(row, Mapping):
            for column in columns:
                value = row.get(column.key)
                if value is not None:
                    number_is = isinstance(value, int) and not isinstance(value, bool)
                    yield f"{name}-{number}-{column.key}", f"{value:,}" if number_is else str(value)


def table_pressed(sent: Mapping[str, str]) -> str:
    """The table whose rows were to become more or fewer; empty: no such button was pressed."""
    return sent.get(ROW) or sent.get(DROP, "").rpartition("-")[0]
