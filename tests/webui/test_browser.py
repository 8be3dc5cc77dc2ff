"""The scripts in a real browser: a draft that is never lost, a counter, one click that counts once, calm pages."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.conftest import Environment

SAMPLE = "/dev/components"
STATUS = "[data-autosave-status]"
KEPT = "Object.keys(localStorage).filter(name => name.startsWith('kyodo-unsaved')).length"


@pytest.fixture
def address(environment: Environment, request: pytest.FixtureRequest) -> str:
    """Where the pages are, the development ones included."""
    environment(KYODO_ENV="development")
    served: str = request.getfixturevalue("live_server")
    return served


def _open(page: Page, address: str) -> None:
    page.goto(address + SAMPLE)
    expect(page.locator("h1")).to_have_text("入力の部品")


def test_what_is_typed_is_saved_by_itself(page: Page, address: str) -> None:
    _open(page, address)
    page.fill("#title", "川辺の見守り")
    expect(page.locator(STATUS)).to_have_text(re.compile(r"^保存しました \d\d:\d\d$"))
    expect(page.locator("input[name=revision]")).to_have_value("1")
    assert page.evaluate(KEPT) == 0
    page.check("text=環境保全")
    expect(page.locator("input[name=revision]")).to_have_value("2")


def test_without_connection_it_is_kept_and_saved_when_there_is_one(page: Page, address: str) -> None:
    _open(page, address)
    page.context.set_offline(True)
    page.fill("#title", "川辺の見守り")
    expect(page.locator(STATUS)).to_contain_text("通信できないため")
    assert page.evaluate(KEPT) == 1
    page.context.set_offline(False)
    expect(page.locator(STATUS)).to_contain_text("保存しました")
    assert page.evaluate(KEPT) == 0


def test_what_could_not_be_saved_comes_back_when_the_form_is_opened_again(page: Page, address: str) -> None:
    _open(page, address)
    page.route("**/autosave", lambda route: route.abort())
    page.fill("#title", "川辺の見守り")
    page.fill("#summary", "一行目\n二行目")
    page.check("text=自由提案")
    page.check("text=環境保全")
    page.select_option("#section", "福祉政策課")
    expect(page.locator(STATUS)).to_contain_text("通信できないため")
    page.unroute("**/autosave")
    _open(page, address)
    expect(page.locator(".notice.warn[role=status]")).to_contain_text("この端末から戻しました")
    expect(page.locator("#title")).to_have_value("川辺の見守り")
    expect(page.locator("#summary")).to_have_value("一行目\n二行目")
    expect(page.get_by_label("自由提案")).to_be_checked()
    expect(page.get_by_label("環境保全")).to_be_checked()
    expect(page.get_by_label("防犯・防災")).not_to_be_checked()
    expect(page.locator("#section")).to_have_value("福祉政策課")
    expect(page.locator("#summary-count")).to_have_text("あと393文字")
    expect(page.locator(STATUS)).to_contain_text("保存しました")
    assert page.evaluate(KEPT) == 0


def test_an_answer_that_breaks_off_is_no_saving(page: Page, address: str) -> None:
    _open(page, address)
    page.route("**/autosave", lambda route: route.fulfill(status=200, content_type="application/json", body='{"say'))
    page.fill("#title", "川辺の見守り")
    expect(page.locator(STATUS)).to_contain_text("通信できないため")
    page.unroute("**/autosave")
    _open(page, address)
    expect(page.locator(".notice.warn[role=status]")).to_contain_text("この端末から戻しました")
    expect(page.locator("#title")).to_have_value("川辺の見守り")


def test_what_came_back_can_be_discarded(page: Page, address: str) -> None:
    _open(page, address)
    page.route("**/autosave", lambda route: route.abort())
    page.fill("#title", "書き間違い")
    expect(page.locator(STATUS)).to_contain_text("通信できないため")
    page.unroute("**/autosave")
    _open(page, address)
    page.click("text=この端末の入力を捨てる")
    expect(page.locator("#title")).to_have_value("")
    expect(page.locator(STATUS)).to_contain_text("保存しました")


def test_what_is_older_than_the_saved_draft_is_offered_not_forced(page: Page, address: str) -> None:
    _open(page, address)
    page.evaluate(
        """localStorage.setItem("kyodo-unsaved  /dev/components/autosave", JSON.stringify(
            {at: Date.now(), revision: "-1", fields: [["title", "昨日の続き"]], sent: false}))"""
    )
    _open(page, address)
    expect(page.locator("#title")).to_have_value("")
    page.click("text=この端末の入力に戻す")
    expect(page.locator("#title")).to_have_value("昨日の続き")
    expect(page.locator(STATUS)).to_contain_text("保存しました")


def test_another_persons_newer_draft_is_not_overwritten(page: Page, address: str) -> None:
    _open(page, address)
    page.fill("#title", "衝突")
    expect(page.locator(STATUS)).to_contain_text("先に保存しました。上書きはしていません。")
    expect(page.locator("#title")).to_have_value("衝突")
    assert page.evaluate(KEPT) == 1


def test_after_the_session_ended_the_text_stays_and_the_way_in_is_shown(page: Page, address: str) -> None:
    _open(page, address)

    def signed_out(route: Route) -> None:
        route.fulfill(status=401, content_type="application/json", body='{"problem": "signed-out"}')

    page.route("**/autosave", signed_out)
    page.fill("#title", "川辺の見守り")
    expect(page.locator(STATUS)).to_contain_text("この端末に残しています")
    link = page.locator(f"{STATUS} a")
    expect(link).to_have_attribute("href", "/sign-in")
    expect(link).to_have_attribute("target", "_blank")
    assert page.evaluate(KEPT) == 1


def test_an_expired_token_is_renewed_on_the_way(page: Page, address: str) -> None:
    _open(page, address)
    page.context.clear_cookies()
    page.fill("#title", "川辺の見守り")
    expect(page.locator(STATUS)).to_contain_text("保存しました")
    page.click("text=保存して次へ")
    expect(page.locator(".errors")).to_be_visible()


def test_the_counter_counts_as_the_server_does(page: Page, address: str) -> None:
    _open(page, address)
    count = page.locator("#summary-count")
    expect(count).to_have_text("あと400文字")
    page.fill("#summary", "𠮷野川\nの堤")
    expect(count).to_have_text("あと394文字")
    page.fill("#summary", "あ" * 403)
    expect(count).to_have_text("3文字超えています")
    expect(page.locator(".vh[role=status]")).to_have_text("3文字超えています")


def test_a_second_click_sends_nothing(page: Page, address: str) -> None:
    _open(page, address)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.is_navigation_request() else None)
    page.evaluate("const f = document.getElementById('sample'); f.requestSubmit(); f.requestSubmit();")
    expect(page.locator(".errors")).to_be_visible()
    assert len(sent) == 1
    page.go_back()
    page.click("text=保存して次へ")
    expect(page.locator(".errors")).to_be_visible()


@pytest.mark.parametrize("width", [375, 1280])
def test_pages_fit_and_keep_to_the_content_policy(page: Page, address: str, width: int) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", "/help", "/sign-in", "/password/forgotten", "/dev", SAMPLE, "/dev/mails", "/dev/sign-in"):
        page.goto(address + path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} px too wide for {width} px"
    assert complaints == []


def test_everything_is_reached_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + "/sign-in")
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert seen[0] == "本文へ移動"
    assert seen.index("email") < seen.index("password") < seen.index("ログインする")


def test_without_scripts_the_form_works_just_the_same(page: Page, address: str) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address + SAMPLE)
    plain.fill("#title", "川辺の見守り")
    plain.fill("#summary", "登下校を見守ります。")
    plain.get_by_label("自由提案").check()
    plain.fill("#budget", "３００，０００円")
    plain.get_by_label("公開することに同意します").check()
    plain.click("text=保存して次へ")
    expect(plain.locator("#fine")).to_have_text("受け付けました")
    context.close()
