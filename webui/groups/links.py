"""Links in mails that let somebody answer without an account: signed with a key of the row they are about.

Whoever opens one has proved the e-mail. The link is over when the row is gone, was sent again, or has grown old.
"""

from typing import Any

from flask import current_app as app
from flask import redirect, render_template, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from models.groups.invitations import Invitation
from models.groups.registration import Registration
from models.people import Person
from models.settings import settings
from webui.access import reader
from webui.auth.reset import link
from webui.database import db


def address_of(row: Invitation | Registration) -> str:
    """The whole address of the page where this is answered."""
    token = f"{row.id}-{_signer(row).dumps(None)}"
    endpoint = "groups.invitation" if isinstance(row, Invitation) else "groups.registration"
    return settings().base_url + url_for(endpoint, token=token)


def opened(kind: type[Any], token: str) -> Any:
    """The row a link is about, or None. Nothing in the link is unpacked before its signature holds."""
    number, _, signed = token.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    row = db().get(kind, int(number))
    if row is None or not row.waits:
        return None
    try:
        _signer(row).loads(signed)
    except BadSignature:
        return None
    return row


def over() -> tuple[str, int]:
    """The page for a link that leads nowhere any more."""
    return render_template("groups/link_over.html"), 404


def must_sign_in(person: Person | None) -> bool:
    """Whether whoever opened a link has an account with a password, and is not signed in to it."""
    who = reader()
    return person is not None and bool(person.password_hash) and (who is None or who.id != person.id)


def enter(person: Person, address: str) -> Response:
    """On to this page for whoever has a password; for whoever has none, on to setting one."""
    if not person.password_hash:
        return redirect(link(person, "invitation").removeprefix(settings().base_url), 303)
    return redirect(address, 303)


def _signer(row: Invitation | Registration) -> URLSafeSerializer:
    return URLSafeSerializer(str(app.secret_key), salt=f"{type(row).__name__} {row.key}")
