"""The overview an administrator begins at: the ways in, what is vacant or planned, what was changed last."""

from flask import render_template

from models import clock
from models.administration.record import latest
from models.administration.staffing import staffing
from webui.access import administrator
from webui.admin.changing import in_words
from webui.database import db


@administrator
def index() -> str:
    """The overview."""
    posts = staffing(db(), clock.today())
    return render_template(
        "admin/index.html",
        vacant=[staffed for staffed in posts if staffed.holder is None],
        planned=[staffed for staffed in posts if staffed.following is not None],
        changes=in_words(latest(db())),
    )
