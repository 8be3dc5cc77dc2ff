"""The page on which a group's members look after it: profile, what of it is public, members, history (A10, A14)."""

from flask import abort, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models import clock
from models.administration.groups import members
from models.administration.record import FIELDS, record_of
from models.editions import kind_in_words
from models.groups.invitations import invitations
from models.groups.membership import is_member, represents
from models.groups.profile import ITEMS, change_profile, disclose, public_profile, resources_of, said_of
from models.groups.succession import handover_of
from models.people import Group
from models.rosters import counts
from webui.access import current_actor, signed_in
from webui.admin.changing import Answer, EditForm, done, in_words, page, refusals_at, said, sent, sent_over
from webui.admin.group_form import FIELD_NAMES, GroupForm
from webui.database import db
from webui.forms import ChecksField, SelectChoice
from webui.forms.items import Marks


class DisclosureForm(EditForm):
    disclosed = ChecksField(
        _l("だれでも読めるようにする項目"),
        [Marks()],
        choices=[SelectChoice(name, said(FIELDS[name])) for name in ITEMS],
        description=_l(
            "団体の名称と種類、持ち寄れる資源は、いつも公開します。メンバーの氏名と個人の連絡先は、公開されることはありません。"
        ),
        validate_choice=False,
    )


def own_group(group_id: int) -> Group:
    """The reader's own group, or the page that says there is none."""
    found = db().get(Group, group_id)
    if found is None or not is_member(current_actor(), found):
        abort(404)
    return found


@signed_in
def home(group_id: int) -> str:
    """Everything the members know of their group."""
    found, actor, today = own_group(group_id), current_actor(), clock.today()
    now = members(db(), found, today)
    others = [row for row in found.memberships if row not in now]
    public = {item for _label, item, _said in public_profile(db(), found)}
    handover = handover_of(db(), found)
    leads = represents(actor, found)
    return render_template(
        "groups/home.html",
        group=found,
        kind=kind_in_words(db(), found.kind),
        leads=leads,
        me=actor.person_id,
        members=now,
        planned=[row for row in others if row.since > today],
        past=[row for row in others if row.since <= today],
        invitations=invitations(db(), found) if leads else [],
        handover=handover,
        asked=handover is not None and handover.successor_id == actor.person_id,
        profile=[(FIELDS[item], said_of(found, item), item in public) for item in ITEMS],
        resources=resources_of(found),
        roster=counts(found),
        changes=in_words(record_of(db(), found)),
    )


@signed_in
def edit(group_id: int) -> Answer:
    """Correct what the group says of itself; any member may, and it is written down who did."""
    found = own_group(group_id)
    form = GroupForm(obj=found)
    if sent_over(form, found, FIELD_NAMES):
        with refusals_at(form):
            change_profile(db(), current_actor(), found, **form.typed())
            return done(_("変更を保存しました。"), "groups.home", group_id=found.id)
    return page("groups/edit.html", form, group=found)


@signed_in
def disclosure(group_id: int) -> Answer:
    """Choose what everybody may read."""
    found = own_group(group_id)
    form = DisclosureForm(obj=found)
    if sent(form):
        with refusals_at(form):
            disclose(db(), current_actor(), found, form.disclosed.data or [])
            return done(_("公開する項目を変更しました。"), "groups.home", group_id=found.id)
    hints = {item: _("まだ記入していません") for item in ITEMS if said_of(found, item) is None}
    return page("groups/disclosure.html", form, group=found, hints=hints)
