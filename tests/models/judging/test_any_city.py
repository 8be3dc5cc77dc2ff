"""Cities that nobody foresaw, walked through to the decision under their files: votes, three rounds, no round, a fund."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from models.database import writing
from models.judging.closing import close_round
from models.judging.figures import enter_figures, unfilled
from models.judging.published import publish, published_rounds
from models.process.refusals import NotPossible, NotReady
from models.process.vocabulary import MoveKey, State
from models.programme.library import shipped_text
from models.programme.reading import read
from tests.conftest import Clock
from tests.support.any_city import DESK, AnyCity

CITIES = Path(__file__).parents[1] / "programme" / "cities"
Settle = Callable[..., AnyCity]


def text_of(key: str) -> str:
    """The file of an invented city."""
    file = CITIES / f"{key}.yaml"
    return file.read_text("utf-8") if file.exists() else shipped_text(key)


@pytest.fixture
def settle(database: Engine, clock: Clock) -> Iterator[Settle]:
    """`settle("okusawa_village", date(2027, 5, 1))`: this city's house on this day, thrown away afterwards."""
    with writing() as session:

        def settled(key: str, day: date, answers: Mapping[str, Any] | None = None) -> AnyCity:
            clock.set(day)
            return AnyCity(session, text_of(key), answers or {})

        yield settled
        session.rollback()


@pytest.mark.req("S02")
def test_a_towns_votes_decide_who_gets_how_much(settle: Settle) -> None:
    """600 yen a vote: 251 votes are 150,600 → 150,000 yen; 9 votes are too few; 700 votes are more than was asked for."""
    town = settle("narumino", date(2027, 11, 10), {"cost_total": 400_000, "cost_city": 300_000})
    river, tomo, nature = (
        town.draft("r10_vote", group, who, title)
        for group, who, title in (
            ("river", "katsuragi", "土手の花"), ("tomo", "nguyen", "読み聞かせ"), ("nature", "noguchi", "里山"),
        )
    )  # fmt: skip
    for proposal, who in ((river, "katsuragi"), (tomo, "nguyen"), (nature, "noguchi")):
        town.hand_in(proposal, who)
        town.screen(proposal)
    judging = town.open(river, tomo, nature, budget=3_000_000)
    with pytest.raises(NotReady, match="“Votes” is not entered"):
        town.close(judging)
    assert len(unfilled(town.session, judging)) == 3
    votes = {river.id: {"votes": 251}, tomo.id: {"votes": 9}, nature.id: {"votes": "７００票".removesuffix("票")}}
    town.enter(judging, votes)
    town.close(judging)
    results = {one.title: town.result(judging, one) for one in (river, tomo, nature)}
    assert {title: (r["rank"], r["amount"], r["verdict"]) for title, r in results.items()} == {
        "土手の花": (2, 150_000, "passed"),
        "読み聞かせ": (None, None, "not_passed"),
        "里山": (1, 300_000, "passed"),
    }
    said = [line["ja"] for line in results["土手の花"]["lines"]]
    assert said[0] == "「得票」: 251票＝251点（満点12000点）"
    assert "「得票」251×600円＝150600円、規則による額150,000円" in said[-1]
    for proposal in (river, tomo, nature):
        town.conclude(judging, proposal)
    with pytest.raises(NotPossible):
        enter_figures(town.session, judging, {})
    town.adopt(river)
    assert (river.state, river.granted) == (State.ASSIGNING, 150_000)
    town.adopt(nature)
    town.move(tomo, MoveKey.NOT_ADOPT, "watanabe", reason="票が足りませんでした。")
    publish(town.session, judging)
    [out] = published_rounds(town.session, "r10_vote")
    assert [(row.proposal.title, row.points) for row in out.rows] == [
        ("里山", "700"),
        ("土手の花", "251"),
        ("読み聞かせ", "9"),
    ]


def test_a_figure_is_corrected_until_somebody_concludes(settle: Settle) -> None:
    town = settle("narumino", date(2027, 11, 10), {"cost_total": 400_000, "cost_city": 300_000})
    river = town.draft("r10_vote")
    town.hand_in(river)
    town.screen(river)
    judging = town.open(river)
    name = unfilled(town.session, judging)[0].name
    for wrong in ("たくさん", "-1", "12001"):
        with pytest.raises(NotReady) as refused:
            enter_figures(town.session, judging, {name: wrong})
        assert [gap.field for gap in refused.value.missing] == [name]
        assert "0から12000までの数" in refused.value.missing[0].sentence.ja
    enter_figures(town.session, judging, {name: "100"})
    enter_figures(town.session, judging, {name: ""})
    assert len(unfilled(town.session, judging)) == 1
    enter_figures(town.session, judging, {name: "100"})
    town.close(judging)
    assert town.result(judging, river)["amount"] == 60_000
    with pytest.raises(NotReady):
        enter_figures(town.session, judging, {name: ""})
    enter_figures(town.session, judging, {name: "200"})
    assert town.result(judging, river)["amount"] == 120_000


@pytest.mark.req("I05")
def test_who_comes_first_is_served_until_the_money_is_asked_for(settle: Settle) -> None:
    """300,000 yen: ten proposals of 30,000 yen; the eleventh is told, and may come when one is taken back."""
    town = settle("narumino", date(2027, 5, 10), {"cost_total": 30_000, "cost_city": 30_000})
    drafts = [town.draft("r9_small", title=f"小さな一歩 {n}") for n in range(11)]
    for draft in drafts[:10]:
        town.hand_in(draft)
    with pytest.raises(NotReady, match="budget or its places"):
        town.hand_in(drafts[10])
    with pytest.raises(NotPossible):
        town.draft("r9_small", title="もう一つ")
    town.move(drafts[3], MoveKey.WITHDRAW, "katsuragi", reason="来年にします。")
    town.hand_in(drafts[10])
    assert drafts[10].state is State.SUBMITTED
    town.screen(drafts[10])
    town.move(drafts[10], MoveKey.CONCLUDE, DESK, passed=True, remarks="よいことです。", opinion="", amount=30_000)
    town.adopt(drafts[10])
    assert (drafts[10].state, drafts[10].granted) == (State.ASSIGNING, 30_000)


def test_a_village_without_judges_serves_ten_and_its_mayor_decides(settle: Settle) -> None:
    village = settle("okusawa_village", date(2027, 5, 10))
    drafts = [village.draft("r9", title=f"水路の草刈り {n}") for n in range(11)]
    for draft in drafts[:10]:
        village.hand_in(draft)
    village.move(drafts[10], MoveKey.ENTER, "katsuragi")
    village.move(drafts[10], MoveKey.TAKE_ENTRY, DESK, reason="どうぞ。", talked_on=date(2027, 5, 10))
    with pytest.raises(NotReady, match="budget or its places"):
        village.move(drafts[10], MoveKey.SUBMIT, "katsuragi")
    first = drafts[0]
    village.screen(first)
    assert first.state is State.DECIDING or first.state is State.SELECTING
    village.move(first, MoveKey.CONCLUDE, DESK, passed=True, remarks="みんなでやりましょう。", opinion="", amount=None)
    village.adopt(first)
    assert first.state is State.ASSIGNING
    village.consult(first)
    assert first.state is State.DRAFTING


@pytest.mark.req("S02")
def test_a_wards_three_rounds_end_with_a_hearing_whose_audience_votes(settle: Settle) -> None:
    """The hearing: judges 16+18 = 34 of 40 on average, the hall 62 % × 0.1 = 6.2 of 10: 40.2 of 50. The talk: 22.5 of 25.

    Together 22.5 × 30 % + 40.2 × 70 % = 6.75 + 28.14 = 34.89 → 34.9 of 42.5.
    """
    ward = settle(
        "tokiwadai_ward",
        date(2027, 6, 1),
        {
            "field": "culture",
            "budget": [{"year": "first", "what": "教材", "amount": 900_000}, {"year": "second", "what": "謝礼", "amount": 600_000}],
            "cost_total": 1_500_000,
            "cost_city": 900_000,
            "project_period": {"from": "2028-04-01", "to": "2030-03-31"},
        },
    )  # fmt: skip
    proposal = ward.draft("r10_theme")
    ward.hand_in(proposal)
    ward.screen(proposal)
    papers = ward.open(proposal)
    for judge, group in zip(ward.judges(papers, 5), ("5", "5", "4", "3", "0"), strict=True):
        ward.score(judge, proposal, fit="4", group=group, missing="-1")
    ward.close(papers)
    # Totals 13, 13, 11, 9, 3; without the highest and the lowest (13 + 11 + 9) ÷ 3 = 11.
    assert ward.result(papers, proposal)["points"] == "11"
    assert ward.result(papers, proposal)["lines"][0]["ja"].startswith(
        "審査員5人中5人が採点、合計が高い1人と低い1人を除く、数えるのは3人分"
    )
    ward.conclude(papers, proposal)
    talk = ward.open(proposal)
    for judge in ward.judges(talk, 3):
        ward.score(judge, proposal, roles="9", together="9")
    ward.close(talk)
    assert ward.result(talk, proposal)["points"] == "22.5"
    ward.conclude(talk, proposal)
    hearing = ward.open(proposal, budget=10_000_000)
    for judge in ward.judges(hearing, 3):
        ward.score(judge, proposal, need="16", cost="18")
    ward.enter(hearing, {proposal.id: {"hall": "62"}})
    ward.close(hearing)
    result = ward.result(hearing, proposal)
    assert (result["points"], result["most"]) == ("34.9", "42.5")
    assert "「会場投票」: 62％×0.1点＝6.2点（満点10点）" in [line["ja"] for line in result["lines"]]
    assert any("「担当課を交えた面談」22.5×30％＋「公開審査会」40.2×70％" in line["ja"] for line in result["lines"])
    ward.conclude(hearing, proposal)
    ward.adopt(proposal)
    assert (proposal.state, proposal.granted) == (State.ASSIGNING, 900_000)


@pytest.mark.req("S02")
def test_a_fund_gives_what_was_given_for_the_group_after_one_agreed_mark(settle: Settle) -> None:
    union = settle("mikawa_union", date(2027, 1, 10), {"cost_city": 2_000_000})
    proposal = union.draft("fund_r9")
    union.hand_in(proposal)
    union.screen(proposal)
    assert proposal.state is State.ASSIGNING
    union.consult(proposal)
    assert proposal.state is State.SELECTING
    agreed = union.open(proposal, budget=30_000_000)
    union.enter(agreed, {proposal.id: {"mark": "14.5", "gifts": "1,234,500".replace(",", "")}})
    close_round(union.session, union.cast.actor(union.session, DESK), agreed, reason="")
    result = union.result(agreed, proposal)
    assert (result["points"], result["most"], result["amount"]) == ("14.5", "20", 1_234_000)
    assert [line["ja"] for line in result["lines"]][:3] == [
        "「合議による評点」: 14.5点＝14.5点（満点20点）",
        "「団体を指定した寄附」: 1234500円（点には数えない）",
        "総合点: 14.5＝14.5点（満点20点）",
    ]
    union.conclude(agreed, proposal)
    union.adopt(proposal)
    assert (proposal.state, proposal.granted) == (State.DRAFTING, 1_234_000)


def test_every_invented_file_can_be_read() -> None:
    assert all(read(file.read_bytes()).programme is not None for file in CITIES.glob("*.yaml"))
