"""審査・採否: the pages with which a proposal goes into a round, is concluded on, adopted or not, and decided formally."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired, Length

from models.judging.committee import suggested
from models.judging.presentations import ends_at
from models.judging.published import Decision, Own, decision_on, entries_on, own_results
from models.judging.rounds import entry_of, latecomers, rounds_run_by, rules_for
from models.judging.tables import JudgingRound, RoundEntry
from models.process.actors import hats_of
from models.process.moves.selection import LONGEST
from models.process.sight import CITY_HATS
from models.process.vocabulary import MoveKey, State
from models.proposals import Proposal
from models.words import Word
from webui.access import current_actor, signed_in
from webui.calendars import slots_answer
from webui.database import db
from webui.filters import day, word
from webui.forms import DayField, ProseField, SelectChoice, YenField
from webui.forms.items import Marks
from webui.scored import Scored, scored
from webui.stages.performing import MoveForm, Page, attempt, carried_out, load_proposal, shown
from webui.stages.plain import REASON_LIMIT, PlainMove, ReasonForm, around, plain_page
from webui.stages.reading import Hats, Reading, around_paper, readable


class RoundForm(MoveForm):
    """Into which open round it goes."""

    round_id = RadioField(_l("審査"), [InputRequired(_l("審査を選んでください"))], coerce=int, validate_choice=False)


class ConclusionForm(MoveForm):
    """The committee's conclusion on one proposal."""

    passed = RadioField(
        _l("結論"),
        [Marks(required=True)],
        choices=[SelectChoice("yes", _l("通過・採択候補とする")), SelectChoice("no", _l("通過としない"))],
        validate_choice=False,
    )
    amount = YenField(
        _l("市が負担する額"), description=_l("申請額以下で入力してください。お金を伴わないときは空欄にします。")
    )
    remarks = ProseField(
        _l("講評（理由）"),
        [Marks(required=True, maxlength=LONGEST)],
        description=_l("提案団体が読みます。結果の公表の範囲によっては、市民も読みます。"),
        render_kw={"rows": 4},
    )
    opinion = ProseField(
        _l("付帯意見"),
        [Marks(maxlength=LONGEST)],
        description=_l("実施にあたり、守ってほしいことがあれば書いてください。"),
        render_kw={"rows": 2},
    )

    @property
    def passed_said(self) -> bool | None:
        """What was chosen; None: nothing."""
        return {"yes": True, "no": False}.get(self.passed.data or "")


class AdoptForm(MoveForm):
    """What the city grants, and why where it differs from the committee."""

    amount = YenField(_l("市が負担する額"), description=_l("申請額以下で入力してください。"))
    reason = ProseField(
        _l("理由"),
        [Length(max=REASON_LIMIT, message=_l("理由は2,000文字までで入力してください"))],
        description=_l("審査会の結論と違う決定をするときは、必ず書いてください。通知書に載ります。"),
        render_kw={"rows": 4},
    )


class FinalForm(MoveForm):
    """The budget vote, and the amount that follows from it."""

    voted_on = DayField(_l("予算が議決された日"), [Marks(required=True)])
    amount = YenField(_l("正式に決定する額"), description=_l("内定した額以下で入力してください。"))


@dataclass(frozen=True, slots=True)
class Slot:
    """When and where a proposal is presented, and what its group is told."""

    starts_at: datetime
    ends_at: datetime
    place: str
    invitation: str
    observers: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Selection on the proposal's page: the round it is in, its slot, its latest result, the decision."""

    label: Word | None
    score_by: object
    slot: Slot | None
    latest: tuple[Word, Scored] | None
    decision: Decision | None


@signed_in
def open_round(proposal_id: int) -> Page:
    """Put it into a round that is open already; a new round is opened on the rounds' own page."""
    proposal = load_proposal(proposal_id)
    page = around(proposal, MoveKey.OPEN_ROUND)
    fitting = [r for r in rounds_run_by(db(), current_actor()) if proposal in latecomers(db(), current_actor(), r)]
    form = RoundForm(data={"seen": proposal.version})
    form.round_id.choices = [SelectChoice(str(r.id), _round_words(r)) for r in fitting]
    if form.validate_on_submit():
        event = attempt(proposal, MoveKey.OPEN_ROUND, form, round_id=form.round_id.data)
        if event is not None:
            return carried_out(proposal, event)
    return shown("stages/open_round.html", form, fitting=fitting, **page)


@signed_in
def close_round(proposal_id: int) -> Page:
    """Scoring is closed for the whole round: on to its page."""
    proposal = load_proposal(proposal_id)
    around(proposal, MoveKey.CLOSE_ROUND)
    if proposal.round_id is None:
        return redirect(url_for("desk.rounds"), 303)
    return redirect(url_for("desk.judging_round", round_id=proposal.round_id), 303)


@signed_in
def conclude(proposal_id: int) -> Page:
    """Write the committee's conclusion, with what the result suggests."""
    proposal = load_proposal(proposal_id)
    entry = _current(proposal)
    draft = suggested(entry) if entry is not None else None
    form = ConclusionForm(
        data={
            "seen": proposal.version,
            "passed": {True: "yes", False: "no"}.get(draft.passed) if draft and draft.passed is not None else None,
            "amount": draft.amount if draft else None,
        }
    )
    if form.validate_on_submit():
        event = attempt(
            proposal,
            MoveKey.CONCLUDE,
            form,
            passed=form.passed_said,
            remarks=form.remarks.data or "",
            opinion=form.opinion.data or "",
            amount=form.amount.data,
        )
        if event is not None:
            return carried_out(proposal, event)
    return shown("stages/conclude.html", form, **around(proposal, MoveKey.CONCLUDE), **concluding(proposal))


@signed_in
def adopt(proposal_id: int) -> Page:
    """採択: the city's decision, with the amount that the committee named."""
    proposal = load_proposal(proposal_id)
    last = proposal.conclusions[-1] if proposal.conclusions else None
    form = AdoptForm(data={"seen": proposal.version, "amount": last.amount if last else None})
    if form.validate_on_submit():
        event = attempt(proposal, MoveKey.ADOPT, form, amount=form.amount.data, reason=form.reason.data or "")
        if event is not None:
            return carried_out(proposal, event)
    return shown("stages/adopt.html", form, **around(proposal, MoveKey.ADOPT), **concluding(proposal))


@signed_in
def decide_finally(proposal_id: int) -> Page:
    """正式決定: after the budget vote."""
    proposal = load_proposal(proposal_id)
    form = FinalForm(data={"seen": proposal.version, "amount": proposal.granted})
    if form.validate_on_submit():
        event = attempt(proposal, MoveKey.DECIDE_FINALLY, form, voted_on=form.voted_on.data, amount=form.amount.data)
        if event is not None:
            return carried_out(proposal, event)
    return shown("stages/decide_finally.html", form, **around(proposal, MoveKey.DECIDE_FINALLY), **concluding(proposal))


@signed_in
def selection(proposal_id: int) -> str:
    """Every round with its result and reasons, and the decision."""
    proposal = readable(proposal_id, there)
    return render_template(
        "stages/selection.html",
        standing=standing_of(proposal),
        **concluding(proposal),
        **around_paper(proposal, _("審査と採否")),
    )


@signed_in
def presentation_file(proposal_id: int) -> Response:
    """The proposal's slots for people's own calendars."""
    proposal = load_proposal(proposal_id)
    planned = [(judging, entry) for judging, entry in entries_on(db(), proposal) if entry.starts_at is not None]
    if not planned:
        abort(404)
    judging, entry = planned[-1]
    return slots_answer(judging, [entry])


def there(proposal: Proposal, hats: Hats) -> bool:
    """From the first round, conclusion or decision on."""
    return proposal.round_id is not None or bool(proposal.conclusions) or decision_on(proposal) is not None


def standing_of(proposal: Proposal) -> Standing | None:
    """What the proposal's page says about its selection; None while there is none."""
    if not there(proposal, hats_of(current_actor(), proposal)):
        return None
    found = next((pair for pair in entries_on(db(), proposal) if pair[0].id == proposal.round_id), None)
    results = _results(proposal)
    under_way = found if proposal.state is State.SELECTING else None
    return Standing(
        label=rules_for(db(), under_way[0]).label if under_way else None,
        score_by=under_way[0].score_by if under_way and under_way[0].closed_at is None else None,
        slot=_slot(*under_way) if under_way and under_way[0].closed_at is None else None,
        latest=(results[-1].rules.label, scored(results[-1].judging, results[-1].entry)) if results else None,
        decision=decision_on(proposal),
    )


def concluding(proposal: Proposal) -> dict[str, Any]:
    """What whoever concludes or decides has to read, and the parties afterwards."""
    return {
        "results": [(own, scored(own.judging, own.entry)) for own in _results(proposal)],
        "conclusion": proposal.conclusions[-1] if proposal.conclusions else None,
        "without_round": [c for c in proposal.conclusions if c.round_id is None],
        "decision": decision_on(proposal),
    }


def _results(proposal: Proposal) -> list[Own]:
    in_office = bool(hats_of(current_actor(), proposal) & CITY_HATS)
    return own_results(db(), proposal, at_closing=in_office)


def _current(proposal: Proposal) -> RoundEntry | None:
    judging = db().get(JudgingRound, proposal.round_id) if proposal.round_id is not None else None
    return entry_of(judging, proposal.id) if judging is not None else None


def _slot(judging: JudgingRound, entry: RoundEntry) -> Slot | None:
    ends = ends_at(rules_for(db(), judging), entry)
    if entry.starts_at is None or ends is None:
        return None
    return Slot(entry.starts_at, ends, entry.place, judging.invitation, judging.observers)


def _round_words(judging: JudgingRound) -> str:
    return str(
        _("%(round)s（採点の期限 %(day)s）", round=word(rules_for(db(), judging).label), day=day(judging.score_by))
    )


def _deciding(key: MoveKey, says: str, *, hint: str = "", stops: bool = False) -> PlainMove:
    return PlainMove(key, says, ReasonForm, hint, stops, "stages/deciding.html", concluding)


PLAIN = (
    _deciding(
        MoveKey.NOT_ADOPT,
        _l("不採択と決定します。提案団体に、理由を書いた通知書が届きます。"),
        hint=_l(
            "通知書に載ります。結果の公表の範囲によっては、市民も読みます。どの点が足りなかったかを、提案団体にわかるように書いてください。"
        ),
        stops=True,
    ),
    _deciding(
        MoveKey.RETURN_CONCLUSION,
        _l("審査会の結論を差し戻し、書き直してもらいます。"),
        hint=_l("どの点を、なぜ見直してほしいかを書いてください。"),
    ),
    _deciding(
        MoveKey.CANCEL_ADOPTION,
        _l("内定を取り消します。提案団体に、理由を書いた通知書が届きます。"),
        hint=_l("予算が議決されなかったことなどを書いてください。通知書に載ります。"),
        stops=True,
    ),
)

PAGES: dict[MoveKey, Callable[..., Any]] = {
    MoveKey.OPEN_ROUND: open_round,
    MoveKey.CLOSE_ROUND: close_round,
    MoveKey.CONCLUDE: conclude,
    MoveKey.ADOPT: adopt,
    **{plain.key: plain_page(plain) for plain in PLAIN},
    MoveKey.DECIDE_FINALLY: decide_finally,
}
READINGS = (Reading("selection", _l("審査と採否"), selection, there),)
