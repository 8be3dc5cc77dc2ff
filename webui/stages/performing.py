"""Making a move from a page: who acts, on which proposal, and how each of the domain's answers reaches the reader."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import Field, FieldList, FormField
from wtforms.widgets import HiddenInput

from models.history import Event
from models.process.actors import hats_of
from models.process.labels import DUTIES, HATS, done
from models.process.perform import perform
from models.process.perform import refusal as refusal_of
from models.process.refusals import Missing, NotAllowed, NotReady, Refusal
from models.process.sight import find_visible, is_mine, lies_with_colleagues, shown_duty, turns
from models.process.vocabulary import SIDE_OF, MoveKey, Side
from models.proposals import Proposal
from models.spoken import here
from webui.access import current_actor
from webui.database import SAFE_METHODS, db
from webui.forms import Form
from webui.forms.items import ITEM
from webui.forms.tables import Cell, TableField
from webui.language import reader_language
from webui.navigation import start_page
from webui.resend import typed, wants_json

Page = str | Response | tuple[str, int]


class MarkField(Field):
    """A number of ours that travels with a form: a version, an edition. None when it is missing or was tampered with."""

    widget = HiddenInput()
    data: int | None

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]) if valuelist else ""
        self.data = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)


class MoveForm(Form):
    """The base of every form that makes a move. `seen` is the proposal's version when the page was opened."""

    seen = MarkField()


def current_side(proposal: Proposal) -> Side | None:
    """The party the reader belongs to on this proposal; None for the program office, which stands between them."""
    sides = {SIDE_OF[hat] for hat in hats_of(current_actor(), proposal) if hat in SIDE_OF}
    return next(iter(sides), None)


def load_proposal(proposal_id: int) -> Proposal:
    """The proposal, or the page that says there is none: also when the reader may not see it."""
    found = find_visible(db(), current_actor(), proposal_id)
    if found is None:
        abort(404)
    return found


def lacking(proposal: Proposal, key: MoveKey) -> list[Missing]:
    """What has to be there before the reader can make this move; shown before the form is filled in.

    Raises NotPossible or NotAllowed, which the reader sees as a page that says why.
    """
    refused = refusal_of(db(), proposal, key, current_actor())
    if refused is None:
        return []
    if isinstance(refused, NotReady):
        return refused.missing
    raise refused


def attempt(proposal: Proposal, key: MoveKey, form: MoveForm | None = None, **details: Any) -> Event | None:
    """Make the move. None: something is missing, and the form now says what at each field.

    Raises NotPossible or NotAllowed, and NotReady when there is no form to say it in.
    """
    seen = form.seen.data if form is not None else None
    try:
        return perform(db(), proposal, key, current_actor(), seen=seen, **details)
    except NotReady as refused:
        if form is None:
            raise
        put_on(form, refused.missing)
        form.seen.data = proposal.version
        return None


def put_on(form: Form, missing: list[Missing]) -> None:
    """Say at each field what is wrong with it; what belongs to no field is said of the form as a whole."""
    for gap in missing:
        sentence = gap.sentence.in_(reader_language())
        field = _field(form, gap.field)
        if field is None or isinstance(field, MarkField):
            form.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]


def carried_out(proposal: Proposal, event: Event) -> Response:
    """Back to the proposal, with a sentence that says what was done and whose turn it is now.

    Whoever has given it out of hand, and sees it no longer, goes to their own start page.
    """
    db().expire(proposal, ["duties", "events"])
    words = done(event.move, event.to_state).in_(reader_language())
    flash(_("%(done)s。%(next)s", done=words, next=_whose_turn(proposal)))
    if find_visible(db(), current_actor(), proposal.id) is None:
        return redirect(start_page(), 303)
    return redirect(url_for("proposals.proposal", proposal_id=proposal.id), 303)


def shown(template: str, form: Form, *, status: int = 422, **values: Any) -> Page:
    """A form's page; with this status when it was sent and not taken: all that was typed is there, and what is wrong."""
    page = render_template(template, form=form, **values)
    return page if request.method in SAFE_METHODS else (page, status)


def refused(error: Refusal) -> tuple[str | Response, int]:
    """The page for a move that did not happen: why, what was typed, and the way back."""
    db().rollback()
    status = 403 if isinstance(error, NotAllowed) else 409
    language = reader_language()
    if isinstance(error, NotReady):
        sentences = [gap.sentence.in_(language) for gap in error.missing]
    else:
        sentences = [error.sentence.in_(language)]
    if wants_json():
        return jsonify(problem="refused", sentences=sentences), status
    proposal_id = (request.view_args or {}).get("proposal_id")
    back = url_for("proposals.proposal", proposal_id=proposal_id) if proposal_id else url_for("proposals.mine")
    return render_template("stages/refused.html", sentences=sentences, typed=typed(), back=back), status


def _whose_turn(proposal: Proposal) -> str:
    language = reader_language()
    waiting = turns(proposal)
    if not waiting:
        return ""
    mine = next((duty for duty in waiting if is_mine(duty, current_actor(), proposal)), None)
    if mine is not None:
        return str(_("次はあなたの番です：%(duty)s。", duty=DUTIES[mine.key].in_(language)))
    if any(lies_with_colleagues(duty, current_actor(), proposal) for duty in waiting):
        return str(_("ほかの職員の確認を待っています。"))
    hats = hats_of(current_actor(), proposal)
    names = list(dict.fromkeys(here(HATS[shown_duty(duty, hats).hat]).in_(language) for duty in waiting))
    return str(_("次は%(names)sの番です。", names=_("と").join(names)))


def _field(form: Form, name: str) -> Field | Cell | None:
    """The field a name means: as it stands, as a programme's item, or within lists and forms in forms."""
    if not name:
        return None
    known = dict(_named(form))
    return known.get(name) or known.get(ITEM + name)


def _named(fields: Iterable[Field]) -> Iterator[tuple[str, Field | Cell]]:
    """Every field under its name; a form in a form stands for its first field, where its problems are said."""
    for field in fields:
        if isinstance(field, FormField):
            inner = list(_named(field.form))
            yield from inner
            if inner:
                yield field.name, inner[0][1]
        elif isinstance(field, FieldList):
            yield from _named(field)
        else:
            yield field.name, field
            if isinstance(field, TableField):
                yield from ((cell.name, cell) for cell in field.cells())
