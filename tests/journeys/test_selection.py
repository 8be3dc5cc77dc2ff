"""審査・採否: two judges, one of them with an interest, a committee, a head, a budget vote, and the public that reads it all."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from kyodo.demonstration.cast import gather
from models import clock
from models.database import transaction
from models.outbox import OutboxMessage
from tests.journeys.conftest import MONDAY, Enter
from tests.journeys.papers import pdf_text
from tests.journeys.party import Party
from tests.support.house import House, link_in
from tests.support.selection import TITLES, hall

pytestmark = pytest.mark.timeout(300)
NEW = "青葉川の土手をゆっくり歩く"
FIRST, SECOND, THIRD = TITLES
ROUND = "第2次審査（公開プレゼンテーション）"
ITEMS = ("public", "feasible", "together", "lasting", "cost")
REMARKS = "地域の課題をよくとらえ、市との役割分担が明確です。"


@pytest.fixture
def waiting(house: House) -> list[int]:
    """Three proposals that came through the documents; what followed from that has been read long ago."""
    with transaction() as session:
        told = hall(session, gather(session))
        told.through_documents()
        session.execute(update(OutboxMessage).values(done_at=clock.now()))
        return [proposal.id for proposal in told.proposals]


def score(judge: Party, mark: str, **others: str) -> None:
    """Mark every item of the sheet that is open, and hand it in."""
    judge.type(**{f"item_{key}-mark": others.get(key, mark) for key in ITEMS})
    judge.press("この提案の審査票を提出する")


def open_the_round(nakamura: Party) -> str:
    """The office opens the second round, plans the afternoon and invites two judges; returns the round's address."""
    nakamura.open("/desk/rounds")
    nakamura.shows(ROUND, "3件の提案が待っています。")
    nakamura.follow("審査を始める")
    nakamura.type(score_by=MONDAY.replace(day=24).isoformat(), budget="700,000円")
    nakamura.press("審査を始める")
    nakamura.headed(ROUND)
    place = nakamura.page.url
    for name, email in (("白石 学", "shiraishi@daigaku.example"), ("岡田 正", "okada@midoridanchi.example")):
        nakamura.follow("審査員を招く")
        nakamura.type(name=name, email=email, capacity="学識経験者")
        nakamura.press("お願いのメールを送る")
        nakamura.shows(name, "申告待ち")
    nakamura.follow("発表の時間を決める")
    nakamura.type(
        day=MONDAY.replace(day=18).isoformat(), hour="13:30", place="市役所 大会議室", invitation="10分前に。"
    )
    nakamura.press("時間を決める")
    nakamura.shows("発表の時間を決めました")
    return place


def declare(judge: Party, conflicts: tuple[int, ...], all_of_them: list[int]) -> None:
    """Declare an interest in some proposals and none in the others."""
    judge.headed("利害関係の申告")
    judge.type(**{f"proposal-{key}": "yes" if key in conflicts else "no" for key in all_of_them})
    judge.press("申告する")
    judge.shows("利害関係を申告しました")


def judge_by_tablet(house: House, enter: Enter, waiting: list[int]) -> None:
    """白石 has no account yet: sets a password, declares, scores three, told of a missing reason at its item."""
    judge = enter(phone=True)
    judge.open(link_in(house.mail("shiraishi@daigaku.example", f"審査のお願い：{ROUND}")))
    judge.type(password=NEW, password_again=NEW)
    judge.press("設定してログインする")
    judge.headed("審査")
    judge.follow(ROUND)
    declare(judge, (), waiting)
    judge.follow("採点を始める")
    judge.headed(FIRST)
    judge.shows("解決したい課題", "3件中1件目")
    judge.hides("葛城", "kawabe.example")
    judge.type(**{"item_public-mark": "5"})
    expect(judge.page.locator("[data-autosave-status]")).to_contain_text("保存しました")
    judge.page.reload()
    expect(judge.page.locator("[name='item_public-mark'][value='5']")).to_be_checked()
    score(judge, "5")
    judge.headed(SECOND)
    score(judge, "4", cost="2")
    judge.shows("「費用の妥当性」は2点以下です。理由をコメントに書いてください。")
    judge.type(**{"item_cost-comment": "謝礼の根拠がありません。"})
    judge.press("この提案の審査票を提出する")
    judge.headed(THIRD)
    score(judge, "3")
    judge.shows("すべて提出しました")


def judge_with_an_interest(house: House, enter: Enter, waiting: list[int]) -> None:
    """岡田 has an interest in the third proposal, and sees nothing of it."""
    okada = enter("okada")
    okada.open(link_in(house.mail("okada@midoridanchi.example", f"審査のお願い：{ROUND}")))
    declare(okada, (waiting[2],), waiting)
    okada.shows("審査しない提案")
    assert okada.page.request.get(f"{okada.page.url}/proposals/{waiting[2]}").status == 404
    okada.follow("採点を始める")
    score(okada, "4")
    okada.headed(SECOND)
    score(okada, "4")
    okada.shows("すべて提出しました")


def conclude(nakamura: Party, place: str, waiting: list[int]) -> None:
    """The office closes; the results stand line by line; the committee's conclusions are prefilled."""
    nakamura.open(place)
    nakamura.shows("全員が採点を終えました")
    nakamura.follow("採点を締め切る")
    nakamura.press("採点を締め切る")
    nakamura.headed("審査の結果")
    nakamura.shows("90点", "第1位", "77点", "60点", "予算 700,000円")
    nakamura.page.get_by_text("計算の過程を見る").first.click()
    expect(nakamura.main.locator("details[open] li").first).to_be_visible()
    nakamura.follow("結論を書く")
    for proposal_id, title in zip(waiting, TITLES, strict=True):
        expect(nakamura.page.locator(f"[name='p{proposal_id}-passed']:checked")).to_have_count(1)
        nakamura.type(**{f"p{proposal_id}-remarks": REMARKS})
        nakamura.page.get_by_role("button", name=re.compile(title)).click()
        nakamura.shows(f"「{title}」の結論を書きました。")
    nakamura.shows("すべての結論を書きました")


@pytest.mark.req("S01", "S02", "S03", "S04", "T01", "T05")
def test_from_the_judges_to_the_formal_decision(house: House, enter: Enter, waiting: list[int], tmp_path: Path) -> None:
    nakamura = enter("nakamura")
    place = open_the_round(nakamura)
    hanako = enter("katsuragi")
    hanako.open(f"/proposals/{waiting[0]}")
    hanako.shows(ROUND, "13時30分〜13時50分", "市役所 大会議室", "10分前に。")

    judge_by_tablet(house, enter, waiting)
    judge_with_an_interest(house, enter, waiting)
    conclude(nakamura, place, waiting)

    watanabe = enter("watanabe")
    for proposal_id, amount in ((waiting[0], "300,000"), (waiting[1], "280,000")):
        watanabe.open(f"/proposals/{proposal_id}")
        watanabe.follow("採択する")
        watanabe.shows(REMARKS)
        watanabe.type(amount=amount)
        watanabe.press("採択する")
        watanabe.shows("採択を内定しました")
    watanabe.open(f"/proposals/{waiting[2]}")
    watanabe.follow("不採択とする")
    watanabe.type(reason="予算の範囲に入らなかったため。")
    watanabe.press("不採択とする")
    mail = house.mail(hanako.email, "採択を内定しました", "決定：内定")
    assert "市が負担する額：300,000円" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]

    watanabe.open(f"/proposals/{waiting[0]}")
    watanabe.follow("正式に決定する")
    watanabe.type(voted_on=MONDAY.isoformat(), amount="300,000")
    watanabe.press("正式に決定する")
    house.mail(hanako.email, "予算の議決を受けて正式に決定しました")
    hanako.open(f"/proposals/{waiting[0]}")
    notice = pdf_text(hanako.download("協働事業選考結果通知書（正式決定）", tmp_path))
    for part in ("川辺のみまもり", "300,000円", "予算が議決されたため", "市民生活部長"):
        assert part in notice
    hanako.follow("点数と理由を読む")
    hanako.shows("90点", REMARKS, "第1次審査（書類）")
    hanako.hides("白石", "岡田")

    nakamura.open(place)
    nakamura.follow("結果を公表する")
    nakamura.press("公表する")
    public = enter()
    public.open("/calls/r9_themes/results")
    public.shows("選考の結果", FIRST, "採択", "300,000円", "90点", REMARKS, "不採択", "予算の範囲に入らなかったため。")
    public.hides("謝礼の根拠がありません。", "白石", "岡田")
