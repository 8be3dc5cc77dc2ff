"""One's own account: name, telephone, language, password."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.passwords import password_fits, set_password
from webui.access import begin_session, current_person, signed_in
from webui.auth.forms import AccountForm, ChangePasswordForm
from webui.database import db
from webui.language import COOKIE


@signed_in
def account() -> str | Response | tuple[str, int]:
    """Show and change what the house knows of oneself."""
    person = current_person()
    form = AccountForm(obj=person)
    if request.method == "GET":
        return render_template("auth/account.html", form=form, person=person)
    if not form.validate():
        return render_template("auth/account.html", form=form, person=person), 422
    form.populate_obj(person)
    db().flush()
    with force_locale(person.language):
        flash(_("変更を保存しました。"))
    answer = redirect(url_for("auth.account"))
    answer.delete_cookie(COOKIE)  # the language chosen here holds from now on
    return answer


@signed_in
def change_password() -> str | Response | tuple[str, int]:
    """Change the password; every other session of the person ends."""
    person = current_person()
    form = ChangePasswordForm()
    if request.method == "GET":
        return render_template("auth/change_password.html", form=form)
    if form.validate() and not password_fits(person, form.password_now.data or ""):
        form.password_now.errors = [_("今のパスワードが違います")]
    if form.errors:
        return render_template("auth/change_password.html", form=form), 422
    set_password(person, form.password.data or "")
    db().flush()
    begin_session(person)
    flash(_("パスワードを変更しました。ほかの端末ではログアウトしています。"))
    return redirect(url_for("auth.account"))
