"""People: the list with its search, one person, inviting, correcting, stopping and opening again.

What is searched for stays in the session, never in an address: names and e-mails are personal data.
"""

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from models import clock
from models.administration.listings import memberships_of, people, tenures_of
from models.administration.persons import (
    add_person,
    change_email,
    change_person,
    deactivate,
    left_behind,
    note_invitation,
    reactivate,
)
from models.administration.record import FIELDS, PERSON_NAME, record_of
from models.keywords import LONGEST
from models.people import Person
from models.process.labels import DUTIES
from models.process.refusals import NotReady
from webui.access import administrator, begin_session, current_actor, reader
from webui.admin.changing import (
    Answer,
    EditForm,
    done,
    in_words,
    language_field,
    line,
    load,
    page,
    refusals_at,
    refused,
    said,
    sent,
    sent_over,
)
from webui.auth.forms import EmailField
from webui.auth.reset import invite
from webui.database import db
from webui.forms import Form
from webui.forms.items import Marks
from webui.paging import neighbours, place_asked

SOUGHT = "people_sought"
FIELD_NAMES = ("name", "phone", "language")


class EmailForm(EditForm):
    email = EmailField(
        said(FIELDS["email"]), [Marks(required=True)], description=_l("ログインに使います。例：hanako@example.jp")
    )


class PersonForm(EditForm):
    name = line("name", PERSON_NAME, required=True)
    phone = line("phone", hint=_l("例：000-000-0000"))
    language = language_field()


class InviteForm(Form):
    name = line("name", PERSON_NAME, required=True)
    email = EmailField(
        said(FIELDS["email"]),
        [Marks(required=True)],
        description=_l("ログインに使います。ここに招待のメールを送ります。"),
    )
    language = language_field()


class DeactivateForm(Form):
    """Asks only whether it is meant."""


@administrator
def people_list() -> str:
    """One page of the people found."""
    sought = str(session.get(SOUGHT, ""))
    found = people(db(), sought, clock.today(), place_asked())
    previous, following = neighbours(found)
    return render_template("admin/people.html", sought=sought, lines=found.rows, previous=previous, following=following)


@administrator
def search() -> Response:
    """Remember what is searched for, and show what is found."""
    session[SOUGHT] = request.form.get("q", "").strip()[:LONGEST]
    return redirect(url_for("admin.people"), 303)


@administrator
def person(person_id: int) -> str:
    """One person: posts and groups, now and before, and what was changed."""
    found: Person = load(Person, person_id)
    return render_template(
        "admin/person.html",
        person=found,
        is_me=(me := reader()) is not None and me.id == found.id,
        tenures=tenures_of(db(), found),
        memberships=memberships_of(db(), found),
        changes=in_words(record_of(db(), found)),
    )


@administrator
def invite_person() -> Answer:
    """Add somebody and send the link to set the first password."""
    form = InviteForm()
    if sent(form):
        with refusals_at(form):
            added = add_person(
                db(), current_actor(),
                name=form.name.data or "", email=form.email.data or "", language=form.language.data or "",
            )  # fmt: skip
            invite(added)
            return done(_("招待のメールを送りました。リンクは14日間有効です。"), "admin.person", person_id=added.id)
    return page("admin/invite.html", form)


@administrator
def invite_again(person_id: int) -> Answer:
    """Send the invitation once more."""
    found: Person = load(Person, person_id)
    try:
        note_invitation(db(), current_actor(), found)
    except NotReady as error:
        return refused(error, "admin.person", person_id=person_id)
    invite(found)
    return done(_("招待のメールをもう一度送りました。リンクは14日間有効です。"), "admin.person", person_id=found.id)


@administrator
def edit_person(person_id: int) -> Answer:
    """Correct a person's name, telephone or language."""
    found: Person = load(Person, person_id)
    form = PersonForm(obj=found)
    if sent_over(form, found, FIELD_NAMES):
        with refusals_at(form):
            change_person(
                db(), current_actor(), found,
                name=form.name.data or "", phone=form.phone.data or "", language=form.language.data or "",
            )  # fmt: skip
            return done(_("変更を保存しました。"), "admin.person", person_id=found.id)
    return page("admin/edit_person.html", form, person=found)


@administrator
def edit_email(person_id: int) -> Answer:
    """Give a person another e-mail to sign in with."""
    found: Person = load(Person, person_id)
    form = EmailForm(obj=found)
    if sent_over(form, found, ("email",)):
        with refusals_at(form):
            changed = change_email(db(), current_actor(), found, email=form.email.data or "")
            if changed and not found.password_hash and found.active:
                invite(found)
            me = reader()
            if changed and me is not None and me.id == found.id:
                begin_session(found)
            return done(_("メールアドレスを変更しました。"), "admin.person", person_id=found.id)
    return page("admin/edit_email.html", form, person=found)


@administrator
def stop(person_id: int) -> Answer:
    """Stop an account, after saying which duties nobody else could do."""
    found: Person = load(Person, person_id)
    form = DeactivateForm()
    if sent(form):
        with refusals_at(form):
            deactivate(db(), current_actor(), found)
            return done(_("利用を停止しました。"), "admin.person", person_id=found.id)
    left = [(duty.proposal, DUTIES[duty.key]) for duty in left_behind(db(), found)]
    return page("admin/deactivate.html", form, person=found, left=left, tenures=_held(found))


@administrator
def open_again(person_id: int) -> Response:
    """Open a stopped account again."""
    found: Person = load(Person, person_id)
    reactivate(db(), current_actor(), found)
    return done(_("利用を再開しました。"), "admin.person", person_id=found.id)


def _held(found: Person) -> list[str]:
    today = clock.today()
    return [t.post.name for t in tenures_of(db(), found) if t.since <= today and (t.until is None or t.until >= today)]
