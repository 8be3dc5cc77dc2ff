"""The judges of a round as the office sees them: invited, reminded, stepping back; never how they mark."""

from flask import abort, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from models.editions import rules_of
from models.judging.judges import invite, lift_interest, withdraw_judge
from models.judging.rounds import active_judges, rules_for, unfinished
from models.judging.tables import Judge, JudgingRound
from models.settings import settings
from notifications import judging as mails
from webui.access import current_actor, staff
from webui.admin.changing import Answer, done, language_field, line, page, refusals_at, sent
from webui.auth.reset import link
from webui.database import db
from webui.desk.rounds import around, load_round
from webui.forms import Form, LineField


class JudgeForm(Form):
    """Whom to ask."""

    name = line("name", required=True)
    email = line("email", required=True, hint=_l("登録のある人には、その登録でお願いします。"))
    capacity = LineField(_l("立場"), description=_l("例：学識経験者、市民活動経験者、公募市民"))
    language = language_field()


@staff
def invite_judge(round_id: int) -> Answer:
    """Ask somebody to judge, by mail."""
    judging = load_round(round_id)
    form = JudgeForm()
    if sent(form):
        with refusals_at(form):
            judge = invite(
                db(),
                current_actor(),
                judging,
                name=form.name.data or "",
                email=form.email.data or "",
                capacity=form.capacity.data or "",
                language=form.language.data or "",
            )
            _send(judge)
            message = _("%(name)sさんに、お願いのメールを送りました。", name=judge.name)
            return done(message, "desk.judging_round", round_id=round_id)
    return page("desk/invite_judge.html", form, **around(judging))


@staff
def invite_judge_again(round_id: int, judge_id: int) -> Response:
    """Send the invitation once more."""
    judge = _load(load_round(round_id), judge_id)
    _send(judge)
    message = _("%(name)sさんに、お願いのメールをもう一度送りました。", name=judge.name)
    return done(message, "desk.judging_round", round_id=round_id)


@staff
def remind_judges(round_id: int) -> Response:
    """Remind everybody who has not finished, by mail."""
    judging = load_round(round_id)
    waiting = unfinished(judging) if judging.closed_at is None else []
    for judge in waiting:
        mails.send_reminder(db(), judge, _address(judge))
    return done(_("%(n)s人に催促のメールを送りました。", n=len(waiting)), "desk.judging_round", round_id=round_id)


@staff
def withdraw_from_round(round_id: int, judge_id: int) -> Answer:
    """Let a judge step back, after a second look."""
    judging = load_round(round_id)
    judge = _load(judging, judge_id)
    form = Form()
    if sent(form):
        withdraw_judge(db(), current_actor(), judge)
        return done(_("%(name)sさんを審査員から外しました。", name=judge.name), "desk.judging_round", round_id=round_id)
    return page("desk/withdraw_judge.html", form, judge=judge, **around(judging))


@staff
def lift_declared_interest(round_id: int, judge_id: int, proposal_id: int) -> Response:
    """Take a mistaken declaration back, at the judge's wish; the judge is asked anew."""
    judge = _load(load_round(round_id), judge_id)
    lift_interest(db(), current_actor(), judge, proposal_id)
    message = _("%(name)sさんの申告を取り消しました。もう一度申告していただきます。", name=judge.name)
    return done(message, "desk.judging_round", round_id=round_id)


def _load(judging: JudgingRound, judge_id: int) -> Judge:
    found = next((judge for judge in active_judges(judging) if judge.id == judge_id), None)
    if found is None or judging.closed_at is not None:
        abort(404)
    return found


def _send(judge: Judge) -> None:
    rules = rules_of(db(), judge.round.edition_id)
    mails.send_invitation(db(), judge, rules_for(db(), judge.round).label, rules.name, _address(judge))


def _address(judge: Judge) -> str:
    """The judge's page; for whoever has no password yet, where to set one."""
    if not judge.person.password_hash:
        return link(judge.person, "invitation")
    return settings().base_url + url_for("judging.round", round_id=judge.round_id)
