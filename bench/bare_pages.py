"""The pages ours are compared with: Flask, SQLAlchemy and a template, nothing else. `python -m bench.bare_pages`."""

import os

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from waitress import serve

from models import clock
from models.database import reading
from models.history import Duty
from models.process.vocabulary import Hat
from models.proposals import Proposal
from models.settings import settings
from webui.__main__ import THREADS

SIZE = 20
PAGE = """<!doctype html>
<html lang="ja">
<head><meta charset="utf-8"><title>{{ title }}</title></head>
<body>
<h1>{{ title }}</h1>
<table>
{% for row in rows %}
<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}
</table>
</body>
</html>
"""


def create_app(department_id: int) -> Flask:
    """Two pages: the open duties of one department, and the public proposals, twenty rows each."""
    app = Flask(__name__)
    page = app.jinja_env.from_string(PAGE)

    @app.get("/inbox")
    def inbox() -> str:
        duties = (
            select(Duty)
            .where(Duty.closed_at.is_(None), Duty.department_id == department_id, Duty.hat == Hat.DESK)
            .options(joinedload(Duty.proposal).joinedload(Proposal.group))
            .order_by(Duty.due_on, Duty.id)
            .limit(SIZE)
        )
        with reading() as session:
            rows = [
                (duty.proposal.number, duty.proposal.title, duty.proposal.group.name, duty.key, duty.due_on)
                for duty in session.scalars(duties)
            ]
            return page.render(title=f"受信箱 {clock.today()}", rows=rows)

    @app.get("/cases")
    def cases() -> str:
        proposals = (
            select(Proposal)
            .where(Proposal.public_since.is_not(None))
            .options(joinedload(Proposal.group), joinedload(Proposal.section))
            .order_by(Proposal.public_since.desc(), Proposal.id.desc())
            .limit(SIZE)
        )
        with reading() as session:
            rows = [
                (p.number, p.title, p.group.name, p.section.name if p.section else "", p.state, p.public_since)
                for p in session.scalars(proposals)
            ]
            return page.render(title="協働事例集", rows=rows)

    return app


if __name__ == "__main__":
    import models.tables  # noqa: F401 (every mapper knows its neighbours)

    serve(create_app(int(os.environ["BENCH_DEPARTMENT"])), port=settings().port, threads=THREADS, ident="")
