"""A self-check is sealed: until both are in, no page, list, search, count, mail, log or row beside its own tells of it."""

import io
import logging
import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import Engine, select

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from models.database import reading, transaction
from models.documents import Attachment, Document
from models.history import Event
from models.outbox import Delivery
from models.people import MemberRole, Membership
from models.process.vocabulary import State
from models.proposals import Proposal
from models.tables import Base
from notifications import announcements
from tests.webui.conftest import Enter
from tests.webui.stages.test_joint_review import hand_in, save
from tests.webui.telling import state_of, tell
from tests.webui.visitor import Visitor

CANARY = "金糸雀の封印語"
OTHERS = {
    "group": ("takahashi", "ito", "nakamura", "admin", "fujita"),
    "city": ("katsuragi", "ito", "nakamura", "admin", "fujita"),
}
"""One of each kind of those who may not read what the one side wrote before both are in: the other side, the head of
the department, the program office, the administrator, another group."""
NO_PAGES = ("static", "auth.change_language", "stages.agreement_pdf")
"""Addresses that show no page; the PDF is read once, on its own."""
WRITERS = {"group": "katsuragi", "city": "takahashi"}


def addresses(app: Flask, proposal_id: int) -> Iterator[str]:
    """Every address that can be opened: each page of the house, and of this proposal and everything in it."""
    with reading() as session:
        proposal = session.get_one(Proposal, proposal_id)
        values = {
            "proposal_id": [proposal_id],
            "number": [proposal.number],
            "document_id": list(session.scalars(select(Document.id))),
            "attachment_id": list(session.scalars(select(Attachment.id))),
            "delivery_id": list(session.scalars(select(Delivery.id))),
        }
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.endpoint in NO_PAGES:
            continue
        others = [name for name in rule.arguments if name not in ("proposal_id", "number")]
        if any(name not in values for name in others):
            continue
        for other in values[others[0]] if others else [None]:
            known = {name: values[name][0] for name in rule.arguments if name in ("proposal_id", "number")}
            yield adapter.build(rule.endpoint, known | ({others[0]: other} if others else {}))
    yield f"/proposals/{proposal_id}/submit-self-check?subject=1"
    yield "/inbox?span=all&sorting=newest"


def pages(app: Flask, visitor: Visitor, proposal_id: int) -> dict[str, str]:
    """What a reader finds on all of them, without what differs from one opening to the next."""
    found = {}
    for address in addresses(app, proposal_id):
        answer = visitor.client.get(address)
        text = answer.get_data(as_text=True)
        text = re.sub(r'name="csrf_token" value="[^"]+"', "", text)
        found[address] = re.sub(r"\d+時\d+分|T\d\d:\d\d", "", text)
    return found


def written_down() -> str:
    """Everything the database holds but the self-checks themselves."""
    with reading() as session:
        return "\n".join(
            str(tuple(row))
            for table in Base.metadata.sorted_tables
            if table.name != "self_check"
            for row in session.execute(select(table))
        )


def announce() -> None:
    """Plan the mails and notices of every event."""
    with transaction() as session:
        for event in session.scalars(select(Event).order_by(Event.id)):
            announcements.plan(session, event)


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """All that any logger says, statements included."""
    wanted = {"": logging.DEBUG, "sqlalchemy.engine": logging.INFO}
    levels = {name: logging.getLogger(name).level for name in wanted}
    for name, level in wanted.items():
        logging.getLogger(name).setLevel(level)
    yield lambda: caplog.text
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.timeout(300)
@pytest.mark.req("V02")
def test_nothing_tells_what_one_side_wrote_before_both_are_in(
    database: Engine, app: Flask, cast: Cast, enter: Enter
) -> None:
    # Every page is opened ten times: one side on either database.
    side = {"sqlite": "group", "postgresql": "city"}[database.dialect.name]
    proposal_id = tell(cast, to=State.SELF_CHECKING)
    writer = enter(cast.people[WRITERS[side]])
    readers = {who: enter(cast.people[who]) for who in OTHERS[side]} | {"the public": Visitor(app)}
    announce()
    watching = {who: readers[who] for who in (OTHERS[side][0], "nakamura")}
    before = {who: pages(app, reader, proposal_id) for who, reader in watching.items()}
    typed = {"item_trust-mark": "1", "item_trust-comment": CANARY}

    assert save(writer, proposal_id, 0, **typed).status == 200
    announce()
    for who, reader in watching.items():
        assert pages(app, reader, proposal_id) == before[who], f"{who} can tell that {side} has begun to write"

    assert hand_in(writer, proposal_id, **typed).status == 303
    announce()
    for who, reader in readers.items():
        telling = [address for address, text in pages(app, reader, proposal_id).items() if CANARY in text]
        assert telling == [], f"{who} reads it at {telling}"
    officer = readers["nakamura"]
    for query in (f"/cases-all?q={CANARY}", f"/cases?q={CANARY}", f"/cases-all?q={CANARY[:3]}"):
        assert officer.get(query).root.find(".//main//h3") is None
        assert officer.page is not None
        assert officer.page.root.find(".//tbody") is None
    pdf = PdfReader(io.BytesIO(officer.client.get(f"/proposals/{proposal_id}/agreement.pdf").get_data()))
    assert CANARY not in "".join(page.extract_text() for page in pdf.pages)
    assert CANARY not in written_down()
    assert CANARY in writer.get(f"/proposals/{proposal_id}/self-checks").html


def test_no_log_tells_it_whether_it_is_saved_or_fails(
    cast: Cast, enter: Enter, everything_logged: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal_id = tell(cast, to=State.SELF_CHECKING)
    writer = enter(cast.people["katsuragi"])
    assert save(writer, proposal_id, 0, **{"item_trust-comment": CANARY}).status == 200
    assert hand_in(writer, proposal_id, **{"item_trust-comment": CANARY, "item_aim-mark": ""}).status == 422
    monkeypatch.setattr("webui.stages.self_checks.attempt", lambda *args, **named: 1 / 0)
    assert hand_in(writer, proposal_id, **{"item_trust-comment": CANARY}).status == 500
    monkeypatch.undo()
    assert hand_in(writer, proposal_id, **{"item_trust-comment": CANARY}).status == 303
    assert "Failure" in everything_logged()
    assert CANARY not in everything_logged()


def test_when_both_are_in_every_party_reads_both(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SELF_CHECKING)
    for who in ("ono", "takahashi"):
        hand_in(enter(cast.people[who]), proposal_id, **{"item_trust-comment": CANARY + who})
    assert state_of(proposal_id) is State.JOINT_REVIEW
    for who in ("katsuragi", "yamamoto", "ito", "nakamura"):
        page = enter(cast.people[who]).get(f"/proposals/{proposal_id}/self-checks")
        assert CANARY + "ono" in page.html
        assert CANARY + "takahashi" in page.html


def test_whoever_sits_on_both_sides_writes_for_the_group_alone(cast: Cast, enter: Enter) -> None:
    """Somebody of the section who is also in the group has no hat of the city on it."""
    proposal_id = tell(cast, _join, to=State.SELF_CHECKING)
    officer = enter(cast.people["takahashi"])
    hand_in(officer, proposal_id, **{"item_trust-comment": CANARY})
    assert CANARY not in enter(cast.people["yamamoto"]).get(f"/proposals/{proposal_id}").html
    assert enter(cast.people["yamamoto"]).get(f"/proposals/{proposal_id}/self-checks").status == 404
    assert CANARY in enter(cast.people["katsuragi"]).get(f"/proposals/{proposal_id}/self-checks").html


def _join(story: Story) -> None:
    story.session.add(
        Membership(
            group_id=story.proposal.group_id,
            person_id=story.cast.people["takahashi"].id,
            role=MemberRole.MEMBER,
            since=story.proposal.created_at.date(),
        )
    )
