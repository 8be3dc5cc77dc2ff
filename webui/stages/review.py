"""相互評価: the beneficiaries' voice, and the joint sheet in versions that both sides confirm (V02, V03, V16–V18)."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms.validators import Length

from models import clock
from models.process.moves.review import SHEET_TEXTS, differing_items, readable_self_checks
from models.process.vocabulary import MoveKey, Subject
from models.proposals import Proposal
from models.review import BeneficiaryCheck, JointSheet
from webui import filters
from webui.access import current_actor, signed_in
from webui.database import SAFE_METHODS
from webui.differences import compared
from webui.forms import CountField, DayField, ProseField
from webui.forms.items import ITEM, Marks
from webui.language import reader_language
from webui.stages.minutes import confirmations
from webui.stages.performing import MarkField, MoveForm, Page, attempt, carried_out, load_proposal, shown
from webui.stages.plain import around, not_ready
from webui.stages.reading import Hats, Reading, around_paper, readable, versions
from webui.stages.self_checks import Answer, side_by_side

VOICE = ("how_asked", "answers", "satisfied", "merits")
"""What is recorded of the beneficiaries, by field and column."""
TEXT_LIMIT = 2000
NOTE_LIMIT = 600


def _text(label: str, rows: int, description: str = "") -> ProseField:
    """A text that has to be there, with its counter."""
    return ProseField(
        label,
        [Marks(required=True), Length(max=TEXT_LIMIT, message=_l("2,000文字までで入力してください"))],
        description=description,
        render_kw={"rows": rows},
    )


class BeneficiariesForm(MoveForm):
    """How the people the project was for were asked, and what they said."""

    was = MarkField()
    how_asked = _text(_l("聞き方"), 3, _l("例：利用者への聞き取りとアンケート（紙）"))
    answers = CountField(_l("回答した人数"), [Marks(required=True)])
    satisfied = CountField(_l("満足した人数"), [Marks(required=True)])
    merits = _text(
        _l("受益者が得たもの"), 5, _l("事業によって、何がよくなりましたか。個人の名前は書かないでください。")
    )


class SheetForm(MoveForm):
    """What both sides concluded; a note for each item comes behind. `based_on`: the version being rewritten."""

    based_on = MarkField()
    met_on = DayField(_l("ふりかえりの場を開いた日"), [Marks(required=True)])
    participants = _text(_l("出席者"), 2)
    results = _text(_l("成果"), 6)
    improvements = _text(_l("改善点"), 6)
    differences = _text(_l("評価が異なる項目の原因"), 6)
    next_steps = _text(_l("次の事業への活かし方"), 5)


class ConfirmForm(MoveForm):
    """A yes to exactly the version that was read."""

    number = MarkField()


@signed_in
def record_beneficiaries(proposal_id: int) -> Page:
    """Write down what the beneficiaries said."""
    proposal = load_proposal(proposal_id)
    if (waiting := not_ready(proposal, MoveKey.RECORD_BENEFICIARIES)) is not None:
        return waiting
    check = proposal.beneficiary_check
    now = {name: getattr(check, name) for name in VOICE} if check else {}
    form = BeneficiariesForm(data={"seen": proposal.version, "was": _second(check), **now})
    differences: dict[str, str] = {}
    if form.validate_on_submit():
        if check is not None and form.was.data != _second(check):
            differences = {n: str(value) for n, value in now.items() if form[n].data != value}
        if not differences:
            given = {name: form[name].data for name in VOICE}
            event = attempt(proposal, MoveKey.RECORD_BENEFICIARIES, form, **given)
            if event is not None:
                return carried_out(proposal, event)
        form.was.data = _second(check)
    return shown(
        "stages/record_beneficiaries.html",
        form,
        status=409 if differences else 422,
        asked=[form[name] for name in VOICE],
        differences=differences,
        **around(proposal, MoveKey.RECORD_BENEFICIARIES),
    )


@signed_in
def write_joint_sheet(proposal_id: int) -> Page:
    """Write the next version of the joint sheet; the first one begins with what reports and self-checks say."""
    proposal = load_proposal(proposal_id)
    latest = proposal.joint_sheets[-1] if proposal.joint_sheets else None
    answers = _answers(proposal)
    differences: dict[str, str] = {}
    if request.method in SAFE_METHODS:
        form = _form(proposal, _as_typed(proposal, latest, answers))
    else:
        form = _form(proposal)
        if form.validate():
            event = attempt(proposal, MoveKey.WRITE_JOINT_SHEET, form, **_details(proposal, form))
            if event is not None:
                return carried_out(proposal, event)
        if latest is not None and form.based_on.data != latest.number:
            differences = _differences(proposal, form, latest)
            form.based_on.data = latest.number
    texts = [form[name] for name in SHEET_TEXTS if name in form]
    notes = [(answer, form[ITEM + key]) for key, answer in answers.items()]
    return shown(
        "stages/write_joint_sheet.html",
        form,
        status=409 if differences else 422,
        fields=[form.met_on, *texts, *(field for _answer, field in notes)],
        texts=texts,
        notes=notes,
        number=latest.number + 1 if latest else 1,
        latest=latest,
        differences=differences,
        **around(proposal, MoveKey.WRITE_JOINT_SHEET),
    )


@signed_in
def confirm_joint_sheet(proposal_id: int) -> Page:
    """Read the version that stands and say yes to it."""
    proposal = load_proposal(proposal_id)
    if (waiting := not_ready(proposal, MoveKey.CONFIRM_JOINT_SHEET)) is not None:
        return waiting
    latest = proposal.joint_sheets[-1] if proposal.joint_sheets else None
    form = ConfirmForm(data={"seen": proposal.version, "number": latest.number if latest else 0})
    if form.validate_on_submit():
        event = attempt(proposal, MoveKey.CONFIRM_JOINT_SHEET, form, number=form.number.data or 0)
        if event is not None:
            return carried_out(proposal, event)
        form.number.data = latest.number if latest else 0
    return shown(
        "stages/confirm_joint_sheet.html",
        form,
        sheet=latest,
        text=_read(proposal, latest, comparing=True) if latest else [],
        beneficiaries=beneficiaries_text(proposal),
        answers=list(_answers(proposal).values()),
        confirmations=confirmations(proposal, Subject.JOINT_SHEET, latest.number) if latest else [],
        **around(proposal, MoveKey.CONFIRM_JOINT_SHEET),
    )


@signed_in
def joint_sheet(proposal_id: int) -> str:
    """The joint sheet, version by version; changes against the version before can be marked."""
    proposal = readable(proposal_id, there)
    chosen = versions([sheet.number for sheet in proposal.joint_sheets])
    stands = proposal.joint_sheets[chosen.number - 1]
    return render_template(
        "stages/joint_sheet.html",
        versions=chosen,
        sheet=stands,
        text=_read(proposal, stands, comparing=chosen.comparing),
        beneficiaries=beneficiaries_text(proposal),
        confirmations=confirmations(proposal, Subject.JOINT_SHEET, stands.number),
        **around_paper(proposal, _("相互評価シート")),
    )


def there(proposal: Proposal, hats: Hats) -> bool:
    """From the first version on."""
    return bool(proposal.joint_sheets)


def _second(check: BeneficiaryCheck | None) -> int:
    """When the beneficiaries' voice was last written, as a number for the form."""
    return int(check.written_at.timestamp()) % 10**9 if check else 0


def beneficiaries_text(proposal: Proposal) -> list[tuple[str, str]]:
    """What the beneficiaries said, in words; empty while nothing is recorded."""
    check = proposal.beneficiary_check
    if check is None:
        return []
    return [
        (_("聞き方"), check.how_asked),
        (_("回答した人数"), _("%(n)s人", n=f"{check.answers:,}")),
        (_("満足した人数"), _("%(n)s人", n=f"{check.satisfied:,}")),
        (_("受益者が得たもの"), check.merits),
    ]


def _answers(proposal: Proposal) -> dict[str, Answer]:
    """Both self-checks by item, as far as the reader may read them."""
    rules = proposal.rules
    answers = side_by_side(rules, readable_self_checks(current_actor(), proposal))
    return {item.key: answer for item, answer in zip(rules.review_items, answers, strict=True)}


def _read(proposal: Proposal, stands: JointSheet, *, comparing: bool) -> list[tuple[str, str]]:
    text = _said(proposal, stands)
    if not comparing or stands.number == 1:
        return text
    return compared(_said(proposal, proposal.joint_sheets[stands.number - 2]), text)


def _said(proposal: Proposal, sheet: JointSheet) -> list[tuple[str, str]]:
    """Label and text of everything on a sheet; notes on items follow what both sides concluded."""
    language = reader_language()
    labels = {item.key: item.label.in_(language) for item in proposal.rules.review_items}
    texts = [(label.in_(language), getattr(sheet, name)) for name, label in SHEET_TEXTS.items()]
    notes = [(labels.get(key, key), note) for key, note in sheet.item_notes.items()]
    return [(_("ふりかえりの場"), filters.day(sheet.met_on)), *((label, text) for label, text in texts if text), *notes]


def _form(proposal: Proposal, typed: MultiDict[str, str] | None = None) -> SheetForm:
    language = reader_language()
    notes = {
        ITEM + item.key: ProseField(
            _("%(item)s：双方のコメント", item=item.label.in_(language)),
            [Length(max=NOTE_LIMIT, message=_l("600文字までで入力してください"))],
            render_kw={"rows": 2},
        )
        for item in proposal.rules.review_items
    }
    made: type[SheetForm] = type("SheetForm", (SheetForm,), notes)
    form = made() if typed is None else made(formdata=typed)
    if not _differing(proposal):
        del form["differences"]
    return form


def _differing(proposal: Proposal) -> list[str]:
    return differing_items(proposal.rules, readable_self_checks(current_actor(), proposal))


def _as_typed(proposal: Proposal, latest: JointSheet | None, answers: dict[str, Answer]) -> MultiDict[str, str]:
    typed = MultiDict({"seen": str(proposal.version), "based_on": str(latest.number if latest else 0)})
    if latest is not None:
        typed["met_on"] = latest.met_on.isoformat()
        for name in SHEET_TEXTS:
            typed[name] = getattr(latest, name)
        for key, note in latest.item_notes.items():
            typed[ITEM + key] = note
        return typed
    final = proposal.reports[-1].body if proposal.reports else {}
    typed["met_on"] = clock.today().isoformat()
    typed["results"] = final.get("results", "")
    typed["improvements"] = final.get("issues", "")
    typed["differences"] = "\n".join(
        _(
            "%(item)s（団体：%(group)s／市：%(city)s）：",
            item=answers[key].item,
            group=answers[key].group,
            city=answers[key].city,
        )
        for key in _differing(proposal)
    )
    return typed


def _details(proposal: Proposal, form: SheetForm) -> dict[str, Any]:
    items = proposal.rules.review_items
    return {
        "based_on": form.based_on.data,
        "met_on": form.met_on.data,
        "item_notes": {item.key: form[ITEM + item.key].data or "" for item in items},
        **{name: form[name].data or "" for name in SHEET_TEXTS if name in form},
    }


def _differences(proposal: Proposal, form: SheetForm, latest: JointSheet) -> dict[str, str]:
    """What the newer version says, by the name of each field in which something else was typed."""
    stands = {name: getattr(latest, name) for name in SHEET_TEXTS if name in form}
    stands |= {ITEM + item.key: latest.item_notes.get(item.key, "") for item in proposal.rules.review_items}
    found = {name: text for name, text in stands.items() if (form[name].data or "") != text}
    if form.met_on.data != latest.met_on:
        found["met_on"] = filters.day(latest.met_on)
    return found


PAGES: dict[MoveKey, Callable[..., Any]] = {
    MoveKey.RECORD_BENEFICIARIES: record_beneficiaries,
    MoveKey.WRITE_JOINT_SHEET: write_joint_sheet,
    MoveKey.CONFIRM_JOINT_SHEET: confirm_joint_sheet,
}
READINGS = (Reading("joint_sheet", _l("相互評価シート"), joint_sheet, there),)
