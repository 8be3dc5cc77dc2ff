"""Handing the group over: the representative asks a member, who answers; nothing changes before that (A14)."""

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField

from models import clock
from models.administration.groups import members
from models.groups.membership import insist_representative
from models.groups.succession import Handover, accept, decline, handover_of, offer, take_back
from models.people import Group
from models.process.refusals import NotReady
from models.settings import settings
from notifications import groups as mails
from webui.access import current_actor, signed_in
from webui.admin.changing import Answer, done, page, refusals_at, refused, sent
from webui.database import SAFE_METHODS, db
from webui.forms import DayField, Form, SelectChoice
from webui.forms.items import Marks
from webui.groups.home import own_group


class HandOverForm(Form):
    person_id = RadioField(_l("新しい代表者"), [Marks(required=True)], validate_choice=False)
    day = DayField(_l("代表者になる日"), [Marks(required=True)], description=_l("今の代表者は、前日までになります。"))
    leaves = BooleanField(_l("今の代表者は、前日で団体を離れる"))


@signed_in
def hand_over(group_id: int) -> Answer:
    """Ask a member to take over from a day on."""
    found, actor = own_group(group_id), current_actor()
    insist_representative(actor, found)
    form = HandOverForm(day=clock.today())
    form.person_id.choices = [
        SelectChoice(str(row.person_id), row.person.name)
        for row in members(db(), found, clock.today())
        if row.person_id != actor.person_id
    ]
    if sent(form):
        chosen = form.person_id.data or ""
        person_id = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else None
        with refusals_at(form):
            handover = offer(db(), actor, found, person_id=person_id, day=form.day.data, leaves=bool(form.leaves.data))
            address = settings().base_url + url_for("groups.succession", group_id=found.id)
            mails.send_handover(db(), handover, address)
            return done(
                _("引継ぎを頼むメールを送りました。相手が引き受けるまで、代表者は変わりません。"),
                "groups.home",
                group_id=found.id,
            )
    return page("groups/hand_over.html", form, group=found)


@signed_in
def keep(group_id: int) -> Response:
    """Take the offer back."""
    found, handover = _offered(group_id)
    take_back(db(), current_actor(), handover)
    return done(_("引継ぎの依頼を取り消しました。"), "groups.home", group_id=found.id)


@signed_in
def answer(group_id: int) -> Answer:
    """The page on which the successor answers."""
    found, handover = _offered(group_id)
    actor = current_actor()
    if actor.person_id != handover.successor_id:
        abort(404)
    if request.method in SAFE_METHODS:
        return render_template("groups/succession.html", group=found, handover=handover)
    if request.form.get("answer") == "no":
        decline(db(), actor, handover)
        return done(_("引継ぎを辞退しました。代表者は変わりません。"), "groups.home", group_id=found.id)
    try:
        accept(db(), actor, handover)
    except NotReady as error:
        return refused(error, "groups.home", group_id=group_id)
    return done(_("代表者の引継ぎを登録しました。"), "groups.home", group_id=found.id)


def _offered(group_id: int) -> tuple[Group, Handover]:
    found = own_group(group_id)
    handover = handover_of(db(), found)
    if handover is None:
        abort(404)
    return found, handover
