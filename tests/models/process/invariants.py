"""What holds for a proposal after every step, whatever the step was."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.history import Event
from models.outbox import OutboxMessage
from models.process.actors import SYSTEM, Actor, bearers, hats_of
from models.process.definition import MOVES
from models.process.duties import owed
from models.process.labels import DUTIES, HATS
from models.process.moves.review import readable_self_checks
from models.process.perform import case_for
from models.process.sight import turns
from models.process.vocabulary import ENDS, SELECTION, SIDE_OF, STAGE_OF, Hat, Side, Stage, State
from models.proposals import Proposal
from tests.models.process.traces import JAPANESE

EVENTS = (
    select(*Event.__table__.c)
    .where(Event.proposal_id == bindparam("proposal_id"), Event.number > bindparam("last"))
    .order_by(Event.number)
)


def assert_history_whole(session: Session, proposal: Proposal, known: dict[int, list[Any]], *, anew: bool) -> None:
    """Events are numbered 1, 2, 3 …, each begins where the last ended and has its promise of work; none is changed.

    known: the rows seen so far, by proposal; what is new is added. anew: read all of them again, not only the new ones.
    """
    rows = known.setdefault(proposal.id, [])
    last = 0 if anew else len(rows)
    found = session.execute(EVENTS, {"proposal_id": proposal.id, "last": last}).all()
    assert list(found[: len(rows) - last]) == rows[last:], "an event was rewritten or lost"
    for row in found[len(rows) - last :]:
        assert row.number == len(rows) + 1
        assert row.from_state is (rows[-1].to_state if rows else State.DRAFT)
        before = rows[-1].stage if rows else Stage.INTAKE
        after_consultation = row.to_state in SELECTION and before is Stage.CONSULTATION
        assert row.stage is (before if after_consultation else STAGE_OF.get(row.to_state, before))
        promises = session.scalars(select(OutboxMessage.flow).where(OutboxMessage.event_id == row.id)).all()
        assert promises == [flow for flow in [MOVES[row.move].flow] if flow]
        rows.append(row)
    assert len(rows) == proposal.version
    assert proposal.state is (rows[-1].to_state if rows else State.DRAFT)
    assert proposal.stage is (rows[-1].stage if rows else Stage.INTAKE)


def assert_somebodys_turn(session: Session, proposal: Proposal) -> None:
    """Unless it is at an end, somebody owes something that everybody can read, and there is who can do it."""
    waiting = turns(proposal)
    assert bool(waiting) == (proposal.state not in ENDS)
    wanted = owed(case_for(session, proposal, SYSTEM, Hat.SYSTEM))
    assert sorted((d.key, d.hat, d.subject_id) for d in waiting) == sorted((o.key, o.hat, o.subject_id) for o in wanted)
    waiting_since = max((duty.since for duty in waiting), default=None)
    for duty in waiting:
        assert JAPANESE.search(DUTIES[duty.key].ja)
        assert DUTIES[duty.key].en
        assert HATS[duty.hat].ja
        assert duty.since.tzinfo is not None
        if duty.hat not in (Hat.SYSTEM, Hat.JUDGE) and duty.since == waiting_since:
            assert bearers(session, proposal, [duty]), f"{duty.key} lies with nobody"
            assert duty.group_id is not None or duty.department_id is not None


def assert_sealed(proposal: Proposal, actors: Iterable[Actor]) -> None:
    """Each side's self-check is read by nobody else before both are in."""
    in_already = {check.side for check in proposal.self_checks if check.submitted_at is not None}
    for actor in actors:
        hats = hats_of(actor, proposal)
        own = {SIDE_OF[hat] for hat in hats & {Hat.MEMBER, Hat.SECTION}}
        allowed = set(Side) if in_already == set(Side) and hats else own
        assert set(readable_self_checks(actor, proposal)) <= allowed


def assert_numbers_without_gaps(numbers: Iterable[str | None]) -> None:
    """Within each fiscal year the numbers given are 1, 2, 3 …"""
    years: dict[str, list[int]] = {}
    for number in filter(None, numbers):
        year, _, count = number.partition("-")
        years.setdefault(year, []).append(int(count))
    for counts in years.values():
        assert sorted(counts) == list(range(1, len(counts) + 1))
