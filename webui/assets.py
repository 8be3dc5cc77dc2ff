"""Addresses of style sheets and scripts that change with their content, so that browsers may keep them for good."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, request
from werkzeug.wrappers import Response

STATIC = Path(__file__).parent / "static"


def asset(name: str) -> str:
    """The address of a file in static/."""
    return _address(name, (STATIC / name).stat().st_mtime_ns)


def install(app: Flask) -> None:
    """Give templates `asset()` and let browsers keep what it addressed."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep)


@cache
def _address(name: str, changed: int) -> str:
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


def _keep(response: Response) -> Response:
    if request.endpoint == "static":
        known = "v" in request.args and response.status_code < 400
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if known else "no-cache"
    return response
