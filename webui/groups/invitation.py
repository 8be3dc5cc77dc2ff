"""Answering an invitation: whoever has the mail joins, with the account they have or with a new one."""

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from models.administration.persons import find_person
from models.groups.invitations import Invitation, accept, decline
from models.process.refusals import NotReady
from webui.access import here, public
from webui.admin.changing import refused
from webui.database import SAFE_METHODS, db
from webui.groups.links import enter, must_sign_in, opened, over


@public
def answer(token: str) -> str | Response | tuple[str | Response, int] | tuple[str, int]:
    """Ask, and take the answer. Declining needs no account."""
    invitation: Invitation | None = opened(Invitation, token)
    if invitation is None:
        return over()
    person = find_person(db(), invitation.email)
    asks_account = must_sign_in(person)
    if request.method in SAFE_METHODS or (asks_account and request.form.get("answer") != "no"):
        return render_template(
            "groups/invitation.html",
            invitation=invitation,
            known=person is not None and bool(person.password_hash),
            asks_account=asks_account,
            here=here(),
        )
    group = invitation.group
    if request.form.get("answer") == "no":
        decline(db(), invitation)
        return render_template("groups/declined.html", group=group)
    try:
        joined = accept(db(), invitation)
    except NotReady as error:
        return refused(error, "public.home")
    return enter(joined, url_for("groups.home", group_id=group.id))
