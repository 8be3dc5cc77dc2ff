"""A programme whose proposal form asks in every way there is, and a complete set of answers to it."""

from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast
from models import clock
from models.editions import take_up
from models.process.perform import begin
from models.proposals import Proposal

TEXT = (Path(__file__).parent / "every_kind.yaml").read_text(encoding="utf-8")

ROWS: list[dict[str, Any]] = [
    {"side": "income", "what": "会費", "yen": 100_000},
    {"side": "spending", "what": "会場費", "yen": 60_000, "count": 12, "by": "2027-05-10"},
    {"side": "spending", "what": "講師謝礼", "yen": 40_000, "count": 2},
]
COMPLETE: dict[str, Any] = {
    "field": "welfare",
    "place": "青葉川の河川敷",
    "issue": "一人で夕方を過ごす子どもが増えています。",
    "people": 40,
    "ready": "2027-03-31",
    "period": {"from": "2027-04-01", "to": "2028-03-31"},
    "shape": "event",
    "rain": "南公民館で行います。",
    "methods": ["subsidy"],
    "cost_total": 100_000,
    "cost_city": 80_000,
    "budget": ROWS,
    "members": [{"name": "葛城 花子", "does": "受付"}],
    "oath": True,
    "phone": "090-0000-0000",
}


def begun(session: Session, cast: Cast, answers: dict[str, Any] | None = None) -> int:
    """A draft of the river group under this programme, with these answers; its number."""
    edition = take_up(session, TEXT, person_id=None, in_force_from=clock.now())
    proposal: Proposal = begin(
        session,
        actor=cast.actor(session, "katsuragi"),
        group=cast.groups["river"],
        desk_id=cast.departments["desk"].id,
        edition_id=edition.id,
        call_key="every",
    )
    proposal.title = "川辺の居場所"
    proposal.answers = dict(COMPLETE if answers is None else answers)
    proposal.answers_revision = 1
    session.flush()
    return proposal.id
