"""Our own fixed sentences as this municipality says them: a ward's portal speaks of 区, a village's of 村, a prefecture's of 県.

Sentences are written for a city (市) with a 市民協働課 and 部長. Only our own words go through here, before anybody's title or
answer is put into them: what people and the programme's file say stands as they wrote it.
"""

import re
from functools import lru_cache

from models.portal import portal
from models.programme.city import Called
from models.words import Word

USUAL = Called()

_JA = re.compile(r"市民協働課|部長|市民(?!活動|協働)|市(?=[内外])|市(?!民|町村|役所)")
_EN = re.compile(
    r"\bthe (?:Citizen Collaboration Section|program office)\b|\bthe department head\b|\bcity\b|\bcitizens\b",
    re.IGNORECASE,
)


def spoken(text: str, language: str) -> str:
    """A sentence of ours, in the words of the municipality."""
    return said_as(portal().called, text, language)


def said_as(called: Called, text: str, language: str) -> str:
    """A sentence of ours, where it is known how things are called here."""
    return text if called == USUAL else _said(called, text, language)


def here(word: Word) -> Word:
    """A domain word of ours, in the words of the municipality."""
    return Word(spoken(word.ja, "ja"), spoken(word.en, "en"))


@lru_cache(maxsize=8192)
def _said(called: Called, text: str, language: str) -> str:
    if language == "en":
        return _EN.sub(lambda found: _like(found.group(), _english(called, found.group().lower())), text)
    words = {
        "市民協働課": called.office.ja,
        "部長": called.head.ja,
        "市民": called.citizens.ja,
    }

    def named(found: re.Match[str]) -> str:
        inside = text[found.end() : found.end() + 1] in ("内", "外")
        body = called.area.ja if inside and called.area.ja else called.body.ja
        return words.get(found.group(), body)

    return _JA.sub(named, text)


def _english(called: Called, found: str) -> str:
    if found.endswith(("section", "office")):
        return called.office.en
    if found == "the department head":
        return called.head.en
    return called.citizens.en if found == "citizens" else called.body.en


def _like(found: str, said: str) -> str:
    """With a capital where there was one."""
    return said[:1].upper() + said[1:] if found[:1].isupper() else said
