"""A judge's rounds, and the proposals of one round with how far each sheet is."""

from dataclasses import dataclass
from datetime import datetime

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models import clock
from models.calendar import business_days_between
from models.judging.judges import kept_from, rounds_judged, to_score, undeclared
from models.judging.presentations import ends_at
from models.judging.rounds import rules_for, selection_of
from models.judging.sheets import faults_of, find_sheet, hand_in_all, is_handed_in
from models.judging.tables import Judge, RoundEntry
from models.process.refusals import NotReady
from models.selection.rules import Round
from models.words import Word
from webui.access import current_person, signed_in
from webui.admin.changing import Answer, done
from webui.database import db
from webui.judging.seat import load_judge
from webui.language import reader_language


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal in the list. address: the sheet; empty where the judge does not see it."""

    title: str
    number: str
    group: str
    address: str
    state: str
    tone: str
    starts_at: datetime | None
    ends_at: datetime | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """One of the judge's rounds in the list of rounds."""

    label: Word
    address: str
    score_by: object
    left: int
    open: bool
    handed_in: int
    all: int
    declared: bool


@signed_in
def mine() -> str:
    """All rounds the reader judges in, the latest first."""
    return render_template(
        "judging/mine.html", seats=[_seat(judge) for judge in rounds_judged(db(), current_person().id)]
    )


@signed_in
def judging_round(round_id: int) -> Response | str:
    """The proposals with the state of their sheets; before the declaration, the way to it."""
    judge = load_judge(round_id)
    if judge.round.closed_at is None and undeclared(db(), judge):
        return redirect(url_for("judging.declaration", round_id=round_id))
    return _page(judge, {})


@signed_in
def hand_in_everything(round_id: int) -> Answer:
    """Hand in every sheet, or say at each what it lacks."""
    judge = load_judge(round_id)
    try:
        number = hand_in_all(db(), judge)
    except NotReady as refused:
        db().rollback()
        faults = {gap.field: gap.sentence.in_(reader_language()) for gap in refused.missing}
        return _page(judge, faults), 422
    return done(_("%(n)s件の審査票を提出しました。", n=number), "judging.round", round_id=round_id)


def _page(judge: Judge, faults: dict[str, str]) -> str:
    rules = rules_for(db(), judge.round)
    scored, kept = to_score(db(), judge), kept_from(db(), judge)
    handed_in = [entry for entry in scored if is_handed_in(judge, entry.proposal_id)]
    return render_template(
        "judging/round.html",
        judge=judge,
        judging=judge.round,
        rules=rules,
        open=judge.round.closed_at is None,
        left=business_days_between(clock.today(), judge.round.score_by),
        lines=[_line(rules, judge, entry, faults) for entry in scored],
        kept=[entry.proposal for entry in judge.round.entries if entry.proposal_id in kept],
        handed_in=len(handed_in),
        following=next((e.proposal_id for e in scored if e not in handed_in), None),
        faults=faults,
        number=selection_of(db(), judge.round)[1],
    )


def _line(rules: Round, judge: Judge, entry: RoundEntry, faults: dict[str, str]) -> Line:
    proposal = entry.proposal
    if is_handed_in(judge, proposal.id):
        state, tone = _("提出済み"), "green"
    elif (sheet := find_sheet(judge, proposal.id)) is None or not (sheet.marks or sheet.comments):
        state, tone = _("未採点"), ""
    elif faults_of(rules, judge, proposal.id):
        state, tone = _("記入中"), "orange"
    else:
        state, tone = _("記入済み・未提出"), "blue"
    return Line(
        title=proposal.title,
        number=proposal.number or "",
        group=proposal.group.name,
        address=url_for("judging.sheet", round_id=judge.round_id, proposal_id=proposal.id),
        state=state,
        tone=tone,
        starts_at=entry.starts_at,
        ends_at=ends_at(rules, entry),
        fault=faults.get(str(proposal.id), ""),
    )


def _seat(judge: Judge) -> Seat:
    scored = to_score(db(), judge)
    return Seat(
        label=rules_for(db(), judge.round).label,
        address=url_for("judging.round", round_id=judge.round_id),
        score_by=judge.round.score_by,
        left=business_days_between(clock.today(), judge.round.score_by),
        open=judge.round.closed_at is None,
        handed_in=sum(is_handed_in(judge, entry.proposal_id) for entry in scored),
        all=len(scored),
        declared=not undeclared(db(), judge),
    )
