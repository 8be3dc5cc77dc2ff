"""事前協議: choosing the section, its answer, and ending without agreement (C04, I10)."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from models.sections import sections_with_head
from webui.access import signed_in
from webui.database import db
from webui.forms import SelectChoice
from webui.language import reader_language
from webui.stages.history import Told, told
from webui.stages.performing import MoveForm, Page, attempt, carried_out, load_proposal, shown
from webui.stages.plain import PlainMove, ReasonForm, around, plain_page, reason_field


class AssignForm(MoveForm):
    """Which section, and why."""

    section_id = SelectField(_l("担当課"), [InputRequired(_l("担当課を選んでください"))], validate_choice=False)
    reason = reason_field()


@signed_in
def assign_section(proposal_id: int) -> Page:
    """Choose the section that is asked to take the proposal on."""
    proposal = load_proposal(proposal_id)
    sections, theme = sections_with_head(db()), proposal.theme
    asks = next((str(s.id) for s in sections if theme is not None and s.words == theme.section), None)
    form = AssignForm(data={"seen": proposal.version, "section_id": asks})
    names = [SelectChoice(str(section.id), section.words.in_(reader_language())) for section in sections]
    form.section_id.choices = [SelectChoice("", _("選んでください")), *names]
    if form.validate_on_submit():
        chosen = {str(s.id): s.id for s in sections}.get(form.section_id.data or "")
        event = attempt(proposal, MoveKey.ASSIGN_SECTION, form, section_id=chosen, reason=form.reason.data)
        if event is not None:
            return carried_out(proposal, event)
    return shown(
        "stages/assign_section.html",
        form,
        **around(proposal, MoveKey.ASSIGN_SECTION),
        **_trail(proposal),
        theme=theme,
    )


def trail(proposal: Proposal) -> list[Told]:
    """Which sections were asked and what they answered, so that nobody is sent from one to the next unseen."""
    asked = (MoveKey.ASSIGN_SECTION, MoveKey.DECLINE_ASSIGNMENT)
    return [told(event, proposal) for event in proposal.events if event.move in asked]


def _trail(proposal: Proposal) -> dict[str, Any]:
    return {"trail": trail(proposal)}


PLAIN = (
    PlainMove(
        MoveKey.TAKE_ON,
        _l("この提案の担当課になり、提案団体との協議を始めます。"),
        template="stages/assigned.html",
        shows=_trail,
    ),
    PlainMove(
        MoveKey.DECLINE_ASSIGNMENT,
        _l("市民協働課に返し、ほかの担当課を探してもらいます。理由は提案団体にも見えます。"),
        form=ReasonForm,
        hint=_l("なぜ担当できないか、どの課がふさわしいと考えるかを書いてください。"),
        template="stages/assigned.html",
        shows=_trail,
    ),
    PlainMove(
        MoveKey.END_CONSULTATION,
        _l("協定を結ばずに協議を終えます。終えたあとは元に戻せません。"),
        form=ReasonForm,
        hint=_l("話し合ったことと、成立しなかった理由を書いてください。双方に残ります。"),
        stops=True,
    ),
)

PAGES: dict[MoveKey, Callable[..., Any]] = {
    MoveKey.ASSIGN_SECTION: assign_section,
    **{plain.key: plain_page(plain) for plain in PLAIN},
}
