"""A section's works open to proposals and the local problems it knows of: entered, corrected, closed (I07, I11)."""

from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from models import clock
from models.administration.openings import (
    BECAUSE,
    LENGTHS,
    OPTIONAL,
    close,
    correct,
    enter,
    may_change,
    reopen,
    sections_to_enter_for,
)
from models.administration.record import record_of
from models.calendar import fiscal_year, fiscal_year_in_words
from models.openings import KINDS, LABELS, Looked, Opening, OpeningKind, openings
from models.people import Department
from models.spoken import here
from webui.access import current_actor, in_program_office, staff
from webui.admin.changing import Answer, EditForm, done, in_words, load, page, refusals_at, said, sent, sent_over
from webui.database import db
from webui.forms import DayField, Form, LineField, ProseField, SelectChoice
from webui.forms.items import Marks
from webui.language import reader_language
from webui.paging import neighbours, place_asked
from webui.public.openings import TONES, told

LONG = ("text", "wish")
YEARS = 5
"""Fiscal years that a review can be of: the coming one and those before it."""

HINTS = {
    "wish": {
        OpeningKind.WORK: _l("市民の方が得意なことや、一緒に考えたいことを書いてください。"),
        OpeningKind.PROBLEM: _l("まだ決まっていなくてもかまいません。"),
    },
    "since": {OpeningKind.WORK: _l("例：平成12年度から")},
    "source": {
        OpeningKind.PROBLEM: _l("例：令和7年度の住民アンケート、○○自治会との話し合い。個人の氏名は書かないでください。")
    },
}


class CloseForm(Form):
    because = ProseField(
        said(BECAUSE),
        [Marks(required=True, maxlength=LENGTHS["because"])],
        description=_l("公開のページに残ります。例：令和9年度から協働事業として始めるため。"),
        render_kw={"rows": 3},
    )


@staff
def opening_list() -> str:
    """What one's own section shows; for the program office, what all of them do."""
    actor = current_actor()
    if not sections_to_enter_for(db(), actor):
        abort(404)
    looked = Looked(sections=None if in_program_office() else actor.works_in, closed=request.args.get("closed") == "1")
    found = openings(db(), looked, place_asked())
    previous, following = neighbours(found)
    return render_template(
        "desk/openings.html",
        lines=[(one, here(KINDS[one.kind]), TONES[one.kind]) for one in found.rows],
        closed=looked.closed,
        kinds=[(key, here(label)) for key, label in KINDS.items()],
        previous=previous,
        following=following,
    )


@staff
def opening(opening_id: int) -> str:
    """One entry, and who changed what in it."""
    found = _own(opening_id)
    return render_template(
        "desk/opening.html",
        opening=found,
        kind=here(KINDS[found.kind]),
        tone=TONES[found.kind],
        facts=told(found),
        changes=in_words(record_of(db(), found)),
    )


@staff
def new_opening(kind: str) -> Answer:
    """Enter a work or a problem."""
    sections = sections_to_enter_for(db(), current_actor())
    if kind not in list(OpeningKind) or not sections:
        abort(404)
    wanted = OpeningKind(kind)
    form = _form(wanted, sections, {"fiscal_year": str(fiscal_year(clock.today())), "known_on": clock.today()})
    if sent(form):
        with refusals_at(form):
            entered = enter(db(), current_actor(), wanted, _typed(form, wanted))
            return done(_("登録し、公開しました。"), "desk.opening", opening_id=entered.id)
    return page("desk/edit_opening.html", form, kind=here(KINDS[wanted]), fields=_fields(form, wanted), opening=None)


@staff
def edit_opening(opening_id: int) -> Answer:
    """Correct an entry."""
    found = _own(opening_id)
    sections = sections_to_enter_for(db(), current_actor())
    if found.section not in sections:
        sections = [found.section, *sections]
    names = [*_named(found.kind)]
    stands = {name: _shown(getattr(found, name)) for name in names}
    form = _form(found.kind, sections, stands)
    if sent_over(form, found, names):
        with refusals_at(form):
            correct(db(), current_actor(), found, _typed(form, found.kind))
            return done(_("変更を保存しました。"), "desk.opening", opening_id=found.id)
    fields = _fields(form, found.kind)
    return page("desk/edit_opening.html", form, kind=here(KINDS[found.kind]), fields=fields, opening=found)


@staff
def close_opening(opening_id: int) -> Answer:
    """End it, with the reason that everybody reads."""
    found = _own(opening_id)
    if found.closed_at is not None:
        abort(404)
    form = CloseForm()
    if sent(form):
        with refusals_at(form):
            close(db(), current_actor(), found, form.because.data or "")
            return done(_("提案の受付を終了しました。"), "desk.opening", opening_id=found.id)
    return page("desk/close_opening.html", form, opening=found)


@staff
def reopen_opening(opening_id: int) -> Answer:
    """Take proposals again."""
    found = _own(opening_id)
    reopen(db(), current_actor(), found)
    return done(_("提案の受付を再開しました。"), "desk.opening", opening_id=found.id)


def _own(opening_id: int) -> Opening:
    """An entry that the reader looks after; every other is not there."""
    found: Opening = load(Opening, opening_id)
    if not may_change(db(), current_actor(), found):
        abort(404)
    return found


def _named(kind: OpeningKind) -> list[str]:
    return ["section_id" if name == "section" else name for name in LABELS[kind]]


def _fields(form: Form, kind: OpeningKind) -> list[tuple[Any, str]]:
    """The form's fields in their order, each with how it is shown."""
    return [(form[name], "day" if name == "known_on" else "field") for name in _named(kind)]


def _shown(value: Any) -> Any:
    return str(value) if isinstance(value, int) else value


def _form(kind: OpeningKind, sections: list[Department], stands: dict[str, Any]) -> EditForm:
    language, fields = reader_language(), dict[str, Any]()
    for name, label in LABELS[kind].items():
        marks = Marks(required=name not in OPTIONAL[kind], **({"maxlength": LENGTHS[name]} if name in LONG else {}))
        hint = HINTS.get(name, {}).get(kind, "")
        match name:
            case "section":
                choices = [SelectChoice(str(one.id), one.words.in_(language)) for one in sections]
                fields["section_id"] = SelectField(said(label), [marks], choices=choices, validate_choice=False)
            case "fiscal_year":
                last = fiscal_year(clock.today()) + 1
                years = [SelectChoice(str(y), fiscal_year_in_words(y, language)) for y in range(last, last - YEARS, -1)]
                if (year := str(stands.get(name) or "")) not in {choice.value for choice in years} and year:
                    years.append(SelectChoice(year, fiscal_year_in_words(int(year), language)))
                fields[name] = SelectField(said(label), [marks], choices=years, validate_choice=False)
            case "known_on":
                fields[name] = DayField(said(label), [marks])
            case _ if name in LONG:
                fields[name] = ProseField(said(label), [marks], description=hint, render_kw={"rows": 4})
            case _:
                fields[name] = LineField(said(label), [marks], description=hint)
    made: type[EditForm] = type("OpeningForm", (EditForm,), fields)
    return made(data=stands)


def _typed(form: Form, kind: OpeningKind) -> dict[str, Any]:
    """What was typed, as the domain takes it."""
    typed: dict[str, Any] = {name: form[name].data for name in _named(kind)}
    for name in ("section_id", "fiscal_year"):
        text = str(typed.get(name) or "")
        if name in typed:
            typed[name] = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    return typed
