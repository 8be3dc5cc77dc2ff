"""A city's own name, colour and contact on every page and mail."""

import pytest

from models import clock, portal
from models.database import transaction
from models.editions import take_up
from models.programme.city import contrast_to_white
from models.programme.library import DEFAULT, shipped_text
from models.words import Word
from notifications.wording import letter
from tests.webui.visitor import Visitor

OWN = """portal:
  name: みどり市の協働ひろば
  colour: "#1b5e20"
  contact: みどり市 協働推進課　電話 0277-00-0000
"""


@pytest.fixture
def green_city(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """Somebody on the portal of a city that chose its own look."""
    text = shipped_text(DEFAULT)
    with transaction() as session:
        take_up(session, text[: text.index("portal:\n")] + OWN, person_id=None, in_force_from=clock.now())
    monkeypatch.setattr(portal, "_kept", {})
    return visitor


def test_the_citys_name_and_contact_stand_on_every_page(green_city: Visitor) -> None:
    page = green_city.get("/cases")
    assert "みどり市の協働ひろば" in page.html
    assert "みどり市 協働推進課　電話 0277-00-0000" in page.html
    assert "あおばがわ協働ポータル" not in page.html


def test_so_does_the_colour(green_city: Visitor) -> None:
    page = green_city.get("/cases")
    [sheet] = [link.get("href") or "" for link in page.root.findall(".//link") if "colours" in (link.get("href") or "")]
    answer = green_city.client.get(sheet)
    assert answer.mimetype == "text/css"
    assert "--key: #1b5e20;" in answer.get_data(as_text=True)
    assert green_city.client.get("/colours/red.css").status_code == 404


def test_the_houses_own_colour_needs_no_sheet_of_its_own(visitor: Visitor) -> None:
    assert "/colours/" not in visitor.get("/cases").html


def test_mails_come_from_the_citys_portal(green_city: Visitor) -> None:
    said = letter(
        "group", "ja", subject=Word("件名", "Subject"), name="桂", paragraphs=[], quoted="", link="x",
        button_words="開く", closing=[],
    )  # fmt: skip
    assert said.subject == "【みどり市の協働ひろば】件名"


def test_contrast_is_measured_as_the_guidelines_say() -> None:
    assert round(contrast_to_white("#000000"), 1) == 21.0
    assert round(contrast_to_white("#767676"), 2) == 4.54
