"""Calls for proposals: their types, their windows, what comes before, the money."""

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field, StrictBool

from models.programme.call_checks import (
    amounts_fit,
    entry_before_closing,
    occasions_have_a_date,
    rates_are_percentages,
    something_to_propose_for,
    something_to_run_out,
    window_opens_first,
)
from models.programme.checked import Check, Checked
from models.programme.exact import Share
from models.programme.moments import Day, FiscalYear, Moment
from models.programme.parts import Key, OneWord, Part, Whole
from models.programme.words import Hint, Line
from models.selection.judging_checks import award_can_be_paid
from models.selection.parts import Award
from models.words import Word

NOTHING = Word("", "")

MOST_YEARS = 10


class Proposer(StrEnum):
    """From whom the matter of a type of call comes."""

    CITIZENS = "citizens"
    """市民提案型・自由提案: the group's own idea (I01)."""
    CITY = "city"
    """行政提案型・テーマ設定型: a theme that the city sets (I09, I11)."""
    IDEA = "idea"
    """アイデア提案: an idea or a wish, without a plan of one's own (I06)."""
    GROUPS = "groups"
    """市民活動団体同士: groups among themselves, without the city (A05). Registered after the answer; no section, no terms."""


class Consortium(StrEnum):
    """Whether several groups may propose together."""

    ALONE = "alone"
    """One group."""
    ALLOWED = "allowed"
    """One or several."""
    TOGETHER = "together"
    """Several; one alone may not."""


class IneligibleCost(Part):
    """対象外経費: a cost that the city does not share."""

    key: Key
    """Stable name of the cost."""
    label: Line
    """What it is called."""
    words: Annotated[tuple[OneWord, ...], Field(max_length=100)] = ()
    """Words in a budget that make Kyodo ask for a closer look."""


class Money(Checked):
    """What the city pays of a project, as cost share, subsidy or commission."""

    cap: Whole = 0
    """The most in yen in a fiscal year; 0: no cap. Without cap, rates and note the city pays nothing."""
    rates: Annotated[tuple[Share, ...], Field(max_length=MOST_YEARS)] = ()
    """The share of eligible costs in percent, by year of the project: [90, 80, 70] or [2/3, 1/2]; empty: no rate."""
    years: Whole = 1
    """For how many fiscal years a project can be supported at most."""
    unit: Whole = 1
    """Yen that the amount is rounded down to: 1000 for 千円未満切捨て."""
    prior_grants: StrictBool = True
    """Whether other public money may be received for the same project; false: no double subsidy (二重助成)."""
    note: Hint = NOTHING
    """What the guidelines say about money besides."""

    checks: ClassVar[tuple[Check, ...]] = (
        Check(("rates",), rates_are_percentages),
        Check(("rates", "years", "unit"), amounts_fit),
    )

    def rate(self, year: int) -> Fraction | None:
        """The percentage in this year of the project, counted from 1; None where there is no rate."""
        if not self.rates:
            return None
        return self.rates[min(year, len(self.rates)) - 1]


class CallType(Checked):
    """募集の種類: 市民提案型, 行政提案型, アイデア, 若者版, 継続."""

    key: Key
    """Stable name of the type."""
    label: Line
    """What people read."""
    hint: Hint = NOTHING
    """A sentence that says what it is for."""
    proposer: Proposer = Proposer.CITIZENS
    """From whom the matter comes."""
    consortium: Consortium = Consortium.ALLOWED
    """Whether several groups may propose together."""
    continuing: StrictBool = False
    """継続: only for projects that were supported before. The guidelines say so; the rule `supported_before` looks."""
    money: Money = Money()
    """What the city pays."""
    decides: StrictBool = False
    """採否: whether the city decides on adoption also where no round is scored."""
    rounds: tuple[str, ...] | None = None
    """Keys of the selection rounds that it goes through; left out: all; empty: none (継続は審査を省略)."""
    award: Award | None = None
    """How the money of this type is given after its last round; left out: as `selection` says."""

    checks: ClassVar[tuple[Check, ...]] = (Check(("award",), award_can_be_paid),)

    @property
    def among_groups(self) -> bool:
        """団体どうしの協働: the city is no party, so there is no section, no consultation and no agreement with it (A05)."""
        return self.proposer is Proposer.GROUPS


class Theme(Part):
    """A theme set by the city, with the section that asks for it."""

    key: Key
    """Stable name of the theme."""
    label: Line
    """The theme."""
    hint: Hint = NOTHING
    """What is wanted, and what the city can bring."""
    section: Hint = NOTHING
    """担当課: the section that asks."""
    amount: Whole = 0
    """概算事業費 in yen, where it is known."""
    cap: Whole = 0
    """上限額: the most in yen in a fiscal year for this theme, in place of the type's; 0: that of the type."""


class Occasion(Part):
    """Something with a date: a briefing, the day of presentations, the day results come out."""

    label: Line
    """What happens."""
    at: Moment | None = None
    """When it begins."""
    day: Day | None = None
    """The day, where no hour is set."""
    until: Day | None = None
    """The last day, where it takes several."""
    roughly: Hint = NOTHING
    """「11月中旬」, where the day is not set yet."""
    place: Hint = NOTHING
    """Where."""
    required: StrictBool = False
    """Whether whoever wants to propose must come (参加必須)."""


class Entry(Part):
    """仮申込・エントリー・事前相談: what comes before the full proposal."""

    label: Line
    """What it is called here: 仮申込, 事前相談シート."""
    hint: Hint = NOTHING
    """What it is for."""
    closes: Moment | None = None
    """Until when it is taken; left out: as long as the call."""
    items: tuple[str, ...] = ()
    """Questions of the proposal form that it asks already; the rest comes with the full proposal."""
    talk: StrictBool = False
    """Whether a talk with the program office or a section has to have taken place (事前相談必須)."""
    consent: StrictBool = False
    """Whether a section has to have agreed beforehand (担当課合意必須)."""


class Call(Checked):
    """募集: one window in which proposals are taken."""

    key: Key
    """Stable name of the call: r9_spring."""
    type: Key
    """Key of its type."""
    label: Line
    """What it is called: 令和9年度 市民提案型 募集."""
    hint: Hint = NOTHING
    """A few sentences for those who consider proposing."""
    fiscal_year: FiscalYear
    """年度 in which the projects run, in the Christian era: 2028 for 令和10年度."""
    opens: Moment | None = None
    """The minute from which proposals are taken; left out: it is open already."""
    closes: Moment | None = None
    """The minute at which it closes; left out: 随時, proposals are taken at any time."""
    entry: Entry | None = None
    """What has to be handed in or talked over before the full proposal."""
    subject_to_budget: StrictBool = False
    """Whether decisions are 内定 until the assembly has voted the budget."""
    budget: Whole = 0
    """Yen for the whole call; 0: not set."""
    first_come: StrictBool = False
    """先着順: it closes as soon as the proposals at hand ask for the whole budget, or are as many as `places`."""
    places: Whole = 0
    """How many projects are wanted; 0: not set."""
    themes: Annotated[tuple[Theme, ...], Field(max_length=100)] = ()
    """Themes to propose for, where the city sets them."""
    free_theme: StrictBool = True
    """Whether a proposal may also be made without one of these themes (自由テーマ)."""
    occasions: Annotated[tuple[Occasion, ...], Field(max_length=60)] = ()
    """Briefings, presentations, results: the calendar besides opening and closing."""
    answer_days: Annotated[int, Field(strict=True, ge=0, le=400)] = 0
    """Calendar days in which the proposer gets an answer, from the receipt, or from the closing where there is one; 0: none
    is promised."""

    checks: ClassVar[tuple[Check, ...]] = (
        Check(("opens", "closes"), window_opens_first),
        Check(("entry", "opens", "closes"), entry_before_closing),
        Check(("themes", "free_theme"), something_to_propose_for),
        Check(("first_come", "budget", "places"), something_to_run_out),
        Check(("occasions",), occasions_have_a_date),
    )
