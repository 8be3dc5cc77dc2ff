"""Groups on pages: registered, their members, their representative handed over."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models import clock as model_clock
from models.database import reading
from models.people import Group, Person
from tests.webui.admin.test_departments import follow, main_text
from tests.webui.admin.test_people import mails_to
from tests.webui.markup import faults, text_of
from tests.webui.visitor import Visitor


@pytest.mark.req("A11")
def test_a_group_is_registered_and_its_unknown_representative_invited(administrator: Visitor) -> None:
    administrator.get("/admin/groups/new")
    page = administrator.send(
        name="夜の図書館", kind="civic", representative_email="yoru@library.example", purpose="夜に本を読む"
    )
    assert page.status == 422
    error = page.root.find(".//*[@id='representative_name-error']")
    assert error is not None
    assert "氏名を入力してください" in text_of(error)
    assert "夜に本を読む" in page.html
    administrator.send("representative_email", representative_name="月野 光")
    page = follow(administrator)
    assert page.heading == "夜の図書館"
    assert "月野 光 代表者" in main_text(page)
    assert faults(page.html) == []
    assert len(mails_to("yoru@library.example")) == 1


def test_a_group_that_cannot_be_registered_leaves_no_person_behind(administrator: Visitor) -> None:
    administrator.get("/admin/groups/new")
    page = administrator.send(
        name="川辺のみまもり", kind="civic", representative_email="yoru@library.example", representative_name="月野 光"
    )
    assert page.status == 422
    assert "同じ名称の団体があります" in page.html
    with reading() as session:
        assert session.scalar(select(Person).where(Person.email == "yoru@library.example")) is None


def test_a_known_member_is_added_without_an_invitation(cast: Cast, administrator: Visitor) -> None:
    path = f"/admin/groups/{cast.groups['river'].id}/members/new"
    administrator.get(path)
    administrator.send(email="fujita@otonomachi.example")
    assert "藤田 響" in main_text(follow(administrator))
    assert mails_to("fujita@otonomachi.example") == []
    administrator.get(path)
    again = administrator.send(email="fujita@otonomachi.example")
    assert again.status == 422
    assert "すでにメンバーです" in again.html


def test_an_unknown_member_is_invited(cast: Cast, administrator: Visitor) -> None:
    administrator.get(f"/admin/groups/{cast.groups['river'].id}/members/new")
    assert administrator.send(email="hoshi@kawabe.example").status == 422
    administrator.send("email", name="星 一")
    assert "招待のメールを送りました" in follow(administrator).html
    assert len(mails_to("hoshi@kawabe.example")) == 1


def test_a_membership_ends(cast: Cast, administrator: Visitor) -> None:
    group = cast.groups["river"]
    member = next(m for m in group.memberships if not m.represents)
    path = f"/admin/groups/{group.id}/members/{member.id}/end"
    administrator.get(path)
    assert "以後の日を入力してください" in administrator.send(day="令和元年5月1日").html
    administrator.send(day=(model_clock.today() - timedelta(days=1)).isoformat())
    page = follow(administrator)
    assert "これまで" in main_text(page)
    leader = next(m for m in group.memberships if m.represents)
    administrator.get(f"/admin/groups/{group.id}/members/{leader.id}/end")
    assert "先に代表者を引き継いでください" in administrator.send("day").html


@pytest.mark.req("A14")
def test_the_representative_is_handed_over_on_the_page_of_the_group(cast: Cast, administrator: Visitor) -> None:
    group, day = cast.groups["river"], model_clock.today() + timedelta(days=10)
    administrator.get(f"/admin/groups/{group.id}/hand-over")
    page = administrator.send("day", day="")
    assert page.status == 422
    assert "新しい代表者を選んでください" in page.html
    assert faults(page.html) == []
    administrator.send("day", person_id=str(cast.people["ono"].id), day=day.isoformat())
    page = follow(administrator)
    assert "の代表者を葛城 花子さんから大野 勇さんへ" in main_text(page)
    assert "これから" in main_text(page)
    with reading() as session:
        kept = session.get_one(Group, group.id).memberships
        assert [(m.person.name, m.represents) for m in kept if m.until is None] == [
            ("葛城 花子", False),
            ("大野 勇", True),
        ]


def test_a_group_alone_has_nobody_to_hand_over_to(cast: Cast, administrator: Visitor) -> None:
    page = administrator.get(f"/admin/groups/{cast.groups['sound'].id}/hand-over")
    assert "先に新しい代表者をメンバーに加えてください" in page.html


def test_the_profile_is_corrected_and_written_down(cast: Cast, administrator: Visitor) -> None:
    group = cast.groups["river"]
    administrator.get(f"/admin/groups/{group.id}/edit")
    administrator.send(address="青葉川市川辺町1-2", website="https://kawabe.example")
    page = follow(administrator)
    assert "所在地：記入なし → 青葉川市川辺町1-2" in main_text(page)


def test_groups_are_found_by_name(administrator: Visitor) -> None:
    page = administrator.get("/admin/groups?q=川辺")
    assert [text_of(link) for link in page.root.findall(".//tbody//a")] == ["川辺のみまもり"]
    assert "当てはまる団体はありません" in administrator.get("/admin/groups?q=だれもいない").html
