"""What must hold where other parts of the file read the proposal form: criteria with answers beside them, costs compared."""

from collections.abc import Iterator, Mapping

from pydantic_core import InitErrorDetails

from models.programme.entries import Rule, entries, keys, kind_of, list_of
from models.programme.kinds import ItemKind
from models.programme.limits import MOST_ENTRIES
from models.programme.rules_answers import questions, side_faults
from models.programme.rules_forms import QUESTION, unless_known
from models.programme.words import unsound
from models.words import Word

Data = Mapping[str, object]
Faults = Iterator[InitErrorDetails]

KIND_OF_GROUP = Word("団体の種類", "kind of group")


def _kinds_of_groups_are_known(data: Data) -> Faults:
    known = keys(data, "partner_types")
    for name in ("proposal_items", "criteria"):
        for number, entry in entries(data, name):
            for position, key in enumerate(list_of(entry, "kinds")[:MOST_ENTRIES]):
                yield from unless_known(KIND_OF_GROUP, key, known, (name, number, "kinds", position))


def _criteria_show_what_is_asked(data: Data) -> Faults:
    known = keys(data, "proposal_items")
    for number, criterion in entries(data, "criteria"):
        for position, key in enumerate(list_of(criterion, "items")[:MOST_ENTRIES]):
            yield from unless_known(QUESTION, key, known, ("criteria", number, "items", position))


def _costs_are_compared_that_are_asked(data: Data) -> Faults:
    comparison = data.get("comparison")
    if not isinstance(comparison, Mapping):
        return
    items = questions(data)
    for name in ("alone", "together", "share"):
        side = comparison.get(name)
        if isinstance(side, Mapping):
            yield from side_faults(data, side, ("comparison", name))
    for name in ("reached_alone", "reached", "gained"):
        key = comparison.get(name) or ""
        if not isinstance(key, str) or not key:
            continue
        if key not in items:
            yield from unless_known(QUESTION, key, keys(data, "proposal_items"), ("comparison", name))
        elif name != "gained" and kind_of(items[key]) is not ItemKind.NUMBER:
            yield unsound(
                Word(
                    "人数をたずねる項目（kind: number）にしてください。", "Name a question for a number (kind: number)."
                ),
                ("comparison", name),
                key,
            )


RULES: tuple[Rule, ...] = (_kinds_of_groups_are_known, _criteria_show_what_is_asked, _costs_are_compared_that_are_asked)
