"""Our own sentences in the words of each municipality, and nobody else's words changed."""

import pytest
from babel.messages.pofile import read_po

from models.portal import NOT_YET, Presented
from models.process.labels import HATS, SIDES
from models.process.vocabulary import Hat, Side
from models.programme.city import Called
from models.spoken import USUAL, here, said_as, spoken
from models.words import Word
from webui.language import TRANSLATIONS

PREFECTURE = Called(
    body=Word("県", "prefecture"),
    citizens=Word("県民", "people of the prefecture"),
    office=Word("県民協働室", "the Collaboration Office"),
    head=Word("局長", "the bureau head"),
)
UNION = Called(body=Word("連合", "union"), area=Word("圏域", "area"))


@pytest.mark.parametrize(
    ("called", "ours", "said"),
    [
        (PREFECTURE, "市から修正のお願いがあります", "県から修正のお願いがあります"),
        (PREFECTURE, "市民協働課の担当者だけができます。", "県民協働室の担当者だけができます。"),
        (PREFECTURE, "採否を決めるのは部長です。", "採否を決めるのは局長です。"),
        (PREFECTURE, "市民の団体と市が、市民活動を", "県民の団体と県が、市民活動を"),
        (PREFECTURE, "市内・市外", "県内・県外"),
        (UNION, "市の負担額、市内の人", "連合の負担額、圏域内の人"),
        (USUAL, "市と市民と市民協働課と部長", "市と市民と市民協働課と部長"),
    ],
)
def test_a_sentence_says_what_the_municipality_is_called(called: Called, ours: str, said: str) -> None:
    assert said_as(called, ours, "ja") == said


@pytest.mark.parametrize(
    ("ours", "said"),
    [
        ("The city receives it.", "The prefecture receives it."),
        ("Please call the Citizen Collaboration Section.", "Please call the Collaboration Office."),
        ("The program office has confirmed it.", "The Collaboration Office has confirmed it."),
        ("Citizens and city as equals", "People of the prefecture and prefecture as equals"),
        ("It concerns capacity.", "It concerns capacity."),
    ],
)
def test_so_does_the_english(ours: str, said: str) -> None:
    assert said_as(PREFECTURE, ours, "en") == said


def test_no_sentence_of_our_pages_speaks_of_a_city_where_there_is_none() -> None:
    """Every text of the catalogue, in both languages."""
    with (TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        messages = [one for one in read_po(file) if one.id]
    for one in messages:
        ids, strings = (list(x) if isinstance(x, list | tuple) else [x] for x in (one.id, one.string))
        for text in ids:
            said = said_as(PREFECTURE, text, "ja").replace("市民活動", "").replace("市民参加", "")
            assert "市" not in said.replace("市区町村", ""), f"Write it so that models/spoken.py can say it: {text}"
            assert "部長" not in said
        for text in strings:
            assert " city " not in said_as(PREFECTURE, text, "en"), text


def test_domain_words_are_said_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Presented(**{name: getattr(NOT_YET, name) for name in NOT_YET.__slots__} | {"called": PREFECTURE})
    monkeypatch.setattr("models.spoken.portal", lambda: shown)
    assert here(SIDES[Side.CITY]) == Word("県", "Prefecture")
    assert here(HATS[Hat.HEAD]) == Word("局長", "the bureau head")
    assert here(HATS[Hat.DESK]) == Word("県民協働室", "the Collaboration Office")
    assert spoken("市の負担額", "ja") == "県の負担額"
