"""What goes wrong, said in a sentence: one page per kind of error, and none of them loses what was typed."""

import logging
import secrets

from flask import Flask, g, has_request_context, jsonify, render_template
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from webui.access import ask_nothing_more
from webui.resend import Typed, typed, wants_json

log = logging.getLogger(__name__)

Answer = tuple[str | Response, int] | tuple[str | Response, int, dict[str, str]]

PAGES = {400, 404, 405, 409, 413, 429, 500, 503}
"""Statuses with a sentence of their own; 403 wears the face of 404."""


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(IntegrityError, _conflict)
    app.register_error_handler(StaleDataError, _conflict)
    app.register_error_handler(DataError, _unreadable)
    app.register_error_handler(OverflowError, _unreadable)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _failure)


def _http_error(error: HTTPException) -> Answer | Response:
    code = error.code or 500
    if error.response is not None or 300 <= code < 400:
        return error.get_response()
    _give_up()
    if code == 403:
        code = 404
    headers = {name: value for name, value in error.get_headers() if name.lower() in ("allow", "retry-after")}
    return _page(code, headers=headers)


def _conflict(error: Exception) -> Answer:
    log.info("Conflict: %s", type(error).__name__)
    _give_up()
    return _page(409, kept=typed())


def _unreadable(error: Exception) -> Answer:
    """Something no database takes, such as a NUL in a text or a number of forty digits: nobody types that."""
    log.info("Unreadable: %s", type(error).__name__)
    _give_up()
    return _page(400, kept=typed())


def _busy(error: OperationalError) -> Answer:
    log.warning("The database did not answer: %s", error.orig)
    _give_up(database_is_gone=True)
    return _page(503, kept=typed(), headers={"Retry-After": "10"})


def _failure(error: Exception) -> Answer:
    reference = secrets.token_hex(4).upper()
    log.error("Failure %s", reference, exc_info=error)
    _give_up(database_is_gone=True)
    return _page(500, kept=typed(), reference=reference)


def _page(
    code: int, *, kept: Typed | None = None, reference: str = "", headers: dict[str, str] | None = None
) -> Answer:
    if wants_json():
        return jsonify(problem=str(code), reference=reference), code, headers or {}
    name = f"errors/{code}.html" if code in PAGES else "errors/400.html"
    return render_template(name, typed=kept, reference=reference), code, headers or {}


def _give_up(*, database_is_gone: bool = False) -> None:
    """Undo what the request did; where the database is the trouble, ask it nothing more for the error page."""
    if not has_request_context():
        return
    if database_is_gone:
        ask_nothing_more()
        g.setdefault("automation_is_up", True)
        g.setdefault("unread_notices", "")
    session: Session | None = g.get("db")
    if session is not None:
        session.rollback()
