"""The web application: which pages there are and what every request passes through."""

from datetime import timedelta

from flask import Blueprint, Flask
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Response

from models.settings import settings
from webui import (
    access,
    assets,
    automation,
    database,
    errors,
    filters,
    language,
    navigation,
    notices,
    portal,
    resend,
    security,
)
from webui.admin import blueprint as admin
from webui.auth import blueprint as auth
from webui.desk import blueprint as desk
from webui.dev import blueprint as dev_pages
from webui.forms import controls
from webui.groups import blueprint as groups
from webui.judging import blueprint as judging
from webui.proposals import blueprint as proposals
from webui.public import blueprint as public
from webui.stages import blueprint as stages

BLUEPRINTS: list[Blueprint] = [public, auth, proposals, stages, groups, judging, desk, admin, notices.blueprint]
"""Every blueprint of the house; a new one is added here and nowhere else."""

IDLE = timedelta(hours=12)
"""How long one stays signed in without doing anything."""

FORM_BYTES = 4 * 1024 * 1024
"""What the text of one form may weigh, besides its files."""

FORM_FIELDS = 10_000
"""Fields of one form: a programme's 400 questions with their marks, and several long tables."""

FILES_AT_ONCE = 3
"""How many files of the largest size one form may carry; a single one too large is then told at its field."""


class Id(IntegerConverter):
    """`<int:…>` in an address: what no row can have as its number is no page."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=2**31 - 1)


class Kyodo(Flask):
    """Flask, with the commit inside the part of a request whose errors reach the error pages."""

    def dispatch_request(self) -> Response:
        response = self.make_response(super().dispatch_request())
        database.conclude(response)
        return response


def create_app() -> Flask:
    """The application, ready to be served. Reads the settings once."""
    app = Kyodo(__name__)
    secure = settings().base_url.startswith("https://")
    app.config.update(
        SECRET_KEY=settings().secret_key,
        SESSION_COOKIE_NAME="__Host-kyodo" if secure else "kyodo",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        PERMANENT_SESSION_LIFETIME=IDLE,
        MAX_CONTENT_LENGTH=FILES_AT_ONCE * settings().max_upload_bytes + FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        MAX_FORM_PARTS=FORM_FIELDS,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session
        WTF_CSRF_SSL_STRICT=False,  # security.py compares the origin instead
    )
    app.url_map.converters["int"] = Id
    app.session_interface = security.Sessions()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    database.install(app)
    language.install(app)
    errors.install(app)
    filters.install(app)
    assets.install(app)
    controls.install(app)
    security.install_headers(app)
    security.install_limits(app, FORM_BYTES, FORM_FIELDS)
    security.install_origin_check(app)
    database.install_reception(app)
    access.install(app)
    security.install_csrf(app)  # after access: an expired session is told before an expired form
    resend.install(app)
    navigation.install(app)
    notices.install(app)
    automation.install(app)
    portal.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings().shows_dev:
        app.register_blueprint(dev_pages)
    return app
