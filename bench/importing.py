"""(g) The largest programme that ships: checking its file and importing it, against YAML and pydantic alone."""

from collections.abc import Callable

import yaml

from bench.figures import Table, in_turns
from bench.ground import KINDS, ground
from models.database import transaction
from models.editions import take_up
from models.programme.library import SHIPPED
from models.programme.reading import read
from models.programme.schema import Programme

ROUNDS = 20
WARM = 3
"""Rounds before the clock counts."""
BARE = "bare: load and validate"


def measure() -> Table:
    """Milliseconds of each, in turns, on either database."""
    file = max(SHIPPED.glob("*.yaml"), key=lambda one: one.stat().st_size)
    source = file.read_bytes()
    figures = {}
    for kind in KINDS:
        with ground(kind):
            figures[kind] = _measured(source)
    table = Table(
        f"(g) {file.name}, {len(source) / 1000:.0f} kB, median of {ROUNDS}",
        ("what", *(f"{kind}, ms" for kind in KINDS), *(f"{kind}, times the bare one" for kind in KINDS)),
    )
    for name in next(iter(figures.values())):
        table.add(
            name,
            *(f"{figures[kind][name] * 1000:.1f}" for kind in KINDS),
            *(f"{figures[kind][name] / figures[kind][BARE]:.2f}" for kind in KINDS),
        )
    table.note(
        "Bare is libyaml with Python's safe constructor and the same pydantic models, which hold the rules within and "
        "across keys: no places of faults, no limits against hostile files, nothing stored. Each import is an edition of "
        "its own."
    )
    return table


def _measured(source: bytes) -> dict[str, float]:
    number = iter(range(10**6))

    def imported() -> None:
        with transaction() as session:
            take_up(session, f"{source.decode()}# {next(number)}\n", person_id=None)

    doings: dict[str, Callable[[], object]] = {
        BARE: lambda: Programme.model_validate(yaml.load(source, yaml.CSafeLoader)),
        "check": lambda: read(source),
        "import as a new edition": imported,
    }
    return in_turns(doings, WARM, ROUNDS)
