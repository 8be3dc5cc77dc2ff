"""What a city's programme says, as typed data: lists, forms, criteria, terms. Words come in Japanese and English.

The text below a key is its meaning in docs/programme.md. What must hold across keys stands in models/programme/rules.py.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    StrictBool,
    StrictInt,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from models.programme import rules
from models.programme.kinds import ItemKind as ItemKind
from models.programme.words import Hint, Line, Text
from models.words import Word

Key = Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=40)]
Days = Annotated[StrictInt, Field(ge=1, le=400)]
Few = Annotated[StrictInt, Field(ge=0, le=60)]
OneWord = Annotated[str, Field(min_length=1, max_length=40)]


STORED = {"stored": True}
"""As validation's context: the data was found good when it was stored."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    def plain(self) -> dict[str, Any]:
        """The part as a file holds it, in the schema's order; what stands at its default is left out."""
        return {
            name: _plain(getattr(self, name))
            for name, field in type(self).model_fields.items()
            if field.is_required() or getattr(self, name) != field.default
        }


def _plain(value: object) -> object:
    match value:
        case _Part():
            return value.plain()
        case Word():
            return value._asdict()
        case StrEnum():
            return value.value
        case tuple():
            return [_plain(one) for one in value]
    return value


class Choice(_Part):
    """One entry of a list: a stable key and its words."""

    key: Key
    """Stable name of the entry; cases keep it, so the words may change but the key must not."""
    label: Line
    """What people read."""
    hint: Hint = Word("", "")
    """A sentence shown beside it."""


class Item(_Part):
    """One question of a form."""

    key: Key
    """Stable name of the question; answers are stored under it."""
    label: Line
    """The question."""
    hint: Hint = Word("", "")
    """Help or an example shown below the question."""
    kind: ItemKind = ItemKind.TEXT
    """How it is asked."""
    required: StrictBool = True
    """Whether it has to be answered."""
    limit: StrictInt = 1000
    """The most characters, or for `yen` the highest amount."""
    options: str = ""
    """For `choice` and `choices`: the programme's list that the answer is chosen from."""
    source: str = Field("", max_length=40)
    """Requirement number or clause that the question comes from."""


class Severity(StrEnum):
    """What it means when a criterion is met."""

    HARD = "hard"
    """協働の領域から除く (X01)."""
    SOFT = "soft"
    """協働になじまないと考えられる (X02)."""


class Criterion(_Part):
    """One ground for exclusion, with the words that make a rule ask for a closer look."""

    key: Key
    """Stable name of the ground."""
    severity: Severity
    """Whether it excludes, or speaks against the project."""
    label: Line
    """The ground, as a decision names it."""
    hint: Hint = Word("", "")
    """How it is to be understood."""
    words: tuple[OneWord, ...] = ()
    """Words of a proposal that make Kyodo ask for a closer look; a person decides."""
    clause: Line
    """How the notice cites it: 第1章6(2)."""
    source: str = Field("", max_length=40)
    """Requirement number that the ground comes from."""

    @property
    def cited(self) -> Word:
        """The criterion with its clause, as a decision names it (X05)."""
        label, clause = self.label, self.clause
        return Word(f"{label.ja}（{clause.ja}）", f"{label.en} ({clause.en})")


class Method(Choice):
    """手法: a form of collaboration and the articles its agreement may not leave empty."""

    articles: tuple[str, ...]
    """Keys of the articles that an agreement of this method needs."""
    responsible: Line
    """Whose the responsibility and the result are (G04)."""


class Terms(_Part):
    """How long each duty may take, in business days, and when reports fall due."""

    receive: Days
    """Program office: receive a proposal or return it."""
    correct: Days
    """Group: correct what was returned."""
    screen: Days
    """Program office: write the findings."""
    confirm_screening: Days
    """Program office, a second person: confirm the result of the screening."""
    approve_exclusion: Days
    """Department head: approve that a proposal is excluded."""
    assign: Days
    """Program office: find the responsible section."""
    take_on: Days
    """Section: take the proposal on, or decline with its reason."""
    hold_meeting: Days
    """Section: hold the first meeting with the group."""
    confirm_minutes: Days
    """Each side: confirm the minutes of a meeting."""
    write_record: Days
    """Section: write the consultation record."""
    confirm_record: Days
    """Each side: confirm the consultation record."""
    draft_agreement: Days
    """Section: draft the agreement."""
    approve_agreement: Days
    """Whoever approves: approve the agreement or return it."""
    sign: Days
    """Each side: sign."""
    report_after_end: Days
    """Calendar days from the end of the period to the final report."""
    check_report: Days
    """Section: check a report."""
    self_check: Days
    """Each side: hand in its self-check."""
    write_joint_sheet: Days
    """Both: write the joint sheet."""
    confirm_joint_sheet: Days
    """Each side: confirm the joint sheet."""
    look_over: Days
    """Each side: look over what will be published."""
    schedule_release: Days
    """Program office: set the time of the publication."""
    correct_publication: Days
    """Program office: correct what a side objected to."""
    reminder_before: Few
    """Business days before a due date at which the reminder goes out."""
    escalate_after: Few
    """Business days past a due date at which the section head is told."""


class Scale(_Part):
    """Marks of a self-check, best first, and how far apart two marks count as a difference."""

    marks: tuple[Choice, ...]
    """The marks, best first; their keys are whole numbers."""
    differs_by: StrictInt = 1
    """From how many steps apart the two sides' marks count as different."""


class Programme(_Part):
    """One municipality's programme."""

    key: Key
    """Stable name of the programme; proposals keep it."""
    name: Line
    """The programme's name."""
    city: Line
    """The municipality."""
    definition: Text
    """What 協働 means here, shown to proposers and staff (P01)."""
    principles: tuple[Choice, ...]
    """The principles that both sides confirm in consultation and check themselves against (P03, P10)."""
    domains: tuple[Choice, ...]
    """領域: who leads, from the city's side or from the citizens' (P11, P12)."""
    methods: tuple[Method, ...]
    """手法・形態: the forms of collaboration (P14, P15)."""
    fields: tuple[Choice, ...]
    """分野: what projects are about (P18)."""
    partner_types: tuple[Choice, ...]
    """The kinds of groups that may take part (A01, A02)."""
    proposal_items: tuple[Item, ...]
    """The proposal form (I03)."""
    criteria: tuple[Criterion, ...]
    """The grounds for exclusion (X01, X02)."""
    consultation_items: tuple[Item, ...]
    """What the consultation record holds (P04, C01)."""
    articles: tuple[Item, ...]
    """The articles of an agreement (G02)."""
    report_items: tuple[Item, ...]
    """What a report holds (E01)."""
    review_items: tuple[Item, ...]
    """What each side checks itself on; each takes a mark and a remark (V04–V14)."""
    scale: Scale
    """How the self-check is marked."""
    terms: Terms
    """How long everything may take."""

    @model_validator(mode="wrap")
    @classmethod
    def _name_every_fault(cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        """Rules across keys are asked also where single keys are wrong, so that one reading names everything."""
        if info.context == STORED:
            return handler(data)
        try:
            whole = handler(data)
        except ValidationError as error:
            faults = [_again(one) for one in error.errors(include_url=False)]
            faults += rules.broken(data) if isinstance(data, Mapping) else []
        else:
            faults = rules.broken(whole.plain())
        if faults:
            raise ValidationError.from_exception_data(cls.__name__, faults)
        return whole

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


def _again(one: Any) -> InitErrorDetails:
    context = one.get("ctx", {})
    kind = PydanticCustomError(one["type"], "{en}", context) if "en" in context else one["type"]
    return InitErrorDetails(type=kind, loc=one["loc"], input=one["input"], ctx=context)
