"""審査 as the office runs it: rounds that can be opened, their proposals, last day and budget (S03)."""

from collections.abc import Iterable

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models import clock
from models.calendar import add_business_days, business_days_between
from models.editions import rules_of
from models.judging.figures import unfilled
from models.judging.judges import kept_from, to_score, undeclared
from models.judging.presentations import without_slot
from models.judging.published import decision_on
from models.judging.rounds import (
    Opening,
    active_judges,
    add_proposal,
    change_round,
    entry_of,
    find_opening,
    find_round,
    latecomers,
    open_round,
    openings,
    rounds_run_by,
    rules_for,
    standing,
    stands,
    take_out,
    unfinished,
)
from models.judging.sheets import is_handed_in
from models.judging.tables import Judge, JudgingRound, RoundEntry
from models.portal import portal
from models.process.labels import STATES
from models.process.refusals import NotReady
from models.proposals import Proposal
from models.words import Word
from webui.access import current_actor, staff
from webui.admin.changing import Answer, done, page, refusals_at, refused, sent
from webui.database import db
from webui.forms import ChecksField, DayField, Form, ProseField, SelectChoice, YenField
from webui.forms.items import Marks
from webui.language import reader_language


class TermsForm(Form):
    """Until when is scored, and how much there is."""

    score_by = DayField(_l("採点の期限"), [Marks(required=True)])
    budget = YenField(_l("予算（配分できる額の合計）"), description=_l("空欄のときは、予算による打切りをしません。"))


class OpenForm(TermsForm):
    """A new round."""

    proposals = ChecksField(_l("審査に付す提案"), [Marks(required=True)], validate_choice=False)


class RemoveForm(Form):
    """Why a proposal is taken out."""

    reason = ProseField(
        _l("理由"), [Marks(required=True, maxlength=1000)], description=_l("提案団体にそのまま届きます。")
    )


def load_round(round_id: int) -> JudgingRound:
    """The round, or the page that says there is none: also for whoever does not run it."""
    found = find_round(db(), current_actor(), round_id)
    if found is None:
        abort(404)
    return found


def call_words(edition_id: str, call_key: str) -> Word:
    """The name of a round's call; of its programme where it has none."""
    rules = rules_of(db(), edition_id)
    call = rules.call(call_key)
    return call.label if call is not None else rules.name


@staff
def rounds() -> str:
    """What can be opened, and the rounds there are."""
    actor = current_actor()
    return render_template(
        "desk/rounds.html",
        openings=[(one, call_words(one.edition_id, one.call_key)) for one in openings(db(), actor)],
        rows=[
            (judging, rules_for(db(), judging), call_words(judging.edition_id, judging.call_key), *_state(judging))
            for judging in rounds_run_by(db(), actor)
        ],
    )


@staff
def new_round() -> Answer:
    """Open a round: which of the waiting proposals, until when, with how much."""
    asked = (request.args.get(name, "") for name in ("call", "round", "edition"))
    opening = find_opening(db(), current_actor(), *asked)
    if opening is None:
        abort(404)
    rules = rules_of(db(), opening.edition_id)
    call = rules.call(opening.call_key)
    form = OpenForm(
        data={
            "proposals": [str(proposal.id) for proposal in opening.proposals],
            "score_by": add_business_days(clock.today(), rules.terms.conclude, portal().closed_days),
            "budget": call.budget or None if call is not None and _gives_money(opening) else None,
        }
    )
    form.proposals.choices = [
        SelectChoice(str(p.id), f"{p.title}（{p.number}　{p.group.name}）") for p in opening.proposals
    ]
    if sent(form):
        with refusals_at(form):
            judging = open_round(
                db(),
                current_actor(),
                opening,
                proposal_ids=[int(key) for key in form.proposals.data or [] if key.isdecimal()],
                score_by=form.score_by.data,
                budget=form.budget.data,
            )
            return done(
                _("審査を始めました。次に、審査員を招いてください。"), "desk.judging_round", round_id=judging.id
            )
    return page(
        "desk/new_round.html",
        form,
        opening=opening,
        call=call,
        words=call_words(opening.edition_id, opening.call_key),
        money=_gives_money(opening),
    )


@staff
def judging_round(round_id: int) -> str:
    """One round: what is to be done next, its judges, its proposals."""
    judging = load_round(round_id)
    return render_template("desk/round.html", **around(judging), **_overview(judging))


@staff
def change_judging_round(round_id: int) -> Answer:
    """Set another last day or budget."""
    judging = load_round(round_id)
    form = TermsForm(data={"score_by": judging.score_by, "budget": judging.budget})
    if sent(form):
        with refusals_at(form):
            change_round(db(), current_actor(), judging, score_by=form.score_by.data, budget=form.budget.data)
            return done(_("期限と予算を変更しました。"), "desk.judging_round", round_id=round_id)
    return page("desk/change_round.html", form, **around(judging))


@staff
def add_to_round(round_id: int, proposal_id: int) -> Answer:
    """Put a proposal that arrived later before the judges."""
    judging = load_round(round_id)
    proposal = next((p for p in latecomers(db(), current_actor(), judging) if p.id == proposal_id), None)
    if proposal is None:
        abort(404)
    try:
        add_proposal(db(), current_actor(), judging, proposal)
    except NotReady as error:
        return refused(error, "desk.judging_round", round_id=round_id)
    return done(_("「%(title)s」を加えました。", title=proposal.title), "desk.judging_round", round_id=round_id)


@staff
def take_from_round(round_id: int, proposal_id: int) -> Answer:
    """Take a proposal out of the round, with the reason."""
    judging = load_round(round_id)
    entry = entry_of(judging, proposal_id)
    if entry is None or not stands(judging, entry) or judging.closed_at is not None:
        abort(404)
    form = RemoveForm()
    if sent(form):
        with refusals_at(form):
            title = entry.proposal.title
            take_out(db(), current_actor(), judging, entry.proposal, form.reason.data or "")
            return done(_("「%(title)s」を外しました。", title=title), "desk.judging_round", round_id=round_id)
    return page("desk/take_from_round.html", form, proposal=entry.proposal, **around(judging))


def around(judging: JudgingRound) -> dict[str, object]:
    """What every page of a round shows: its name, its call, its rules."""
    return {
        "judging": judging,
        "rules": rules_for(db(), judging),
        "call": call_words(judging.edition_id, judging.call_key),
        "open": judging.closed_at is None,
    }


def _overview(judging: JudgingRound) -> dict[str, object]:
    judges, entries = active_judges(judging), standing(judging)
    state, tone = _state(judging)
    return {
        "state": state,
        "tone": tone,
        "left": business_days_between(clock.today(), judging.score_by, portal().closed_days),
        "judges": [_progress(judge) for judge in judges],
        "stepped_back": [judge for judge in judging.judges if judge.withdrawn_at is not None],
        "unfinished": unfinished(judging),
        "unfilled": unfilled(db(), judging),
        "proposals": [(entry, _entry_words(judging, entry), _sheets(judges, entry)) for entry in judging.entries],
        "standing": entries,
        "late": latecomers(db(), current_actor(), judging),
        "without_slot": without_slot(judging),
        "concluded": judging.closed_at is not None and not entries,
    }


def _progress(judge: Judge) -> dict[str, object]:
    """How far a judge is, or came before the round was closed; never how anything was marked."""
    scored = to_score(db(), judge)
    handed_in = sum(is_handed_in(judge, entry.proposal_id) for entry in scored)
    if judge.round.closed_at is not None:
        words, tone = (_("提出済み"), "green") if handed_in else (_("提出なし"), "orange")
    elif judge.declared_at is None or undeclared(db(), judge):
        words, tone = _("申告待ち"), "orange"
    elif handed_in == len(scored):
        words, tone = _("提出済み"), "green"
    else:
        words, tone = _("採点中"), "blue"
    kept = kept_from(db(), judge)
    return {
        "judge": judge,
        "words": words,
        "tone": tone,
        "handed_in": handed_in,
        "all": len(scored),
        "interests": [
            (entry.proposal, next((i for i in judge.interests if i.proposal_id == entry.proposal_id), None))
            for entry in judge.round.entries
            if entry.proposal_id in kept
        ],
    }


def _sheets(judges: Iterable[Judge], entry: RoundEntry) -> tuple[int, int]:
    """How many sheets on a proposal are in, of how many judges who score it."""
    scoring = [judge for judge in judges if entry.proposal_id not in kept_from(db(), judge)]
    return sum(is_handed_in(judge, entry.proposal_id) for judge in scoring), len(scoring)


def _entry_words(judging: JudgingRound, entry: RoundEntry) -> str:
    """Where a proposal of the round stands."""
    if stands(judging, entry):
        return str(_("採点中")) if judging.closed_at is None else str(_("結論待ち"))
    decided = decision_on(entry.proposal)
    words = decided.words if decided is not None else STATES[entry.proposal.state]
    return words.in_(reader_language())


def _state(judging: JudgingRound) -> tuple[str, str]:
    if judging.published_at is not None and judging.published_at <= clock.now():
        return str(_("結果を公表済み")), "green"
    if judging.closed_at is None:
        return str(_("採点中")), "blue"
    if standing(judging):
        return str(_("結論待ち")), "orange"
    return str(_("結論済み")), "green"


def _gives_money(opening: Opening) -> bool:
    last = opening.selection.rounds[-1].key == opening.rules.key
    return last and opening.selection.award is not None


def named(proposal: Proposal) -> str:
    """A proposal in a list of choices."""
    return f"{proposal.title}（{proposal.number}）"
