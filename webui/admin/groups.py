"""Groups: the list, one with its members and profile, adding, correcting, members, the representative."""

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField

from models import clock
from models.administration.groups import (
    add_group,
    add_member,
    change_group,
    end_membership,
    hand_over_group,
    members,
    representative,
)
from models.administration.listings import groups
from models.administration.persons import add_person, find_person
from models.administration.record import FIELDS, PERSON_NAME, record_of
from models.editions import kind_in_words
from models.groups.profile import ITEMS, resources_of, said_of
from models.people import Group, Membership, Person
from models.process.refusals import Missing, NotReady
from models.words import Word
from webui.access import administrator, current_actor
from webui.admin.changing import (
    Answer,
    done,
    in_words,
    language_field,
    line,
    load,
    page,
    refusals_at,
    said,
    sent,
    sent_over,
)
from webui.admin.group_form import FIELD_NAMES, GroupForm
from webui.auth.forms import EmailField
from webui.auth.reset import invite
from webui.database import db
from webui.forms import DayField, Form, SelectChoice
from webui.forms.items import Marks
from webui.paging import neighbours, place_asked
from webui.stages.performing import put_on


class NewGroupForm(GroupForm):
    representative_email = EmailField(
        _l("代表者のメールアドレス"),
        [Marks(required=True)],
        description=_l("登録のない人には、招待のメールを送ります。"),
    )
    representative_name = line(
        "name", Word("代表者の氏名", "Name of the representative"), hint=_l("登録のない人を招待するときに入力します。")
    )
    representative_language = language_field()


class MemberForm(Form):
    email = EmailField(
        said(FIELDS["email"]), [Marks(required=True)], description=_l("登録のない人には、招待のメールを送ります。")
    )
    name = line("name", PERSON_NAME, hint=_l("登録のない人を招待するときに入力します。"))
    language = language_field()


class EndForm(Form):
    day = DayField(_l("メンバーである最後の日"), [Marks(required=True)])


class RepresentativeForm(Form):
    person_id = RadioField(_l("新しい代表者"), [Marks(required=True)], validate_choice=False)
    day = DayField(_l("代表者になる日"), [Marks(required=True)], description=_l("今の代表者は、前日までになります。"))
    leaves = BooleanField(_l("今の代表者は、前日で団体を離れる"))


@administrator
def group_list() -> str:
    """One page of the groups found."""
    sought = request.args.get("q", "").strip()
    found = groups(db(), sought, clock.today(), place_asked())
    previous, following = neighbours(found)
    return render_template("admin/groups.html", sought=sought, lines=found.rows, previous=previous, following=following)


@administrator
def group(group_id: int) -> str:
    """One group: its members now and before, its profile, and what was changed."""
    found: Group = load(Group, group_id)
    today = clock.today()
    now = members(db(), found, today)
    others = [row for row in found.memberships if row not in now]
    return render_template(
        "admin/group.html",
        group=found,
        kind=kind_in_words(db(), found.kind),
        members=now,
        planned=[row for row in others if row.since > today],
        past=[row for row in others if row.since <= today],
        profile=[(FIELDS[name], said_of(found, name)) for name in ITEMS],
        resources=resources_of(found),
        changes=in_words(record_of(db(), found)),
    )


@administrator
def new_group() -> Answer:
    """Add a group with its representative, who is invited when unknown."""
    form = NewGroupForm(kind="civic")
    if sent(form):
        with refusals_at(form):
            known = find_person(db(), form.representative_email.data or "")
            leader = known or _new_person(form, "representative_")
            if leader is not None:
                added = add_group(db(), current_actor(), leader, **form.typed())
                if known is None:
                    invite(leader)
                return done(_("団体を登録しました。"), "admin.group", group_id=added.id)
    return page("admin/new_group.html", form)


@administrator
def edit_group(group_id: int) -> Answer:
    """Correct a group's name, kind and profile."""
    found: Group = load(Group, group_id)
    form = GroupForm(obj=found)
    if sent_over(form, found, FIELD_NAMES):
        with refusals_at(form):
            change_group(db(), current_actor(), found, **form.typed())
            return done(_("変更を保存しました。"), "admin.group", group_id=found.id)
    return page("admin/edit_group.html", form, group=found)


@administrator
def new_member(group_id: int) -> Answer:
    """Let somebody belong to the group from today on, invited when unknown."""
    found: Group = load(Group, group_id)
    form = MemberForm()
    if sent(form):
        with refusals_at(form):
            known = find_person(db(), form.email.data or "")
            newcomer = known or _new_person(form, "")
            if newcomer is not None:
                add_member(db(), current_actor(), found, newcomer)
                if known is None:
                    invite(newcomer)
                    return done(_("メンバーに加え、招待のメールを送りました。"), "admin.group", group_id=found.id)
                return done(_("登録されている人をメンバーに加えました。"), "admin.group", group_id=found.id)
    return page("admin/new_member.html", form, group=found)


@administrator
def end_member(group_id: int, membership_id: int) -> Answer:
    """Let a membership end with a day."""
    found: Membership = load(Membership, membership_id)
    if found.group_id != group_id:
        abort(404)
    form = EndForm(day=clock.today())
    if sent(form):
        with refusals_at(form):
            end_membership(db(), current_actor(), found, day=form.day.data)
            return done(_("メンバーの終わりを登録しました。"), "admin.group", group_id=group_id)
    return page("admin/end_member.html", form, group=found.group, person=found.person)


@administrator
def hand_over(group_id: int) -> Answer:
    """Hand the group over to another representative from a day on."""
    found: Group = load(Group, group_id)
    form = RepresentativeForm(day=clock.today())
    now = representative(db(), found)
    form.person_id.choices = [
        SelectChoice(str(row.person_id), row.person.name)
        for row in members(db(), found, clock.today())
        if row.person_id != now.person_id
    ]
    if sent(form):
        chosen = form.person_id.data or ""
        person_id = int(chosen) if chosen.isdigit() and len(chosen) < 10 else None
        with refusals_at(form):
            hand_over_group(
                db(), current_actor(), found, person_id=person_id, day=form.day.data, leaves=form.leaves.data
            )
            return done(_("代表者の引継ぎを登録しました。"), "admin.group", group_id=found.id)
    return page("admin/hand_over_group.html", form, group=found, now=now)


def _new_person(form: Form, prefix: str) -> Person | None:
    """Who was not known yet; None when that cannot be, and the form says why."""
    try:
        return add_person(
            db(), current_actor(),
            name=form[f"{prefix}name"].data or "",
            email=form[f"{prefix}email"].data or "",
            language=form[f"{prefix}language"].data or "",
        )  # fmt: skip
    except NotReady as refused:
        put_on(form, [Missing(prefix + gap.field, gap.sentence) for gap in refused.missing])
        return None
