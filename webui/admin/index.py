"""The overview an administrator begins at."""

from flask import render_template

from webui.access import administrator


@administrator
def index() -> str:
    """The ways into the administration."""
    return render_template("admin/index.html")
