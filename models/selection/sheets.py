"""What the judges hand in, and what is missing or wrong on one sheet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from models.process.refusals import Missing
from models.programme.exact import said
from models.selection.parts import MarkScale, ScoreItem
from models.selection.rules import Round
from models.words import Word


@dataclass(frozen=True, slots=True)
class Sheet:
    """審査票: one judge's marks on one proposal, by the keys of the items. Whoever is recused has none that count."""

    judge: str
    marks: Mapping[str, Decimal] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    recused: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """So many points out of so many."""

    points: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class Entry:
    """A proposal as it stands before the judges.

    proposal: the number that people know it by; explanations name it. asked: yen asked for. adjusted: yen that the committee set instead. order: its place among tied ones, as drawn
    by lot or settled by the committee. earlier: what it got in the round before, where that is carried over. figures:
    what the office entered, by the keys of the round's figures.
    """

    proposal: str
    sheets: tuple[Sheet, ...]
    asked: int = 0
    adjusted: int | None = None
    order: int | None = None
    earlier: Points | None = None
    figures: Mapping[str, Decimal] = field(default_factory=dict)


def sheet_faults(rules: Round, sheet: Sheet) -> list[Missing]:
    """What keeps this sheet from being handed in, item by item; nothing for a judge who is recused."""
    if sheet.recused:
        return []
    return [*wrong_marks(rules, sheet), *_missing_marks(rules, sheet), *_missing_comments(rules, sheet)]


def wrong_marks(rules: Round, sheet: Sheet) -> Iterator[Missing]:
    """Marks that are off the scale or on no item."""
    marks_of = rules.allowed_by_key
    for key, mark in sheet.marks.items():
        allowed = marks_of.get(key)
        if allowed is None:
            yield Missing(
                key,
                Word(
                    "この審査項目はありません。入力し直してください。", "There is no such item. Enter the marks anew."
                ),
            )
        elif not is_exact(mark) or mark not in allowed:
            item = rules.item_by_key[key]
            yield Missing(key, _off_scale(item, rules.scale_of(item)))


def is_exact(mark: object) -> bool:
    """Is it a number without loss: whole or decimal, and finite?"""
    if isinstance(mark, Decimal):
        return mark.is_finite()
    return isinstance(mark, int) and not isinstance(mark, bool)


def is_complete(rules: Round, sheet: Sheet) -> bool:
    """Does the sheet hold a mark on every item?"""
    return rules.item_by_key.keys() <= sheet.marks.keys()


def _missing_marks(rules: Round, sheet: Sheet) -> Iterator[Missing]:
    for item in rules.items:
        if item.key not in sheet.marks:
            yield Missing(
                item.key,
                Word(f"「{item.label.ja}」の評点を選んでください。", f"Choose a mark for “{item.label.en}”."),
            )


def _missing_comments(rules: Round, sheet: Sheet) -> Iterator[Missing]:
    for item in rules.items:
        value, mark = rules.comment_from(item), sheet.marks.get(item.key)
        if value is None or mark is None or not is_exact(mark) or mark > value:
            continue
        if not sheet.comments.get(item.key, "").strip():
            yield Missing(
                item.key,
                Word(
                    f"「{item.label.ja}」は{said(value)}点以下です。理由をコメントに書いてください。",
                    f"“{item.label.en}” has {said(value)} or less. Write the reason as a comment.",
                ),
            )


def _off_scale(item: ScoreItem, scale: MarkScale) -> Word:
    if scale.marks:
        ja = "、".join(f"{mark.label.ja}（{said(mark.value)}）" for mark in scale.marks[:12])
        en = ", ".join(f"{mark.label.en} ({said(mark.value)})" for mark in scale.marks[:12])
        return Word(
            f"「{item.label.ja}」は次から選んでください: {ja}", f"Choose one of these for “{item.label.en}”: {en}"
        )
    low, high, step = said(scale.low), said(scale.high), said(scale.step)
    return Word(
        f"「{item.label.ja}」は{low}から{high}まで{step}刻みで入力してください。",
        f"Enter a mark from {low} to {high} in steps of {step} for “{item.label.en}”.",
    )
