"""What every formal document shares: the template environment, the letterhead, and the office to ask."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.calendar import in_words
from models.spoken import spoken

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Office:
    """担当・問い合わせ先: the section that answers questions about the document."""

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    page: str = ""
    """Web address at which the reader follows the proposal."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The top of a letter: 文書番号, date, to whom, from whom."""

    number: str
    """文書番号: 青市協第127号."""
    dated: date
    addressee: tuple[str, ...]
    """Lines, the last one the person or body addressed, without its 様."""
    sender: tuple[str, ...]
    """Lines: office held, then name."""
    office: Office
    honorific: str = "様"
    """御中 for a body without a named person."""
    seal: str = "（公印省略）"
    """Empty when the printed letter gets the seal."""


PROPOSE_AGAIN = (
    "提案の内容を見直した上で、改めて御提案いただくことができます。"
    "この決定により、今後の御提案が不利に取り扱われることはありません。"
)
"""教示: what every notice of a refusal ends with."""


def to_html(template: str, **values: object) -> str:
    """A whole document from one of our templates; everything put in is text and stays text."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["here"] = lambda text: spoken(text, "ja")
    environment.filters["day"] = lambda day: in_words(day, weekday=False)
    environment.filters["moment"] = lambda moment: in_words(moment, weekday=False)
    environment.filters["yen"] = lambda amount: f"{amount:,}円"
    environment.filters["paragraphs"] = lines_of
    environment.tests["numbered"] = lambda line: re.match(r"\d+[\s　]", line) is not None
    return environment


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that have something on them."""
    return tuple(line.rstrip() for line in text.splitlines() if line.strip())
