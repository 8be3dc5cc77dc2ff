"""対象外通知書: tells a group that its proposal is outside the programme, by which criterion, why, and what it can do (X05)."""

from dataclasses import dataclass
from datetime import date

from notifications.documents.letter import PROPOSE_AGAIN, Letterhead, to_html


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
    programme: str
    """青葉川市協働事業提案制度."""
    receipt_number: str
    project: str
    group: str
    proposed_on: date
    decided_on: date
    grounds: tuple[Ground, ...]
    course: tuple[Step, ...]
    remedy: tuple[str, ...]
    """教示, paragraph by paragraph: how to ask, how to object, how to propose again."""


def exclusion_notice_html(notice: ExclusionNotice) -> str:
    """The notice as HTML for `render_pdf`."""
    return to_html("exclusion_notice.html", notice=notice)


def usual_remedy(days: int) -> tuple[str, ...]:
    """教示 for a programme that lets a group ask for a second screening within so many days of the notice."""
    return (
        "この決定の理由について御不明な点がありましたら、担当課が御説明します。下記の問い合わせ先に御連絡ください。",
        f"この決定に御異議があるときは、この通知を受け取った日の翌日から起算して{days}日以内に、"
        "その理由を記載した書面（電子申請を含みます。）により、再度の審査を申し出ることができます。",
        PROPOSE_AGAIN,
    )
