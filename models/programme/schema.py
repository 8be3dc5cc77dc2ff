"""What a city's programme says, as typed data: lists, forms, criteria, terms. Words come in Japanese and English."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from models.words import Word


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _word(value: object) -> object:
    if isinstance(value, dict) and set(value) == {"ja", "en"}:
        return Word(str(value["ja"]), str(value["en"]))
    return value


Text = Annotated[Word, BeforeValidator(_word)]


class Choice(_Part):
    """One entry of a list: a stable key and its words."""

    key: str
    label: Text
    hint: Text = Word("", "")


class ItemKind(StrEnum):
    """How an item of a form is asked."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    YEN = "yen"
    CHOICE = "choice"
    CHOICES = "choices"


class Item(_Part):
    """One question of a form.

    options: name of the programme's list that a choice is made from. limit: characters, or yen.
    """

    key: str
    label: Text
    hint: Text = Word("", "")
    kind: ItemKind = ItemKind.TEXT
    required: bool = True
    limit: int = 1000
    options: str = ""
    source: str = ""
    """Requirement number the item comes from."""


class Severity(StrEnum):
    """What it means when a criterion is met."""

    HARD = "hard"
    """協働の領域から除く (X01)."""
    SOFT = "soft"
    """協働になじまないと考えられる (X02)."""


class Criterion(_Part):
    """One ground for exclusion, with the words that make a rule ask for a closer look."""

    key: str
    severity: Severity
    label: Text
    hint: Text = Word("", "")
    words: tuple[str, ...] = ()
    clause: Text
    """How the notice cites it: 第1章6(2)."""
    source: str = ""

    @property
    def cited(self) -> Word:
        """The criterion with its clause, as a decision names it (X05)."""
        label, clause = self.label, self.clause
        return Word(f"{label.ja}（{clause.ja}）", f"{label.en} ({clause.en})")


class Method(Choice):
    """手法: a form of collaboration and the articles its agreement may not leave empty."""

    articles: tuple[str, ...]
    responsible: Text
    """Whose the responsibility and the result are (G04)."""


class Terms(_Part):
    """How long each duty may take, in business days, and when reports fall due."""

    receive: int
    correct: int
    screen: int
    confirm_screening: int
    approve_exclusion: int
    assign: int
    take_on: int
    hold_meeting: int
    confirm_minutes: int
    write_record: int
    confirm_record: int
    draft_agreement: int
    approve_agreement: int
    sign: int
    report_after_end: int
    """Calendar days from the end of the period to the final report."""
    check_report: int
    self_check: int
    write_joint_sheet: int
    confirm_joint_sheet: int
    look_over: int
    schedule_release: int
    correct_publication: int
    reminder_before: int
    """Business days before a due date at which the reminder goes out."""
    escalate_after: int
    """Business days past a due date at which the section head is told."""


class Scale(_Part):
    """Marks of a self-check, best first, and how far apart two marks count as a difference."""

    marks: tuple[Choice, ...]
    differs_by: int = 1


class Programme(_Part):
    """One municipality's programme."""

    key: str
    name: Text
    city: Text
    definition: Text
    principles: tuple[Choice, ...]
    domains: tuple[Choice, ...]
    methods: tuple[Method, ...]
    fields: tuple[Choice, ...]
    partner_types: tuple[Choice, ...]
    proposal_items: tuple[Item, ...]
    criteria: tuple[Criterion, ...]
    consultation_items: tuple[Item, ...]
    articles: tuple[Item, ...]
    report_items: tuple[Item, ...]
    review_items: tuple[Item, ...]
    scale: Scale
    terms: Terms

    def options(self, name: str) -> tuple[Choice, ...]:
        """The list a choice is made from. Raises KeyError for a name that is no list."""
        lists: dict[str, tuple[Choice, ...]] = {
            "principles": self.principles,
            "domains": self.domains,
            "methods": self.methods,
            "fields": self.fields,
            "partner_types": self.partner_types,
        }
        return lists[name]

    def method(self, key: str) -> Method:
        """The method with this key. Raises KeyError."""
        return {m.key: m for m in self.methods}[key]

    def criterion(self, key: str) -> Criterion:
        """The criterion with this key. Raises KeyError."""
        return {c.key: c for c in self.criteria}[key]

    def articles_for(self, methods: list[str]) -> tuple[Item, ...]:
        """The agreement's articles that these methods need together, in the programme's order (G02–G05, P16)."""
        needed = {article for key in methods for article in self.method(key).articles}
        return tuple(item for item in self.articles if item.key in needed)
