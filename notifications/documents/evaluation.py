"""評価書: both sides' self-checks beside each other, where they differ, and what both concluded (V01–V18)."""

from dataclasses import dataclass
from datetime import date, datetime

from notifications.documents.letter import Office, to_html


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one side answered to one item."""

    rating: str
    """As the programme's scale words it: 4, A, できた."""
    comment: str


@dataclass(frozen=True, slots=True)
class RatedItem:
    """An item of the check, answered by both sides, each before it knew the other's answer."""

    question: str
    group: Opinion
    city: Opinion
    joint_note: str = ""

    @property
    def differs(self) -> bool:
        """Whether the two sides rated differently."""
        return self.group.rating != self.city.rating


@dataclass(frozen=True, slots=True)
class Beneficiaries:
    """受益者: the people the project was for (V16)."""

    how_asked: str
    answers: int
    satisfied: int
    merits: str

    @property
    def percentage(self) -> int:
        """How many of a hundred who answered were satisfied."""
        return round(100 * self.satisfied / self.answers) if self.answers else 0


@dataclass(frozen=True, slots=True)
class JointConclusion:
    """What both sides concluded at the ふりかえりの場 (V02, V03, V18)."""

    met_on: date
    participants: str
    results: str
    improvements: str
    differences: str
    next_steps: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A side's yes to this very sheet."""

    side: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EvaluationSheet:
    """Everything an evaluation says."""

    receipt_number: str
    project: str
    group: str
    section: str
    period_from: date
    period_to: date
    methods: tuple[str, ...]
    spent: int
    """What the project cost, in yen."""
    borne_by_city: int
    """Yen."""
    scale: tuple[str, ...]
    """The ratings and what they mean, best first: 4　十分できた."""
    items: tuple[RatedItem, ...]
    beneficiaries: Beneficiaries | None
    joint: JointConclusion
    confirmations: tuple[Confirmation, ...]
    office: Office

    @property
    def differing(self) -> tuple[int, ...]:
        """Numbers of the items that the two sides rated differently."""
        return tuple(number for number, item in enumerate(self.items, start=1) if item.differs)


def evaluation_html(sheet: EvaluationSheet) -> str:
    """The evaluation as HTML for `render_pdf`."""
    return to_html("evaluation.html", sheet=sheet)
