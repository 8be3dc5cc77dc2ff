"""Departments and posts on pages: add, correct, hand over, close."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Plot, Story
from models import clock as model_clock
from models.database import reading, transaction
from models.people import Department, Post, Seat
from models.process.vocabulary import State
from tests.conftest import Clock
from tests.webui.admin.conftest import post_of
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.visitor import Page, Visitor


def main_text(page: Page) -> str:
    """What stands in the main part."""
    found = page.root.find(".//main")
    assert found is not None
    return text_of(found)


def follow(visitor: Visitor) -> Page:
    """Go where the last answer sends one."""
    assert visitor.page is not None
    assert visitor.page.status == 303, visitor.page.html
    return visitor.get(visitor.page.location)


def test_a_new_section_with_a_head_can_be_staffed(cast: Cast, administrator: Visitor) -> None:
    administrator.get(f"/admin/departments/new?parent={cast.departments['town'].id}")
    administrator.send(
        name="農政課",
        name_en="Farming Section",
        phone="000-000-0440",
        fax="000-000-0449",
        email="NOUSEI＠aobagawa.example",
    )
    page = follow(administrator)
    assert page.heading == "農政課"
    assert "000-000-0449" in main_text(page)
    with reading() as session:
        section = session.scalars(select(Department).where(Department.key == "farming-section")).one()
        assert (section.parent_id, section.email) == (cast.departments["town"].id, "nousei@aobagawa.example")
    administrator.get(f"/admin/departments/{section.id}/posts/new")
    administrator.send(name="農政課長", seat="section_head")
    assert "農政課長に就く人を登録する" in follow(administrator).heading
    administrator.send("email", email="SASAKI@aobagawa.example")
    page = follow(administrator)
    assert "佐々木 彩" in main_text(page)
    assert "在任中" in main_text(page)
    assert faults(page.html) == []
    assert "農政課長" in main_text(administrator.get(f"/admin/people/{cast.people['sasaki'].id}"))


@pytest.mark.req("A14", "O02")
def test_the_inbox_shows_the_duty_to_the_successor_from_the_day_on(
    cast: Cast, administrator: Visitor, enter: Enter, clock: Clock
) -> None:
    with transaction() as session:
        Story(session, cast, Plot(title="川辺の見守り")).take_to(State.ASSIGNED)
    first = model_clock.today() + timedelta(days=1)
    post = post_of(cast, "welfare-policy", Seat.SECTION_HEAD)
    administrator.get(f"/admin/posts/{post.id}/hand-over")
    administrator.send("email", email="sasaki@aobagawa.example", day=first.isoformat())
    assert "これから" in main_text(follow(administrator))

    def asked(who: str) -> bool:
        return "引受けの回答" in enter(cast.people[who]).get("/inbox").html

    assert (asked("yamamoto"), asked("sasaki")) == (True, False)
    clock.set(first)
    assert (asked("yamamoto"), asked("sasaki")) == (False, True)


def test_an_unknown_successor_is_said_at_the_field(cast: Cast, administrator: Visitor) -> None:
    post = post_of(cast, "children", Seat.SECTION_HEAD)
    administrator.get(f"/admin/posts/{post.id}/hand-over")
    page = administrator.send("email", email="nobody@aobagawa.example")
    assert page.status == 422
    assert "先に利用者として招待してください" in page.html
    assert page.root.find(".//*[@id='email'][@value='nobody@aobagawa.example']") is not None
    assert faults(page.html) == []


def test_a_vacancy_is_a_warning_on_the_overview_and_can_be_filled(cast: Cast, administrator: Visitor) -> None:
    post = post_of(cast, "children", Seat.SECTION_HEAD)
    assert "空席の役職があります" not in administrator.get("/admin").html
    administrator.get(f"/admin/posts/{post.id}/vacate")
    administrator.send(day=(model_clock.today() - timedelta(days=1)).isoformat())
    assert "この役職は空席です" in follow(administrator).html
    overview = administrator.get("/admin")
    assert "空席の役職があります" in overview.html
    assert "子ども未来課長" in main_text(overview)
    assert "空席" in main_text(administrator.get("/admin/departments"))


def test_a_planned_handover_is_taken_back_by_a_button(cast: Cast, administrator: Visitor) -> None:
    post = post_of(cast, "children", Seat.SECTION_HEAD)
    administrator.get(f"/admin/posts/{post.id}/hand-over")
    administrator.send(
        "email", email="inoue@aobagawa.example", day=(model_clock.today() + timedelta(days=9)).isoformat()
    )
    page = follow(administrator)
    token = page.root.find(".//main//input[@name='csrf_token']")
    assert token is not None
    data = {"csrf_token": token.get("value") or ""}
    administrator.post(f"/admin/posts/{post.id}/take-back", data)
    assert "就任の登録を取り消しました" in follow(administrator).html
    again = administrator.post(f"/admin/posts/{post.id}/take-back", data)
    assert again.status == 409
    assert "取り消せる就任の予定はありません" in again.html


def test_a_section_with_work_stays_and_says_what_is_left(cast: Cast, administrator: Visitor) -> None:
    with transaction() as session:
        Story(session, cast, Plot(title="川辺の見守り")).take_to(State.ASSIGNED)
    path = f"/admin/departments/{cast.departments['welfare-policy'].id}/close"
    assert "川辺の見守り" in administrator.get(path).html
    page = administrator.send(day="令和9年4月1日")
    assert page.status == 422
    assert "引受けの回答" in page.html
    assert "山本 さくら" in page.html
    assert "令和9年4月1日" in page.html
    assert faults(page.html) == []


def test_an_empty_section_closes_and_reopens(cast: Cast, administrator: Visitor) -> None:
    with transaction() as session:
        section = Department(key="paper", name="紙の課", parent_id=cast.departments["town"].id)
        session.add(section)
        session.flush()
        path = f"/admin/departments/{section.id}"
    administrator.get(f"{path}/close")
    administrator.send(day=model_clock.today().isoformat())
    page = follow(administrator)
    assert "から廃止です" in page.html
    assert "廃止した部署" in administrator.get("/admin/departments").html
    assert administrator.get(f"{path}/close").status == 404
    assert administrator.get(f"{path}/posts/new").status == 200
    refused = administrator.send(name="紙の課長", seat="section_head")
    assert refused.status == 422
    assert "廃止した部署に役職は置けません" in refused.html
    administrator.get(path)
    administrator.post(f"{path}/reopen", {"csrf_token": administrator.token("/account")})
    assert "から廃止です" not in follow(administrator).html


def test_nobody_overwrites_a_change_unseen(cast: Cast, administrator: Visitor) -> None:
    section = cast.departments["children"]
    administrator.get(f"/admin/departments/{section.id}/edit")
    with transaction() as session:
        session.get_one(Department, section.id).phone = "000-000-9999"
    page = administrator.send(name="子ども家庭課")
    assert page.status == 422
    assert "ほかの人が変更しました" in page.html
    assert "今の内容：000-000-9999" in page.html
    administrator.send(name="子ども家庭課", phone="000-000-9999", fax="000-000-9998")
    page = follow(administrator)
    assert "ファクス番号：000-000-0229 → 000-000-9998" in main_text(page)
    assert page.heading == "子ども家庭課"
    assert "名称：子ども未来課 → 子ども家庭課" in main_text(page)
    assert "管理 太郎" in main_text(page)
    with reading() as session:
        assert session.get_one(Department, section.id).key == "children"


@pytest.mark.req("O03")
def test_the_coordinator_is_named_beside_the_lead_sections_head(cast: Cast, administrator: Visitor) -> None:
    section = cast.departments["welfare-policy"]
    administrator.get(f"/admin/departments/{section.id}/edit")
    administrator.send(leads="y")
    page = follow(administrator)
    row = next(row for row in page.root.findall(".//tbody/tr") if "福祉政策課長" in text_of(row))
    assert "山本 さくら 協働調整員" in text_of(row)
    other = cast.departments["children"]
    administrator.get(f"/admin/departments/{other.id}/edit")
    assert "「福祉政策課」がこの部の主管課です" in administrator.send(leads="y").html


def test_a_post_is_renamed(cast: Cast, administrator: Visitor) -> None:
    post = post_of(cast, "children", Seat.OFFICER)
    administrator.get(f"/admin/posts/{post.id}/edit")
    administrator.send(name="子ども未来課 副主幹")
    assert follow(administrator).heading == "子ども未来課 副主幹"
    with reading() as session:
        assert session.get_one(Post, post.id).seat is Seat.OFFICER
