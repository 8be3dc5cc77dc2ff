"""What a city's programme says, as typed data: lists, forms, calls, criteria, selection, terms.

The text below a key is its meaning in docs/programme.md. What must hold across keys stands in models/programme/rules.py.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, ValidationInfo, model_validator

from models.programme import rules
from models.programme.calls import Call, CallType, IneligibleCost
from models.programme.checked import again
from models.programme.city import Called, Portal
from models.programme.comparing import CostComparison
from models.programme.forms import FormRule, Item
from models.programme.grounds import Criterion
from models.programme.notices import Notices
from models.programme.parts import STORED, Choice, Key, Part
from models.programme.terms import Retention, Scale, Terms
from models.programme.themes import theme_question
from models.programme.words import Hint, Line, Text
from models.selection.rules import Round, Selection
from models.words import Word

NOTHING = Word("", "")
UNNAMED = CallType(key="any", label=Word("提案", "Proposal"))
"""The type of call of a programme that has none."""


class Party(StrEnum):
    """Whose effect or strength something is."""

    CITIZENS = "citizens"
    """市民・受益者: those for whom it is done."""
    GROUP = "group"
    """団体: the partner who is not the city."""
    CITY = "city"
    """行政."""


class ForParty(Choice):
    """An entry that belongs to one party."""

    party: Party
    """Whose it is."""


class SelectAfter(StrEnum):
    """Where selection has its place."""

    SCREENING = "screening"
    """Before consultation: 審査 → 採択 → 協議."""
    CONSULTATION = "consultation"
    """After consultation: 協議 → 審査 → 採択 → 協定."""


class Method(Choice):
    """手法: a form of collaboration and the articles its agreement may not leave empty."""

    articles: tuple[str, ...]
    """Keys of the articles that an agreement of this method needs."""
    responsible: Line
    """Whose the responsibility and the result are (G04)."""
    domains: tuple[str, ...] = ()
    """Keys of the domains that this form belongs to (P12); empty: not said."""


class Programme(Part):
    """One municipality's programme."""

    key: Key
    """Stable name of the programme; proposals keep it."""
    name: Line
    """The programme's name."""
    city: Line
    """The municipality."""
    called: Called = Called()
    """What sentences of Kyodo call it: a ward (区), a village (村), a prefecture (県)."""
    definition: Text
    """What 協働 means here, shown to proposers and staff (P01)."""
    participation: Hint = NOTHING
    """How 参加 differs from 協働 here (P02)."""
    principles: tuple[Choice, ...]
    """The principles that both sides confirm in consultation and check themselves against (P03, P10)."""
    further_principles: tuple[Choice, ...] = ()
    """Principles that are shown beside them, such as those of promoting civic activity (P09)."""
    domains: tuple[Choice, ...]
    """領域: who leads, from the city's side or from the citizens' (P11, P12)."""
    methods: tuple[Method, ...]
    """手法・形態: the forms of collaboration (P14, P15)."""
    fields: tuple[Choice, ...]
    """分野: what projects are about (P18)."""
    content_types: tuple[Choice, ...] = ()
    """形態・内容: what kind of work a project is (P17)."""
    suitability: tuple[Choice, ...] = ()
    """What makes a project suitable for collaboration (P19–P21, W03)."""
    suitability_test: Hint = NOTHING
    """The test of principle: better than the city alone (P22)."""
    effects: tuple[ForParty, ...] = ()
    """期待される効果, by the party that has them (P24)."""
    traits: tuple[ForParty, ...] = ()
    """特性: what each party is strong in, to help with the division of roles (P25)."""
    partner_types: tuple[Choice, ...]
    """The kinds of groups that may take part (A01, A02)."""
    types: tuple[CallType, ...] = ()
    """The types of call; empty: one, without a name."""
    calls: tuple[Call, ...] = ()
    """The calls of this and coming years; empty: proposals are taken at any time (随時)."""
    proposal_items: tuple[Item, ...]
    """The proposal form (I03)."""
    proposal_rules: Annotated[tuple[FormRule, ...], Field(max_length=60)] = ()
    """What must hold between answers of the proposal form."""
    ineligible_costs: tuple[IneligibleCost, ...] = ()
    """対象外経費: costs that the city does not share."""
    comparison: CostComparison | None = None
    """費用対効果: which answers compare what it costs the city alone with what it costs together (S05)."""
    writing_help: Hint = NOTHING
    """What help there is for groups that find the paperwork hard: who visits, where one can come (I08)."""
    criteria: tuple[Criterion, ...]
    """The grounds for exclusion (X01, X02)."""
    selection: Selection = Selection()
    """審査: the rounds in which judges score, and the money after the last; without a round nothing is scored."""
    select_after: SelectAfter = SelectAfter.SCREENING
    """Where selection has its place on the way."""
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
    notices: Notices = Notices()
    """通知: how the city words its letters; what is left out Kyodo words itself."""
    portal: Portal = Portal()
    """How the city's portal presents itself."""
    retention: Retention = Retention()
    """How long personal data of a case is kept."""

    @model_validator(mode="wrap")
    @classmethod
    def _name_every_fault(cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        """Rules across keys are asked also where single keys are wrong, so that one reading names everything."""
        if info.context == STORED:
            return handler(data)
        try:
            whole = handler(data)
        except ValidationError as error:
            faults = [again(one) for one in error.errors(include_url=False)]
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
            "content_types": self.content_types,
            "suitability": self.suitability,
            "effects": self.effects,
            "traits": self.traits,
        }
        return lists[name]

    def choices_of(self, item: Item) -> tuple[Choice, ...]:
        """What a question's answer is chosen from: its own entries, or the list it names."""
        return item.choices or (self.options(item.options) if item.options else ())

    def items_for(self, type_key: str) -> tuple[Item, ...]:
        """The questions of the proposal form that a type of call asks."""
        return tuple(item for item in self.proposal_items if not item.types or type_key in item.types)

    def questions_for(self, call_key: str) -> tuple[Item, ...]:
        """What a proposal for a call is asked: which of the call's themes, and what its type of call asks."""
        theme, own = self.theme_question(call_key), self.items_for(self.type_of(call_key).key)
        return own if theme is None else (theme, *own)

    def theme_question(self, call_key: str) -> Item | None:
        """Which of a call's themes a proposal is for; None where it has none."""
        call = self.call(call_key)
        return theme_question(call) if call is not None else None

    def criteria_for(self, type_key: str) -> tuple[Criterion, ...]:
        """The grounds that concern a type of call."""
        return tuple(one for one in self.criteria if not one.types or type_key in one.types)

    def call(self, key: str) -> Call | None:
        """The call with this key; None for a proposal without one."""
        return next((call for call in self.calls if call.key == key), None)

    def type_of(self, call_key: str) -> CallType:
        """The type of a call; where the programme has none, one without a name."""
        call = self.call(call_key)
        wanted = call.type if call is not None else ""
        return next((one for one in self.types if one.key == wanted), UNNAMED)

    def rounds_for(self, type_key: str) -> tuple[Round, ...]:
        """The selection rounds that a type of call goes through."""
        found = next((one for one in self.types if one.key == type_key), UNNAMED)
        return tuple(r for r in self.selection.rounds if found.rounds is None or r.key in found.rounds)

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
