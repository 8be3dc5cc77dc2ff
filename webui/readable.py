"""What was answered and who is meant, as they are read: words for keys, dates in eras, amounts in yen, departments."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from models.programme.forms import Item
from models.programme.kinds import ItemKind
from models.programme.schema import Programme
from webui import filters
from webui.language import reader_language


def answered(programme: Programme, items: Iterable[Item], answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and answer of each item, for the `facts` component."""
    language = reader_language()
    return [(item.label.in_(language), answer_in_words(programme, item, answers.get(item.key))) for item in items]


def answer_in_words(programme: Programme, item: Item, value: Any) -> str:
    """One answer; empty when there is none. What cannot be read stands as it was typed."""
    if value in (None, "", []):
        return ""
    match item.kind:
        case ItemKind.YEN if isinstance(value, int):
            return filters.yen(value)
        case ItemKind.DATE:
            try:
                return filters.day(date.fromisoformat(str(value)))
            except ValueError:
                return str(value)
        case ItemKind.CHOICE | ItemKind.CHOICES:
            words = {choice.key: choice.label.in_(reader_language()) for choice in programme.options(item.options)}
            keys = value if isinstance(value, list) else [value]
            return str(_("、")).join(words.get(key, str(key)) for key in keys)
    return str(value)
