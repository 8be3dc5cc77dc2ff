"""A member's own page, and beginning a proposal."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from models import clock
from models.calls import open_calls
from models.drafts import begin_draft
from models.editions import main_programme, programmes_in_force, rules_of
from models.notices import notices
from models.openings import opening_to_propose_for
from models.own_proposals import Own, own_duties, own_proposals
from models.partners import asked_of_groups
from models.people import Group
from models.process.sight import state_words
from models.process.vocabulary import Hat
from models.programme.forms import Item
from models.programme.guide_calendar import window_in_words
from models.programme.schema import Programme
from webui.access import current_actor, current_person, signed_in
from webui.database import db
from webui.forms import Form, SelectChoice
from webui.language import reader_language
from webui.paging import neighbours, place_asked
from webui.proposals.turn import Turn, turn_of
from webui.stages.performing import Page, shown
from webui.steps import tone_of

LATEST = 5
"""Notices shown here; the page of notices has them all."""


AS_MEMBER: frozenset[Hat] = frozenset({Hat.MEMBER})
"""Whoever reads this page reads it as a member of the group."""


@signed_in
def mine() -> str:
    """What my groups have to do now, what was told to us, and all our proposals."""
    actor = current_actor()
    page = own_proposals(db(), actor, place_asked())
    previous, following = neighbours(page)
    rows: list[dict[str, Any]] = [
        {
            "address": url_for("proposals.proposal", proposal_id=duty.proposal_id),
            "title": duty.proposal.title or _("（名前のない提案）"),
            "number": duty.proposal.number or "",
            "group": duty.proposal.group.name,
            "ask": turn.what,
            "why": "",
            "due": turn.due_on,
            "left": turn.left,
            "more": [],
        }
        for duty in own_duties(db(), actor)
        for turn in [turn_of(duty, duty.proposal, AS_MEMBER, mine=False)]
    ]
    return render_template(
        "proposals/mine.html",
        belongings=actor.belongings,
        asked_parts=asked_of_groups(db(), actor),
        rows=rows,
        notices=notices(db(), current_person().id).rows[:LATEST],
        proposals=[
            (own.proposal, state_words(own.proposal, AS_MEMBER), tone_of(own.proposal.state), _turns(own))
            for own in page.rows
        ],
        previous=previous,
        following=following,
    )


class BeginForm(Form):
    """For which call and for which group the proposal is."""

    call = RadioField(_l("どの募集に提案しますか"), [InputRequired(_l("募集を選んでください"))])
    group = RadioField(_l("どの団体の提案ですか"), [InputRequired(_l("団体を選んでください"))])


@signed_in
def new() -> Page:
    """What a proposal needs, and beginning one; whoever belongs to one group is not asked which."""
    belongings = current_actor().belongings
    opening = opening_to_propose_for(db(), request.args.get("opening", type=int))
    taking = open_calls(db(), clock.now())
    form = BeginForm(call=request.args.get("call") or None)
    form.call.choices = [SelectChoice(call.key, call.label.in_(reader_language())) for _edition, call in taking]
    if len(taking) <= 1:
        del form.call
    form.group.choices = [SelectChoice(str(b.group_id), b.group) for b in belongings]
    if len(belongings) == 1:
        del form.group
    if form.validate_on_submit():
        group_id = int(form.group.data) if "group" in form else belongings[0].group_id
        call_key = form.call.data if "call" in form else next((call.key for _edition, call in taking), "")
        proposal = begin_draft(db(), current_actor(), db().get_one(Group, group_id), call_key)
        proposal.opening_id = opening.id if opening is not None else None
        return redirect(url_for("proposals.draft", proposal_id=proposal.id), 303)
    rules, offered = main_programme(db()), {call.key: edition for edition, call in taking}
    chosen = (form.call.data or "") if "call" in form else next(iter(offered), "")
    asking = rules_of(db(), offered[chosen]) if chosen in offered else rules
    return shown(
        "proposals/new.html",
        form,
        belongings=belongings,
        opening=opening,
        rules=rules,
        hints={"call": {call.key: window_in_words(call).in_(reader_language()) for _edition, call in taking}},
        taking=taking or not any(one.calls for one in programmes_in_force(db())),
        items=[item.label.in_(reader_language()) for item in _needed(asking, chosen)],
    )


def _needed(rules: Programme, call_key: str) -> list[Item]:
    """What every proposal for a call has to answer; where none is chosen yet, what the form asks of all."""
    questions = rules.questions_for(call_key) if call_key else rules.proposal_items
    return [item for item in questions if item.required and item.when is None and not item.kinds]


def _turns(own: Own) -> list[Turn]:
    return [turn_of(duty, own.proposal, AS_MEMBER, mine=False) for duty in own.waiting]
