"""In which language a page speaks: the reader's choice in this browser, else the person's, else Japanese."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, get_translations
from markupsafe import Markup

from models.clock import TOKYO
from models.portal import portal
from models.programme.city import Called
from models.spoken import said_as, spoken
from webui.access import reader

LANGUAGES = {"ja": "日本語", "en": "English"}
COOKIE = "language"
TRANSLATIONS = Path(__file__).parent / "translations"


def reader_language() -> str:
    """`ja` or `en`."""
    if not has_request_context():
        return "ja"
    chosen: str | None = g.get("language")
    if chosen is None:
        chosen = g.language = _choose()
    return chosen


def other_language() -> str:
    """The language one can change to."""
    return "en" if reader_language() == "ja" else "ja"


def install(app: Flask) -> None:
    """Set up Flask-Babel with the Japanese text as the message and an English catalogue."""
    compile_catalogues()
    babel = Babel(
        app,
        default_locale="ja",
        default_timezone=str(TOKYO),
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=reader_language,
    )
    babel.domain_instance = _OurWords()
    app.jinja_env.install_gettext_callables(_text, _counted_text, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        _=_said,  # what newstyle makes of _text, without its detours: a long form says the same words for every question
        reader_language=reader_language,
        other_language=other_language,
        language_names=LANGUAGES,
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


def _said(text: str, **values: object) -> Markup:
    known: dict[str, Markup] = g.setdefault("said", {}) if has_request_context() else {}
    said = known.get(text)
    if said is None:
        said = known[text] = Markup(_text(text))  # noqa: S704  # our own words
    return said % values if "%" in said else said


def _text(text: str) -> str:
    # Most pages are Japanese, where the text is the message itself: no look into a catalogue for each of them.
    if reader_language() == "ja":
        return _here(text, "ja")
    return _here(str(get_translations().ugettext(text)), "en")


def _counted_text(one: str, many: str, number: int) -> str:
    # The number goes in afterwards, with the other values (newstyle): here it only chooses the form.
    if reader_language() == "ja":
        return _here(one, "ja")
    return _here(str(get_translations().ungettext(one, many, number)), "en")


def _here(text: str, language: str) -> str:
    """As the municipality says it; what it is called is looked up once a request."""
    if not has_request_context():
        return spoken(text, language)
    called: Called | None = g.get("called")
    if called is None:
        called = g.called = portal().called
    return said_as(called, text, language)


class _OurWords(Domain):  # type: ignore[misc]
    """The catalogue, said as the municipality says it, before anything is put into a sentence."""

    def gettext(self, string: str, **variables: Any) -> str:
        """As `Domain.gettext`."""
        text = _here(self.get_translations().ugettext(string), reader_language())
        return text % variables if variables else text

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        """As `Domain.ngettext`."""
        text = _here(self.get_translations().ungettext(singular, plural, num), reader_language())
        return text % ({"num": num} | variables)


def _choose() -> str:
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    who = reader()
    return who.language if who is not None and who.language in LANGUAGES else "ja"
