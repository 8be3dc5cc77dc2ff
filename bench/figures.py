"""Figures: how they are taken, and the small tables in Markdown in which they are printed and written down."""

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median


class Table:
    """A heading, rows of figures, and sentences below them."""

    def __init__(self, title: str, columns: Sequence[str]) -> None:
        self._title, self._columns = title, columns
        self._rows: list[Sequence[str]] = []
        self._notes: list[str] = []

    def add(self, *row: str) -> None:
        """One more row."""
        self._rows.append(row)

    def note(self, sentence: str) -> None:
        """One more sentence below the table."""
        self._notes.append(sentence)

    def __str__(self) -> str:
        rule = ["---", *["---:"] * (len(self._columns) - 1)]
        lines = [f"| {' | '.join(row)} |" for row in (self._columns, rule, *self._rows)]
        return "\n".join([f"### {self._title}", "", *lines, "", *self._notes, ""])


def in_turns(doings: Mapping[str, Callable[[], object]], warm: int, rounds: int) -> dict[str, float]:
    """The median seconds of each doing; they take turns, so that a busy moment falls on all. `warm` rounds do not count."""
    times: dict[str, list[float]] = {name: [] for name in doings}
    for turn in range(warm + rounds):
        for name, doing in doings.items():
            started = time.perf_counter()
            doing()
            if turn >= warm:
                times[name].append(time.perf_counter() - started)
    return {name: median(taken) for name, taken in times.items()}


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
