"""A proposal that was handed in and accepted under one rule of one's own, and what that rule says about it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.plot import Ally, Plot
from kyodo.demonstration.story import Story
from models.editions import take_up
from models.programme.library import DEFAULT, shipped_text
from models.screening_rules import pointed_out

FORM = """
  - {key: tax, kind: declaration, label: 市税を滞納していないこと}
  - {key: grants, kind: choice, label: 他の補助金, choices: [{key: none, label: 受けない}, {key: yes_city, label: 市から受ける}]}
  - {key: term, kind: period, label: 実施期間}
  - key: budget
    kind: table
    label: 支出
    columns: [{key: what, label: 項目}, {key: yen, label: 金額, kind: yen, total: true}]
"""
COSTS = """ineligible_costs:
  - {key: food, label: 飲食代, words: [弁当, 懇親会]}
"""
USUAL = {
    "tax": True,
    "grants": "none",
    "term": {"from": "2026-06-01", "to": "2027-02-28"},
    "budget": [{"what": "会場費", "yen": 120000}],
}

Handed = Callable[..., Story]


def hand_in(
    session: Session,
    cast: Cast,
    rule: str,
    *,
    title: str = Plot.title,
    group: tuple[str, str] = ("river", "katsuragi"),
    allies: tuple[Ally, ...] = (),
    call: str = "anytime",
    money: str = "",
    **answers: Any,
) -> Story:
    """The accepted proposal under this rule. group: with who proposes for it; money: of the type of its call."""
    text = shipped_text(DEFAULT)
    ground = f"  - {{key: ruled, subject: group, severity: hard, label: 要件に合わない, clause: 第3条, rule: {rule}}}\n"
    text = text.replace("proposal_items:\n", f"{COSTS}proposal_items:{FORM}", 1)
    text = text.replace("criteria:\n", f"criteria:\n{ground}", 1)
    if money:
        text = text.replace("    rounds: []\n", f"    rounds: []\n    money: {money}\n", 1)
    edition = take_up(session, text, person_id=None)
    plot = Plot(title=title, group=group[0], proposer=group[1], allies=allies, call=call, answers=USUAL | answers)
    story = Story(session, cast, plot)
    story.proposal.edition_id = edition.id
    story.submit()
    story.accept()
    return story


def why(story: Story) -> list[str]:
    """Why the rule asks for a look, in Japanese."""
    return [word.ja for word in pointed_out(story.proposal).get("ruled", [])]
