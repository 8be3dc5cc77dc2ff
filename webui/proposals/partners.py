"""連携する団体: the lead body asks other groups to take a part, and each answers for itself (A05–A07)."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField

from models.administration.groups import representative
from models.drafts import check_editable
from models.partners import (
    BEFORE_IT_IS_HANDED_IN,
    Partner,
    answer_part,
    ask_partner,
    drop_partner,
    find_part,
    partners,
)
from models.people import Group
from models.process.refusals import NotReady
from models.programme.values import value_in_words
from models.proposals import Proposal
from models.settings import settings
from models.words import Word
from notifications.letters import plan_letter
from webui.access import current_actor, signed_in
from webui.database import db
from webui.forms import Form, LineField, ProseField, SelectChoice
from webui.forms.items import Marks
from webui.readable import answered
from webui.stages.performing import Page, load_proposal, put_on, shown

MOST_GROUPS = 500
"""Groups to choose from."""


class PartnerForm(Form):
    """Which group is asked, and for what."""

    group = SelectField(_l("団体"), [Marks(required=True)], validate_choice=False)
    part = ProseField(
        _l("受け持つこと、持ち寄るもの"),
        [Marks(required=True, maxlength=1000)],
        description=_l("例：会場の準備と当日の受付。テント5張りを持ち寄ります。"),
        render_kw={"rows": 4},
    )


class PartForm(Form):
    """The group's answer."""

    yes = RadioField(
        _l("この分担を引き受けますか"),
        [Marks(required=True)],
        choices=[SelectChoice("yes", _l("引き受ける")), SelectChoice("no", _l("引き受けない"))],
        validate_choice=False,
    )
    answer = LineField(_l("ひとこと"), [Marks()])


@signed_in
def partner_list(proposal_id: int) -> Page:
    """Who stands behind the proposal; asking one more, while it is being written."""
    proposal = load_proposal(proposal_id)
    check_editable(proposal, current_actor())
    form = PartnerForm()
    groups = _groups(proposal)
    form.group.choices = [SelectChoice("", _("選んでください")), *(SelectChoice(str(g.id), g.name) for g in groups)]
    if form.validate_on_submit():
        if "drop" in request.form:
            return _drop(proposal)
        chosen = {str(group.id): group for group in groups}.get(form.group.data or "")
        try:
            asked = ask_partner(db(), proposal, current_actor(), chosen, form.part.data or "")
        except NotReady as refused:
            put_on(form, refused.missing)
        else:
            _tell(proposal, asked)
            flash(_("「%(group)s」に、分担の確認をお願いしました。", group=asked.group.name))
            return redirect(url_for("proposals.partners", proposal_id=proposal.id), 303)
    kind = proposal.rules.type_of(proposal.call_key)
    return shown(
        "proposals/partners.html",
        form,
        proposal=proposal,
        partners=partners(db(), proposal),
        consortium=value_in_words(kind.consortium),
    )


@signed_in
def part(proposal_id: int) -> Page:
    """What another group asks of mine: the proposal as it stands, the part, and the answer."""
    asked = find_part(db(), proposal_id, current_actor())
    proposal = db().get(Proposal, proposal_id)
    if asked is None or proposal is None or proposal.state not in BEFORE_IT_IS_HANDED_IN:
        abort(404)
    form = PartForm()
    if asked.waits and form.validate_on_submit():
        if form.yes.data not in ("yes", "no"):
            form.yes.errors = [*form.yes.errors, _("どちらかを選んでください。")]
        else:
            yes = form.yes.data == "yes"
            answer_part(db(), proposal, current_actor(), asked, yes=yes, answer=form.answer.data or "")
            flash(_("分担を引き受けました。") if yes else _("分担を引き受けないことを伝えました。"))
            return redirect(url_for("proposals.mine"), 303)
    return shown(
        "proposals/part.html",
        form,
        proposal=proposal,
        partner=asked,
        answers=answered(proposal.rules, proposal.questions, proposal.answers),
    )


def _drop(proposal: Proposal) -> Response:
    number = request.form.get("drop", type=int)
    partner = next((one for one in partners(db(), proposal) if one.id == number), None)
    if partner is not None:
        drop_partner(db(), proposal, current_actor(), partner)
        flash(_("連携する団体から外しました。"))
    return redirect(url_for("proposals.partners", proposal_id=proposal.id), 303)


def _groups(proposal: Proposal) -> list[Group]:
    """Groups whose registration is confirmed, apart from the lead body."""
    query = select(Group).where(Group.confirmed_at.is_not(None), Group.id != proposal.group_id)
    return list(db().scalars(query.order_by(Group.name).limit(MOST_GROUPS)))


def _tell(proposal: Proposal, partner: Partner) -> None:
    """A mail to the group's representative."""
    plan_letter(
        db(),
        "partner",
        representative(db(), partner.group).person,
        Word("「{group}」からの共同提案のお願い", "“{group}” asks you to propose together").filled(
            group=proposal.group.name
        ),
        [
            Word(
                "「{title}」を一緒に提案し、次のことを受け持ってほしいと頼まれています。",
                "You are asked to propose “{title}” together and to take on the following.",
            ).filled(title=proposal.written_title or "—")
        ],
        settings().base_url + url_for("proposals.part", proposal_id=proposal.id),
        Word("読んで答える", "Read and answer"),
        [Word("答えるまで、この提案は提出できません。", "The proposal cannot be submitted before you answer.")],
        partner.part,
    )
