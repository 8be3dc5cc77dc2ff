"""Minimal administration: who holds which post, which departments and groups there are, who may sign in."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from webui.admin import departments, groups, index, new_edition, people, posts, programmes

SHOWN, BUTTON, BOTH = ["GET"], ["POST"], ["GET", "POST"]

PAGES: list[tuple[str, str, Callable[..., Any], list[str]]] = [
    ("", "index", index.index, SHOWN),
    ("/departments", "departments", departments.departments, SHOWN),
    ("/departments/new", "new_department", departments.new_department, BOTH),
    ("/departments/<int:department_id>", "department", departments.department, SHOWN),
    ("/departments/<int:department_id>/edit", "edit_department", departments.edit_department, BOTH),
    ("/departments/<int:department_id>/close", "close_department", departments.close, BOTH),
    ("/departments/<int:department_id>/reopen", "reopen_department", departments.reopen, BUTTON),
    ("/departments/<int:department_id>/posts/new", "new_post", posts.new_post, BOTH),
    ("/posts/<int:post_id>", "post", posts.post, SHOWN),
    ("/posts/<int:post_id>/edit", "edit_post", posts.edit_post, BOTH),
    ("/posts/<int:post_id>/hand-over", "hand_over", posts.give, BOTH),
    ("/posts/<int:post_id>/vacate", "vacate", posts.leave_vacant, BOTH),
    ("/posts/<int:post_id>/take-back", "take_back", posts.undo, BUTTON),
    ("/people", "people", people.people_list, SHOWN),
    ("/people/search", "search_people", people.search, BUTTON),
    ("/people/invite", "invite", people.invite_person, BOTH),
    ("/people/<int:person_id>", "person", people.person, SHOWN),
    ("/people/<int:person_id>/edit", "edit_person", people.edit_person, BOTH),
    ("/people/<int:person_id>/email", "edit_email", people.edit_email, BOTH),
    ("/people/<int:person_id>/deactivate", "deactivate", people.stop, BOTH),
    ("/people/<int:person_id>/reactivate", "reactivate", people.open_again, BUTTON),
    ("/people/<int:person_id>/invite-again", "invite_again", people.invite_again, BUTTON),
    ("/groups", "groups", groups.group_list, SHOWN),
    ("/groups/new", "new_group", groups.new_group, BOTH),
    ("/groups/<int:group_id>", "group", groups.group, SHOWN),
    ("/groups/<int:group_id>/edit", "edit_group", groups.edit_group, BOTH),
    ("/groups/<int:group_id>/members/new", "new_member", groups.new_member, BOTH),
    ("/groups/<int:group_id>/members/<int:membership_id>/end", "end_member", groups.end_member, BOTH),
    ("/groups/<int:group_id>/hand-over", "hand_over_group", groups.hand_over, BOTH),
    ("/programmes", "programmes", programmes.programmes, SHOWN),
    ("/programmes/new", "new_edition", new_edition.new_edition, BOTH),
    ("/programmes/<key>/<int:number>", "programme", programmes.programme, SHOWN),
    ("/programmes/<key>/<int:number>.yaml", "programme_text", programmes.text, SHOWN),
    ("/programmes/<key>/<int:number>/put-in-force", "hold_programme", programmes.hold, BOTH),
    ("/programmes/<key>/<int:number>/take-back", "take_back_programme", programmes.undo, BUTTON),
    ("/programmes/<key>/<int:number>/throw-away", "throw_away_programme", programmes.discard, BUTTON),
]

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
for path, endpoint, view, methods in PAGES:
    blueprint.add_url_rule(path, endpoint, view, methods=methods)
