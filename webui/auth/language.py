"""Changing the language of the pages, and staying where one was."""

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from models.settings import settings
from webui.access import public, safe_next
from webui.language import COOKIE, LANGUAGES

YEAR = 365 * 24 * 60 * 60


@public
def change_language(code: str) -> Response:
    """Remember the language in this browser."""
    if code not in LANGUAGES:
        abort(404)
    answer = redirect(safe_next(request.args.get("next")) or url_for("public.home"))
    answer.set_cookie(
        COOKIE, code, max_age=YEAR, httponly=True, samesite="Lax", secure=settings().base_url.startswith("https://")
    )
    return answer
