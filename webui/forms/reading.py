"""Reading what people in Japan type: full-width digits, 円 and commas, 令和 dates, stray spaces and control characters."""

import re
import unicodedata
from datetime import date

_ERA = re.compile(r"(?:令和|R)(元|\d{1,3})[年./-](\d{1,2})[月./-](\d{1,2})日?", re.IGNORECASE)
_WESTERN = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?")
_YEARS = range(1900, 2200)
"""Days outside are slips of the finger, and too near the ends of the calendar to count terms from."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
DIGITS = 12
YEN = "円¥\\"


def line(text: str) -> str:
    """One line, without spaces around it."""
    return " ".join(_CONTROL.sub("", text).split("\n")).strip()


def prose(text: str) -> str:
    """Paragraphs; a line break counts as one character, as people count it."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def plain(text: str) -> str:
    """Without the control characters that no database keeps."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def whole(text: str, units: str = "", digits: int = DIGITS) -> int | None:
    """A whole number, as 300000, 300,000円 or with full-width digits; `units` may stand with it. None for nothing.

    Raises ValueError for what is no number.
    """
    kept = re.sub(rf"[\s,、{re.escape(units)}]", "", unicodedata.normalize("NFKC", text))
    if not kept:
        return None
    if not re.fullmatch(rf"[0-9]{{1,{digits}}}", kept):
        raise ValueError(text)
    return int(kept)


def day(text: str) -> date | None:
    """A day, as 2026-11-27, 2026/11/27, 令和8年11月27日 or R8.11.27. None for nothing.

    Raises ValueError for what is no day.
    """
    kept = unicodedata.normalize("NFKC", text).strip()
    if not kept:
        return None
    if era := _ERA.fullmatch(kept):
        found = date(2018 + (1 if era[1] == "元" else int(era[1])), int(era[2]), int(era[3]))
    elif western := _WESTERN.fullmatch(kept):
        found = date(int(western[1]), int(western[2]), int(western[3]))
    else:
        raise ValueError(text)
    if found.year not in _YEARS:
        raise ValueError(text)
    return found
