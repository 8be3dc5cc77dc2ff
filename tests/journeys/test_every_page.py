"""Every kind of page at both widths: nobody is kept out, nothing sticks out, and in English nothing stays Japanese."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page
from sqlalchemy import func, select

from models.database import reading
from models.outbox import Heartbeat, OutboxMessage
from tests.conftest import Environment
from tests.journeys.conftest import MONDAY
from tests.journeys.domain_words import DomainWords
from tests.journeys.party import Party
from tests.journeys.tour import Stop, Tour
from tests.support.house import PROJECT, House, house
from tests.support.prefect import PrefectServer
from tests.support.waiting import wait_until
from tests.webui.visitor import Visitor
from webui.app import create_app
from webui.automation import PART

pytestmark = pytest.mark.timeout(1200)
WIDTHS = (1280, 375)
PICTURES = os.environ.get("KYODO_SCREENSHOTS", "")
"""A folder for a picture of every page at both widths; empty: none are taken."""
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="module")
def planted(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, prefect_running: PrefectServer
) -> Iterator[House]:
    """The demonstration city, with proposals in every state and their documents."""
    with house(tmp_path_factory.mktemp("city") / "data", sqlite_template, prefect_running) as opened:
        opened.move_clock(MONDAY)
        for command in (["kyodo", "seed"], ["tests.journeys.beforehand"]):
            subprocess.run(
                [sys.executable, "-m", *command],
                cwd=PROJECT,
                env={**os.environ, **prefect_running.environment, **opened.environment},
                check=True,
                capture_output=True,
            )
        opened.start_runner()
        opened.open_pages()
        yield opened


@pytest.fixture
def city(planted: House, environment: Environment) -> House:
    """The city, once everything that follows from its past is done and the runner is there."""
    environment(**planted.environment)
    planted.prefect.wait()
    wait_until(_all_done, "the outbox is empty and the runner gives a sign of life", 240)
    return planted


def _all_done() -> bool:
    with reading() as session:
        waiting = session.scalar(select(func.count()).where(OutboxMessage.done_at.is_(None)))
        return not waiting and session.get(Heartbeat, PART) is not None


class Company:
    """Everybody whose pages are looked at, each with a window of their own."""

    def __init__(self, city: House, browser: Browser) -> None:
        self._city, self._browser = city, browser
        self._parties: dict[str, Party] = {}

    def of(self, who: str, language: str = "") -> Party:
        """Somebody's window, signed in; the public's for the empty name. language: as chosen; empty: not chosen."""
        if who not in self._parties:
            self._parties[who] = Party(self._city, self._browser, who)
            if who:
                self._parties[who].appear()
        context = self._parties[who].context
        context.clear_cookies(name="language")
        if language:
            context.add_cookies([{"name": "language", "value": language, "url": self._city.address}])
        return self._parties[who]

    def complaints(self) -> list[str]:
        """What any page said on the console."""
        return [complaint for party in self._parties.values() for complaint in party.complaints]

    def leave(self) -> None:
        """Close all windows."""
        for party in self._parties.values():
            party.leave()


@pytest.fixture(scope="module")
def company(planted: House, browser: Browser) -> Iterator[Company]:
    """Windows for everybody."""
    opened = Company(planted, browser)
    yield opened
    opened.leave()


@pytest.fixture(scope="module")
def found_once() -> list[Stop]:
    """Where the first test of this module leaves what it found."""
    return []


@pytest.fixture
def stops(city: House, found_once: list[Stop]) -> list[Stop]:
    """One page of each kind."""
    if not found_once:
        with reading() as session:
            found_once += Tour(Visitor(create_app())).stops(session)
    return found_once


def sticks_out(page: Page) -> int:
    """How many pixels one would have to scroll sideways."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


def violations(page: Page) -> list[str]:
    """What axe finds: the rule, and the first elements that break it."""
    if not page.evaluate("'axe' in window"):  # brought once for both widths: what is warm runs faster
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate("rules => axe.run(rules).then(results => results.violations)", RULES)
    return [f"{v['id']} ({v['help']}): " + " | ".join(n["html"][:160] for n in v["nodes"][:3]) for v in found]


def picture(page: Page, stop: Stop, width: int) -> None:
    """Keep how the page looks."""
    name = re.sub(r"[^a-z0-9]+", "-", f"{stop.name} {stop.who}".lower()).strip("-")
    page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


@pytest.mark.req("N07")
def test_every_page_is_accessible_and_fits(company: Company, stops: list[Stop]) -> None:
    faults = []
    for stop in stops:
        page = company.of(stop.who).page
        page.goto(stop.path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = violations(page)
            if (wide := sticks_out(page)) > 0:
                found.append(f"sticks out by {wide} px")
            if PICTURES:
                picture(page, stop, width)
            faults += [f"{stop.name} at {width} ({stop.path}, {stop.who}): {fault}" for fault in found]
    assert not faults, "\n".join(faults)
    assert company.complaints() == []


def test_in_english_every_page_is_english_but_for_what_people_wrote(company: Company, stops: list[Stop]) -> None:
    words, faults = DomainWords(), []
    for stop in stops:
        party = company.of(stop.who, "en")
        party.page.goto(stop.path)
        party.page.set_viewport_size({"width": 375, "height": 900})
        assert party.page.locator("html").get_attribute("lang") == "en"
        found = [f"still says {text!r}" for text in words.japanese_on(party.page)]
        if (wide := sticks_out(party.page)) > 0:
            found.append(f"sticks out by {wide} px")
        faults += [f"{stop.name} in English ({stop.path}, {stop.who}): {fault}" for fault in found]
    assert not faults, "\n".join(faults)
