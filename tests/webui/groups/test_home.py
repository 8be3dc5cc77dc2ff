"""The members' page: profile, what of it is public, and the list of members."""

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Plot, Story
from models.database import reading, transaction
from models.process.vocabulary import State
from models.rosters import RosterEntry
from tests.webui.admin.test_departments import follow, main_text
from tests.webui.conftest import Enter
from tests.webui.markup import faults
from tests.webui.visitor import Visitor

LIST = "星 一,川辺町1丁目,会長,在住\n月野 光,○○市,会計,在勤\n森 葉子,川辺町2丁目"


@pytest.mark.req("A10")
def test_any_member_keeps_the_profile_and_it_is_written_down(cast: Cast, enter: Enter) -> None:
    member = enter(cast.people["ono"])
    member.get(f"/groups/{cast.groups['river'].id}/edit")
    member.send(purpose="川辺の見守り", founded_on="令和2年4月1日", has_rules="no", seat_in_city="yes")
    text = main_text(follow(member))
    for words in ("川辺の見守り", "令和2年4月1日", "規約・会則の有無：はい → いいえ", "大野 勇"):
        assert words in text


def test_two_members_at_once_lose_nothing(cast: Cast, enter: Enter) -> None:
    path = f"/groups/{cast.groups['river'].id}/edit"
    first, second = enter(cast.people["ono"]), enter(cast.people["katsuragi"])
    first.get(path)
    second.get(path)
    second.send(founded_on="令和2年4月1日", has_rules="")
    page = first.send(purpose="川辺の見守り")
    assert page.status == 422
    assert "ほかの人が変更しました" in page.html
    assert "川辺の見守り" in page.html
    assert faults(page.html) == []


@pytest.mark.req("A08")
def test_a_company_says_what_it_brings_and_everybody_reads_it(cast: Cast, enter: Enter, visitor: Visitor) -> None:
    shops = f"/groups/{cast.groups['shops'].id}"
    member = enter(cast.people["chiba"])
    member.get(f"{shops}/edit")
    page = member.send(kind="company", resources=[])
    assert page.status == 422
    assert "企業は、持ち寄れる資源を選んでください" in page.html
    member.get(f"{shops}/edit")
    assert member.send(kind="company", resources=["knowledge", "funds"]).status == 303
    text = main_text(visitor.get(shops))
    assert "企業" in text
    assert "知識・技術、資金" in text


@pytest.mark.req("A10", "N03")
def test_what_the_members_choose_is_what_everybody_reads(cast: Cast, enter: Enter, visitor: Visitor) -> None:
    river, group = f"/groups/{cast.groups['river'].id}", cast.groups["river"]
    text = main_text(visitor.get(river))
    assert group.purpose in text
    assert group.finance not in text
    member = enter(cast.people["ono"])
    member.get(f"{river}/disclosure")
    member.send(disclosed=["finance", "founded_on"])
    text = main_text(visitor.get(river))
    assert group.purpose not in text
    assert group.finance in text
    assert "平成27年6月1日" in text


def test_a_members_own_e_mail_is_refused(cast: Cast, enter: Enter, visitor: Visitor) -> None:
    river = f"/groups/{cast.groups['river'].id}"
    member = enter(cast.people["ono"])
    member.get(f"{river}/edit")
    member.send(email="katsuragi@kawabe.example")
    member.get(f"{river}/disclosure")
    page = member.send(disclosed=["email"])
    assert page.status == 422
    assert "メンバー個人のもの" in page.html
    assert "katsuragi@kawabe.example" not in visitor.get(river).html


def test_the_list_of_members_is_pasted_corrected_and_counted(cast: Cast, enter: Enter) -> None:
    roster = f"/groups/{cast.groups['river'].id}/roster"
    member = enter(cast.people["ono"])
    member.get(f"{roster}/import")
    page = member.send(lines="星 一\n,川辺町", mode="add")
    assert page.status == 422
    assert faults(page.html) == []
    for words in ("1行目：住所または地区がありません", "2行目：氏名がありません"):
        assert words in page.html
    member.send(lines=LIST, mode="add")
    text = main_text(follow(member))
    assert "会員3人 役員2人 市内に在住・在勤・在学2人ほかに、未記入が1人" in text
    with reading() as session:
        entry = session.scalars(select(RosterEntry).where(RosterEntry.name == "森 葉子")).one().id
    member.get(f"{roster}/{entry}")
    assert member.send(address="").status == 422
    member.send(address="川辺町9丁目", office="監査", in_city="no")
    assert "森 葉子 川辺町9丁目 監査 市外" in main_text(follow(member))
    token = {"csrf_token": member.token("/account")}
    member.post(f"{roster}/{entry}/remove", token)
    assert "森 葉子" not in follow(member).html
    assert member.get(f"/groups/{cast.groups['river'].id}/roster/9999").status == 404
    other = enter(cast.people["fujita"])
    assert other.get(f"/groups/{cast.groups['sound'].id}/roster/1").status == 404


def test_the_city_reads_it_under_the_groups_eyes(cast: Cast, enter: Enter, visitor: Visitor) -> None:
    group_id = cast.groups["river"].id
    member, nakamura = enter(cast.people["ono"]), enter(cast.people["nakamura"])
    member.get(f"/groups/{group_id}/roster/import")
    member.send(lines=LIST, mode="replace")
    desk = f"/desk/groups/{group_id}"
    token = {"csrf_token": nakamura.token("/account")}
    assert "会員名簿を見る" not in nakamura.get(desk).html
    assert nakamura.post(f"{desk}/roster", token).status == 404
    with transaction() as session:
        Story(session, cast, Plot()).take_to(State.ASSIGNED)
    assert "会員名簿を見る" in nakamura.get(desk).html
    assert nakamura.get(f"{desk}/roster").status == 405
    page = nakamura.post(f"{desk}/roster", token)
    assert page.status == 200
    assert faults(page.html) == []
    assert "星 一" in main_text(page)
    title = page.root.find(".//title")
    assert title is not None
    assert title.text == "会員名簿｜あおばがわ協働ポータル"
    assert "中村 美咲 市民協働課" in main_text(member.get(f"/groups/{group_id}/roster"))
    for who in ("takahashi", "watanabe", "admin"):
        other = enter(cast.people[who])
        page = other.post(f"{desk}/roster", {"csrf_token": other.token("/account")})
        assert page.status == 404, who
        assert "星 一" not in other.get(desk).html
    for path in (f"/groups/{group_id}", "/groups", desk):
        assert "星 一" not in visitor.get(path).html
        assert "星 一" not in nakamura.get(path).html
