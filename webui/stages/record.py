"""協議録: the consultation record in versions, written by either side, confirmed by both in the same version (P04–P13)."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.answers import blank
from models.consultation import ConsultationRecord
from models.personal import impersonal
from models.process.grammar import Case
from models.process.moves.consultation import record_gaps
from models.process.perform import case_for
from models.process.vocabulary import Hat, MoveKey, Stage, Subject
from models.programme.forms import Item
from models.proposals import Proposal
from webui.access import current_actor, signed_in
from webui.database import SAFE_METHODS, db
from webui.differences import compared
from webui.forms.items import ITEM, answers_of, items_form, typed_in
from webui.forms.questions import questions
from webui.forms.tables import table_pressed
from webui.language import reader_language
from webui.readable import answer_in_words, answered
from webui.stages.minutes import confirmations
from webui.stages.performing import MarkField, MoveForm, Page, attempt, carried_out, load_proposal, shown
from webui.stages.plain import around, not_ready
from webui.stages.reading import Hats, Reading, around_paper, readable, versions
from webui.written import may_read_personal


class RecordForm(MoveForm):
    """The programme's consultation items. `based_on`: the version that is being rewritten, 0 for the first."""

    based_on = MarkField()


class ConfirmForm(MoveForm):
    """A yes to exactly the version that was read."""

    number = MarkField()


@signed_in
def write_record(proposal_id: int) -> Page:
    """Write the next version; the first one begins with what the proposal says."""
    proposal = load_proposal(proposal_id)
    items, rules = _items(proposal), proposal.rules
    made = items_form(RecordForm, rules, items)
    latest = proposal.records[-1] if proposal.records else None
    differences: dict[str, str] = {}
    if request.method in SAFE_METHODS:
        typed = typed_in(items, latest.content if latest else first_content(proposal))
        typed["seen"], typed["based_on"] = str(proposal.version), str(latest.number if latest else 0)
        form = made(formdata=typed)
    else:
        form = made()
        event = None
        if not table_pressed(request.form):
            event = attempt(
                proposal,
                MoveKey.WRITE_RECORD,
                form,
                content=_content(form, items),
                based_on=form.based_on.data,
            )
        if event is not None:
            return carried_out(proposal, event)
        if latest is not None and form.based_on.data != latest.number:
            differences = _differences(form, proposal, latest)
            form.based_on.data = latest.number
    return shown(
        "stages/write_record.html",
        form,
        asked=questions(form, rules, items),
        number=latest.number + 1 if latest else 1,
        latest=latest,
        differences=differences,
        gaps=_gaps(proposal) if latest else [],
        **around(proposal, MoveKey.WRITE_RECORD),
    )


@signed_in
def confirm_record(proposal_id: int) -> Page:
    """Read the version that stands and say yes to it."""
    proposal = load_proposal(proposal_id)
    if (waiting := not_ready(proposal, MoveKey.CONFIRM_RECORD)) is not None:
        return waiting
    latest = proposal.records[-1] if proposal.records else None
    form = ConfirmForm(data={"seen": proposal.version, "number": latest.number if latest else 0})
    if form.validate_on_submit():
        event = attempt(proposal, MoveKey.CONFIRM_RECORD, form, number=form.number.data or 0)
        if event is not None:
            return carried_out(proposal, event)
        form.number.data = latest.number if latest else 0
    return shown(
        "stages/confirm_record.html",
        form,
        record=latest,
        text=_text(proposal, latest, comparing=True) if latest else [],
        confirmations=confirmations(proposal, Subject.RECORD, latest.number) if latest else [],
        **around(proposal, MoveKey.CONFIRM_RECORD),
    )


@signed_in
def record(proposal_id: int) -> str:
    """The record, version by version; changes against the version before can be marked."""
    proposal = readable(proposal_id, there)
    chosen = versions([r.number for r in proposal.records])
    stands = proposal.records[chosen.number - 1]
    return render_template(
        "stages/record.html",
        versions=chosen,
        record=stands,
        text=_text(proposal, stands, comparing=chosen.comparing),
        confirmations=confirmations(proposal, Subject.RECORD, stands.number),
        gaps=_gaps(proposal) if stands is proposal.records[-1] else [],
        **around_paper(proposal, _("協議録")),
    )


def there(proposal: Proposal, hats: Hats) -> bool:
    """From the first version on."""
    return bool(proposal.records)


def first_content(proposal: Proposal) -> dict[str, Any]:
    """What the proposal already says on the items of the record; personal data stays in the proposal."""
    said = proposal.submissions[-1].answers if proposal.submissions else proposal.answers
    kinds = {item.key: item.kind for item in impersonal(proposal.rules.proposal_items)}
    return {i.key: said[i.key] for i in _items(proposal) if i.key in said and kinds.get(i.key) is i.kind}


def _text(proposal: Proposal, stands: ConsultationRecord, *, comparing: bool) -> list[tuple[str, str]]:
    rules, items = proposal.rules, _items(proposal)
    personal = may_read_personal(proposal, Stage.CONSULTATION)
    text = answered(rules, items, stands.content, personal=personal)
    if not comparing or stands.number == 1:
        return text
    before = proposal.records[stands.number - 2].content
    return compared(answered(rules, items, before, personal=personal), text)


def _gaps(proposal: Proposal) -> list[str]:
    """What the record that stands still lacks before anybody can confirm it."""
    case: Case = case_for(db(), proposal, current_actor(), Hat.SECTION)
    return [gap.sentence.in_(reader_language()) for gap in record_gaps(case)]


def _content(form: RecordForm, items: tuple[Item, ...]) -> dict[str, Any]:
    """What was written; items left empty are left out, so that an empty form is an empty record."""
    return {key: value for key, value in answers_of(form, items).items() if not blank(value)}


def _differences(form: RecordForm, proposal: Proposal, latest: ConsultationRecord) -> dict[str, str]:
    """What the newer version says, in words, by the name of each field in which something else was typed."""
    rules, items = proposal.rules, _items(proposal)
    typed = _content(form, items)
    return {
        ITEM + item.key: answer_in_words(rules, item, latest.content.get(item.key))
        for item in items
        if typed.get(item.key) != latest.content.get(item.key)
    }


def _items(proposal: Proposal) -> tuple[Item, ...]:
    return proposal.rules.consultation_items


PAGES: dict[MoveKey, Callable[..., Any]] = {
    MoveKey.WRITE_RECORD: write_record,
    MoveKey.CONFIRM_RECORD: confirm_record,
}
READINGS = (Reading("record", _l("協議録"), record, there),)
