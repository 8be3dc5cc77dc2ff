"""Nothing typed is lost: a form that could not be taken is shown again with what it held, ready to be sent."""

from dataclasses import dataclass

from flask import Flask, current_app, jsonify, render_template, request
from flask_wtf.csrf import CSRFError, generate_csrf
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from webui.database import SAFE_METHODS

KEPT_SECONDS = 12 * 60 * 60
"""How long an interrupted form waits on the sign-in page."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The form somebody sent: where to, its text fields in order, and the names of what must be given again."""

    path: str
    fields: list[tuple[str, str]]
    passwords: list[str]
    files: list[str]

    @property
    def texts(self) -> list[str]:
        """What a person wrote, told apart from keys and numbers of ours by how it looks."""
        return [value for _, value in self.fields if _is_prose(value)]


def typed() -> Typed | None:
    """What this request's form held, or None when there is none to keep."""
    if request.method in SAFE_METHODS:
        return None
    try:
        pairs = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
        files = [name for name, file in request.files.items(multi=True) if file.filename]
    except RequestEntityTooLarge:
        return None
    return Typed(
        path=request.full_path.rstrip("?"),
        fields=[(name, value) for name, value in pairs if not _is_secret(name)],
        passwords=list(dict.fromkeys(name for name, _ in pairs if _is_secret(name))),
        files=list(dict.fromkeys(files)),
    )


def sealed(form: Typed) -> str:
    """The form as a signed text that travels through the sign-in page in a hidden field."""
    return str(_seal().dumps([form.path, form.fields, form.passwords, form.files]))


def opened(text: str | None) -> Typed | None:
    """What `sealed` wrote, or None when it is missing, old or not ours."""
    if not text:
        return None
    try:
        path, fields, passwords, files = _seal().loads(text, max_age=KEPT_SECONDS)
    except BadSignature:
        return None
    return Typed(path, [(name, value) for name, value in fields], passwords, files)


def wants_json() -> bool:
    """Whether a script asks, so that the answer should be data and not a page."""
    return request.accept_mimetypes.best_match(("text/html", "application/json")) == "application/json"


def install(app: Flask) -> None:
    """Answer an expired form with what was typed."""
    app.register_error_handler(CSRFError, _expired_form)


def _expired_form(error: CSRFError) -> tuple[str | Response, int]:
    if wants_json():
        return jsonify(problem="token", csrf_token=generate_csrf()), 400
    return render_template("errors/expired_form.html", typed=typed()), 400


def _seal() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="kept-form")


def _is_secret(name: str) -> bool:
    return "password" in name


def _is_prose(value: str) -> bool:
    text = value.strip()
    return len(text) > 1 and (not text.isascii() or " " in text)
