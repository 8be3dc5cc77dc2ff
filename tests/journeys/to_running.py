"""The middle of the way: 協定 and 実施報告."""

from datetime import date

from playwright.sync_api import expect

from tests.journeys.company import Company
from tests.journeys.papers import AGREEMENT, FINAL_REPORT, PROPOSAL, REPORT, a_pdf, pdf_text
from tests.journeys.party import PASSWORD
from tests.support.house import link_in

TITLE = PROPOSAL["title"]


def agreement(way: Company) -> None:
    """協定: written by the section, approved by the head, signed by both with their passwords."""
    takahashi = way.at(way.takahashi)
    takahashi.follow("協定書を書く")
    expect(takahashi.page.get_by_label("事業目的")).to_have_value(PROPOSAL["item_purpose"])
    takahashi.type(**AGREEMENT)
    takahashi.press("第1版として保存する")
    takahashi.lands_on(way.place)
    way.move(takahashi, "決裁に回す")

    way.house.mail("ito@aobagawa.example", f"お願い：協定書の決裁「{TITLE}」")
    way.move(way.ito, "協定書を決裁する")

    way.house.mail(way.hanako.email, f"お願い：協定書への署名「{TITLE}」")
    hanako = way.at(way.hanako)
    hanako.follow("署名する")
    hanako.type(typed_name="葛城花子", password="wrong password")
    hanako.press("署名する")
    hanako.shows("パスワードが違います")
    hanako.type(password=PASSWORD)
    hanako.press("署名する")
    hanako.lands_on(way.place)
    way.move(way.ito, "署名する", typed_name="伊藤 隆", password=PASSWORD)
    way.ito.shows("実施報告")

    way.house.mail(hanako.email, f"お願い：実施報告の提出「{TITLE}」")
    way.at(hanako)
    text = pdf_text(hanako.download("協定書", way.folder))
    for words in ("協定書", way.number, "葛城花子", "伊藤隆", AGREEMENT["item_law"], "300,000円"):
        assert words in text


def execution(way: Company) -> None:
    """実施報告: months pass, reminders come, two reports with their accounts are handed in, one of them twice."""
    way.live_on(date(2026, 10, 8))
    reminder = way.house.mail(way.hanako.email, f"期限が近づいています：実施報告の提出「{TITLE}」")
    hanako = way.hanako
    hanako.open(link_in(reminder))
    hanako.follow("報告を提出する")
    hanako.shows("中間報告の期限")
    hanako.type(**REPORT)
    expect(hanako.main.locator("[data-total]")).to_have_text("220,000円")
    hanako.press("提出する")
    hanako.lands_on(way.place)
    wish = "延べ人数の内訳を書いてください。"
    way.move(way.takahashi, "報告を差し戻す", reason=wish)
    way.house.mail(hanako.email, f"お願い：実施報告の提出「{TITLE}」", wish)
    way.at(hanako).follow("報告を提出する")
    hanako.shows(wish)
    expect(hanako.page.get_by_label("成果")).to_have_value(REPORT["item_results"])
    hanako.type(item_participants="小学生 延べ320人、高齢者 延べ220人")
    hanako.press("提出する")
    hanako.lands_on(way.place)
    way.move(way.takahashi, "報告を受け取る")

    way.live_on(date(2027, 4, 5))
    way.at(hanako).follow("報告を提出する")
    hanako.shows("最終報告の期限")
    hanako.type(**FINAL_REPORT)
    hanako.page.get_by_label("ファイルを添付").set_input_files(a_pdf("領収書.pdf"))
    hanako.press("提出する")
    hanako.lands_on(way.place)
    takahashi = way.at(way.takahashi)
    takahashi.follow("報告を受け取る")
    takahashi.shows("領収書.pdf", "470,000円")
    takahashi.press("報告を受け取る")
    takahashi.lands_on(way.place)
    takahashi.shows("自己点検")
    way.house.mail(hanako.email, f"お願い：自己点検の提出「{TITLE}」")
