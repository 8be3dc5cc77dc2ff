"""What was answered, as it is read: in words, tables as tables, under the form's headings, personal data only for some."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from models.answer_words import answer_text, cell_text, sums_text
from models.answers import Answers, asked, rows_of
from models.programme.forms import Item
from models.programme.kinds import ItemKind
from models.programme.schema import Programme
from webui.language import reader_language

OpenFile = tuple[str, str, str]
"""Name, address, and size and day of a file."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is read: heads, rows of cells, and the sums below; which columns hold numbers."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    sums: Sequence[str]
    numeric: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Answered:
    """One question and its answer. name: the form's field."""

    name: str
    label: str
    text: str
    grid: Grid | None = None
    files: Sequence[OpenFile] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Answers below one heading of the form."""

    id: str
    heading: str
    answers: list[Answered] = field(default_factory=list)


def answered(
    programme: Programme, items: Iterable[Item], answers: Answers, *, personal: bool = False
) -> list[tuple[str, str]]:
    """Label and answer of each question that is asked, for the `facts` component.

    personal: whether the reader may read personal answers.
    """
    language = reader_language()
    return [
        (item.label.in_(language), _said(programme, item, answers, personal=personal))
        for item in asked(items, answers)
        if item.kind is not ItemKind.FILE
    ]


def in_parts(
    programme: Programme,
    items: Iterable[Item],
    answers: Answers,
    *,
    first: str,
    files: Mapping[str, Sequence[OpenFile]],
    personal: bool,
) -> list[Part]:
    """The same under the form's headings, with tables and files. first: the heading before any of the form's own."""
    language = reader_language()
    headings = {}
    heading = ""
    for item in items:
        heading = item.heading.in_(language) or heading
        headings[item.key] = heading
    found: list[Part] = []
    for item in asked(items, answers, {key: len(there) for key, there in files.items()}):
        if not found or headings[item.key] not in ("", found[-1].heading):
            found.append(Part(f"read-{len(found)}", headings[item.key] or first))
        shown = personal or not item.personal
        found[-1].answers.append(
            Answered(
                item.key,
                item.label.in_(language),
                _said(programme, item, answers, personal=personal),
                grid_of(item, answers.get(item.key)) if item.kind is ItemKind.TABLE and shown else None,
                files.get(item.key, ()) if shown else (),
            )
        )
    return found


def grid_of(item: Item, value: object) -> Grid | None:
    """A table's rows; None when there are none."""
    language = reader_language()
    rows = [[cell_text(c, row.get(c.key), language) for c in item.columns] for _, row in rows_of(value)]
    if not rows:
        return None
    sums = sums_text(item, value, language)
    return Grid(
        [c.label.in_(language) for c in item.columns],
        rows,
        [sums.get(c.key, "") for c in item.columns] if sums else [],
        [c.kind in (ItemKind.YEN, ItemKind.NUMBER) for c in item.columns],
    )


def answer_in_words(programme: Programme, item: Item, value: object) -> str:
    """One answer in the reader's language; empty when there is none."""
    return answer_text(programme, item, value, reader_language())


def _said(programme: Programme, item: Item, answers: Answers, *, personal: bool) -> str:
    if item.personal and not personal:
        return str(_("（個人情報のため、提案団体と担当者だけが読めます）"))
    return answer_in_words(programme, item, answers.get(item.key))
