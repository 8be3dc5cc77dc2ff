"""The day of presentations: slots, their order, who may watch, and a file for people's own calendars."""

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField

from models import clock
from models.judging.presentations import LONGEST_PLACE, LONGEST_TEXT, ends_at, plan
from models.judging.rounds import rules_for, standing
from models.judging.tables import JudgingRound
from webui.access import staff
from webui.admin.changing import Answer, done, page, refusals_at, sent
from webui.calendars import slots_answer
from webui.database import db
from webui.desk.rounds import around, load_round
from webui.forms import CountField, DayField, Form, HourField, LineField, ProseField
from webui.forms.items import Marks


class PlanForm(Form):
    """When, where, with which breaks. The places in the order come in between."""

    day = DayField(_l("開催日"), [Marks(required=True)])
    hour = HourField(_l("最初の発表の開始時刻"), [Marks(required=True)], description=_l("例：13時30分"))
    place = LineField(_l("会場"), [Marks(required=True, maxlength=LONGEST_PLACE)])
    pause_after = CountField(_l("何件ごとに休憩するか"), description=_l("休憩しないときは空欄にしてください。"))
    pause = CountField(_l("休憩の長さ（分）"))
    observers = BooleanField(_l("市民の傍聴を認める"))
    invitation = ProseField(
        _l("提案団体への案内"),
        [Marks(maxlength=LONGEST_TEXT)],
        description=_l("発表の時間とともに、提案団体のページに載ります。集合時刻や持ち物などを書いてください。"),
    )


@staff
def schedule(round_id: int) -> Answer:
    """Make the slots, or make them anew in another order."""
    judging = load_round(round_id)
    rules = rules_for(db(), judging)
    if rules.presentation is None or judging.closed_at is not None:
        abort(404)
    form = _form(judging)
    if sent(form):
        with refusals_at(form):
            day, hour = form.day.data, form.hour.data
            plan(
                db(),
                judging,
                order=_order(judging, form),
                starts_at=clock.at_tokyo(day, hour) if day and hour else None,
                place=form.place.data or "",
                pause_after=form.pause_after.data or 0,
                pause=form.pause.data or 0,
                observers=bool(form.observers.data),
                invitation=form.invitation.data or "",
            )
            return done(_("発表の時間を決めました。提案団体のページに載せました。"), "desk.schedule", round_id=round_id)
    return page(
        "desk/schedule.html",
        form,
        places=[(entry, form[f"place-{entry.proposal_id}"], ends_at(rules, entry)) for entry in standing(judging)],
        **around(judging),
    )


@staff
def schedule_file(round_id: int) -> Response:
    """All slots as iCalendar."""
    judging = load_round(round_id)
    return slots_answer(judging, judging.entries)


def _form(judging: JudgingRound) -> PlanForm:
    entries = standing(judging)
    fields = {
        f"place-{entry.proposal_id}": CountField(_("「%(title)s」の順番", title=entry.proposal.title))
        for entry in entries
    }
    first = next((entry for entry in entries if entry.starts_at is not None), None)
    starts_at = clock.in_tokyo(first.starts_at) if first is not None and first.starts_at is not None else None
    made: type[PlanForm] = type("PlanForm", (PlanForm,), fields)
    return made(
        data={
            "day": starts_at.date() if starts_at else None,
            "hour": starts_at.time() if starts_at else None,
            "place": first.place if first else "",
            "observers": judging.observers,
            "invitation": judging.invitation,
            **{f"place-{entry.proposal_id}": number for number, entry in enumerate(entries, 1)},
        }
    )


def _order(judging: JudgingRound, form: PlanForm) -> list[int]:
    """The proposals by the places typed; equal ones as they stood, those without one last."""
    keys = [entry.proposal_id for entry in standing(judging)]
    return sorted(keys, key=lambda key: form[f"place-{key}"].data or len(keys) + 1)
