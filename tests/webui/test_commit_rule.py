"""One commit rule: an unsafe request answering under 400 commits once; a GET never does."""

from collections.abc import Callable, Iterator

import pytest
from flask import Response, request, stream_with_context
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from models.database import engine, reading, transaction, writing
from models.people import Department
from tests.webui.visitor import Visitor
from webui import database
from webui.access import public
from webui.app import create_app
from webui.database import db


def _departments() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Department)) or 0


@pytest.fixture
def writer(database: Engine) -> Visitor:
    """Somebody who opens pages that write: /write?status=…, /stream, /clash, /late-clash."""

    @public
    def write() -> tuple[str, int]:
        db().add(Department(key=request.values.get("key", "a"), name="新しい課"))
        return "done", int(request.values.get("status", 200))

    @public
    def clash() -> str:
        db().add_all([Department(key="same", name="一"), Department(key="same", name="二")])
        db().flush()
        return "done"

    @public
    def stream() -> Response:
        db().add(Department(key="streamed", name="課"))

        def rows() -> Iterator[str]:
            yield from db().scalars(select(Department.key))

        return Response(stream_with_context(rows()))

    app = create_app()
    app.add_url_rule("/write", view_func=write, methods=["GET", "POST"])
    app.add_url_rule("/clash", view_func=clash, methods=["POST"])
    app.add_url_rule("/late-clash", view_func=write, endpoint="late", methods=["POST"])
    app.add_url_rule("/stream", view_func=stream, methods=["POST"])
    return Visitor(app)


def test_a_post_is_kept(writer: Visitor) -> None:
    assert writer.post("/write", {"csrf_token": writer.token()}).status == 200
    assert _departments() == 1


def test_a_post_commits_once(writer: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    commits: list[Session] = []
    commit = Session.commit

    def counting(session: Session) -> None:
        commits.append(session)
        commit(session)

    monkeypatch.setattr(Session, "commit", counting)
    writer.post("/write", {"csrf_token": writer.token()})
    assert len(commits) == 1


@pytest.mark.parametrize("status", [400, 404, 409, 422, 500])
def test_an_answer_of_400_or_more_leaves_no_trace(writer: Visitor, status: int) -> None:
    assert writer.post("/write", {"csrf_token": writer.token(), "status": str(status)}).status == status
    assert _departments() == 0


@pytest.mark.parametrize("status", [302, 303])
def test_a_redirect_commits(writer: Visitor, status: int) -> None:
    writer.post("/write", {"csrf_token": writer.token(), "status": str(status)})
    assert _departments() == 1


def test_a_get_that_changes_something_fails_and_leaves_no_trace(writer: Visitor) -> None:
    assert writer.get("/write").status == 500
    assert _departments() == 0


def test_a_constraint_broken_in_the_view_is_a_conflict_told_in_a_sentence(writer: Visitor) -> None:
    page = writer.post("/clash", {"csrf_token": writer.token()})
    assert (page.status, page.heading) == (409, "ほかの人が先に変更しました")
    assert _departments() == 0


def test_a_constraint_broken_only_by_the_commit_is_a_conflict_too(writer: Visitor) -> None:
    with transaction() as session:
        session.add(Department(key="a", name="先にできた課"))
    page = writer.post("/late-clash", {"csrf_token": writer.token(), "key": "a"})
    assert page.status == 409
    assert _departments() == 1


def test_a_streamed_answer_reads_what_its_request_wrote(writer: Visitor) -> None:
    assert writer.post("/stream", {"csrf_token": writer.token()}).html == "streamed"


def test_every_session_is_closed(writer: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Session] = []
    closed: list[Session] = []
    close = Session.close

    def watched(make: Callable[[], Session]) -> Callable[[], Session]:
        def opening() -> Session:
            opened.append(make())
            return opened[-1]

        return opening

    def closing(session: Session) -> None:
        closed.append(session)
        close(session)

    monkeypatch.setattr(database, "reading", watched(reading))
    monkeypatch.setattr(database, "writing", watched(writing))
    monkeypatch.setattr(Session, "close", closing)
    token = writer.token()
    writer.get("/help")
    writer.post("/stream", {"csrf_token": token})
    writer.post("/clash", {"csrf_token": token})
    assert opened
    assert {id(session) for session in opened} <= {id(session) for session in closed}


def test_a_busy_database_is_told_and_what_was_typed_is_there_to_send_again(
    sqlite: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.database.BUSY_SECONDS", 0.2)
    engine.cache_clear()

    @public
    def write() -> str:
        db().add(Department(key="b", name=request.form["name"]))
        db().flush()
        return "done"

    app = create_app()
    app.add_url_rule("/write", view_func=write, methods=["POST"])
    visitor = Visitor(app)
    token = visitor.token()
    with transaction() as other:
        other.add(Department(key="x", name="長い仕事"))
        other.flush()
        page = visitor.post("/write", {"csrf_token": token, "name": "川辺の見守り"})
    assert page.status == 503
    assert page.answer.headers["Retry-After"]
    assert "川辺の見守り" in page.html
    assert visitor.send("name").html == "done"
    assert _departments() == 2
