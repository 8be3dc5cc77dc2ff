"""Every mail that was planned, as its reader sees it."""

from flask import Response, abort, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.outbox import Delivery
from webui.access import public
from webui.database import db

SHOWN = 50
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
"""Mail programs want inline style; this page is ours alone and runs nothing."""


@public
def mails() -> str:
    """The newest mails, fifty at a time; `before` continues."""
    query = select(Delivery).where(Delivery.channel == "mail").options(joinedload(Delivery.person))
    before = request.args.get("before", type=int)
    if before is not None:
        query = query.where(Delivery.id < before)
    found = db().scalars(query.order_by(Delivery.id.desc()).limit(SHOWN + 1)).all()
    return render_template("dev/mails.html", mails=found[:SHOWN], more=len(found) > SHOWN)


@public
def mail(delivery_id: int) -> str:
    """One mail: its head and both its bodies."""
    return render_template("dev/mail.html", mail=_found(delivery_id))


@public
def mail_html(delivery_id: int) -> Response:
    """The HTML body as it was sent."""
    answer = Response(_found(delivery_id).html, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = MAIL_POLICY
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _found(delivery_id: int) -> Delivery:
    found = db().get(Delivery, delivery_id)
    if found is None:
        abort(404)
    return found
