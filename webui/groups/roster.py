"""会員名簿: the group's own list of members, pasted and corrected by its members, and who of the city has read it."""

from flask import abort, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField

from models.rosters import (
    LABELS,
    Line,
    RosterEntry,
    change_entry,
    counts,
    entries,
    import_lines,
    looks,
    remove_entry,
)
from webui.access import current_actor, signed_in
from webui.admin.changing import Answer, done, page, refusals_at, said, sent
from webui.admin.group_form import YesNoField
from webui.database import db
from webui.forms import Form, LineField, ProseField, SelectChoice
from webui.forms.items import Marks
from webui.groups.home import own_group


class PasteForm(Form):
    lines = ProseField(
        _l("名簿"),
        [Marks(required=True)],
        description=_l(
            "1行に1人ずつ、氏名、住所または地区、役職、市内かどうか（在住・在勤・在学・市外）を、コンマで区切って入力します。役職と市内かどうかは、なくてもかまいません。表計算ソフトから貼り付けることもできます。"
        ),
        render_kw={"rows": 12, "autocomplete": "off"},
    )
    mode = RadioField(
        _l("今ある名簿"),
        [Marks(required=True)],
        choices=[SelectChoice("add", _l("残して、加える")), SelectChoice("replace", _l("消して、入れ替える"))],
        default="add",
        validate_choice=False,
    )


class EntryForm(Form):
    name = LineField(said(LABELS["name"]), [Marks(required=True)])
    address = LineField(said(LABELS["address"]), [Marks(required=True)])
    office = LineField(said(LABELS["office"]), [Marks()], description=_l("例：会長、会計"))
    in_city = YesNoField(_l("市内に住んでいる、または市内で働いている・学んでいる"))


@signed_in
def roster(group_id: int) -> str:
    """The list, its numbers, and who of the city has read it."""
    found = own_group(group_id)
    return render_template(
        "groups/roster.html",
        group=found,
        people=entries(db(), found),
        counts=counts(found),
        looks=looks(db(), found),
    )


@signed_in
def paste(group_id: int) -> Answer:
    """Take people from pasted lines: all of them, or none and a sentence for each line that cannot be read."""
    found = own_group(group_id)
    form = PasteForm()
    if sent(form):
        with refusals_at(form):
            number = import_lines(
                db(), current_actor(), found, form.lines.data or "", replace=form.mode.data == "replace"
            )
            return done(_("名簿を保存しました（%(n)s人）。", n=number), "groups.roster", group_id=found.id)
    return page("groups/import_roster.html", form, group=found, faults=form.lines.errors)


@signed_in
def edit(group_id: int, entry_id: int) -> Answer:
    """Correct one person."""
    found = own_group(group_id)
    entry = _entry(found.id, entry_id)
    form = EntryForm(obj=entry)
    if sent(form):
        line = Line(form.name.data or "", form.address.data or "", form.office.data or "", form.in_city.data)
        with refusals_at(form):
            change_entry(db(), current_actor(), found, entry, line)
            return done(_("変更を保存しました。"), "groups.roster", group_id=found.id)
    return page("groups/edit_roster.html", form, group=found, entry=entry)


@signed_in
def remove(group_id: int, entry_id: int) -> Response:
    """Take one person off the list."""
    found = own_group(group_id)
    remove_entry(db(), current_actor(), found, _entry(found.id, entry_id))
    return done(_("名簿から1人を消しました。"), "groups.roster", group_id=found.id)


def _entry(group_id: int, entry_id: int) -> RosterEntry:
    entry = db().get(RosterEntry, entry_id)
    if entry is None or entry.group_id != group_id:
        abort(404)
    return entry
