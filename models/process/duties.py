"""Whose turn it is: which duties each state opens, and how open duties are brought in line after a move."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session, joinedload

from models import clock
from models.calendar import add_business_days
from models.calls import call_of
from models.history import Duty, Event
from models.process.actors import head_department_id
from models.process.definition import MOVES
from models.process.grammar import Case, DutyRule, Owed
from models.process.moves.agreement import unsigned_sides
from models.process.moves.answers import confirmed_sides
from models.process.moves.consultation import (
    latest_record,
    minutes_confirmed_by_both,
    record_gaps,
)
from models.process.moves.publication import latest_snapshot
from models.process.moves.review import latest_sheet
from models.process.moves.selection import answer_due_on, current_round, rounds_to_come
from models.process.vocabulary import HAT_OF_SIDE, DutyKey, Hat, MoveKey, Side, State, Subject
from models.proposals import Proposal

SIGNER_OF_SIDE = {Side.GROUP: Hat.REPRESENTATIVE, Side.CITY: Hat.HEAD}


def _within(case: Case, days: int) -> date:
    return add_business_days(case.today, days, case.programme.portal.closed_days)


def _simply(key: DutyKey, hat: Hat) -> DutyRule:
    """One duty for one hat, within the programme's term of the same name."""

    def rule(case: Case) -> Iterator[Owed]:
        yield Owed(key, hat, _within(case, getattr(case.programme.terms, key.value)))

    return rule


def _finish_draft(case: Case) -> Iterator[Owed]:
    yield Owed(DutyKey.FINISH_DRAFT, Hat.MEMBER, None)


def _correct(case: Case) -> Iterator[Owed]:
    yield Owed(DutyKey.CORRECT, Hat.MEMBER, case.proposal.correction_due_on)


def _minutes(case: Case) -> Iterator[Owed]:
    for meeting in case.proposal.meetings:
        confirmed = confirmed_sides(case, Subject.MINUTES, meeting.id, meeting.edition)
        for side in Side:
            if side not in confirmed:
                yield Owed(
                    DutyKey.CONFIRM_MINUTES,
                    HAT_OF_SIDE[side],
                    _within(case, case.programme.terms.confirm_minutes),
                    meeting.id,
                )


def _consult(case: Case) -> Iterator[Owed]:
    terms = case.programme.terms
    yield from _minutes(case)
    if not case.proposal.meetings:
        yield Owed(DutyKey.HOLD_MEETING, Hat.SECTION, _within(case, terms.hold_meeting))
    record = latest_record(case)
    if record is None or record_gaps(case):
        yield Owed(DutyKey.WRITE_RECORD, Hat.SECTION, _within(case, terms.write_record))
    elif minutes_confirmed_by_both(case):
        confirmed = confirmed_sides(case, Subject.RECORD, record.number)
        for side in Side:
            if side not in confirmed:
                yield Owed(
                    DutyKey.CONFIRM_RECORD,
                    HAT_OF_SIDE[side],
                    _within(case, terms.confirm_record),
                    record.number,
                )


def _sign(case: Case) -> Iterator[Owed]:
    for side in unsigned_sides(case):
        yield Owed(DutyKey.SIGN, SIGNER_OF_SIDE[side], _within(case, case.programme.terms.sign))


def _report(case: Case) -> Iterator[Owed]:
    yield from _minutes(case)
    for report in case.proposal.reports:
        if report.waits_for_city:
            due_on = _within(case, case.programme.terms.check_report)
            yield Owed(DutyKey.CHECK_REPORT, Hat.SECTION, due_on, report.id)
        elif report.waits_for_group:
            yield Owed(DutyKey.REPORT, Hat.MEMBER, report.due_on, report.id)


def _check_oneself(case: Case) -> Iterator[Owed]:
    handed_in = {c.side for c in case.proposal.self_checks if c.submitted_at is not None}
    for side in Side:
        if side not in handed_in:
            yield Owed(DutyKey.SELF_CHECK, HAT_OF_SIDE[side], _within(case, case.programme.terms.self_check))


def _review_jointly(case: Case) -> Iterator[Owed]:
    terms = case.programme.terms
    sheet = latest_sheet(case)
    if sheet is None or case.proposal.beneficiary_check is None:
        for side in Side:
            yield Owed(DutyKey.WRITE_JOINT_SHEET, HAT_OF_SIDE[side], _within(case, terms.write_joint_sheet))
        return
    confirmed = confirmed_sides(case, Subject.JOINT_SHEET, sheet.number)
    for side in Side:
        if side not in confirmed:
            due_on = _within(case, terms.confirm_joint_sheet)
            yield Owed(DutyKey.CONFIRM_JOINT_SHEET, HAT_OF_SIDE[side], due_on, sheet.number)


def _prepare(case: Case) -> Iterator[Owed]:
    terms = case.programme.terms
    snapshot = latest_snapshot(case)
    if snapshot is None:
        yield Owed(DutyKey.MAKE_SNAPSHOT, Hat.SYSTEM, case.today)
        return
    if snapshot.objection:
        yield Owed(DutyKey.CORRECT_PUBLICATION, Hat.DESK, _within(case, terms.correct_publication))
        return
    confirmed = confirmed_sides(case, Subject.SNAPSHOT, snapshot.number)
    waiting = [side for side in Side if side not in confirmed]
    for side in waiting:
        yield Owed(DutyKey.LOOK_OVER, HAT_OF_SIDE[side], _within(case, terms.look_over), snapshot.number)
    if not waiting:
        yield Owed(DutyKey.SCHEDULE_RELEASE, Hat.DESK, _within(case, terms.schedule_release))


def _release(case: Case) -> Iterator[Owed]:
    yield Owed(DutyKey.RELEASE, Hat.SYSTEM, None)


def _finish_proposal(case: Case) -> Iterator[Owed]:
    yield Owed(DutyKey.FINISH_PROPOSAL, Hat.MEMBER, _closing_of(case.session, case.proposal))


def _closing_of(session: Session, proposal: Proposal) -> date | None:
    call = call_of(session, proposal)
    return clock.last_day(call.closes) if call is not None and call.closes is not None else None


def _select(case: Case) -> Iterator[Owed]:
    now = current_round(case)
    if now is not None and now.closed_at is None:
        yield Owed(DutyKey.SCORE, Hat.JUDGE, now.score_by, now.id)
    elif now is None and rounds_to_come(case):
        yield Owed(DutyKey.OPEN_ROUND, Hat.DESK, _within(case, case.programme.terms.conclude))
    else:
        yield Owed(DutyKey.CONCLUDE, Hat.DESK, _within(case, case.programme.terms.conclude))


UNANSWERED = frozenset(
    {
        State.SUBMITTED,
        State.SCREENING,
        State.PASS_PROPOSED,
        State.EXCLUSION_PROPOSED,
        State.EXCLUSION_APPROVAL,
        State.SELECTING,
        State.DECIDING,
    }
)
"""Where the proposer still waits for the city's first answer."""


def _besides(case: Case) -> Iterator[Owed]:
    """What is owed in several states: the answer that a call promises in so many days, opinions of sections."""
    due_on = answer_due_on(case) if case.proposal.state in UNANSWERED else None
    if due_on is not None:
        yield Owed(DutyKey.ANSWER, Hat.DESK, due_on)
    advised = case.proposal.state in MOVES[MoveKey.GIVE_OPINION].starts and case.proposal.asked_section_ids
    for opinion in case.proposal.opinions if advised else ():
        if opinion.given_at is None:
            yield Owed(DutyKey.GIVE_OPINION, Hat.ADVISER, opinion.due_on, opinion.id, opinion.section_id)


DUTIES: dict[State, DutyRule] = {
    State.DRAFT: _finish_draft,
    State.ENTERED: _simply(DutyKey.TAKE_ENTRY, Hat.DESK),
    State.PLANNING: _finish_proposal,
    State.SUBMITTED: _simply(DutyKey.RECEIVE, Hat.DESK),
    State.RETURNED: _correct,
    State.SCREENING: _simply(DutyKey.SCREEN, Hat.DESK),
    State.PASS_PROPOSED: _simply(DutyKey.CONFIRM_SCREENING, Hat.DESK),
    State.EXCLUSION_PROPOSED: _simply(DutyKey.CONFIRM_SCREENING, Hat.DESK),
    State.EXCLUSION_APPROVAL: _simply(DutyKey.APPROVE_EXCLUSION, Hat.HEAD),
    State.SELECTING: _select,
    State.DECIDING: _simply(DutyKey.DECIDE, Hat.HEAD),
    State.PROVISIONAL: _simply(DutyKey.DECIDE_FINALLY, Hat.HEAD),
    State.ASSIGNING: _simply(DutyKey.ASSIGN, Hat.DESK),
    State.ASSIGNED: _simply(DutyKey.TAKE_ON, Hat.SECTION_HEAD),
    State.CONSULTING: _consult,
    State.DRAFTING: _simply(DutyKey.DRAFT_AGREEMENT, Hat.SECTION),
    State.APPROVING: _simply(DutyKey.APPROVE_AGREEMENT, Hat.HEAD),
    State.SIGNING: _sign,
    State.RUNNING: _report,
    State.SELF_CHECKING: _check_oneself,
    State.JOINT_REVIEW: _review_jointly,
    State.PREPARING: _prepare,
    State.SCHEDULED: _release,
    State.UNPUBLISHED: _simply(DutyKey.CORRECT_PUBLICATION, Hat.DESK),
}
"""What is owed in each state. A state that is not here is an end."""


def owed(case: Case) -> list[Owed]:
    """Every duty that must be open on the proposal as it stands."""
    rule = DUTIES.get(case.proposal.state)
    return [*rule(case), *_besides(case)] if rule else []


# Plain rows in and out, in three prepared statements: every move comes through here, and the mapped objects would
# cost it more than all its checks.
_DUTIES = cast(Table, Duty.__table__)
_STILL_OPEN = (
    select(Duty.id, Duty.key, Duty.hat, Duty.subject_id, Duty.department_id, Duty.group_id)
    .where(Duty.proposal_id == bindparam("proposal_id"), Duty.closed_at.is_(None))
    .order_by(Duty.id)
)
_CLOSE = update(_DUTIES).where(_DUTIES.c.id == bindparam("duty_id"))
_OPEN = insert(_DUTIES)


def settle(case: Case, event: Event | None) -> None:
    """Close the duties that are no longer owed and open the new ones; those that go on keep their date."""
    session, proposal = case.session, case.proposal
    because = event.id if event else None
    wanted = {(o.key, o.hat, o.subject_id, *_address(proposal, o)): o for o in owed(case)}
    over = []
    for duty in session.execute(_STILL_OPEN, {"proposal_id": proposal.id}):
        if wanted.pop((duty.key, duty.hat, duty.subject_id, duty.department_id, duty.group_id), None) is None:
            over.append({"duty_id": duty.id, "closed_at": case.now, "closed_by_id": because})
    new = [
        {
            "proposal_id": proposal.id,
            "key": key,
            "hat": hat,
            "subject_id": subject_id,
            "department_id": department_id,
            "group_id": group_id,
            "since": case.now,
            "due_on": owing.due_on,
            "opened_by_id": because,
        }
        for (key, hat, subject_id, department_id, group_id), owing in wanted.items()
    ]
    if over:
        session.execute(_CLOSE, over)
    if new:
        session.execute(_OPEN, new)
    _look_again(session, proposal)


def follow_the_calls(session: Session) -> None:
    """Give what is still being written for a call the date on which that call closes now: a later edition may prolong it."""
    query = select(Duty).where(Duty.key == DutyKey.FINISH_PROPOSAL, Duty.closed_at.is_(None))
    for duty in session.scalars(query.options(joinedload(Duty.proposal))):
        due_on = _closing_of(session, duty.proposal)
        if due_on != duty.due_on:
            duty.due_on, duty.reminded_on = due_on, None


def _look_again(session: Session, proposal: Proposal) -> None:
    """Whoever has looked at the proposal's duties before sees what is now true."""
    session.expire(proposal, ["duties"])
    for known in list(session.identity_map.values()):
        if isinstance(known, Duty):
            session.expire(known)


def _address(proposal: Proposal, owing: Owed) -> tuple[int | None, int | None]:
    """Department and group a duty lies with."""
    match owing.hat:
        case Hat.MEMBER | Hat.REPRESENTATIVE:
            return None, proposal.group_id
        case Hat.DESK:
            return proposal.desk_id, None
        case Hat.SECTION | Hat.SECTION_HEAD:
            return proposal.section_id, None
        case Hat.HEAD:
            return head_department_id(proposal), None
        case Hat.ADVISER:
            return owing.department_id, None
        case Hat.JUDGE | Hat.SYSTEM:
            return None, None
