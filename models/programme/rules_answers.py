"""What must hold in the rules across answers: both sides can be compared, and the rows that count can be told."""

from collections.abc import Iterator, Mapping

from pydantic_core import InitErrorDetails

from models.programme.entries import Place, Rule, entries, kind_of
from models.programme.kinds import COUNTED, ItemKind
from models.programme.rules_forms import QUESTION, choice_keys, unknown
from models.programme.words import unsound
from models.words import Word

Data = Mapping[str, object]
Faults = Iterator[InitErrorDetails]


def _rules_compare_what_is_there(data: Data) -> Faults:
    items = {item["key"]: item for _, item in entries(data, "proposal_items") if isinstance(item.get("key"), str)}
    for number, rule in entries(data, "proposal_rules"):
        days = rule.get("stands") == "not_after"
        for name in ("left", "right"):
            side = rule.get(name)
            if isinstance(side, Mapping):
                yield from _side(data, side, items, days, name == "left", ("proposal_rules", number, name))


def side_faults(data: Data, side: Data, items: Mapping[object, Data], place: Place) -> Faults:
    """What is wrong with one side that has to name an amount or a table's column."""
    return _side(data, side, items, False, True, place)


def _side(data: Data, side: Data, items: Mapping[object, Data], days: bool, first: bool, place: Place) -> Faults:
    key = side.get("item", "")
    if not isinstance(key, str):
        return
    if not key:
        if first or days:
            yield unsound(
                Word("比べる項目を item に書いてください。", "Name the question that is compared, in item."),
                (*place, "item"),
            )
        return
    item = items.get(key)
    if item is None:
        yield unknown(QUESTION, key, [str(one) for one in items], (*place, "item"))
        return
    kind, column = kind_of(item), side.get("column", "")
    if kind is ItemKind.TABLE and not days:
        counted = [str(one.get("key")) for _, one in entries(item, "columns") if kind_of(one) in COUNTED]
        if column not in counted:
            yield unknown(Word("数または金額の列", "column of numbers or amounts"), column, counted, (*place, "column"))
        yield from _rows(data, side, item, place)
    elif kind is not None and kind not in ((ItemKind.DATE, ItemKind.PERIOD) if days else COUNTED):
        yield unsound(
            Word(
                "not_after は日付か期間の項目、ほかは数か金額の項目（または表の列）を比べます。",
                "not_after compares dates or periods; the others numbers, amounts or a table's column.",
            ),
            (*place, "item"),
            key,
        )


def _rows(data: Data, side: Data, item: Data, place: Place) -> Faults:
    """Rows are picked by a column of choices and one of its keys, or all of them count."""
    by, only = side.get("by", ""), side.get("only", "")
    if not isinstance(by, str) or not isinstance(only, str) or not (by or only):
        return
    columns = {str(one.get("key")): one for _, one in entries(item, "columns") if kind_of(one) is ItemKind.CHOICE}
    if by not in columns:
        yield unknown(Word("選択の列", "column of choices"), by, list(columns), (*place, "by"))
    elif only not in (known := choice_keys(data, columns[by])):
        yield unknown(Word("選択肢", "choice"), only, known, (*place, "only"))


RULES: tuple[Rule, ...] = (_rules_compare_what_is_there,)
