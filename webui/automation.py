"""The line that says when automatic work stands still; nothing is lost meanwhile, it only comes later."""

import time
from datetime import timedelta

from flask import Flask, g
from sqlalchemy import select

from models import clock
from models.outbox import Heartbeat
from webui.database import db

PART = "runner"
SILENCE = timedelta(seconds=60)
"""How long the runner may be silent before the pages say so."""

REMEMBERED_SECONDS = 2.0
_seen: dict[str, tuple[float, bool]] = {}


def automation_is_up() -> bool:
    """Whether the runner has given a sign of life lately. Asks the database at most every two seconds."""
    if "automation_is_up" in g:
        known: bool = g.automation_is_up
        return known
    asked, answer = _seen.get(PART, (float("-inf"), False))
    if time.monotonic() - asked > REMEMBERED_SECONDS:
        at = db().scalar(select(Heartbeat.at).where(Heartbeat.part == PART))
        answer = at is not None and clock.now() - at < SILENCE
        _seen[PART] = (time.monotonic(), answer)
    return answer


def install(app: Flask) -> None:
    """Give templates `automation_is_up()`; a new application asks anew."""
    _seen.clear()
    app.jinja_env.globals["automation_is_up"] = automation_is_up
