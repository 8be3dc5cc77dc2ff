"""The rules of selection (選考) as a programme's file holds them: no round, one or several, and the money after the last."""

from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, ClassVar

from pydantic import Field

from models.programme.checked import Check, Checked
from models.programme.exact import Number
from models.programme.words import Line
from models.selection import checks, figure_checks, judging_checks
from models.selection.parts import (
    MOST_ITEMS,
    MOST_ROUNDS,
    MOST_RULES,
    Absence,
    Aggregation,
    Award,
    Carry,
    Depth,
    Figure,
    Heads,
    MarkScale,
    Order,
    PassMark,
    Presentation,
    Rounding,
    ScoreItem,
    Step,
    TieRule,
    Veto,
    Whose,
)
from models.words import Word


class Round(Checked):
    """One round: 書類審査, 公開プレゼンテーション, 面接."""

    key: str
    """Stable name of the round."""
    label: Line
    """What it is called: 第1次審査（書類）."""
    items: Annotated[tuple[ScoreItem, ...], Field(max_length=MOST_ITEMS)] = ()
    """審査項目: what judges mark; empty where `figures` alone count."""
    figures: Annotated[tuple[Figure, ...], Field(max_length=MOST_ITEMS)] = ()
    """What the office enters beside the judges' marks: citizens' votes, donations, a committee's one mark."""
    scale: MarkScale | None = None
    """For every item that has none of its own."""
    judges: Heads | None = None
    """How many judges the round has, where the programme says so."""
    weights_add_up_to: Number | None = None
    """What the weights of all items come to, where the programme says so; it is checked."""
    full_marks: Number | None = None
    """配点の合計: what one judge can give at most, where the programme says so."""
    aggregation: Aggregation = Aggregation.AVERAGE
    """How the judges' marks become one figure."""
    convert_to: Number = Decimal(100)
    """What the maximum becomes when shares are converted."""
    rounding: Annotated[tuple[Rounding, ...], Field(max_length=MOST_RULES)] = ()
    """端数処理, at each step that has one."""
    missing: Absence = Absence.LEAVE_OUT
    """Judges who gave no marks, or not on every item."""
    recused: Absence = Absence.LEAVE_OUT
    """除斥・回避: judges with an interest in the proposal."""
    quorum: Heads = 1
    """So many judges have to have given marks, or there is no valid result."""
    drop_extremes: Heads = 0
    """So many of the highest and of the lowest judges' totals are left out."""
    vetoes: Annotated[tuple[Veto, ...], Field(max_length=MOST_RULES)] = ()
    """失格: marks that keep a proposal out whatever its total."""
    pass_mark: PassMark | None = None
    """基準点 of the whole; items may have their own."""
    comment_at_or_below: Number | None = None
    """Marks that ask for a comment, on every item that has no such value of its own."""
    order: Order = Order.POINTS
    """What the rank is made from."""
    ties: Annotated[tuple[TieRule, ...], Field(max_length=MOST_RULES)] = ()
    """In turn; when all are used up the rank is shared."""
    most: Heads | None = None
    """So many proposals pass at most; in the last round: are chosen."""
    presentation: Presentation | None = None
    """Whether proposers appear before the judges; left out: 書類審査."""
    publishes: Depth = Depth.OUTCOME
    """What the public reads of the results."""
    publishes_of: Whose = Whose.ALL
    """Whose results the public reads."""

    checks: ClassVar[tuple[Check, ...]] = (
        Check(("key", "items", "figures"), checks.keys_once),
        Check(("items", "figures"), figure_checks.something_counts),
        Check(("figures",), figure_checks.figures_can_count),
        Check(("items", "judges", "quorum", "drop_extremes", "order", "ties"), figure_checks.judges_have_items),
        Check(("items", "scale"), checks.scales_whole),
        Check(("items", "scale", "weights_add_up_to", "full_marks"), checks.weights_add_up),
        Check(("items", "scale", "comment_at_or_below"), checks.comments_on_scale),
        Check(("vetoes", "items", "scale"), judging_checks.vetoes_can_strike),
        Check(("ties", "items", "figures"), judging_checks.ties_in_order),
        Check(("judges", "quorum", "drop_extremes", "most"), judging_checks.numbers_of_judges),
        Check(("rounding", "convert_to"), judging_checks.roundings_agree),
        Check(
            ("pass_mark", "items", "figures", "scale", "aggregation", "convert_to", "judges"),
            judging_checks.pass_marks_in_reach,
        ),
    )

    def scale_of(self, item: ScoreItem) -> MarkScale:
        """The marks that this item takes. Every item of rules that passed the checks has a scale."""
        scale = item.scale or self.scale
        assert scale is not None
        return scale

    def comment_from(self, item: ScoreItem) -> Decimal | None:
        """The highest mark on this item that asks for a comment."""
        return self.comment_at_or_below if item.comment_at_or_below is None else item.comment_at_or_below

    @cached_property
    def judge_most(self) -> Decimal:
        """What one judge can give at most, over all items with their weights."""
        return sum((item.weight * self.scale_of(item).high for item in self.items), Decimal(0))

    @cached_property
    def figures_most(self) -> Decimal:
        """What all figures can give at most."""
        return sum((figure.weight * figure.most for figure in self.figures), Decimal(0))

    @cached_property
    def shares(self) -> dict[str, tuple[Fraction, Fraction]]:
        """Each item's weight, and with it the most that one judge can give."""
        return {
            item.key: (Fraction(item.weight), Fraction(item.weight * self.scale_of(item).high)) for item in self.items
        }

    @cached_property
    def allowed_by_key(self) -> dict[str, frozenset[Decimal]]:
        """The marks that each item takes."""
        return {item.key: self.scale_of(item).allowed for item in self.items}

    @cached_property
    def item_by_key(self) -> dict[str, ScoreItem]:
        """The items by their keys."""
        return {item.key: item for item in self.items}

    @cached_property
    def labels(self) -> dict[str, Word]:
        """What each item and figure is called, by its key."""
        return {item.key: item.label for item in self.items} | {one.key: one.label for one in self.figures}

    def rounding_at(self, step: Step) -> Rounding | None:
        """How figures of this step are rounded; None: not at all."""
        return next((rule for rule in self.rounding if rule.at is step), None)


class Selection(Checked):
    """Selection as a whole. Without a round nothing is scored, and the programme's office decides."""

    rounds: Annotated[tuple[Round, ...], Field(max_length=MOST_ROUNDS)] = ()
    """The rounds in their order; empty: nothing is scored."""
    carry: Carry | None = None
    """What the round before the last counts in the end; left out: each round stands for itself."""
    award: Award | None = None
    """How the money is given after the last round."""

    checks: ClassVar[tuple[Check, ...]] = (
        Check(("rounds",), judging_checks.rounds_distinct),
        Check(("carry", "rounds"), judging_checks.carry_between_two),
        Check(("carry",), judging_checks.carry_counts),
        Check(("award",), judging_checks.award_can_be_paid),
        Check(("award", "rounds"), figure_checks.money_follows_a_figure),
    )

    def carry_in(self, number: int) -> Carry | None:
        """What is carried into round `number`, counted from 1: into the last, where the programme carries at all."""
        return self.carry if number == len(self.rounds) > 1 else None
