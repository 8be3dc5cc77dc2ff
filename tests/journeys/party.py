"""Somebody before a browser: signs in, reads pages, types, presses what stands on buttons."""

import re
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from kyodo.demonstration.logins import PASSWORD as PASSWORD
from kyodo.demonstration.logins import logins
from tests.support.house import House

PHONE = {
    "viewport": {"width": 375, "height": 812},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
    "user_agent": "Mozilla/5.0 (Linux; Android 15; Pixel 8a) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36",
}
DESK = {"viewport": {"width": 1280, "height": 900}}
PATIENCE = 15_000
"""Milliseconds a page may take while everything else runs on the same two cores."""

expect.set_options(timeout=PATIENCE)


Typed = str | tuple[str, ...]
"""What goes into a field; several values are several boxes to tick."""


class Party:
    """One person in one window with cookies of its own. `who`: the first part of the address, empty for the public."""

    def __init__(
        self, house: House, browser: Browser, who: str = "", *, phone: bool = False, scripts: bool = True
    ) -> None:
        known = {login.email.split("@")[0]: login for login in logins()}
        self.house, self.who = house, who
        self.name = known[who].name if who else ""
        self.email = known[who].email if who else ""
        self.context = browser.new_context(
            **(PHONE if phone else DESK),
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            java_script_enabled=scripts,
            reduced_motion="reduce",  # a page that glides while a button is pressed has moved away before it is let go
            base_url=house.address,
        )
        self.context.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.page = self.new_page()

    def new_page(self) -> Page:
        """Another tab of the same person."""
        page = self.context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(f"{self.who}: {error}"))
        return page

    def _listen(self, message: ConsoleMessage) -> None:
        # The browser itself notes every answer from 400 on; what matters of these the tests look at.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.complaints.append(f"{self.who} at {self.page.url}: {message.text}")

    def leave(self) -> None:
        """Close the window."""
        self.context.close()

    def open(self, address: str) -> None:
        """Open a page of the house; from a mail, the whole address."""
        self.page.goto(address)

    def sign_in(self) -> None:
        """Sign in through the page for it, from wherever one is."""
        self.open("/sign-in")
        self.give_password()

    def appear(self) -> None:
        """Be signed in at once, through the development page for it."""
        self.open("/dev/sign-in")
        self.press(self.name)
        expect(self.page.get_by_role("button", name="ログアウト")).to_be_visible()

    def give_password(self) -> None:
        """Fill in the sign-in form that is open."""
        self.page.get_by_label("メールアドレス").fill(self.email)
        self.page.get_by_label("パスワード").fill(PASSWORD)
        self.press("ログインする")
        expect(self.page.get_by_role("button", name="ログアウト")).to_be_visible()

    def type(self, **fields: Typed) -> None:
        """Fill in controls by their name; of radio buttons and boxes, tick those with these values."""
        for name, value in fields.items():
            control = self.page.locator(f"[name='{name}']")
            if control.first.get_attribute("type") in ("radio", "checkbox"):
                for one in (value,) if isinstance(value, str) else value:
                    self.page.locator(f"[name='{name}'][value='{one}']").check()
            elif control.first.evaluate("e => e.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(str(value))

    def press(self, words: str) -> None:
        """Press the button with these words."""
        self.page.get_by_role("button", name=words, exact=True).click()

    def follow(self, words: str) -> None:
        """Follow the link with these words in the main part of the page."""
        self.page.locator("main").get_by_role("link", name=words, exact=True).first.click()

    def lands_on(self, address: str) -> None:
        """The browser has arrived at this address, whatever follows the question mark."""
        expect(self.page).to_have_url(re.compile(re.escape(address) + r"(\?.*)?$"))

    def shows(self, *texts: str | re.Pattern[str]) -> None:
        """The main part of the page says all this."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def hides(self, *texts: str) -> None:
        """The page says nothing of this."""
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text)

    def headed(self, words: str | re.Pattern[str]) -> None:
        """The page has this heading."""
        expect(self.page.locator("h1")).to_have_text(words)

    @property
    def main(self) -> Locator:
        """The main part of the page."""
        return self.page.locator("main")

    def download(self, words: str, folder: Path) -> Path:
        """Save one of the documents of the proposal whose page is open."""
        with self.page.expect_download() as started:
            self.page.get_by_role("region", name="書類").get_by_role("link", name=words).first.click()
        target = folder / started.value.suggested_filename
        started.value.save_as(target)
        return target
