"""Asking for the password again where it matters, slowed down for whoever guesses."""

from flask import request
from flask_babel import gettext as _
from wtforms import Field

from models.passwords import password_fits
from models.people import Person
from webui.auth import throttle
from webui.database import db


def proved(person: Person, field: Field) -> int:
    """0 when the field holds the person's own password; else the status of the page, with the reason at the field.

    A wrong one answers 200, so that the attempt is counted: attempts are counted apart from failed sign-ins.
    """
    email, address = throttle.for_proof(person.email), request.remote_addr or ""
    if throttle.must_wait(db(), email, address):
        field.errors = [_("続けて間違えたため、しばらく受け付けられません。15分ほど待って、もう一度お試しください。")]
        return 429
    if not password_fits(person, field.data or ""):
        throttle.remember(db(), email, address)
        field.errors = [_("パスワードが違います。もう一度入力してください。")]
        return 200
    throttle.forget(db(), email)
    return 0
