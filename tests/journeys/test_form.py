"""A form that asks in every way: filled in by two members in two browsers at once, on a phone and a computer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from kyodo.demonstration.cast import gather
from models.database import reading, transaction
from models.process.vocabulary import State
from models.proposals import Proposal
from tests.journeys.conftest import Enter
from tests.journeys.party import Party
from tests.journeys.test_every_page import violations
from tests.support.every_kind import COMPLETE, ROWS, begun
from tests.support.house import House

pytestmark = pytest.mark.timeout(180)
STATUS = "[data-autosave-status]"
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PASTE = """(cell, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def draft(house: House) -> str:
    """The address of a draft under a programme that asks in every way; nothing is answered yet."""
    with transaction() as session:
        return f"{house.address}/proposals/{begun(session, gather(session), {})}"


def answers_at(draft: str) -> dict[str, object]:
    """What stands in the draft."""
    with reading() as session:
        return dict(session.get_one(Proposal, int(draft.rsplit("/", 1)[1])).answers)


def saved(party: Party) -> None:
    """The page says that everything typed is saved."""
    expect(party.page.locator(STATUS)).to_contain_text("保存しました")


def cell(page: Page, row: int, column: str) -> str:
    """The field of a cell of the budget, by the row it stands in."""
    name = page.locator(f"[data-table=item_budget] tbody tr:nth-child({row}) [data-column={column}] :is(input, select)")
    return f"[name='{name.get_attribute('name')}']"


@contextmanager
def scripts_late(page: Page) -> Iterator[None]:
    """The scripts of a page opened meanwhile arrive only afterwards."""
    late: list[Route] = []
    page.route(re.compile(r"\.js(\?|$)"), lambda route: late.append(route))
    yield
    assert late, "the page waits for its scripts"
    page.unroute_all()  # whatever waited goes on


@pytest.mark.req("I03")
def test_every_question_is_answered_checked_and_handed_in(draft: str, enter: Enter, tmp_path: Path) -> None:
    ono = enter("ono")
    ono.open(f"{draft}/draft")
    page = ono.page
    assert violations(page) == []
    ono.type(item_field="welfare", item_place="青葉川の河川敷", item_people="４０人", item_ready="2027-03-31")
    ono.type(item_issue="一人で夕方を過ごす子どもが増えています。")
    ono.type(**{"item_period-from": "2027-04-01", "item_period-to": "2028-03-31"})
    rain = page.locator("[data-question=item_rain]")
    expect(rain).to_be_hidden()
    ono.type(item_shape="event")
    expect(rain).to_be_visible()
    ono.type(
        item_rain="南公民館で行います。", item_methods=("subsidy",), item_cost_total="100,000", item_cost_city="80000"
    )
    expect(page.locator("[data-question=item_other_method]")).to_be_hidden()

    lines = "収入\t会費\t100,000\t\t\n支出\t会場費\t60,000円\t12\t2027/5/10\n支出\t講師謝礼\t４０，０００\t2\t"
    page.locator(cell(page, 1, "side")).evaluate(PASTE, lines)
    expect(page.locator("[data-sum=yen]")).to_have_text("200,000円")
    page.locator("[data-table=item_budget] button[name=row]").click()
    expect(page.locator("[data-table=item_budget] tbody tr")).to_have_count(4)
    expect(page.locator(cell(page, 4, "side"))).to_be_focused()
    page.locator(cell(page, 4, "what")).fill("まちがい")
    page.locator("[data-table=item_budget] tbody tr:nth-child(4) button").click()
    expect(page.locator("[data-table=item_budget] tbody tr")).to_have_count(3)
    ono.type(**{"item_members-0-name": "葛城 花子", "item_members-0-does": "受付"}, item_phone="090-0000-0000")
    page.get_by_label("募集要項を読み、内容に同意します").check()
    page.locator("#item_papers").set_input_files({"name": "会則.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(page.locator("[data-question=item_papers]")).to_contain_text("会則.pdf")
    saved(ono)
    expect(page.locator("form [aria-busy]")).to_have_count(0)
    assert {key: value for key, value in answers_at(draft).items() if value not in ("", [], {}, None)} == COMPLETE
    assert violations(page) == []

    ono.press("保存して、提出前の確認へ")
    ono.shows("会場費", "200,000円", "会則.pdf", "はい（確認しました）")
    assert violations(page) == []
    ono.press("提出する")
    ono.shows("提案書を提出しました")
    with reading() as session:
        proposal = session.get_one(Proposal, int(draft.rsplit("/", 1)[1]))
        assert proposal.state is State.SUBMITTED
        assert proposal.submissions[-1].answers == COMPLETE


def test_two_members_write_at_once_and_neither_loses_a_word(draft: str, enter: Enter) -> None:
    hanako, ono = enter("katsuragi", phone=True), enter("ono")
    for party in (hanako, ono):
        party.open(f"{draft}/draft")
    hanako.type(item_place="葛城の場所")
    saved(hanako)
    ono.type(item_people="7")
    saved(ono)
    expect(ono.page.locator("[name=item_place]")).to_have_value("葛城の場所")
    hanako.type(item_ready="2027-03-31", item_issue="葛城の書いた課題です。")
    expect(hanako.page.locator("[name=item_people]")).to_have_value("7")

    ono.type(item_issue="大野の書いた課題です。")
    both = ono.page.locator("[data-question=item_issue]")
    expect(both).to_contain_text("どちらを残すか選んでください")
    expect(both).to_contain_text("葛城の書いた課題です。")
    expect(ono.page.locator("[name=item_issue]")).to_have_value("大野の書いた課題です。")
    assert answers_at(draft)["issue"] == "葛城の書いた課題です。"
    assert violations(ono.page) == []
    ono.type(item_issue="二人で書いた課題です。")
    both.get_by_label("下の入力を保存する").check()
    expect(both).not_to_contain_text("どちらを残すか選んでください")
    saved(ono)
    assert answers_at(draft)["issue"] == "二人で書いた課題です。"

    hanako.type(item_place="公民館")
    expect(hanako.page.locator("[name=item_issue]")).to_have_value("二人で書いた課題です。")
    hanako.type(item_issue="葛城がまた書いた課題です。")
    saved(hanako)
    ono.type(item_issue="大野がまた書いた課題です。")
    both.get_by_label("先に保存された内容にする").check()
    expect(ono.page.locator("[name=item_issue]")).to_have_value("葛城がまた書いた課題です。")
    ono.page.reload()
    expect(ono.page.locator("[name=item_issue]")).to_have_value("葛城がまた書いた課題です。")
    assert answers_at(draft)["people"] == 7


def test_words_typed_without_a_connection_meet_what_others_wrote_meanwhile(draft: str, enter: Enter) -> None:
    hanako, ono = enter("katsuragi"), enter("ono")
    for party in (hanako, ono):
        party.open(f"{draft}/draft")
    hanako.context.set_offline(True)
    hanako.type(item_place="線の切れた場所")
    page = hanako.page
    page.locator(cell(page, 1, "what")).fill("会費")
    page.locator("[data-table=item_budget] button[name=row]").click()
    page.locator(cell(page, 2, "what")).fill("印刷費")
    expect(page.locator(STATUS)).to_contain_text("この端末に残しています")
    ono.type(item_people="9", item_place="大野の場所")
    saved(ono)
    hanako.context.set_offline(False)
    hanako.open(f"{draft}/draft")
    expect(page.locator("[data-question=item_place]")).to_contain_text("大野の場所")
    expect(page.locator("[name=item_place]")).to_have_value("線の切れた場所")
    expect(page.locator("[name=item_people]")).to_have_value("9")
    page.get_by_label("下の入力を保存する").check()
    saved(hanako)
    hanako.complaints[:] = [one for one in hanako.complaints if "ERR_INTERNET_DISCONNECTED" not in one]
    stands = answers_at(draft)
    assert (stands["place"], stands["people"]) == ("線の切れた場所", 9)
    assert stands["budget"] == [{"what": "会費"}, {"what": "印刷費"}]


def test_what_is_typed_before_the_scripts_arrive_is_kept_and_saved(draft: str, enter: Enter) -> None:
    hanako = enter("katsuragi", phone=True)
    page = hanako.page
    with scripts_late(page):
        page.goto(f"{draft}/draft", wait_until="commit")
        hanako.type(item_field="welfare", item_place="公民館", item_shape="event", item_methods=("subsidy",))
        page.locator(cell(page, 1, "what")).fill("会費")
        page.locator("#item_papers").set_input_files({"name": "会則.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(page.locator("[data-question=item_papers]")).to_contain_text("会則.pdf")
    saved(hanako)
    expect(page.locator("[name=item_field]")).to_have_value("welfare")
    expect(page.locator("[name=item_shape][value=event]")).to_be_checked()
    expect(page.locator("[name=item_place]")).to_have_value("公民館")
    expect(page.locator(cell(page, 1, "what"))).to_have_value("会費")
    stands = {key: value for key, value in answers_at(draft).items() if value}
    assert stands == {
        "field": "welfare",
        "place": "公民館",
        "shape": "event",
        "methods": ["subsidy"],
        "budget": [{"what": "会費"}],
    }


def test_what_waited_in_the_browser_does_not_undo_what_is_typed_before_the_scripts_arrive(
    draft: str, enter: Enter
) -> None:
    hanako = enter("katsuragi")
    page = hanako.page
    hanako.open(f"{draft}/draft")
    page.route("**/save", lambda route: route.abort())
    hanako.type(item_place="きのうの場所", item_people="7")
    expect(page.locator(STATUS)).to_contain_text("この端末に残しています")
    hanako.complaints[:] = [one for one in hanako.complaints if "ERR_FAILED" not in one]
    page.unroute_all()
    with scripts_late(page):
        page.goto(f"{draft}/draft", wait_until="commit")
        hanako.type(item_place="きょうの場所")
    hanako.shows("この端末から戻しました")
    expect(page.locator("[name=item_place]")).to_have_value("きょうの場所")
    expect(page.locator("[name=item_people]")).to_have_value("7")
    saved(hanako)
    stands = answers_at(draft)
    assert (stands["place"], stands["people"]) == ("きょうの場所", 7)


def test_a_file_chosen_on_a_form_that_stood_open_too_long_goes_up_all_the_same(draft: str, enter: Enter) -> None:
    hanako = enter("katsuragi")
    page = hanako.page
    hanako.open(f"{draft}/draft")
    page.evaluate("for (const one of document.querySelectorAll('[name=csrf_token]')) one.value = 'expired'")
    papers = page.locator("[data-question=item_papers]")
    page.locator("#item_papers").set_input_files({"name": "会則.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(papers.locator(".files")).to_contain_text("会則.pdf")
    hanako.context.clear_cookies()
    page.locator("#item_papers").set_input_files({"name": "名簿.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(papers.locator(".error")).to_contain_text("ログインの有効期限が切れました")


def test_who_still_types_when_another_member_has_handed_in_reads_it(house: House, enter: Enter) -> None:
    with transaction() as session:
        draft = f"{house.address}/proposals/{begun(session, gather(session))}"
    hanako, ono = enter("katsuragi", phone=True), enter("ono")
    hanako.open(f"{draft}/draft")
    ono.open(f"{draft}/draft")
    ono.page.locator("#item_papers").set_input_files({"name": "会則.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(ono.page.locator("[data-question=item_papers] .files")).to_contain_text("会則.pdf")
    ono.press("保存して、提出前の確認へ")
    ono.press("提出する")
    ono.shows("提案書を提出しました")
    hanako.type(item_place="もう遅い場所")
    expect(hanako.page.locator(STATUS)).to_contain_text("書き直すことはできません")
    expect(hanako.page.locator("[name=item_place]")).to_have_value("もう遅い場所")
    papers = hanako.page.locator("[data-question=item_papers]")
    hanako.page.locator("#item_papers").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(papers.locator(".error")).to_contain_text("書き直すことはできません")


def test_a_phone_shows_tables_as_cards_and_never_scrolls_sideways(house: House, enter: Enter) -> None:
    with transaction() as session:
        draft = f"{house.address}/proposals/{begun(session, gather(session))}"
    hanako = enter("katsuragi", phone=True)
    for path in ("draft", "draft?check=1", "submit", "text", "copy"):
        hanako.open(f"{draft}/{path}")
        assert not hanako.page.evaluate(WIDE), path
        assert violations(hanako.page) == [], path
    hanako.open(f"{draft}/draft")
    rows = hanako.page.locator("[data-table=item_budget] tbody tr")
    expect(rows).to_have_count(len(ROWS) + 1)
    box = rows.first.bounding_box()
    assert box is not None
    assert box["height"] > 300, "a row is a card, field below field"
