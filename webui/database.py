"""The database session of a request, and the one commit rule.

An unsafe request that answers under 400 commits once; a GET never does. The commit happens before the answer
leaves `dispatch_request`, so what goes wrong in it still reaches the error pages. A view that wants to tell a
broken constraint at the right field flushes inside a try of its own.

SQLite has one writer at a time, so whatever is slow happens `aside`, before anything is written.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, g, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

import models.tables  # noqa: F401 - every mapper knows its neighbours before the first query
from models.database import reading, writing

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def db() -> Session:
    """This request's session: it reads in a GET and writes in a POST.

    Inside a streamed answer it is a fresh session that reads, since the request itself is concluded by then.
    """
    if "db" not in g:
        g.db = reading() if request.method in SAFE_METHODS or g.get("concluded") else writing()
    session: Session = g.db
    return session


@contextmanager
def aside() -> Iterator[Session]:
    """Slow work, such as hashing a password or storing a file, beside a session that only reads: no writer waits for it.

    It comes before anything is written. The request's own transaction ends here, and what was read in it is read anew
    afterwards; whoever found something out aside holds it against what stands then. Inside the block only the session
    given may be asked.
    """
    own = db()
    if own.new or own.dirty or own.deleted:
        raise RuntimeError(f"{request.endpoint} began to write before its slow work: turn them round.")
    own.rollback()
    own.info.clear()
    with reading() as session:
        yield session
    if own.in_transaction():
        raise RuntimeError(f"{request.endpoint} asked the database during its slow work, and others had to wait.")


def conclude(response: Response) -> None:
    """Commit what an unsafe request did if it answers under 400; otherwise roll it back."""
    session: Session | None = g.get("db")
    g.concluded = True
    if session is None:
        return
    if request.method in SAFE_METHODS:
        if session.new or session.dirty or session.deleted:
            raise RuntimeError(f"{request.method} {request.path} changed objects, but a GET never commits.")
    elif response.status_code < 400:
        session.commit()
    else:
        session.rollback()


def install(app: Flask) -> None:
    """Close the session when the request is over, and again after a streamed answer."""
    app.teardown_request(_close)


def install_reception(app: Flask) -> None:
    """Take in what was sent, files and all, before anything asks the database."""
    app.before_request(_receive)


def _receive() -> None:
    if request.method not in SAFE_METHODS:
        request.form.keys()  # the first look at a form reads all of it


def _close(error: BaseException | None) -> None:
    session: Session | None = g.pop("db", None)
    if session is not None:
        session.close()
