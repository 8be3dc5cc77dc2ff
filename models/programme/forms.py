"""The questions of a form, when they are asked, and what must hold between their answers."""

from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool, StrictInt

from models.programme.exact import Share, said
from models.programme.kinds import ItemKind
from models.programme.limits import MOST_COLUMNS, UNSAID
from models.programme.parts import Choice, Key, Part, Source, Whole
from models.programme.words import Hint, Line, Text, own_error
from models.words import Word

NOTHING = Word("", "")

MOST_PERCENT = 1000


def _bearable(value: Fraction) -> Fraction:
    if not 0 <= value <= MOST_PERCENT:
        raise own_error(
            Word(
                "{value}％は使えません。0から{most}までの数にしてください。80％は 80 と書きます。",
                "{value} % cannot be used. Write a number from 0 to {most}; 80 % is written 80.",
            ).filled(value=said(value), most=MOST_PERCENT)
        )
    return value


class When(Part):
    """A condition on another question: it holds when that one was answered, or answered with one of these entries."""

    item: Key
    """The other question, which stands before this one; `call_theme`: which theme of the call the proposal is for."""
    answers: tuple[str, ...] = ()
    """Keys of its choices; empty: any answer will do."""


class Column(Part):
    """One column of a table."""

    key: Key
    """Stable name of the column."""
    label: Line
    """Its heading."""
    kind: ItemKind = ItemKind.LINE
    """How it is asked: a line, text, number, date, amount or one choice."""
    required: StrictBool = True
    """Whether every row has to fill it."""
    limit: Whole = 0
    """The most characters, or the highest number or amount; 0: 200 characters, or what a budget can hold."""
    choices: Annotated[tuple[Choice, ...], Field(max_length=100)] = ()
    """What a `choice` is made from."""
    total: StrictBool = False
    """Whether its sum is shown below the table."""


class Item(Part):
    """One question of a form."""

    key: Key
    """Stable name of the question; answers are stored under it."""
    heading: Hint = NOTHING
    """A heading above the question, where a new part of the form begins."""
    label: Line
    """The question."""
    hint: Hint = NOTHING
    """Help shown below the question."""
    example: Hint = NOTHING
    """An example of a good answer, shown folded."""
    kind: ItemKind = ItemKind.TEXT
    """How it is asked."""
    required: StrictBool = True
    """Whether it has to be answered, where it is asked."""
    when: When | None = None
    """Asked only under this condition."""
    types: tuple[str, ...] = ()
    """Asked only in proposals of these types of call; empty: in all."""
    kinds: tuple[str, ...] = ()
    """Asked only of groups of these kinds, by that of the lead body: keys of `partner_types`; empty: of all."""
    least: Whole = 0
    """The fewest characters, choices, rows or files, or the lowest number or amount."""
    limit: StrictInt | None = None
    """The most characters, or the highest number or amount; of choices, rows and files the most there may be. Left out:
    1,000 characters; for `number` and `yen` 1,000,000,000; 200 rows; 10 files; as many choices as there are."""
    unit: Hint = NOTHING
    """What a number counts: 人, 回."""
    options: str = ""
    """For `choice` and `choices`: the programme's list that the answer is chosen from."""
    choices: Annotated[tuple[Choice, ...], Field(max_length=400)] = ()
    """For `choice` and `choices`: entries of this question alone, in place of `options`."""
    columns: Annotated[tuple[Column, ...], Field(max_length=MOST_COLUMNS)] = ()
    """For `table`: its columns."""
    public: StrictBool = False
    """Whether the public reads the answer once the proposal is accepted. Never for what names persons."""
    personal: StrictBool = False
    """Personal data: read only by the group and by those who check it, never published, searched or mailed."""
    source: Source = ""
    """Requirement number or clause that the question comes from."""

    @property
    def most(self) -> int:
        """The most that it takes: what `limit` says, or what a question of its kind takes."""
        return UNSAID[self.kind] if self.limit is None else self.limit


class Comparison(StrEnum):
    """How two sides of a rule across answers stand to each other."""

    AT_MOST = "at_most"
    """No more than."""
    AT_LEAST = "at_least"
    """No less than."""
    EQUAL = "equal"
    """The same."""
    NOT_AFTER = "not_after"
    """Of days: not later than."""


class Side(Part):
    """One side of a rule: an answer, the sum of a table's column, or a fixed amount; a percentage of it if one is named."""

    item: str = ""
    """The question whose answer counts."""
    column: str = ""
    """For a table: the column that is added up."""
    only: str = ""
    """For a table: only rows whose choice in `by` has this key."""
    by: str = ""
    """For a table: the column of choices that `only` speaks of."""
    end: StrictBool = False
    """For a period: its last day instead of its first."""
    amount: Whole = 0
    """A fixed amount, where no question is named."""
    percent: Annotated[Share, AfterValidator(_bearable)] = Fraction(100)
    """So many percent of it, or 2/3; rounded down; from 0 to 1000 percent."""


class FormRule(Part):
    """What must hold between answers: the sum of the budget is the total cost, the share is at most 80 % of it."""

    left: Side
    """What is compared; a fault is told at its question."""
    stands: Comparison
    """How it stands to the other side."""
    right: Side
    """What it is compared with."""
    sentence: Text
    """What the group is told when it does not hold."""
    types: tuple[str, ...] = ()
    """Only for proposals of these types of call; empty: for all."""
