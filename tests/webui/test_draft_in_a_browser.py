"""Writing a proposal in a real browser: saved while typing, on two devices, and readable on a phone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from models.process.vocabulary import MoveKey, State
from tests.webui.conftest import PASSWORD
from tests.webui.telling import tell

STATUS = "[data-autosave-status]"
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def address(cast: Cast, live_server: str) -> str:
    """Where the pages are."""
    return live_server


def _sign_in(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="ログイン").click()
    expect(page.locator("h1")).to_have_text("マイページ")


def test_two_devices_write_one_draft_and_lose_nothing(page: Page, browser: Browser, cast: Cast, address: str) -> None:
    proposal_id = tell(cast)
    _sign_in(page, address, "katsuragi@kawabe.example")
    page.goto(f"{address}/proposals/{proposal_id}/draft")
    phone = browser.new_context(locale="ja-JP").new_page()
    _sign_in(phone, address, "ono@kawabe.example")
    phone.goto(f"{address}/proposals/{proposal_id}/draft")

    page.fill("#title", "パソコンで書いた題")
    expect(page.locator(STATUS)).to_contain_text("保存しました")
    phone.fill("#title", "電話で書いた題")
    expect(phone.locator(STATUS)).to_contain_text("どちらを残すか選んでください")
    expect(phone.locator("#draft").get_by_text("パソコンで書いた題")).to_be_visible()
    expect(phone.locator("#title")).to_have_value("電話で書いた題")

    phone.get_by_role("button", name="下書きを保存", exact=True).click()
    expect(phone.locator("#overtaken")).to_be_visible()
    expect(phone.locator("#title")).to_have_value("電話で書いた題")
    phone.locator("#keep-title-mine").check()
    phone.get_by_role("button", name="下書きを保存", exact=True).click()
    expect(phone.locator(".notice.done")).to_contain_text("下書きを保存しました")
    phone.reload()
    expect(phone.locator("#title")).to_have_value("電話で書いた題")
    phone.context.close()


def test_a_phone_shows_long_words_without_scrolling_sideways(page: Page, cast: Cast, address: str) -> None:
    proposal_id = tell(
        cast,
        lambda s: s.take_to(State.CONSULTING),
        Story.hold_meeting,
        lambda s: setattr(s.proposal, "title", "W" * 60),
        lambda s: s.do(MoveKey.COMMENT, "katsuragi", reason="https://example.jp/" + "a" * 300),
    )
    page.set_viewport_size({"width": 375, "height": 800})
    _sign_in(page, address, "katsuragi@kawabe.example")
    for path in ("", "/minutes", "/submission", "/write-record", "/confirm-minutes", "/withdraw"):
        page.goto(f"{address}/proposals/{proposal_id}{path}")
        assert not page.evaluate(WIDE), path


def test_a_proposals_page_needs_no_script(browser: Browser, cast: Cast, address: str) -> None:
    proposal_id = tell(cast, to=State.SUBMITTED)
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/sign-in")
    page.fill("#email", "nakamura@aobagawa.example")
    page.fill("#password", PASSWORD)
    page.locator("main button").click()
    page.goto(f"{address}/proposals/{proposal_id}")
    page.get_by_role("link", name="受理する").click()
    page.get_by_role("button", name="受理する").click()
    expect(page.locator(".notice.done")).to_contain_text("提案を受理しました")
    page.context.close()
