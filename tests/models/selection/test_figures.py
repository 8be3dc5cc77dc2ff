"""Figures that the office enters: votes beside judges' marks, votes alone, donations that set the money, one agreed mark."""

from decimal import Decimal
from typing import Any

import pytest

from models.process.refusals import NotReady
from models.selection.awards import Choice
from models.selection.explanation import explained
from models.selection.lines import About
from models.selection.rules import Selection
from models.selection.sheets import Entry
from models.selection.verdicts import Ground, Verdict
from tests.models.selection.rulebook import by_key, entry, faults, item, judged, out_of, points, selection, written

VOTES = {"key": "votes", "label": {"ja": "会場の投票", "en": "Votes"}, "unit": {"ja": "票", "en": "votes"}, "most": 100}


def counted(votes: int | str, *marks: str, proposal: str = "p", **more: Any) -> Entry:
    """A proposal with marks and so many votes."""
    return entry(proposal, list(marks), figures={"votes": Decimal(votes)}, **more)


def alone(**more: Any) -> Selection:
    """Votes alone count."""
    return selection({"key": "vote", "label": {"ja": "投票", "en": "Vote"}, "figures": [VOTES], **more})


@pytest.mark.req("S02")
def test_votes_are_one_part_of_the_points_beside_the_judges() -> None:
    """Judges 4 and 3, averaged: 3.5 of 5. 64 votes of at most 100, each worth 0.05: 3.2 of 5. Together 6.7 of 10."""
    rules = selection(written(item("a"), figures=[{**VOTES, "weight": 0.05}], pass_mark={"percent": 60}))
    result = judged(rules, 2, counted(64, "a=4", "a=3"))
    assert result.total == out_of("67/10", 10)
    assert [line.sentence.ja for line in explained(rules, 1, result)] == [
        "審査員2人中2人が採点、数えるのは2人分。",
        "「a」: （4＋3）÷2人＝3.5点（満点5点）",
        "「会場の投票」: 64票×0.05点＝3.2点（満点5点）",
        "総合点: 3.5＋3.2＝6.7点（満点10点）",
        "6.7点は基準点6点以上です。",
        "点数の高い順で第1位です。",
        "選ばれます。",
    ]
    assert [line.sentence.en for line in explained(rules, 1, result)][2] == "“Votes”: 64 votes × 0.05 = 3.2 (of 5)"


def test_with_each_judges_total_rounded_the_votes_are_added_after() -> None:
    """Totals 1.75 → 1.8 and 1.25 → 1.3, average 1.55; 10 votes more."""
    rules = selection(
        written(item("a", weight=0.25), figures=[VOTES], scale={"highest": 10}, rounding=[{"at": "judge", "digits": 1}])
    )
    result = judged(rules, 2, counted(10, "a=7", "a=5"))
    assert points(result) == Decimal("11.55")
    total = next(line for line in explained(rules, 1, result) if line.about is About.TOTAL)
    assert total.sentence.ja.startswith("総合点: 審査員ごとの合計（小数第1位までに四捨五入）の和3.1÷2人＋10＝")


@pytest.mark.req("S02")
def test_votes_alone_decide_and_no_judge_is_asked() -> None:
    rules = alone(ties=[{"by": "cost"}])
    found = by_key(rules, 0, [counted(30, proposal="p1"), counted(41, proposal="p2")])
    assert [(key, one.standing.rank) for key, one in sorted(found.items()) if one.standing] == [("p1", 2), ("p2", 1)]
    assert found["p2"].verdict is Verdict.PASSED
    assert [line.sentence.ja for line in explained(rules, 1, found["p2"])][:2] == [
        "「会場の投票」: 41票＝41点（満点100点）",
        "総合点: 41＝41点（満点100点）",
    ]


def test_fewer_votes_than_needed_do_not_pass() -> None:
    rules = selection({"key": "vote", "label": "投票", "figures": [{**VOTES, "pass_mark": {"points": 10}}]})
    [reason] = judged(rules, 0, counted(9)).reasons
    assert (reason.ground, reason.item) == (Ground.ITEM, "votes")
    assert reason.sentence.ja == "「会場の投票」は9点で、基準点10点に達していません。"


@pytest.mark.req("S02")
def test_money_follows_the_votes_up_to_what_was_asked_for() -> None:
    """500 yen a vote: 41 votes are 20,500 → 20,000 in whole thousands; 90 votes are 45,000, but 30,000 were asked for."""
    rules = selection(
        {"key": "vote", "label": "投票", "figures": [VOTES]},
        award={"per_figure": {"figure": "votes", "yen": 500}, "unit": 1000},
    )
    found = by_key(
        rules, 0, [counted(41, proposal="p1", asked=80_000), counted(90, proposal="p2", asked=30_000)], 1_000_000
    )
    assert {key: one.grant.amount for key, one in found.items() if one.grant} == {"p1": 20_000, "p2": 30_000}
    money = next(line for line in explained(rules, 1, found["p1"]) if line.about is About.MONEY)
    assert money.sentence.ja == (
        "選ばれます（要望額80,000円、「会場の投票」41×500円＝20500円、規則による額20,000円、"
        "予算の残り970,000円、20,000円）。"
    )


def test_donations_for_a_group_give_no_points_but_set_its_money() -> None:
    given = {"key": "given", "label": "団体を指定した寄附", "unit": "円", "most": 10_000_000, "weight": 0}
    rules = selection(written(item("a"), figures=[given]), award={"per_figure": {"figure": "given"}})
    one = entry("p", ["a=4"], asked=500_000, figures={"given": Decimal(312_500)})
    result = judged(rules, 1, one)
    assert result.total == out_of(4, 5)
    assert result.grant is not None
    assert (result.grant.choice, result.grant.amount) == (Choice.CHOSEN, 312_500)
    said = [line.sentence.ja for line in explained(rules, 1, result)]
    assert "「団体を指定した寄附」: 312500円（点には数えない）" in said
    assert "総合点: 4＝4点（満点5点）" in said


def test_a_figure_decides_a_tie() -> None:
    rules = selection(written(item("a"), figures=[{**VOTES, "weight": 0}, {**VOTES, "key": "hall", "weight": 0.01}],
                              ties=[{"by": "item", "item": "hall"}]))  # fmt: skip
    assert faults(written(item("a"), figures=[VOTES], ties=[{"by": "item", "item": "votes"}])) == {}
    first = entry("p1", ["a=4"], figures={"votes": Decimal(1), "hall": Decimal(10)})
    second = entry("p2", ["a=4"], figures={"votes": Decimal(9), "hall": Decimal(30)})
    found = by_key(rules, 1, [first, second])
    assert [found[key].standing.rank for key in ("p1", "p2") if found[key].standing] == [2, 1]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("votes", "ja"),
    [(None, "pの「会場の投票」が入力されていません"), ("101", "0から100まで"), ("-1", "0から100まで")],
)
def test_nothing_is_worked_out_before_every_figure_is_there_and_possible(votes: str | None, ja: str) -> None:
    figures = {} if votes is None else {"votes": Decimal(votes)}
    with pytest.raises(NotReady) as refused:
        by_key(alone(), 0, [entry("p", [], figures=figures)])
    assert ja in refused.value.missing[0].sentence.ja


VOTE = {"key": "vote", "label": "投票", "figures": [VOTES]}


@pytest.mark.parametrize(
    ("round_", "more", "place", "ja"),
    [
        ({**VOTE, "figures": []}, {}, "rounds.0.items", "審査項目が一つ以上必要"),
        ({**VOTE, "figures": [{**VOTES, "weight": 0}]}, {}, "rounds.0.items", "審査員が採点しないとき"),
        ({**VOTE, "figures": [{**VOTES, "most": 0}]}, {}, "rounds.0.figures.0.most", "0より大きい"),
        (
            {**VOTE, "figures": [{**VOTES, "weight": -1}, {**VOTES, "key": "b"}]},
            {},
            "rounds.0.figures.0.weight",
            "0以上",
        ),
        ({**VOTE, "figures": [VOTES, VOTES]}, {}, "rounds.0.figures.1.key", "別のキー"),
        (written(item("votes"), figures=[VOTES]), {}, "rounds.0.figures.0.key", "別のキー"),
        ({**VOTE, "pass_mark": {"points": 101}}, {}, "rounds.0.pass_mark.points", "満点は100点"),
        (
            {**VOTE, "figures": [{**VOTES, "pass_mark": {"points": 101}}]},
            {},
            "rounds.0.figures.0.pass_mark.points",
            "満点は100点",
        ),
        ({**VOTE, "judges": 5}, {}, "rounds.0.judges", "審査員は採点しません"),
        ({**VOTE, "order": "mean_rank"}, {}, "rounds.0.order", "審査員は採点しません"),
        ({**VOTE, "ties": [{"by": "firsts"}]}, {}, "rounds.0.ties.0", "審査員は採点しません"),
        (
            VOTE,
            {"award": {"per_figure": {"figure": "stars"}}},
            "award.per_figure.figure",
            "「stars」はありません。次のどれかにしてください: votes",
        ),
        (
            written(item("a")),
            {"award": {"per_figure": {"figure": "votes"}}},
            "award.per_figure.figure",
            "先に figures に加えて",
        ),
    ],
)
def test_what_cannot_count_is_told_where_it_stands(
    round_: dict[str, Any], more: dict[str, Any], place: str, ja: str
) -> None:
    found = faults(round_, **more)
    assert list(found) == [place]
    assert ja in found[place].sentence.ja


def test_of_three_rounds_only_the_last_takes_points_over_from_the_one_before() -> None:
    rules = selection(
        *(written(item("a"), key=key) for key in ("papers", "visit", "hearing")), carry={"first": 40, "second": 60}
    )
    assert [rules.carry_in(number) is not None for number in (1, 2, 3)] == [False, False, True]
    assert points(by_key(rules, 1, [entry("p", ["a=2"])], number=2)["p"]) == 2
    assert points(by_key(rules, 1, [entry("p", ["a=2"], earlier=out_of(5, 5))], number=3)["p"]) == Decimal("3.2")
