"""Posts: one with who holds it and who did before, adding, renaming, handing over."""

from flask import abort, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from models import clock
from models.administration.listings import colleagues
from models.administration.persons import find_person
from models.administration.posts import add_post, change_post, hand_over, last_tenure, take_back, vacate
from models.administration.record import FIELDS, record_of
from models.administration.staffing import SEAT_HINTS, SEATS, Staffed, lasts, staffing
from models.people import Department, Post, Seat
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
from webui.language import reader_language

FIELD_NAMES = ("name", "name_en")


class PostForm(EditForm):
    name = line("name", required=True, hint=_l("例：福祉政策課長、福祉政策課 主事（相談担当）"))
    name_en = line("name_en", hint=_l("英語の画面で使います。"))


class NewPostForm(PostForm):
    seat = RadioField(
        _l("役割"),
        [Marks(required=True)],
        choices=[SelectChoice(seat.value, said(word)) for seat, word in SEATS.items()],
        description=_l("役割によって、できることと受信箱に届く仕事が決まります。あとから変えられません。"),
        validate_choice=False,
    )


class HandOverForm(Form):
    email = EmailField(
        said(FIELDS["email"]),
        [Marks(required=True)],
        description=_l("新しく就く人のメールアドレス。登録のない人は、先に招待します。"),
    )
    day = DayField(_l("着任日"), [Marks(required=True)], description=_l("前任者の在任は、前日までになります。"))


class VacateForm(Form):
    day = DayField(_l("在任の最後の日"), [Marks(required=True)], description=_l("この日の翌日から空席になります。"))


@administrator
def post(post_id: int) -> str:
    """One post: who holds it, who will, who did, and what was changed."""
    found: Post = load(Post, post_id)
    latest = last_tenure(db(), found)
    return render_template(
        "admin/post.html",
        post=found,
        seat=SEATS[found.seat],
        staffed=_staffed(found),
        tenures=list(reversed(found.tenures)),
        can_take_back=latest is not None and latest.since >= clock.today(),
        can_end=latest is not None and lasts(latest, clock.today()),
        changes=in_words(record_of(db(), found)),
    )


@administrator
def new_post(department_id: int) -> Answer:
    """Add a post to a department."""
    department: Department = load(Department, department_id)
    form = NewPostForm()
    if sent(form):
        seat = Seat(form.seat.data) if form.seat.data in list(Seat) else None
        with refusals_at(form):
            added = add_post(
                db(), current_actor(), department,
                seat=seat, name=form.name.data or "", name_en=form.name_en.data or "",
            )  # fmt: skip
            return done(_("役職を登録しました。次に、就く人を決めてください。"), "admin.hand_over", post_id=added.id)
    hints = {seat.value: word.in_(reader_language()) for seat, word in SEAT_HINTS.items()}
    return page("admin/new_post.html", form, department=department, hints=hints)


@administrator
def edit_post(post_id: int) -> Answer:
    """Rename a post."""
    found: Post = load(Post, post_id)
    form = PostForm(obj=found)
    if sent_over(form, found, FIELD_NAMES):
        with refusals_at(form):
            change_post(db(), current_actor(), found, name=form.name.data or "", name_en=form.name_en.data or "")
            return done(_("変更を保存しました。"), "admin.post", post_id=found.id)
    return page("admin/edit_post.html", form, post=found)


@administrator
def give(post_id: int) -> Answer:
    """Hand a post over to somebody from a day on."""
    found: Post = load(Post, post_id)
    form = HandOverForm(day=clock.today())
    if sent(form):
        with refusals_at(form):
            person = find_person(db(), form.email.data or "")
            hand_over(db(), current_actor(), found, person=person, day=form.day.data)
            return done(
                _("後任を登録しました。残っている仕事は、着任日に後任へ移ります。"), "admin.post", post_id=found.id
            )
    people = colleagues(db(), clock.today())
    return page("admin/hand_over.html", form, post=found, staffed=_staffed(found), people=people)


@administrator
def leave_vacant(post_id: int) -> Answer:
    """Let the holder's tenure end with nobody to follow yet."""
    found: Post = load(Post, post_id)
    if last_tenure(db(), found) is None:
        abort(404)
    form = VacateForm()
    if sent(form):
        with refusals_at(form):
            vacate(db(), current_actor(), found, day=form.day.data)
            return done(
                _("在任の終わりを登録しました。後任が決まったら、登録してください。"), "admin.post", post_id=found.id
            )
    return page("admin/vacate.html", form, post=found, staffed=_staffed(found))


@administrator
def undo(post_id: int) -> Answer:
    """Take back a handover that has not begun or began today."""
    found: Post = load(Post, post_id)
    try:
        take_back(db(), current_actor(), found)
    except NotReady as error:
        return refused(error, "admin.post", post_id=post_id)
    return done(_("就任の登録を取り消しました。"), "admin.post", post_id=found.id)


def _staffed(found: Post) -> Staffed | None:
    posts = staffing(db(), clock.today(), [found.department_id])
    return next((staffed for staffed in posts if staffed.post is found), None)
