"""How a programme's words are checked: Japanese alone or with the English beside it, every fault of them at once."""

from collections.abc import Callable, Iterator
from typing import Annotated

from pydantic import PlainValidator, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from models.words import Word

UNSOUND = "unsound"
"""The type of every error that brings its own sentences: its context holds them as "ja" and "en"."""

MOST_IN_LINE = 200
MOST_IN_TEXT = 2000
NOTHING_WRITTEN = Word("何も書かれていません。", "Nothing is written here.")
LANGUAGES = {"ja": Word("日本語", "Japanese"), "en": Word("英語", "English")}


def unsound(sentence: Word, place: tuple[str | int, ...] = (), value: object = None) -> InitErrorDetails:
    """A fault with its own sentences, as pydantic collects them."""
    return InitErrorDetails(type=own_error(sentence), loc=place, input=value)


def own_error(sentence: Word) -> PydanticCustomError:
    """An error that brings its own sentences, to be raised by a validator."""
    return PydanticCustomError(UNSOUND, "{en}", {"ja": sentence.ja, "en": sentence.en})


def _in_both(*, most: int, lines: bool, needed: bool) -> Callable[[object], Word]:
    def checked(value: object) -> Word:
        given = value._asdict() if isinstance(value, Word) else value
        if isinstance(given, str):
            fault = _fault(given, most=most, lines=lines, wanted=needed, name=Word("文", "text"))
            if fault is not None:
                raise own_error(fault)
            return Word(given, given)
        if not isinstance(given, dict):
            raise own_error(_no_words(given))
        found = list(_faults(given, most=most, lines=lines, needed=needed))
        if found:
            raise ValidationError.from_exception_data("Word", found)
        return Word(given["ja"], given["en"])

    return checked


NO_WORDS = Word(
    "言葉をそのまま、または {ja: 日本語, en: English} の形で書いてください。",
    "Write the words as they are, or both languages as {ja: 日本語, en: English}.",
)


def _no_words(given: object) -> Word:
    if given is None:
        return NOTHING_WRITTEN
    if isinstance(given, int | float):
        value = str(given).lower() if isinstance(given, bool) else str(given)
        return Word(
            '数や true は言葉として読めません。"{value}" のように引用符で囲んでください。',
            'A number or true is no text. Put it in quotes: "{value}".',
        ).filled(value=value)
    return NO_WORDS


def _faults(given: dict[object, object], *, most: int, lines: bool, needed: bool) -> Iterator[InitErrorDetails]:
    wanted = needed or any(given.values())
    for language, name in LANGUAGES.items():
        if language not in given:
            yield InitErrorDetails(type="missing", loc=(language,), input=given)
            continue
        text = given[language]
        if not isinstance(text, str):
            yield InitErrorDetails(type="string_type", loc=(language,), input=text)
        elif (fault := _fault(text, most=most, lines=lines, wanted=wanted, name=name)) is not None:
            yield unsound(fault, (language,), text)
    for key in given:
        if key not in LANGUAGES:
            yield InitErrorDetails(type="extra_forbidden", loc=(str(key),), input=given[key])


def _fault(text: str, *, most: int, lines: bool, wanted: bool, name: Word) -> Word | None:
    """What is wrong with one language's text."""
    if wanted and not text.strip():
        return Word("{name}の言葉がありません。書いてください。", "The {name} is empty. Write it.").filled(name=name)
    if len(text) > most:
        return Word(
            "{n}文字あります。{most}文字までで書いてください。", "This has {n} characters. Write at most {most}."
        ).filled(n=len(text), most=most)
    if not lines and "\n" in text:
        return Word("改行せずに1行で書いてください。", "Write this on one line.")
    return None


Line = Annotated[Word, PlainValidator(_in_both(most=MOST_IN_LINE, lines=False, needed=True))]
"""Words on one line: a name, a label."""

Text = Annotated[Word, PlainValidator(_in_both(most=MOST_IN_TEXT, lines=True, needed=True))]
"""Words that may run over lines."""

Hint = Annotated[Word, PlainValidator(_in_both(most=MOST_IN_TEXT, lines=True, needed=False))]
"""Words that may be missing, but not in one language only."""

MaybeLine = Annotated[Word, PlainValidator(_in_both(most=MOST_IN_LINE, lines=False, needed=False))]
"""Words on one line that may be missing."""
