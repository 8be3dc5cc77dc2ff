"""A new password by mail: for whoever has forgotten it, and for whoever is invited and has none yet."""

from flask import current_app as app
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.wrappers import Response

from models.passwords import hashed, set_password
from models.people import Person
from models.settings import settings
from notifications import accounts
from webui.access import begin_session, public
from webui.auth import throttle
from webui.auth.forms import ForgottenForm, NewPasswordForm
from webui.database import aside, db
from webui.navigation import start_page

SECONDS = {"reset": 60 * 60, "invitation": 14 * 24 * 60 * 60}
"""How long a link lives, by what it was sent for."""


@public
def forgotten() -> str | tuple[str, int]:
    """Ask for the e-mail; the answer is the same whether anybody has it or not."""
    form = ForgottenForm()
    if request.method == "GET":
        return render_template("auth/forgotten.html", form=form)
    if not form.validate():
        return render_template("auth/forgotten.html", form=form), 422
    email, address = throttle.for_mail(form.email.data or ""), request.remote_addr or ""
    too_many = throttle.must_wait(db(), email, address, limit=throttle.MAILS_PER_EMAIL)
    throttle.remember(db(), email, address)  # known or not: both write, both take the same time
    person = db().scalar(select(Person).where(Person.email == form.email.data, Person.active))
    if person is not None and not too_many:
        accounts.send_reset(db(), person, link(person, "reset"))
    return render_template("auth/forgotten_sent.html", email=form.email.data)


@public
def new_password(token: str) -> str | Response | tuple[str, int]:
    """Set the password that a link allows to set, once."""
    person = _holder(token)
    if person is None:
        return render_template("auth/link_over.html"), 404
    form = NewPasswordForm()
    if request.method == "GET":
        return render_template("auth/new_password.html", form=form, person=person)
    if not form.validate():
        return render_template("auth/new_password.html", form=form, person=person), 422
    with aside():
        password_hash = hashed(form.password.data or "")
    person = _holder(token)
    if person is None:
        return render_template("auth/link_over.html"), 404
    set_password(person, password_hash)
    throttle.forget(db(), person.email)
    db().flush()
    begin_session(person)
    flash(_("新しいパスワードを設定し、ログインしました。"))
    return redirect(start_page())


def invite(person: Person) -> None:
    """Send somebody who has no password yet the link to set the first one. Valid for fourteen days."""
    accounts.send_invitation(db(), person, link(person, "invitation"))


def link(person: Person, purpose: str) -> str:
    """The address of the page where this person sets a password; dead once the password has changed."""
    token = f"{person.id}-{purpose}-{_signer(person, purpose).dumps(None)}"
    return settings().base_url + url_for("auth.new_password", token=token)


def _holder(token: str) -> Person | None:
    """Whom a link is for. Nothing in it is unpacked before its signature holds with the person's own key."""
    number, purpose, signed = (*token.split("-", 2), "", "")[:3]
    if not (number.isascii() and number.isdigit() and len(number) < 10 and purpose in SECONDS):
        return None
    person = db().get(Person, int(number))
    if person is None or not person.active:
        return None
    try:
        _signer(person, purpose).loads(signed, max_age=SECONDS[purpose])
    except BadSignature:
        return None
    return person


def _signer(person: Person, purpose: str) -> URLSafeTimedSerializer:
    """Signs with the session key as salt: when the password changes, every link sent before is over."""
    return URLSafeTimedSerializer(str(app.secret_key), salt=f"new-password {purpose} {person.session_key}")
