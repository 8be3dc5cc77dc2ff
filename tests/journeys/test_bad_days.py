"""Bad days at the keyboard: sessions end, devices meet, people click twice, two officers act at once."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from kyodo.demonstration.plot import Plot
from models import clock
from models.database import reading
from models.process.vocabulary import MoveKey, State
from models.proposals import Proposal
from tests.journeys.company import Company
from tests.journeys.conftest import Enter, Tell
from tests.support.house import link_in

pytestmark = pytest.mark.timeout(180)
STATUS = "[data-autosave-status]"


def moves(way: Company, key: MoveKey) -> int:
    """How often this move was made on the proposal."""
    with reading() as session:
        proposal = session.get_one(Proposal, int(way.place.rsplit("/", 1)[1]))
        return sum(event.move is key for event in proposal.events)


def test_what_is_typed_survives_the_end_of_the_session(told: Tell) -> None:
    way = told(State.DRAFT, Plot(title="まちの図書棚"))
    hanako = way.at(way.hanako)
    hanako.follow("提案書を書く")
    hanako.context.clear_cookies()
    hanako.type(item_issue="本を読める場所が、駅の北側にありません。")
    expect(hanako.page.locator(STATUS)).to_contain_text("ログインの有効期限が切れました")
    with hanako.context.expect_page() as opened:
        hanako.page.locator(STATUS).get_by_role("link").click()
    first, hanako.page = hanako.page, opened.value
    hanako.give_password()
    hanako.page.close()
    hanako.page = first
    hanako.type(item_purpose="だれでも本に出会えるまちにします。")
    expect(hanako.page.locator(STATUS)).to_contain_text("保存しました")
    hanako.page.reload()
    expect(hanako.page.get_by_label("解決したい課題")).to_have_value("本を読める場所が、駅の北側にありません。")
    expect(hanako.page.get_by_label("目的", exact=True)).to_have_value("だれでも本に出会えるまちにします。")


def test_a_form_sent_after_the_end_of_the_session_goes_on_behind_the_sign_in(told: Tell) -> None:
    way = told(State.SUBMITTED, Plot(title="夜の見回り"))
    hanako = way.at(way.hanako)
    hanako.type(reason="提出のあとで気づいたことがあります。")
    hanako.context.clear_cookies()
    hanako.press("送る")
    hanako.shows("入力した内容は残っています")
    hanako.give_password()
    hanako.shows("まだ行われていません", "提出のあとで気づいたことがあります。")
    hanako.press("この内容で送信する")
    hanako.lands_on(way.place)
    hanako.shows("提出のあとで気づいたことがあります。")
    assert moves(way, MoveKey.COMMENT) == 1


def test_two_devices_do_not_overwrite_each_other(told: Tell, enter: Enter) -> None:
    way = told(State.DRAFT, Plot(title="橋のたもとの花壇"))
    phone, desk = way.at(way.hanako), way.at(enter("katsuragi"))
    phone.follow("提案書を書く")
    desk.follow("提案書を書く")
    desk.type(item_purpose="机で書いた目的です。")
    expect(desk.page.locator(STATUS)).to_contain_text("保存しました")
    phone.type(item_purpose="電話で書いた目的です。")
    both = phone.page.locator("[data-question=item_purpose]")
    expect(both).to_contain_text("どちらを残すか選んでください")
    expect(both).to_contain_text("机で書いた目的です。")
    expect(phone.page.get_by_label("目的", exact=True)).to_have_value("電話で書いた目的です。")
    phone.type(item_purpose="机と電話で書いた目的です。")
    both.get_by_label("下の入力を保存する").check()
    expect(both).not_to_contain_text("どちらを残すか選んでください")
    expect(phone.page.locator(STATUS)).to_contain_text("保存しました")
    desk.page.reload()
    expect(desk.page.get_by_label("目的", exact=True)).to_have_value("机と電話で書いた目的です。")


@pytest.mark.parametrize("scripts", [True, False])
def test_clicking_twice_hands_in_once(told: Tell, enter: Enter, scripts: bool) -> None:
    title = f"二度押しの提案{scripts:d}"
    way = told(State.DRAFT, Plot(title=title))
    hanako = enter("katsuragi", scripts=scripts)
    hanako.open(f"{way.place}/submit")
    again = hanako.new_page()
    again.goto(f"{way.place}/submit")
    hanako.page.get_by_role("button", name="提出する").dblclick()
    hanako.lands_on(way.place)
    first, hanako.page = hanako.page, again
    hanako.press("提出する")
    hanako.lands_on(way.place)
    hanako.page = first
    assert moves(way, MoveKey.SUBMIT) == 1
    way.house.mail(hanako.email, f"提案書を提出しました「{title}」")
    way.house.mail("ono@kawabe.example", f"提案書を提出しました「{title}」")
    assert len([m for m in way.house.mails.to(hanako.email) if f"提出しました「{title}」" in m["Subject"]]) == 1


def test_of_two_officers_the_second_learns_who_was_first(told: Tell) -> None:
    way = told(State.SUBMITTED, Plot(title="公園の木かげ"))
    nakamura, kobayashi = way.at(way.nakamura), way.at(way.kobayashi)
    nakamura.follow("補正を求める")
    kobayashi.follow("受理する")
    kobayashi.press("受理する")
    kobayashi.lands_on(way.place)
    nakamura.type(reason="会場の地図を付けてください。")
    nakamura.press("補正を求める")
    nakamura.headed("この操作は行われませんでした")
    nakamura.shows("先に市民協働課が「受理する」を行いました", "会場の地図を付けてください。")
    nakamura.follow("今の状況を見る")
    nakamura.shows("除外審査")
    assert moves(way, MoveKey.RETURN_FOR_CORRECTION) == 0


def test_going_back_after_a_move_does_not_make_it_again(told: Tell) -> None:
    way = told(State.SUBMITTED, Plot(title="坂道の手すり"))
    nakamura = way.at(way.nakamura)
    nakamura.follow("受理する")
    nakamura.press("受理する")
    nakamura.lands_on(way.place)
    nakamura.page.go_back()
    nakamura.page.get_by_role("button", name="受理する", exact=True).or_(
        nakamura.page.get_by_role("heading", name="この操作は行われませんでした")
    ).wait_for()
    if nakamura.page.locator("h1").inner_text() == "受理する":
        nakamura.press("受理する")
        nakamura.lands_on(way.place)
    assert moves(way, MoveKey.ACCEPT) == 1


def test_the_link_of_yesterdays_mail_shows_how_things_stand_today(told: Tell, enter: Enter) -> None:
    title = "橋の下の壁画"
    way = told(State.SUBMITTED, Plot(title=title))
    asked = way.house.mail("nakamura@aobagawa.example", f"お願い：提案の受付「{title}」")
    way.move(way.kobayashi, "受理する")
    way.house.move_clock(clock.today() + timedelta(days=1))
    nakamura = enter("nakamura", sign_in=False)
    nakamura.open(link_in(asked))
    nakamura.headed("ログイン")
    nakamura.give_password()
    nakamura.headed(title)
    nakamura.shows("あなたの番です：除外審査", "提案を受理しました")
    nakamura.open(f"{way.place}/accept")
    nakamura.headed("この操作は行われませんでした")
    nakamura.shows("先に市民協働課が「受理する」を行いました")
