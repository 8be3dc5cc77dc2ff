"""A group on its own feet: registered by mail, joined by a member, handed over, and found by everybody."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from models.database import reading
from models.people import Group
from tests.journeys.conftest import MONDAY, Enter
from tests.journeys.party import Party
from tests.support.house import House, link_in

pytestmark = pytest.mark.timeout(180)
NEW = "青葉川の土手をゆっくり歩く"
FINANCE = "会費 年1,000円（12人）"


def set_password(party: Party) -> None:
    """Set the first password on the page that is open."""
    party.type(password=NEW, password_again=NEW)
    party.press("設定してログインする")
    expect(party.page.get_by_role("button", name="ログアウト")).to_be_visible()


def home_of(name: str) -> str:
    """The members' page of a group."""
    with reading() as session:
        return f"/groups/{session.scalars(select(Group.id).where(Group.name == name)).one()}/home"


@pytest.mark.req("A10", "A11", "A14")
def test_a_group_registers_grows_and_passes_its_representation_on(house: House, enter: Enter) -> None:
    hikari = enter(phone=True)
    hikari.open("/groups")
    hikari.follow("団体を登録する")
    hikari.type(
        group_name="夜の図書館",
        kind="civic",
        purpose="夜に本を読む場所を開きます。",
        name="月野 光",
        email="hikari@yoru.example",
    )
    hikari.press("登録を申し込む")
    hikari.headed("メールをお送りします")
    hikari.open(link_in(house.mail("hikari@yoru.example", "「夜の図書館」の登録")))
    hikari.shows("夜に本を読む場所を開きます。")
    hikari.press("登録する")
    set_password(hikari)
    home = home_of("夜の図書館")
    hikari.open("/groups")
    hikari.follow("夜の図書館")
    hikari.lands_on(home)
    hikari.shows("登録の確認待ち")
    public = enter()
    assert public.page.request.get(home.removesuffix("/home")).status == 404

    nakamura = enter("nakamura")
    nakamura.open("/desk/groups")
    nakamura.follow("夜の図書館")
    nakamura.press("登録を確認する")
    nakamura.shows("団体の登録を確認しました")
    house.mail("hikari@yoru.example", "「夜の図書館」の登録を確認しました")

    hikari.open(home)
    hikari.follow("変更する")
    hikari.type(finance=FINANCE, founded_on="2025-04-01", has_rules="yes")
    hikari.press("変更を保存する")
    hikari.follow("公開する項目を選ぶ")
    hikari.type(disclosed=("finance",))
    hikari.press("保存する")
    hikari.shows("財務状況 公開")
    hikari.follow("メンバーを招待する")
    hikari.type(name="星 一", email="hajime@yoru.example")
    hikari.press("招待のメールを送る")
    hikari.shows("返事を待っている招待", "星 一")

    hajime = enter(scripts=False)
    hajime.open(link_in(house.mail("hajime@yoru.example", "「夜の図書館」への招待", "月野 光さんから")))
    hajime.press("招待を受ける")
    set_password(hajime)
    hajime.open(home)
    hajime.shows("星 一", "月野 光")

    house.move_clock(MONDAY.replace(day=MONDAY.day + 1))
    try:
        hikari.open(home)
        hikari.follow("代表者を引き継ぐ")
        hikari.page.get_by_label("星 一").check()
        hikari.press("引継ぎを頼む")
        hikari.shows("星 一さんの返事を待っています")
        hajime.open(link_in(house.mail("hajime@yoru.example", "「夜の図書館」の代表者の引継ぎ")))
        hajime.press("引き受ける")
        hajime.lands_on(home)
        hajime.shows("の代表者を月野 光さんから星 一さんへ")
        expect(hajime.main.get_by_role("link", name="メンバーを招待する")).to_be_visible()
    finally:
        house.move_clock(MONDAY)

    public.open("/groups")
    public.type(q="図書館")
    public.press("検索する")
    public.follow("夜の図書館")
    public.shows("夜に本を読む場所を開きます。", FINANCE)
    public.hides("月野", "星 一", "yoru.example")
