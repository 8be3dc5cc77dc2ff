"""Reports as they are read: what was done, and what each budget line cost, with sums and differences (E01, E03, T07)."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.attachments import attached
from models.execution import Report, ReportKind
from models.history import Event
from models.personal import may_open, reads_personal
from models.process.actors import hats_of
from models.process.perform import refusal
from models.process.vocabulary import MoveKey, Stage
from models.proposals import Proposal
from webui.access import current_actor, signed_in
from webui.attachments import attached_files
from webui.database import db
from webui.readable import answered
from webui.stages.history import REPORTS, Told, told
from webui.stages.reading import Hats, Reading, around_paper, readable


@dataclass(frozen=True, slots=True)
class Line:
    """One budget line beside what was spent on it. left: negative when more was spent than planned."""

    item: str
    budget: int
    spent: int
    note: str

    @property
    def left(self) -> int:
        """What of the budget was not spent, in yen."""
        return self.budget - self.spent


@dataclass(frozen=True, slots=True)
class Paper:
    """A report in words. text and lines are empty until it was handed in."""

    report: Report
    name: str
    standing: str
    tone: str
    text: list[tuple[str, str]]
    lines: list[Line]
    total: Line
    files: list[tuple[str, str, str]]
    at: datetime | None
    who: str
    messages: list[Told]
    """What both sides said about it, the latest last."""


@signed_in
def reports(proposal_id: int) -> str:
    """All reports, in the order they fall due."""
    proposal = readable(proposal_id, there)
    return render_template(
        "stages/reports.html",
        papers=[paper(proposal, report) for report in proposal.reports],
        may_comment=refusal(db(), proposal, MoveKey.COMMENT, current_actor()) is None,
        **around_paper(proposal, _("実施報告")),
    )


def there(proposal: Proposal, hats: Hats) -> bool:
    """From the last signature on."""
    return bool(proposal.reports)


def paper(proposal: Proposal, report: Report) -> Paper:
    """Put one report together."""
    handed_in = report.submitted_at is not None
    lines = [Line(a["item"], a["budget"], a["spent"], a.get("note", "")) for a in report.accounts] if handed_in else []
    rules = proposal.rules
    standing, tone = _standing(report)
    hats = hats_of(current_actor(), proposal)
    there = attached(proposal, Stage.EXECUTION, report.id) if handed_in else []
    files = attached_files(proposal, [file for file in there if may_open(proposal, file, hats)])
    return Paper(
        report=report,
        name=name_of(report),
        standing=standing,
        tone=tone,
        text=answered(rules, rules.report_items, report.body, personal=reads_personal(hats, Stage.EXECUTION))
        if handed_in
        else [],
        lines=lines,
        total=Line(_("合計"), sum(line.budget for line in lines), sum(line.spent for line in lines), ""),
        files=[file[1:] for file in files],
        at=report.submitted_at,
        who=report.submitted_by.name if report.submitted_by else "",
        messages=[told(event, proposal) for event in proposal.events if _is_about(event, report)],
    )


def _is_about(event: Event, report: Report) -> bool:
    return event.move is MoveKey.COMMENT and event.details.get("report") == report.id


def name_of(report: Report) -> str:
    """中間報告 or 最終報告."""
    return str(REPORTS[ReportKind(report.kind)]())


def report_named(proposal: Proposal, subject: str, *, waiting: str) -> Report:
    """The report named in the address; without one the first that waits: `waits_for_group` or `waits_for_city`."""
    if subject:
        found = next((r for r in proposal.reports if str(r.id) == subject), None)
    else:
        found = next((r for r in proposal.reports if getattr(r, waiting)), None)
        found = found or (proposal.reports[-1] if proposal.reports else None)
    if found is None:
        abort(404)
    return found


def _standing(report: Report) -> tuple[str, str]:
    if report.accepted_at is not None:
        return str(_("受取り済み")), "green"
    if report.waits_for_city:
        return str(_("市が確認中")), "blue"
    if report.returned_at is not None:
        return str(_("修正のお願い")), "orange"
    return str(_("提出前")), ""


READINGS = (Reading("reports", _l("実施報告"), reports, there),)
