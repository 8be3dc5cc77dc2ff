"""(f) A proposal form of 300 questions: the page, and saving one question and all of them, beside a bare page and save."""

from collections.abc import Callable
from typing import Any

import yaml
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import select

from bench.figures import Table, in_turns
from bench.ground import KINDS, ground
from models import clock
from models.database import reading, transaction
from models.drafts import begin_draft
from models.editions import take_up
from models.people import Group, Membership, Person
from models.process.actors import actor_of
from models.programme.library import DEFAULT, shipped_text
from models.proposals import Proposal
from webui.app import create_app

QUESTIONS = 300
ROUNDS = 20
WARM = 3
"""Rounds before the clock counts."""
TEXT = "川辺の見守りと居場所づくりを、地域の人と一緒に進めます。"
CALL = "many"
BARE = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>提案書</title></head><body><form method="post">
{% for key, label, text in rows %}<p><label for="{{ key }}">{{ label }}</label>
<textarea id="{{ key }}" name="{{ key }}">{{ text }}</textarea></p>
{% endfor %}<button>保存</button></form></body></html>"""


def measure() -> Table:
    """Milliseconds of each, in turns with the bare page, on either database."""
    table = Table(
        f"(f) A form of {QUESTIONS} questions, median of {ROUNDS}, in the process",
        ("what", *(f"{kind}, ms" for kind in KINDS), *(f"{kind}, times the bare one" for kind in KINDS)),
    )
    figures = {}
    for kind in KINDS:
        with ground(kind):
            figures[kind] = _measured()
    bare = {"page": "bare page", "save": "bare save of all"}
    for name in next(iter(figures.values())):
        over = bare["page" if "page" in name else "save"]
        table.add(
            name,
            *(f"{figures[kind][name] * 1000:.1f}" for kind in KINDS),
            *(f"{figures[kind][name] / figures[kind][over]:.2f}" for kind in KINDS),
        )
    table.note(
        "The bare page has the same questions and texts in plain fields, the bare save writes all answers unseen: no "
        "sign-in, no languages, no marks, no conditions, nobody else's words looked for."
    )
    return table


def _measured() -> dict[str, float]:
    proposal_id, other_id, person = _begun()
    app = create_app()
    ours, bare = app.test_client(), _bare(other_id).test_client()
    with ours.session_transaction() as session:
        session["_user_id"] = f"{person.id}:{person.session_key}"
    page = f"/proposals/{proposal_id}/draft"
    marks = _fields(ours.get(page).get_data(as_text=True))
    token = {"csrf_token": marks.pop("csrf_token")}
    turn = iter(range(10**6))

    def all_fields() -> dict[str, Any]:
        return {f"item_q{n}": f"{TEXT}{next(turn)}" for n in range(QUESTIONS)}

    def save(fields: dict[str, Any], sent: list[str] | None) -> None:
        given = {**token, **marks, **fields} | ({"sent": sent} if sent is not None else {})
        answer = ours.post(f"{page}/save", data=given, headers={"Accept": "application/json"})
        found = answer.get_json()
        assert answer.status_code == 200, answer.status_code
        assert found["disputed"] == {}, "nobody else writes here"
        marks.update({f"was_{name}": mark for name, mark in found["marks"].items()})

    doings: dict[str, Callable[[], object]] = {
        "bare page": lambda: bare.get("/"),
        "our page": lambda: _read(ours, page),
        "bare save of all": lambda: bare.post("/", data=all_fields()),
        "our save of one question": lambda: save({"item_q7": f"{TEXT}{next(turn)}"}, ["item_q7"]),
        "our save of all": lambda: save(all_fields(), None),
    }
    return in_turns(doings, WARM, ROUNDS)


def _read(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code


def _begun() -> tuple[int, int, Person]:
    """Two drafts under a programme of 300 questions, all answered, and a member of their group."""
    rules = yaml.safe_load(shipped_text(DEFAULT))
    for counting in ("comparison", "selection"):  # with answers that are not asked here
        del rules[counting]
    rules |= {
        "key": "many_questions",
        "types": [{"key": "open", "label": "市民提案型", "proposer": "citizens", "rounds": []}],
        "calls": [{"key": CALL, "type": "open", "label": "随時", "fiscal_year": 2026}],
        "proposal_items": [
            {
                "key": f"q{n}",
                "label": f"問{n}",
                "limit": 800,
                **({"heading": f"第{n // 30 + 1}章"} if n % 30 == 0 else {}),
            }
            for n in range(QUESTIONS)
        ],
        "proposal_rules": [],
        "criteria": [{key: value for key, value in rules["criteria"][0].items() if key != "prefill"}],
    }
    with transaction() as session:
        take_up(session, yaml.safe_dump(rules, allow_unicode=True), person_id=None, in_force_from=clock.now())
        member = session.scalars(select(Membership).where(Membership.until.is_(None)).order_by(Membership.id)).first()
        assert member is not None
        person = session.get_one(Person, member.person_id)
        group = session.get_one(Group, member.group_id)
        drafts = []
        for _ in range(2):
            proposal = begin_draft(session, actor_of(session, person), group, CALL)
            proposal.title, proposal.answers = TEXT, {f"q{n}": TEXT for n in range(QUESTIONS)}
            session.flush()
            drafts.append(proposal.id)
        return drafts[0], drafts[1], person


def _fields(html: str) -> dict[str, str]:
    """The marks and the token of the page."""
    found = {}
    for part in html.split("<input ")[1:]:
        tag = part.partition(">")[0]
        values = dict(piece.split('="', 1) for piece in tag.rstrip('"').split('" ') if '="' in piece)
        name = values.get("name", "")
        if name.startswith("was_") or name == "csrf_token":
            found[name] = values.get("value", "")
    return found


def _bare(proposal_id: int) -> Flask:
    app = Flask(__name__)
    page = app.jinja_env.from_string(BARE)

    @app.get("/")
    def form() -> str:
        with reading() as session:
            answers = session.get_one(Proposal, proposal_id).answers
            return page.render(rows=[(f"item_{key}", f"問{key}", text) for key, text in answers.items()])

    @app.post("/")
    def save() -> str:
        with transaction() as session:
            proposal = session.get_one(Proposal, proposal_id)
            proposal.answers = {name.removeprefix("item_"): text for name, text in request.form.items()}
        return "ok"

    return app
