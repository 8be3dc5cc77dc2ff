"""The parts of the documentation that are generated, and whether they still say what the code says."""

from collections.abc import Callable
from pathlib import Path

from models.process import diagram
from models.programme import reference

PROJECT = Path(__file__).parents[1]

GENERATED: dict[str, Callable[[], str]] = {
    "docs/process.md": diagram.page,
    "docs/programme.md": reference.page,
}
"""Each generated file, seen from the project's top, with the function that returns its whole text."""


def outdated() -> list[str]:
    """A sentence for each generated file that differs from what its function returns."""
    return [
        f"{path} is out of date: run `kyodo docs` and commit the result."
        for path, text in GENERATED.items()
        if not (PROJECT / path).exists() or (PROJECT / path).read_text(encoding="utf-8") != text()
    ]


def write() -> None:
    """Write every generated file anew."""
    for path, text in GENERATED.items():
        (PROJECT / path).parent.mkdir(parents=True, exist_ok=True)
        (PROJECT / path).write_text(text(), encoding="utf-8")
