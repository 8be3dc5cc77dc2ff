"""The programmes that ship with Kyodo, read once from their files."""

from functools import cache
from pathlib import Path

from models.programme.reading import read_file
from models.programme.schema import Programme

SHIPPED = Path(__file__).parent / "shipped"
DEFAULT = "aobagawa"
STARTER = "starter"
"""To be filled in; in force until a city has a programme of its own."""


@cache
def programme(key: str) -> Programme:
    """The programme with this key. Raises FileNotFoundError, or ValueError when its file has faults."""
    found, faults = read_file(SHIPPED / f"{key}.yaml")
    if found is None:
        raise ValueError(f"{key}.yaml:{faults[0].spot.line}: {faults[0].path}: {faults[0].sentence.en}")
    return found


def shipped_text(key: str) -> str:
    """The file of a programme that ships with Kyodo. Raises FileNotFoundError."""
    return (SHIPPED / f"{key}.yaml").read_text("utf-8")


def shipped() -> list[str]:
    """The keys of the programmes that ship with Kyodo."""
    return sorted(file.stem for file in SHIPPED.glob("*.yaml"))
