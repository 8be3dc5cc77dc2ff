"""What holds for any sheets under any rules: order, monotony, budget, exactness, and an explanation that agrees."""

from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.selection.awards import Choice
from models.selection.explanation import explained
from models.selection.lines import About
from models.selection.parts import TieBy
from models.selection.rules import Selection
from models.selection.scoring import Result, results
from models.selection.sheets import Entry, Sheet
from models.selection.verdicts import Verdict
from tests.models.selection.rulebook import item, out_of, panel, points, selection, written

KEYS = ("a", "b", "c")
SCALES = (
    {"highest": 5},
    {"lowest": 1, "highest": 5},
    {"highest": 10, "step": "2.5"},
    {"lowest": -2, "highest": 3, "step": "0.5"},
    {
        "marks": [
            {"label": {"ja": name, "en": name}, "value": value} for name, value in (("○", 1), ("△", "0.3"), ("×", 0))
        ]
    },
)
TIES = [{"by": "item", "item": "b"}, {"by": "firsts"}, {"by": "fewer_lows", "at_or_below": 1}, {"by": "cost"}]
LASTS = ([], [{"by": "lot"}], [{"by": "committee"}], [{"by": "shared"}])

HOW = st.sampled_from(["half_up", "half_even", "down", "up"])
STAND_INS = st.sampled_from(["leave_out", "fill_in", "zero", "no_result"])


@st.composite
def rulebooks(draw: st.DrawFn) -> Selection:
    """Any rules that hang together: a round after a first one whose points are carried over."""
    cut = draw(st.integers(0, 1))
    steps = draw(st.sampled_from([(), ("item",), ("judge",), ("total",), ("item", "total"), ("judge", "total")]))
    items = [
        item(key, weight=draw(st.sampled_from(["1", "2", "0.3"])), scale=draw(st.sampled_from(SCALES))) for key in KEYS
    ]
    round_ = written(
        *items,
        aggregation=draw(st.sampled_from(["sum", "average", "share"])),
        rounding=[{"at": step, "how": draw(HOW), "digits": draw(st.integers(0, 2))} for step in steps],
        missing=draw(STAND_INS),
        recused=draw(STAND_INS),
        quorum=2 * cut + 1,
        drop_extremes=cut,
        pass_mark=draw(st.sampled_from([None, {"percent": 40}])),
        order=draw(st.sampled_from(["points", "mean_rank"])),
        ties=[*TIES[: draw(st.integers(0, len(TIES)))], *draw(st.sampled_from(LASTS))],
        most=draw(st.sampled_from([None, 1, 2])),
    )
    first, second = draw(st.sampled_from([(0, 100), (100, 100), (40, 60)]))
    award = {
        "when_short": draw(st.sampled_from(["stop", "skip", "cut"])),
        "least_percent": draw(st.sampled_from([0, 60])),
        "unit": draw(st.sampled_from([1, 1000])),
    }
    return selection(written(item("z"), key="papers"), round_, carry={"first": first, "second": second}, award=award)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Selection, list[str], list[Entry]]:
    """Rules, judges and a few proposals, some of them level, with sheets that may be missing, recused or half full."""
    rules = draw(rulebooks())
    judges = panel(draw(st.integers(1, 4)))
    marks = {one.key: st.sampled_from(sorted(rules.rounds[1].scale_of(one).allowed)) for one in rules.rounds[1].items}
    full = st.fixed_dictionaries(marks)
    entries = []
    for number in range(draw(st.integers(1, 4))):
        sheets = []
        for judge in judges:
            kind = draw(st.sampled_from(["full", "full", "full", "full", "half", "recused", "none"]))
            if kind == "recused":
                sheets.append(Sheet(judge, recused=True))
            elif kind != "none":
                given = draw(full)
                sheets.append(Sheet(judge, {KEYS[0]: given[KEYS[0]]} if kind == "half" else given))
        asked = draw(st.sampled_from([0, 1500, 90_000, 200_000]))
        order = draw(st.sampled_from([None, 1, 2]))
        entries.append(
            Entry(f"p{number}", tuple(sheets), asked, order=order, earlier=out_of(draw(st.integers(0, 5)), 5))
        )
    if draw(st.booleans()):
        entries.append(replace(entries[0], proposal="twin"))
    return rules, judges, entries


quickly = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BUDGETS = st.sampled_from([None, 0, 100_000, 250_999])


@quickly
@given(cases(), BUDGETS, st.randoms(use_true_random=False))
def test_the_order_of_judges_proposals_sheets_and_marks_does_not_matter(
    case: tuple[Selection, list[str], list[Entry]], budget: int | None, chance: Any
) -> None:
    rules, judges, entries = case

    def mixed(one: Entry) -> Entry:
        turned = [replace(s, marks=dict(chance.sample(list(s.marks.items()), len(s.marks)))) for s in one.sheets]
        return replace(one, sheets=tuple(chance.sample(turned, len(turned))))

    shuffled = chance.sample([mixed(one) for one in entries], len(entries))
    before = results(rules, 2, judges, entries, budget)
    after = results(rules, 2, chance.sample(judges, len(judges)), shuffled, budget)
    arrived = {one.proposal: one for one in entries}
    assert tuple(replace(one, entry=arrived[one.proposal]) for one in after) == before


@quickly
@given(cases(), st.data())
def test_raising_one_mark_never_lowers_the_total(
    case: tuple[Selection, list[str], list[Entry]], data: st.DataObject
) -> None:
    rules, judges, entries = case
    one = entries[0]
    full = [sheet for sheet in one.sheets if len(sheet.marks) == len(KEYS)]
    assume(full)
    sheet, key = data.draw(st.sampled_from(full)), data.draw(st.sampled_from(KEYS))
    allowed = rules.rounds[1].scale_of(rules.rounds[1].item_by_key[key]).allowed
    higher = sorted(mark for mark in allowed if mark > sheet.marks[key])
    assume(higher)
    raised = replace(sheet, marks={**sheet.marks, key: data.draw(st.sampled_from(higher))})
    sheets = tuple(raised if other is sheet else other for other in one.sheets)
    before, after = (results(rules, 2, judges, [entry])[0] for entry in (one, replace(one, sheets=sheets)))
    assume(before.total)
    assert points(after) >= points(before)


@quickly
@given(cases(), st.integers(0, 500_000))
def test_what_is_granted_stays_within_budget_number_and_what_was_asked_for(
    case: tuple[Selection, list[str], list[Entry]], budget: int
) -> None:
    rules, judges, entries = case
    found = results(rules, 2, judges, entries, budget)
    grants = [(one, one.grant) for one in found if one.grant]
    assert sum(grant.amount or 0 for _, grant in grants) <= budget
    assert all((grant.amount or 0) <= grant.basis <= one.entry.asked for one, grant in grants)
    chosen = [grant for _, grant in grants if grant.choice is Choice.CHOSEN]
    assert len(chosen) <= (rules.rounds[1].most or len(found))
    assert all((grant.amount is not None) == (grant.choice is Choice.CHOSEN) for _, grant in grants)
    assert all((one.standing is not None) == (one.verdict is Verdict.PASSED) for one in found)


@quickly
@given(cases(), BUDGETS)
def test_ranks_stand_in_order_and_open_ones_are_said_to_be(
    case: tuple[Selection, list[str], list[Entry]], budget: int | None
) -> None:
    rules, judges, entries = case
    ranks = [one.standing for one in results(rules, 2, judges, entries, budget) if one.standing]
    assert [one.rank for one in ranks] == sorted(one.rank for one in ranks)
    for one in ranks:
        assert one.rank == 1 + sum(other.rank < one.rank for other in ranks)
        assert len(one.tied) == sum(other.rank == one.rank for other in ranks) - 1
        ties = rules.rounds[1].ties
        waits = bool(one.tied) and bool(ties) and ties[-1].by in (TieBy.LOT, TieBy.COMMITTEE)
        assert one.open == waits


@quickly
@given(cases(), BUDGETS)
def test_no_float_anywhere_and_the_explanation_says_the_results_own_numbers(
    case: tuple[Selection, list[str], list[Entry]], budget: int | None
) -> None:
    rules, judges, entries = case
    for one in results(rules, 2, judges, entries, budget):
        lines = explained(rules, 2, one)
        assert not list(_floats(one))
        assert not list(_floats(lines))
        _agree(one, {about: [line.figures for line in lines if line.about is about] for about in About})
        assert all(line.sentence.ja and line.sentence.en for line in lines)


def _agree(one: Result, said: dict[About, list[Any]]) -> None:
    if one.tally and one.total:
        assert [figures[-1] for figures in said[About.ITEM]] == [item.points for item in one.tally.items]
        assert said[About.TOTAL][0][-1] == one.tally.total.points
        assert said[About.CARRIED][0][-1] == one.total.points
    assert said[About.REASON] == [reason.figures for reason in one.reasons]
    assert said[About.RANK] == ([(one.standing.rank,)] if one.standing else [])
    if one.grant and one.grant.amount is not None:
        assert said[About.MONEY][0][-1] == one.grant.amount


def _floats(value: object) -> Any:
    if isinstance(value, float):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _floats(getattr(value, field.name))
    elif isinstance(value, dict):
        for one in value.values():
            yield from _floats(one)
    elif isinstance(value, (tuple, list)) and not isinstance(value, Decimal):
        for one in value:
            yield from _floats(one)
