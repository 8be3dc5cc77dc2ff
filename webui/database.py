"""The database session of a request, and the one commit rule.

An unsafe request that answers under 400 commits once; a GET never does. The commit happens before the answer
leaves `dispatch_request`, so what goes wrong in it still reaches the error pages. A view that wants to tell a
broken constraint at the right field flushes inside a try of its own.
"""

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


def _close(error: BaseException | None) -> None:
    session: Session | None = g.pop("db", None)
    if session is not None:
        session.close()
