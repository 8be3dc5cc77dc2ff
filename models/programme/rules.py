"""What must hold across the keys of a programme, asked of the plain data so that half a programme is checked too.

Every rule takes what it can read and leaves the rest to the schema; it never raises.
"""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from itertools import chain

from pydantic_core import InitErrorDetails

from models.programme.words import unsound
from models.words import Word

Place = tuple[str | int, ...]
"""The way to a value: ("criteria", 3, "label", "en")."""

CHOICE_LISTS = ("principles", "domains", "methods", "fields", "partner_types")
FORMS = ("proposal_items", "consultation_items", "articles", "report_items", "review_items")

MOST_ENTRIES = 400
"""Of any list and any form. The longest form in use at a real city has about forty questions."""

MOST_CHARACTERS = 20_000
MOST_GUESSES = 50
MOST_YEN = 1_000_000_000

SET_KINDS = {
    "cost_total": ("yen", ""),
    "cost_city": ("yen", ""),
    "field": ("choice", "fields"),
    "domain": ("choice", "domains"),
    "methods": ("choices", "methods"),
    "principles": ("choices", "principles"),
}
"""Questions that Kyodo itself reads, with how they have to be asked and from which list."""


def broken(data: Mapping[str, object]) -> list[InitErrorDetails]:
    """Every rule that this programme breaks."""
    return list(chain.from_iterable(rule(data) for rule in RULES))


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that was probably meant."""
    return next(iter(get_close_matches(word[:60], known, n=1)), None)


def _list(data: object, name: str) -> list[object]:
    value = data.get(name) if isinstance(data, Mapping) else None
    return list(value) if isinstance(value, list | tuple) else []


def _entries(data: object, name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The entries of a list that can be read, at most as many as a list may have."""
    for number, entry in enumerate(_list(data, name)[:MOST_ENTRIES]):
        if isinstance(entry, Mapping):
            yield number, entry


def _keys(data: object, name: str) -> list[str]:
    return [key for _, entry in _entries(data, name) if isinstance(key := entry.get("key"), str)]


def _lists(data: Mapping[str, object]) -> Iterator[tuple[Place, list[object]]]:
    """Every list with its place, those within entries too."""
    for name in (*CHOICE_LISTS, *FORMS, "criteria"):
        yield (name,), _list(data, name)
    yield ("scale", "marks"), _list(data.get("scale"), "marks")
    for name, inner in (("criteria", "words"), ("methods", "articles")):
        for number, entry in _entries(data, name):
            yield (name, number, inner), _list(entry, inner)


def _lists_of_bearable_length(data: Mapping[str, object]) -> Iterator[InitErrorDetails]:
    for place, entries in _lists(data):
        if len(entries) > MOST_ENTRIES:
            yield unsound(
                Word(
                    "{n}件あります。{most}件までにしてください。", "This has {n} entries. At most {most} are possible."
                ).filled(n=len(entries), most=MOST_ENTRIES),
                place,
            )


def _nothing_empty(data: Mapping[str, object]) -> Iterator[InitErrorDetails]:
    for name in (*CHOICE_LISTS, *FORMS, "criteria"):
        if isinstance(data.get(name), list | tuple) and not data[name]:
            yield unsound(
                Word("空です。少なくとも1件書いてください。", "This is empty. Write at least one entry."), (name,), []
            )


def _nothing_twice(data: Mapping[str, object]) -> Iterator[InitErrorDetails]:
    for place, entries in _lists(data):
        seen: dict[str, int] = {}
        for number, entry in enumerate(entries[:MOST_ENTRIES]):
            key, inner = (entry.get("key"), ("key",)) if isinstance(entry, Mapping) else (entry, ())
            if not isinstance(key, str):
                continue
            if key in seen:
                yield unsound(
                    Word(
                        "「{key}」は同じ一覧の[{first}]にもあります。一方を別の名前にするか、削除してください。",
                        "“{key}” stands at [{first}] of this list already. Rename one of them or take it out.",
                    ).filled(key=key[:40], first=seen[key]),
                    (*place, number, *inner),
                    key,
                )
            seen.setdefault(key, number)


def _choices_from_lists(data: Mapping[str, object]) -> Iterator[InitErrorDetails]:
    for form in FORMS:
        for number, item in _entries(data, form):
            kind, options = item.get("kind", "text"), item.get("options", "")
            if not isinstance(kind, str) or not isinstance(options, str):
                continue
            place: Place = (form, number, "options")
            lists = ", ".join(CHOICE_LISTS)
            if kind in ("choice", "choices") and not options:
                yield unsound(
                    Word(
                        "選択肢の一覧がありません。options に次のどれかを書いてください: {lists}",
                        "There is nothing to choose from. Name one of these lists in options: {lists}",
                    ).filled(lists=lists),
                    place,
                )
            elif options and options not in CHOICE_LISTS:
                yield unsound(
                    Word(
                        "「{name}」という一覧はありません。次のどれかを書いてください: {lists}",
                        "There is no list “{name}”. Name one of these: {lists}",
                    ).filled(name=options[:40], lists=lists),
                    place,
                    options,
                )
            elif options and kind in ("line", "text", "date", "yen"):
                yield unsound(
                    Word(
                        "options は kind が choice か choices のときだけ使えます。kind を直すか、options を削除してください。",
                        "options belongs to the kinds choice and choices only. Change kind, or take options out.",
                    ),
                    place,
                    options,
                )


def _limits_within_reason(data: Mapping[str, object]) -> Iterator[InitErrorDetails]:
    for form in FORMS:
        for number, item in _entries(data, form):
            limit = item.get("limit")
            if isinstance(limit, bool) or not isinstance(limit, int):
                continue
            most = MOST_YEN if item.get("kind") == "yen" else MOST_CHARACTERS
            if not 1 <= limit <= most:
                yield unsound(
                    Word("1から{most}までの整数にしてください。", "Write a whole number from 1 to {most}.").filled(
                        most=most
                    ),
                    (form, number, "limit"),
                    limit,
                )


def _questions_that_kyodo_reads(data: Mapping[str, object]) -> Iterator[InitErrorDetails]:
    for form in ("proposal_items", "consultation_items"):
        for number, item in _entries(data, form):
            key = item.get("key")
            if not isinstance(key, str) or key not in SET_KINDS:
                continue
            kind, options = SET_KINDS[key]
            given, named = item.get("kind", "text"), item.get("options", "")
            if given != kind:
                yield unsound(
                    Word(
                        "「{key}」はKyodo自身が読む項目です。kind は {kind} にするか、別のkeyにしてください。",
                        "Kyodo itself reads “{key}”. Make its kind {kind}, or give the question another key.",
                    ).filled(key=key, kind=kind),
                    (form, number, "kind"),
                    given,
                )
            elif options and named in CHOICE_LISTS and named != options:
                yield unsound(
                    Word(
                        "「{key}」はKyodo自身が読む項目です。options は {options} にするか、別のkeyにしてください。",
                        "Kyodo itself reads “{key}”. Make its options {options}, or give the question another key.",
                    ).filled(key=key, options=options),
                    (form, number, "options"),
                    named,
                )


def _articles_known_and_needed(data: Mapping[str, object]) -> Iterator[InitErrorDetails]:
    known, needed, guesses = _keys(data, "articles"), set[str](), 0
    for number, method in _entries(data, "methods"):
        for position, article in enumerate(_list(method, "articles")[:MOST_ENTRIES]):
            if not isinstance(article, str):
                continue
            needed.add(article)
            if article not in known:
                guesses += 1
                meant = nearest(article, known) if guesses <= MOST_GUESSES else None
                yield unsound(
                    Word(
                        "「{key}」という条項は articles にありません。{next}",
                        "articles has no article “{key}”. {next}",
                    ).filled(
                        key=article[:40],
                        next=Word("もしかして: {meant}", "Did you mean {meant}?").filled(meant=meant)
                        if meant
                        else Word(
                            "articles に加えるか、ここから削除してください。", "Add it there or take it out here."
                        ),
                    ),
                    ("methods", number, "articles", position),
                    article,
                )
    for number, article_item in _entries(data, "articles") if _list(data, "methods") else ():
        key = article_item.get("key")
        if isinstance(key, str) and key not in needed:
            yield unsound(
                Word(
                    "どの手法もこの条項を必要としていません。methods のどれかの articles に加えるか、削除してください。",
                    "No method needs this article. Add it to the articles of a method, or take it out.",
                ),
                ("articles", number, "key"),
                key,
            )


def _scale_best_first(data: Mapping[str, object]) -> Iterator[InitErrorDetails]:
    scale = data.get("scale")
    if not isinstance(scale, Mapping) or not isinstance(scale.get("marks"), list | tuple):
        return
    if len(_list(scale, "marks")) < 2:
        yield unsound(
            Word("評価の段階は2つ以上必要です。", "A scale needs at least two marks."), ("scale", "marks"), None
        )
    values: list[int] = []
    for number, mark in _entries(scale, "marks"):
        key = mark.get("key")
        if not isinstance(key, str):
            continue
        place: Place = ("scale", "marks", number, "key")
        if not (key.isascii() and key.isdigit() and len(key) <= 4):
            yield unsound(
                Word(
                    '評価の段階のkeyは "4" のような整数にしてください。差はこの数で計算します。',
                    'The key of a mark is a whole number such as "4": differences are counted with it.',
                ),
                place,
                key,
            )
        elif values and int(key) >= values[-1]:
            yield unsound(
                Word(
                    "よい段階から順に、数が小さくなるように並べてください。",
                    "List the best mark first, then ever smaller numbers.",
                ),
                place,
                key,
            )
        else:
            values.append(int(key))
    differs = scale.get("differs_by", 1)
    if isinstance(differs, int) and not isinstance(differs, bool) and len(values) > 1:
        widest = values[0] - values[-1]
        if not 1 <= differs <= widest:
            yield unsound(
                Word(
                    "1から{widest}（最も離れた段階の差）までにしてください。",
                    "Write a number from 1 to {widest}, the widest difference on this scale.",
                ).filled(widest=widest),
                ("scale", "differs_by"),
                differs,
            )


Rule = Callable[[Mapping[str, object]], Iterator[InitErrorDetails]]

RULES: tuple[Rule, ...] = (
    _lists_of_bearable_length,
    _nothing_empty,
    _nothing_twice,
    _choices_from_lists,
    _limits_within_reason,
    _questions_that_kyodo_reads,
    _articles_known_and_needed,
    _scale_best_first,
)
