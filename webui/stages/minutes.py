"""The minutes of the meetings: written by either side, confirmed by both, read by all parties (C02)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length, Optional

from models.consultation import Meeting
from models.process.labels import SIDES
from models.process.perform import available
from models.process.vocabulary import MoveKey, Side, Subject
from models.proposals import Proposal
from models.spoken import here
from webui.access import current_actor, signed_in
from webui.database import db
from webui.forms import DayField, LineField, ProseField
from webui.language import reader_language
from webui.stages.addresses import move_address
from webui.stages.performing import MarkField, MoveForm, Page, attempt, carried_out, current_side, load_proposal, shown
from webui.stages.plain import around, not_ready
from webui.stages.reading import Hats, Reading, around_paper, readable

SAID = ("held_on", "place", "participants", "minutes", "open_points", "next_on")
"""What minutes say, by field and column."""


class MeetingForm(MoveForm):
    """What was said, by whom, and what is still open. `based_on`: the edition that is being corrected."""

    based_on = MarkField()
    held_on = DayField(_l("会議の日"), [InputRequired(_l("会議の日を入力してください"))])
    place = LineField(
        _l("場所"),
        [Length(max=200, message=_l("場所は200文字までで入力してください"))],
        description=_l("例：庁舎3階 会議室、オンライン"),
    )
    participants = ProseField(
        _l("出席者"),
        [
            InputRequired(_l("出席者を入力してください")),
            Length(max=1000, message=_l("出席者は1,000文字までで入力してください")),
        ],
        description=_l("団体側と市側に分けて書いてください。"),
        render_kw={"rows": 3},
    )
    minutes = ProseField(
        _l("話し合ったこと"),
        [
            InputRequired(_l("話し合ったことを入力してください")),
            Length(max=5000, message=_l("話し合ったことは5,000文字までで入力してください")),
        ],
        description=_l("双方の意見と、決まったことを書いてください。"),
        render_kw={"rows": 10},
    )
    open_points = ProseField(
        _l("次回までに確かめること"),
        [Length(max=2000, message=_l("次回までに確かめることは2,000文字までで入力してください"))],
        render_kw={"rows": 3},
    )
    next_on = DayField(_l("次回の日"), [Optional()])


class ConfirmForm(MoveForm):
    """A yes to exactly the edition that was read."""

    meeting_id = MarkField()
    edition = MarkField()


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes as they are read, with who has confirmed them and what the reader may do."""

    meeting: Meeting
    number: int
    confirmations: list[tuple[str, str, datetime | None]]
    confirm: str
    correct: str
    """Addresses; empty when the reader cannot do it."""


@signed_in
def record_meeting(proposal_id: int) -> Page:
    """Write the minutes of a meeting."""
    proposal = load_proposal(proposal_id)
    form = MeetingForm(data={"seen": proposal.version})
    if form.validate_on_submit():
        event = attempt(proposal, MoveKey.RECORD_MEETING, form, **_said(form))
        if event is not None:
            return carried_out(proposal, event)
    return shown("stages/meeting.html", form, stands=None, **around(proposal, MoveKey.RECORD_MEETING))


@signed_in
def correct_minutes(proposal_id: int) -> Page:
    """Correct minutes; both sides then confirm the new edition."""
    proposal = load_proposal(proposal_id)
    if (waiting := not_ready(proposal, MoveKey.CORRECT_MINUTES)) is not None:
        return waiting
    meeting = _meeting(proposal, request.args.get("subject", ""))
    now = {name: getattr(meeting, name) for name in SAID}
    form = MeetingForm(data={"seen": proposal.version, "based_on": meeting.edition, **now})
    overtaken = False
    if form.validate_on_submit():
        overtaken = form.based_on.data != meeting.edition
        event = attempt(
            proposal,
            MoveKey.CORRECT_MINUTES,
            form,
            meeting_id=meeting.id,
            based_on=form.based_on.data,
            **_said(form),
        )
        if event is not None:
            return carried_out(proposal, event)
        form.based_on.data = meeting.edition
    return shown(
        "stages/meeting.html",
        form,
        stands=meeting if overtaken else None,
        **around(proposal, MoveKey.CORRECT_MINUTES),
    )


@signed_in
def confirm_minutes(proposal_id: int) -> Page:
    """Read minutes and say yes to them."""
    proposal = load_proposal(proposal_id)
    if (waiting := not_ready(proposal, MoveKey.CONFIRM_MINUTES)) is not None:
        return waiting
    meeting = _meeting(proposal, request.args.get("subject", ""), unconfirmed=True)
    form = ConfirmForm(data={"seen": proposal.version, "meeting_id": meeting.id, "edition": meeting.edition})
    if form.validate_on_submit():
        event = attempt(
            proposal,
            MoveKey.CONFIRM_MINUTES,
            form,
            meeting_id=form.meeting_id.data,
            edition=form.edition.data or 0,
        )
        if event is not None:
            return carried_out(proposal, event)
        form.edition.data = meeting.edition
    return shown(
        "stages/confirm_minutes.html",
        form,
        read=_minutes(proposal, meeting, frozenset()),
        correct=move_address(MoveKey.CORRECT_MINUTES, proposal.id, meeting.id),
        **around(proposal, MoveKey.CONFIRM_MINUTES),
    )


@signed_in
def minutes(proposal_id: int) -> str:
    """All minutes, the latest meeting first."""
    proposal = readable(proposal_id, there)
    offered = frozenset(offer.key for offer in available(db(), proposal, current_actor()))
    return render_template(
        "stages/minutes.html",
        all=[_minutes(proposal, meeting, offered) for meeting in reversed(proposal.meetings)],
        **around_paper(proposal, _("議事録")),
    )


def there(proposal: Proposal, hats: Hats) -> bool:
    """From the first meeting on."""
    return bool(proposal.meetings)


def confirmations(
    proposal: Proposal, subject: Subject, subject_id: int, edition: int = 1
) -> list[tuple[str, str, datetime | None]]:
    """Each side with who confirmed exactly this, and when; nobody and None while it is awaited."""
    by_side = {
        c.side: c
        for c in proposal.confirmations
        if (c.subject, c.subject_id, c.edition) == (subject, subject_id, edition)
    }
    language = reader_language()
    return [
        (
            here(SIDES[side]).in_(language),
            by_side[side].person_name if side in by_side else "",
            by_side[side].at if side in by_side else None,
        )
        for side in Side
    ]


def _minutes(proposal: Proposal, meeting: Meeting, offered: frozenset[MoveKey]) -> Minutes:
    side = current_side(proposal)
    confirmed = {
        c.side
        for c in proposal.confirmations
        if (c.subject, c.subject_id, c.edition) == (Subject.MINUTES, meeting.id, meeting.edition)
    }
    may_confirm = MoveKey.CONFIRM_MINUTES in offered and side is not None and side not in confirmed
    return Minutes(
        meeting=meeting,
        number=proposal.meetings.index(meeting) + 1,
        confirmations=confirmations(proposal, Subject.MINUTES, meeting.id, meeting.edition),
        confirm=move_address(MoveKey.CONFIRM_MINUTES, proposal.id, meeting.id) if may_confirm else "",
        correct=move_address(MoveKey.CORRECT_MINUTES, proposal.id, meeting.id)
        if MoveKey.CORRECT_MINUTES in offered
        else "",
    )


def _meeting(proposal: Proposal, subject: str, *, unconfirmed: bool = False) -> Meeting:
    """The meeting named in the address; without one the latest, or the first the reader's side has not confirmed."""
    if subject:
        found = next((m for m in proposal.meetings if str(m.id) == subject), None)
        if found is None:
            abort(404)
        return found
    if not proposal.meetings:
        abort(404)
    if unconfirmed:
        side = current_side(proposal)
        done = {
            (c.subject_id, c.edition) for c in proposal.confirmations if c.subject is Subject.MINUTES and c.side is side
        }
        waiting = (m for m in proposal.meetings if (m.id, m.edition) not in done)
        return next(waiting, proposal.meetings[-1])
    return proposal.meetings[-1]


def _said(form: MeetingForm) -> dict[str, Any]:
    return {name: form[name].data for name in SAID}


PAGES: dict[MoveKey, Callable[..., Any]] = {
    MoveKey.RECORD_MEETING: record_meeting,
    MoveKey.CORRECT_MINUTES: correct_minutes,
    MoveKey.CONFIRM_MINUTES: confirm_minutes,
}
READINGS = (Reading("minutes", _l("議事録"), minutes, there),)
