"""The end of the way: 相互評価 and 公表, and what the operator finds in Prefect."""

from datetime import date

from playwright.sync_api import expect

from tests.journeys.company import Company
from tests.journeys.papers import (
    CITYS_SECRET,
    FINAL_REPORT,
    GROUPS_SECRET,
    PROPOSAL,
    SHEET,
    VOICE,
    pdf_text,
    self_check,
)
from tests.journeys.party import Party
from tests.support.house import link_in, text_of

TITLE = PROPOSAL["title"]


def review(way: Company) -> None:
    """相互評価: two sealed sheets open at once; both sides conclude the same."""
    hanako, takahashi = way.at(way.hanako), way.takahashi
    hanako.follow("自己点検を提出する")
    hanako.type(**self_check(budget="1", comment=GROUPS_SECRET))
    expect(hanako.page.locator("[data-autosave-status]")).to_contain_text("保存しました")
    _finds_nothing(way, takahashi, GROUPS_SECRET)
    hanako.press("自己点検を提出する")
    hanako.lands_on(way.place)
    _finds_nothing(way, takahashi, GROUPS_SECRET)
    _finds_nothing(way, way.nakamura, GROUPS_SECRET)
    way.move(takahashi, "自己点検を提出する", **self_check(budget="3", comment=CITYS_SECRET))
    way.house.mail(takahashi.email, f"お願い：相互評価シートと受益者の声の記入「{TITLE}」")
    for party in (hanako, takahashi):
        way.at(party).follow("自己点検")
        party.shows(GROUPS_SECRET, CITYS_SECRET)
        expect(party.main.get_by_text("評価が異なる")).to_have_count(1)

    way.move(hanako, "受益者の声を記録する", "記録する", **VOICE)
    way.at(takahashi).follow("相互評価シートを書く")
    expect(takahashi.page.get_by_label("成果", exact=True)).to_have_value(FINAL_REPORT["item_results"])
    takahashi.type(**SHEET)
    takahashi.press("第1版として保存する")
    takahashi.lands_on(way.place)
    way.move(hanako, "相互評価シートを確認する", "第1版を確認する")
    way.move(takahashi, "相互評価シートを確認する", "第1版を確認する").shows("公表")

    way.house.mail(hanako.email, f"お願い：公表案の確認「{TITLE}」")
    way.house.mail(hanako.email, f"相互評価シートを確認しました「{TITLE}」")
    text = pdf_text(way.at(hanako).download("評価書", way.folder))
    for words in ("評価書", way.number, SHEET["next_steps"], GROUPS_SECRET, "86人"):
        assert words in text
    for mail in way.house.mails.messages:
        assert GROUPS_SECRET not in text_of(mail)


def _finds_nothing(way: Company, party: Party, secret: str) -> None:
    """Whatever page of the proposal this party opens, and whatever it searches for, the sealed sheet is not there."""
    way.at(party).hides(secret)
    sealed = party.page.request.get(f"{way.place}/self-checks")
    assert sealed.status == 404
    for page in ("/submit-self-check", "/reports", "/agreement"):
        assert secret not in party.page.request.get(way.place + page).text()
    party.open("/cases-all")
    party.type(q=secret[:6])
    party.press("検索する")
    party.shows("当てはまる案件はありません")


def publication(way: Company) -> None:
    """公表: both sides see it first, the office sets the moment, the flow releases it, everybody reads it."""
    way.move(way.hanako, "公表案を確認する")
    way.move(way.takahashi, "公表案を確認する")
    way.house.mail("nakamura@aobagawa.example", f"お願い：公表日時の決定「{TITLE}」")
    curious = way.enter(phone=True)
    curious.open(f"/cases/{way.number}")
    curious.headed(TITLE)
    curious.hides(SHEET["next_steps"], "葛城")

    way.move(way.nakamura, "公表日時を決める", "この日時に公表する", day="2027-04-12", hour="00:00")
    way.live_on(date(2027, 4, 12))
    released = way.house.mail(way.hanako.email, f"評価を公表しました「{TITLE}」")
    assert link_in(released) == way.place

    visitor = way.enter(phone=True)
    visitor.open("/cases")
    visitor.page.get_by_label("キーワード").fill("見守り")
    visitor.press("検索する")
    visitor.follow(TITLE)
    visitor.headed(TITLE)
    visitor.shows("評価を公表済み", SHEET["next_steps"], "団体と市がいっしょにまとめた評価", "86人", "評価が異なる")
    visitor.hides("葛城", "髙橋", "katsuragi@")
    way.at(way.hanako).shows("評価を公表しました")


STAGES = ("intake", "screening", "consultation", "agreement", "execution", "review", "publication")


def dashboard(way: Company) -> None:
    """The operator finds the proposal's history in Prefect: runs named after number and stage, tagged with both."""
    for stage in STAGES:
        runs = way.house.runs(way.number, stage)
        assert runs, stage
        assert {run["name"] for run in runs} == {f"{way.number} {stage}"}
        assert {run["state"]["type"] for run in runs} == {"COMPLETED"}
