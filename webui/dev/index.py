"""The door to the development pages."""

from flask import render_template

from webui.access import public


@public
def index() -> str:
    """What there is."""
    return render_template("dev/index.html")
