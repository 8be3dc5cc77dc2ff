"""What would be right, in Japanese and English, for each kind of fault that the schema finds."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from models.programme.city import COLOUR
from models.programme.entries import Place, nearest
from models.programme.faults import shown
from models.programme.moments import NO_DAY, NO_MOMENT
from models.programme.shape import expected, known_keys, possible_values, value_words
from models.programme.syntax import mistyped
from models.programme.words import LANGUAGES, NO_WORDS, NOTHING_WRITTEN
from models.words import Word


def sentence(error: ErrorDetails) -> Word:
    """The sentence for one of the errors that pydantic lists."""
    kind, place, context = error["type"], error["loc"], error.get("ctx", {})
    if "ja" in context and "en" in context:
        return Word(context["ja"], context["en"])
    if kind == "missing":
        return _missing(place)
    if kind == "extra_forbidden":
        return _unknown_key(place)
    if kind == "enum":
        return _not_possible(place, error["input"])
    if error["input"] is None:
        return NOTHING_WRITTEN
    if kind.startswith(("decimal", "finite")):
        return NOT_EXACT
    if context.get("pattern") == COLOUR:
        return NO_COLOUR
    if kind in PAIRS and isinstance(error["input"], str) and (typed := mistyped(error["input"])):
        return typed
    found = SENTENCES.get(SAME.get(kind, kind))
    if found is None:
        return _of_its_type(place)
    return found.filled(**{name: str(value) for name, value in context.items()})


PAIRS = ("model_type", "model_attributes_type")
"""Where pairs of a key and its value belong."""

SAME = {
    "int_parsing": "int_type",
    "int_parsing_size": "int_type",
    "int_from_float": "int_type",
    "bool_parsing": "bool_type",
    "string_sub_type": "string_type",
    "string_unicode": "string_type",
    "list_type": "tuple_type",
    "dict_type": "model_type",
    "mapping_type": "model_type",
    "model_attributes_type": "model_type",
}
"""Errors that ask for the same as others."""

SENTENCES = {
    "string_pattern_mismatch": Word(
        "半角の英小文字・数字・「_」だけで書いてください。", "Use only the small letters a–z, digits and “_”."
    ),
    "string_too_long": Word("{max_length}文字までで書いてください。", "Write at most {max_length} characters."),
    "string_too_short": Word("空にはできません。", "This cannot be empty."),
    "string_type": Word(
        '文字で書いてください。数字や true だけのときは "4" のように引用符で囲みます。',
        'Write a text. A number or true alone is put in quotes: "4".',
    ),
    "int_type": Word(
        "整数で書いてください（引用符・コンマ・小数点なし）。例: 10",
        "Write a whole number, without quotes, commas or a decimal point, such as 10.",
    ),
    "bool_type": Word("true か false を書いてください。", "Write true or false."),
    "greater_than_equal": Word("{ge}以上の整数にしてください。", "Write a whole number of {ge} or more."),
    "less_than_equal": Word("{le}以下の整数にしてください。", "Write a whole number of {le} or less."),
    "too_short": Word(
        "少なすぎます。{min_length}件以上にしてください。", "There are too few. Write {min_length} or more."
    ),
    "too_long": Word(
        "多すぎます。{max_length}件までにしてください。", "There are too many. At most {max_length} are possible."
    ),
    "tuple_type": Word(
        "「- 」で始まる行の一覧、または [ ] で書いてください。", "Write a list: lines that begin with “- ”, or [ ]."
    ),
    "model_type": Word("「名前: 値」の組で書いてください。", "Write pairs of a key and its value (key: value)."),
}


NOT_EXACT = Word(
    "整数部6桁、小数点以下4桁までの数を書いてください。",
    "Write a number with at most 6 digits before the point and 4 behind it.",
)


NO_COLOUR = Word(
    '色を "#0b5394" の形（「#」と、0〜9・a〜fの6文字）で書いてください。',
    'Write the colour as "#0b5394": a # and six of the characters 0–9 and a–f.',
)


def _missing(place: Place) -> Word:
    name = str(place[-1])
    if name in LANGUAGES:
        return Word("{name}（{key}）がありません。書いてください。", "The {name} ({key}) is missing. Write it.").filled(
            name=LANGUAGES[name], key=name
        )
    return Word("「{key}」がありません。書いてください。", "“{key}” is missing. Write it.").filled(key=name)


def _unknown_key(place: Place) -> Word:
    name, known = str(place[-1]), known_keys(place[:-1])
    if typed := mistyped(name):
        return typed
    meant = nearest(name, known)
    if meant:
        return Word(
            "「{key}」という名前はありません。もしかして: {meant}",
            "There is no key “{key}” here. Did you mean {meant}?",
        ).filled(key=shown(name), meant=meant)
    return Word(
        "「{key}」という名前はありません。削除するか、次のどれかに直してください: {known}",
        "There is no key “{key}” here. Take it out, or use one of these: {known}",
    ).filled(key=shown(name), known=", ".join(known))


def _not_possible(place: Place, value: object) -> Word:
    said = value_words(place)
    meant = nearest(str(value), possible_values(place))
    guess = Word("（もしかして: {m}）", " (did you mean {m}?)").filled(m=meant) if meant else Word("", "")
    return Word(
        "次のどれかを書いてください: {possible}{guess}",
        "Write one of these: {possible}{guess}",
    ).filled(possible=Word(", ".join(one.ja for one in said), ", ".join(one.en for one in said)), guess=guess)


def _of_its_type(place: Place) -> Word:
    """What belongs at the place, for errors without a sentence of their own."""
    kind = expected(place)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _not_possible(place, "")
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return SENTENCES["model_type"]
    return BY_TYPE.get(kind, NOT_AS_SAID)


BY_TYPE: dict[object, Word] = {
    bool: SENTENCES["bool_type"],
    int: SENTENCES["int_type"],
    str: SENTENCES["string_type"],
    Decimal: NOT_EXACT,
    date: NO_DAY,
    datetime: NO_MOMENT,
    Word: NO_WORDS,
}

NOT_AS_SAID = Word(
    "この形では読めません。docs/programme.md のこの名前の説明に合わせて書き直してください。",
    "This cannot be read. Write it as docs/programme.md says for this key.",
)
