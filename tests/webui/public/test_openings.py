"""Works and problems that wait for proposals: found, read, proposed for, and followed to what came of them."""

import pytest
from flask import Flask
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.sharing import share
from kyodo.demonstration.story import Plot, Story
from models.database import reading, transaction
from models.process.vocabulary import State
from models.proposals import Proposal
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.visitor import Page, Visitor


@pytest.fixture(autouse=True)
def shown(cast: Cast) -> dict[str, int]:
    """What the sections of Aobagawa show, by title."""
    with transaction() as session:
        return {one.title: one.id for one in share(session, cast)}


WORK = "高齢者の見守り訪問"
PROBLEM = "夏休みの昼間、小学生が過ごせる場所が足りない"
CLOSED = "駅前の案内所の運営"


def titles(page: Page) -> list[str]:
    """The titles of a list."""
    return [text_of(heading) for heading in page.root.findall(".//main//li/h3")]


def begun() -> Proposal:
    """The proposal that was begun last."""
    with reading() as session:
        return session.scalars(select(Proposal).order_by(Proposal.id.desc()).limit(1)).one()


@pytest.mark.req("I11", "I07", "P23")
def test_everybody_finds_works_and_problems_from_the_calls(visitor: Visitor) -> None:
    assert 'href="/openings"' in visitor.get("/calls").html
    page = visitor.get("/openings")
    assert faults(page.html) == []
    assert len(titles(page)) == 5
    assert titles(visitor.get("/openings?kind=problem&q=小学生")) == [PROBLEM]
    assert titles(visitor.get("/openings?closed=1")) == [CLOSED]
    assert len(titles(visitor.get("/openings?kind=nothing&section=999999&closed=x"))) == 5
    assert "担当課として登録" not in page.html


@pytest.mark.req("I11", "I07")
def test_an_entry_says_who_knows_it_since_when_and_whom_to_ask(visitor: Visitor, shown: dict[str, int]) -> None:
    page = visitor.get(f"/openings/{shown[WORK]}")
    assert faults(page.html) == []
    for words in (
        "市が今していること",
        "市民が担う方がよいと考えること",
        "平成14年度から",
        "福祉政策課",
        "000-000-0210",
    ):
        assert words in page.html
    page = visitor.get(f"/openings/{shown[PROBLEM]}")
    for words in ("情報の出どころ", "児童館の利用者の声", "情報の日"):
        assert words in page.html
    assert visitor.get("/openings/999999").status == 404


@pytest.mark.req("I07", "I11")
def test_a_draft_begun_from_an_entry_keeps_what_it_began_from(
    enter: Enter, cast: Cast, shown: dict[str, int], app: Flask
) -> None:
    member = enter(cast.people["katsuragi"])
    page = member.get(f"/openings/{shown[PROBLEM]}")
    assert "この事業・課題について提案する" in page.html
    page = member.get(f"/proposals/new?opening={shown[PROBLEM]}")
    assert PROBLEM in page.html
    assert member.send("call", call="anytime").status == 303
    proposal = begun()
    assert proposal.opening_id == shown[PROBLEM]
    here = f"/proposals/{proposal.id}"
    for path in (here, f"{here}/draft"):
        assert PROBLEM in member.get(path).html, path
    assert "まだ公開されている提案はありません。" in Visitor(app).get(f"/openings/{shown[PROBLEM]}").html


def test_a_draft_begun_without_an_entry_keeps_none(enter: Enter, cast: Cast, shown: dict[str, int]) -> None:
    member = enter(cast.people["katsuragi"])
    for query in (f"?opening={shown[PROBLEM]}", f"?opening={shown[CLOSED]}"):
        member.get(f"/proposals/new{query}")
        member.send("call", call="anytime")
    assert begun().opening_id is None


def test_a_closed_entry_is_read_but_not_proposed_for(visitor: Visitor, shown: dict[str, int]) -> None:
    page = visitor.get(f"/openings/{shown[CLOSED]}")
    assert "駅前商店会との協働事業として始めたため" in page.html
    assert "について提案する" not in page.html


@pytest.mark.req("I07", "I11")
def test_the_city_sees_where_a_proposal_began_and_the_public_what_came_of_it(
    enter: Enter, cast: Cast, shown: dict[str, int], app: Flask
) -> None:
    with transaction() as session:
        story = Story(session, cast, Plot(title="夏の昼の居場所"))
        story.proposal.opening_id = shown[PROBLEM]
        proposal_id = story.take_to(State.SCREENING).id
        number = story.proposal.number
    here = f"/proposals/{proposal_id}"
    desk, group = enter(cast.people["nakamura"]), enter(cast.people["katsuragi"])
    for who, path in ((desk, here), (desk, f"{here}/record-findings"), (group, here), (group, f"{here}/points")):
        page = who.get(path)
        assert page.status == 200, path
        assert PROBLEM in page.html, path
    public = Visitor(app)
    assert PROBLEM in public.get(f"/cases/{number}").html
    page = public.get(f"/openings/{shown[PROBLEM]}")
    assert "夏の昼の居場所" in page.html
    assert f'href="/cases/{number}"' in page.html
