"""Signing in and out, and coming back to what one was doing."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from models.database import reading
from models.passwords import password_fits
from models.people import Person
from webui.access import begin_session, end_session, public, reader, safe_next
from webui.auth import throttle
from webui.auth.forms import SignInForm
from webui.database import db
from webui.navigation import start_page
from webui.resend import opened, sealed, typed, wants_json

Page = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


@public
def sign_in() -> Page:
    """Ask for e-mail and password; a failed attempt is counted, so it answers 200 and commits."""
    form = SignInForm()
    if request.method == "GET":
        form.next.data = safe_next(request.args.get("next"))
        return _page(form)
    if not form.validate():
        return _page(form), 422
    email, address = form.email.data or "", request.remote_addr or ""
    with reading() as session:  # argon2 takes its time: no write lock is held meanwhile
        if throttle.must_wait(session, email, address):
            form.form_errors.append(
                _("続けて失敗したため、しばらくログインできません。15分ほど待つか、パスワードを設定し直してください。")
            )
            return _page(form), 429, {"Retry-After": str(int(throttle.WINDOW.total_seconds()))}
        found = session.scalar(select(Person).where(Person.email == email))
        fits = password_fits(found, form.password.data or "")
    if found is None or not fits:
        throttle.remember(db(), email, address)
        form.form_errors.append(_("メールアドレスかパスワードが違います。もう一度入力してください。"))
        return _page(form)
    throttle.forget(db(), email)
    begin_session(found)
    kept = opened(form.kept.data)
    if kept is not None:
        return render_template("auth/continue.html", typed=kept)
    return redirect(safe_next(form.next.data) or start_page())


@public
def sign_out() -> Response:
    """End the session here, and have the browser forget what it kept of it."""
    end_session()
    flash(_("ログアウトしました。"))
    answer = redirect(url_for("public.home"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def interrupted(error: Unauthorized) -> tuple[str | Response, int]:
    """A form sent after the session had ended: sign in, and go on with what was typed."""
    if wants_json():
        return jsonify(problem="signed-out"), 401
    kept = typed()
    form = SignInForm(formdata=None, kept=sealed(kept) if kept else "")
    return render_template("auth/sign_in.html", form=form, interrupted=kept is not None), 401


def _page(form: SignInForm) -> str:
    return render_template("auth/sign_in.html", form=form, interrupted=bool(form.kept.data), who=reader())
