"""受付書: tells a group that its proposal was accepted, under which number, and what happens next (I03, X06)."""

from dataclasses import dataclass
from datetime import datetime

from notifications.documents.letter import Letterhead, to_html
from notifications.documents.own_words import Wording


@dataclass(frozen=True, slots=True)
class ReceiptLetter:
    """Everything a receipt says."""

    head: Letterhead
    words: Wording
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


TITLE = "協働事業提案受付書"
TO_KNOW = (
    "お問い合わせの際は、受付番号をお知らせください。",
    "提案はいつでも取り下げることができ、取下げによる不利益はありません。",
    "代表者、連絡先その他提出いただいた内容に変更があったときは、お知らせください。",
)
"""What every receipt ends with."""


def receipt_html(letter: ReceiptLetter) -> str:
    """The receipt as HTML for `render_pdf`."""
    return to_html("receipt.html", letter=letter)
