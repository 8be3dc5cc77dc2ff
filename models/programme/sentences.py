"""What would be right, in Japanese and English, for each kind of fault that the schema finds."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from models.programme.city import COLOUR
from models.programme.entries import Place, nearest
from models.programme.exact import number_meant
from models.programme.faults import shown
from models.programme.moments import NO_DAY, NO_MOMENT
from models.programme.shape import expected, known_keys, plain_type, possible_values, value_words
from models.programme.slips import NO_COLON, WIDE_BRACKETS
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
    if isinstance(error["input"], str) and (slip := _slip(kind, place, error["input"])):
        return slip
    if kind == "enum":
        return _not_possible(place, error["input"])
    if error["input"] is None:
        return NOTHING_WRITTEN
    if kind.startswith(("decimal", "finite")):
        return _not_exact(place)
    if context.get("pattern") == COLOUR:
        return NO_COLOUR
    kind = SAME.get(kind, kind)
    if kind == "model_type":
        return _pairs(place, error["input"])
    found = SENTENCES.get(kind)
    if found is None:
        return _of_its_type(place)
    return found.filled(**{name: str(value) for name, value in context.items()})


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
}

PAIRS = Word("「名前: 値」の組で書いてください。", "Write pairs of a key and its value (key: value).")


NOT_EXACT = Word(
    "整数部6桁、小数点以下4桁までの数を書いてください。",
    "Write a number with at most 6 digits before the point and 4 behind it.",
)


NO_SHARE = Word(
    "80 や 2/3 のように書いてください（整数部6桁、小数点以下4桁までの数、または分数）。",
    "Write a share such as 80 or 2/3: a number with at most 6 digits before the point and 4 behind it, or a fraction.",
)


NO_COLOUR = Word(
    '色を "#0b5394" の形（「#」と、0〜9・a〜fの6文字）で書いてください。',
    'Write the colour as "#0b5394": a # and six of the characters 0–9 and a–f.',
)


NUMBERS = (int, Decimal, Fraction)
TEXTS = (str, Word, date, datetime)
WIDE_OPEN = ("［", "｛")
KEY_PATTERN = "string_pattern_mismatch"


def cut_by_comma(place: Place, written: str) -> Word | None:
    """For a number or a text without quotes whose comma began the next entry; None for what holds no comma."""
    number = number_meant(written)
    if number is not None and expected(place) in NUMBERS:
        return Word(
            "数字は桁区切りのコンマも単位も付けずに {n} と書いてください（「,」は次の項目との区切りです）。",
            "Write the number as {n}, without commas or a unit: a comma begins the next entry.",
        ).filled(n=number[0])
    if expected(place) not in TEXTS:
        return None
    return Word(
        '「,」は次の項目との区切りです。「,」のある文は "{text}" のように引用符で囲んでください。',
        'A comma begins the next entry. Put a text that holds one in quotes: "{text}".',
    ).filled(text=shown(written))


def _slip(kind: str, place: Place, text: str) -> Word | None:
    """What was probably meant by a text that cannot stand here."""
    wanted = expected(place)
    if text[:1] in WIDE_OPEN and wanted not in TEXTS:
        return WIDE_BRACKETS.filled(bracket=text[:1])
    parts = [part.strip() for part in re.split("[、，,]", text[:MOST_LOOKED_AT])]
    listed = place and isinstance(place[-1], int) and (kind in ("enum", KEY_PATTERN) or wanted in NUMBERS)
    if listed and len(parts) > 1 and all(parts):
        return SEPARATED.filled(entries=shown(", ".join(parts)))
    number = number_meant(text)
    if wanted not in NUMBERS or number is None or (wanted is int and "." in number[0]):
        return None
    if re.fullmatch("[0-9.-]+", text):  # in quotes, or with zeros before it: the digits are not what is wrong
        return None
    meant, unit = number
    if unit == "%":
        return Word("「%」を付けずに {n} と書いてください。", "Write {n}, without the %.").filled(n=meant)
    if unicodedata.normalize("NFKC", text).strip() == meant:
        return Word("半角で {n} と書いてください。", "Write {n}, in ASCII digits.").filled(n=meant)
    return Word(
        "単位もコンマも付けずに、半角で {n} と書いてください。", "Write {n}, in ASCII digits, without a unit or commas."
    ).filled(n=meant)


SEPARATED = Word(
    "値は半角のコンマ「,」で区切ってください: {entries}",
    "Put an ASCII comma and a blank between the entries: {entries}",
)


def _not_exact(place: Place) -> Word:
    return NO_SHARE if expected(place) is Fraction else NOT_EXACT


def _no_colon(text: str, known: list[str]) -> Word | None:
    """A key without its colon: `percent 60`."""
    head, _, rest = text[:MOST_LOOKED_AT].partition(" ")
    return NO_COLON.filled(key=head) if rest and head in known else None


MOST_LOOKED_AT = 200
"""So many characters of a text are looked at most, to see what was meant by it."""

MOST_KEYS = 12
"""So many keys a sentence names at most."""

MOST_PAIRS = 3
"""So many pairs an example shows at most."""


def _pairs(place: Place, value: object) -> Word:
    """What a set of keys looks like here, with what was written put to the key that it probably belongs to."""
    part, known = expected(place), known_keys(place)
    if isinstance(value, str) and (typed := mistyped(value) or _no_colon(value, known)):
        return typed
    if not place or not (isinstance(part, type) and issubclass(part, BaseModel)):
        return PAIRS
    example = _example(part, value)
    return Word("{pairs}例: {example}（使える名前: {known}）", "{pairs} For example {example} (keys: {known}).").filled(
        pairs=PAIRS, example=example, known=_some(known, MOST_KEYS)
    )


def _example(part: type[BaseModel], value: object) -> str:
    """The keys that a part needs; what was written stands behind the first key that can take it."""
    kinds = {name: plain_type(field.annotation) for name, field in part.model_fields.items()}
    given = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    number = number_meant(given)
    pairs = {name: "…" for name, field in part.model_fields.items() if field.is_required()}
    for name, kind in kinds.items():
        if number is not None and kind in NUMBERS:
            pairs[name] = number[0]
            break
        if isinstance(kind, type) and issubclass(kind, StrEnum) and given in set(kind):
            pairs[name] = given
            break
    pairs = pairs or {next(iter(kinds)): "…"}
    return "{" + _some([f"{name}: {written}" for name, written in pairs.items()], MOST_PAIRS) + "}"


def _some(names: list[str], most: int) -> str:
    return ", ".join(names[:most] + ["…"] * (len(names) > most))


def _missing(place: Place) -> Word:
    name = str(place[-1])
    if name in LANGUAGES:
        return Word("{name}（{key}）がありません。書いてください。", "The {name} ({key}) is missing. Write it.").filled(
            name=LANGUAGES[name], key=name
        )
    return Word("「{key}」がありません。書いてください。", "“{key}” is missing. Write it.").filled(key=name)


def _unknown_key(place: Place) -> Word:
    name, known = str(place[-1]), known_keys(place[:-1])
    if typed := mistyped(name) or _no_colon(name, known):
        return typed
    if name[:1] in WIDE_OPEN:
        return WIDE_BRACKETS.filled(bracket=name[:1])
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
        return _pairs(place, None)
    return BY_TYPE.get(kind, NOT_AS_SAID)


BY_TYPE: dict[object, Word] = {
    bool: SENTENCES["bool_type"],
    int: SENTENCES["int_type"],
    str: SENTENCES["string_type"],
    Decimal: NOT_EXACT,
    Fraction: NO_SHARE,
    date: NO_DAY,
    datetime: NO_MOMENT,
    Word: NO_WORDS,
}

NOT_AS_SAID = Word(
    "この形では読めません。docs/programme.md のこの名前の説明に合わせて書き直してください。",
    "This cannot be read. Write it as docs/programme.md says for this key.",
)
