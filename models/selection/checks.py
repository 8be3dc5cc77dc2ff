"""What may be wrong with a round's score items: keys, scales, weights, comments, pass marks of single items."""

import re
from collections.abc import Iterator
from decimal import Decimal

from models.programme.checked import Flaw
from models.programme.entries import Place
from models.programme.exact import said
from models.programme.faults import shown
from models.selection.parts import MOST_MARKS, Figure, MarkScale, PassMark, ScoreItem
from models.words import Word

KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")

Items = tuple[ScoreItem, ...]


def keys_once(key: str, items: Items, figures: tuple[Figure, ...]) -> Iterator[Flaw]:
    """Every key can be used in an address and stands once, among items and figures together."""
    if not KEY.fullmatch(key):
        yield Flaw(("key",), _bad_key(key))
    first: dict[str, int] = {}
    for number, item in enumerate(items):
        if not KEY.fullmatch(item.key):
            yield Flaw(("items", number, "key"), _bad_key(item.key))
        elif item.key in first:
            yield Flaw(
                ("items", number, "key"),
                Word(
                    f"キー「{item.key}」は{first[item.key]}番目の審査項目が使っています。別のキーにしてください。",
                    f"Item {first[item.key]} has the key “{item.key}” already. Give this one another.",
                ),
            )
        else:
            first[item.key] = number + 1
    for number, figure in enumerate(figures):
        if figure.key in first or figure.key in [one.key for one in figures[:number]]:
            yield Flaw(
                ("figures", number, "key"),
                Word(
                    f"キー「{figure.key}」はほかの審査項目か数値が使っています。別のキーにしてください。",
                    f"Another item or figure has the key “{figure.key}”. Give this one another.",
                ),
            )


def scales_whole(items: Items, scale: MarkScale | None) -> Iterator[Flaw]:
    """Every item has a scale with a lowest and a highest mark that its steps reach."""
    if scale is not None:
        yield from _scale(scale, ("scale",))
    for number, item in enumerate(items):
        if item.scale is not None:
            yield from _scale(item.scale, ("items", number, "scale"))
        elif scale is None:
            yield Flaw(
                ("items", number, "scale"),
                Word(
                    f"審査項目「{shown(item.label.ja)}」の評点の範囲がありません。項目か審査全体に scale を書いてください。",
                    f"The item “{shown(item.label.en)}” has no scale. Give it one, or give the round one for all items.",
                ),
            )
        if item.weight <= 0:
            yield Flaw(
                ("items", number, "weight"),
                Word(
                    f"重み{said(item.weight)}は使えません。0より大きい数にしてください。",
                    f"The weight {said(item.weight)} cannot be used. It has to be greater than 0.",
                ),
            )


def weights_add_up(
    items: Items, scale: MarkScale | None, weights_add_up_to: Decimal | None, full_marks: Decimal | None
) -> Iterator[Flaw]:
    """The weights, and the most that one judge can give, come to what the programme says."""
    weights = sum((item.weight for item in items), Decimal(0))
    if weights_add_up_to is not None and weights != weights_add_up_to:
        yield Flaw(
            ("weights_add_up_to",),
            Word(
                f"審査項目の重み（weight）の合計は{said(weights)}ですが、weights_add_up_to は{said(weights_add_up_to)}です。"
                "どちらかを直してください。",
                f"The weights of the items add up to {said(weights)}, but weights_add_up_to says "
                f"{said(weights_add_up_to)}. Change either.",
            ),
        )
    if full_marks is None:
        return
    highest = [item_scale(item, scale) for item in items]
    if any(one is None or broken(one) for one in highest):
        return
    most = sum((item.weight * one.high for item, one in zip(items, highest, strict=True) if one), Decimal(0))
    if most != full_marks:
        yield Flaw(
            ("full_marks",),
            Word(
                f"審査項目の配点（最高点×重み）の合計は{said(most)}点ですが、full_marks は{said(full_marks)}点です。"
                "どちらかを直してください。",
                f"The items come to {said(most)} points in all (highest mark times weight), but full_marks says "
                f"{said(full_marks)}. Change either.",
            ),
        )


def comments_on_scale(items: Items, scale: MarkScale | None, comment_at_or_below: Decimal | None) -> Iterator[Flaw]:
    """A value that asks for a comment is one that somebody can give."""
    if comment_at_or_below is not None and scale is not None and not broken(scale):
        yield from _comment(comment_at_or_below, scale, ("comment_at_or_below",))
    for number, item in enumerate(items):
        own = item_scale(item, scale)
        if item.comment_at_or_below is not None and own is not None and not broken(own):
            yield from _comment(item.comment_at_or_below, own, ("items", number, "comment_at_or_below"))


def pass_mark(mark: PassMark, place: Place) -> Iterator[Flaw]:
    """A pass mark is either points or a percentage between 0 and 100."""
    if (mark.points is None) == (mark.percent is None):
        yield Flaw(
            place,
            Word(
                "基準点は points（点）か percent（満点に対する割合）のどちらか一つで書いてください。",
                "Write the pass mark either as points or as a percentage of the maximum (percent), one of the two.",
            ),
        )
    elif mark.percent is not None and not 0 <= mark.percent <= 100:
        yield percentage(mark.percent, (*place, "percent"))


def percentage(value: Decimal, place: Place) -> Flaw:
    """A percentage that is none."""
    return Flaw(
        place,
        Word(
            f"{said(value)}％は使えません。0から100までの数にしてください。",
            f"{said(value)} % cannot be used. Write a number from 0 to 100.",
        ),
    )


def item_scale(item: ScoreItem, scale: MarkScale | None) -> MarkScale | None:
    """The item's own scale, or the round's."""
    return item.scale if item.scale is not None else scale


def broken(scale: MarkScale) -> bool:
    """Is there something wrong with the scale itself?"""
    return any(True for _ in _scale(scale, ()))


def _scale(scale: MarkScale, place: Place) -> Iterator[Flaw]:
    if scale.marks:
        yield from _named(scale, place)
    if scale.high <= 0 and (scale.marks or scale.highest is not None):
        yield Flaw(
            (*place, "marks" if scale.marks else "highest"),
            Word(
                f"最高点{said(scale.high)}は0より大きい数にしてください。",
                f"The highest mark is {said(scale.high)}. It has to be above 0.",
            ),
        )
    if scale.marks:
        return
    if scale.highest is None:
        yield Flaw(
            (*place, "highest"),
            Word(
                "最高点がありません。highest に書くか、marks に評点を並べてください。",
                "There is no highest mark. Write it as highest, or list the marks under marks.",
            ),
        )
    elif scale.high <= scale.low:
        yield Flaw(
            (*place, "highest"),
            Word(
                f"最高点{said(scale.high)}が最低点{said(scale.low)}より大きくありません。",
                f"The highest mark {said(scale.high)} is not above the lowest, {said(scale.low)}.",
            ),
        )
    elif scale.step <= 0 or (scale.high - scale.low) % scale.step:
        yield Flaw(
            (*place, "step"),
            Word(
                f"{said(scale.low)}から{said(scale.step)}刻みでは最高点{said(scale.high)}になりません。",
                f"Steps of {said(scale.step)} from {said(scale.low)} do not arrive at {said(scale.high)}.",
            ),
        )
    elif (scale.high - scale.low) / scale.step >= MOST_MARKS:
        yield Flaw(
            (*place, "step"),
            Word(f"評点は{MOST_MARKS}段階までです。", f"A scale has {MOST_MARKS} marks at most. Take larger steps."),
        )


def _named(scale: MarkScale, place: Place) -> Iterator[Flaw]:
    if scale.lowest is not None or scale.highest is not None:
        yield Flaw(
            place,
            Word(
                "評点を並べるときは、lowest と highest を書かないでください。",
                "Where the marks are listed, leave lowest and highest out.",
            ),
        )
    values = [mark.value for mark in scale.marks]
    if len(values) < 2:
        yield Flaw((*place, "marks"), Word("評点は二つ以上並べてください。", "List two marks or more."))
    seen: set[Decimal] = set()
    for number, value in enumerate(values):
        if value in seen:
            yield Flaw(
                (*place, "marks", number, "value"),
                Word(
                    f"{said(value)}点の評点が二つあります。点数を分けてください。",
                    f"Two marks are worth {said(value)}. Give each a value of its own.",
                ),
            )
        seen.add(value)


def _comment(value: Decimal, scale: MarkScale, place: Place) -> Iterator[Flaw]:
    if not scale.low <= value <= scale.high:
        yield Flaw(
            place,
            Word(
                f"{said(value)}は評点の範囲（{said(scale.low)}〜{said(scale.high)}）の外です。",
                f"{said(value)} is outside the marks, {said(scale.low)} to {said(scale.high)}.",
            ),
        )


def _bad_key(key: str) -> Word:
    return Word(
        f"「{shown(key)}」はキーに使えません。英小文字、数字、ハイフン、下線で60字以内にしてください。",
        f"“{shown(key)}” cannot be a key. Use small letters, digits, hyphens and underscores, 60 at most.",
    )
