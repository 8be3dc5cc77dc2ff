"""仮申込: the group hands in its entry, and the desk takes it, so that the full proposal can be written."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from models.process.moves.entry import LONGEST
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from webui.access import signed_in
from webui.forms import DayField, LineField, ProseField
from webui.readable import answered
from webui.stages.performing import MoveForm, Page, attempt, carried_out, load_proposal, shown
from webui.stages.plain import PlainMove, around, plain_page
from webui.stages.submission import submitted_text


class TakeForm(MoveForm):
    """What was found in the talk, and who agreed."""

    reason = ProseField(
        _l("団体に伝えること"),
        [
            InputRequired(_l("団体に伝えることを入力してください")),
            Length(max=LONGEST, message=_l("団体に伝えることは1,000文字までで入力してください")),
        ],
        description=_l("提案書をつくるときに役立つことを書いてください。団体にそのまま届きます。"),
        render_kw={"rows": 5},
    )
    talked_on = DayField(_l("事前相談を行った日"))
    consented = LineField(_l("合意した課"))


@signed_in
def take_entry(proposal_id: int) -> Page:
    """Answer the entry; the talk and the consent are asked where the call needs them."""
    proposal = load_proposal(proposal_id)
    form = TakeForm(data={"seen": proposal.version})
    call = proposal.rules.call(proposal.call_key)
    entry = call.entry if call is not None else None
    if entry is None or not entry.talk:
        del form.talked_on
    if entry is None or not entry.consent:
        del form.consented
    if form.validate_on_submit():
        event = attempt(
            proposal,
            MoveKey.TAKE_ENTRY,
            form,
            reason=form.reason.data,
            talked_on=form.talked_on.data if "talked_on" in form else None,
            consented=form.consented.data if "consented" in form else "",
        )
        if event is not None:
            return carried_out(proposal, event)
    text = submitted_text(proposal, proposal.submissions[-1]) if proposal.submissions else []
    return shown("stages/take_entry.html", form, text=text, **around(proposal, MoveKey.TAKE_ENTRY))


def _read(proposal: Proposal) -> dict[str, Any]:
    call = proposal.rules.call(proposal.call_key)
    return {
        "text": answered(proposal.rules, proposal.entry_questions, proposal.answers),
        "entry": call.entry if call else None,
    }


PAGES: dict[MoveKey, Callable[..., Any]] = {
    MoveKey.ENTER: plain_page(
        PlainMove(
            MoveKey.ENTER,
            _l("市に届けます。市が受けると、続きの提案書を書けるようになります。"),
            template="stages/enter.html",
            shows=_read,
        )
    ),
    MoveKey.TAKE_ENTRY: take_entry,
}
