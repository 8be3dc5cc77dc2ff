"""The decision on adoption: the head reads what the committee concluded, decides, and everybody reads the reasons."""

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models import clock
from models.database import reading
from models.judging.tables import JudgingRound
from models.process.vocabulary import State
from models.proposals import Proposal
from tests.support.selection import Hall
from tests.webui.conftest import Enter
from tests.webui.judging.conftest import Sitting, resumed, seated
from tests.webui.markup import faults, text_of


@pytest.fixture
def concluded(cast: Cast) -> Sitting:
    """The second round: the first two pass with 300,000 yen, the third does not."""
    sitting = seated(cast, second=True)

    def judge(told: Hall, judging: JudgingRound) -> None:
        seat = next(one for one in judging.judges if one.name == "岡田 正")
        for proposal, mark in zip(told.proposals, ("5", "4", "2"), strict=True):
            told.score(seat, proposal, mark)
        told.close(judging, reason="一人が辞退したため。")
        for proposal, passed in zip(told.proposals, (True, True, False), strict=True):
            told.conclude(judging, proposal, passed=passed, amount=300_000 if passed else None)

    resumed(sitting, cast, judge)
    return sitting


def state(proposal_id: int) -> tuple[State, int | None]:
    """Where it stands, and what it was granted."""
    with reading() as session:
        found = session.get_one(Proposal, proposal_id)
        return found.state, found.granted


@pytest.mark.req("S01", "T05")
def test_the_head_adopts_with_the_committees_amount_and_decides_formally_after_the_vote(
    cast: Cast, enter: Enter, concluded: Sitting
) -> None:
    first = concluded.proposals[0]
    head = enter(cast.people["watanabe"])
    here = f"/proposals/{first}"
    page = head.get(here)
    assert [a for a in ("adopt", "not-adopt", "return-conclusion") if f"{here}/{a}" not in page.html] == []
    page = head.get(f"{here}/adopt")
    assert faults(page.html) == []
    assert "地域の課題をよくとらえています。" in page.html
    assert "計算の過程を見る" in page.html
    assert 'value="300,000"' in page.html
    over = head.send("amount", amount="300,001")
    assert over.status == 422
    assert faults(over.html) == []
    assert head.send("amount", amount="280,000").status == 303
    assert state(first) == (State.PROVISIONAL, 280_000)
    line = text_of(head.get("/inbox").root)
    assert "採択を内定しました" in line
    assert "採択と決定しました" not in line
    page = head.get(f"{here}/decide-finally")
    assert faults(page.html) == []
    assert head.send("voted_on", voted_on="").status == 422
    assert head.send("voted_on", voted_on=clock.today().isoformat(), amount="270,000").status == 303
    assert state(first) == (State.ASSIGNING, 270_000)


def test_to_adopt_against_the_committee_takes_a_reason(cast: Cast, enter: Enter, concluded: Sitting) -> None:
    third = concluded.proposals[2]
    head = enter(cast.people["watanabe"])
    head.get(f"/proposals/{third}/adopt")
    refused = head.send("amount", amount="100,000")
    assert refused.status == 422
    assert 'href="#reason"' in refused.html
    assert head.send("amount", amount="100,000", reason="緊急性が高いため。").status == 303
    assert state(third) == (State.PROVISIONAL, 100_000)


@pytest.mark.parametrize(
    ("move", "reached"), [("not-adopt", State.NOT_ADOPTED), ("return-conclusion", State.SELECTING)]
)
def test_not_adopting_and_returning_take_a_reason(
    cast: Cast, enter: Enter, concluded: Sitting, move: str, reached: State
) -> None:
    second = concluded.proposals[1]
    head = enter(cast.people["watanabe"])
    page = head.get(f"/proposals/{second}/{move}")
    assert faults(page.html) == []
    assert "80" in text_of(page.root)
    assert head.send(reason="").status == 422
    assert head.send(reason="財源の見込みが変わったため。").status == 303
    assert state(second)[0] is reached
    seen = enter(cast.people["nguyen"]).get(f"/proposals/{second}")
    assert ("財源の見込みが変わったため。" in seen.html) == (reached is State.NOT_ADOPTED)


def test_a_returned_conclusion_is_written_anew_on_the_proposals_own_page(
    cast: Cast, enter: Enter, concluded: Sitting
) -> None:
    second = concluded.proposals[1]
    head, desk = enter(cast.people["watanabe"]), enter(cast.people["nakamura"])
    head.get(f"/proposals/{second}/return-conclusion")
    head.send(reason="額を見直してください。")
    page = desk.get(f"/proposals/{second}/conclude")
    assert faults(page.html) == []
    assert desk.send("remarks", remarks="").status == 422
    assert desk.send("remarks", remarks="額を改めました。", amount="200,000", passed="yes").status == 303
    assert state(second)[0] is State.DECIDING


def test_a_provisional_adoption_is_cancelled_with_its_reason(cast: Cast, enter: Enter, concluded: Sitting) -> None:
    first = concluded.proposals[0]
    head = enter(cast.people["watanabe"])
    head.get(f"/proposals/{first}/adopt")
    head.send("amount")
    page = head.get(f"/proposals/{first}/cancel-adoption")
    assert faults(page.html) == []
    assert head.send(reason="予算が否決されたため。").status == 303
    assert state(first) == (State.NOT_ADOPTED, None)
    own = enter(cast.people["katsuragi"]).get(f"/proposals/{first}/selection")
    assert faults(own.html) == []
    assert "内定の取消し" in own.html


@pytest.mark.req("T05")
def test_a_proposer_reads_its_own_points_and_reasons_and_nobody_elses(
    cast: Cast, enter: Enter, concluded: Sitting
) -> None:
    first, second = concluded.proposals[:2]
    group = enter(cast.people["katsuragi"])
    page = group.get(f"/proposals/{first}/selection")
    assert faults(page.html) == []
    said = text_of(page.root)
    for words in (
        "第1次審査（書類）",
        "第2次審査（公開プレゼンテーション）",
        "100点",
        "地域に根ざしています。",
        "地域の課題を",
    ):
        assert words in said
    assert "白石" not in said
    assert "岡田" not in said
    assert group.get(f"/proposals/{second}/selection").status == 404


def test_the_city_reads_the_result_from_the_closing_and_the_group_from_the_conclusion_on(
    cast: Cast, enter: Enter
) -> None:
    sitting = seated(cast)

    def close(told: Hall, judging: JudgingRound) -> None:
        seat = next(one for one in judging.judges if one.name == "岡田 正")
        for proposal in told.proposals:
            told.score(seat, proposal)
        told.close(judging, reason="期限のため。")

    resumed(sitting, cast, close)
    path = f"/proposals/{sitting.proposals[0]}/selection"
    assert "12点" in text_of(enter(cast.people["nakamura"]).get(path).root)
    group = enter(cast.people["katsuragi"]).get(path)
    assert "12点" not in text_of(group.root)
    assert "審査中です。" in group.html


def test_a_proposal_goes_into_an_open_round_from_its_own_page(cast: Cast, enter: Enter) -> None:
    sitting = seated(cast)
    desk = enter(cast.people["nakamura"])
    desk.get(f"/desk/rounds/{sitting.round_id}/proposals/{sitting.proposals[0]}/remove")
    desk.send(reason="書類が足りないため。")
    here = f"/proposals/{sitting.proposals[0]}"
    page = desk.get(f"{here}/open-round")
    assert faults(page.html) == []
    assert desk.send("round_id").status == 422
    assert desk.send("round_id", round_id=str(sitting.round_id)).status == 303
    assert desk.get(f"{here}/close-round").status in (200, 303, 409)
    with reading() as session:
        assert (
            session.scalars(select(Proposal.round_id).where(Proposal.id == sitting.proposals[0])).one()
            == sitting.round_id
        )
