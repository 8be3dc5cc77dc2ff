"""The grounds on which a proposal or its group is out, and the rules that point them out to the people who decide."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictBool

from models.programme.parts import Key, OneWord, Part, Source, Whole
from models.programme.words import Hint, Line
from models.words import Word

NOTHING = Word("", "")


class Severity(StrEnum):
    """What it means when a criterion is met."""

    HARD = "hard"
    """協働の領域から除く (X01)."""
    SOFT = "soft"
    """協働になじまないと考えられる (X02)."""


class Subject(StrEnum):
    """What a criterion is about."""

    PROJECT = "project"
    """事業: what is to be done."""
    GROUP = "group"
    """団体: who proposes it."""


class RuleKind(StrEnum):
    """What a rule looks at. It asks for a closer look and says why; a person decides."""

    DECLARED = "declared"
    """A declaration of the form (`item`) is not ticked, or a choice was answered with one of `answers`."""
    MEMBERS = "members"
    """The group's list on its page (会員名簿) has fewer members than `least`."""
    OFFICERS = "officers"
    """It has fewer officers than `least`."""
    IN_THE_CITY = "in_the_city"
    """Fewer members than `least` live, work or study in the city."""
    YEARS_ACTIVE = "years_active"
    """The group has been active for fewer years than `least`, counted to the day of submission."""
    REGISTERED = "registered"
    """The group is not registered and confirmed."""
    SEAT = "seat"
    """The group's seat is not in the city."""
    OWN_RULES = "own_rules"
    """The group has no rules of its own (規約・会則)."""
    KIND = "kind"
    """The group is of one of the kinds in `answers`."""
    TIMES_A_YEAR = "times_a_year"
    """The group has handed in more proposals than `most` in this fiscal year, this one included; see `partners`."""
    TIMES_A_CALL = "times_a_call"
    """It has handed in more than `most` for this call (1募集につき1団体1提案), this one included; see `partners`."""
    TIMES_IN_ALL = "times_in_all"
    """With this one, the city would support more than `most` of its projects in all (通算), whenever and for how long ever."""
    YEARS_IN_A_ROW = "years_in_a_row"
    """With this one, it would be supported in more fiscal years in a row than `most` (3年連続まで). A year without an
    agreement breaks the row."""
    YEARS_IN_ALL = "years_in_all"
    """With this one, it would be supported in more fiscal years than `most` in all (通算3年まで), with gaps or without."""
    PAUSE = "pause"
    """It was supported for `most` fiscal years in a row or more, and fewer than `least` lie between (3年の支援のあと2年は提案
    できない)."""
    SUPPORTED_BEFORE = "supported_before"
    """The group was not supported in exactly the fiscal year before the one of the call: for what goes on (継続)."""
    SAME_TITLE = "same_title"
    """Another proposal of this group or of this title is under way."""
    FEW = "few"
    """By the number `item`, fewer people benefit than `least`, or no more than the group itself has members (X04)."""
    COSTS = "costs"
    """A row of the table `item` names what is on the list of ineligible costs."""
    AMOUNT = "amount"
    """The amount asked for is above the cap or the rate of the type of call. The rate is that of the year of the project,
    which goes on where the group's project of the same title (what stands in brackets at its end aside) was supported in the
    year before. Had the group support for another title, the reason says at which rate this would be, did it go on with that."""
    PERIOD = "period"
    """The period `item` reaches beyond the call's fiscal year; with `most` 2 or more, beyond so many fiscal years."""


class GroundRule(Part):
    """A rule that points out a criterion.

    Members and officers are counted in the list that a group keeps on its page (会員名簿・役員名簿), not in a table of the
    form. Support is an agreement of this programme that both sides have signed, in every fiscal year of its period; what was
    before Kyodo is not known to it.
    """

    kind: RuleKind
    """What it looks at."""
    item: str = ""
    """The question of the proposal form that it reads, where it reads one."""
    answers: tuple[str, ...] = ()
    """The choices or kinds of groups that it points out."""
    least: Whole = 0
    """For counts: the fewest that will do; for `pause`: how many fiscal years it lasts."""
    most: Whole = 0
    """For counts: the most that will do; for `period`: how many fiscal years it may cover, 0 for one; for
    `pause`: after how many it comes."""
    partners: StrictBool = False
    """For `times_a_year` and `times_a_call`: whether taking part as a partner (連携する団体) counts too, and each partner is
    held to it."""


class Criterion(Part):
    """One ground for exclusion, with the rule and the words that make Kyodo ask for a closer look."""

    key: Key
    """Stable name of the ground."""
    severity: Severity
    """Whether it excludes, or speaks against the project."""
    subject: Subject = Subject.PROJECT
    """Whether it is about the project or about the group."""
    label: Line
    """The ground, as a decision names it."""
    condition: Hint = NOTHING
    """The same turned round, as the guidelines say who may propose what: 「構成員が5人以上いること」."""
    hint: Hint = NOTHING
    """How it is to be understood."""
    words: Annotated[tuple[OneWord, ...], Field(max_length=400)] = ()
    """Words of a proposal that make Kyodo ask for a closer look; a person decides."""
    rule: GroundRule | None = None
    """A rule that points it out."""
    also: Annotated[tuple[GroundRule, ...], Field(max_length=10)] = ()
    """Further rules that point it out."""
    items: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """Questions of the proposal form whose answers stand beside it where it is decided."""
    evidence: Hint = NOTHING
    """What whoever decides looks at: 納税証明書, 規約の第○条."""
    clause: Line
    """How the notice cites it: 第1章6(2)."""
    types: tuple[str, ...] = ()
    """Only for proposals of these types of call; empty: for all."""
    kinds: tuple[str, ...] = ()
    """Only for groups of these kinds, by that of the lead body: keys of `partner_types`; empty: for all."""
    source: Source = ""
    """Requirement number that the ground comes from."""

    @property
    def cited(self) -> Word:
        """The criterion with its clause, as a decision names it (X05)."""
        label, clause = self.label, self.clause
        return Word(f"{label.ja}（{clause.ja}）", f"{label.en} ({clause.en})")
