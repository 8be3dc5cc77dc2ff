"""The same rows once more through a bare ORM: mapped objects loaded, changed, added and committed, nothing else."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Mapper, Session

from bench.bare import Row, Written, fresh_number, rows_of
from models.database import transaction
from models.proposals import Proposal
from models.tables import Base

_MAPPERS: dict[str, Mapper[Any]] = {mapper.local_table.name: mapper for mapper in Base.registry.mappers}  # type: ignore[attr-defined]


class BareOrm:
    """Writes a recorded case again: in each step the proposal is loaded, and what is to change; one transaction a step."""

    def __init__(self, steps: list[list[Written]]) -> None:
        self._steps = steps
        self._ids: dict[str, list[Any]] = {}
        """The case's rows by table: their ids, or objects of this step that may have none yet."""
        self._proposal_id = 0

    def __len__(self) -> int:
        return len(self._steps)

    def take(self, proposal_id: int) -> None:
        """The case to write from now on: begun, nothing else."""
        self._ids, self._proposal_id = rows_of(proposal_id), proposal_id

    def write(self, step: int) -> None:
        """Write what one step wrote, in one transaction."""
        with transaction() as session:
            session.get_one(Proposal, self._proposal_id)
            for written in self._steps[step]:
                self._write(session, written)
            session.flush()
            for rows in self._ids.values():
                rows[:] = [row if isinstance(row, int) else row.id for row in rows]

    def _write(self, session: Session, written: Written) -> None:
        mapper = _MAPPERS[written.table]
        columns = mapper.local_table.columns
        if written.table == "number_sequence":  # the next number, whoever else took one meanwhile
            [key] = mapper.primary_key
            session.execute(update(mapper).where(key == written.changed).values(last=mapper.c.last + 1))
            return
        values = {
            mapper.get_property_by_column(columns[name]).key: self._filled(session, name, value)
            for name, value in written.values.items()
        }
        if written.changed is None:
            made = mapper.class_(**values)
            session.add(made)
            self._ids[written.table].append(made)
            return
        known = session.get_one(mapper.class_, self._filled(session, "", written.changed))
        for name, value in values.items():
            setattr(known, name, value)

    def _filled(self, session: Session, name: str, value: Any) -> Any:
        if type(value) is Row:
            row = self._ids[value.table][value.nth]
            if isinstance(row, int):
                return row
            session.flush()  # only now does a row of this step have an id to refer to
            return row.id
        return fresh_number() if name == "number" and isinstance(value, str) else value
