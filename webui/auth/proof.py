"""Whose password it is: at the door, and again where it matters; slowed down for whoever guesses."""

from flask import request
from flask_babel import gettext as _
from sqlalchemy import select
from wtforms import Field

from models.passwords import password_fits
from models.people import Person
from webui.auth import throttle
from webui.database import aside, db


class TooManyAttempts(Exception):
    """Somebody has guessed too often; even the right password is not taken for a while."""


def owner(email: str, password: str, *, counted_as: str) -> Person | None:
    """Whose e-mail and password these are; None, and counted, when they are nobody's. Raises TooManyAttempts.

    The check is slow on purpose and so done aside; it counts only while the password is still the one it was done for.
    """
    address = request.remote_addr or ""
    with aside() as session:
        stopped = throttle.must_wait(session, counted_as, address)
        known = session.scalar(select(Person).where(Person.email == email))
        fits = not stopped and password_fits(known, password)
    if stopped or throttle.must_wait(db(), counted_as, address):
        raise TooManyAttempts
    found = db().scalar(select(Person).where(Person.email == email, Person.active))
    if known is None or found is None or not fits or found.password_hash != known.password_hash:
        throttle.remember(db(), counted_as, address)
        return None
    throttle.forget(db(), counted_as)
    return found


def proved(person: Person, field: Field) -> int:
    """0 when the field holds the person's own password; else the status of the page, with the reason at the field.

    A wrong one answers 200, so that the attempt is counted: attempts are counted apart from failed sign-ins.
    To be asked before anything is written.
    """
    email = person.email
    try:
        if owner(email, field.data or "", counted_as=throttle.for_proof(email)) is not None:
            return 0
    except TooManyAttempts:
        field.errors = [_("続けて間違えたため、しばらく受け付けられません。15分ほど待って、もう一度お試しください。")]
        return 429
    field.errors = [_("パスワードが違います。もう一度入力してください。")]
    return 200
