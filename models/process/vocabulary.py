"""The words of the process as stable keys: stages, states, hats, sides, moves, duties, flows. Imports nothing."""

from enum import StrEnum


class Stage(StrEnum):
    """The client's seven stages, in order."""

    INTAKE = "intake"
    SCREENING = "screening"
    CONSULTATION = "consultation"
    AGREEMENT = "agreement"
    EXECUTION = "execution"
    REVIEW = "review"
    PUBLICATION = "publication"


class State(StrEnum):
    """Where exactly a proposal stands within a stage, or the end it came to."""

    DRAFT = "draft"
    ENTERED = "entered"
    PLANNING = "planning"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SCREENING = "screening"
    PASS_PROPOSED = "pass_proposed"
    EXCLUSION_PROPOSED = "exclusion_proposed"
    EXCLUSION_APPROVAL = "exclusion_approval"
    SELECTING = "selecting"
    DECIDING = "deciding"
    PROVISIONAL = "provisional"
    ASSIGNING = "assigning"
    ASSIGNED = "assigned"
    CONSULTING = "consulting"
    DRAFTING = "drafting"
    APPROVING = "approving"
    SIGNING = "signing"
    RUNNING = "running"
    SELF_CHECKING = "self_checking"
    JOINT_REVIEW = "joint_review"
    PREPARING = "preparing"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    REGISTERED = "registered"
    EXCLUDED = "excluded"
    DECLINED = "declined"
    NOT_ADOPTED = "not_adopted"
    NOT_AGREED = "not_agreed"
    WITHDRAWN = "withdrawn"
    DISCONTINUED = "discontinued"


STAGE_OF: dict[State, Stage] = {
    State.DRAFT: Stage.INTAKE,
    State.ENTERED: Stage.INTAKE,
    State.PLANNING: Stage.INTAKE,
    State.SUBMITTED: Stage.INTAKE,
    State.RETURNED: Stage.INTAKE,
    State.SCREENING: Stage.SCREENING,
    State.PASS_PROPOSED: Stage.SCREENING,
    State.EXCLUSION_PROPOSED: Stage.SCREENING,
    State.EXCLUSION_APPROVAL: Stage.SCREENING,
    State.SELECTING: Stage.SCREENING,
    State.DECIDING: Stage.SCREENING,
    State.PROVISIONAL: Stage.SCREENING,
    State.REGISTERED: Stage.SCREENING,
    State.ASSIGNING: Stage.CONSULTATION,
    State.ASSIGNED: Stage.CONSULTATION,
    State.CONSULTING: Stage.CONSULTATION,
    State.DRAFTING: Stage.AGREEMENT,
    State.APPROVING: Stage.AGREEMENT,
    State.SIGNING: Stage.AGREEMENT,
    State.RUNNING: Stage.EXECUTION,
    State.SELF_CHECKING: Stage.REVIEW,
    State.JOINT_REVIEW: Stage.REVIEW,
    State.PREPARING: Stage.PUBLICATION,
    State.SCHEDULED: Stage.PUBLICATION,
    State.PUBLISHED: Stage.PUBLICATION,
    State.UNPUBLISHED: Stage.PUBLICATION,
}
"""The stage a state belongs to. An end that is not here leaves the stage as far as the proposal came."""

SELECTION = frozenset({State.SELECTING, State.DECIDING, State.PROVISIONAL})
"""審査・採否: where a programme selects after consultation, these leave the proposal in that stage."""


def stage_after(state: State, stage: Stage) -> Stage:
    """The stage of a proposal that comes from this stage into this state."""
    if state in SELECTION and stage is not Stage.INTAKE:
        return stage
    return STAGE_OF.get(state, stage)


ENDS = frozenset(
    {
        State.PUBLISHED,
        State.REGISTERED,
        State.EXCLUDED,
        State.DECLINED,
        State.NOT_ADOPTED,
        State.NOT_AGREED,
        State.WITHDRAWN,
        State.DISCONTINUED,
    }
)
"""States in which it is nobody's turn."""

REACHED = frozenset({State.PUBLISHED, State.REGISTERED})
"""Ends at which the proposal came to what it was made for."""


class Side(StrEnum):
    """The two equal parties (P05)."""

    GROUP = "group"
    CITY = "city"


class Hat(StrEnum):
    """What a person is on one proposal."""

    MEMBER = "member"
    """Belongs to the group that proposed it."""
    REPRESENTATIVE = "representative"
    """Represents that group; signs."""
    DESK = "desk"
    """Works in the program office (市民協働課)."""
    SECTION = "section"
    """Works in the responsible section (担当課), officer or head."""
    SECTION_HEAD = "section_head"
    """Heads the responsible section (協働推進員, O02)."""
    HEAD = "head"
    """Heads the department (部長) of the responsible section, or of the program office while there is none."""
    ADVISER = "adviser"
    """Works in a section that was asked for its opinion (所管課への意見照会)."""
    JUDGE = "judge"
    """審査委員: scores in a round without an interest. Judges are asked for a round as a whole, never under a hat."""
    SYSTEM = "system"
    """Kyodo itself, when a date has come."""


SIDE_OF: dict[Hat, Side] = {
    Hat.MEMBER: Side.GROUP,
    Hat.REPRESENTATIVE: Side.GROUP,
    Hat.SECTION: Side.CITY,
    Hat.SECTION_HEAD: Side.CITY,
    Hat.HEAD: Side.CITY,
}
HAT_OF_SIDE: dict[Side, Hat] = {Side.GROUP: Hat.MEMBER, Side.CITY: Hat.SECTION}
"""Under which hat each side does what both sides do."""
"""On which side of the shared matter a hat stands. The desk stands between the parties."""


class MoveKey(StrEnum):
    """Everything that can be done to a proposal."""

    ENTER = "enter"
    TAKE_ENTRY = "take_entry"
    SUBMIT = "submit"
    RETURN_FOR_CORRECTION = "return_for_correction"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    RECORD_FINDINGS = "record_findings"
    PROPOSE_PASS = "propose_pass"
    PROPOSE_EXCLUSION = "propose_exclusion"
    CONFIRM_PASS = "confirm_pass"
    CONFIRM_EXCLUSION = "confirm_exclusion"
    SEND_BACK_SCREENING = "send_back_screening"
    APPROVE_EXCLUSION = "approve_exclusion"
    RETURN_EXCLUSION = "return_exclusion"
    OPEN_ROUND = "open_round"
    CLOSE_ROUND = "close_round"
    CONCLUDE = "conclude"
    ADOPT = "adopt"
    NOT_ADOPT = "not_adopt"
    RETURN_CONCLUSION = "return_conclusion"
    DECIDE_FINALLY = "decide_finally"
    CANCEL_ADOPTION = "cancel_adoption"
    ASSIGN_SECTION = "assign_section"
    TAKE_ON = "take_on"
    DECLINE_ASSIGNMENT = "decline_assignment"
    RECORD_MEETING = "record_meeting"
    CORRECT_MINUTES = "correct_minutes"
    CONFIRM_MINUTES = "confirm_minutes"
    WRITE_RECORD = "write_record"
    CONFIRM_RECORD = "confirm_record"
    END_CONSULTATION = "end_consultation"
    WRITE_AGREEMENT = "write_agreement"
    SEND_FOR_APPROVAL = "send_for_approval"
    APPROVE_AGREEMENT = "approve_agreement"
    RETURN_AGREEMENT = "return_agreement"
    SIGN = "sign"
    SUBMIT_REPORT = "submit_report"
    RETURN_REPORT = "return_report"
    ACCEPT_REPORT = "accept_report"
    DISCONTINUE = "discontinue"
    SUBMIT_SELF_CHECK = "submit_self_check"
    RECORD_BENEFICIARIES = "record_beneficiaries"
    WRITE_JOINT_SHEET = "write_joint_sheet"
    CONFIRM_JOINT_SHEET = "confirm_joint_sheet"
    MAKE_SNAPSHOT = "make_snapshot"
    REVISE_SNAPSHOT = "revise_snapshot"
    LOOK_OVER = "look_over"
    OBJECT_TO_SNAPSHOT = "object_to_snapshot"
    SCHEDULE_RELEASE = "schedule_release"
    POSTPONE_RELEASE = "postpone_release"
    RELEASE = "release"
    WITHDRAW_PUBLICATION = "withdraw_publication"
    PREPARE_AGAIN = "prepare_again"
    ASK_OPINION = "ask_opinion"
    GIVE_OPINION = "give_opinion"
    COMMENT = "comment"


class DutyKey(StrEnum):
    """What somebody owes on a proposal now."""

    FINISH_DRAFT = "finish_draft"
    TAKE_ENTRY = "take_entry"
    FINISH_PROPOSAL = "finish_proposal"
    RECEIVE = "receive"
    CORRECT = "correct"
    SCREEN = "screen"
    CONFIRM_SCREENING = "confirm_screening"
    APPROVE_EXCLUSION = "approve_exclusion"
    GIVE_OPINION = "give_opinion"
    ANSWER = "answer"
    OPEN_ROUND = "open_round"
    SCORE = "score"
    CONCLUDE = "conclude"
    DECIDE = "decide"
    DECIDE_FINALLY = "decide_finally"
    ASSIGN = "assign"
    TAKE_ON = "take_on"
    HOLD_MEETING = "hold_meeting"
    CONFIRM_MINUTES = "confirm_minutes"
    WRITE_RECORD = "write_record"
    CONFIRM_RECORD = "confirm_record"
    DRAFT_AGREEMENT = "draft_agreement"
    APPROVE_AGREEMENT = "approve_agreement"
    SIGN = "sign"
    REPORT = "report"
    CHECK_REPORT = "check_report"
    SELF_CHECK = "self_check"
    WRITE_JOINT_SHEET = "write_joint_sheet"
    CONFIRM_JOINT_SHEET = "confirm_joint_sheet"
    MAKE_SNAPSHOT = "make_snapshot"
    LOOK_OVER = "look_over"
    SCHEDULE_RELEASE = "schedule_release"
    RELEASE = "release"
    CORRECT_PUBLICATION = "correct_publication"


class Sight(StrEnum):
    """Who sees an event on the timeline."""

    PUBLIC = "public"
    PARTIES = "parties"
    CITY = "city"


class FlowKey(StrEnum):
    """The Prefect flows that outbox messages ask for."""

    INTAKE = "intake"
    SCREENING = "screening"
    CONSULTATION = "consultation"
    AGREEMENT = "agreement"
    EXECUTION = "execution"
    REVIEW = "review"
    PUBLICATION = "publication"
    ANNOUNCEMENTS = "announcements"


class Subject(StrEnum):
    """What a party can confirm."""

    MINUTES = "minutes"
    RECORD = "record"
    JOINT_SHEET = "joint_sheet"
    SNAPSHOT = "snapshot"
