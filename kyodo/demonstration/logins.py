"""Whom one can sign in as in the demonstration city."""

from typing import NamedTuple

from kyodo.demonstration.circles import CIRCLES
from kyodo.demonstration.cityhall import STAFF
from kyodo.demonstration.jurors import COMMITTEE
from models.people import MemberRole
from models.settings import settings

PASSWORD = "aobagawa-2026"
"""Everybody's. It is printed on the terminal, so a city with real data never has it."""

GUIDES = ("katsuragi", "nakamura", "kobayashi", "takahashi", "yamamoto", "ito", "watanabe", "sakuma", "admin")
"""One of each kind, by the first part of the address: enough to take a proposal all the way."""


class Login(NamedTuple):
    """Somebody to sign in as."""

    name: str
    role: str
    email: str


def logins() -> list[Login]:
    """Everybody of the demonstration city: the groups first, then the city hall."""
    members = [
        Login(
            member.name, f"{circle.name} {'代表' if member.role is MemberRole.REPRESENTATIVE else '会員'}", member.email
        )
        for circle in CIRCLES
        for member in circle.members
    ]
    judges = [Login(juror.name, f"審査委員（{juror.capacity}）", juror.email) for juror in COMMITTEE]
    return members + judges + [Login(role.name, role.post, role.email) for role in STAFF]


def invitation() -> str:
    """A few lines for the terminal: whom to sign in as, and the password."""
    known = {login.email.split("@")[0]: login for login in logins()}
    lines = [f"  {known[key].email:<30}{known[key].name}（{known[key].role}）" for key in GUIDES]
    more = f"Everybody else: {settings().base_url}/dev/sign-in" if settings().shows_dev else ""
    return "\n".join(("", f"Sign in as, with the password {PASSWORD}:", *lines, *([more] if more else []), ""))
