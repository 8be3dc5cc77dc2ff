"""Short ways to write rules, sheets and entries, so that a test shows its numbers and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from models.programme.checked import Flaw
from models.programme.sentences import sentence
from models.selection.rules import Selection
from models.selection.scoring import Result, results
from models.selection.sheets import Entry, Points, Sheet

TOYONAKA = {
    "公益性": "benefit",
    "協働性": "together",
    "実現可能性": "feasible",
    "先駆性": "new",
    "発展普及性": "spread",
}
"""豊中市's five items."""


def item(key: str, **more: Any) -> dict[str, Any]:
    """One score item as a file holds it."""
    return {"key": key, "label": {"ja": key, "en": key}, **more}


def written(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One round as a file holds it, marks from 0 to 5."""
    return {
        "key": "hearing",
        "label": {"ja": "公開プレゼンテーション", "en": "Public presentation"},
        "scale": {"highest": 5},
        "items": list(items),
        **more,
    }


def selection(*rounds: dict[str, Any], **more: Any) -> Selection:
    """Rules from what a file holds."""
    return Selection.model_validate({"rounds": list(rounds), **more})


def faults(*rounds: object, **more: Any) -> dict[str, Flaw]:
    """The faults of these rules by their places, written with dots."""
    try:
        Selection.model_validate({"rounds": list(rounds), **more})
    except ValidationError as error:
        found = error.errors(include_url=False)
        return {
            ".".join(map(str, one["loc"])): Flaw(one["loc"], sentence({**one, "loc": ("selection", *one["loc"])}))
            for one in found
        }
    return {}


def sheet(judge: str, marks: str | Mapping[str, str], **more: Any) -> Sheet:
    """`sheet("abe", "a=4 b=3.5")`."""
    pairs = dict(pair.split("=") for pair in marks.split()) if isinstance(marks, str) else dict(marks)
    return Sheet(judge, {key: Decimal(mark) for key, mark in pairs.items()}, **more)


def entry(proposal: str, marks: Sequence[str], *more: Sheet, **rest: Any) -> Entry:
    """A proposal with one sheet for each text of marks, by judges called j1, j2 …; `more` are further sheets."""
    return Entry(proposal, (*(sheet(f"j{number}", text) for number, text in enumerate(marks, 1)), *more), **rest)


def recused(judge: str) -> Sheet:
    """A judge with an interest."""
    return Sheet(judge, recused=True)


def panel(size: int) -> list[str]:
    """Judges j1, j2 …"""
    return [f"j{number}" for number in range(1, size + 1)]


def by_key(
    rules: Selection, judges: int, entries: Iterable[Entry], budget: int | None = None, number: int = 1
) -> dict[str, Result]:
    """The results by proposal."""
    return {one.proposal: one for one in results(rules, number, panel(judges), entries, budget)}


def judged(rules: Selection, judges: int, one: Entry) -> Result:
    """The result of a single proposal."""
    return by_key(rules, judges, [one])[one.proposal]


def points(result: Result) -> Fraction:
    """What it got in all."""
    assert result.total is not None
    return result.total.points


def out_of(got: int | str, most: int | str) -> Points:
    """So many points out of so many."""
    return Points(Fraction(got), Fraction(most))
