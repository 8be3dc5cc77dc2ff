"""A programme's items as a form: what is asked differs from city to city, so the fields are made from its data."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, FormField, MultipleFileField, RadioField, SelectField
from wtforms import Form as PlainForm

from models.answers import FROM, TO, most_rows
from models.drafts import ITEM as ITEM
from models.programme.forms import Item
from models.programme.kinds import ItemKind
from models.programme.schema import Programme
from webui.forms import reading
from webui.forms.base import Form
from webui.forms.controls import CheckboxInput
from webui.forms.fields import ChecksField, DayField, LineField, NumberField, ProseField, SelectChoice, YenField
from webui.forms.tables import RAW_LIMIT, TableField, typed_rows
from webui.language import reader_language

AForm = TypeVar("AForm", bound=Form)

MOST_RADIOS = 6
"""With more choices than this, one is chosen from a list that opens."""

TICKED = "yes"


class Marks:
    """What the page says of a field: required, how long. Whether it holds, the domain decides."""

    def __init__(self, **flags: Any) -> None:
        self.field_flags = flags

    def __call__(self, form: Form, field: Field) -> None:
        """Nothing: the domain checks answers when the move is made."""


def items_form(base: type[AForm], programme: Programme, items: Iterable[Item]) -> type[AForm]:
    """The base form with a field for each item, in the reader's language."""
    return type(base.__name__, (base,), {ITEM + item.key: _field(programme, item) for item in items})


def typed_in(items: Iterable[Item], answers: Mapping[str, Any]) -> MultiDict[str, str]:
    """Stored answers as the form would have sent them, so that also what could not be read comes back."""
    sent: MultiDict[str, str] = MultiDict()
    for item in items:
        for name, text in _typed(item, answers.get(item.key)):
            sent.add(name, text)
    return sent


def _typed(item: Item, value: Any) -> Iterator[tuple[str, str]]:
    name = ITEM + item.key
    match value:
        case None | False:
            return
        case True:
            yield name, TICKED
        case int():
            yield name, f"{value:,}"
        case list() if item.kind is ItemKind.TABLE:
            yield from typed_rows(name, value, item.columns)
        case list():
            yield from ((name, str(one)) for one in value)
        case Mapping():
            yield from ((f"{name}-{end}", str(value[end])) for end in (FROM, TO) if value.get(end))
        case _:
            yield name, str(value)


def answers_of(form: Form, items: Iterable[Item]) -> dict[str, Any]:
    """What was answered, by item key, in the shapes of models.answers; files are answered by being attached.

    A date or an amount that cannot be read stays as it was typed: nothing is lost, and the domain says what is wrong.
    """
    return {item.key: _answer(form[ITEM + item.key], item) for item in items if item.kind is not ItemKind.FILE}


def _answer(field: Any, item: Item) -> Any:
    match item.kind:
        case ItemKind.DATE:
            return _day(field)
        case ItemKind.YEN | ItemKind.NUMBER:
            return _as_typed(field) if field.data is None else field.data
        case ItemKind.PERIOD:
            return {end: day for end in (FROM, TO) if (day := _day(field.form[end]))}
        case ItemKind.CHOICES:
            return [reading.plain(key) for key in field.data or []]
        case ItemKind.DECLARATION:
            return bool(field.data)
        case ItemKind.TABLE:
            return field.data
        case _:
            return reading.plain(field.data or "")


def _day(field: Field) -> str:
    return _as_typed(field) if field.data is None else str(field.data.isoformat())


def _as_typed(field: Field) -> str:
    return reading.plain(str(field.raw_data[0]))[:RAW_LIMIT] if field.raw_data else ""


def _field(programme: Programme, item: Item) -> Field:
    language = reader_language()
    label, hint = item.label.in_(language), item.hint.in_(language)
    marks = Marks(required=True) if item.required else Marks()
    match item.kind:
        case ItemKind.DATE:
            return DayField(label, [marks], description=hint)
        case ItemKind.PERIOD:
            return FormField(_period(marks), label, description=hint)
        case ItemKind.YEN:
            return YenField(label, [marks], description=hint)
        case ItemKind.NUMBER:
            return NumberField(label, [marks], description=hint, unit=item.unit.in_(language))
        case ItemKind.LINE:
            return LineField(label, [marks], description=hint)
        case ItemKind.TEXT:
            marks.field_flags["maxlength"] = item.most
            rows = min(8, max(3, item.most // 120))
            return ProseField(label, [marks], description=hint, render_kw={"rows": rows})
        case ItemKind.DECLARATION:
            return BooleanField(label, [marks], description=hint, false_values=(False, ""), widget=CheckboxInput())
        case ItemKind.TABLE:
            return TableField(label, [marks], description=hint, columns=item.columns, most=most_rows(item))
        case ItemKind.FILE:
            return MultipleFileField(label, [marks], description=hint)
    return _choice(programme, item, label, hint, marks)


def _period(marks: Marks) -> type[PlainForm]:
    """First and last day; the field's own words stand above them."""
    return type(
        "PeriodForm", (PlainForm,), {FROM: DayField(_("始まりの日"), [marks]), TO: DayField(_("終わりの日"), [marks])}
    )


def _choice(programme: Programme, item: Item, label: str, hint: str, marks: Marks) -> Field:
    choices = [SelectChoice(c.key, c.label.in_(reader_language())) for c in programme.choices_of(item)]
    if item.kind is ItemKind.CHOICES:
        return ChecksField(label, [marks], choices=choices, description=hint, validate_choice=False)
    if len(choices) > MOST_RADIOS:
        return SelectField(
            label,
            [marks],
            choices=[SelectChoice("", _("選んでください")), *choices],
            description=hint,
            validate_choice=False,
        )
    if not item.required:
        choices.append(SelectChoice("", _("まだ決めていない")))
    return RadioField(label, [marks], choices=choices, description=hint, validate_choice=False, default="")
