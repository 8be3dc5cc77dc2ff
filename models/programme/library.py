"""The programmes that ship with Kyodo, read once from their files."""

from functools import cache
from pathlib import Path

import yaml

from models.programme.schema import Programme

SHIPPED = Path(__file__).parent / "shipped"
DEFAULT = "aobagawa"


@cache
def programme(key: str) -> Programme:
    """The programme with this key. Raises FileNotFoundError or pydantic.ValidationError."""
    text = (SHIPPED / f"{key}.yaml").read_text(encoding="utf-8")
    return Programme.model_validate(yaml.safe_load(text))


def shipped() -> list[str]:
    """The keys of the programmes that ship with Kyodo."""
    return sorted(file.stem for file in SHIPPED.glob("*.yaml"))
