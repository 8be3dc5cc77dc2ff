"""Posts and who holds them: a handover ends one tenure and begins the next, and the duties stay with the post."""

from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import clock
from models.administration.checks import day_form, day_given, in_both, insist, refuse, take_turns, texts
from models.administration.record import FIELDS, Change, change_fields, note
from models.administration.staffing import SEATS, lasts
from models.people import Department, Person, Post, Seat, Tenure
from models.process.actors import Actor
from models.process.refusals import Missing
from models.words import Word

ONCE = (Seat.SECTION_HEAD, Seat.DEPARTMENT_HEAD)
"""Seats a department has one of."""


def add_post(
    session: Session, actor: Actor, department: Department, *, seat: Seat | None, name: str, name_en: str = ""
) -> Post:
    """A new post, vacant at first. Raises NotReady."""
    take_turns(session)
    if department.closed_on is not None:
        sentence = Word("廃止した部署に役職は置けません", "A closed department gets no posts.")
        raise refuse("", sentence)
    insist(_wrong_seat(session, department, seat) + _wrong_name(session, department, None, name, name_en))
    assert seat is not None  # _wrong_seat has asked
    post = Post(department=department, seat=seat, name=name, name_en=name_en)
    session.add(post)
    note(session, actor, Change.POST_ADDED, post, department, name=name)
    return post


def change_post(session: Session, actor: Actor, post: Post, *, name: str, name_en: str) -> bool:
    """Rename a post; answers whether anything changed. Raises NotReady."""
    take_turns(session)
    insist(_wrong_name(session, post.department, post, name, name_en))
    changed = change_fields(post, {"name": name, "name_en": name_en})
    if changed:
        note(session, actor, Change.POST_CHANGED, post, post.department, fields=changed)
    return bool(changed)


def hand_over(session: Session, actor: Actor, post: Post, *, person: Person | None, day: date | None) -> Tenure:
    """Let a person hold the post from a day on; the predecessor's tenure ends the day before (A14).

    Duties lie with department and hat, so they follow by themselves. The same handover again changes nothing.
    Raises NotReady.
    """
    take_turns(session)
    if post.department.closed_on is not None:
        raise refuse("", Word("廃止した部署の役職には就けません", "A post of a closed department cannot be taken."))
    insist(_wrong_person(person) + day_form("day", day))
    assert person is not None
    assert day is not None
    first = day
    before = last_tenure(session, post)
    if before is not None:
        if before.person_id == person.id and before.since == first:
            return before
        _fits_behind(before, person, first)
    with session.begin_nested():
        if before is not None and (before.until is None or before.until >= first):
            _end(session, actor, before, first - timedelta(days=1))
        tenure = Tenure(post=post, person=person, since=first)
        session.add(tenure)
        note(session, actor, Change.POST_TAKEN, post, person, post=post.name, person=person.name, day=first)
        keep_an_administrator(session, "email")
    return tenure


def vacate(session: Session, actor: Actor, post: Post, *, day: date | None) -> None:
    """Let the holder's tenure end with this day, with nobody to follow yet. Raises NotReady."""
    take_turns(session)
    tenure = last_tenure(session, post)
    if tenure is None or (tenure.until is not None and tenure.until < clock.today()):
        raise refuse("", Word("この役職には誰も就いていません", "Nobody holds this post."))
    if tenure.since > clock.today():
        raise refuse("", Word("先に、予定されている就任を取り消してください", "First take the planned handover back."))
    last = day_given("day", day)
    if last < tenure.since:
        sentence = Word(
            "着任日（{day}）以後の日を入力してください", "Enter a day on or after the tenure begins ({day})."
        )
        raise refuse("day", sentence.filled(day=in_both(tenure.since)))
    if tenure.until == last:
        return
    with session.begin_nested():
        _end(session, actor, tenure, last)
        keep_an_administrator(session, "day")


def take_back(session: Session, actor: Actor, post: Post) -> None:
    """Take back a handover that has not begun, or began only today: the predecessor holds the post on.

    Raises NotReady.
    """
    take_turns(session)
    planned = last_tenure(session, post)
    if planned is None or planned.since < clock.today():
        raise refuse("", Word("取り消せる就任の予定はありません", "There is no planned handover to take back."))
    person, first = planned.person, planned.since
    with session.begin_nested():
        note(session, actor, Change.POST_TAKEN_BACK, post, person, post=post.name, person=person.name, day=first)
        session.delete(planned)
        session.flush()
        before = last_tenure(session, post)
        if before is not None and before.until == first - timedelta(days=1):
            before.until = None
        keep_an_administrator(session, "")


def last_tenure(session: Session, post: Post) -> Tenure | None:
    """The tenure that began last, or is planned last."""
    query = select(Tenure).where(Tenure.post_id == post.id).order_by(Tenure.since.desc(), Tenure.id.desc())
    return session.scalar(query.limit(1))


def keep_an_administrator(session: Session, field: str) -> None:
    """Raises NotReady when on some day from today on nobody could administer any more."""
    session.flush()
    today = clock.today()
    tenures = session.scalars(
        select(Tenure)
        .join(Tenure.post)
        .join(Tenure.person)
        .where(Post.seat == Seat.ADMINISTRATOR, Person.active, or_(Tenure.until.is_(None), Tenure.until >= today))
    ).all()
    turning_days = {today} | {tenure.until + timedelta(days=1) for tenure in tenures if tenure.until is not None}
    if not all(any(lasts(tenure, day) for tenure in tenures) for day in turning_days):
        raise refuse(field, LAST_ADMINISTRATOR)


UNKNOWN = Word(
    "このメールアドレスの人は登録されていません。先に利用者として招待してください",
    "Nobody has this e-mail. Invite the person first.",
)
LAST_ADMINISTRATOR = Word(
    "システム管理者が誰もいない日ができてしまいます。先にほかの人を管理者にしてください",
    "There would be a day without any administrator. Make somebody else an administrator first.",
)


def _end(session: Session, actor: Actor, tenure: Tenure, last: date) -> None:
    post, person = tenure.post, tenure.person
    tenure.until = last
    note(session, actor, Change.POST_LEFT, post, person, post=post.name, person=person.name, day=last)


def _fits_behind(before: Tenure, person: Person, first: date) -> None:
    if first <= before.since:
        sentence = Word(
            "{person}さんの着任日（{day}）より後の日を入力してください",
            "Enter a day after {person}'s tenure begins ({day}).",
        )
        raise refuse("day", sentence.filled(person=before.person.name, day=in_both(before.since)))
    if before.person_id == person.id and (before.until is None or before.until >= first):
        raise refuse("email", Word("この人がすでに就いています", "This person holds the post already."))


def _wrong_person(person: Person | None) -> list[Missing]:
    if person is None:
        return [Missing("email", UNKNOWN)]
    if not person.active:
        return [Missing("email", Word("利用を停止している人は就けません", "This person's account is stopped."))]
    return []


def _wrong_seat(session: Session, department: Department, seat: Seat | None) -> list[Missing]:
    if seat is None:
        return [Missing("seat", Word("役割を選んでください", "Choose what the post is for."))]
    if seat is Seat.DEPARTMENT_HEAD and department.parent_id is not None:
        return [Missing("seat", Word("部長の役職は、課ではなく部に置いてください", "A department head belongs to a department."))]  # fmt: skip
    if seat in ONCE:
        other = session.scalar(select(Post.name).where(Post.department_id == department.id, Post.seat == seat))
        if other is not None:
            sentence = Word("{seat}の役職「{name}」がすでにあります", "There is a post of this kind: “{name}”.")
            return [Missing("seat", sentence.filled(seat=SEATS[seat], name=other))]
    return []


def _wrong_name(session: Session, department: Department, post: Post | None, name: str, name_en: str) -> list[Missing]:
    found = texts(FIELDS, ("name",), name=name, name_en=name_en)
    same = select(Post.id).where(
        Post.department_id == department.id, Post.name == name, Post.id != (post.id if post is not None else 0)
    )
    if session.scalar(same.limit(1)) is not None:
        sentence = Word(
            "同じ名称の役職がこの部署にあります。「主事（相談担当）」のように区別してください",
            "This department has a post of this name. Make them tell apart.",
        )
        found.append(Missing("name", sentence))
    return found
