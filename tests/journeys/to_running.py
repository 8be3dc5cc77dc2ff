"""The middle of the way: 協定 and 実施報告."""

from datetime import date

from playwright.sync_api import expect

from tests.journeys.company import Company
from tests.journeys.papers import AGREEMENT, PROPOSAL, pdf_text
from tests.journeys.party import PASSWORD

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
