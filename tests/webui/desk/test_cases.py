"""案件: finding a case again, among those one may see."""

from datetime import date

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models.database import transaction
from models.people import MemberRole, Membership
from models.proposals import Proposal
from tests.support.statements import statements
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.visitor import Visitor


def titles(browser: Visitor, query: str = "") -> list[str]:
    """The titles a search finds."""
    page = browser.get(f"/cases-all?{query}")
    assert page.status == 200
    return [text_of(link) for link in page.root.findall(".//tbody//a")]


def test_the_desk_sees_all_that_was_handed_in_and_no_draft(cast: Cast, enter: Enter) -> None:
    assert titles(enter(cast.people["nakamura"])) == ALL


def test_each_post_sees_the_cases_of_its_own_house(cast: Cast, enter: Enter) -> None:
    seen = {who: len(titles(enter(cast.people[who]))) for who in ("takahashi", "ito", "watanabe", "sasaki", "admin")}
    assert seen == {"takahashi": 4, "ito": 4, "watanabe": 1, "sasaki": 0, "admin": 0}


ALL = ["まちの保健室", "里山の手入れ", "ＡＢＣ子ども食堂", "空き家の学習支援教室", "音声まち歩き"]
SEARCHES = {
    "q=学習": ["空き家の学習支援教室"],
    "q=ＡＢＣ": ["ＡＢＣ子ども食堂"],
    "q=保健室+まち": ["まちの保健室"],
    "q=川辺の%E3%80%80里山": ["里山の手入れ"],
    "q=_": [],
    "q=%25": [],
    "q=%00": ALL,
    "state=running": ["まちの保健室"],
    "stage=agreement": ["里山の手入れ"],
    "stage=agreement&state=running": [],
    "year=1999": [],
    "stage=nonsense&state=draft&section=999999&year=-4": ALL,
}


@pytest.mark.req("N01")
def test_a_search_finds_what_was_meant(cast: Cast, enter: Enter) -> None:
    browser = enter(cast.people["nakamura"])
    assert {query: titles(browser, query) for query in SEARCHES} == SEARCHES


def test_a_number_is_found_in_any_width(cast: Cast, enter: Enter) -> None:
    browser = enter(cast.people["nakamura"])
    page = browser.get("/cases-all?q=保健室")
    number = text_of(page.root.findall(".//tbody//span[@class='num']")[0])
    wide = "".join(chr(ord(c) + 0xFEE0) for c in number.lower())
    assert titles(browser, f"q={number}") == ["まちの保健室"]
    assert titles(browser, f"q={wide}") == ["まちの保健室"]


def test_a_section_narrows_the_list(cast: Cast, enter: Enter) -> None:
    browser = enter(cast.people["nakamura"])
    assert len(titles(browser, f"section={cast.departments['welfare-policy'].id}")) == 4
    assert titles(browser, f"section={cast.departments['children'].id}") == []


def test_pages_keep_the_search(cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.case_list.SIZE", 1)
    browser = enter(cast.people["nakamura"])
    found, path = [], "/cases-all?q=まち"
    while path:
        page = browser.get(path)
        found += [text_of(link) for link in page.root.findall(".//tbody//a")]
        following = page.root.find(".//a[@rel='next']")
        path = (following.get("href") or "") if following is not None else ""
    assert found == ["まちの保健室", "音声まち歩き"]
    assert faults(page.html) == []


def test_a_list_of_cases_costs_the_same_however_long_it_is(cast: Cast, enter: Enter) -> None:
    browser = enter(cast.people["nakamura"])
    browser.get("/cases-all")
    with statements() as sent:
        browser.get("/cases-all")
    assert len(sent) <= 7


def test_the_list_tells_an_officer_nothing_of_what_their_own_group_proposed(cast: Cast, enter: Enter) -> None:
    """As a member they follow it on the group's page, where a result is not told before it is decided."""
    with transaction() as session:
        group_id = session.scalars(select(Proposal.group_id).limit(1)).one()
        sasaki = cast.people["sasaki"].id
        session.add(Membership(group_id=group_id, person_id=sasaki, role=MemberRole.MEMBER, since=date(2020, 4, 1)))
    officer = enter(cast.people["sasaki"])
    assert titles(officer) == []
    assert "まちの保健室" in officer.get("/mine").html


def test_in_english_sections_have_their_english_names(cast: Cast, enter: Enter) -> None:
    officer = enter(cast.people["nakamura"])
    officer.client.set_cookie("language", "en")
    page = officer.get("/cases-all")
    assert "Welfare Policy Section" in {
        text_of(option) for option in page.root.findall(".//select[@id='section']/option")
    }
    assert "Welfare Policy Section" in {text_of(cell) for cell in page.root.findall(".//td")}
    assert "福祉政策課" not in page.html
