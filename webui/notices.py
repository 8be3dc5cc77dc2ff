"""お知らせ: what was told within the pages, and the count in the header."""

from flask import Blueprint, Flask, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from models import clock
from models.notices import MOST, notice_of, notices, read_up_to, unread
from webui.access import reader, signed_in
from webui.database import db
from webui.paging import neighbours, place_asked


@signed_in
def index() -> str:
    """One page of one's own notices."""
    who = reader()
    assert who is not None
    page = notices(db(), who.id, place_asked())
    previous, following = neighbours(page)
    return render_template(
        "notices.html",
        rows=page.rows,
        newest=page.rows[0].id if page.rows else 0,
        unread=unread(db(), who.id),
        previous=previous,
        following=following,
    )


@signed_in
def open_notice(delivery_id: int) -> Response:
    """Mark a notice read and go to what it is about."""
    who = reader()
    assert who is not None
    found = notice_of(db(), who.id, delivery_id)
    if found is None:
        abort(404)
    if found.read_at is None:
        found.read_at = clock.now()
    if found.proposal_id is None:
        return redirect(url_for("notices.index"), 303)
    return redirect(url_for("proposals.proposal", proposal_id=found.proposal_id), 303)


@signed_in
def read_all() -> Response:
    """Mark read what was on the list when it was opened."""
    who = reader()
    assert who is not None
    read_up_to(db(), who.id, request.form.get("newest", 0, type=int), clock.now())
    return redirect(url_for("notices.index"), 303)


def unread_words() -> str:
    """The count for the header, empty when everything is read; asked of the database once per request."""
    if "unread_notices" not in g:
        who = reader()
        number = unread(db(), who.id) if who is not None else 0
        g.unread_notices = f"{MOST - 1}+" if number >= MOST else str(number or "")
    words: str = g.unread_notices
    return words


def install(app: Flask) -> None:
    """Give templates `unread_notices()`."""
    app.jinja_env.globals["unread_notices"] = unread_words


blueprint = Blueprint("notices", __name__, url_prefix="/notices")
blueprint.add_url_rule("", view_func=index)
blueprint.add_url_rule("/<int:delivery_id>", view_func=open_notice, methods=["POST"])
blueprint.add_url_rule("/read", view_func=read_all, methods=["POST"])
