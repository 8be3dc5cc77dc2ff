"""What every answer carries, and that nothing on our pages needs more than the content policy allows."""

import re
from pathlib import Path

import pytest
from flask import Flask
from markupsafe import Markup

from kyodo.demonstration.cast import Cast
from tests.conftest import Environment
from tests.webui.conftest import PASSWORD, Enter
from tests.webui.visitor import Visitor
from webui.app import create_app
from webui.forms.controls import attributes

PAGES = Path(__file__).parents[2] / "webui"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/account", "/nothing-here", "/static/app.css", "/password/new/x"])
def test_every_answer_is_protected(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).answer.headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Strict-Transport-Security" not in headers


def test_the_cookie_is_for_the_browser_alone(cast: Cast, visitor: Visitor) -> None:
    visitor.get("/sign-in")
    visitor.send(email="katsuragi@kawabe.example", password=PASSWORD)
    assert visitor.page is not None
    cookie = visitor.page.answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_on_https_everything_is_stricter(cast: Cast, environment: Environment) -> None:
    environment(KYODO_BASE_URL="https://kyodo.aobagawa.example")
    answer = Visitor(create_app()).get("/sign-in", base_url="https://kyodo.aobagawa.example").answer
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-kyodo=")
    assert "Secure" in cookie.split("; ")


def test_style_sheets_are_kept_by_browsers_and_carry_no_session(cast: Cast, enter: Enter) -> None:
    browser = enter(cast.people["katsuragi"])
    address = re.search(r'href="(/static/app\.css\?v=[^"]+)"', browser.get("/").html)
    assert address
    headers = browser.get(address[1]).answer.headers
    assert "immutable" in headers["Cache-Control"]
    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")


def test_pages_are_not_kept_by_others_and_visitors_get_no_cookie(visitor: Visitor) -> None:
    headers = visitor.get("/").answer.headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in headers


def test_no_template_writes_style_or_script_into_the_page() -> None:
    inline = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    found = [
        f"{path.relative_to(PAGES)}:{number}: {line.strip()}"
        for path in sorted(PAGES.glob("templates/**/*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if inline.search(line)
    ]
    assert not found, f"Put it into static/, where the content policy allows it: {found}"


def test_no_script_or_style_sheet_fetches_from_elsewhere() -> None:
    found = [
        f"{path.name}: {address}"
        for path in sorted(PAGES.glob("static/*.*"))
        if path.suffix in (".js", ".css")
        for address in re.findall(r"https?://[^\s'\")]+", path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_what_people_wrote_is_never_html() -> None:
    trusting = re.compile(
        r"\|\s*safe\b|Markup\((?![\"'])|autoescape false"
    )  # a Markup that we wrote out escapes the rest
    found = [
        str(path.relative_to(PAGES))
        for path in [*sorted(PAGES.glob("templates/**/*.html")), *sorted(PAGES.glob("**/*.py"))]
        for line in path.read_text(encoding="utf-8").splitlines()
        if trusting.search(line) and not line.lstrip().startswith("'")
    ]
    assert found == ["templates/components.html", "language.py"], "Only our icons and our own words go in unescaped."
    sly = str(attributes(value='"><script>alert(1)</script>', title=Markup('<b>"')))
    assert sly == 'value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" title="<b>&quot;"'


def test_the_development_pages_do_not_exist_in_production(app: Flask) -> None:
    visitor = Visitor(app)
    for path in ("/dev", "/dev/sign-in", "/dev/mails", "/dev/clock", "/dev/components"):
        assert visitor.get(path).status == 404
