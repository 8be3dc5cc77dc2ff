"""(e) All results of a large call, with ranks, yen and explanations, against a loop that only adds the marks up."""

from collections.abc import Callable
from decimal import Decimal
from random import Random

from bench.figures import Table, in_turns
from models.selection.explanation import explained
from models.selection.rules import Selection
from models.selection.scoring import results
from models.selection.sheets import Entry, Sheet, sheet_faults

PROPOSALS, JUDGES, ITEMS = 200, 15, 18
ROUNDS = 15
WARM = 2
"""Rounds before the clock counts."""
BUDGET = 20_000_000

Bare = dict[str, dict[str, dict[str, Decimal]]]
"""Proposal, judge, item: the mark."""


def measure() -> Table:
    """Milliseconds for the whole call, each step in turns with the loop."""
    rules, panel, entries = _call()
    bare: Bare = {one.proposal: {sheet.judge: dict(sheet.marks) for sheet in one.sheets} for one in entries}
    weights = {item.key: item.weight for item in rules.rounds[0].items}
    found = results(rules, 1, panel, entries, BUDGET)
    doings: dict[str, Callable[[], object]] = {
        "bare loop: averages, sorted": lambda: _loop(bare, weights),
        "results": lambda: results(rules, 1, panel, entries, BUDGET),
        "explanation of every result": lambda: [explained(rules, 1, one) for one in found],
        "explanation of one result": lambda: explained(rules, 1, found[0]),
        "check of one sheet": lambda: sheet_faults(rules.rounds[0], entries[0].sheets[0]),
    }
    times = in_turns(doings, WARM, ROUNDS)
    table = Table(
        f"(e) Selection: {PROPOSALS} proposals × {JUDGES} judges × {ITEMS} items, median of {ROUNDS}",
        ("what", "ms", "times the loop"),
    )
    loop = times["bare loop: averages, sorted"]
    for name, taken in times.items():
        table.add(name, f"{taken * 1000:.2f}", f"{taken / loop:.2f}")
    table.note(
        "The loop adds the same decimals with their weights and sorts; it checks no mark, knows no missing judge, veto, "
        "pass mark, tie or budget, and explains nothing."
    )
    return table


def _loop(marks: Bare, weights: dict[str, Decimal]) -> list[tuple[Decimal, str]]:
    totals = []
    for proposal, sheets in marks.items():
        total = Decimal(0)
        for sheet in sheets.values():
            for key, mark in sheet.items():
                total += mark * weights[key]
        totals.append((total / len(sheets), proposal))
    return sorted(totals, reverse=True)


def _call() -> tuple[Selection, list[str], list[Entry]]:
    """A call with every rule in use: conversion, rounding, recusals, missing sheets, veto, pass mark, ties, budget."""
    chance = Random(1)  # noqa: S311  the same marks in every run, nothing secret
    keys = [f"item-{number}" for number in range(1, ITEMS + 1)]
    rules = Selection.model_validate(
        {
            "rounds": [
                {
                    "key": "hearing",
                    "label": {"ja": "公開プレゼンテーション", "en": "Public presentation"},
                    "scale": {"highest": 5},
                    "items": [
                        {"key": key, "label": {"ja": key, "en": key}, "weight": 1 + number % 3}
                        for number, key in enumerate(keys)
                    ],
                    "aggregation": "share",
                    "rounding": [{"digits": 2}],
                    "missing": "fill_in",
                    "quorum": 8,
                    "vetoes": [{"item": keys[0], "at_or_below": 0, "by": "majority"}],
                    "pass_mark": {"points": 50},
                    "ties": [
                        {"by": "item", "item": keys[1]},
                        {"by": "firsts"},
                        {"by": "fewer_lows", "at_or_below": 1},
                        {"by": "cost"},
                        {"by": "lot"},
                    ],
                }
            ],
            "award": {"when_short": "skip", "unit": 1000},
        }
    )
    panel = [f"judge-{number}" for number in range(JUDGES)]
    entries = [
        Entry(
            f"R8-{number}",
            tuple(
                Sheet(judge, {key: Decimal(chance.randint(0, 5)) for key in keys}, recused=chance.random() < 0.03)
                for judge in panel
                if chance.random() > 0.02
            ),
            asked=chance.randint(100, 2_000) * 1_000,
        )
        for number in range(PROPOSALS)
    ]
    return rules, panel, entries
