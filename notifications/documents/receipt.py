"""受付書: tells a group that its proposal was accepted, under which number, and what happens next (I03, X06)."""

from dataclasses import dataclass
from datetime import datetime

from notifications.documents.letter import Letterhead, to_html


@dataclass(frozen=True, slots=True)
class ReceiptLetter:
    """Everything a receipt says."""

    head: Letterhead
    receipt_number: str
    project: str
    group: str
    received_at: datetime
    channel: str
    """How it came: 電子申請, 窓口（紙）."""
    papers: tuple[str, ...]
    """Names of the papers handed in."""
    next_steps: tuple[str, ...]
    """What follows, in order, with its term."""


def receipt_html(letter: ReceiptLetter) -> str:
    """The receipt as HTML for `render_pdf`."""
    return to_html("receipt.html", letter=letter)
