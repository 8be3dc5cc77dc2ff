"""Questions as a page shows them: the field with its example, its condition, its files, and the section it stands in."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as held
from typing import Any

from flask_babel import gettext as _
from wtforms import Field

from models.answer_words import sums_text
from models.programme.forms import Item
from models.programme.kinds import ItemKind
from models.programme.schema import Programme
from webui.forms.base import Form
from webui.forms.items import ITEM
from webui.forms.tables import TableField
from webui.language import reader_language

AttachedFile = tuple[str, str, str, str]
"""Number, name, address, size and day of a file on a form."""


@dataclass(slots=True)
class Question:
    """One question on the page."""

    field: Field
    kind: str
    required: bool
    example: str = ""
    choice_hints: Mapping[str, str] = held(default_factory=dict)
    condition: str = ""
    """When it is asked, in a sentence; empty: always."""
    when: str = ""
    """The same for scripts: {"item": field name, "answers": keys}."""
    unit: str = ""
    note: str = ""
    """Something else to be said of it by the page."""
    most: int = 0
    files: Sequence[AttachedFile] = ()
    sums: Mapping[str, str] = held(default_factory=dict)

    @property
    def name(self) -> str:
        """The field's name, and the question's in drafts."""
        return str(self.field.name)

    @property
    def hint(self) -> str:
        """What helps to answer it."""
        return "　".join(said for said in (str(self.field.description), self.note) if said)

    @property
    def anchor(self) -> str:
        """The id of the first control, where links to the question lead."""
        return anchor_of(self.field)


@dataclass(slots=True)
class Section:
    """Questions below one heading."""

    id: str
    heading: str
    questions: list[Question] = held(default_factory=list)


def questions(
    form: Form, programme: Programme, items: Iterable[Item], files: Mapping[str, Sequence[AttachedFile]] | None = None
) -> list[Question]:
    """The questions that these items ask, in their order. files: those attached, by item key."""
    known: dict[str, Item] = {}
    found = []
    for item in items:
        known[item.key] = item
        found.append(_question(form[ITEM + item.key], programme, item, known, (files or {}).get(item.key, ())))
    return found


def sections(asked: Sequence[Question], items: Iterable[Item], first: str) -> list[Section]:
    """The questions below the headings that begin new parts of the form; `first` heads those before any heading."""
    found: list[Section] = []
    for number, (question, item) in enumerate(zip(asked, items, strict=True)):
        heading = item.heading.in_(reader_language())
        if heading or not found:
            found.append(Section(f"part-{number}", heading or first))
        found[-1].questions.append(question)
    return found


def anchor_of(field: Any) -> str:
    """The id of a field's first control."""
    match field.type:
        case "RadioField" | "ChecksField":
            return f"{field.id}-0"
        case "FormField":
            return str(next(iter(field.form)).id)
        case "TableField":
            assert isinstance(field, TableField)
            return next((cell.id for cell in field.cells()), field.id)
    return str(field.id)


def _question(
    field: Field, programme: Programme, item: Item, known: Mapping[str, Item], files: Sequence[AttachedFile]
) -> Question:
    language = reader_language()
    question = Question(
        field,
        item.kind.value,
        item.required,
        example=item.example.in_(language),
        choice_hints={c.key: c.hint.in_(language) for c in programme.choices_of(item) if c.hint.ja},
        unit=item.unit.in_(language),
        most=item.most,
        files=files,
        sums=sums_text(item, field.data, language) if item.kind is ItemKind.TABLE else {},
    )
    if item.when is not None and item.when.item in known:
        other = known[item.when.item]
        question.condition = _condition(programme, item, other)
        question.when = json.dumps({"item": ITEM + other.key, "answers": list(item.when.answers)})
    return question


def _condition(programme: Programme, item: Item, other: Item) -> str:
    """When the question is asked: 「…」で「…」を選んだ場合."""
    language = reader_language()
    label = other.label.in_(language)
    assert item.when is not None
    if item.when.answers:
        words = {choice.key: choice.label.in_(language) for choice in programme.choices_of(other)}
        chosen = _("か").join(_("「%(answer)s」", answer=words.get(key, key)) for key in item.when.answers)
        return str(_("「%(question)s」で%(answers)sを選んだ場合に答えてください。", question=label, answers=chosen))
    if other.kind in (ItemKind.CHOICE, ItemKind.CHOICES):
        return str(_("「%(question)s」を選んだ場合に答えてください。", question=label))
    if other.kind is ItemKind.DECLARATION:
        return str(_("「%(question)s」に印を付けた場合に答えてください。", question=label))
    return str(_("「%(question)s」に答えた場合に答えてください。", question=label))
