"""お知らせ: the list, the count in the header, and reading one by opening it."""

import pytest
from sqlalchemy import Engine, select

from kyodo.demonstration.cast import Cast, engage, gather
from kyodo.demonstration.story import Story
from models.database import reading, transaction
from models.history import Event
from models.outbox import Delivery
from models.process.vocabulary import State
from notifications import announcements
from tests.support.statements import statements
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.visitor import Page, Visitor


@pytest.fixture
def cast(database: Engine, password_hash: str) -> Cast:
    """A proposal that was handed in and accepted, and everybody told."""
    with transaction() as session:
        people = engage(session, password_hash)
        Story(session, people).take_to(State.SCREENING)
        for event in session.scalars(select(Event).order_by(Event.id)):
            announcements.plan(session, event)
    with reading() as session:
        return gather(session)


def count(page: Page) -> str:
    """What the header says of unread notices."""
    found = page.root.find(".//header//span[@class='unread']")
    return text_of(found) if found is not None else ""


def test_the_header_counts_and_the_list_tells(cast: Cast, enter: Enter) -> None:
    member = enter(cast.people["ono"])
    assert count(member.get("/notices")) == "未読2"
    assert member.page is not None
    assert faults(member.page.html) == []
    assert "提案を受理しました" in member.page.html
    assert count(enter(cast.people["fujita"]).get("/notices")) == ""


def test_opening_one_reads_it_and_leads_to_what_it_is_about(cast: Cast, enter: Enter) -> None:
    member = enter(cast.people["ono"])
    page = member.get("/notices")
    [address] = {form.get("action") for form in page.root.findall(".//main//li//form")} & {_address(page)}
    assert member.post(address, {"csrf_token": member.token("/account")}).location.startswith("/proposals/")
    assert count(member.get("/notices")) == "未読1"


def test_all_can_be_read_at_once_but_not_what_came_since(cast: Cast, enter: Enter) -> None:
    member = enter(cast.people["ono"])
    member.get("/notices")
    with transaction() as session:
        newest = session.scalars(select(Delivery).order_by(Delivery.id.desc())).first()
        assert newest is not None
        later = {c.key: getattr(newest, c.key) for c in Delivery.__mapper__.column_attrs if c.key != "id"}
        later |= {"event_id": None, "person_id": cast.people["ono"].id, "channel": "notice", "occasion": "later"}
        session.add(Delivery(**{**later, "message_id": "<later@kyodo>", "read_at": None}))
    assert member.send("newest").status == 303
    assert count(member.get("/notices")) == "未読1"


def test_nobody_opens_anothers_notice(cast: Cast, enter: Enter) -> None:
    page = enter(cast.people["ono"]).get("/notices")
    other = enter(cast.people["fujita"])
    assert other.post(_address(page), {"csrf_token": other.token("/account")}).status == 404
    assert count(enter(cast.people["ono"]).get("/notices")) == "未読2"


def test_a_get_reads_nothing(cast: Cast, enter: Enter) -> None:
    member = enter(cast.people["ono"])
    for path in ("/notices", "/mine", "/notices"):
        member.get(path)
    assert count(member.get("/notices")) == "未読2"


def test_the_count_costs_one_statement_and_ends_at_ninety_nine(
    cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = enter(cast.people["ono"])
    member.get("/help")
    with statements() as sent:
        member.get("/help")
    assert len([s for s in sent if "delivery" in s]) == 1
    monkeypatch.setattr("models.notices.MOST", 2)
    monkeypatch.setattr("webui.notices.MOST", 2)
    assert count(member.get("/help")) == "未読1+"


def test_visitors_have_none(cast: Cast, visitor: Visitor) -> None:
    assert "お知らせ" not in text_of(visitor.get("/cases").root.findall(".//header")[0])
    assert visitor.get("/notices").status == 302


def _address(page: Page) -> str:
    form = page.root.find(".//main//li//form")
    assert form is not None
    return form.get("action") or ""
