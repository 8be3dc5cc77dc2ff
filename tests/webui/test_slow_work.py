"""Slow work holds nobody up: files are taken in and passwords checked while others write; what changed meanwhile counts."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from threading import Event
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models.database import engine, transaction
from models.passwords import hashed, set_password
from models.people import Membership, Person
from models.process.vocabulary import MoveKey, State
from tests.webui.conftest import PASSWORD, Enter
from tests.webui.telling import go_on, stands, tell
from tests.webui.visitor import Page, Visitor
from webui.access import public
from webui.auth import reset, throttle
from webui.database import aside, db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
NEW = "土手の桜が咲くころに"
WAIT = 20
"""Seconds after which a test gives up."""

Send = Callable[[], Page]


@pytest.fixture(autouse=True)
def _impatient(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has to wait for another writer is told so almost at once."""
    monkeypatch.setattr("models.database.BUSY_SECONDS", 0.3)
    engine.cache_clear()


class Standstill:
    """Work that has begun and goes on when told to."""

    def __init__(self) -> None:
        self.begun, self.end = Event(), Event()

    def stand(self) -> None:
        self.begun.set()
        assert self.end.wait(WAIT)

    @contextmanager
    def during(self, send: Send) -> Iterator[Callable[[], Page]]:
        """The block runs while the work stands; afterwards what is given tells the answer."""
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(send)
            try:
                assert self.begun.wait(WAIT)
                yield lambda: answer.result(WAIT)
            finally:
                self.end.set()


@contextmanager
def standing_at(name: str) -> Iterator[Standstill]:
    """The first call of `module:function` stands still after it has done its work."""
    module, _, function = name.partition(":")
    real, standstill = getattr(import_module(module), function), Standstill()

    def slow(*args: Any, **options: Any) -> Any:
        result = real(*args, **options)
        if not standstill.begun.is_set():
            standstill.stand()
        return result

    with patch(f"{module}.{function}", slow):
        yield standstill


class SlowLine(BytesIO):
    """A form that comes in over a slow line."""

    def __init__(self, content: bytes, standstill: Standstill) -> None:
        super().__init__(content)
        self._standstill = standstill

    def read(self, size: int | None = -1, /) -> bytes:
        self._standstill.stand()
        return super().read(size)

    def readinto(self, buffer: Any, /) -> int:
        self._standstill.stand()
        return super().readinto(buffer)


def _upload(cast: Cast, enter: Enter) -> Send:
    proposal_id = tell(cast)
    visitor = enter(cast.people["katsuragi"])
    visitor.get(f"/proposals/{proposal_id}/draft")
    return lambda: visitor.send("title", files=(BytesIO(PDF), "会則.pdf"))


def _sign(cast: Cast, enter: Enter) -> Send:
    proposal_id = tell(cast, to=State.SIGNING)
    visitor = enter(cast.people["katsuragi"])
    visitor.get(f"/proposals/{proposal_id}/sign")
    return lambda: visitor.send("typed_name", typed_name="葛城 花子", password=PASSWORD)


def _change_password(cast: Cast, enter: Enter) -> Send:
    visitor = enter(cast.people["katsuragi"])
    visitor.get("/account/password")
    return lambda: visitor.send(password_now=PASSWORD, password=NEW, password_again=NEW)


def _new_password(cast: Cast, enter: Enter) -> Send:
    visitor = enter(cast.people["ono"])
    with visitor.client.application.test_request_context():
        link = reset.link(cast.people["katsuragi"], "reset").partition("/password")[2]
    visitor.get(f"/password{link}")
    return lambda: visitor.send(password=NEW, password_again=NEW)


def _sign_in(cast: Cast, enter: Enter) -> Send:
    visitor = enter(cast.people["katsuragi"])
    visitor.get("/sign-in")
    return lambda: visitor.send(email="katsuragi@kawabe.example", password=PASSWORD)


def _rename(enter: Enter, person: Person) -> int:
    """Somebody else changes something."""
    visitor = enter(person)
    visitor.get("/account")
    return visitor.send(phone="000-000-7777").status


@pytest.mark.parametrize(
    ("begin", "slow"),
    [
        (_upload, "webui.attachments:store_upload"),
        (_sign, "webui.auth.proof:password_fits"),
        (_change_password, "webui.auth.account:hashed"),
        (_change_password, "webui.auth.proof:password_fits"),
        (_new_password, "webui.auth.reset:hashed"),
        (_sign_in, "webui.auth.proof:password_fits"),
    ],
)
def test_others_write_meanwhile(cast: Cast, enter: Enter, begin: Callable[[Cast, Enter], Send], slow: str) -> None:
    send = begin(cast, enter)
    with standing_at(slow) as standstill, standstill.during(send) as answer:
        assert _rename(enter, cast.people["takahashi"]) == 302
        standstill.end.set()
        assert answer().status in (302, 303)


def test_others_write_while_a_form_still_comes_in(cast: Cast, enter: Enter) -> None:
    visitor = enter(cast.people["katsuragi"])
    body = f"phone=000-000-8888&name=葛城&language=ja&csrf_token={visitor.token('/account')}".encode()
    standstill = Standstill()

    def send() -> Page:
        return Page(
            visitor.client.post(
                "/account",
                input_stream=SlowLine(body, standstill),
                content_type="application/x-www-form-urlencoded",
            )
        )

    with standstill.during(send) as answer:
        assert _rename(enter, cast.people["takahashi"]) == 302
        standstill.end.set()
        assert answer().status == 302


def test_a_signature_given_with_a_password_that_is_no_longer_one_does_not_count(cast: Cast, enter: Enter) -> None:
    send = _sign(cast, enter)
    with standing_at("webui.auth.proof:password_fits") as standstill, standstill.during(send) as answer:
        with transaction() as session:
            set_password(session.get_one(Person, cast.people["katsuragi"].id), hashed(NEW))
        standstill.end.set()
        assert (answer().status, answer().heading) == (401, "ログイン")


def test_a_text_changed_while_the_password_is_checked_is_not_signed(cast: Cast, enter: Enter) -> None:
    send = _sign(cast, enter)
    proposal_id = 1
    with stands(proposal_id) as proposal:
        now = proposal.agreements[-1]
        details = {n: getattr(now, n) for n in ("methods", "articles", "period_from", "period_to", "budget")}
    with standing_at("webui.auth.proof:password_fits") as standstill, standstill.during(send) as answer:
        go_on(cast, proposal_id, MoveKey.WRITE_AGREEMENT, "takahashi", **details, amount=0, based_on=1)
        standstill.end.set()
        assert answer().status == 409
    with stands(proposal_id) as proposal:
        assert [a.signatures for a in proposal.agreements] == [[], []]


def test_guesses_made_at_the_same_time_are_counted_together(cast: Cast, enter: Enter) -> None:
    send = _sign_in(cast, enter)
    with standing_at("webui.auth.proof:password_fits") as standstill, standstill.during(send) as answer:
        with transaction() as session:
            for _guess in range(throttle.PER_EMAIL):
                throttle.remember(session, "katsuragi@kawabe.example", "192.0.2.1")
        standstill.end.set()
        assert answer().status == 429


def test_a_link_used_twice_at_the_same_time_works_once(cast: Cast, enter: Enter) -> None:
    first, second = _new_password(cast, enter), _new_password(cast, enter)
    with standing_at("webui.auth.reset:hashed") as standstill, standstill.during(first) as answer:
        assert second().status == 302
        standstill.end.set()
        assert (answer().status, answer().heading) == (404, "このページは使えなくなりました")


def test_a_file_that_comes_too_late_is_not_attached(cast: Cast, enter: Enter) -> None:
    send = _upload(cast, enter)
    with standing_at("webui.attachments:store_upload") as standstill, standstill.during(send) as answer:
        go_on(cast, 1, MoveKey.WITHDRAW, "ono", reason="取りやめます。")
        standstill.end.set()
        assert answer().status == 409
    with stands(1) as proposal:
        assert proposal.attachments == []


def test_who_leaves_the_group_meanwhile_attaches_nothing(cast: Cast, enter: Enter) -> None:
    send = _upload(cast, enter)
    with standing_at("webui.attachments:store_upload") as standstill, standstill.during(send) as answer:
        with transaction() as session:
            of_hanako = Membership.person_id == cast.people["katsuragi"].id
            for membership in session.scalars(select(Membership).where(of_hanako)):
                session.delete(membership)
        standstill.end.set()
        assert answer().status == 403
    with stands(1) as proposal:
        assert proposal.attachments == []


@pytest.mark.parametrize("early", [True, False])
def test_slow_work_in_the_wrong_place_is_noticed(app: Flask, early: bool) -> None:
    @public
    def wrong() -> str:
        if early:
            db().add(Person(name="だれか", email="a@b.example", session_key="x"))
        with aside():
            db().scalar(select(Person))
        return "done"

    app.add_url_rule("/wrong", view_func=wrong, methods=["POST"])
    visitor = Visitor(app)
    assert visitor.post("/wrong", {"csrf_token": visitor.token()}).status == 500
