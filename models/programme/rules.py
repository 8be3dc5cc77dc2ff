"""What must hold across the keys of a programme, asked of the plain data so that half a programme is checked too.

Every rule takes what it can read and leaves the rest to the schema; it never raises.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from pydantic_core import InitErrorDetails

from models.programme import rules_answers, rules_calls, rules_forms, rules_limits, rules_reading
from models.programme.entries import (
    CHOICE_LISTS,
    FORMS,
    KEYED_LISTS,
    NEEDED_LISTS,
    SET_KINDS,
    Place,
    Rule,
    entries,
    keys,
    kind_of,
    list_of,
    nearest,
)
from models.programme.faults import shown
from models.programme.limits import MOST_ENTRIES
from models.programme.words import unsound
from models.words import Word

MOST_GUESSES = 50
"""For so many unknown articles the one that was probably meant is looked for; that takes time."""


def broken(data: Mapping[str, object]) -> list[InitErrorDetails]:
    """Every rule that this programme breaks."""
    return list(chain.from_iterable(rule(data) for rule in RULES))


def _lists(data: Mapping[str, object]) -> Iterator[tuple[Place, list[object]]]:
    """Every list with its place, those within entries too."""
    for name in (*KEYED_LISTS, *FORMS):
        yield (name,), list_of(data, name)
    yield ("scale", "marks"), list_of(data.get("scale"), "marks")
    within = [(form, inner) for form in FORMS for inner in ("choices", "columns")]
    for name, inner in (*within, ("calls", "themes"), ("criteria", "words"), ("methods", "articles")):
        for number, entry in entries(data, name):
            yield (name, number, inner), list_of(entry, inner)


def _lists_of_bearable_length(data: Mapping[str, object]) -> Iterator[InitErrorDetails]:
    for place, held in _lists(data):
        if len(held) > MOST_ENTRIES:
            yield unsound(
                Word(
                    "{n}件あります。{most}件までにしてください。", "This has {n} entries. At most {most} are possible."
                ).filled(n=len(held), most=MOST_ENTRIES),
                place,
            )


def _nothing_empty(data: Mapping[str, object]) -> Iterator[InitErrorDetails]:
    for name in (*NEEDED_LISTS, *FORMS, "criteria"):
        if isinstance(data.get(name), list | tuple) and not data[name]:
            yield unsound(
                Word("空です。少なくとも1件書いてください。", "This is empty. Write at least one entry."), (name,), []
            )


def _nothing_twice(data: Mapping[str, object]) -> Iterator[InitErrorDetails]:
    for place, held in _lists(data):
        seen: dict[str, int] = {}
        for number, entry in enumerate(held[:MOST_ENTRIES]):
            key, inner = (entry.get("key"), ("key",)) if isinstance(entry, Mapping) else (entry, ())
            if not isinstance(key, str):
                continue
            if key in seen:
                yield unsound(
                    Word(
                        "「{key}」は同じ一覧の[{first}]にもあります。一方を別の名前にするか、削除してください。",
                        "“{key}” stands at [{first}] of this list already. Rename one of them or take it out.",
                    ).filled(key=shown(key), first=seen[key]),
                    (*place, number, *inner),
                    key,
                )
            seen.setdefault(key, number)


def _questions_that_kyodo_reads(data: Mapping[str, object]) -> Iterator[InitErrorDetails]:
    for form in ("proposal_items", "consultation_items"):
        for number, item in entries(data, form):
            key = item.get("key")
            if not isinstance(key, str) or key not in SET_KINDS:
                continue
            kind, options = SET_KINDS[key]
            given, named = kind_of(item), item.get("options", "")
            if given is None:
                continue
            if given is not kind:
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
    known, needed, guesses, methods = keys(data, "articles"), set[str](), 0, list_of(data, "methods")
    for number, method in entries(data, "methods"):
        for position, article in enumerate(list_of(method, "articles")[:MOST_ENTRIES]):
            if not isinstance(article, str):
                continue
            needed.add(article)
            if article not in known and known.whole:
                guesses += 1
                meant = nearest(article, known) if guesses <= MOST_GUESSES else None
                yield unsound(
                    Word(
                        "「{key}」という条項は articles にありません。{next}",
                        "articles has no article “{key}”. {next}",
                    ).filled(
                        key=shown(article),
                        next=Word("もしかして: {meant}", "Did you mean {meant}?").filled(meant=meant)
                        if meant
                        else Word(
                            "articles に加えるか、ここから削除してください。", "Add it there or take it out here."
                        ),
                    ),
                    ("methods", number, "articles", position),
                    article,
                )
    said = all(isinstance(method, Mapping) and isinstance(method.get("articles"), list | tuple) for method in methods)
    for number, article_item in entries(data, "articles") if methods and said else ():
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
    if len(list_of(scale, "marks")) < 2:
        yield unsound(
            Word("評価の段階は2つ以上必要です。", "A scale needs at least two marks."), ("scale", "marks"), None
        )
    values: list[int] = []
    for number, mark in entries(scale, "marks"):
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


RULES: tuple[Rule, ...] = (
    _lists_of_bearable_length,
    _nothing_empty,
    _nothing_twice,
    *rules_forms.RULES,
    *rules_limits.RULES,
    *rules_answers.RULES,
    *rules_calls.RULES,
    *rules_reading.RULES,
    _questions_that_kyodo_reads,
    _articles_known_and_needed,
    _scale_best_first,
)
