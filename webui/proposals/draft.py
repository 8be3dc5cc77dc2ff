"""Writing the proposal: saved while one types, on any device, without anybody's words being overwritten unseen."""

from typing import Any

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import HiddenField

from models.attachments import attached
from models.drafts import Draft, Overtaken, check_editable, draft_of, revision_of, save_draft
from models.history import Event
from models.process.moves.intake import PROFILE, PROFILE_LIMIT
from models.process.refusals import NotReady
from models.process.vocabulary import MoveKey, Stage, State
from models.programme.forms import Item
from models.proposals import Proposal
from webui.access import current_actor, signed_in
from webui.attachments import ACCEPT, FilesForm, attached_files, take_files
from webui.database import db
from webui.forms import LineField, ProseField, autosave
from webui.forms.items import ITEM, Marks, answers_of, choice_hints, item_fields, items_form, typed_in
from webui.language import reader_language
from webui.readable import answer_in_words
from webui.stages.addresses import move_address
from webui.stages.performing import Page, lacking, load_proposal, put_on, shown


class DraftForm(FilesForm):
    """The proposal's title and what the group says of itself; the programme's items come in between."""

    revision = HiddenField()
    title = LineField(_l("事業の名前"), [Marks(required=True)], description=_l("60文字まで"))


@signed_in
def draft(proposal_id: int) -> Page | tuple[Any, int]:
    """The form. A POST saves it whole: without scripts, and when files are attached."""
    proposal = load_proposal(proposal_id)
    check_editable(proposal, current_actor())
    if request.method == "GET":
        form = _form(proposal, _as_typed(proposal, draft_of(proposal)))
        if "check" in request.args:
            put_on(form, lacking(proposal, MoveKey.SUBMIT))
        return _page(proposal, form)
    form = _form(proposal)
    if not take_files(form, proposal, Stage.INTAKE):
        return _page(proposal, form)
    try:
        _save(proposal, form)
    except NotReady as refused:
        put_on(form, refused.missing)
        return _page(proposal, form)
    except Overtaken as overtaken:
        form.revision.data = overtaken.revision
        return _page(proposal, form, status=409, differences=_differences(proposal, form, overtaken.saved))
    if request.form.get("then") == "check":
        return redirect(move_address(MoveKey.SUBMIT, proposal_id), 303)
    flash(_("下書きを保存しました。"))
    return redirect(url_for("proposals.draft", proposal_id=proposal_id), 303)


@signed_in
def save(proposal_id: int) -> Response:
    """Save what has been typed so far, for static/autosave.js."""
    proposal = load_proposal(proposal_id)
    form = _form(proposal)
    try:
        return autosave.saved(_save(proposal, form))
    except NotReady as refused:
        sentences = [gap.sentence.in_(reader_language()) for gap in refused.missing]
        answer = jsonify(problem="refused", sentences=sentences)
        answer.status_code = 422
        return answer
    except Overtaken:
        return autosave.conflict()


def _save(proposal: Proposal, form: DraftForm) -> str:
    written = _written(proposal, form)
    return save_draft(
        db(),
        proposal,
        current_actor(),
        title=written.title,
        answers=written.answers,
        profile=written.profile,
        revision=form.revision.data or "",
    )


def _items(proposal: Proposal) -> tuple[Item, ...]:
    return proposal.rules.proposal_items


def _form(proposal: Proposal, typed: MultiDict[str, str] | None = None) -> DraftForm:
    """The form for this proposal, filled from the request or with `typed`."""
    language = reader_language()
    base: type[DraftForm] = type(
        "DraftForm",
        (DraftForm,),
        {
            f"group_{key}": ProseField(
                label.in_(language), [Marks(required=True, maxlength=PROFILE_LIMIT)], render_kw={"rows": 3}
            )
            for key, label in PROFILE.items()
        },
    )
    made = items_form(base, proposal.rules, _items(proposal))
    return made() if typed is None else made(formdata=typed)


def _as_typed(proposal: Proposal, written: Draft) -> MultiDict[str, str]:
    typed = typed_in(_items(proposal), written.answers)
    typed["title"] = written.title
    typed["revision"] = revision_of(proposal)
    for key, text in written.profile.items():
        typed[f"group_{key}"] = text
    return typed


def _written(proposal: Proposal, form: DraftForm) -> Draft:
    return Draft(
        form.title.data or "",
        answers_of(form, _items(proposal)),
        {key: form[f"group_{key}"].data or "" for key in PROFILE},
    )


def _differences(proposal: Proposal, form: DraftForm, saved: Draft) -> dict[str, str]:
    """What stands saved, in words, by the name of each field in which something else was typed."""
    mine = _written(proposal, form)
    found = {"title": saved.title} if mine.title != saved.title else {}
    for item in _items(proposal):
        if mine.answers[item.key] != saved.answers.get(item.key, ""):
            words = answer_in_words(proposal.rules, item, saved.answers.get(item.key))
            found[ITEM + item.key] = words
    for key in PROFILE:
        if mine.profile[key] != saved.profile[key]:
            found[f"group_{key}"] = saved.profile[key]
    return found


def _page(proposal: Proposal, form: DraftForm, *, status: int = 422, differences: dict[str, str] | None = None) -> Page:
    items = _items(proposal)
    return shown(
        "proposals/draft.html",
        form,
        status=status,
        proposal=proposal,
        asked=item_fields(form, items),
        profile=[form[f"group_{key}"] for key in PROFILE],
        hints=choice_hints(proposal.rules, items),
        files=attached_files(proposal, attached(proposal, Stage.INTAKE)),
        accept=ACCEPT,
        differences=differences or {},
        correction=_correction(proposal),
    )


def _correction(proposal: Proposal) -> Event | None:
    """What the desk asked to be corrected, while it is."""
    if proposal.state is not State.RETURNED:
        return None
    asked = (event for event in reversed(proposal.events) if event.move is MoveKey.RETURN_FOR_CORRECTION)
    return next(asked, None)
