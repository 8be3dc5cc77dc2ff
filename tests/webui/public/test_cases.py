"""協働事例集: everybody finds what is under way and what came of it."""

import pytest
from flask import Flask
from sqlalchemy import insert, select

from kyodo.demonstration.cast import Cast
from models.database import reading, transaction
from models.proposals import Proposal
from tests.support.statements import statements
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.public.conftest import ENDED, EXCLUDED, HIDDEN, PUBLISHED, RUNNING, TAKEN_BACK, WITHDRAWN
from tests.webui.visitor import Visitor

ALL = [TAKEN_BACK, PUBLISHED, WITHDRAWN, EXCLUDED, ENDED, RUNNING]
SEARCHES = {
    "": ALL,
    "q=保健室": [PUBLISHED],
    "q=ABC": [WITHDRAWN],
    "q=おとのまち": [WITHDRAWN],
    "q=%25": [],
    "q=%00": ALL,
    "standing=published": [PUBLISHED],
    "standing=excluded": [EXCLUDED],
    "standing=withdrawn": [WITHDRAWN],
    "standing=execution": [RUNNING],
    "standing=publication": [TAKEN_BACK],
    "standing=consultation": [],
    "standing=draft": ALL,
    "field=environment": [RUNNING],
    "field=environment&standing=published": [],
    "field=nonsense&year=abc": ALL,
    "year=1999": [],
}


def titles(visitor: Visitor, query: str = "") -> list[str]:
    """The titles on one page of the list."""
    page = visitor.get(f"/cases?{query}")
    assert page.status == 200
    return [text_of(link) for link in page.root.findall(".//main//h3/a")]


@pytest.mark.req("B01", "B02", "N01")
def test_the_list_shows_what_is_public_and_filters_it(cast: Cast, visitor: Visitor) -> None:
    assert {query: titles(visitor, query) for query in SEARCHES} == SEARCHES


def test_what_is_not_public_is_not_in_the_list(cast: Cast, visitor: Visitor) -> None:
    page = visitor.get("/cases")
    for title in HIDDEN:
        assert title not in page.html
    assert faults(page.html) == []
    assert "6件" in page.html


@pytest.mark.req("B07")
def test_each_line_says_in_words_how_far_it_came(cast: Cast, visitor: Visitor) -> None:
    visitor.get("/cases")
    assert visitor.page is not None
    lines = [text_of(line) for line in visitor.page.root.findall(".//ul[@class='cases']/li")]
    by_title = {title: next(line for line in lines if title in line) for title in ALL}
    assert "評価を公表済み" in by_title[PUBLISHED]
    assert "居場所が地域に根づき" in by_title[PUBLISHED]
    assert "居場所が地域に根づき" not in by_title[TAKEN_BACK]
    assert "対象外" in by_title[EXCLUDED]
    assert "理由：政治活動" in by_title[EXCLUDED]
    assert "部外秘の理由" not in visitor.page.html


def test_a_fiscal_year_narrows_the_list(cast: Cast, visitor: Visitor) -> None:
    page = visitor.get("/cases")
    year = page.root.findall(".//select[@id='year']/option")[1].get("value")
    assert titles(visitor, f"year={year}") == ALL


def test_pages_lead_on_and_back(cast: Cast, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.public_list.SIZE", 2)
    seen, path = [], "/cases?"
    while path:
        page = visitor.get(path)
        seen += [text_of(link) for link in page.root.findall(".//main//h3/a")]
        following = page.root.find(".//a[@rel='next']")
        path = (following.get("href") or "") if following is not None else ""
    assert seen == ALL
    before = page.root.find(".//a[@rel='prev']")
    assert before is not None
    page = visitor.get(before.get("href") or "")
    assert [text_of(link) for link in page.root.findall(".//main//h3/a")] == ALL[2:4]


def test_a_long_list_costs_little(cast: Cast, app: Flask, visitor: Visitor) -> None:
    visitor.get("/cases")
    with statements() as few:
        visitor.get("/cases")
    with transaction() as session:
        model = session.scalars(select(Proposal).where(Proposal.title == RUNNING)).one()
        same = {c.key: getattr(model, c.key) for c in Proposal.__mapper__.column_attrs if c.key not in ("id", "number")}
        copies = [{**same, "number": f"R7-{n:04d}", "title": f"{RUNNING} 第{n}期"} for n in range(1, 60)]
        session.execute(insert(Proposal), copies)
    with statements() as many:
        page = visitor.get("/cases")
    assert len(page.root.findall(".//ul[@class='cases']/li")) == 20
    assert len(many) <= len(few) <= 5
    assert not any("count(" in statement.lower() for statement in many)
    assert len(page.html.encode()) < 25_000


def test_the_public_list_may_be_kept_a_minute_and_what_is_mine_not_at_all(
    cast: Cast, visitor: Visitor, enter: Enter
) -> None:
    answer = visitor.get("/cases").answer
    assert answer.cache_control.public
    assert answer.cache_control.max_age == 60
    assert "Cookie" in answer.vary
    again = visitor.client.get("/cases", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert again.get_data() == b""
    own = enter(cast.people["katsuragi"]).get("/cases").answer
    assert own.cache_control.private
    assert own.cache_control.max_age is None


def test_the_page_of_a_gone_row_is_the_first(cast: Cast, visitor: Visitor) -> None:
    with reading() as session:
        newest = max(session.scalars(select(Proposal.id)))
    assert titles(visitor, f"after={newest + 1000}") == ALL
