"""How a programme's words are checked: Japanese and English beside each other, every fault of them at once."""

from collections.abc import Callable, Iterator
from typing import Annotated

from pydantic import PlainValidator, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from models.words import Word

UNSOUND = "unsound"
"""The type of every error that brings its own sentences: its context holds them as "ja" and "en"."""

MOST_IN_LINE = 200
MOST_IN_TEXT = 2000
LANGUAGES = {"ja": Word("日本語", "Japanese"), "en": Word("英語", "English")}


def unsound(sentence: Word, place: tuple[str | int, ...] = (), value: object = None) -> InitErrorDetails:
    """A fault with its own sentences, as pydantic collects them."""
    return InitErrorDetails(type=_own(sentence), loc=place, input=value)


def _own(sentence: Word) -> PydanticCustomError:
    return PydanticCustomError(UNSOUND, "{en}", {"ja": sentence.ja, "en": sentence.en})


def _in_both(*, most: int, lines: bool, needed: bool) -> Callable[[object], Word]:
    def checked(value: object) -> Word:
        given = value._asdict() if isinstance(value, Word) else value
        if not isinstance(given, dict):
            raise _own(
                Word(
                    "日本語と英語を {ja: 日本語, en: English} の形で書いてください。",
                    "Write the Japanese and the English as {ja: 日本語, en: English}.",
                )
            )
        found = list(_faults(given, most=most, lines=lines, needed=needed))
        if found:
            raise ValidationError.from_exception_data("Word", found)
        return Word(given["ja"], given["en"])

    return checked


def _faults(given: dict[object, object], *, most: int, lines: bool, needed: bool) -> Iterator[InitErrorDetails]:
    wanted = needed or any(given.values())
    for language, name in LANGUAGES.items():
        if language not in given:
            yield InitErrorDetails(type="missing", loc=(language,), input=given)
            continue
        text = given[language]
        if not isinstance(text, str):
            yield InitErrorDetails(type="string_type", loc=(language,), input=text)
        elif wanted and not text.strip():
            yield unsound(
                Word("{name}の言葉がありません。書いてください。", "The {name} is empty. Write it.").filled(name=name),
                (language,),
                text,
            )
        elif len(text) > most:
            yield unsound(
                Word(
                    "{n}文字あります。{most}文字までで書いてください。",
                    "This has {n} characters. Write at most {most}.",
                ).filled(n=len(text), most=most),
                (language,),
                text,
            )
        elif not lines and "\n" in text:
            yield unsound(Word("改行せずに1行で書いてください。", "Write this on one line."), (language,), text)
    for key in given:
        if key not in LANGUAGES:
            yield InitErrorDetails(type="extra_forbidden", loc=(str(key),), input=given[key])


Line = Annotated[Word, PlainValidator(_in_both(most=MOST_IN_LINE, lines=False, needed=True))]
"""Words on one line: a name, a label."""

Text = Annotated[Word, PlainValidator(_in_both(most=MOST_IN_TEXT, lines=True, needed=True))]
"""Words that may run over lines."""

Hint = Annotated[Word, PlainValidator(_in_both(most=MOST_IN_TEXT, lines=True, needed=False))]
"""Words that may be missing, but not in one language only."""
