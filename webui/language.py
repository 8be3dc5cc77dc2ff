"""In which language a page speaks: the reader's choice in this browser, else the person's, else Japanese."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_translations

from models.clock import TOKYO
from webui.access import reader

LANGUAGES = {"ja": "日本語", "en": "English"}
COOKIE = "language"
TRANSLATIONS = Path(__file__).parent / "translations"


def reader_language() -> str:
    """`ja` or `en`."""
    if not has_request_context():
        return "ja"
    if "language" not in g:
        g.language = _choose()
    chosen: str = g.language
    return chosen


def other_language() -> str:
    """The language one can change to."""
    return "en" if reader_language() == "ja" else "ja"


def install(app: Flask) -> None:
    """Set up Flask-Babel with the Japanese text as the message and an English catalogue."""
    compile_catalogues()
    Babel(
        app,
        default_locale="ja",
        default_timezone=str(TOKYO),
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=reader_language,
    )
    # Most pages are Japanese, where the text is the message itself: no look into a catalogue for each of them.
    app.jinja_env.install_gettext_callables(_text, _counted_text, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        reader_language=reader_language, other_language=other_language, language_names=LANGUAGES
    )


def compile_catalogues() -> None:
    """Bring each compiled catalogue up to its source, so that nobody has to remember to."""
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file)
        fresh = compiled.with_suffix(".mo.new")
        with fresh.open("wb") as file:
            write_mo(file, catalogue)
        fresh.replace(compiled)


def _text(text: str) -> str:
    return text if reader_language() == "ja" else str(get_translations().ugettext(text))


def _counted_text(one: str, many: str, number: int) -> str:
    # The number goes in afterwards, with the other values (newstyle): here it only chooses the form.
    return one if reader_language() == "ja" else str(get_translations().ungettext(one, many, number))


def _choose() -> str:
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    who = reader()
    return who.language if who is not None and who.language in LANGUAGES else "ja"
