"""Bad material and missing parts: hostile and heavy files, no JavaScript, no automation."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import FilePayload, expect

from kyodo.demonstration.plot import Plot
from models import clock
from models.process.vocabulary import State
from tests.journeys.company import Company
from tests.journeys.conftest import Enter, Tell
from tests.journeys.papers import PROPOSAL, a_pdf
from tests.journeys.party import Party
from tests.support.house import House
from tests.support.waiting import wait_until

pytestmark = pytest.mark.timeout(180)
STANDSTILL = "自動処理が止まっています"
MEGABYTE = 1024 * 1024


def writing(way: Company) -> Party:
    """Open the draft on the phone."""
    hanako = way.at(way.hanako)
    hanako.follow("提案書を書く")
    return hanako


@pytest.mark.parametrize(
    ("file", "because"),
    [
        (
            {"name": "案内.pdf", "mimeType": "application/pdf", "buffer": b"<script>alert(1)</script>"},
            "この種類のファイルは受け取れません",
        ),
        (
            {"name": "絵.svg", "mimeType": "image/svg+xml", "buffer": b"<svg onload='alert(1)'/>"},
            "この種類のファイルは受け取れません",
        ),
        (
            {"name": "道具.exe", "mimeType": "application/pdf", "buffer": b"MZ" + bytes(100)},
            "この種類のファイルは受け取れません",
        ),
        ({"name": "空.pdf", "mimeType": "application/pdf", "buffer": b""}, "中身が空です"),
        ({"name": "大.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7" + bytes(MEGABYTE)}, "1MBまで"),
    ],
    ids=["html-as-pdf", "svg", "program", "empty", "too-large"],
)
def test_a_file_that_cannot_be_taken_is_told_at_its_field(told: Tell, file: FilePayload, because: str) -> None:
    way = told(State.DRAFT, Plot(title="ふしぎな添付"))
    hanako = writing(way)
    hanako.type(item_purpose="ファイルのほかは、そのまま残ります。")
    hanako.page.get_by_label("ファイルを添付").set_input_files([a_pdf("会則.pdf"), file])
    hanako.press("下書きを保存")
    summary = hanako.page.get_by_role("alert")
    expect(summary).to_contain_text(file["name"])
    expect(summary).to_contain_text(because)
    expect(hanako.page.get_by_label("目的", exact=True)).to_have_value("ファイルのほかは、そのまま残ります。")
    way.at(hanako).hides("会則.pdf", file["name"])


def test_far_too_much_at_once_is_told_on_a_page_and_the_text_is_still_there(told: Tell) -> None:
    way = told(State.DRAFT, Plot(title="重い資料"))
    hanako = writing(way)
    hanako.type(item_purpose="大きな資料を付けました。")
    expect(hanako.page.locator("[data-autosave-status]")).to_contain_text("保存しました")
    heavy: FilePayload = {"name": "大.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7" + bytes(9 * MEGABYTE)}
    hanako.page.get_by_label("ファイルを添付").set_input_files(heavy)
    hanako.press("下書きを保存")
    hanako.headed("大きすぎて、受け取れませんでした")
    writing(way)
    expect(hanako.page.get_by_label("目的", exact=True)).to_have_value("大きな資料を付けました。")


def test_a_hostile_name_is_only_a_name(told: Tell) -> None:
    way = told(State.DRAFT, Plot(title="名前の長いファイル"))
    name = '../../<img src=x onerror="alert(1)">.pdf'
    hanako = writing(way)
    hanako.page.get_by_label("ファイルを添付").set_input_files(a_pdf(name))
    hanako.press("保存して、提出前の確認へ")
    hanako.headed("提出前の確認")
    assert hanako.main.locator("img").count() == 0
    link = hanako.main.get_by_role("link", name=re.compile("onerror|img"))
    with hanako.page.expect_download() as started:
        link.click()
    assert "/" not in started.value.suggested_filename
    assert started.value.suggested_filename.endswith(".pdf")


def test_what_is_typed_is_text_and_nothing_else(told: Tell) -> None:
    way = told(State.SUBMITTED, Plot(title="<b>太字</b>の提案"))
    hostile = '<script>document.title="x"</script>{{ 7*7 }}<img src=x onerror=alert(1)>'
    hanako = way.at(way.hanako)
    hanako.type(reason=hostile)
    hanako.press("送る")
    hanako.shows(hostile, "<b>太字</b>の提案")
    assert hanako.main.locator("img, script, b:text-is('太字')").count() == 0
    mail = way.house.mail("nakamura@aobagawa.example", "<b>太字</b>", "{{ 7*7 }}")
    html = mail.get_body(("html",))
    assert html is not None
    assert "<script>" not in html.get_content()


def test_without_javascript_everything_from_draft_to_submission_works(house: House, enter: Enter) -> None:
    hanako = enter("katsuragi", phone=True, scripts=False)
    hanako.follow("新しく提案する")
    hanako.type(call="anytime")
    hanako.press("提案書を書き始める")
    hanako.type(**{**PROPOSAL, "title": "スクリプトなしの提案", "item_issue": ""})
    hanako.page.get_by_label("ファイルを添付").set_input_files(a_pdf("会則.pdf"))
    hanako.press("保存して、提出前の確認へ")
    hanako.shows("「解決したい課題」を入力してください。")
    expect(hanako.page.get_by_role("button", name="提出する")).to_have_count(0)
    hanako.follow("「解決したい課題」を入力してください。")
    expect(hanako.page).to_have_url(re.compile("#q-item_issue$"))
    expect(hanako.page.locator("#item_issue")).to_have_attribute("aria-invalid", "true")
    hanako.type(item_issue="放課後に一人で過ごす子どもが増えています。")
    hanako.press("保存して、提出前の確認へ")
    hanako.shows("会則.pdf")
    hanako.press("提出する")
    hanako.headed("スクリプトなしの提案")
    hanako.shows("受付番号", "次は市民協働課の番です")
    house.mail(hanako.email, "提案書を提出しました「スクリプトなしの提案」")


def test_without_automation_people_go_on_and_are_told_in_one_line(told: Tell, house: House) -> None:
    title = "自動処理のない日"
    way = told(State.DRAFT, Plot(title=title))
    hanako = way.at(way.hanako)
    house.stop_runner(kill=True)
    house.move_clock(clock.today() + timedelta(days=1))
    house.start_runner(prefect_url="http://127.0.0.1:9/api")
    wait_until(lambda: sees_standstill(hanako, True), "the pages say that automation stands still")
    expect(hanako.page.locator(".standstill")).to_contain_text(STANDSTILL)
    hanako.follow("提出する")
    hanako.press("提出する")
    hanako.lands_on(way.place)
    hanako.shows("次は市民協働課の番です")
    way.move(way.nakamura, "受理する").shows("提案を受理しました")
    assert not [m for m in house.mails.to(hanako.email) if title in m["Subject"]]

    house.stop_runner()
    house.start_runner()
    house.mail(hanako.email, f"提案書を提出しました「{title}」", seconds=60)
    house.mail(hanako.email, f"提案を受理しました「{title}」")
    wait_until(lambda: sees_standstill(hanako, False), "the pages say no more that automation stands still")
    way.at(hanako).shows("受付書")


def sees_standstill(party: Party, there: bool) -> bool:
    """Reload; pages look for automation every two seconds."""
    party.page.reload()
    return (party.page.locator(".standstill").count() == 1) is there
