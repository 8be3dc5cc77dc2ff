"""利害関係の申告: before anything is seen, for every proposal; and later, when an interest is found after all (T01)."""

from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import Field, RadioField

from models.judging.judges import LONGEST_REASON, Declared, declare, declare_interest, kept_from, undeclared
from models.judging.rounds import rules_for
from models.judging.tables import Judge
from webui.access import signed_in
from webui.admin.changing import Answer, done, page, refusals_at, sent
from webui.database import SAFE_METHODS, db
from webui.forms import Form, LineField, ProseField, SelectChoice
from webui.forms.items import Marks
from webui.judging.seat import load_entry, load_judge

ANSWERS = (SelectChoice("no", _l("利害関係はない")), SelectChoice("yes", _l("利害関係がある（この提案は審査しない）")))


class InterestForm(Form):
    """Which interest was found after all."""

    reason = ProseField(
        _l("どのような関係ですか"), [Marks(required=True, maxlength=LONGEST_REASON)], render_kw={"rows": 3}
    )


@signed_in
def declaration(round_id: int) -> Response | Answer:
    """Say of every proposal that has not been declared whether there is an interest."""
    judge = load_judge(round_id)
    waiting = undeclared(db(), judge)
    back = url_for("judging.round", round_id=round_id)
    if not waiting:
        return redirect(back, 303 if request.method not in SAFE_METHODS else 302)
    form = _form(judge)
    if sent(form):
        with refusals_at(form):
            declare(db(), judge, {entry.proposal_id: _said(form, entry.proposal_id) for entry in waiting})
            return done(_("利害関係を申告しました。採点を始められます。"), "judging.round", round_id=round_id)
    return page(
        "judging/declaration.html",
        form,
        judge=judge,
        rules=rules_for(db(), judge.round),
        asked=[(e.proposal, *_fields(form, e.proposal_id)) for e in waiting],
        by_rule=[e.proposal for e in judge.round.entries if e.proposal_id in kept_from(db(), judge)],
    )


@signed_in
def interest(round_id: int, proposal_id: int) -> Response | Answer:
    """Declare an interest in a proposal that one has seen already; it is gone from then on."""
    judge = load_judge(round_id)
    entry = load_entry(judge, proposal_id)
    form = InterestForm()
    if sent(form):
        with refusals_at(form):
            declare_interest(db(), judge, proposal_id, form.reason.data or "")
            message = _("利害関係を申告しました。この提案は審査しません。")
            return done(message, "judging.round", round_id=round_id)
    return page("judging/interest.html", form, judge=judge, proposal=entry.proposal)


def _form(judge: Judge) -> Form:
    fields: dict[str, Any] = {}
    for entry in undeclared(db(), judge):
        fields[f"proposal-{entry.proposal_id}"] = RadioField(
            _l("この提案との利害関係"), [Marks(required=True)], choices=ANSWERS, validate_choice=False
        )
        fields[f"reason-{entry.proposal_id}"] = LineField(
            _l("ある場合は、どのような関係ですか"),
            [Marks(maxlength=LONGEST_REASON)],
            description=_l("例：家族が理事をしている"),
        )
    made: type[Form] = type("DeclarationForm", (Form,), fields)
    return made()


def _fields(form: Form, proposal_id: int) -> tuple[Field, Field]:
    return form[f"proposal-{proposal_id}"], form[f"reason-{proposal_id}"]


def _said(form: Form, proposal_id: int) -> Declared:
    answer, reason = _fields(form, proposal_id)
    return Declared({"yes": True, "no": False}.get(answer.data or ""), reason.data or "")
