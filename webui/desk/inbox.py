"""受信箱: what waits for the holder of a post, the most urgent first, each line leading to where it is done."""

from enum import StrEnum
from typing import Any, TypeVar

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models import clock
from models.calendar import business_days_between
from models.inbox import COUNTED, Sorting, Span, Waiting, counts
from models.inbox import inbox as read_inbox
from models.portal import portal
from models.process.fulfilment import fulfilling_move
from models.process.labels import DUTIES, done
from webui.access import current_actor, staff
from webui.database import db
from webui.filters import short_day
from webui.language import reader_language
from webui.paging import neighbours, place_asked
from webui.proposals.turn import ABOUT_ONE
from webui.stages.addresses import has_page, move_address

SPANS = {
    Span.ALL: _l("すべて"),
    Span.LATE: _l("期限超過"),
    Span.TODAY: _l("今日まで"),
    Span.SOON: _l("5開庁日以内"),
}

Key = TypeVar("Key", bound=StrEnum)


@staff
def inbox() -> str:
    """One page of the inbox, filtered by a tab."""
    actor, today = current_actor(), clock.today()
    span, sorting = _asked(Span.ALL), _asked(Sorting.DUE)
    page = read_inbox(db(), actor, today, span, sorting, place_asked())
    found = counts(db(), actor, today)
    previous, following = neighbours(page)
    return render_template(
        "desk/inbox.html",
        now=clock.now(),
        total=_counted(found[Span.ALL]),
        shown=_counted(found[span]),
        sorting=sorting,
        resort=url_for("desk.inbox", span=span, sorting=Sorting.NEWEST if sorting is Sorting.DUE else Sorting.DUE),
        by_due=sorting is Sorting.DUE,
        tabs=[
            (
                words,
                _counted(found[key]),
                url_for("desk.inbox", span=key, sorting=sorting),
                key is span,
                "late" if key is Span.LATE and found[key] else "",
            )
            for key, words in SPANS.items()
        ],
        rows=[_row(waiting) for waiting in page.rows],
        previous=previous,
        following=following,
    )


def _asked(default: Key) -> Key:
    """The tab or order the address names, under the name of its kind."""
    kind = type(default)
    text = request.args.get(kind.__name__.lower(), "")
    return kind(text) if text in list(kind) else default


def _counted(number: int) -> str:
    if number >= COUNTED:
        return str(_("%(n)s件以上", n=COUNTED))
    return str(_("%(n)s件", n=number))


def _row(waiting: Waiting) -> dict[str, Any]:
    language = reader_language()
    return {
        "address": _address(waiting),
        "title": waiting.title,
        "number": waiting.number or "",
        "group": waiting.group,
        "ask": DUTIES[waiting.key].in_(language),
        "why": done(waiting.after, waiting.led_to).in_(language) if waiting.after and waiting.led_to else "",
        "due": waiting.due_on,
        "left": business_days_between(clock.today(), waiting.due_on, portal().closed_days) if waiting.due_on else None,
        "more": [(_("受信日"), short_day(waiting.since))],
    }


def _address(waiting: Waiting) -> str:
    move = fulfilling_move(waiting.key, waiting.state)
    if move is None or not has_page(move):
        return url_for("proposals.proposal", proposal_id=waiting.proposal_id)
    subject = waiting.subject_id if waiting.key in ABOUT_ONE else 0
    return move_address(move, waiting.proposal_id, subject)
