"""A group comes in: anybody applies, the mail's link makes account and group, the program office looks at it (A11)."""

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField

from models.administration.checks import LENGTHS
from models.administration.persons import find_person
from models.administration.record import FIELDS
from models.editions import kind_in_words, partner_types
from models.groups.registration import Registration, ask, complete, register
from models.words import Word
from notifications import groups as mails
from webui.access import current_person, here, public, reader
from webui.admin.changing import Answer, done, line, page, refusals_at, said, sent
from webui.admin.group_form import kinds
from webui.auth import throttle
from webui.auth.forms import EmailField
from webui.database import db
from webui.forms import Form, ProseField
from webui.forms.items import Marks
from webui.groups.links import address_of, enter, must_sign_in, opened, over
from webui.language import reader_language

GROUP_NAME = Word("団体の名称", "Name of the group")


class RegistrationForm(Form):
    group_name = line("name", GROUP_NAME, required=True)
    kind = RadioField(said(FIELDS["kind"]), [Marks(required=True)], choices=kinds, validate_choice=False)
    purpose = ProseField(
        said(FIELDS["purpose"]), [Marks(required=True, maxlength=LENGTHS["purpose"])], render_kw={"rows": 4}
    )
    name = line("name", Word("連絡する人の氏名", "Name of the contact person"), required=True)
    email = EmailField(
        said(FIELDS["email"]), [Marks(required=True)], description=_l("ここに、登録を続けるためのメールを送ります。")
    )


class GoOnForm(Form):
    group_name = line("name", GROUP_NAME, required=True)


@public
def new() -> Answer:
    """Apply. The answer is the same whether the e-mail is known or not; whoever is signed in registers at once."""
    form = RegistrationForm()
    signed_in = reader() is not None
    if signed_in:
        del form.name, form.email
    if sent(form):
        with refusals_at(form):
            return _register(form) if signed_in else _apply(form)
    language = reader_language()
    hints = {choice.key: choice.hint.in_(language) for choice in partner_types(db()) if choice.hint.ja}
    return page("groups/new.html", form, hints=hints)


@public
def go_on(token: str) -> Answer:
    """What the mail leads to: look once more, and the group is there."""
    found: Registration | None = opened(Registration, token)
    if found is None:
        return over()
    person = find_person(db(), found.email)
    form = GoOnForm(data={"group_name": found.group_name})
    shown = {"registration": found, "kind": kind_in_words(db(), found.kind), "here": here()}
    if must_sign_in(person):
        return render_template("groups/registration.html", form=form, asks_account=True, **shown)
    if sent(form):
        with refusals_at(form):
            group, leader = complete(db(), found, group_name=form.group_name.data or "")
            return enter(leader, url_for("groups.home", group_id=group.id))
    return page("groups/registration.html", form, asks_account=False, **shown)


def _register(form: RegistrationForm) -> Response:
    group = register(db(), current_person(), **_typed(form))
    return done(_("団体の登録を申し込みました。市民協働課が確認します。"), "groups.home", group_id=group.id)


def _apply(form: RegistrationForm) -> str:
    email, address = form.email.data or "", request.remote_addr or ""
    counted = throttle.for_mail(email)
    too_many = throttle.must_wait(db(), counted, address, limit=throttle.MAILS_PER_EMAIL)
    if not too_many:
        applied = ask(db(), **_typed(form), name=form.name.data or "", email=email, language=reader_language())
        person = find_person(db(), email)
        if person is None or person.active:
            mails.send_registration(db(), applied, person, address_of(applied))
    throttle.remember(db(), counted, address)
    return render_template("groups/applied.html", email=email)


def _typed(form: RegistrationForm) -> dict[str, str]:
    return {
        "group_name": form.group_name.data or "",
        "kind": form.kind.data or "",
        "purpose": form.purpose.data or "",
    }
