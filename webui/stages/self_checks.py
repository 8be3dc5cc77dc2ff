"""自己点検: each side writes its own, sealed until both are in; then both are read side by side (V01–V15)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import Form as PlainForm
from wtforms import FormField, RadioField

from models.process.moves.review import COMMENT_LIMIT, differing_items, opened, readable_self_checks
from models.process.refusals import NotReady
from models.process.vocabulary import SIDE_OF, Hat, MoveKey, Side
from models.programme.schema import Programme
from models.proposals import Proposal
from models.review import SelfCheck
from models.self_checks import Overtaken, own_self_check, save_self_check
from webui.access import current_actor, signed_in
from webui.database import SAFE_METHODS, db
from webui.forms import ProseField, SelectChoice, autosave
from webui.forms.items import ITEM, Marks
from webui.language import reader_language
from webui.stages.performing import MarkField, MoveForm, Page, attempt, carried_out, load_proposal, put_on, shown
from webui.stages.plain import around, not_ready
from webui.stages.reading import Hats, Reading, around_paper, readable


class CheckForm(MoveForm):
    """The programme's review items come in between. `revision`: the draft that the form was opened with."""

    revision = MarkField()


@dataclass(frozen=True, slots=True)
class Answer:
    """One item as both sides answered it; empty where a side's sheet is not open to the reader."""

    item: str
    group: str
    group_comment: str
    city: str
    city_comment: str
    differs: bool


@signed_in
def submit_self_check(proposal_id: int) -> Page:
    """Write one's own side's sheet and hand it in; it is saved while one types."""
    proposal = load_proposal(proposal_id)
    if (waiting := not_ready(proposal, MoveKey.SUBMIT_SELF_CHECK)) is not None:
        return waiting
    own = own_self_check(proposal, current_actor())
    differences: dict[str, str] = {}
    if request.method in SAFE_METHODS:
        form = _form(proposal, _as_typed(proposal, own))
    else:
        form = _form(proposal)
        try:
            done = _sent(proposal, form, handed_in=own is not None and own.submitted_at is not None)
        except Overtaken as overtaken:
            differences = _differences(proposal, form, overtaken.saved)
            form.revision.data = overtaken.revision
        else:
            if done is not None:
                return done
    asked = [form[ITEM + item.key].form for item in proposal.rules.review_items]
    return shown(
        "stages/submit_self_check.html",
        form,
        status=409 if differences else 422,
        asked=asked,
        fields=[field for one in asked for field in (one.mark, one.comment)],
        differences=differences,
        save=url_for("stages.save_self_check_draft", proposal_id=proposal.id),
        **around(proposal, MoveKey.SUBMIT_SELF_CHECK),
    )


@signed_in
def save_self_check_draft(proposal_id: int) -> Response:
    """Save what has been typed so far, for static/autosave.js."""
    proposal = load_proposal(proposal_id)
    try:
        return autosave.saved(_save(proposal, _form(proposal)))
    except NotReady as refused:
        sentences = [gap.sentence.in_(reader_language()) for gap in refused.missing]
        answer = jsonify(problem="refused", sentences=sentences)
        answer.status_code = 422
        return answer
    except Overtaken:
        return autosave.conflict()


@signed_in
def self_checks(proposal_id: int) -> str:
    """The self-checks one may read: one's own side's after handing it in, both once they are open."""
    proposal = readable(proposal_id, there)
    checks = readable_self_checks(current_actor(), proposal)
    return render_template(
        "stages/self_checks.html",
        answers=side_by_side(proposal.rules, checks),
        open=opened(proposal),
        **around_paper(proposal, _("自己点検")),
    )


def there(proposal: Proposal, hats: Hats) -> bool:
    """For a side from its own handing in, for every party from the moment both are open."""
    sides = {SIDE_OF[hat] for hat in hats if hat in (Hat.MEMBER, Hat.SECTION)}
    return opened(proposal) or any(c.side in sides and c.submitted_at is not None for c in proposal.self_checks)


def side_by_side(rules: Programme, checks: Mapping[Side, SelfCheck]) -> list[Answer]:
    """Both sheets, item by item; a difference is known only when both may be read."""
    differ = set(differing_items(rules, checks))
    marks = {mark.key: mark.label.in_(reader_language()) for mark in rules.scale.marks}

    def answer(side: Side, key: str) -> tuple[str, str]:
        given = checks[side].answers.get(key, {}) if side in checks else {}
        return marks.get(given.get("mark", ""), ""), given.get("comment", "")

    return [
        Answer(
            item.label.in_(reader_language()),
            *answer(Side.GROUP, item.key),
            *answer(Side.CITY, item.key),
            item.key in differ,
        )
        for item in rules.review_items
    ]


def _sent(proposal: Proposal, form: CheckForm, *, handed_in: bool) -> Page | None:
    """Keep the draft and, unless only that was asked, hand it in. A second click goes straight to the first's event."""
    if not handed_in:
        try:
            _save(proposal, form)
        except NotReady as refused:
            put_on(form, refused.missing)
            return None
    if request.form.get("then") == "save":
        flash(_("下書きを保存しました。相手の側には見えません。"))
        return redirect(url_for("stages.submit_self_check", proposal_id=proposal.id), 303)
    event = attempt(proposal, MoveKey.SUBMIT_SELF_CHECK, form, answers=_answers(proposal, form))
    return carried_out(proposal, event) if event is not None else None


def _save(proposal: Proposal, form: CheckForm) -> int:
    return save_self_check(
        db(), proposal, current_actor(), answers=_answers(proposal, form), revision=form.revision.data or 0
    )


def _form(proposal: Proposal, typed: MultiDict[str, str] | None = None) -> CheckForm:
    rules, language = proposal.rules, reader_language()
    marks = [SelectChoice(mark.key, mark.label.in_(language)) for mark in rules.scale.marks]
    fields = {ITEM + item.key: FormField(_item_form(item.label.in_(language), marks)) for item in rules.review_items}
    made: type[CheckForm] = type("CheckForm", (CheckForm,), fields)
    return made() if typed is None else made(formdata=typed)


def _item_form(label: str, marks: list[SelectChoice]) -> type[PlainForm]:
    """Mark and comment of one item, under its own words."""
    return type(
        "ItemForm",
        (PlainForm,),
        {
            "mark": RadioField(label, [Marks(required=True)], choices=marks, validate_choice=False),
            "comment": ProseField(_l("コメント"), [Marks(maxlength=COMMENT_LIMIT)], render_kw={"rows": 2}),
        },
    )


def _as_typed(proposal: Proposal, own: SelfCheck | None) -> MultiDict[str, str]:
    typed = MultiDict({"seen": str(proposal.version), "revision": str(own.revision if own else 0)})
    for key, given in (own.answers if own else {}).items():
        typed[f"{ITEM}{key}-mark"], typed[f"{ITEM}{key}-comment"] = given["mark"], given["comment"]
    return typed


def _answers(proposal: Proposal, form: CheckForm) -> dict[str, dict[str, str]]:
    found = {}
    for item in proposal.rules.review_items:
        given = form[ITEM + item.key].form
        found[item.key] = {"mark": given.mark.data or "", "comment": given.comment.data or ""}
    return found


def _differences(proposal: Proposal, form: CheckForm, saved: dict[str, Any]) -> dict[str, str]:
    """What a colleague saved, in words, by the name of each field in which something else was typed."""
    rules, language = proposal.rules, reader_language()
    marks = {mark.key: mark.label.in_(language) for mark in rules.scale.marks}
    found = {}
    for key, typed in _answers(proposal, form).items():
        stands = saved.get(key, {"mark": "", "comment": ""})
        if stands["mark"] != typed["mark"]:
            found[f"{ITEM}{key}-mark"] = marks.get(stands["mark"], "")
        if stands["comment"] != typed["comment"]:
            found[f"{ITEM}{key}-comment"] = stands["comment"]
    return found


PAGES: dict[MoveKey, Callable[..., Any]] = {MoveKey.SUBMIT_SELF_CHECK: submit_self_check}
READINGS = (Reading("self_checks", _l("自己点検"), self_checks, there),)
