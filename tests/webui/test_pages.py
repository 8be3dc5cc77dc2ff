"""Every page: its template compiles, its fields have labels, its references lead somewhere, in both languages."""

from pathlib import Path

import pytest
from flask import Flask

from kyodo.demonstration.cast import Cast
from tests.webui.conftest import PASSWORD
from tests.webui.markup import faults
from tests.webui.visitor import Visitor

TEMPLATES = Path(__file__).parents[2] / "webui" / "templates"
PAGES = [
    "/",
    "/help",
    "/privacy",
    "/accessibility",
    "/sign-in",
    "/password/forgotten",
    "/password/new/over",
    "/account",
    "/account/password",
    "/nothing-here",
    "/dev",
    "/dev/components",
    "/dev/mails",
    "/dev/pdfs",
    "/dev/clock",
    "/dev/sign-in",
]


@pytest.mark.parametrize("name", sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")))
def test_every_template_compiles(app: Flask, name: str) -> None:
    app.jinja_env.get_template(name)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound(development_app: Flask, cast: Cast, path: str, language: str) -> None:
    visitor = Visitor(development_app)
    visitor.client.set_cookie("language", language)
    if path.startswith("/account"):
        visitor.become(cast.people["katsuragi"])
    page = visitor.get(path)
    assert page.status in (200, 404)
    assert page.root.get("lang") == language
    assert faults(page.html) == []


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/dev/components", {"title": "あ" * 41}),
        ("/sign-in", {"email": ""}),
        ("/password/forgotten", {"email": ""}),
        ("/dev/clock", {"day": "きのう"}),
    ],
)
def test_a_form_with_errors_is_sound_and_tells_each_at_its_field(
    development_app: Flask, path: str, typed: dict[str, str]
) -> None:
    visitor = Visitor(development_app)
    visitor.get(path)
    page = visitor.send(next(iter(typed)), **typed)
    assert page.status == 422
    assert faults(page.html) == []
    assert "<title>エラー：" in page.html
    summary = page.root.find(".//div[@role='alert']")
    assert summary is not None
    for link in summary.iter("a"):
        field = (link.get("href") or "").removeprefix("#")
        assert page.root.find(f".//*[@id='{field}'][@aria-invalid='true']") is not None


def test_the_pages_reached_only_by_forms_are_sound(development_app: Flask) -> None:
    visitor = Visitor(development_app)
    assert faults(visitor.post("/account", {"name": "葛城 花子", "csrf_token": "old"}).html) == []
    assert faults(visitor.send(email="katsuragi@kawabe.example", password=PASSWORD).html) == []
    assert faults(visitor.post("/account", {"name": "葛城 花子", "csrf_token": "old"}).html) == []
    visitor.get("/password/forgotten")
    assert faults(visitor.send(email="katsuragi@kawabe.example").html) == []


def test_the_menu_differs_by_who_reads_it(app: Flask, cast: Cast) -> None:
    def words(who: str) -> list[str]:
        visitor = Visitor(app)
        if who:
            visitor.become(cast.people[who])
        return [label for label, _, _ in _menu_of(visitor)]

    for who, wanted in {
        "": ["ホーム", "募集", "提案する", "協働事例集", "団体"],
        "katsuragi": ["マイページ", "募集", "提案する", "協働事例集", "団体"],
        "takahashi": ["受信箱", "案件", "募集", "協働事例集", "団体の記録"],
        "nakamura": ["受信箱", "案件", "募集", "審査", "協働事例集", "団体の記録"],
        "admin": ["受信箱", "案件", "募集", "協働事例集", "団体の記録", "管理"],
    }.items():
        assert words(who) == wanted


def test_the_skip_link_leads_to_the_main_part(visitor: Visitor) -> None:
    page = visitor.get("/")
    first = page.root.find(".//body/a")
    assert first is not None
    assert first.get("href") == "#main"
    assert page.root.find(".//main[@id='main']") is not None


def _menu_of(visitor: Visitor) -> list[tuple[str, str, str]]:
    page = visitor.get("/help")
    links = page.root.findall(".//nav[@class='nav']//a")
    return [(link.text or "", link.get("href") or "", link.get("aria-current") or "") for link in links]
