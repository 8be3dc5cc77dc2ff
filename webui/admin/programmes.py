"""Programmes: every edition, one as everybody would see it, put in force for a reason, taken back, thrown away."""

from datetime import datetime
from typing import Any

from flask import Response as FlaskResponse
from flask import abort, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from models import clock
from models.administration.programmes import (
    LONGEST_REASON,
    Listed,
    let_hold,
    listed,
    standing,
    take_back,
    throw_away,
)
from models.administration.record import record_of
from models.editions import Edition, edition_of, rules_of
from models.process.refusals import NotReady
from models.revisions import changes, comparable
from webui.access import administrator, current_actor
from webui.admin.changing import Answer, EditForm, done, in_words, page, refusals_at, refused, sent_while
from webui.database import db
from webui.forms import DayField, HourField, ProseField, SelectChoice
from webui.forms.items import Marks
from webui.rules import by_section, rules_shown


class HoldForm(EditForm):
    """From when an edition holds, and why."""

    when = RadioField(
        _l("いつから施行しますか"),
        [Marks(required=True)],
        choices=[SelectChoice("now", _l("今すぐ")), SelectChoice("later", _l("日時を決めて"))],
        validate_choice=False,
    )
    day = DayField(_l("施行する日"), [Marks()], description=_l("「日時を決めて」を選んだときに入力します。"))
    hour = HourField(_l("施行する時刻"), [Marks()], description=_l("空欄のときは0時00分からです。"))
    reason = ProseField(
        _l("変更の理由"),
        [Marks(required=True, maxlength=LONGEST_REASON)],
        description=_l("「きまりの変更の記録」のページで公開します。"),
        render_kw={"rows": 4},
    )

    @property
    def moment(self) -> datetime | None:
        """The moment chosen, in UTC; None where a day is missing."""
        if self.when.data != "later":
            return clock.now()
        if self.day.data is None:
            return None
        return clock.at_tokyo(self.day.data, self.hour.data) if self.hour.data else clock.at_tokyo(self.day.data)


@administrator
def programmes() -> str:
    """Every programme with its editions."""
    found = [(rules_of(db(), lines[0].edition.id).name, key, lines) for key, lines in listed(db())]
    return render_template("admin/programmes.html", programmes=found)


@administrator
def programme(key: str, number: int) -> str:
    """One edition: how it stands, what it changes, and all of it as the public and the parties would see it."""
    edition = _load(key, number)
    line = _line(edition)
    others = [one.edition.number for one in _lines(key) if one.edition.id != edition.id]
    against = _against(edition)
    return render_template(
        "admin/programme.html",
        line=line,
        edition=edition,
        others=others,
        overtaken_by=_overtaken_by(edition),
        against=against,
        differences=by_section(changes(db(), against.id, edition.id)) if against else [],
        record=in_words(record_of(db(), edition)),
        **rules_shown(rules_of(db(), edition.id), preview=True),
    )


@administrator
def text(key: str, number: int) -> FlaskResponse:
    """The file as it was imported."""
    answer = make_response(_load(key, number).text.encode())
    answer.content_type = "application/yaml; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{key}-{number}.yaml"'
    return answer


@administrator
def hold(key: str, number: int) -> Answer:
    """Put an edition in force, now or from a moment on."""
    edition = _load(key, number)
    if edition.has_begun:
        abort(404)
    since = clock.in_tokyo(edition.in_force_from) if edition.in_force_from else None
    form = HoldForm(
        when="later" if since else "now",
        day=since.date() if since else None,
        hour=since.time() if since else None,
        reason=edition.reason,
    )
    if sent_while(form, standing(db())):
        with refusals_at(form):
            let_hold(db(), current_actor(), edition, moment=form.moment, reason=form.reason.data or "")
            message = _("この版を施行しました。") if _line(edition).in_force else _("施行の予定を登録しました。")
            return done(message, "admin.programme", key=key, number=number)
    against = comparable(db(), edition)
    return page(
        "admin/hold_programme.html",
        form,
        edition=edition,
        rules=rules_of(db(), edition.id),
        against=against,
        differences=by_section(changes(db(), against.id, edition.id)) if against else [],
        overtaken_by=_overtaken_by(edition),
        cases=sum(one.running for one in _lines(key)),
    )


@administrator
def undo(key: str, number: int) -> Answer:
    """Take back that an edition will be in force."""
    edition = _load(key, number)
    try:
        take_back(db(), current_actor(), edition)
    except NotReady as error:
        return refused(error, "admin.programme", key=key, number=number)
    return done(_("施行の予定を取り消しました。"), "admin.programme", key=key, number=number)


@administrator
def discard(key: str, number: int) -> Answer:
    """Throw away a mistaken edition."""
    edition = _load(key, number)
    try:
        throw_away(db(), current_actor(), edition)
    except NotReady as error:
        return refused(error, "admin.programme", key=key, number=number)
    return done(_("第%(n)s版を破棄しました。", n=number), "admin.programmes")


def _load(key: str, number: int) -> Edition:
    found = edition_of(db(), key, number)
    if found is None:
        abort(404)
    return found


def _lines(key: str) -> list[Listed]:
    return dict(listed(db()))[key]


def _line(edition: Edition) -> Listed:
    return next(one for one in _lines(edition.key) if one.edition.id == edition.id)


def _overtaken_by(edition: Edition) -> int:
    """第n版 in force that is newer than an edition which has not begun, and whose changes it would undo; 0: none."""
    held = None if edition.has_begun else comparable(db(), edition)
    return held.number if held is not None and held.number > edition.number else 0


def _against(edition: Edition) -> Edition | None:
    """The edition it is compared with: the one asked for, or the one that holds beside it."""
    asked: Any = request.args.get("against", type=int)
    chosen = edition_of(db(), edition.key, asked) if asked is not None and 0 < asked < 10**6 else None
    return chosen or comparable(db(), edition)
