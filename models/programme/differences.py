"""What changed from one programme to another, in words: by section of the file, always in the same order."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from pydantic import BaseModel

from models.programme.entries import Place
from models.programme.exact import said as exactly
from models.programme.exact import share_in_words
from models.programme.faults import path
from models.programme.moments import written_moment
from models.programme.names import name_of
from models.programme.schema import Programme
from models.programme.values import value_in_words
from models.words import Word


class Difference(NamedTuple):
    """One change: the section of the file, the place, and what changed there."""

    section: str
    """The key of the section: "criteria"."""
    place: str
    """The place in the newer file, or in the older one of what was taken out: criteria[3].label."""
    sentence: Word

    @property
    def heading(self) -> Word:
        """What the section is called."""
        return name_of(self.section)


def differences(old: Programme, new: Programme) -> tuple[Difference, ...]:
    """Every change from `old` to `new`, in the order of the file; none for equal programmes."""
    return tuple(
        Difference(section, path(place), sentence)
        for section in Programme.model_fields
        for place, sentence in _values(getattr(old, section), getattr(new, section), (section,), name_of(section))
    )


Found = Iterator[tuple[Place, Word]]


def _values(old: object, new: object, place: Place, what: Word) -> Found:
    """What changed between two values of the same field."""
    if old == new:
        return
    if isinstance(old, tuple) and isinstance(new, tuple) and not isinstance(new, Word):
        if all(_is_entry(one) for one in (*old, *new)):
            yield from _entries(old, new, place)
        elif all(isinstance(one, BaseModel) for one in (*old, *new)):
            yield from _numbered(old, new, place, what)
        else:
            yield from _lists(old, new, place, what)
    elif isinstance(old, BaseModel) and isinstance(new, BaseModel):
        yield from _parts(old, new, place, None)
    elif isinstance(old, BaseModel) or isinstance(new, BaseModel):
        gone, added = (
            Word("{what}を削除しました。", "{what} was taken out."),
            Word("{what}を追加しました。", "{what} was added."),
        )
        yield place, (added if isinstance(new, BaseModel) else gone).filled(what=what)
    else:
        yield place, _changed(old, new, what)


def _parts(old: BaseModel, new: BaseModel, place: Place, entry: Word | None) -> Found:
    """What changed between two parts; `entry` is what people call the part, where it is one of many."""
    for name in type(new).model_fields:
        what = name_of(name)
        if entry is not None:
            what = Word("「{entry}」の{what}", "{what} of “{entry}”").filled(entry=entry, what=what)
        before, after = getattr(old, name, None), getattr(new, name)
        if name == "label" and isinstance(before, Word) and before != after:
            yield (*place, name), _renamed(before, after)
        else:
            yield from _values(before, after, (*place, name), what)


def _is_entry(one: object) -> bool:
    """Whether this is an entry of a list, with a key and a label of its own."""
    return isinstance(one, BaseModel) and {"key", "label"} <= set(type(one).model_fields)


def _numbered(old: Sequence[BaseModel], new: Sequence[BaseModel], place: Place, what: Word) -> Found:
    """Parts without keys are told apart by their places."""
    for number in range(max(len(old), len(new))):
        part = Word("{what}の{n}番目", "number {n} of {what}").filled(what=what, n=number + 1)
        before = old[number] if number < len(old) else None
        after = new[number] if number < len(new) else None
        if before is not None and after is not None:
            yield from _parts(before, after, (*place, number), part)
        else:
            yield from _values(before, after, (*place, number), part)


def _entries(old: Sequence[Any], new: Sequence[Any], place: Place) -> Found:
    """Entries are the same when their key is: taken out, added, moved, changed."""
    before = {entry.key: (number, entry) for number, entry in enumerate(old)}
    after = {entry.key: (number, entry) for number, entry in enumerate(new)}
    for key, (number, entry) in before.items():
        if key not in after:
            gone = Word("「{label}」（{key}）を削除しました。", "“{label}” ({key}) was taken out.")
            yield (*place, number), gone.filled(label=entry.label, key=key)
    moved = _moved([key for key in before if key in after], [key for key in after if key in before])
    for key, (number, entry) in after.items():
        if key not in before:
            added = Word(
                "「{label}」（{key}）を{n}番目に追加しました。", "“{label}” ({key}) was added at position {n}."
            )
            yield (*place, number), added.filled(label=entry.label, key=key, n=number + 1)
            continue
        position, earlier = before[key]
        if key in moved:
            move = Word(
                "「{label}」を{old}番目から{new}番目に移しました。", "“{label}” was moved from position {old} to {new}."
            )
            yield (*place, number), move.filled(label=entry.label, old=position + 1, new=number + 1)
        yield from _parts(earlier, entry, (*place, number), earlier.label)


def _lists(old: Sequence[object], new: Sequence[object], place: Place, what: Word) -> Found:
    """Lists of plain values: what was taken out, added, or only put in another order."""
    for one in (one for one in old if one not in new):
        gone = Word("{what}から「{one}」を削除しました。", "“{one}” was taken out of {what}.")
        yield place, gone.filled(what=what, one=_said(one))
    for one in (one for one in new if one not in old):
        added = Word("{what}に「{one}」を追加しました。", "“{one}” was added to {what}.")
        yield place, added.filled(what=what, one=_said(one))
    if sorted(map(str, old)) == sorted(map(str, new)):
        yield place, Word("{what}の順番を変えました。", "The order of {what} was changed.").filled(what=what)


def _renamed(old: Word, new: Word) -> Word:
    if old.ja != new.ja and old.en != new.en:
        return Word("「{old}」の表示名を「{new}」に改めました。", "“{old}” was renamed “{new}”.").filled(
            old=old, new=new
        )
    return _changed(old, new, Word("「{old}」の表示名", "label of “{old}”").filled(old=old))


def _changed(old: object, new: object, what: Word) -> Word:
    """From what to what; of words only in the language that changed."""
    if isinstance(old, Word) and isinstance(new, Word):
        if old.ja == new.ja:
            what = Word("{what}の英語", "{what}, English,").filled(what=what)
            old, new = Word(old.en, old.en), Word(new.en, new.en)
        elif old.en == new.en:
            what = Word("{what}の日本語", "{what}, Japanese,").filled(what=what)
            old, new = Word(old.ja, old.ja), Word(new.ja, new.ja)
    before, after = _said(old), _said(new)
    if not after.ja:
        return Word("{what}「{old}」を削除しました。", "{what}: “{old}” was taken out.").filled(what=what, old=before)
    if not before.ja:
        return Word("{what}「{new}」を追加しました。", "{what}: “{new}” was added.").filled(what=what, new=after)
    return Word("{what}を「{old}」から「{new}」に変更しました。", "{what} was changed from “{old}” to “{new}”.").filled(
        what=what, old=before, new=after
    )


def _said(value: object) -> Word:
    if isinstance(value, Word):
        return value
    if isinstance(value, bool | StrEnum):
        return value_in_words(value)
    if value is None:
        return Word("なし", "nothing")
    if isinstance(value, Fraction):
        return share_in_words(value)
    if isinstance(value, Decimal):
        return Word(exactly(value), exactly(value))
    if isinstance(value, datetime):
        return Word(written_moment(value), written_moment(value))
    text = f"{value:,}" if isinstance(value, int) else str(value)
    return Word(text, text)


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The fewest keys that were moved: those outside the longest run that kept its order."""
    rank = {key: number for number, key in enumerate(old)}
    best: list[
        tuple[int, int | None]
    ] = []  # by position in `new`: length of the longest run that ends here, and before
    for here, key in enumerate(new):
        earlier = [(best[one][0], one) for one in range(here) if rank[new[one]] < rank[key]]
        length, before = max(earlier, default=(0, None), key=lambda pair: pair[0])
        best.append((length + 1, before))
    kept: set[str] = set()
    step = max(range(len(new)), default=None, key=lambda one: best[one][0])
    while step is not None:
        kept.add(new[step])
        step = best[step][1]
    return set(new) - kept
