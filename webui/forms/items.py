"""A programme's items as a form: what is asked differs from city to city, so the fields are made from its data."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field, RadioField, SelectField

from models.programme.forms import Item
from models.programme.kinds import ItemKind
from models.programme.schema import Programme
from webui.forms.base import Form
from webui.forms.fields import ChecksField, DayField, LineField, ProseField, SelectChoice, YenField
from webui.language import reader_language

AForm = TypeVar("AForm", bound=Form)

ITEM = "item_"
"""Begins the name of a field that asks an item, so that no item's key meets a word of WTForms."""

MOST_RADIOS = 6
"""With more choices than this, one is chosen from a list that opens."""

RAW_LIMIT = 200
"""Characters kept of a date or an amount that could not be read."""


class Marks:
    """What the page says of a field: required, how long. Whether it holds, the domain decides."""

    def __init__(self, **flags: Any) -> None:
        self.field_flags = flags

    def __call__(self, form: Form, field: Field) -> None:
        """Nothing: the domain checks answers when the move is made."""


def items_form(base: type[AForm], programme: Programme, items: Iterable[Item]) -> type[AForm]:
    """The base form with a field for each item, in the reader's language."""
    return type(base.__name__, (base,), {ITEM + item.key: _field(programme, item) for item in items})


def item_fields(form: Form, items: Iterable[Item]) -> list[Field]:
    """The fields of these items, in their order."""
    return [form[ITEM + item.key] for item in items]


def choice_hints(programme: Programme, items: Iterable[Item]) -> dict[str, dict[str, str]]:
    """What is said beside each choice, by field name and key."""
    language = reader_language()
    return {
        ITEM + item.key: {c.key: c.hint.in_(language) for c in programme.options(item.options) if c.hint.ja}
        for item in items
        if item.options
    }


def typed_in(items: Iterable[Item], answers: Mapping[str, Any]) -> MultiDict[str, str]:
    """Stored answers as the form would have sent them, so that also what could not be read comes back."""
    sent: MultiDict[str, str] = MultiDict()
    for item in items:
        value = answers.get(item.key)
        for one in value if isinstance(value, list) else [value]:
            if one is not None:
                sent.add(ITEM + item.key, f"{one:,}" if isinstance(one, int) else str(one))
    return sent


def answers_of(form: Form, items: Iterable[Item]) -> dict[str, Any]:
    """What was answered, by item key: text, ISO date, whole yen, key or list of keys.

    A date or an amount that cannot be read stays as it was typed: nothing is lost, and the domain says what is wrong.
    """
    return {item.key: _answer(form[ITEM + item.key], item) for item in items}


def _answer(field: Field, item: Item) -> Any:
    match item.kind:
        case ItemKind.DATE | ItemKind.YEN:
            if field.data is None:
                return _plain(str(field.raw_data[0]))[:RAW_LIMIT] if field.raw_data else ""
            return field.data.isoformat() if item.kind is ItemKind.DATE else field.data
        case ItemKind.CHOICES:
            return [_plain(key) for key in field.data or []]
        case _:
            return _plain(field.data or "")


def _plain(text: str) -> str:
    """Without the control characters that no database keeps."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def _field(programme: Programme, item: Item) -> Field:
    language = reader_language()
    label, hint = item.label.in_(language), item.hint.in_(language)
    marks = Marks(required=True) if item.required else Marks()
    match item.kind:
        case ItemKind.DATE:
            return DayField(label, [marks], description=hint)
        case ItemKind.YEN:
            return YenField(label, [marks], description=hint)
        case ItemKind.LINE:
            return LineField(label, [marks], description=hint)
        case ItemKind.TEXT:
            marks.field_flags["maxlength"] = item.limit
            rows = min(8, max(3, item.limit // 120))
            return ProseField(label, [marks], description=hint, render_kw={"rows": rows})
    choices = [SelectChoice(c.key, c.label.in_(language)) for c in programme.options(item.options)]
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
