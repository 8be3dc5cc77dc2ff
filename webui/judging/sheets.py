"""審査票: the proposal to be read and the marks on it on one page, saved while one types, handed in one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import abort, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import Field, FormField, RadioField
from wtforms import Form as PlainForm

from models.judging.judges import to_score
from models.judging.rounds import rules_for
from models.judging.sheets import (
    LONGEST,
    Overtaken,
    Written,
    faults_of,
    find_sheet,
    hand_in,
    is_handed_in,
    mark_text,
    read_mark,
    save_sheet,
    take_back,
    written,
)
from models.judging.tables import Judge, RoundEntry
from models.process.refusals import NotReady
from models.programme.exact import said
from models.selection.parts import ScoreItem
from models.selection.rules import Round
from webui.access import signed_in
from webui.admin.changing import done
from webui.attachments import sent
from webui.comparing import comparison
from webui.database import SAFE_METHODS, db
from webui.forms import Form, LineField, ProseField, SelectChoice, autosave
from webui.forms.items import ITEM, Marks
from webui.judging.reading import open_attachment, parts_of
from webui.judging.seat import load_entry, load_judge
from webui.language import reader_language
from webui.stages.performing import MarkField, Page, put_on, shown

MOST_RADIOS = 11
"""With more marks than this, the mark is typed."""


class SheetForm(Form):
    """The round's items come in between. `revision`: the sheet that the form was opened with."""

    revision = MarkField()
    remark = ProseField(_l("全体についての意見"), [Marks(maxlength=LONGEST)], render_kw={"rows": 3})


@dataclass(frozen=True, slots=True)
class Asked:
    """One item on the page: its words and its two fields."""

    label: str
    hint: str
    most: str
    comment_from: str
    """The mark from which down a comment is required; empty: it never is."""
    mark: Field
    comment: Field


@signed_in
def sheet(round_id: int, proposal_id: int) -> Page:
    """The proposal and its sheet; a POST saves it and, unless only that was asked, hands it in."""
    judge = load_judge(round_id)
    entry = load_entry(judge, proposal_id)
    rules = rules_for(db(), judge.round)
    differences: dict[str, str] = {}
    if request.method in SAFE_METHODS:
        form = _form(rules, _as_typed(judge, proposal_id))
        if "check" in request.args:
            put_on(form, faults_of(rules, judge, proposal_id))
    else:
        form = _form(rules)
        try:
            answer = _sent(judge, entry, rules, form)
        except Overtaken as overtaken:
            differences = _differences(rules, form, overtaken.saved)
            form.revision.data = overtaken.revision
        else:
            if answer is not None:
                return answer
    return _page(judge, entry, rules, form, differences)


@signed_in
def save(round_id: int, proposal_id: int) -> Response:
    """Save what has been typed so far, for static/autosave.js."""
    judge = load_judge(round_id)
    load_entry(judge, proposal_id)
    try:
        return autosave.saved(_save(judge, proposal_id, _form(rules_for(db(), judge.round))))
    except NotReady as refused:
        answer = jsonify(problem="refused", sentences=[gap.sentence.in_(reader_language()) for gap in refused.missing])
        answer.status_code = 422
        return answer
    except Overtaken:
        return autosave.conflict()


@signed_in
def take_sheet_back(round_id: int, proposal_id: int) -> Response:
    """Take a sheet back to change it."""
    judge = load_judge(round_id)
    load_entry(judge, proposal_id)
    take_back(db(), judge, proposal_id)
    message = _("提出を取り消しました。直したあと、もう一度提出してください。")
    return done(message, "judging.sheet", round_id=round_id, proposal_id=proposal_id)


@signed_in
def attachment(round_id: int, proposal_id: int, attachment_id: int) -> Response:
    """One file that was handed in with the proposal; none that names persons."""
    entry = load_entry(load_judge(round_id), proposal_id)
    found = open_attachment(entry.proposal, attachment_id)
    if found is None:
        abort(404)
    return sent(found, found.name, found.media_type)


def _sent(judge: Judge, entry: RoundEntry, rules: Round, form: SheetForm) -> Page | None:
    if not is_handed_in(judge, entry.proposal_id):  # a second click goes straight on
        try:
            _save(judge, entry.proposal_id, form)
        except NotReady as refused:
            put_on(form, refused.missing)
            return None
    if request.form.get("then") == "save":
        flash(_("下書きを保存しました。"))
        return redirect(url_for("judging.sheet", round_id=judge.round_id, proposal_id=entry.proposal_id), 303)
    try:
        hand_in(db(), judge, entry.proposal_id)
    except NotReady as refused:
        put_on(form, refused.missing)
        return None
    following = _neighbours(judge, entry)[2]
    flash(_("「%(title)s」の審査票を提出しました。", title=entry.proposal.title))
    if following is None:
        return redirect(url_for("judging.round", round_id=judge.round_id), 303)
    return redirect(url_for("judging.sheet", round_id=judge.round_id, proposal_id=following), 303)


def _save(judge: Judge, proposal_id: int, form: SheetForm) -> int:
    rules = rules_for(db(), judge.round)
    return save_sheet(db(), judge, proposal_id, _typed(rules, form), revision=form.revision.data or 0)


def _page(judge: Judge, entry: RoundEntry, rules: Round, form: SheetForm, differences: Mapping[str, str]) -> Page:
    previous, following, _unfinished = _neighbours(judge, entry)
    asked = [_asked(rules, item, form[ITEM + item.key].form) for item in rules.items]
    sheet_ = find_sheet(judge, entry.proposal_id)
    standing = written(sheet_)
    return shown(
        "judging/sheet.html",
        form,
        status=409 if differences else 422,
        judge=judge,
        judging=judge.round,
        entry=entry,
        proposal=entry.proposal,
        rules=rules,
        parts=parts_of(judge.round_id, entry.proposal),
        comparison=comparison(entry.proposal),
        asked=asked,
        fields=[field for one in asked for field in (one.mark, one.comment)] + [form.remark],
        differences=differences,
        save=url_for("judging.save", round_id=judge.round_id, proposal_id=entry.proposal_id),
        handed_in=sheet_.handed_in_at if sheet_ else None,
        open=judge.round.closed_at is None,
        given=[
            (item.label.in_(reader_language()), _mark_words(rules, item, standing), standing.comments.get(item.key, ""))
            for item in rules.items
        ],
        remark=standing.remark,
        turn=[e.proposal_id for e in to_score(db(), judge)].index(entry.proposal_id) + 1
        if entry in to_score(db(), judge)
        else 0,
        all=len(to_score(db(), judge)),
        previous=previous,
        following=following,
    )


def _neighbours(judge: Judge, entry: RoundEntry) -> tuple[int | None, int | None, int | None]:
    """The proposals before and after this one, and the next one whose sheet is not handed in."""
    keys = [one.proposal_id for one in to_score(db(), judge)]
    if entry.proposal_id not in keys:
        return None, None, None
    place = keys.index(entry.proposal_id)
    onwards = keys[place + 1 :] + keys[:place]
    unfinished = next((key for key in onwards if not is_handed_in(judge, key)), None)
    return (
        keys[place - 1] if place else None,
        keys[place + 1] if place + 1 < len(keys) else None,
        unfinished,
    )


def _form(rules: Round, typed: MultiDict[str, str] | None = None) -> SheetForm:
    fields = {ITEM + item.key: FormField(_item_form(rules, item)) for item in rules.items}
    made: type[SheetForm] = type("SheetForm", (SheetForm,), fields)
    return made() if typed is None else made(formdata=typed)


def _item_form(rules: Round, item: ScoreItem) -> type[PlainForm]:
    label, scale = item.label.in_(reader_language()), rules.scale_of(item)
    values = sorted(scale.allowed)
    mark: Field
    if scale.marks:
        choices = [SelectChoice(mark_text(m.value), m.label.in_(reader_language())) for m in scale.marks]
        mark = RadioField(label, [Marks(required=True)], choices=choices, validate_choice=False)
    elif len(values) <= MOST_RADIOS:
        choices = [SelectChoice(mark_text(value), said(value)) for value in values]
        mark = RadioField(label, [Marks(required=True)], choices=choices, validate_choice=False)
    else:
        hint = _(
            "%(low)sから%(high)sまで、%(step)s点刻み", low=said(scale.low), high=said(scale.high), step=said(scale.step)
        )
        mark = LineField(label, [Marks(required=True)], description=hint, render_kw={"inputmode": "decimal"})
    comment = ProseField(_("「%(item)s」のコメント", item=label), [Marks(maxlength=LONGEST)], render_kw={"rows": 2})
    return type("ItemForm", (PlainForm,), {"mark": mark, "comment": comment})


def _asked(rules: Round, item: ScoreItem, fields: Any) -> Asked:
    low = rules.comment_from(item)
    return Asked(
        label=item.label.in_(reader_language()),
        hint=item.hint.in_(reader_language()),
        most=said(item.weight * rules.scale_of(item).high) if item.weight != 1 else "",
        comment_from=said(low) if low is not None else "",
        mark=fields.mark,
        comment=fields.comment,
    )


def _as_typed(judge: Judge, proposal_id: int) -> MultiDict[str, str]:
    sheet_ = find_sheet(judge, proposal_id)
    stands = written(sheet_)
    typed = MultiDict({"revision": str(sheet_.revision if sheet_ else 0), "remark": stands.remark})
    for key, text in stands.marks.items():
        typed[f"{ITEM}{key}-mark"] = text
    for key, text in stands.comments.items():
        typed[f"{ITEM}{key}-comment"] = text
    return typed


def _typed(rules: Round, form: SheetForm) -> Written:
    marks, comments = {}, {}
    for item in rules.items:
        fields = form[ITEM + item.key].form
        marks[item.key], comments[item.key] = fields.mark.data or "", fields.comment.data or ""
    return Written(marks, comments, form.remark.data or "")


def _differences(rules: Round, form: SheetForm, saved: Written) -> dict[str, str]:
    """What the other screen saved, by the name of each field in which something else was typed."""
    mine, found = _typed(rules, form), {}
    for item in rules.items:
        own = read_mark(mine.marks[item.key])
        if (mark_text(own) if own is not None else mine.marks[item.key]) != saved.marks.get(item.key, ""):
            found[f"{ITEM}{item.key}-mark"] = _mark_words(rules, item, saved)
        if mine.comments[item.key] != saved.comments.get(item.key, ""):
            found[f"{ITEM}{item.key}-comment"] = saved.comments.get(item.key, "")
    if mine.remark != saved.remark:
        found["remark"] = saved.remark
    return found


def _mark_words(rules: Round, item: ScoreItem, stands: Written) -> str:
    text = stands.marks.get(item.key, "")
    mark: Decimal | None = read_mark(text)
    named = next((m for m in rules.scale_of(item).marks if m.value == mark), None)
    return named.label.in_(reader_language()) if named is not None else text
