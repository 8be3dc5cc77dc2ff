"""Messages between the parties: on the proposal or on one report, read by both sides and the program office (C04, E02)."""

from collections.abc import Callable
from typing import Any

from flask import redirect, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from models.execution import Report
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from webui.access import signed_in
from webui.forms import ProseField
from webui.stages.performing import MoveForm, Page, attempt, carried_out, load_proposal, shown
from webui.stages.plain import REASON_LIMIT, around
from webui.stages.reports import name_of, report_named


class MessageForm(MoveForm):
    """What is said."""

    reason = ProseField(
        _l("メッセージ"),
        [
            InputRequired(_l("メッセージを入力してください")),
            Length(max=REASON_LIMIT, message=_l("メッセージは2,000文字までで入力してください")),
        ],
        description=_l("提案団体と市の担当者の双方に届きます。公開はしません。"),
    )


@signed_in
def comment(proposal_id: int) -> Page:
    """Say something on the proposal, or on the report that is named."""
    proposal = load_proposal(proposal_id)
    report = _report(proposal)
    form = MessageForm(data={"seen": proposal.version})
    if form.validate_on_submit():
        about = {"report_id": report.id} if report is not None else {}
        event = attempt(proposal, MoveKey.COMMENT, form, reason=form.reason.data, **about)
        if event is not None:
            answer = carried_out(proposal, event)
            return answer if report is None else redirect(_place(proposal, report), 303)
    name = name_of(report) if report is not None else ""
    return shown("stages/comment.html", form, report=name, **around(proposal, MoveKey.COMMENT))


def _report(proposal: Proposal) -> Report | None:
    subject = request.args.get("subject", "")
    return report_named(proposal, subject, waiting="waits_for_city") if subject else None


def _place(proposal: Proposal, report: Report) -> str:
    return url_for("stages.reports", proposal_id=proposal.id, _anchor=f"report-{report.id}")


PAGES: dict[MoveKey, Callable[..., Any]] = {MoveKey.COMMENT: comment}
