"""Closing a round, its results line by line, ties, amounts, the conclusions, and their publication (S02–S04)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import abort, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models import clock
from models.judging.closing import close_round, has_conclusions, work_out_again
from models.judging.committee import adjust, conclude, may_adjust, settle_ties, suggested, ties
from models.judging.published import publish
from models.judging.rounds import entry_of, standing, stands, unfinished
from models.judging.tables import JudgingRound, RoundEntry
from models.process.refusals import Missing, NotPossible, NotReady
from webui.access import current_actor, staff
from webui.admin.changing import Answer, done, page, refusals_at, refused, sent
from webui.database import db
from webui.desk.rounds import around, load_round
from webui.forms import CountField, DayField, Form, HourField, ProseField, YenField
from webui.forms.items import Marks
from webui.language import reader_language
from webui.scored import Scored, scored
from webui.stages.performing import put_on
from webui.stages.selection import ConclusionForm


class CloseForm(Form):
    """Why it is closed although somebody has not finished."""

    reason = ProseField(_l("締め切る理由"), [Marks(maxlength=1000)], render_kw={"rows": 3})


class PublishForm(Form):
    """When the results come out."""

    day = DayField(_l("公表する日"), description=_l("空欄のときは、すぐに公表します。"))
    hour = HourField(_l("公表する時刻"), description=_l("例：10時。空欄のときは午前0時です。"))


@staff
def close_judging(round_id: int) -> Answer:
    """Close the scoring for good."""
    judging = load_round(round_id)
    if judging.closed_at is not None:
        return done(_("採点はすでに締め切られています。"), "desk.results", round_id=round_id)
    form = CloseForm()
    if sent(form):
        with refusals_at(form):
            close_round(db(), current_actor(), judging, reason=form.reason.data or "")
            return done(_("採点を締め切り、結果を計算しました。"), "desk.results", round_id=round_id)
    return page("desk/close_round.html", form, unfinished=unfinished(judging), **around(judging))


@staff
def results(round_id: int) -> Answer:
    """What every proposal got and how, and what the committee has still to settle."""
    judging = _closed(round_id)
    return render_template("desk/results.html", **_results(judging))


@staff
def settle_round_ties(round_id: int) -> Answer:
    """Write the order among equals."""
    judging = _closed(round_id)
    form = _ties_form(judging)
    if sent(form):
        with refusals_at(form):
            settle_ties(db(), judging, {key: form[f"place-{key}"].data for key in _tied(judging)})
            return done(_("同点の順を決め、結果を計算し直しました。"), "desk.results", round_id=round_id)
    return render_template("desk/results.html", **_results(judging, ties_form=form)), 422


@staff
def settle_amounts(round_id: int) -> Answer:
    """Write the committee's own amounts."""
    judging = _closed(round_id)
    form = _amounts_form(judging)
    if sent(form):
        with refusals_at(form):
            amounts = {e.proposal_id: form[f"amount-{e.proposal_id}"].data for e in standing(judging)}
            adjust(db(), judging, amounts)
            return done(_("査定額を決め、結果を計算し直しました。"), "desk.results", round_id=round_id)
    return render_template("desk/results.html", **_results(judging, amounts_form=form)), 422


@staff
def recalculate(round_id: int) -> Answer:
    """Work the results out anew, after a withdrawal."""
    judging = _closed(round_id)
    try:
        work_out_again(db(), judging)
    except NotReady as error:
        return refused(error, "desk.results", round_id=round_id)
    return done(_("結果を計算し直しました。"), "desk.results", round_id=round_id)


@staff
def conclusions(round_id: int) -> Answer:
    """The conclusions on all proposals on one page, each saved by itself."""
    judging = _closed(round_id)
    return render_template("desk/conclusions.html", **_conclusions(judging))


@staff
def conclude_one(round_id: int, proposal_id: int) -> Answer:
    """Write the conclusion on one proposal."""
    judging = _closed(round_id)
    entry = entry_of(judging, proposal_id)
    if entry is None:
        abort(404)
    form = ConclusionForm(prefix=_prefix(proposal_id))
    proposal = entry.proposal
    if sent(form):
        try:
            with _refusals_at(form, proposal_id):
                conclude(
                    db(),
                    current_actor(),
                    judging,
                    proposal,
                    passed=form.passed_said,
                    remarks=form.remarks.data or "",
                    opinion=form.opinion.data or "",
                    amount=form.amount.data,
                    seen=form.seen.data,
                )
                db().expire_all()
                where = "desk.conclusions" if standing(judging) else "desk.judging_round"
                return done(_("「%(title)s」の結論を書きました。", title=proposal.title), where, round_id=round_id)
        except NotPossible:
            if stands(judging, entry):
                raise
            return done(_("この提案の結論は、すでに書かれています。"), "desk.conclusions", round_id=round_id)
    form.seen.data = proposal.version
    return render_template("desk/conclusions.html", form=form, **_conclusions(judging, {proposal_id: form})), 422


@staff
def publish_results(round_id: int) -> Answer:
    """Bring the results out, at once or at a moment to come."""
    judging = _closed(round_id)
    form = PublishForm()
    if sent(form):
        with refusals_at(form):
            day, hour = form.day.data, form.hour.data
            moment = (clock.at_tokyo(day, hour) if hour else clock.at_tokyo(day)) if day else None
            publish(db(), judging, moment)
            message = _("結果の公表を予約しました。") if moment else _("結果を公表しました。")
            return done(message, "desk.judging_round", round_id=round_id)
    return page("desk/publish_results.html", form, **around(judging))


def _prefilled(entry: RoundEntry) -> ConclusionForm:
    """The form with what the result suggests; the committee may find otherwise."""
    draft = suggested(entry)
    passed = "" if draft.passed is None else "yes" if draft.passed else "no"
    return ConclusionForm(
        formdata=None,
        prefix=_prefix(entry.proposal_id),
        data={"seen": entry.proposal.version, "passed": passed, "amount": draft.amount},
    )


def _prefix(proposal_id: int) -> str:
    """Begins the names of the fields about one proposal, of which the page has several."""
    return f"p{proposal_id}-"


@contextmanager
def _refusals_at(form: ConclusionForm, proposal_id: int) -> Iterator[None]:
    """What the domain refuses is said at the fields of this proposal."""
    try:
        yield
    except NotReady as error:
        prefix = _prefix(proposal_id)
        put_on(form, [Missing(gap.field and prefix + gap.field, gap.sentence) for gap in error.missing])


def _closed(round_id: int) -> JudgingRound:
    judging = load_round(round_id)
    if judging.closed_at is None:
        abort(404)
    return judging


def _results(
    judging: JudgingRound, *, ties_form: Form | None = None, amounts_form: Form | None = None
) -> dict[str, Any]:
    settled = has_conclusions(db(), judging) or not standing(judging)
    tied = [] if settled else ties(db(), judging)
    adjusting = may_adjust(db(), judging) and not settled
    shown_ties = ties_form or (_ties_form(judging) if tied else None)
    shown_amounts = amounts_form or (_amounts_form(judging) if adjusting else None)
    return {
        **around(judging),
        "rows": [(entry, scored(judging, entry)) for entry in _ranked(judging)],
        "tied": tied,
        "ties_form": shown_ties,
        "amounts_form": shown_amounts,
        "form": ties_form or amounts_form,
        "settled": settled,
        "standing": standing(judging),
        "language": reader_language(),
    }


def _ranked(judging: JudgingRound) -> list[RoundEntry]:
    """From the first rank down, then those without one."""
    entries = [entry for entry in judging.entries if entry.result is not None]
    return sorted(entries, key=lambda e: ((e.result or {}).get("rank") or len(entries) + 1, e.proposal.number or ""))


def _tied(judging: JudgingRound) -> list[int]:
    return [entry.proposal_id for group in ties(db(), judging) for entry in group]


def _ties_form(judging: JudgingRound) -> Form:
    fields = {
        f"place-{entry.proposal_id}": CountField(
            _("「%(title)s」の順", title=entry.proposal.title), [Marks(required=True)], default=entry.tie_order
        )
        for group in ties(db(), judging)
        for entry in group
    }
    made: type[Form] = type("TiesForm", (Form,), fields)
    return made()


def _amounts_form(judging: JudgingRound) -> Form:
    fields = {
        f"amount-{entry.proposal_id}": YenField(
            _("「%(title)s」の査定額", title=entry.proposal.title),
            default=entry.adjusted,
            description=_("要望額 %(asked)s円。空欄のときは要望額のままです。", asked=f"{entry.asked:,}"),
        )
        for entry in standing(judging)
    }
    made: type[Form] = type("AmountsForm", (Form,), fields)
    return made()


def _conclusions(judging: JudgingRound, sent_forms: dict[int, ConclusionForm] | None = None) -> dict[str, Any]:
    waiting: list[tuple[RoundEntry, Scored, ConclusionForm]] = []
    for entry in _ranked(judging):
        if stands(judging, entry):
            given = (sent_forms or {}).get(entry.proposal_id)
            form = given or _prefilled(entry)
            waiting.append((entry, scored(judging, entry), form))
    return {
        **around(judging),
        "waiting": waiting,
        "concluded": [
            (entry, next(c for c in reversed(entry.proposal.conclusions) if c.round_id == judging.id))
            for entry in _ranked(judging)
            if not stands(judging, entry) and any(c.round_id == judging.id for c in entry.proposal.conclusions)
        ],
    }
