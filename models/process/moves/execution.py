"""実施報告: reports due by date, accounts per budget line, completion (E01–E05)."""

from datetime import timedelta
from typing import Any

from models.agreement import Agreement
from models.answer_checks import unanswered, wrong_answers
from models.answers import submitted
from models.documents import files_by_item
from models.execution import Report, ReportKind
from models.process.grammar import Case, Details
from models.process.moves.answers import is_yen, message_asked, reason_asked
from models.process.refusals import Missing
from models.process.vocabulary import Stage
from models.words import Word

INTERIM_FROM_DAYS = 120
"""Projects that run at least this many days owe an interim report half-way."""


def open_reports(case: Case, agreement: Agreement) -> None:
    """Set the reports the agreement's period calls for: interim half-way, final after the end."""
    start, end = agreement.period_from, agreement.period_to
    assert start is not None
    assert end is not None
    length = end - start
    if length >= timedelta(days=INTERIM_FROM_DAYS):
        case.proposal.reports.append(Report(kind=ReportKind.INTERIM, due_on=start + length / 2))
    due_on = end + timedelta(days=case.programme.terms.report_after_end)
    case.proposal.reports.append(Report(kind=ReportKind.FINAL, due_on=due_on))


def find_report(case: Case, details: Details) -> Report | None:
    """The report a move is about."""
    return next((r for r in case.proposal.reports if r.id == details.get("report_id")), None)


NO_SUCH_REPORT = Missing("report_id", Word("その報告はありません。", "There is no such report."))


def report_due(case: Case) -> list[Missing]:
    """A report waits to be handed in."""
    if any(report.waits_for_group for report in case.proposal.reports):
        return []
    return [
        Missing(
            "",
            Word(
                "提出する報告は今ありません。担当課の確認を待っています。",
                "There is no report to hand in now. Waiting for the responsible section to check it.",
            ),
        )
    ]


def report_handed_in(case: Case) -> list[Missing]:
    """A report waits for the city's answer."""
    if any(report.waits_for_city for report in case.proposal.reports):
        return []
    return [
        Missing(
            "",
            Word(
                "確認を待っている報告はありません。提案団体の提出を待っています。",
                "No report waits for an answer. Waiting for the proposing group to hand one in.",
            ),
        )
    ]


def report_asked(case: Case, details: Details) -> list[Missing]:
    """A complete report with accounts for every budget line (T07)."""
    report = find_report(case, details)
    if report is None:
        return [NO_SUCH_REPORT]
    if not report.waits_for_group:
        return [Missing("", Word("この報告はすでに提出されています。", "This report has been handed in already."))]
    body = details.get("body") or {}
    files = files_by_item(case.proposal.attachments, Stage.EXECUTION, report.id)
    found = wrong_answers(case.programme, case.programme.report_items, body, files)
    found += unanswered(case.programme.report_items, body, files)
    return found + _wrong_accounts(case, list(details.get("accounts") or []))


def _wrong_accounts(case: Case, accounts: list[dict[str, Any]]) -> list[Missing]:
    """Lines without an amount, and lines of the agreed budget that are not accounted for."""
    lines = [(str(line.get("item") or ""), line.get("spent")) for line in (one or {} for one in accounts)]
    named = {item for item, _ in lines}
    lines += [(line["item"], None) for line in case.proposal.agreements[-1].budget if line["item"] not in named]
    return [
        Missing(
            f"accounts-{number}",
            Word(
                "「{item}」の支出額を0円以上で入力してください。",
                "Enter what was spent on “{item}”, 0 yen or more.",
            ).filled(item=item or number + 1),
        )
        for number, (item, spent) in enumerate(lines)
        if not is_yen(spent)
    ]


def submit_report(case: Case, details: Details) -> dict[str, Any] | None:
    """Hand it in; a returned one is answered again."""
    report = find_report(case, details)
    assert report is not None
    files = files_by_item(case.proposal.attachments, Stage.EXECUTION, report.id)
    report.body = submitted(case.programme.report_items, details["body"], files)
    report.accounts = list(details.get("accounts") or [])
    report.submitted_by_id = case.person_id
    report.submitted_at = case.now
    report.returned_at = None
    return {"report": report.id, "kind": report.kind}


def answer_asked(case: Case, details: Details) -> list[Missing]:
    """The report is there and waits for the city's answer."""
    report = find_report(case, details)
    if report is None:
        return [NO_SUCH_REPORT]
    if not report.waits_for_city:
        return [Missing("", Word("この報告は確認待ちではありません。", "This report is not waiting for an answer."))]
    return []


def return_asked(case: Case, details: Details) -> list[Missing]:
    """An answerable report, and what has to be changed in it."""
    return answer_asked(case, details) + reason_asked(case, details)


def return_report(case: Case, details: Details) -> dict[str, Any] | None:
    """Give it back with the reason."""
    report = find_report(case, details)
    assert report is not None
    report.returned_at = case.now
    report.return_reason = str(details["reason"]).strip()
    return {"report": report.id, "kind": report.kind}


def accept_asked(case: Case, details: Details) -> list[Missing]:
    """The final report is accepted last."""
    found = answer_asked(case, details)
    report = find_report(case, details)
    if report is not None and report.kind is ReportKind.FINAL:
        found += [
            Missing("", Word("先に中間報告を受け取ってください。", "Accept the interim report first."))
            for other in case.proposal.reports
            if other is not report and other.accepted_at is None
        ]
    return found


def accept_report(case: Case, details: Details) -> dict[str, Any] | None:
    """Take it as it is."""
    report = find_report(case, details)
    assert report is not None
    report.accepted_by_id = case.person_id
    report.accepted_at = case.now
    return {"report": report.id, "kind": report.kind}


def comment_asked(case: Case, details: Details) -> list[Missing]:
    """A message that says something; one that names a report names one there is (E02)."""
    found = message_asked(case, details)
    if details.get("report_id") is not None and find_report(case, details) is None:
        found.append(NO_SUCH_REPORT)
    return found


def comment(case: Case, details: Details) -> dict[str, Any] | None:
    """Note which report the message is about, if any."""
    report = find_report(case, details)
    return {"report": report.id, "kind": report.kind} if report is not None else None


def all_reports_accepted(case: Case) -> bool:
    """The project is complete: every report that was due has been accepted."""
    return bool(case.proposal.reports) and all(r.accepted_at is not None for r in case.proposal.reports)
