"""募集要項: the guidelines of a call on paper, from the same parts as its page."""

from dataclasses import dataclass
from datetime import date

from models.programme.guide import Section
from notifications.documents.letter import to_html


@dataclass(frozen=True, slots=True)
class Guidelines:
    """Everything the printed guidelines say."""

    city: str
    title: str
    """The call."""
    programme: str
    dated: date
    edition: int
    """版 of the programme that they were made from."""
    sections: tuple[Section, ...]
    questions: tuple[tuple[str, str], ...]
    """Questions with their answers so far."""
    address: str
    """Where the page is."""


def guidelines_html(guidelines: Guidelines) -> str:
    """The guidelines as HTML for `render_pdf`."""
    return to_html("guidelines.html", guide=guidelines)
