"""One's own account: name, telephone, language, password."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.passwords import hashed, set_password
from webui.access import begin_session, current_person, reader, signed_in
from webui.auth.forms import AccountForm, ChangePasswordForm
from webui.auth.proof import proved
from webui.database import aside, db
from webui.language import COOKIE


@signed_in
def account() -> str | Response | tuple[str, int]:
    """Show and change what the house knows of oneself. Whoever signs for the city does not choose the name to sign."""
    person, who = current_person(), reader()
    form = AccountForm(obj=person)
    if who is not None and who.is_staff:
        del form.name
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
    if not form.validate():
        return render_template("auth/change_password.html", form=form), 422
    with aside():
        password_hash = hashed(form.password.data or "")
    if status := proved(person, form.password_now):
        return render_template("auth/change_password.html", form=form), status
    set_password(person, password_hash)
    db().flush()
    begin_session(person)
    flash(_("パスワードを変更しました。ほかの端末ではログアウトしています。"))
    return redirect(url_for("auth.account"))
