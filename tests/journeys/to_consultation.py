"""The first half of the way: 受付, 除外審査, 事前協議."""

import re

from playwright.sync_api import expect

from models.programme.library import DEFAULT, programme
from tests.journeys.company import Company
from tests.journeys.papers import PROPOSAL, RECORD, a_pdf, pdf_text
from tests.journeys.party import Party
from tests.support.house import link_in, text_of

TITLE = PROPOSAL["title"]


def intake(way: Company) -> None:
    """受付: written on a phone, kept while typing, read once more, handed in, accepted."""
    hanako = way.hanako
    hanako.headed("マイページ")
    hanako.follow("新しく提案する")
    hanako.type(call="anytime")
    hanako.press("提案書を書き始める")
    hanako.headed("提案書を書く")
    hanako.type(**PROPOSAL)
    expect(hanako.page.locator("[data-autosave-status]")).to_contain_text("保存しました")
    hanako.page.reload()
    expect(hanako.page.get_by_label("事業の名前")).to_have_value(TITLE)
    expect(hanako.page.get_by_label("解決したい課題")).to_have_value(PROPOSAL["item_issue"])
    hanako.page.get_by_label("ファイルを添付").set_input_files(a_pdf("会則.pdf"))
    hanako.press("保存して、提出前の確認へ")
    hanako.headed("提出前の確認")
    hanako.shows(TITLE, PROPOSAL["item_issue"], "会則.pdf", "300,000円")
    hanako.press("提出する")
    hanako.headed(TITLE)
    hanako.shows("受付番号", "次は市民協働課の番です")
    way.place = hanako.page.url
    way.number = hanako.page.locator(".page-head .num").inner_text()
    assert re.fullmatch(r"R8-\d{4}", way.number)

    receipt = way.house.mail(hanako.email, f"提案書を提出しました「{TITLE}」（{way.number}）")
    assert "葛城 花子 様" in text_of(receipt)
    assert f"受付番号　{way.number}" in text_of(receipt)
    assert link_in(receipt) == way.place

    asked = way.house.mail("nakamura@aobagawa.example", f"お願い：提案の受付「{TITLE}」")
    nakamura = way.nakamura
    nakamura.headed("受信箱")
    nakamura.shows(TITLE, way.number, "提案の受付")
    nakamura.open(link_in(asked))
    nakamura.headed(TITLE)
    nakamura.follow("受理する")
    nakamura.press("受理する")
    nakamura.shows("提案を受理しました")
    way.house.mail(hanako.email, f"提案を受理しました「{TITLE}」（{way.number}）")

    way.at(hanako)
    hanako.page.reload()
    receipt_pdf = hanako.download("受付書", way.folder)
    assert way.number in pdf_text(receipt_pdf)
    assert "川辺の見守りと多世代の居場所づくり事業" in pdf_text(receipt_pdf)


def judge_not_met(officer: Party, *but: str) -> None:
    """Say of every criterion that it is not met, but for these and those that concern other kinds of groups."""
    for criterion in programme(DEFAULT).criteria:
        if criterion.key not in but and not criterion.kinds:
            officer.type(**{f"item_{criterion.key}-verdict": "not_met"})


def screening(way: Company) -> None:
    """除外審査: one officer judges criterion by criterion, another confirms."""
    nakamura = way.at(way.nakamura)
    nakamura.follow("基準ごとの判断を書く")
    judge_not_met(nakamura)
    nakamura.press("判断を保存する")
    way.move(nakamura, "「通過」として確認に回す")
    way.at(nakamura)
    expect(nakamura.main.get_by_role("link", name="通過を確認する")).to_have_count(0)
    way.move(way.kobayashi, "通過を確認する").shows("除外審査を通過しました")
    way.house.mail(way.hanako.email, f"除外審査を通過しました「{TITLE}」")


def assignment(way: Company) -> None:
    """担当課: the office asks a section, and its head takes the proposal on."""
    reason = "高齢者と子どもの居場所を所管しているため。"
    way.move(way.nakamura, "担当課を決める", section_id="福祉政策課", reason=reason)
    way.at(way.hanako).shows("福祉政策課", reason)
    way.move(way.yamamoto, "引き受ける").shows("担当課が引き受けました")


def consultation(way: Company) -> None:
    """事前協議: a meeting with minutes both confirm, and a record that the group changes before both confirm it."""
    minutes = "会場は旧公民館を使い、鍵の管理は市が行うことにした。"
    way.move(
        way.takahashi,
        "議事録を書く",
        "議事録を保存する",
        held_on="2026-04-06",
        place="市役所3階 会議室",
        participants="川辺のみまもり 2人、福祉政策課 2人",
        minutes=minutes,
        open_points="保険の内容を確認する。",
    )
    way.house.mail(way.hanako.email, f"お願い：議事録の確認「{TITLE}」")
    hanako = way.at(way.hanako)
    hanako.follow("議事録を確認する")
    hanako.shows(minutes)
    hanako.press("議事録を確認する")
    hanako.lands_on(way.place)

    takahashi = way.at(way.takahashi)
    takahashi.follow("協議録を書く")
    expect(takahashi.page.get_by_label("目的", exact=True)).to_have_value(PROPOSAL["item_purpose"])
    takahashi.type(**RECORD)
    takahashi.press("第1版として保存する")
    takahashi.lands_on(way.place)

    changed = "月1回の定例会と、週1回の電話で連絡します。"
    way.move(hanako, "協議録を書く", "第2版として保存する", item_cooperation=changed)
    way.house.mail(takahashi.email, f"お願い：協議録の確認「{TITLE}」")
    way.at(takahashi).follow("協議録を確認する")
    expect(takahashi.main.locator("ins").last).to_contain_text("週1回の電話")
    takahashi.press("第2版を確認する")
    takahashi.shows("次は提案団体の番です")
    way.move(hanako, "協議録を確認する", "第2版を確認する")
    hanako.shows("協定書を作成中")
