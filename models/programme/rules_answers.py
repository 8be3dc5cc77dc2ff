"""What must hold in the rules across answers: both sides can be compared, and the rows that count can be told."""

from collections.abc import Iterator, Mapping

from pydantic_core import InitErrorDetails

from models.programme.entries import Place, Rule, entries, keys, kind_of
from models.programme.forms import Comparison
from models.programme.kinds import COUNTED, ItemKind
from models.programme.rules_forms import CHOICE, QUESTION, choice_keys, unknown, unless_known
from models.programme.words import unsound
from models.words import Word

Data = Mapping[str, object]
Faults = Iterator[InitErrorDetails]

COUNTED_COLUMN = Word("数または金額の列", "column of numbers or amounts")


def _rules_compare_what_is_there(data: Data) -> Faults:
    for number, rule in entries(data, "proposal_rules"):
        stands = rule.get("stands")
        for name in ("left", "right"):
            side, place = rule.get(name), ("proposal_rules", number, name)
            if isinstance(side, Mapping) and isinstance(stands, str) and stands in set(Comparison):
                yield from _side(data, side, stands == Comparison.NOT_AFTER, name == "left", place)
            elif isinstance(side, Mapping) and side.get("item"):
                yield from unless_known(QUESTION, side["item"], keys(data, "proposal_items"), (*place, "item"))


def side_faults(data: Data, side: Data, place: Place) -> Faults:
    """What is wrong with one side that has to name an amount or a table's column."""
    return _side(data, side, False, True, place)


def questions(data: Data) -> dict[str, Data]:
    """The questions of the proposal form by their keys, as far as they can be read."""
    return {key: item for _, item in entries(data, "proposal_items") if isinstance(key := item.get("key"), str)}


def _side(data: Data, side: Data, days: bool, first: bool, place: Place) -> Faults:
    key = side.get("item", "")
    if not isinstance(key, str):
        return
    if not key:
        if first or days:
            yield unsound(
                Word("比べる項目を item に書いてください。", "Name the question that is compared, in item."),
                (*place, "item"),
            )
        yield from _unused(side, ("column", "by", "only", "end"), _OF_AN_ITEM, place)
        return
    yield from _unused(side, ("amount",), _ONE_OF_TWO, place)
    item = questions(data).get(key)
    if item is None:
        yield from unless_known(QUESTION, key, keys(data, "proposal_items"), (*place, "item"))
        return
    kind, column = kind_of(item), side.get("column", "")
    if kind is ItemKind.TABLE and not days:
        counted = keys({"columns": [one for _, one in entries(item, "columns") if kind_of(one) in COUNTED]}, "columns")
        counted.whole = _columns_are_readable(item)
        yield from unless_known(COUNTED_COLUMN, column, counted, (*place, "column"))
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
    elif kind is not None:
        yield from _unused(side, ("column", "by", "only"), _OF_A_TABLE, place)


def _columns_are_readable(item: Data) -> bool:
    columns = [one for _, one in entries(item, "columns")]
    return bool(columns) and keys(item, "columns").whole and all(kind_of(one) is not None for one in columns)


def _unused(side: Data, names: tuple[str, ...], sentence: Word, place: Place) -> Faults:
    """What is written and would not be read."""
    for name in names:
        if side.get(name):
            yield unsound(sentence.filled(name=name), (*place, name), side[name])


_ONE_OF_TWO = Word(
    "item（項目）と amount（決まった額）はどちらか一方だけを書いてください。",
    "Write item (a question) or amount (a fixed amount), one of the two.",
)
_OF_AN_ITEM = Word(
    "{name} は item（項目）といっしょに書いてください。項目を読まないなら削除してください。",
    "Write {name} together with item, or take it out where no question is read.",
)
_OF_A_TABLE = Word(
    "{name} は表（kind: table）の項目だけに使えます。削除してください。",
    "Only questions of the kind table have {name}. Take it out.",
)


def _rows(data: Data, side: Data, item: Data, place: Place) -> Faults:
    """Rows are picked by a column of choices and one of its keys, or all of them count."""
    by, only = side.get("by", ""), side.get("only", "")
    if not isinstance(by, str) or not isinstance(only, str) or not (by or only):
        return
    columns = {str(one.get("key")): one for _, one in entries(item, "columns") if kind_of(one) is ItemKind.CHOICE}
    if by not in columns:
        if _columns_are_readable(item):
            yield unknown(Word("選択の列", "column of choices"), by, list(columns), (*place, "by"))
    else:
        yield from unless_known(CHOICE, only, choice_keys(data, columns[by]), (*place, "only"))


RULES: tuple[Rule, ...] = (_rules_compare_what_is_there,)
