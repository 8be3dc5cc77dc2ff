"""受付: the pages with which the desk accepts, returns and declines, and the group withdraws (I01–I04, X06)."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired, Length

from models import clock
from models.calendar import add_business_days
from models.portal import portal
from models.process.moves.intake import GROUNDS
from models.process.vocabulary import MoveKey
from webui.access import signed_in
from webui.forms import DayField, ProseField, SelectChoice
from webui.language import reader_language
from webui.stages.performing import MoveForm, Page, attempt, carried_out, load_proposal, shown
from webui.stages.plain import REASON_LIMIT, PlainMove, around, plain_page, reason_field


class ReturnForm(MoveForm):
    """What the group is asked to correct, and until when."""

    reason = ProseField(
        _l("補正してほしいこと"),
        [
            InputRequired(_l("補正してほしいことを入力してください")),
            Length(max=REASON_LIMIT, message=_l("補正してほしいことは2,000文字までで入力してください")),
        ],
        description=_l("提案団体にそのまま届きます。どの項目を、どう直してほしいかを書いてください。"),
    )
    due_on = DayField(_l("補正の期限"), [InputRequired(_l("補正の期限を入力してください"))])


class DeclineForm(MoveForm):
    """The formal ground and the reason in words."""

    ground = RadioField(_l("不受理の根拠"), [InputRequired(_l("不受理の根拠を選んでください"))])
    reason = reason_field()


@signed_in
def return_for_correction(proposal_id: int) -> Page:
    """Ask the group for a correction, by default within the programme's term."""
    proposal = load_proposal(proposal_id)
    term = proposal.rules.terms.correct
    form = ReturnForm(
        data={"seen": proposal.version, "due_on": add_business_days(clock.today(), term, portal().closed_days)}
    )
    if form.validate_on_submit():
        event = attempt(proposal, MoveKey.RETURN_FOR_CORRECTION, form, reason=form.reason.data, due_on=form.due_on.data)
        if event is not None:
            return carried_out(proposal, event)
    return shown("stages/return_for_correction.html", form, **around(proposal, MoveKey.RETURN_FOR_CORRECTION))


@signed_in
def decline(proposal_id: int) -> Page:
    """Decline on one of the formal grounds (I04)."""
    proposal = load_proposal(proposal_id)
    form = DeclineForm(data={"seen": proposal.version})
    form.ground.choices = [SelectChoice(key, ground.in_(reader_language())) for key, ground in GROUNDS.items()]
    if form.validate_on_submit():
        event = attempt(proposal, MoveKey.DECLINE, form, ground=form.ground.data, reason=form.reason.data)
        if event is not None:
            return carried_out(proposal, event)
    return shown("stages/decline.html", form, **around(proposal, MoveKey.DECLINE))


PLAIN = (
    PlainMove(
        MoveKey.ACCEPT,
        _l("提案を受理し、除外審査に進めます。提案団体に知らせ、この提案の進み具合を公開します。"),
    ),
    PlainMove(
        MoveKey.WITHDRAW,
        _l("提案を取り下げます。取り下げたあとは元に戻せませんが、同じ内容で新しく提案できます。不利益はありません。"),
        stops=True,
    ),
)

PAGES: dict[MoveKey, Callable[..., Any]] = {
    **{plain.key: plain_page(plain) for plain in PLAIN},
    MoveKey.RETURN_FOR_CORRECTION: return_for_correction,
    MoveKey.DECLINE: decline,
}
