"""Signing in as anybody of the demonstration city, with one click."""

from flask import abort, redirect, render_template, request
from sqlalchemy import or_, select
from werkzeug.wrappers import Response

from models import clock
from models.people import Department, Group, Membership, Person, Post, Tenure
from webui.access import begin_session, public
from webui.database import db
from webui.navigation import start_page


@public
def sign_in() -> str | Response:
    """The people with what they are; a POST signs in as one of them."""
    if request.method == "GET":
        return render_template("dev/sign_in.html", people=_people())
    person = db().get(Person, request.form.get("person", 0, type=int))
    if person is None:
        abort(404)
    begin_session(person)
    return redirect(start_page())


def _people() -> list[tuple[Person, list[str]]]:
    today = clock.today()
    roles: dict[int, list[str]] = {}
    posts = select(Tenure.person_id, Department.name, Post.name).join(Tenure.post).join(Post.department)
    posts = posts.where(Tenure.since <= today, or_(Tenure.until.is_(None), Tenure.until >= today))
    for person_id, department, post in db().execute(posts.order_by(Department.id, Post.id)):
        roles.setdefault(person_id, []).append(post if post.startswith(department) else f"{department} {post}")
    groups = select(Membership.person_id, Group.name).join(Membership.group)
    groups = groups.where(Membership.since <= today, or_(Membership.until.is_(None), Membership.until >= today))
    for person_id, group in db().execute(groups.order_by(Group.id)):
        roles.setdefault(person_id, []).append(group)
    people = db().scalars(select(Person).where(Person.active).order_by(Person.id))
    return [(person, roles.get(person.id, [])) for person in people]
