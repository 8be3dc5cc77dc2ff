"""協定: writing the agreement in versions, and reading it (G01–G11, P16)."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import FieldList, FormField
from wtforms import Form as PlainForm

from models.agreement import Agreement
from models.process.moves.agreement import agreement_complete
from models.process.perform import case_for
from models.process.vocabulary import Hat, MoveKey, Stage
from models.programme.forms import Item
from models.programme.kinds import ItemKind
from models.programme.schema import Programme
from models.proposals import Proposal
from notifications.documents.issuing import preview_agreement
from notifications.pdf import PdfNotMade
from webui.access import current_actor, signed_in
from webui.attachments import ACCEPT, FilesForm, files_by_question, take_files
from webui.database import SAFE_METHODS, db
from webui.forms import ChecksField, DayField, LineField, SelectChoice, YenField
from webui.forms.items import ITEM, Marks, answers_of, items_form, typed_in
from webui.forms.questions import AttachedFile, Question, questions
from webui.forms.tables import table_pressed
from webui.language import reader_language
from webui.stages.agreement_text import latest_agreement, paper, text_of
from webui.stages.performing import MarkField, MoveForm, Page, attempt, carried_out, load_proposal, shown
from webui.stages.plain import around
from webui.stages.reading import Hats, Reading, around_paper, readable, versions

EMPTY_LINES = 3
"""Empty budget lines that always follow the filled ones."""

MOST_LINES = 60


class BudgetLine(PlainForm):
    """What is paid for, and how much."""

    item = LineField(_l("項目"))
    amount = YenField(_l("金額"))


class AgreementForm(FilesForm, MoveForm):
    """Everything that is agreed; the programme's articles come in between. `based_on`: the version being rewritten."""

    based_on = MarkField()
    methods = ChecksField(_l("協働の手法"), [Marks(required=True)], validate_choice=False)
    period_from = DayField(_l("実施期間の始まり"), [Marks(required=True)])
    period_to = DayField(_l("実施期間の終わり"), [Marks(required=True)])
    amount = YenField(
        _l("市の負担額"), [Marks(required=True)], description=_l("市が資金を負担しないときは0を入力してください。")
    )
    budget = FieldList(FormField(BudgetLine), max_entries=MOST_LINES)


@signed_in
def write_agreement(proposal_id: int) -> Page:
    """Write the next version; the first one begins with what the consultation record says."""
    proposal = load_proposal(proposal_id)
    latest = latest_agreement(proposal)
    differences: list[tuple[str, str]] = []
    if request.method in SAFE_METHODS:
        form = _form(proposal, _as_typed(proposal, latest))
    else:
        form = _form(proposal, _compact(request.form))
        form.files.process(request.files)
        for item in proposal.rules.articles:
            if item.kind is ItemKind.FILE:
                form[ITEM + item.key].process(request.files)
        if "more" in request.form or table_pressed(request.form):
            return _page(proposal, form, latest, status=200)
        event = None
        if _readable_figures(form) and take_files(form, proposal, Stage.AGREEMENT, items=proposal.rules.articles):
            event = attempt(proposal, MoveKey.WRITE_AGREEMENT, form, **_details(form, proposal))
        if event is not None:
            return carried_out(proposal, event)
        latest = latest_agreement(proposal)
        if latest is not None and form.based_on.data != latest.number:
            differences = text_of(proposal, latest)
            form.based_on.data = latest.number
    return _page(proposal, form, latest, differences=differences)


@signed_in
def agreement(proposal_id: int) -> str:
    """The agreement, version by version; changes against the version before can be marked."""
    proposal = readable(proposal_id, there)
    chosen = versions([a.number for a in proposal.agreements])
    stands = proposal.agreements[chosen.number - 1]
    before = proposal.agreements[chosen.number - 2] if chosen.comparing else None
    latest = stands is proposal.agreements[-1]
    return render_template(
        "stages/agreement.html",
        versions=chosen,
        paper=paper(proposal, stands, against=before),
        latest=latest,
        gaps=gaps(proposal) if latest and stands.approved_at is None else [],
        **around_paper(proposal, _("協定書")),
    )


@signed_in
def agreement_pdf(proposal_id: int) -> Response | tuple[str, int]:
    """A version as it will be printed, marked as a draft until both have signed."""
    proposal = readable(proposal_id, there)
    chosen = versions([a.number for a in proposal.agreements])
    try:
        content = preview_agreement(db(), proposal.agreements[chosen.number - 1])
    except PdfNotMade:
        return render_template("stages/no_pdf.html", **around_paper(proposal, _("協定書のPDF"))), 503
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{proposal.number}-agreement-{chosen.number}.pdf"'
    return answer


def there(proposal: Proposal, hats: Hats) -> bool:
    """From the first version on."""
    return bool(proposal.agreements)


def gaps(proposal: Proposal) -> list[str]:
    """What the version that stands still lacks before it can be approved."""
    case = case_for(db(), proposal, current_actor(), Hat.SECTION)
    return [gap.sentence.in_(reader_language()) for gap in agreement_complete(case)]


def _form(proposal: Proposal, typed: MultiDict[str, str]) -> AgreementForm:
    rules = proposal.rules
    made = items_form(AgreementForm, rules, _articles(rules))
    form = made(formdata=typed)
    form.methods.choices = [SelectChoice(m.key, m.label.in_(reader_language())) for m in rules.methods]
    filled = len(form.budget.entries)
    for _line in range(max(0, min(EMPTY_LINES, MOST_LINES - filled))):
        form.budget.append_entry()
    return form


def _compact(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """What was sent, with empty budget lines taken out, so that line n of the page is line n of the budget."""
    kept = MultiDict((name, value) for name, value in sent.items(multi=True) if not name.startswith("budget-"))
    lines = [(sent.get(f"budget-{n}-item", ""), sent.get(f"budget-{n}-amount", "")) for n in range(MOST_LINES)]
    for number, (item, amount) in enumerate((i, a) for i, a in lines if i.strip() or a.strip()):
        kept[f"budget-{number}-item"], kept[f"budget-{number}-amount"] = item, amount
    return kept


def _as_typed(proposal: Proposal, latest: Agreement | None) -> MultiDict[str, str]:
    rules = proposal.rules
    start = first_details(proposal) if latest is None else _details_of(latest)
    typed = typed_in(rules.articles, start["articles"])
    typed["seen"], typed["based_on"] = str(proposal.version), str(latest.number if latest else 0)
    for key in start["methods"]:
        typed.add("methods", key)
    for name in ("period_from", "period_to"):
        typed[name] = start[name].isoformat() if start[name] else ""
    typed["amount"] = f"{start['amount']:,}"
    for number, line in enumerate(start["budget"]):
        typed[f"budget-{number}-item"], typed[f"budget-{number}-amount"] = line["item"], f"{line['amount']:,}"
    return typed


def _details_of(agreement: Agreement) -> dict[str, Any]:
    names = ("methods", "articles", "period_from", "period_to", "amount", "budget")
    return {name: getattr(agreement, name) for name in names}


def first_details(proposal: Proposal) -> dict[str, Any]:
    """What the confirmed consultation record already says of the agreement."""
    record = proposal.records[-1].content if proposal.records else {}
    roles = [
        (_("団体の役割"), record.get("roles_group")),
        (_("市の役割"), record.get("roles_city")),
    ]
    articles = {
        "purpose": record.get("purpose", ""),
        "roles": "\n".join(f"{who}：{what}" for who, what in roles if what),
        "cost": record.get("cost_split", ""),
    }
    rules = proposal.rules
    methods = [key for key in record.get("methods", []) if key in {m.key for m in rules.methods}]
    share = proposal.submissions[-1].answers.get("cost_city", 0) if proposal.submissions else 0
    return {
        "methods": methods,
        "articles": {item.key: articles.get(item.key, "") for item in rules.articles},
        "period_from": None,
        "period_to": None,
        "amount": share if isinstance(share, int) else 0,
        "budget": [],
    }


def _readable_figures(form: AgreementForm) -> bool:
    """Whether every date and amount typed is one; what is not stays as typed, with its sentence beside it."""
    return bool(form.validate())


def _details(form: AgreementForm, proposal: Proposal) -> dict[str, Any]:
    lines = [line.form for line in form.budget.entries]
    return {
        "methods": form.methods.data or [],
        "articles": answers_of(form, proposal.rules.articles),
        "period_from": form.period_from.data,
        "period_to": form.period_to.data,
        "amount": form.amount.data or 0,
        "budget": [
            {"item": line.item.data, "amount": line.amount.data}
            for line in lines
            if line.item.data or line.amount.data is not None
        ],
        "based_on": form.based_on.data,
    }


def _page(
    proposal: Proposal,
    form: AgreementForm,
    latest: Agreement | None,
    *,
    status: int = 422,
    differences: list[tuple[str, str]] | None = None,
) -> Page:
    rules, language = proposal.rules, reader_language()
    files = files_by_question(proposal, Stage.AGREEMENT)
    return shown(
        "stages/write_agreement.html",
        form,
        status=status,
        asked=_asked(rules, form, files),
        hints={m.key: m.hint.in_(language) for m in rules.methods if m.hint.ja},
        number=latest.number + 1 if latest else 1,
        latest=latest,
        voids=latest is not None and (latest.approved_at is not None or bool(latest.signatures)),
        gaps=gaps(proposal) if latest else [],
        files=files.get("", []),
        accept=ACCEPT,
        differences=differences or [],
        **around(proposal, MoveKey.WRITE_AGREEMENT),
    )


def _articles(rules: Programme) -> list[Item]:
    """The articles; only those that every method needs are marked as required."""
    return [
        item.model_copy(update={"required": all(item.key in m.articles for m in rules.methods)})
        for item in rules.articles
    ]


def _asked(rules: Programme, form: AgreementForm, files: dict[str, list[AttachedFile]]) -> list[Question]:
    """The articles; each says which methods need it, unless all do."""
    found, language = questions(form, rules, rules.articles, files), reader_language()
    for question, item in zip(found, rules.articles, strict=True):
        methods = [m.label.in_(language) for m in rules.methods if item.key in m.articles]
        if len(methods) < len(rules.methods):
            question.note = _("この項目が必要な手法：%(methods)s", methods=str(_("、")).join(methods))
    return found


PAGES: dict[MoveKey, Callable[..., Any]] = {MoveKey.WRITE_AGREEMENT: write_agreement}
READINGS = (Reading("agreement", _l("協定書"), agreement, there),)
