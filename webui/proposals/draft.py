"""Writing the proposal: saved while one types, question by question, without anybody's words being overwritten unseen."""

from collections.abc import Collection, Mapping

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from models import clock
from models.copying import sources
from models.drafts import ITEM, Saved, check_editable, draft_of, marks_of, save_draft
from models.history import Event
from models.process.vocabulary import MoveKey, Stage, State
from models.programme.kinds import ItemKind
from models.proposals import Proposal
from models.staff_entry import CHANNELS, Channel
from webui import filters
from webui.access import current_actor, signed_in
from webui.attachments import ACCEPT, files_by_question, take_files
from webui.database import db
from webui.forms.questions import anchor_of
from webui.forms.tables import ROW, table_pressed
from webui.language import reader_language
from webui.proposals.copying import left_behind
from webui.proposals.draft_form import (
    SENT,
    WAS,
    Dispute,
    DraftForm,
    as_typed,
    dispute_rendered,
    disputes,
    draft_form,
    mixed,
    parts,
    rendered,
    to_save,
    written_in,
)
from webui.stages.addresses import move_address
from webui.stages.performing import Page, lacking, load_proposal, put_on, shown


@signed_in
def draft(proposal_id: int) -> Page:
    """The form. A POST saves it whole: without scripts, and when files are attached."""
    proposal = load_proposal(proposal_id)
    check_editable(proposal, current_actor())
    items = proposal.questions
    if request.method == "GET":
        form = draft_form(proposal, items, as_typed(proposal, draft_of(proposal), request.args.get(ROW, "")))
        if "check" in request.args:
            put_on(form, lacking(proposal, _next_move(proposal)))
        return _page(proposal, form)
    form = draft_form(proposal, items)
    if not take_files(form, proposal, Stage.INTAKE, items=items):
        opened = {name.removeprefix(WAS): mark for name, mark in request.form.items() if name.startswith(WAS)}
        return _page(proposal, form, marks=opened)
    saved = _save(proposal, form)
    if saved.disputed or saved.refused:
        return _both_texts(proposal, form, saved)
    if request.form.get("then") == "check":
        return redirect(move_address(_next_move(proposal), proposal_id), 303)
    table = table_pressed(request.form)
    if table in form:
        more = table if ROW in request.form else None
        return redirect(
            url_for("proposals.draft", proposal_id=proposal_id, row=more, _anchor=anchor_of(form[table])), 303
        )
    flash(_("下書きを保存しました。"))
    return redirect(url_for("proposals.draft", proposal_id=proposal_id), 303)


@signed_in
def save(proposal_id: int) -> Response:
    """Save what a script sends of the form; the answer holds what others wrote elsewhere in it meanwhile."""
    proposal = load_proposal(proposal_id)
    check_editable(proposal, current_actor())
    named = set(request.form.getlist(SENT))
    items = [item for item in proposal.questions if SENT not in request.form or ITEM + item.key in named]
    form = draft_form(proposal, items)
    if not take_files(form, proposal, Stage.INTAKE, items=items):
        answer = jsonify(refused={field.name: " ".join(field.errors) for field in form if field.errors})
        answer.status_code = 422
        return answer
    saved = _save(proposal, form)
    files = {ITEM + item.key for item in items if item.kind is ItemKind.FILE and ITEM + item.key in named}
    anew = files | (saved.elsewhere - saved.disputed)
    refused = {gap.field: gap.sentence.in_(reader_language()) for gap in saved.refused}
    return jsonify(
        saved_at=f"{clock.in_tokyo(clock.now()):%H:%M}",
        marks={name: mark for name, mark in saved.marks.items() if request.form.get(WAS + name) != mark},
        **_exchanged(proposal, saved, anew),
        refused=refused,
        say=" ".join([*([str(_BOTH)] if saved.disputed else []), *dict.fromkeys(refused.values())]),
    )


def _next_move(proposal: Proposal) -> MoveKey:
    """What is handed in from here: the entry first, where the call asks for one."""
    call = proposal.rules.call(proposal.call_key)
    before = call is not None and call.entry is not None and proposal.state is State.DRAFT
    return MoveKey.ENTER if before else MoveKey.SUBMIT


_BOTH = _l("ほかのメンバーも同じところを書き直しました。その項目で、どちらを残すか選んでください。")


def _save(proposal: Proposal, form: DraftForm) -> Saved:
    items = [item for item in proposal.questions if ITEM + item.key in form]
    answers, opened = to_save(written_in(form, items), request.form)
    return save_draft(db(), proposal, current_actor(), answers, opened)


def _exchanged(proposal: Proposal, saved: Saved, anew: Collection[str]) -> dict[str, dict[str, str]]:
    """The questions that a script puts in place of those on the page, and what stands against what was written."""
    if not anew and not saved.disputed:
        return {"questions": {}, "disputed": {}}
    items = proposal.questions
    form = draft_form(proposal, items, as_typed(proposal, draft_of(proposal)))
    there = {q.name: q for part in parts(proposal, form, items) for q in part.questions}
    told = disputes(proposal, saved.disputed)
    return {
        "questions": {name: rendered(there[name], saved.marks.get(name)) for name in anew},
        "disputed": {name: dispute_rendered(there[name], dispute) for name, dispute in told.items()},
    }


def _both_texts(proposal: Proposal, form: DraftForm, saved: Saved) -> Page:
    """The form again: what could not be saved stands as it was typed, beside what others wrote there."""
    items = proposal.questions
    unsaved = {*saved.disputed, *(name for name in saved.marks for gap in saved.refused if _is_of(gap.field, name))}
    again = draft_form(proposal, items, as_typed(proposal, mixed(proposal, written_in(form, items), unsaved)))
    put_on(again, saved.refused)
    opened = {name: request.form.get(WAS + name, "") for name in unsaved}
    return _page(
        proposal, again, status=200, marks={**saved.marks, **opened}, disputed=disputes(proposal, saved.disputed)
    )


def _is_of(field: str, question: str) -> bool:
    return field == question or field.startswith(f"{question}-")


def _page(
    proposal: Proposal,
    form: DraftForm,
    *,
    status: int = 422,
    marks: Mapping[str, str] | None = None,
    disputed: Mapping[str, Dispute] | None = None,
) -> Page:
    """The page; `marks` are those that stand, unless told otherwise."""
    there = parts(proposal, form, proposal.questions)
    return shown(
        "proposals/draft.html",
        form,
        status=status,
        proposal=proposal,
        parts=there,
        marks=marks_of(proposal) if marks is None else marks,
        disputed={name: (one.theirs, one.mark) for name, one in (disputed or {}).items()},
        labels={q.name: (q.anchor, q.field.label.text) for part in there for q in part.questions},
        files=files_by_question(proposal, Stage.INTAKE).get("", []),
        accept=ACCEPT,
        correction=_correction(proposal),
        copied=left_behind(proposal, request.args.get("copied", "")),
        may_copy=bool(sources(db(), proposal)),
        typed_how=typed_how(proposal),
    )


def typed_how(proposal: Proposal) -> str:
    """How it came, where the office typed it for the group; empty for what the group wrote here."""
    if proposal.entered_by_id is None or proposal.received_on is None:
        return ""
    return str(
        _(
            "%(day)sに「%(channel)s」で受け取ったものを、市民協働課が入力しました。団体が内容を確かめて提出します。",
            day=filters.day(proposal.received_on, weekday=False),
            channel=CHANNELS[Channel(proposal.channel)].in_(reader_language()),
        )
    )


def _correction(proposal: Proposal) -> Event | None:
    """What the desk asked to be corrected, while it is."""
    if proposal.state is not State.RETURNED:
        return None
    asked = (event for event in reversed(proposal.events) if event.move is MoveKey.RETURN_FOR_CORRECTION)
    return next(asked, None)
