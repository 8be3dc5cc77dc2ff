"""What is wrong with answers, what is missing, and which rules across them are broken; told at the question or cell.

A cell is told as `<question>-<row from 0>-<column>`, a period's days as `<question>-from` and `<question>-to`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from models.answers import (
    FROM,
    MOST_YEN,
    NO_FILES,
    TO,
    Answers,
    Files,
    answered,
    asked,
    blank,
    cells,
    day_of,
    is_whole,
    most_rows,
    rows_of,
)
from models.process.refusals import Missing
from models.programme.forms import Column, Comparison, FormRule, Item, Side
from models.programme.kinds import COUNTED, ItemKind
from models.programme.schema import Programme
from models.words import Word

LONGEST_CELL = 200
"""Characters of a cell whose column names no limit."""


def form_faults(
    programme: Programme, type_key: str, items: Sequence[Item], answers: Answers, files: Files = NO_FILES
) -> list[Missing]:
    """Everything that keeps a proposal form of this type of call from being handed in, in the form's order."""
    rules = [rule for rule in programme.proposal_rules if not rule.types or type_key in rule.types]
    found = wrong_answers(programme, items, answers, files) + unanswered(items, answers, files)
    told = {gap.field.partition("-")[0] for gap in found}
    found += [gap for gap in broken_rules(rules, items, answers, files) if gap.field not in told]
    place = {item.key: number for number, item in enumerate(items)}
    return sorted(found, key=lambda gap: place[gap.field.partition("-")[0]])


def wrong_answers(
    programme: Programme, items: Iterable[Item], answers: Answers, files: Files = NO_FILES
) -> list[Missing]:
    """Answers that cannot be: too long, not a date, not in the list. Empty ones are fine here."""
    found: list[Missing] = []
    for item in asked(items, answers, files):
        value = answers.get(item.key)
        if answered(item, value, files):
            found += _faults(programme, item, value, files)
    return found


def unanswered(items: Iterable[Item], answers: Answers, files: Files = NO_FILES) -> list[Missing]:
    """What is still to be answered: required questions, rows and cells, and more where there is too little."""
    found: list[Missing] = []
    for item in asked(items, answers, files):
        value = answers.get(item.key)
        if answered(item, value, files):
            found += _too_little(item, value, files)
        elif item.required:
            found.append(Missing(item.key, _ENTER.get(item.kind, _ENTER_IT).filled(label=item.label)))
    return found


def broken_rules(
    rules: Iterable[FormRule], items: Iterable[Item], answers: Answers, files: Files = NO_FILES
) -> list[Missing]:
    """Rules across answers that do not hold, told at the left side. Where a side is not answered, nothing is."""
    known = {item.key: item for item in asked(items, answers, files)}
    found = []
    for rule in rules:
        days = rule.stands is Comparison.NOT_AFTER
        left, right = (measured(side, known, answers, days=days) for side in (rule.left, rule.right))
        if left is not None and right is not None and not _stands(left, rule.stands, right):
            found.append(Missing(rule.left.item, rule.sentence))
    return found


def too_long(label: Word, limit: int) -> Word:
    """That a text has more characters than its field takes."""
    return Word(
        "「{label}」は{limit}文字までで入力してください。",
        "Write at most {limit} characters for “{label}”.",
    ).filled(label=label, limit=limit)


def _faults(programme: Programme, item: Item, value: Any, files: Files) -> Iterator[Missing]:
    sentence: Word | None = None
    match item.kind:
        case ItemKind.LINE | ItemKind.TEXT:
            sentence = _text_fault(item.label, value, item.most)
        case ItemKind.DATE:
            sentence = _day_fault(item.label, value)
        case ItemKind.NUMBER | ItemKind.YEN:
            sentence = _number_fault(item.label, item.kind, value, item.least, item.most)
        case ItemKind.CHOICE:
            sentence = _choice_fault(item.label, value, [c.key for c in programme.choices_of(item)])
        case ItemKind.CHOICES:
            sentence = _choices_fault(item, value, [c.key for c in programme.choices_of(item)])
        case ItemKind.DECLARATION:
            sentence = None if value is True else _ENTER[ItemKind.DECLARATION].filled(label=item.label)
        case ItemKind.PERIOD:
            yield from _period_faults(item, value)
        case ItemKind.TABLE:
            yield from _table_faults(item, value)
        case ItemKind.FILE:
            if files[item.key] > item.most:
                sentence = _TOO_MANY_FILES.filled(label=item.label, n=item.most)
    if sentence is not None:
        yield Missing(item.key, sentence)


def _text_fault(label: Word, value: Any, limit: int) -> Word | None:
    return None if isinstance(value, str) and len(value) <= limit else too_long(label, limit)


def _day_fault(label: Word, value: Any) -> Word | None:
    if day_of(value) is not None:
        return None
    return Word("「{label}」は正しい日付を入力してください。", "Enter a real date for “{label}”.").filled(label=label)


def _number_fault(label: Word, kind: ItemKind, value: Any, least: int, most: int) -> Word | None:
    if is_whole(value, most) and value >= least:
        return None
    sentence = (
        Word(
            "「{label}」は{least}円から{most}円までの整数で入力してください。",
            "Enter a whole number of yen from {least} to {most} for “{label}”.",
        )
        if kind is ItemKind.YEN
        else Word(
            "「{label}」は{least}から{most}までの整数で入力してください。",
            "Enter a whole number from {least} to {most} for “{label}”.",
        )
    )
    return sentence.filled(label=label, least=f"{least:,}", most=f"{most:,}")


def _choice_fault(label: Word, value: Any, known: list[str]) -> Word | None:
    if isinstance(value, str) and value in known:
        return None
    return Word("「{label}」は一覧から選んでください。", "Choose “{label}” from the list.").filled(label=label)


def _choices_fault(item: Item, value: Any, known: list[str]) -> Word | None:
    if not isinstance(value, list) or any(not isinstance(key, str) or key not in known for key in value):
        return _choice_fault(item.label, None, known)
    if len(set(value)) > item.most:
        return Word("「{label}」は{n}つまでにしてください。", "Choose at most {n} for “{label}”.").filled(
            label=item.label, n=item.most
        )
    return None


def _period_faults(item: Item, value: Any) -> Iterator[Missing]:
    if not isinstance(value, dict):
        yield Missing(item.key, _ENTER_IT.filled(label=item.label))
        return
    days: list[date] = []
    for end, name in ENDS.items():
        if not blank(value.get(end)):
            day = day_of(value[end])
            if day is None:
                label = Word(f"{item.label.ja}（{name.ja}）", f"{item.label.en} ({name.en})")
                yield Missing(f"{item.key}-{end}", _day_fault(label, None) or label)
            else:
                days.append(day)
    if len(days) == 2 and days[1] < days[0]:
        yield Missing(
            f"{item.key}-{TO}",
            Word(
                "「{label}」の終わりの日は、始まりの日より後にしてください。",
                "“{label}” must not end before it begins.",
            ).filled(label=item.label),
        )


def _table_faults(item: Item, value: Any) -> Iterator[Missing]:
    rows = list(rows_of(value))
    if not isinstance(value, list) or not rows:
        yield Missing(item.key, _ENTER_IT.filled(label=item.label))
    elif len(rows) > most_rows(item):
        yield Missing(
            item.key,
            Word("「{label}」は{n}行までにしてください。", "“{label}” takes at most {n} rows.").filled(
                label=item.label, n=most_rows(item)
            ),
        )
    for number, row in rows[: most_rows(item)]:
        for column in item.columns:
            if not blank(row.get(column.key)):
                sentence = _cell_fault(column, _name_of(item, column, number), row[column.key])
                if sentence is not None:
                    yield Missing(f"{item.key}-{number}-{column.key}", sentence)


def _cell_fault(column: Column, label: Word, value: Any) -> Word | None:
    match column.kind:
        case ItemKind.DATE:
            return _day_fault(label, value)
        case ItemKind.NUMBER | ItemKind.YEN:
            return _number_fault(label, column.kind, value, 0, column.limit or MOST_YEN)
        case ItemKind.CHOICE:
            return _choice_fault(label, value, [choice.key for choice in column.choices])
    return _text_fault(label, value, column.limit or LONGEST_CELL)


def _too_little(item: Item, value: Any, files: Files) -> Iterator[Missing]:
    least, there = item.least, 0
    match item.kind:
        case ItemKind.LINE | ItemKind.TEXT if isinstance(value, str):
            there = len(value.strip())
        case ItemKind.CHOICES if isinstance(value, list):
            there = len(set(map(str, value)))
        case ItemKind.TABLE:
            there = len(list(rows_of(value)))
            yield from _empty_cells(item, value)
        case ItemKind.FILE:
            there = files[item.key]
        case ItemKind.PERIOD if isinstance(value, dict):
            for end, name in ENDS.items():
                if blank(value.get(end)):
                    label = Word(f"{item.label.ja}（{name.ja}）", f"{item.label.en} ({name.en})")
                    yield Missing(f"{item.key}-{end}", _ENTER_IT.filled(label=label))
            return
        case _:
            return
    if there < least:
        yield Missing(item.key, _AT_LEAST[item.kind].filled(label=item.label, n=least))


def _empty_cells(item: Item, value: Any) -> Iterator[Missing]:
    for number, row in rows_of(value):
        for column in item.columns:
            if column.required and blank(row.get(column.key)):
                sentence = _ENTER.get(column.kind, _ENTER_IT).filled(label=_name_of(item, column, number))
                yield Missing(f"{item.key}-{number}-{column.key}", sentence)


def _name_of(item: Item, column: Column, number: int) -> Word:
    """A cell in words: 収支予算 2行目 金額."""
    return Word(
        f"{item.label.ja} {number + 1}行目 {column.label.ja}", f"{item.label.en}, row {number + 1}, {column.label.en}"
    )


def measured(side: Side, known: Mapping[str, Item], answers: Answers, *, days: bool) -> Fraction | date | None:
    """What one side of a rule comes to; None where it is not asked, not answered or cannot be read."""
    if not side.item:
        return None if days else _percent(side, side.amount)
    item, value = known.get(side.item), answers.get(side.item)
    if item is None or blank(value):
        return None
    if days:
        return day_of(value.get(TO if side.end else FROM) if isinstance(value, dict) else value)
    if item.kind is ItemKind.TABLE and isinstance(value, list):
        return _percent(side, sum(cells(value, side.column, side.by, side.only)))
    return _percent(side, value) if item.kind in COUNTED and is_whole(value) else None


def _percent(side: Side, amount: int) -> Fraction:
    exact = amount * side.percent / 100
    return exact if side.percent == 100 else Fraction(exact.numerator // exact.denominator)


def _stands(left: Any, how: Comparison, right: Any) -> bool:
    match how:
        case Comparison.AT_MOST | Comparison.NOT_AFTER:
            return bool(left <= right)
        case Comparison.AT_LEAST:
            return bool(left >= right)
    return bool(left == right)


ENDS = {FROM: Word("始まり", "from"), TO: Word("終わり", "to")}
"""The two days of a period."""

_ENTER_IT = Word("「{label}」を入力してください。", "Enter “{label}”.")
_CHOOSE = Word("「{label}」を選んでください。", "Choose “{label}”.")
_ENTER = {
    ItemKind.CHOICE: _CHOOSE,
    ItemKind.CHOICES: _CHOOSE,
    ItemKind.DECLARATION: Word("「{label}」をよく読み、印を付けてください。", "Read “{label}” and tick it."),
    ItemKind.FILE: Word("「{label}」のファイルを付けてください。", "Attach a file for “{label}”."),
    ItemKind.TABLE: Word("「{label}」に1行以上入力してください。", "Fill in at least one row of “{label}”."),
}
_AT_LEAST = {
    ItemKind.LINE: Word("「{label}」は{n}文字以上で入力してください。", "Write at least {n} characters for “{label}”."),
    ItemKind.TEXT: Word("「{label}」は{n}文字以上で入力してください。", "Write at least {n} characters for “{label}”."),
    ItemKind.CHOICES: Word("「{label}」は{n}つ以上選んでください。", "Choose at least {n} for “{label}”."),
    ItemKind.TABLE: Word("「{label}」は{n}行以上入力してください。", "Fill in at least {n} rows of “{label}”."),
    ItemKind.FILE: Word("「{label}」のファイルは{n}個以上付けてください。", "Attach at least {n} files for “{label}”."),
}
_TOO_MANY_FILES = Word("「{label}」のファイルは{n}個までにしてください。", "Attach at most {n} files for “{label}”.")
