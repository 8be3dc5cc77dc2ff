"""Signing in and out, and coming back to what one was doing."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from webui.access import begin_session, end_session, public, reader, safe_next
from webui.auth import throttle
from webui.auth.forms import SignInForm
from webui.auth.proof import TooManyAttempts, owner
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
    email = form.email.data or ""
    try:
        found = owner(email, form.password.data or "", counted_as=email)
    except TooManyAttempts:
        form.form_errors.append(
            _("続けて失敗したため、しばらくログインできません。15分ほど待つか、パスワードを設定し直してください。")
        )
        return _page(form), 429, {"Retry-After": str(int(throttle.WINDOW.total_seconds()))}
    if found is None:
        form.form_errors.append(_("メールアドレスかパスワードが違います。もう一度入力してください。"))
        return _page(form)
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
