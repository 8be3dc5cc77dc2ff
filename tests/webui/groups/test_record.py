"""What is found about a group: by everybody on its page, by the city on its record."""

from datetime import date

import pytest

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Plot, Story
from models.database import reading, transaction
from models.people import Group
from models.process.vocabulary import MoveKey, State
from models.proposals import Proposal
from tests.conftest import Clock
from tests.webui.admin.test_departments import main_text
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.visitor import Visitor

Told = dict[str, int]


@pytest.fixture
def told(cast: Cast, clock: Clock) -> Told:
    """川辺のみまもり: an evaluation published, a project under way, one just handed in, a draft. Ids by title."""
    clock.set(date(2026, 5, 11))
    with transaction() as session:
        published = Story(session, cast, Plot(title="まちの保健室"))
        published.take_to(State.SCHEDULED)
        for title, state in (("見守り", State.RUNNING), ("届いたばかり", State.SUBMITTED)):
            Story(session, cast, Plot(title=title)).take_to(state)
        Story(session, cast, Plot(title="下書きのまま"))
        clock.forward(days=2)
        published.release()
    with reading() as session:
        return {p.title: p.id for p in session.query(Proposal)}


@pytest.mark.req("N03", "A10")
def test_everybody_finds_the_groups_public_proposals_and_what_came_of_them(
    cast: Cast, told: Told, visitor: Visitor
) -> None:
    page = visitor.get(f"/groups/{cast.groups['river'].id}")
    assert faults(page.html) == []
    titles = [text_of(link) for link in page.root.findall(".//main//h3/a")]
    assert titles == ["見守り", "まちの保健室"]
    text = main_text(page)
    assert "見守りの担い手が広がりました" in text
    for hidden in ("届いたばかり", "下書きのまま", "葛城", "大野"):
        assert hidden not in page.html
    assert page.answer.headers["Cache-Control"].startswith("public")


@pytest.mark.req("N03")
def test_the_public_case_leads_to_the_group(cast: Cast, told: Told, visitor: Visitor) -> None:
    with reading() as session:
        number = session.get_one(Proposal, told["見守り"]).number
    page = visitor.get(f"/cases/{number}")
    path = f"/groups/{cast.groups['river'].id}"
    assert [text_of(link) for link in page.root.findall(f".//main//a[@href='{path}']")] == ["川辺のみまもり"]
    with transaction() as session:
        session.get_one(Group, cast.groups["river"].id).confirmed_at = None
    assert visitor.get(path).status == 404
    page = visitor.get(f"/cases/{number}")
    assert page.root.find(f".//main//a[@href='{path}']") is None
    assert "川辺のみまもり" in main_text(page)


@pytest.mark.req("A11")
def test_groups_are_found_by_name_and_kind(cast: Cast, visitor: Visitor) -> None:
    def found(query: str) -> list[str]:
        page = visitor.get(f"/groups?{query}")
        assert faults(page.html) == []
        return [text_of(link) for link in page.root.findall(".//main//h3/a")]

    assert len(found("")) == 10
    assert found("q=見守") == []
    assert found("q=みまもり") == ["川辺のみまもり"]
    assert found("kind=industry") == ["青葉通り商店会"]
    assert found("q=川辺&kind=industry") == []
    assert len(found("kind=nonsense")) == 10


@pytest.mark.req("A12", "T02")
def test_the_city_finds_all_that_was_asked_of_a_group(cast: Cast, told: Told, enter: Enter) -> None:
    nakamura = enter(cast.people["nakamura"])
    page = nakamura.get(f"/desk/groups/{cast.groups['river'].id}")
    assert faults(page.html) == []
    text = main_text(page)
    for words in (
        "まちの保健室",
        "見守り",
        "届いたばかり",
        "令和8年度",
        "提案 300,000円",
        "協定 300,000円",
        "600,000円",
    ):
        assert words in text
    assert "続けて協定を結んでいる年数1年" in text
    assert "下書きのまま" not in text
    requests = page.root.find(".//section[@aria-labelledby='requests']")
    assert requests is not None
    assert "実施報告の提出 見守りR8-0002 福祉政策課" in text_of(requests)
    assert cast.groups["river"].finance in text
    sasaki = enter(cast.people["sasaki"]).get(f"/desk/groups/{cast.groups['river'].id}")
    for hidden in ("葛城", "大野", cast.groups["river"].finance):
        assert hidden not in sasaki.html, "she has no case of this group"
    assert cast.groups["river"].purpose in sasaki.html
    assert "見守り" in main_text(sasaki)
    assert sasaki.root.find(f".//main//a[@href='/proposals/{told['見守り']}']") is None


def test_the_proposals_page_leads_staff_and_members_to_the_group(cast: Cast, told: Told, enter: Enter) -> None:
    path, group_id = f"/proposals/{told['見守り']}", cast.groups["river"].id
    for who, wanted in (("nakamura", f"/desk/groups/{group_id}"), ("katsuragi", f"/groups/{group_id}/home")):
        page = enter(cast.people[who]).get(path)
        assert page.root.find(f".//main//a[@href='{wanted}']") is not None, who


def test_a_withdrawn_proposal_stays_on_the_record(cast: Cast, told: Told, enter: Enter) -> None:
    with transaction() as session:
        story = Story(session, cast, Plot(title="取りやめ"))
        story.take_to(State.SUBMITTED)
        story.do(MoveKey.WITHDRAW, "katsuragi")
    text = main_text(enter(cast.people["nakamura"]).get(f"/desk/groups/{cast.groups['river'].id}"))
    assert "取りやめ" in text
