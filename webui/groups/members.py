"""Members, as the representative keeps them: invited by mail, invited again, taken back, and their last day (A14)."""

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from models import clock
from models.administration.groups import end_membership
from models.administration.persons import find_person
from models.administration.record import FIELDS, PERSON_NAME
from models.groups.invitations import Invitation, invite, send_again, take_back
from models.groups.membership import insist_representative, represents
from models.people import Group, Membership
from notifications import groups as mails
from webui.access import current_actor, signed_in
from webui.admin.changing import Answer, done, language_field, line, page, refusals_at, said, sent
from webui.auth import throttle
from webui.auth.forms import EmailField
from webui.database import db
from webui.forms import DayField, Form
from webui.forms.items import Marks
from webui.groups.home import own_group
from webui.groups.links import address_of


class InviteForm(Form):
    name = line("name", PERSON_NAME, required=True)
    email = EmailField(said(FIELDS["email"]), [Marks(required=True)], description=_l("ここに招待のメールを送ります。"))
    language = language_field()


class EndForm(Form):
    day = DayField(_l("メンバーである最後の日"), [Marks(required=True)])


@signed_in
def invite_member(group_id: int) -> Answer:
    """Invite somebody by mail, whether they have an account or not: the representative is not told which."""
    found = own_group(group_id)
    insist_representative(current_actor(), found)
    form = InviteForm()
    if sent(form):
        with refusals_at(form):
            invitation = invite(
                db(), current_actor(), found,
                name=form.name.data or "", email=form.email.data or "", language=form.language.data or "",
            )  # fmt: skip
            _mail(invitation)
            return done(_("招待のメールを送りました。"), "groups.home", group_id=found.id)
    return page("groups/invite.html", form, group=found)


@signed_in
def send_once_more(group_id: int, invitation_id: int) -> Response:
    """Send the mail again, with a new link that works for as long as the first did."""
    found, invitation = _waiting(group_id, invitation_id)
    insist_representative(current_actor(), found)
    counted = throttle.for_mail(invitation.email)
    if throttle.must_wait(db(), counted, "", limit=throttle.MAILS_PER_EMAIL):
        return done(
            _("続けて送りすぎています。15分ほど待って、もう一度送ってください。"), "groups.home", group_id=found.id
        )
    throttle.remember(db(), counted, "")
    send_again(db(), current_actor(), invitation)
    _mail(invitation)
    return done(
        _("招待のメールをもう一度送りました。前のメールのリンクは使えなくなりました。"),
        "groups.home",
        group_id=found.id,
    )


@signed_in
def withdraw(group_id: int, invitation_id: int) -> Response:
    """Take an invitation back."""
    found, invitation = _waiting(group_id, invitation_id)
    take_back(db(), current_actor(), invitation)
    return done(_("招待を取り消しました。"), "groups.home", group_id=found.id)


@signed_in
def end(group_id: int, membership_id: int) -> Answer:
    """Let a membership end with a day: the representative anybody's, everybody else the own one."""
    found, actor = own_group(group_id), current_actor()
    membership = db().get(Membership, membership_id)
    if membership is None or membership.group_id != found.id:
        abort(404)
    own = membership.person_id == actor.person_id
    if not own:
        insist_representative(actor, found)
    form = EndForm(day=clock.today())
    if sent(form):
        with refusals_at(form):
            end_membership(db(), actor, membership, day=form.day.data)
            return done(_("メンバーの終わりを登録しました。"), "groups.home", group_id=found.id)
    return page("groups/end_member.html", form, group=found, person=membership.person, own=own)


def _waiting(group_id: int, invitation_id: int) -> tuple[Group, Invitation]:
    """An invitation of the reader's own group, or the page that says there is none."""
    found = own_group(group_id)
    invitation = db().get(Invitation, invitation_id)
    if invitation is None or invitation.group_id != found.id or not represents(current_actor(), found):
        abort(404)
    return found, invitation


def _mail(invitation: Invitation) -> None:
    db().flush()
    mails.send_invitation(db(), invitation, find_person(db(), invitation.email), address_of(invitation))
