"""Whose turn it is, in words: who, what, since when, until when, and the pages on which it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _

from models import clock
from models.calendar import business_days_between
from models.drafts import EDITABLE
from models.history import Duty
from models.portal import portal
from models.process.fulfilment import DONE_BY
from models.process.grammar import Offer
from models.process.labels import DUTIES, HATS, MOVE_WORDS
from models.process.sight import shown_duty
from models.process.vocabulary import DutyKey as D
from models.process.vocabulary import Hat, State
from models.process.vocabulary import MoveKey as M
from models.proposals import Proposal
from models.spoken import here
from webui.language import reader_language
from webui.stages.addresses import has_page, move_address
from webui.stages.history import REPORTS

BESIDES: dict[D, tuple[M, ...]] = {
    D.RECEIVE: (M.ACCEPT, M.RETURN_FOR_CORRECTION, M.DECLINE),
    D.SCREEN: (M.PROPOSE_PASS, M.PROPOSE_EXCLUSION),
    D.CONFIRM_SCREENING: (M.SEND_BACK_SCREENING,),
    D.APPROVE_EXCLUSION: (M.RETURN_EXCLUSION,),
    D.OPEN_ROUND: (M.OPEN_ROUND,),
    D.DECIDE: (M.NOT_ADOPT, M.RETURN_CONCLUSION),
    D.DECIDE_FINALLY: (M.CANCEL_ADOPTION,),
    D.TAKE_ON: (M.TAKE_ON, M.DECLINE_ASSIGNMENT),
    D.CONFIRM_MINUTES: (M.CORRECT_MINUTES,),
    D.CONFIRM_RECORD: (M.WRITE_RECORD,),
    D.DRAFT_AGREEMENT: (M.SEND_FOR_APPROVAL,),
    D.APPROVE_AGREEMENT: (M.RETURN_AGREEMENT,),
    D.CHECK_REPORT: (M.ACCEPT_REPORT, M.RETURN_REPORT),
    D.WRITE_JOINT_SHEET: (M.RECORD_BENEFICIARIES,),
    D.CONFIRM_JOINT_SHEET: (M.WRITE_JOINT_SHEET,),
    D.LOOK_OVER: (M.OBJECT_TO_SNAPSHOT,),
}
"""What else one may answer when a duty is one's turn, besides the move that does it (`DONE_BY`)."""

ABOUT_ONE = frozenset({D.CONFIRM_MINUTES, D.REPORT, D.CHECK_REPORT})
"""Duties whose subject is one of several: the address of the move names it."""
ABOUT_REPORT = frozenset({D.REPORT, D.CHECK_REPORT})


@dataclass(frozen=True, slots=True)
class Action:
    """A button: its words, its address, and what has to be there first."""

    key: str
    words: str
    address: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One open duty as people read it. `left`: business days to the due date, negative when it is late."""

    who: str
    what: str
    since: datetime
    due_on: date | None
    left: int | None
    mine: bool
    actions: tuple[Action, ...] = ()


def turn_of(duty: Duty, proposal: Proposal, hats: frozenset[Hat], *, mine: bool, offers: Sequence[Offer] = ()) -> Turn:
    """A duty in the words for a reader under these hats.

    The buttons are those of the offers with which it is done, when it is the reader's.
    """
    shown = shown_duty(duty, hats)
    return Turn(
        who=bearer(shown.hat, duty, proposal),
        what=_what(shown.key, duty, proposal),
        since=duty.since,
        due_on=duty.due_on,
        left=business_days_between(clock.today(), duty.due_on, portal().closed_days) if duty.due_on else None,
        mine=mine,
        actions=tuple(_actions(duty, proposal, offers)) if mine else (),
    )


def _what(key: D, duty: Duty, proposal: Proposal) -> str:
    """What is asked for; of several reports, which."""
    words = DUTIES[key].in_(reader_language())
    kind = next((r.kind for r in proposal.reports if r.id == duty.subject_id), None) if key in ABOUT_REPORT else None
    return str(_("%(what)s（%(report)s）", what=words, report=REPORTS[kind]())) if kind else words


def bearer(hat: Hat, duty: Duty, proposal: Proposal) -> str:
    """Who owes it under the hat shown, by name: the group, the office, the section, the head of the department."""
    language = reader_language()
    match hat:
        case Hat.MEMBER:
            return proposal.group.name
        case Hat.REPRESENTATIVE:
            return str(_("%(group)sの代表者", group=proposal.group.name))
        case Hat.DESK:
            return proposal.desk.words.in_(reader_language())
        case Hat.SECTION if proposal.section is not None:
            return proposal.section.words.in_(reader_language())
        case Hat.SECTION_HEAD if proposal.section is not None:
            return str(_("%(section)sの課長", section=proposal.section.words.in_(reader_language())))
        case Hat.HEAD if duty.department is not None:
            return str(_("%(department)sの部長", department=duty.department.words.in_(reader_language())))
    return here(HATS[hat]).in_(language)


def action_of(offer: Offer, proposal_id: int, subject: int = 0) -> Action:
    """An offered move as a button."""
    language = reader_language()
    return Action(
        offer.key,
        MOVE_WORDS[offer.key].button.in_(language),
        move_address(offer.key, proposal_id, subject),
        tuple(gap.sentence.in_(language) for gap in offer.missing),
    )


def writing(proposal: Proposal) -> Action | None:
    """The button to the draft, while the group writes it."""
    if proposal.state not in EDITABLE:
        return None
    words = _("提案書を書く") if proposal.state is State.DRAFT else _("提案書を直す")
    return Action("draft", str(words), url_for("proposals.draft", proposal_id=proposal.id))


def _actions(duty: Duty, proposal: Proposal, offers: Sequence[Offer]) -> list[Action]:
    subject = duty.subject_id if duty.key in ABOUT_ONE else 0
    by_key = {offer.key: offer for offer in offers if has_page(offer.key)}
    keys = dict.fromkeys((*DONE_BY[duty.key], *BESIDES.get(duty.key, ())))
    found = [action_of(by_key[key], proposal.id, subject) for key in keys if key in by_key]
    draft = writing(proposal)
    return [draft, *found] if draft else found
