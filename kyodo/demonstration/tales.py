"""The demonstration's proposals: read from `projects/`, each with its plot and when and how far it is told."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from kyodo.demonstration.circles import CIRCLES
from kyodo.demonstration.cityhall import SECTIONS, STAFF
from kyodo.demonstration.plot import Ally, Plot, Voices, Words
from models.calendar import fiscal_year
from models.people import Seat

PROJECTS = Path(__file__).parent / "projects"
PUBLISHED_BY = timedelta(days=150)
"""How long after a fiscal year's end its projects are surely published."""


@dataclass(frozen=True, slots=True)
class Tale:
    """One proposal to be told.

    until: the last beat of the straight way it takes; empty for a draft. then: the beats beside that way that follow.
    ago: business days since its last beat. year and starts: instead of `ago`, it is one of a finished year (-1: the
    latest) and was begun on that day (month-day).
    """

    key: str
    plot: Plot
    until: str = ""
    then: tuple[str, ...] = ()
    ago: int = 0
    year: int = 0
    starts: str = ""

    def begins_on(self, today: date) -> date | None:
        """The day a proposal of a finished year was begun; None for one that is told backwards from today."""
        if not self.year:
            return None
        latest = fiscal_year(today - PUBLISHED_BY) - 1
        return date.fromisoformat(f"{latest + 1 + self.year}-{self.starts}")


def tales() -> list[Tale]:
    """Every proposal of the demonstration. Raises KeyError or TypeError for a file that says something unknown."""
    return [_tale(path) for path in sorted(PROJECTS.glob("*.yaml"))]


def _tale(path: Path) -> Tale:
    said: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    told = said.pop("told")
    words, voices = Words(**said.pop("words", {})), Voices(**said.pop("voices", {}))
    section = said.pop("section")
    allies = tuple(Ally(key, _representative(key), part) for key, part in said.pop("allies", {}).items())
    plot = Plot(
        **said,
        section=section,
        officer=_holder(section, Seat.OFFICER),
        section_head=_holder(section, Seat.SECTION_HEAD),
        head=_holder(_department(section), Seat.DEPARTMENT_HEAD),
        proposer=_representative(said["group"]),
        allies=allies,
        words=words,
        voices=voices,
    )
    return Tale(key=path.stem, plot=plot, **{**told, "then": tuple(told.get("then", ()))})


def _department(section: str) -> str:
    parent = next(s.parent for s in SECTIONS if s.key == section)
    return parent or section


def _holder(department: str, seat: Seat) -> str:
    return next(r.email.split("@")[0] for r in STAFF if (r.department, r.seat) == (department, seat))


def _representative(group: str) -> str:
    return next(c.members[0].email.split("@")[0] for c in CIRCLES if c.key == group)
