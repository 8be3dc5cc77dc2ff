"""Who is asking, and who may open which page: every view wears a mark, and a view without one is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import ColumnElement, Date, and_, bindparam, exists, or_, select
from werkzeug.wrappers import Response

from models import clock
from models.judging.tables import Judge
from models.office import PROGRAM_OFFICE
from models.people import Department, Membership, Person, Post, Seat, Tenure
from models.process.actors import WORKING, Actor, actor_of
from webui.database import SAFE_METHODS, db

View = TypeVar("View", bound=Callable[..., Any])


class Mark(Enum):
    """Who may open a page."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    STAFF = "staff"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Reader(UserMixin):  # type: ignore[misc]  # Flask-Login carries no types
    """Who is signed in, in plain values that stay readable after a rollback, and the row they come from."""

    id: int
    name: str
    language: str
    is_staff: bool
    is_administrator: bool
    is_member: bool
    is_judge: bool
    in_program_office: bool
    person: Person
    session_key: str

    def get_id(self) -> str:
        """What the session remembers: the person, and the key that changes with the password."""
        return f"{self.id}:{self.session_key}"


def public(view: View) -> View:
    """Everybody may open this page."""
    return _marked(view, Mark.PUBLIC)


def signed_in(view: View) -> View:
    """Whoever is signed in may open this page; the view itself decides about the record it shows."""
    return _marked(view, Mark.SIGNED_IN)


def staff(view: View) -> View:
    """Whoever holds a post in the city hall today may open this page."""
    return _marked(view, Mark.STAFF)


def administrator(view: View) -> View:
    """Whoever holds an administrator's post today may open this page."""
    return _marked(view, Mark.ADMINISTRATOR)


def mark_of(view: Callable[..., Any] | None) -> Mark | None:
    """The mark a view wears, or None."""
    return getattr(view, "access_mark", None)


def reader() -> Reader | None:
    """Who is signed in, or None; asked of the database once per request."""
    found = current_user._get_current_object()
    return found if isinstance(found, Reader) else None


def current_person() -> Person:
    """The person signed in. Only for views that require it. Asks to sign in again when the session ended meanwhile."""
    found = reader()
    if found is None:
        raise RuntimeError(f"{request.endpoint} asks for a person but lets anybody in: mark it @signed_in.")
    if not found.person.active or found.person.session_key != found.session_key:
        abort(401)
    return found.person


def current_actor() -> Actor:
    """The person signed in, with today's posts and memberships; asked of the database once per transaction."""
    known = db().info
    if "actor" not in known:
        known["actor"] = actor_of(db(), current_person())
    found: Actor = known["actor"]
    return found


def begin_session(person: Person) -> None:
    """Sign a person in, in a new session: nothing from before survives."""
    session.clear()
    session.permanent = True
    login_user(_find_reader(f"{person.id}:{person.session_key}"))


def end_session() -> None:
    """Sign out in this browser."""
    logout_user()
    session.clear()


def safe_next(target: str | None) -> str | None:
    """A path of our own to go to after signing in, or None when the wish leads elsewhere."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    return target if target.isprintable() else None


def ask_nothing_more() -> None:
    """For an error page without a database: who is not known by now stays unknown."""
    g.ask_nothing = True


def here() -> str:
    """The path and query of this request, to come back to."""
    return request.full_path.rstrip("?")


def install(app: Flask) -> None:
    """Remember who signed in, and refuse whoever may not open the page asked for."""
    sessions = LoginManager(app, add_context_processor=False)  # templates ask `reader()`
    sessions.session_protection = None  # a phone changes its network on the way; the key guards the session
    sessions.user_loader(_find_reader)
    app.before_request(_guard)
    app.view_functions["static"] = public(app.view_functions["static"])


def _marked(view: View, mark: Mark) -> View:
    view.access_mark = mark  # type: ignore[attr-defined]
    return view


def _guard() -> Response | None:
    if request.endpoint is None:
        return None  # no such page: the router's 404 or 405 follows
    mark = mark_of(current_app.view_functions.get(request.endpoint))
    if mark is None:
        raise RuntimeError(f"{request.endpoint} has no access mark, so nobody may open it.")
    if mark is Mark.PUBLIC:
        return None
    who = reader()
    if who is None:
        return _ask_to_sign_in()
    allowed = {
        Mark.SIGNED_IN: True,
        Mark.STAFF: who.is_staff or who.is_administrator,
        Mark.ADMINISTRATOR: who.is_administrator,
    }[mark]
    if not allowed:
        abort(404)  # what you may not see looks like what does not exist
    return None


def _ask_to_sign_in() -> Response:
    if request.method not in SAFE_METHODS:
        abort(401)
    return redirect(url_for("auth.sign_in", next=here()))


def _find_reader(remembered: str) -> Reader | None:
    person_id, _, key = remembered.partition(":")
    if not person_id.isdigit() or "ask_nothing" in g:
        return None
    asked = {"person": int(person_id), "key": key, "today": clock.today()}
    row = db().execute(_WHO_IS_IT, asked).one_or_none()
    if row is None:
        return None
    person, *roles = row
    return Reader(person.id, person.name, person.language, *roles, person, key)


def _lasts(row: type[Tenure] | type[Membership]) -> ColumnElement[bool]:
    today = bindparam("today", type_=Date)
    return and_(row.person_id == Person.id, row.since <= today, or_(row.until.is_(None), row.until >= today))


def in_program_office() -> bool:
    """Whether the reader does the program office's work."""
    found = reader()
    return found is not None and found.in_program_office


_WHO_IS_IT = select(
    Person,
    exists().where(_lasts(Tenure)).label("staff"),
    exists().where(_lasts(Tenure), Tenure.post_id == Post.id, Post.seat == Seat.ADMINISTRATOR).label("administrator"),
    exists().where(_lasts(Membership)).label("member"),
    exists().where(Judge.person_id == Person.id, Judge.withdrawn_at.is_(None)).label("judge"),
    exists()
    .where(_lasts(Tenure), Tenure.post_id == Post.id, Post.seat.in_(WORKING))
    .where(Post.department_id == Department.id, Department.key == PROGRAM_OFFICE)
    .label("office"),
).where(Person.id == bindparam("person"), Person.session_key == bindparam("key"), Person.active)
"""Built once, since every page of somebody signed in asks it."""
