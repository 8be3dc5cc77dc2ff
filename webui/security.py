"""What protects every answer: headers, a strict content policy, the session cookie, a form's origin and token."""

from urllib.parse import urlsplit

from flask import Flask, abort, request
from flask import Response as FlaskResponse
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

from models.settings import settings
from webui.database import SAFE_METHODS

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie, renewed with every page but never with a style sheet that a cache may keep."""

    def save_session(self, app: Flask, session: SessionMixin, response: FlaskResponse) -> None:
        if request.endpoint != "static":
            super().save_session(app, session, response)


def install_headers(app: Flask) -> None:
    """Put the headers on every answer, error pages included."""
    app.after_request(_with_headers)


def install_limits(app: Flask, text_bytes: int, fields: int) -> None:
    """A form without files may weigh `text_bytes`; one with files what MAX_CONTENT_LENGTH allows. Both have `fields`."""

    @app.before_request
    def limit() -> None:
        if request.mimetype.startswith("multipart/"):
            return  # MAX_FORM_PARTS counts those
        request.max_content_length = text_bytes
        if request.mimetype == "application/x-www-form-urlencoded" and request.get_data().count(b"&") >= fields:
            abort(413)


def install_origin_check(app: Flask) -> None:
    """Refuse forms that another site sends, before anything else looks at them."""
    app.before_request(_refuse_foreign_forms)


def install_csrf(app: Flask) -> None:
    """Ask every unsafe request for the token of its session."""
    CSRFProtect(app)


def _with_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if "Cache-Control" not in headers:
        # no-store would also throw away what was typed when one goes back
        headers["Cache-Control"] = "private, no-cache"
    if settings().base_url.startswith("https://"):
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _refuse_foreign_forms() -> None:
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(400)
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc not in (request.host, urlsplit(settings().base_url).netloc):
        abort(400)
