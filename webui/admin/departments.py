"""Departments and sections: the list, one with its posts, adding, correcting, closing."""

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import BooleanField, SelectField

from models import clock
from models.administration.departments import (
    add_department,
    change_department,
    close_department,
    in_the_way,
    reopen_department,
)
from models.administration.record import FIELDS, record_of
from models.administration.staffing import Staffed, staffing
from models.people import Department, Seat
from models.process.refusals import NotReady
from webui.access import administrator, current_actor
from webui.admin.changing import (
    Answer,
    EditForm,
    done,
    in_words,
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
from webui.database import db
from webui.forms import DayField, Form, SelectChoice
from webui.forms.items import Marks

FIELD_NAMES = ("name", "name_en", "phone", "fax", "email", "leads")


class DepartmentForm(EditForm):
    name = line("name", required=True)
    name_en = line("name_en", hint=_l("英語の画面で使います。"))
    phone = line("phone", hint=_l("例：000-000-0000。案件のページで、団体への連絡先として示します。"))
    fax = line("fax")
    email = EmailField(said(FIELDS["email"]), [Marks()])
    leads = BooleanField(
        _l("この部の主管課"),
        description=_l("主管課の課長は、部内の調整をする協働調整員になります。"),
        validators=[Marks()],
    )


class NewDepartmentForm(DepartmentForm):
    parent_id = SelectField(
        _l("置く部"),
        [Marks()],
        description=_l("部そのものを作るときは「（部として作る）」を選びます。"),
        validate_choice=False,
    )


class CloseForm(Form):
    day = DayField(
        _l("廃止する日"),
        [Marks(required=True)],
        description=_l("この日から無くなります。在任は前日までにしておきます。"),
    )


@administrator
def departments() -> str:
    """Every department with its sections, who heads it and what is vacant."""
    everything = list(db().scalars(select(Department).order_by(Department.id)))
    posts: dict[int, list[Staffed]] = {}
    for staffed in staffing(db(), clock.today()):
        posts.setdefault(staffed.post.department_id, []).append(staffed)
    tops = [department for department in everything if department.parent_id is None]
    ordered = [
        department
        for top in tops
        for department in (top, *(section for section in everything if section.parent_id == top.id))
    ]
    rows = [(department, _head(posts.get(department.id, [])), posts.get(department.id, [])) for department in ordered]
    return render_template(
        "admin/departments.html",
        rows=[row for row in rows if not _is_closed(row[0])],
        closed=[department for department in ordered if _is_closed(department)],
    )


@administrator
def department(department_id: int) -> str:
    """One department: its addresses, posts and sections, and what was changed."""
    found: Department = load(Department, department_id)
    sections = db().scalars(select(Department).where(Department.parent_id == found.id).order_by(Department.id)).all()
    return render_template(
        "admin/department.html",
        department=found,
        is_closed=_is_closed(found),
        posts=staffing(db(), clock.today(), [found.id]),
        sections=sections,
        changes=in_words(record_of(db(), found)),
    )


@administrator
def new_department() -> Answer:
    """Add a department, or a section to one."""
    form = NewDepartmentForm(parent_id=request.args.get("parent", ""))
    form.parent_id.choices = [SelectChoice("", _("（部として作る）")), *_parents()]
    if sent(form):
        text = form.parent_id.data or ""
        parent_id = None if not text else int(text) if text.isdigit() and len(text) < 10 else 0
        with refusals_at(form):
            added = add_department(
                db(), current_actor(), name=form.name.data or "", name_en=form.name_en.data or "",
                phone=form.phone.data or "", fax=form.fax.data or "", email=form.email.data or "",
                leads=form.leads.data, parent_id=parent_id,
            )  # fmt: skip
            return done(
                _("部署を登録しました。次に、役職を置いてください。"), "admin.department", department_id=added.id
            )
    return page("admin/new_department.html", form)


@administrator
def edit_department(department_id: int) -> Answer:
    """Correct a department's names and addresses."""
    found: Department = load(Department, department_id)
    form = DepartmentForm(obj=found)
    if sent_over(form, found, FIELD_NAMES):
        with refusals_at(form):
            change_department(
                db(), current_actor(), found, name=form.name.data or "", name_en=form.name_en.data or "",
                phone=form.phone.data or "", fax=form.fax.data or "", email=form.email.data or "",
                leads=form.leads.data,
            )  # fmt: skip
            return done(_("変更を保存しました。"), "admin.department", department_id=found.id)
    return page("admin/edit_department.html", form, department=found)


@administrator
def close(department_id: int) -> Answer:
    """Close a department from a day on; what is in the way is named before anything is typed."""
    found: Department = load(Department, department_id)
    if found.closed_on is not None and request.method == "GET":
        abort(404)
    form = CloseForm()
    hindrances = in_the_way(db(), found, clock.today()) if request.method == "GET" else []
    if sent(form):
        with refusals_at(form):
            close_department(db(), current_actor(), found, form.day.data)
            return done(_("廃止を登録しました。"), "admin.department", department_id=found.id)
    return page("admin/close_department.html", form, department=found, hindrances=hindrances)


@administrator
def reopen(department_id: int) -> Answer:
    """Take a closing back."""
    found: Department = load(Department, department_id)
    try:
        reopen_department(db(), current_actor(), found)
    except NotReady as error:
        return refused(error, "admin.department", department_id=department_id)
    return done(_("廃止を取り消しました。"), "admin.department", department_id=found.id)


def _is_closed(department: Department) -> bool:
    return department.closed_on is not None and department.closed_on <= clock.today()


def _head(posts: list[Staffed]) -> Staffed | None:
    return next((s for s in posts if s.post.seat in (Seat.SECTION_HEAD, Seat.DEPARTMENT_HEAD)), None)


def _parents() -> list[SelectChoice]:
    query = select(Department).where(Department.parent_id.is_(None), Department.closed_on.is_(None))
    return [SelectChoice(str(parent.id), parent.name) for parent in db().scalars(query.order_by(Department.id))]
