"""What happened on a proposal, event by event, in words for those who took part."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from models.execution import ReportKind
from models.history import Event
from models.process.labels import done
from models.process.moves.intake import GROUNDS
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from models.words import Word
from webui import filters
from webui.language import reader_language


@dataclass(frozen=True, slots=True)
class Told:
    """One event: when, what, by whom, more about it, and what was said."""

    at: datetime
    title: str
    who: str
    more: tuple[str, ...]
    quote: str


def told(event: Event, proposal: Proposal) -> Told:
    """An event as the parties read it: with the name of the person, who acted for a body."""
    who = _("%(name)s（%(body)s）", name=event.actor_name, body=event.actor_body)
    return Told(
        at=event.at,
        title=done(event.move, event.to_state).in_(reader_language()),
        who=str(who) if event.actor_id is not None else str(_("自動処理")),
        more=tuple(_more(event, proposal)),
        quote=event.reason,
    )


def _more(event: Event, proposal: Proposal) -> Iterator[str]:
    language, details = reader_language(), event.details
    section = details.get("section")
    if section and section != event.actor_body:
        yield _("担当課：%(section)s", section=section)
    if details.get("submission", 1) > 1:
        yield _("%(n)s回目の提出", n=details["submission"])
    if "held_on" in details:
        yield _("%(day)sの会議", day=filters.day(date.fromisoformat(details["held_on"])))
    version = details.get("record") or details.get("agreement") or details.get("sheet") or details.get("snapshot")
    if version:
        yield _("第%(n)s版", n=version)
    if details.get("voided"):
        yield _("前の版の決裁と署名は無効になりました")
    if "due_on" in details:
        yield _("期限：%(day)s", day=filters.day(date.fromisoformat(details["due_on"])))
    if details.get("kind") in list(ReportKind):
        yield REPORTS[ReportKind(details["kind"])]()
    if details.get("ground") in GROUNDS:
        yield GROUNDS[details["ground"]].in_(language)
    if isinstance(details.get("round"), dict):
        yield Word(**details["round"]).in_(language)
    if "passed" in details:
        yield _("通過") if details["passed"] else _("通過せず")
    if details.get("provisional"):
        yield _("予算の議決を待つ内定です")
    if details.get("granted") is not None:
        yield _("市が負担する額：%(yen)s", yen=filters.yen(details["granted"]))
    reasons = {f.criterion: f.reason for f in proposal.findings} if event.move is MoveKey.APPROVE_EXCLUSION else {}
    for key in details.get("criteria", ()):
        criterion = proposal.rules.criterion(key)
        yield criterion.cited.in_(language)
        if reasons.get(key):
            yield _("理由：%(reason)s", reason=reasons[key])


REPORTS = {
    ReportKind.INTERIM: lambda: _("中間報告"),
    ReportKind.FINAL: lambda: _("最終報告"),
}
