"""対象外通知書: tells a group that its proposal is outside the programme, by which criterion, why, and what it can do (X05)."""

from dataclasses import dataclass
from datetime import date

from notifications.documents.letter import PROPOSE_AGAIN, Letterhead, to_html
from notifications.documents.own_words import Wording


@dataclass(frozen=True, slots=True)
class Ground:
    """A criterion for exclusion that applies, and why it does."""

    criterion: str
    clause: str
    """Where it stands: 要綱第4条第1号. Empty when it has no clause."""
    reason: str
    evidence: str = ""
    """The passage or paper the finding rests on."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the screening, for the reader to see how the decision came about."""

    on: date
    what: str


@dataclass(frozen=True, slots=True)
class ExclusionNotice:
    """Everything a notice of exclusion says."""

    head: Letterhead
    words: Wording
    programme: str
    """青葉川市協働事業提案制度."""
    receipt_number: str
    project: str
    group: str
    proposed_on: date
    decided_on: date
    grounds: tuple[Ground, ...]
    course: tuple[Step, ...]


def exclusion_notice_html(notice: ExclusionNotice) -> str:
    """The notice as HTML for `render_pdf`."""
    return to_html("exclusion_notice.html", notice=notice)


TITLE = "協働事業提案対象外通知書"
THANKS = "地域の課題に向き合い、御提案をまとめてくださったことに、お礼申し上げます。"
REMEDY = (
    "この決定の理由について御不明な点がありましたら、担当課が御説明します。下記の問い合わせ先に御連絡ください。",
    PROPOSE_AGAIN,
)
"""教示 of a programme that has none of its own; one that takes objections says so, with their term."""
