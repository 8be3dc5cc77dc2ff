"""Who comes before whom: by points or by the judges' own ranks, and then by the tie rule, step by step."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise

from models.selection.parts import WRITTEN, Order, TieBy, TieRule
from models.selection.rules import Round
from models.selection.sheets import Entry, Points
from models.selection.tally import Tally


@dataclass(frozen=True, slots=True)
class Contender:
    """A proposal that passed, with what its rank is made from."""

    entry: Entry
    tally: Tally
    total: Points

    @property
    def proposal(self) -> str:
        """Its key."""
        return self.entry.proposal


@dataclass(frozen=True, slots=True)
class Settled:
    """How a tie with one other proposal was settled: this step, with the figures of both."""

    other: str
    above: bool
    rule: TieRule
    own: Fraction
    others: Fraction


@dataclass(frozen=True, slots=True)
class Standing:
    """A rank (1 is the best). tied: those who share it. open: the committee has still to draw lots or decide."""

    rank: int
    tied: tuple[str, ...] = ()
    open: bool = False
    settled: tuple[Settled, ...] = ()


Group = list[Contender]
"""Those of one rank; more than one where a tie remains."""


def ranked(
    rules: Round, contenders: Sequence[Contender], tallies: Mapping[str, Tally]
) -> tuple[list[Group], dict[str, Standing]]:
    """The contenders from the first rank down, and each one's standing.

    tallies: of all proposals of the round that have points, passed or not: the judges' own ranks are made among them.
    """
    firsts, means = _own_ranks(tallies)
    order = _ordered(rules, contenders, firsts, means)
    last = rules.ties[-1].by if rules.ties else TieBy.SHARED
    groups: list[Group] = []
    waiting: set[str] = set()
    in_order = sorted(contenders, key=lambda one: (order[one.proposal], one.proposal))
    for _, tied in groupby(in_order, lambda one: order[one.proposal]):
        group = list(tied)
        places = [one.entry.order for one in group if one.entry.order is not None]
        if last not in WRITTEN or len(group) == 1:
            groups.append(group)
        elif len(set(places)) == len(group):
            groups.extend([one] for one in sorted(group, key=lambda one: one.entry.order or 0))
        else:
            groups.append(group)
            waiting.update(one.proposal for one in group)
    settled = _settled(rules, groups, order)
    standings: dict[str, Standing] = {}
    rank = 1
    for group in groups:
        for one in group:
            others = tuple(other.proposal for other in group if other is not one)
            steps = tuple(settled.get(one.proposal, ()))
            standings[one.proposal] = Standing(rank, others, one.proposal in waiting, steps)
        rank += len(group)
    return groups, standings


def _ordered(
    rules: Round, contenders: Sequence[Contender], firsts: Mapping[str, int], means: Mapping[str, Fraction]
) -> dict[str, tuple[Fraction, ...]]:
    """What decides on each, in turn; the smaller comes first. The steps of the tie rule only where there is a tie."""
    if rules.order is Order.POINTS:
        main = {one.proposal: -one.total.points for one in contenders}
    else:
        main = {one.proposal: means[one.proposal] for one in contenders}
    level = Counter(main.values())
    return {
        one.proposal: (
            main[one.proposal],
            *(_steps(rules, one, firsts) if level[main[one.proposal]] > 1 else ()),
        )
        for one in contenders
    }


def _steps(rules: Round, one: Contender, firsts: Mapping[str, int]) -> Iterator[Fraction]:
    for rule in rules.ties:
        match rule.by:
            case TieBy.POINTS:
                yield -one.total.points
            case TieBy.ITEM:
                yield -next(part.deciding for part in one.tally.parts if part.key == rule.item)
            case TieBy.FIRSTS:
                yield Fraction(-firsts[one.proposal])
            case TieBy.FEWER_LOWS:
                yield Fraction(_lows(one.tally, rule.at_or_below or Decimal(0)))
            case TieBy.COST:
                yield Fraction(one.entry.asked)
            case TieBy.LOT | TieBy.COMMITTEE | TieBy.SHARED:
                return


def _lows(tally: Tally, value: Decimal) -> int:
    return sum(mark <= value for marks in tally.given.values() for mark in marks.values())


def _own_ranks(tallies: Mapping[str, Tally]) -> tuple[dict[str, int], dict[str, Fraction]]:
    """By how many judges each proposal is ranked first, and the mean of the ranks the judges give it."""
    of_judge: dict[str, list[Decimal]] = defaultdict(list)
    for tally in tallies.values():
        for judge, total in tally.totals.items():
            of_judge[judge].append(total)
    place = {judge: _places(totals) for judge, totals in of_judge.items()}
    firsts, means = {}, {}
    for proposal, tally in tallies.items():
        ranks = [place[judge][total] for judge, total in tally.totals.items()]
        firsts[proposal] = ranks.count(1)
        means[proposal] = Fraction(sum(ranks), len(ranks)) if ranks else Fraction(0)
    return firsts, means


def _places(totals: list[Decimal]) -> dict[Decimal, int]:
    places: dict[Decimal, int] = {}
    for number, total in enumerate(sorted(totals, reverse=True), 1):
        places.setdefault(total, number)
    return places


def _settled(
    rules: Round, groups: Sequence[Group], order: Mapping[str, tuple[Fraction, ...]]
) -> dict[str, list[Settled]]:
    """For neighbours with the same first figure: the step that parted them."""
    found: dict[str, list[Settled]] = defaultdict(list)
    for upper, lower in _neighbours(groups):
        high, low = order[upper.proposal], order[lower.proposal]
        if high[0] != low[0]:
            continue
        step = next((number for number, pair in enumerate(zip(high, low, strict=True)) if pair[0] != pair[1]), None)
        if step is None:
            rule = rules.ties[-1]
            own, others = Fraction(upper.entry.order or 0), Fraction(lower.entry.order or 0)
        else:
            rule, own, others = rules.ties[step - 1], abs(high[step]), abs(low[step])
        found[upper.proposal].append(Settled(lower.proposal, True, rule, own, others))
        found[lower.proposal].append(Settled(upper.proposal, False, rule, others, own))
    return found


def _neighbours(groups: Sequence[Group]) -> Iterator[tuple[Contender, Contender]]:
    """Each one of a rank beside each of the next rank."""
    for upper, lower in pairwise(groups):
        yield from ((one, other) for one in upper for other in lower)
