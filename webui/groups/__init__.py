"""A group's pages: what everybody reads of it, what its members look after, and how it comes in (A10, A11, A14)."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from webui.groups import directory, home, invitation, members, registration, roster, succession

SHOWN, BUTTON, BOTH = ["GET"], ["POST"], ["GET", "POST"]

PAGES: list[tuple[str, str, Callable[..., Any], list[str]]] = [
    ("", "directory", directory.groups, SHOWN),
    ("/new", "new", registration.new, BOTH),
    ("/registrations/<token>", "registration", registration.go_on, BOTH),
    ("/invitations/<token>", "invitation", invitation.answer, BOTH),
    ("/<int:group_id>", "profile", directory.profile, SHOWN),
    ("/<int:group_id>/home", "home", home.home, SHOWN),
    ("/<int:group_id>/edit", "edit", home.edit, BOTH),
    ("/<int:group_id>/disclosure", "disclosure", home.disclosure, BOTH),
    ("/<int:group_id>/invite", "invite", members.invite_member, BOTH),
    ("/<int:group_id>/invitations/<int:invitation_id>/send-again", "send_again", members.send_once_more, BUTTON),
    ("/<int:group_id>/invitations/<int:invitation_id>/take-back", "take_back", members.withdraw, BUTTON),
    ("/<int:group_id>/members/<int:membership_id>/end", "end_member", members.end, BOTH),
    ("/<int:group_id>/hand-over", "hand_over", succession.hand_over, BOTH),
    ("/<int:group_id>/hand-over/take-back", "keep", succession.keep, BUTTON),
    ("/<int:group_id>/succession", "succession", succession.answer, BOTH),
    ("/<int:group_id>/roster", "roster", roster.roster, SHOWN),
    ("/<int:group_id>/roster/import", "import_roster", roster.paste, BOTH),
    ("/<int:group_id>/roster/<int:entry_id>", "edit_roster", roster.edit, BOTH),
    ("/<int:group_id>/roster/<int:entry_id>/remove", "remove_roster", roster.remove, BUTTON),
]

blueprint = Blueprint("groups", __name__, url_prefix="/groups")
for path, endpoint, view, methods in PAGES:
    blueprint.add_url_rule(path, endpoint, view, methods=methods)
