"""受信箱: the head of a department sees what waits, the most urgent first, one click from where it is done."""

from datetime import date

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from models.database import reading, transaction
from models.history import Duty
from models.process.vocabulary import DutyKey, State
from models.proposals import Proposal
from tests.conftest import Clock
from tests.support.statements import statements
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of


def rows(html_page: object) -> list[list[str]]:
    """The cells of the list, line by line."""
    return [[text_of(cell) for cell in row] for row in html_page.root.findall(".//tbody/tr")]  # type: ignore[attr-defined]


def test_a_head_finds_what_waits_and_one_click_leads_there(cast: Cast, enter: Enter) -> None:
    page = enter(cast.people["ito"]).get("/inbox")
    assert page.status == 200
    [line] = rows(page)
    assert "協定書の決裁" in line[2]
    link = page.root.find(".//tbody//a")
    assert link is not None
    with reading() as session:
        proposal_id = session.scalars(select(Proposal.id).where(Proposal.state == State.APPROVING)).one()
    assert link.get("href") == f"/proposals/{proposal_id}/approve-agreement"
    assert faults(page.html) == []


@pytest.mark.req("O02")
def test_the_inbox_follows_the_post(cast: Cast, enter: Enter) -> None:
    section_head = [line[2] for line in rows(enter(cast.people["yamamoto"]).get("/inbox"))]
    officer = [line[2] for line in rows(enter(cast.people["takahashi"]).get("/inbox"))]
    assert any("引受けの回答" in line for line in section_head)
    assert not any("引受けの回答" in line for line in officer)
    assert any("協議の開催" in line for line in officer)


def test_late_today_and_soon_stand_out_in_words(cast: Cast, enter: Enter, clock: Clock) -> None:
    browser = enter(cast.people["yamamoto"])
    with reading() as session:
        due = session.scalars(select(Duty.due_on).where(Duty.key == DutyKey.TAKE_ON, Duty.closed_at.is_(None))).one()
    assert due is not None
    clock.set(due)
    assert "今日まで" in rows(browser.get("/inbox?span=today"))[0][0]
    clock.forward(days=1)
    assert "超過" in rows(browser.get("/inbox?span=late"))[0][0]
    assert rows(browser.get("/inbox?span=today")) == []
    assert "ここに当てはまる案件はありません" in browser.get("/inbox?span=today").html


def test_on_a_weekend_no_opening_day_passes_and_a_date_is_late_all_the_same(
    cast: Cast, enter: Enter, clock: Clock
) -> None:
    friday, saturday, sunday, monday = (date(2027, 6, day) for day in (4, 5, 6, 7))
    clock.set(saturday)
    said = {}
    for due in (friday, saturday, sunday, monday):
        with transaction() as session:
            duty = session.scalars(select(Duty).where(Duty.key == DutyKey.TAKE_ON, Duty.closed_at.is_(None))).one()
            duty.due_on = due
        lines = rows(enter(cast.people["yamamoto"]).get("/inbox"))
        said[due] = next(line[0] for line in lines if "引受けの回答" in line[2])
    assert [words.split("）")[1].strip() for words in said.values()] == [
        "期限超過", "今日まで", "次の開庁日まで", "あと1開庁日",
    ]  # fmt: skip


def test_tabs_and_order_stay_with_the_pages(cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.inbox.SIZE", 1)
    page = enter(cast.people["takahashi"]).get("/inbox?span=all&sorting=newest")
    following = page.root.find(".//a[@rel='next']")
    assert following is not None
    assert "sorting=newest" in (following.get("href") or "")
    assert "after=" in (following.get("href") or "")


def test_an_address_that_makes_no_sense_shows_the_inbox(cast: Cast, enter: Enter) -> None:
    browser = enter(cast.people["takahashi"])
    for wish in ("span=never", "after=abc", "after=-1", "after=99999999999", "before=7&after=8", "_external=1"):
        assert browser.get(f"/inbox?{wish}").status == 200, wish


def test_an_inbox_costs_the_same_however_full_it_is(cast: Cast, enter: Enter) -> None:
    browser = enter(cast.people["takahashi"])
    browser.get("/inbox")
    with statements() as few:
        browser.get("/inbox")
    with transaction() as session:
        for _ in range(8):
            Story(session, cast).take_to(State.CONSULTING)
    with statements() as many:
        page = browser.get("/inbox")
    assert len(rows(page)) > 15
    assert len(many) == len(few) <= 8
    assert len(page.html.encode()) < 25_000


def test_only_staff_has_an_inbox(cast: Cast, enter: Enter) -> None:
    assert enter(cast.people["katsuragi"]).get("/inbox").status == 404
