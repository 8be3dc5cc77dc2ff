"""Presentations as a file for people's own calendars."""

from collections.abc import Iterable

from flask import abort, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.judging.presentations import ends_at
from models.judging.rounds import rules_for
from models.judging.tables import JudgingRound, RoundEntry
from models.settings import settings
from notifications.presentations import Slot, slots_file
from webui.database import db
from webui.language import reader_language

TYPE = "text/calendar; charset=utf-8"


def slots_answer(judging: JudgingRound, entries: Iterable[RoundEntry]) -> Response:
    """The slots of these proposals of a round. 404 while none has one."""
    rules, language = rules_for(db(), judging), reader_language()
    slots = [
        Slot(
            uid=f"round-{judging.id}-{entry.proposal_id}",
            summary=_("%(round)s：%(title)s", round=rules.label.in_(language), title=entry.proposal.title),
            starts_at=entry.starts_at,
            ends_at=end,
            place=entry.place,
            url=settings().base_url + url_for("proposals.proposal", proposal_id=entry.proposal_id),
        )
        for entry in entries
        if entry.starts_at is not None and (end := ends_at(rules, entry)) is not None
    ]
    if not slots:
        abort(404)
    answer = Response(slots_file(rules.label.in_(language), slots), content_type=TYPE)
    answer.headers["Content-Disposition"] = f"attachment; filename=round-{judging.id}.ics"
    return answer
