"""実施報告: handing in a report with its accounts, taking it or giving it back, and ending the project early (E01–E05)."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form as PlainForm
from wtforms import FormField
from wtforms.validators import Length

from models.execution import Report
from models.process.refusals import NotPossible
from models.process.vocabulary import MoveKey, Stage
from models.proposals import Proposal
from webui.access import signed_in
from webui.attachments import ACCEPT, FilesForm, files_by_question, take_files
from webui.database import SAFE_METHODS
from webui.forms import LineField, YenField
from webui.forms.items import Marks, answers_of, items_form, typed_in
from webui.forms.questions import questions
from webui.forms.tables import table_pressed
from webui.stages.performing import MarkField, MoveForm, Page, attempt, carried_out, load_proposal, shown
from webui.stages.plain import PlainMove, ReasonForm, around, not_ready, plain_page, reason_field
from webui.stages.reports import Line, name_of, paper, report_named

NOTE_LIMIT = 200


class AccountForm(PlainForm):
    """What was spent on one budget line."""

    spent = YenField(_l("支出額"), [Marks(required=True)])
    note = LineField(_l("備考"), [Length(max=NOTE_LIMIT, message=_l("備考は200文字までで入力してください"))])


class ReportForm(FilesForm, MoveForm):
    """The programme's report items and a field for each budget line come in between. subject: the report meant."""

    subject = MarkField()


class AnswerForm(MoveForm):
    """An answer to exactly the report that was read. `handed_in`: the second it was handed in."""

    handed_in = MarkField()


class ReturnForm(AnswerForm):
    """What the group is asked to change."""

    reason = reason_field()


@signed_in
def submit_report(proposal_id: int) -> Page:
    """Write and hand in a report; one that was returned is there as it was."""
    proposal = load_proposal(proposal_id)
    if (waiting := not_ready(proposal, MoveKey.SUBMIT_REPORT)) is not None:
        return waiting
    report = report_named(proposal, request.values.get("subject", ""), waiting="waits_for_group")
    budget = _budget(proposal)
    if request.method in SAFE_METHODS:
        form = _form(proposal, _as_typed(proposal, report, budget))
    else:
        form = _form(proposal)
        if not table_pressed(request.form) and form.validate() and _files_taken(form, proposal, report):
            event = attempt(
                proposal,
                MoveKey.SUBMIT_REPORT,
                form,
                report_id=report.id,
                body=answers_of(form, proposal.rules.report_items),
                accounts=_accounts(form, budget),
            )
            if event is not None:
                return carried_out(proposal, event)
        if any(file.filename for file in request.files.values()) and not form.files.errors:
            form.files.errors = [_("ファイルはまだ添付していません。もう一度選んでください。")]
    lines = [form[_line(number)] for number in range(len(budget))]
    files = files_by_question(proposal, Stage.EXECUTION, report.id)
    return shown(
        "stages/submit_report.html",
        form,
        report=report,
        name=name_of(report),
        asked=questions(form, proposal.rules, proposal.rules.report_items, files),
        lines=[(line["item"], line["amount"], field.form) for line, field in zip(budget, lines, strict=True)],
        total=Line("", sum(line["amount"] for line in budget), sum(f.form.spent.data or 0 for f in lines), ""),
        files=files.get("", []),
        accept=ACCEPT,
        **around(proposal, MoveKey.SUBMIT_REPORT),
    )


def _files_taken(form: ReportForm, proposal: Proposal, report: Report) -> bool:
    """A report handed in meanwhile takes no more files; `attempt` then knows a second click from a late one."""
    try:
        return take_files(form, proposal, Stage.EXECUTION, report.id, proposal.rules.report_items)
    except NotPossible:
        if report.waits_for_group:
            raise
        return True


@signed_in
def accept_report(proposal_id: int) -> Page:
    """Read a report and take it as it is."""
    return _answer(proposal_id, MoveKey.ACCEPT_REPORT, AnswerForm)


@signed_in
def return_report(proposal_id: int) -> Page:
    """Read a report and give it back with the reason."""
    return _answer(proposal_id, MoveKey.RETURN_REPORT, ReturnForm)


def _answer(proposal_id: int, key: MoveKey, kind: type[AnswerForm]) -> Page:
    proposal = load_proposal(proposal_id)
    if (waiting := not_ready(proposal, key)) is not None:
        return waiting
    report = report_named(proposal, request.args.get("subject", ""), waiting="waits_for_city")
    form = kind(data={"seen": proposal.version, "handed_in": _second(report)})
    if form.validate_on_submit() and _still_the_same(form, report):
        given = {"reason": form.reason.data} if "reason" in form else {}
        event = attempt(proposal, key, form, report_id=report.id, **given)
        if event is not None:
            return carried_out(proposal, event)
    form.handed_in.data = _second(report)
    return shown("stages/answer_report.html", form, paper=paper(proposal, report), **around(proposal, key))


def _still_the_same(form: AnswerForm, report: Report) -> bool:
    if report.accepted_at is not None or form.handed_in.data == _second(report):
        return True
    form.form_errors.append(_("画面を開いた後に、報告が出し直されました。下の内容を確かめて、もう一度行ってください。"))
    return False


def _second(report: Report) -> int:
    """The moment a report was handed in, as a number for the form."""
    return int(report.submitted_at.timestamp()) % 10**9 if report.submitted_at else 0


def _budget(proposal: Proposal) -> list[dict[str, Any]]:
    """The agreed budget lines: item and amount in yen."""
    return list(proposal.agreements[-1].budget)


def _line(number: int) -> str:
    """The name of the fields of a budget line, as the domain names it in its refusals."""
    return f"accounts-{number}"


def _form(proposal: Proposal, typed: MultiDict[str, str] | None = None) -> ReportForm:
    rules = proposal.rules
    fields = {_line(number): FormField(AccountForm) for number in range(len(_budget(proposal)))}
    base: type[ReportForm] = type("ReportForm", (ReportForm,), fields)
    made = items_form(base, rules, rules.report_items)
    return made() if typed is None else made(formdata=typed)


def _as_typed(proposal: Proposal, report: Report, budget: list[dict[str, Any]]) -> MultiDict[str, str]:
    typed = typed_in(proposal.rules.report_items, report.body)
    typed["seen"], typed["subject"] = str(proposal.version), str(report.id)
    spent = {account["item"]: account for account in report.accounts}
    for number, line in enumerate(budget):
        account = spent.get(line["item"], {})
        typed[f"{_line(number)}-spent"] = f"{account['spent']:,}" if "spent" in account else ""
        typed[f"{_line(number)}-note"] = account.get("note", "")
    return typed


def _accounts(form: ReportForm, budget: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for number, line in enumerate(budget):
        given = form[_line(number)].form
        found.append(
            {
                "item": line["item"],
                "budget": line["amount"],
                "spent": given.spent.data,
                "note": given.note.data or "",
            }
        )
    return found


DISCONTINUE = PlainMove(
    MoveKey.DISCONTINUE,
    _l("事業を途中で終えます。終えたあとは元に戻せません。進み具合のページに、中止したことが公開されます。"),
    form=ReasonForm,
    hint=_l("双方で話し合ったことと、中止する理由を書いてください。理由は公開されません。"),
    stops=True,
)

PAGES: dict[MoveKey, Callable[..., Any]] = {
    MoveKey.SUBMIT_REPORT: submit_report,
    MoveKey.ACCEPT_REPORT: accept_report,
    MoveKey.RETURN_REPORT: return_report,
    MoveKey.DISCONTINUE: plain_page(DISCONTINUE),
}
