"""Details as they should not be: one value of good details gone, emptied, out of range, endless or of another kind."""

from datetime import date
from random import Random
from typing import Any

WRONG: tuple[Any, ...] = (
    None, "", " ", "　\n", "no-such", -1, 0, 1, 2, 999_999, 10**12, 1.5, True, "長" * 25_000, "<b>&'\"",
    date(1999, 12, 31), date(2199, 1, 1),
)  # fmt: skip
EMPTY: tuple[Any, ...] = (None, [], {})


def spoiled(good: dict[str, Any], dice: Random) -> dict[str, Any]:
    """Good details with one thing wrong, however deep it stands."""
    if not good:
        return {"reason": dice.choice(WRONG)}
    key = dice.choice(sorted(good))
    rest = {name: value for name, value in good.items() if name != key}
    return rest if dice.random() < 0.25 else {**rest, key: _spoiled(good[key], dice)}


def _spoiled(value: Any, dice: Random) -> Any:
    deeper = dice.random() < 0.6
    if isinstance(value, dict) and value and deeper:
        key = dice.choice(sorted(value))
        return {**value, key: _spoiled(value[key], dice)}
    if isinstance(value, list) and value and deeper:
        place = dice.randrange(len(value))
        return [*value[:place], _spoiled(value[place], dice), *value[place + 1 :]]
    if isinstance(value, dict | list):
        return dice.choice(EMPTY)
    return dice.choice(WRONG)
