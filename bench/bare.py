"""The bare side of the comparison: the rows that `perform` wrote for one case, written again by the driver alone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from itertools import count, groupby
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb
from sqlalchemy import ForeignKey, Table, event, select
from sqlalchemy.sql.dml import Insert, Update

from models.database import engine
from models.tables import Base

CASE_TABLES = frozenset(
    {"proposal", "submission", "event", "duty", "outbox", "finding", "meeting", "consultation_record"}
    | {"confirmation", "agreement", "signature", "report"}
)


class Row(NamedTuple):
    """The n-th row of a table that belongs to the case; stands where its id has to be filled in."""

    table: str
    nth: int


@dataclass(frozen=True, slots=True)
class Written:
    """One row as it was inserted, or one change to a row."""

    table: str
    values: dict[str, Any]
    changed: Any = None
    """The row an update changes, by its key; None for an insert."""

    @property
    def shape(self) -> tuple[str, tuple[str, ...], bool]:
        """What can be written with one statement."""
        return self.table, tuple(self.values), self.changed is None


class Recorder:
    """Notes what is written while it listens, step by step."""

    def __init__(self) -> None:
        self.steps: list[list[Written]] = []
        self._noted: Any = None

    @contextmanager
    def step(self) -> Iterator[None]:
        """Everything written within belongs to one step."""
        self.steps.append([])
        event.listen(engine(), "before_cursor_execute", self._note)
        try:
            yield
        finally:
            event.remove(engine(), "before_cursor_execute", self._note)

    def _note(self, connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        compiled = context.compiled
        written = getattr(compiled, "statement", None)
        if context is self._noted or not isinstance(written, Insert | Update):
            return  # many rows may be sent in several batches
        self._noted = context
        table = written.table
        assert isinstance(table, Table)
        for values in context.compiled_parameters:
            row = {name: value for name, value in values.items() if name in table.columns}
            key = None
            if isinstance(written, Update):
                [column] = table.primary_key.columns
                key = values[f"{table.name}_{column.name}"]
            self.steps[-1].append(Written(table.name, row, key))

    def counted(self) -> str:
        """How many rows were inserted and changed in all."""
        rows = [written for step in self.steps for written in step]
        changed = sum(written.changed is not None for written in rows)
        return f"{len(rows) - changed} inserts and {changed} updates in {len(self.steps)} transactions"


def numbered(steps: list[list[Written]], proposal_id: int) -> list[list[Written]]:
    """The steps with ids of the case's own rows replaced by which row of the case they mean."""
    known: dict[tuple[str, Any], Row] = {
        (table, row_id): Row(table, nth)
        for table, ids in rows_of(proposal_id).items()
        for nth, row_id in enumerate(ids)
    }

    def meant(table: str, column: str, value: Any) -> Any:
        for key in Base.metadata.tables[table].columns[column].foreign_keys:
            return known.get((_target(key), value), value)
        return value

    return [
        [
            Written(
                written.table,
                {name: meant(written.table, name, value) for name, value in written.values.items()},
                known.get((written.table, written.changed), written.changed) if written.changed is not None else None,
            )
            for written in step
        ]
        for step in steps
    ]


def _target(key: ForeignKey) -> str:
    return key.column.table.name


def rows_of(proposal_id: int) -> dict[str, list[int]]:
    """The ids of a case's rows, by table, in the order they were written."""
    tables = Base.metadata.tables
    found = {"proposal": [proposal_id]}
    with engine().connect() as connection:
        for name in CASE_TABLES - {"proposal", "signature"}:
            table = tables[name]
            own = select(table.c.id).where(table.c.proposal_id == proposal_id).order_by(table.c.id)
            found[name] = list(connection.scalars(own))
        signatures = tables["signature"]
        own = select(signatures.c.id).where(signatures.c.agreement_id.in_(found["agreement"])).order_by(signatures.c.id)
        found["signature"] = list(connection.scalars(own))
    return found


class Bare:
    """Writes a recorded case again with the driver alone: one transaction a step, nothing read, nothing checked.

    together: rows of one shape in one statement, which no program that thinks of one row at a time would do.
    """

    def __init__(self, steps: list[list[Written]], *, together: bool) -> None:
        self._pooled = engine().raw_connection()
        self._cursor: Any = self._pooled.cursor()
        self._sqlite = engine().dialect.name == "sqlite"
        self._steps = [
            [self._prepared(list(rows)) for _, rows in groupby(step, lambda w: w.shape if together else id(w))]
            for step in steps
        ]
        self._ids: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self._steps)

    def close(self) -> None:
        """Let go of the connection."""
        self._pooled.close()

    def take(self, proposal_id: int) -> None:
        """The case to write from now on: begun, nothing else."""
        self._ids = rows_of(proposal_id)

    def write(self, step: int) -> None:
        """Write what one step wrote, in one transaction."""
        if self._sqlite:
            self._cursor.execute("BEGIN IMMEDIATE")
        for statement in self._steps[step]:
            self._execute(statement)
        self._pooled.commit()

    def _execute(self, statement: "Statement") -> None:
        rows = [tuple(self._filled(value) for value in row) for row in statement.rows]
        if statement.table is None:
            self._cursor.executemany(statement.sql, rows)
            return
        self._cursor.execute(statement.sql, [value for row in rows for value in row])
        self._ids[statement.table] += [row[0] for row in self._cursor.fetchall()]

    def _filled(self, value: Any) -> Any:
        if type(value) is Row:
            return self._ids[value.table][value.nth]
        return fresh_number() if value is FRESH_NUMBER else value

    def _prepared(self, rows: list[Written]) -> "Statement":
        """One statement for rows of one shape: an insert of all of them, or an update for each."""
        table, mark = rows[0].table, "?" if self._sqlite else "%s"
        names = list(rows[0].values)
        values = [[self._plain(table, name, row.values[name]) for name in names] for row in rows]
        if rows[0].changed is None:
            row = f"({', '.join([mark] * len(names))})"
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([row] * len(rows))} RETURNING id"  # noqa: S608 (names of our own tables)
            return Statement(sql, values, table)
        [key] = Base.metadata.tables[table].primary_key.columns
        if table == "number_sequence":  # the next number, whoever else took one meanwhile
            return Statement(f"UPDATE {table} SET last = last + 1 WHERE {key.name} = {mark}", [[rows[0].changed]])  # noqa: S608 (names of our own tables)
        sets = ", ".join(f"{name} = {mark}" for name in names)
        keyed = [[*row, written.changed] for row, written in zip(values, rows, strict=True)]
        return Statement(f"UPDATE {table} SET {sets} WHERE {key.name} = {mark}", keyed)  # noqa: S608 (names of our own tables)

    def _plain(self, table: str, name: str, value: Any) -> Any:
        """A value as the driver takes it, worked out beforehand."""
        if (table, name) == ("proposal", "number") and value is not None:
            return FRESH_NUMBER
        if isinstance(value, dict | list):
            return json.dumps(value) if self._sqlite else Jsonb(value)
        if isinstance(value, datetime):
            value = value.astimezone(UTC).replace(tzinfo=None)
            return value.isoformat(" ", "microseconds") if self._sqlite else value
        if isinstance(value, date):
            return value.isoformat() if self._sqlite else value
        return str(value) if isinstance(value, Enum) else value


_NUMBERS = count(1)


def fresh_number() -> str:
    """A receipt number nobody else has."""
    return f"B{next(_NUMBERS)}"


FRESH_NUMBER = object()
"""Stands where a receipt number nobody else has must be filled in."""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with the rows it writes. table: whose new ids it answers with, when it inserts."""

    sql: str
    rows: list[list[Any]]
    table: str | None = None
