"""Waiting for what happens in other processes: as short as it takes, never longer than is right."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_until(look: Callable[[], T | None], what: str, seconds: float = 15) -> T:
    """Look again and again until the answer is true; returns it. Fails with a sentence that says what never came."""
    end = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > end:
            raise AssertionError(f"{what}: this did not come true within {seconds:g} s.")
        time.sleep(0.05)
    return found
