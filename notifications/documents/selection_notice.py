"""選考結果通知書: tells a group whether it came through a round, is adopted, provisionally or formally, or is not; why; what follows."""

from dataclasses import dataclass
from datetime import date

from notifications.documents.letter import Letterhead, to_html
from notifications.documents.own_words import Wording


@dataclass(frozen=True, slots=True)
class SelectionNotice:
    """Everything a notice on selection says."""

    head: Letterhead
    words: Wording
    programme: str
    receipt_number: str
    project: str
    group: str
    proposed_on: date
    decided_on: date
    decision: str
    """採択（内定）."""
    says: str
    """The sentence that the decision opens with."""
    basis: str
    """Which rules it stands on: the programme, its edition, the round."""
    amount: str
    """In yen; empty where none is granted."""
    points: str
    """As scored; empty without a round."""
    reasons: tuple[str, ...]
    conditions: tuple[str, ...]
    """付帯意見, and what has to happen before it holds."""


def selection_notice_html(notice: SelectionNotice) -> str:
    """The notice as HTML for `render_pdf`."""
    return to_html("selection_notice.html", notice=notice)


QUESTION = (
    "この通知の内容や理由、審査の点数について御不明な点がありましたら、担当課が御説明します。"
    "下記の問い合わせ先に御連絡ください。点数とその計算は、この提案のページでも御覧いただけます。"
)
"""教示: how to ask."""
