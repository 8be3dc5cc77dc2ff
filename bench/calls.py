"""(h) The public page of 50 calls, with few and with many stored proposals, against a bare page of the same size."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import yaml
from flask import Flask
from flask.testing import FlaskClient

from bench.figures import Table, in_turns
from bench.ground import KINDS, Crowd, ground
from models import clock
from models.database import transaction
from models.editions import take_up
from models.programme.library import DEFAULT, shipped_text
from webui.app import create_app

CALLS = 50
FEW, MANY = 100, 10_000
ROUNDS = 40
WARM = 5
"""Rounds before the clock counts."""
OURS, BARE = "our page", "bare page"
PAGE = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>募集</title></head><body><h1>募集</h1><ul>
{% for key, label, hint, when in rows %}<li><h3><a href="/calls/{{ key }}">{{ label }}</a></h3>
<p>{{ hint }}</p><p>{{ when }}</p></li>
{% endfor %}</ul><p>{{ rest }}</p></body></html>"""


def measure() -> Table:
    """Milliseconds of a visitor's page among few and among many proposals, in turns with the bare one."""
    table = Table(
        f"(h) The page of {CALLS} calls, median of {ROUNDS}, in the process",
        ("database", "proposals", "our page, ms", "bare page, ms", "ratio", "size, kB"),
    )
    growth = []
    for kind in KINDS:
        with ground(kind):
            crowd, found = Crowd(), []
            _announce()
            for wanted in (FEW, MANY):
                crowd.grow(wanted)
                times, size = _measured()
                ours, bare = times[OURS], times[BARE]
                found.append(ours)
                table.add(
                    kind,
                    f"{crowd.cases:,}",
                    f"{ours * 1000:.1f}",
                    f"{bare * 1000:.1f}",
                    f"{ours / bare:.2f}",
                    f"{size / 1000:.1f}",
                )
            growth.append(f"{found[-1] / found[0]:.2f} times on {kind}")
    table.note(f"Many proposals against few: {', '.join(growth)}.")
    table.note(
        "A third of the calls is open, half of those for whoever comes first, which are asked whether something is left. "
        "The bare page has the same rows and bytes from memory: no database, no languages, no layout, no menu, no "
        "protection."
    )
    return table


def _announce() -> None:
    """An edition of the city's programme with 50 calls: a third over, a third open, a third coming."""
    rules = yaml.safe_load(shipped_text(DEFAULT))
    kept: list[dict[str, Any]] = rules["calls"]
    today = clock.in_tokyo(clock.now()).replace(hour=9, minute=0)
    for n in range(CALLS - len(kept)):
        opens = today + timedelta(days=(-60, -10, 20)[n % 3] + n // 10)
        closes = opens + timedelta(days=30)
        kept.append(
            {
                "key": f"call_{n}",
                "type": rules["types"][0]["key"],
                "label": f"市民提案型 第{n + 1}回",
                "hint": "市民活動団体が、市と一緒に取り組む事業を提案します。団体の登録は、提案のときでもかまいません。",
                "fiscal_year": 2027,
                "opens": f"{opens:%Y-%m-%d %H:%M}",
                "closes": f"{closes:%Y-%m-%d %H:%M}",
                "occasions": [{"label": "公開プレゼンテーション", "day": f"{closes + timedelta(days=20):%Y-%m-%d}"}],
                **({"first_come": True, "places": 5} if n % 2 else {}),
            }
        )
    with transaction() as session:
        take_up(session, yaml.safe_dump(rules, allow_unicode=True), person_id=None, in_force_from=clock.now())


def _measured() -> tuple[dict[str, float], int]:
    ours = create_app().test_client()
    size = len(_read(ours, "/calls"))
    bare = _bare(size).test_client()
    doings: dict[str, Callable[[], object]] = {BARE: lambda: _read(bare, "/"), OURS: lambda: _read(ours, "/calls")}
    return in_turns(doings, WARM, ROUNDS), size


def _read(client: FlaskClient, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    body: bytes = answer.data
    return body


def _bare(size: int) -> Flask:
    """The calls in plain markup, filled up to this many bytes."""
    app = Flask(__name__)
    page = app.jinja_env.from_string(PAGE)
    rows = [(f"call_{n}", f"市民提案型 第{n + 1}回", "市と一緒に取り組む事業。", "令和8年11月") for n in range(CALLS)]
    rest = "x" * max(0, size - len(page.render(rows=rows, rest="").encode()))

    @app.get("/")
    def calls() -> str:
        return page.render(rows=rows, rest=rest)

    return app
