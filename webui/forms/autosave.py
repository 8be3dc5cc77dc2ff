"""What a draft-saving view answers to static/autosave.js."""

from flask import jsonify
from werkzeug.wrappers import Response

from models import clock


def saved(revision: int | str) -> Response:
    """The draft is saved. `revision` is what the next saving must send back in the field of that name."""
    return jsonify(saved_at=f"{clock.in_tokyo(clock.now()):%H:%M}", revision=revision)


def conflict() -> Response:
    """Nothing was saved, since another screen or person saved a newer draft in between (409)."""
    answer = jsonify(problem="conflict")
    answer.status_code = 409
    return answer
