"""By which move a duty is done, so that whoever owes it is led straight to the right page."""

from models.process.definition import MOVES
from models.process.vocabulary import DutyKey as D
from models.process.vocabulary import MoveKey as M
from models.process.vocabulary import State

DONE_BY: dict[D, tuple[M, ...]] = {
    D.FINISH_DRAFT: (M.SUBMIT,),
    D.TAKE_ENTRY: (M.TAKE_ENTRY,),
    D.FINISH_PROPOSAL: (M.SUBMIT,),
    D.RECEIVE: (),
    D.CORRECT: (M.SUBMIT,),
    D.SCREEN: (M.RECORD_FINDINGS,),
    D.CONFIRM_SCREENING: (M.CONFIRM_PASS, M.CONFIRM_EXCLUSION),
    D.APPROVE_EXCLUSION: (M.APPROVE_EXCLUSION,),
    D.GIVE_OPINION: (M.GIVE_OPINION,),
    D.ANSWER: (),
    D.OPEN_ROUND: (),
    D.SCORE: (),
    D.CONCLUDE: (M.CONCLUDE,),
    D.DECIDE: (M.ADOPT,),
    D.DECIDE_FINALLY: (M.DECIDE_FINALLY,),
    D.ASSIGN: (M.ASSIGN_SECTION,),
    D.TAKE_ON: (),
    D.HOLD_MEETING: (M.RECORD_MEETING,),
    D.CONFIRM_MINUTES: (M.CONFIRM_MINUTES,),
    D.WRITE_RECORD: (M.WRITE_RECORD,),
    D.CONFIRM_RECORD: (M.CONFIRM_RECORD,),
    D.DRAFT_AGREEMENT: (M.WRITE_AGREEMENT,),
    D.APPROVE_AGREEMENT: (M.APPROVE_AGREEMENT,),
    D.SIGN: (M.SIGN,),
    D.REPORT: (M.SUBMIT_REPORT,),
    D.CHECK_REPORT: (M.ACCEPT_REPORT,),
    D.SELF_CHECK: (M.SUBMIT_SELF_CHECK,),
    D.WRITE_JOINT_SHEET: (M.WRITE_JOINT_SHEET,),
    D.CONFIRM_JOINT_SHEET: (M.CONFIRM_JOINT_SHEET,),
    D.MAKE_SNAPSHOT: (),
    D.LOOK_OVER: (M.LOOK_OVER,),
    D.SCHEDULE_RELEASE: (M.SCHEDULE_RELEASE,),
    D.RELEASE: (),
    D.CORRECT_PUBLICATION: (M.REVISE_SNAPSHOT, M.PREPARE_AGAIN),
}
"""The move that does each duty, first the usual one; none where the whole proposal is read before choosing one."""


def fulfilling_move(duty: D, state: State) -> M | None:
    """The move to lead to from this state; None: to the proposal itself."""
    return next((key for key in DONE_BY[duty] if state in MOVES[key].starts), None)
