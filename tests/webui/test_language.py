"""Two languages: Japanese unless chosen otherwise, nothing left untranslated, and one stays where one was."""

import re

import pytest
from flask import Flask

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from models.database import transaction
from models.people import Person
from models.process.vocabulary import State
from models.words import Word
from tests.webui.conftest import Enter
from tests.webui.markup import text_of
from tests.webui.visitor import Visitor
from webui.filters import word

JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


def test_the_pages_are_japanese_whatever_the_browser_asks_for(visitor: Visitor) -> None:
    assert visitor.get("/", headers={"Accept-Language": "en"}).root.get("lang") == "ja"


def test_one_changes_the_language_and_stays_where_one_was(visitor: Visitor) -> None:
    page = visitor.get("/sign-in?next=/account")
    link = page.root.find(".//a[@hreflang='en']")
    assert link is not None
    assert link.text == "English"
    back = visitor.get(link.get("href") or "").location
    assert back == "/sign-in?next=/account"
    page = visitor.get(back)
    assert page.heading == "Sign in"
    link = page.root.find(".//a[@hreflang='ja']")
    assert link is not None
    visitor.get(link.get("href") or "")
    assert visitor.get("/sign-in").heading == "ログイン"


@pytest.mark.parametrize("path", ["/", "/help", "/privacy", "/accessibility", "/sign-in", "/nothing-here"])
def test_an_english_page_holds_no_japanese_but_the_way_back(visitor: Visitor, path: str) -> None:
    visitor.client.set_cookie("language", "en")
    html = visitor.get(path).html.replace(">日本語<", "><")
    assert not JAPANESE.search(html), JAPANESE.findall(html)


def test_the_language_link_never_leads_elsewhere_and_knows_two_languages(visitor: Visitor) -> None:
    assert visitor.get("/language/en?next=//evil.example").location == "/"
    assert visitor.get("/language/fr").status == 404


def test_after_a_form_without_a_page_the_language_link_leads_home(visitor: Visitor) -> None:
    page = visitor.post("/sign-out", {"csrf_token": "old"})
    link = page.root.find(".//a[@hreflang='en']")
    assert link is not None
    assert link.get("href") == "/language/en?next=/"


def test_the_persons_language_holds_until_this_browser_chose(cast: Cast, enter: Enter) -> None:
    with transaction() as session:
        session.get_one(Person, cast.people["ono"].id).language = "en"
    browser = enter(cast.people["ono"])
    assert browser.get("/help").root.get("lang") == "en"
    browser.get("/language/ja")
    assert browser.get("/help").root.get("lang") == "ja"


def test_the_language_in_ones_account_holds_for_mails_and_pages(cast: Cast, enter: Enter) -> None:
    browser = enter(cast.people["ono"])
    browser.get("/language/ja")
    browser.get("/account")
    assert browser.send(language="en").status == 302
    page = browser.get("/account")
    assert page.heading == "Your account"
    assert "Your changes are saved." in page.html
    with transaction() as session:
        assert session.get_one(Person, cast.people["ono"].id).language == "en"


@pytest.mark.parametrize("blank", ["", " ", "　"])
def test_nobody_is_without_a_name(cast: Cast, enter: Enter, blank: str) -> None:
    browser = enter(cast.people["ono"])
    browser.get("/account")
    assert browser.send(name=blank).status == 422
    with transaction() as session:
        assert session.get_one(Person, cast.people["ono"].id).name == "大野 勇"


def test_departments_have_english_names_on_public_pages_too(visitor: Visitor, cast: Cast) -> None:
    with transaction() as session:
        story = Story(session, cast)
        story.take_to(State.SCREENING)
        number = story.proposal.number
    visitor.get("/language/en")
    main = visitor.get(f"/cases/{number}").root.find(".//main")
    assert main is not None
    assert text_of(main).count("Citizen Collaboration Section") == 2  # whose turn it is, and whom to ask


def test_a_domain_word_is_said_in_the_readers_language(app: Flask) -> None:
    both = Word("受付", "Intake")
    with app.test_request_context():
        assert word(both) == "受付"
    with app.test_request_context(headers={"Cookie": "language=en"}):
        assert word(both) == "Intake"
