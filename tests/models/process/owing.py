"""Doing what is owed: for each duty the move that answers it, and the hat under which it is made."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from models.history import Duty
from models.process.actors import SYSTEM
from models.process.grammar import Case
from models.process.moves.agreement import agreement_complete, files_as_agreed
from models.process.moves.screening import all_decided, met_criteria
from models.process.perform import case_for
from models.process.sight import turns
from models.process.vocabulary import DutyKey, Hat, MoveKey, State
from models.proposals import Proposal

M = MoveKey
D = DutyKey


def answer_to(session: Session, duty: Duty, proposal: Proposal) -> tuple[M, Hat]:
    """The move by which one gets on with the duty; nearly always made by whoever owes it."""
    case = case_for(session, proposal, SYSTEM, Hat.SYSTEM)
    if duty.key is D.SIGN and files_as_agreed(case):
        return M.WRITE_AGREEMENT, Hat.MEMBER  # either side may; the head alone may not
    if duty.key is D.ANSWER:  # the group gets its answer by the way it takes
        return answer_to(session, next(d for d in turns(proposal) if d.key not in (D.ANSWER, D.GIVE_OPINION)), proposal)
    if duty.key is D.SCORE:  # the judges score for a round as a whole; the desk takes down that it was closed
        return M.CLOSE_ROUND, Hat.DESK
    answer = _ANSWERS[duty.key]
    return (answer if isinstance(answer, M) else answer(case)), duty.hat


def _begin(case: Case) -> M:
    return M.SUBMIT if case.call is None or case.call.entry is None else M.ENTER


def _decide(case: Case) -> M:
    return M.ADOPT if case.proposal.conclusions[-1].passed else M.NOT_ADOPT


def _screen(case: Case) -> M:
    if all_decided(case):
        return M.RECORD_FINDINGS
    return M.PROPOSE_EXCLUSION if met_criteria(case) else M.PROPOSE_PASS


def _confirm_screening(case: Case) -> M:
    return M.CONFIRM_PASS if case.proposal.state is State.PASS_PROPOSED else M.CONFIRM_EXCLUSION


def _draft(case: Case) -> M:
    return M.WRITE_AGREEMENT if agreement_complete(case) else M.SEND_FOR_APPROVAL


def _approve(case: Case) -> M:
    return M.RETURN_AGREEMENT if files_as_agreed(case) else M.APPROVE_AGREEMENT


def _check_report(case: Case) -> M:
    """The final report is accepted last; one that came too early goes back."""
    first = next(r for r in case.proposal.reports if r.accepted_at is None)
    return M.ACCEPT_REPORT if first.waits_for_city else M.RETURN_REPORT


def _write_sheet(case: Case) -> M:
    return M.RECORD_BENEFICIARIES if case.proposal.beneficiary_check is None else M.WRITE_JOINT_SHEET


def _correct_publication(case: Case) -> M:
    return M.PREPARE_AGAIN if case.proposal.state is State.UNPUBLISHED else M.REVISE_SNAPSHOT


_ANSWERS: dict[D, M | Callable[[Case], M]] = {
    D.FINISH_DRAFT: _begin,
    D.TAKE_ENTRY: M.TAKE_ENTRY,
    D.FINISH_PROPOSAL: M.SUBMIT,
    D.GIVE_OPINION: M.GIVE_OPINION,
    D.OPEN_ROUND: M.OPEN_ROUND,
    D.CONCLUDE: M.CONCLUDE,
    D.DECIDE: _decide,
    D.DECIDE_FINALLY: M.DECIDE_FINALLY,
    D.RECEIVE: M.ACCEPT,
    D.CORRECT: M.SUBMIT,
    D.SCREEN: _screen,
    D.CONFIRM_SCREENING: _confirm_screening,
    D.APPROVE_EXCLUSION: M.APPROVE_EXCLUSION,
    D.ASSIGN: M.ASSIGN_SECTION,
    D.TAKE_ON: M.TAKE_ON,
    D.HOLD_MEETING: M.RECORD_MEETING,
    D.CONFIRM_MINUTES: M.CONFIRM_MINUTES,
    D.WRITE_RECORD: M.WRITE_RECORD,
    D.CONFIRM_RECORD: M.CONFIRM_RECORD,
    D.DRAFT_AGREEMENT: _draft,
    D.APPROVE_AGREEMENT: _approve,
    D.SIGN: M.SIGN,
    D.REPORT: M.SUBMIT_REPORT,
    D.CHECK_REPORT: _check_report,
    D.SELF_CHECK: M.SUBMIT_SELF_CHECK,
    D.WRITE_JOINT_SHEET: _write_sheet,
    D.CONFIRM_JOINT_SHEET: M.CONFIRM_JOINT_SHEET,
    D.MAKE_SNAPSHOT: M.MAKE_SNAPSHOT,
    D.LOOK_OVER: M.LOOK_OVER,
    D.SCHEDULE_RELEASE: M.SCHEDULE_RELEASE,
    D.RELEASE: M.RELEASE,
    D.CORRECT_PUBLICATION: _correct_publication,
}
