"""Looking into a programme's plain data that may not fit the schema, and what the rules know about its lists and forms."""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches

from pydantic_core import InitErrorDetails

from models.programme.kinds import ItemKind
from models.programme.limits import MOST_ENTRIES

KEY = re.compile(r"[a-z0-9_-]{1,60}")

Place = tuple[str | int, ...]
"""The way to a value: ("criteria", 3, "label", "en")."""

Rule = Callable[[Mapping[str, object]], Iterator[InitErrorDetails]]
"""A question to a programme's plain data that needs more than one key: it yields what is wrong."""

NEEDED_LISTS = ("principles", "domains", "methods", "fields", "partner_types")
CHOICE_LISTS = (*NEEDED_LISTS, "content_types", "suitability", "effects", "traits")
"""The lists that a question can name in `options`; those a programme need not have come last."""

KEYED_LISTS = (*CHOICE_LISTS, "further_principles", "types", "calls", "ineligible_costs", "criteria")
FROM_A_LIST = (ItemKind.CHOICE, ItemKind.CHOICES)
FORMS = ("proposal_items", "consultation_items", "articles", "report_items", "review_items")

MOST_COMPARED = 30
"""With so many words an unknown one is compared at most."""

SET_KINDS = {
    "cost_total": (ItemKind.YEN, ""),
    "cost_city": (ItemKind.YEN, ""),
    "field": (ItemKind.CHOICE, "fields"),
    "domain": (ItemKind.CHOICE, "domains"),
    "methods": (ItemKind.CHOICES, "methods"),
    "principles": (ItemKind.CHOICES, "principles"),
}
"""Questions that Kyodo itself reads, with how they have to be asked and from which list."""


def value_at(data: object, place: Place) -> object:
    """What stands at a place of plain data; None where nothing does."""
    for step in place:
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list | tuple) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def list_of(data: object, name: str) -> list[object]:
    """The list of this name; empty where there is none."""
    value = data.get(name) if isinstance(data, Mapping) else None
    return list(value) if isinstance(value, list | tuple) else []


def entries(data: object, name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The entries of a list that can be read, at most as many as a list may have."""
    for number, entry in enumerate(list_of(data, name)[:MOST_ENTRIES]):
        if isinstance(entry, Mapping):
            yield number, entry


def kind_of(item: Mapping[str, object]) -> ItemKind | None:
    """How a question is asked; None where that cannot be read."""
    kind = item.get("kind", ItemKind.TEXT)
    return ItemKind(kind) if isinstance(kind, str) and kind in set(ItemKind) else None


class Keys(list[str]):
    """The keys of a list's entries, as far as they can be read.

    whole: all of them are. Where the list itself is wrong, that is said there, and nothing about what names its entries.
    """

    whole = True


def keys(data: object, name: str) -> Keys:
    """The keys of a list's entries. A list that a programme need not have may be left out."""
    found = Keys(key for _, entry in entries(data, name) if isinstance(key := entry.get("key"), str))
    there = isinstance(data, Mapping) and name in data
    needed = name in NEEDED_LISTS or name in FORMS or name == "criteria"
    held = list_of(data, name)
    if isinstance(data, Mapping) and not there:
        found.whole = not needed
    else:
        readable = len(found) == len(held) and all(KEY.fullmatch(key) for key in found)
        found.whole = _is_list(data, name) and readable and bool(held or not needed)
    return found


def _is_list(data: object, name: str) -> bool:
    return isinstance(data, Mapping) and isinstance(data.get(name), list | tuple)


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that was probably meant. Of a long list only words of about its length are compared: that takes time."""
    word = word[:60]
    if len(known) > MOST_COMPARED:
        known = [one for one in known if abs(len(one) - len(word)) <= 2][:MOST_COMPARED]
    return next(iter(get_close_matches(word, known, n=1)), None)
