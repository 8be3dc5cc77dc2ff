"""What a call's proposal form asks, question by question: what is attached, what may be left out, who is asked and when."""

from collections.abc import Iterator, Sequence

from models.programme.calls import Call
from models.programme.forms import Item, When
from models.programme.kinds import ItemKind
from models.programme.schema import Programme
from models.words import Word


def asked_lines(rules: Programme, call: Call) -> Iterator[Word]:
    """Every question that a proposal for this call can come to, with what holds for it."""
    items = {item.key: item for item in rules.questions_for(call.key)}
    for item in items.values():
        if _can_come(rules, items, item):
            yield _marked(item.label, list(_marks(rules, items, item)))


def for_kinds(rules: Programme, sentence: Word, kinds: Sequence[str]) -> Word:
    """A sentence that holds for groups of these kinds alone; no kinds: for all."""
    return _marked(sentence, [_of_kinds(rules, kinds)] if kinds else [])


def _can_come(rules: Programme, items: dict[str, Item], item: Item) -> bool:
    """Whether the condition of a question can hold in this call: what it depends on is asked, and can be so answered."""
    if item.when is None:
        return True
    other = items.get(item.when.item)
    if other is None or not _can_come(rules, items, other):
        return False
    there = {choice.key for choice in rules.choices_of(other)}
    return not item.when.answers or not there or bool(there & set(item.when.answers))


def _marks(rules: Programme, items: dict[str, Item], item: Item) -> Iterator[Word]:
    if item.kind is ItemKind.FILE:
        yield Word("添付", "files")
    if not item.required:
        yield Word("任意", "optional")
    if item.kinds:
        yield _of_kinds(rules, item.kinds)
    if item.when is not None:
        yield _under(rules, items[item.when.item], item.when)


def _of_kinds(rules: Programme, kinds: Sequence[str]) -> Word:
    labels = [kind.label for kind in rules.partner_types if kind.key in kinds]
    return Word("{kinds}の場合", "for {kinds}").filled(
        kinds=Word("・".join(one.ja for one in labels), ", ".join(one.en for one in labels))
    )


def _under(rules: Programme, other: Item, when: When) -> Word:
    chosen = [choice.label for choice in rules.choices_of(other) if choice.key in when.answers]
    if not chosen:
        return Word("「{item}」に答えた場合", "where “{item}” is answered").filled(item=other.label)
    return Word("「{item}」で{answers}を選んだ場合", "where “{item}” is {answers}").filled(
        item=other.label,
        answers=Word("か".join(f"「{one.ja}」" for one in chosen), " or ".join(f"“{one.en}”" for one in chosen)),
    )


def _marked(label: Word, marks: Sequence[Word]) -> Word:
    if not marks:
        return label
    ja, en = "・".join(mark.ja for mark in marks), ", ".join(mark.en for mark in marks)
    return Word(f"{label.ja}（{ja}）", f"{label.en} ({en})")
