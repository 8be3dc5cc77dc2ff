"""意見照会: the program office asks a section, the section answers, both parties read it (I10, X05)."""

from collections.abc import Callable
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired, Length

from models import clock
from models.calendar import add_business_days
from models.portal import portal
from models.process.moves.opinions import LONGEST
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from models.sections import sections_with_head
from webui.access import current_actor, signed_in
from webui.comparing import comparison
from webui.database import db
from webui.forms import DayField, ProseField, SelectChoice
from webui.language import reader_language
from webui.stages.performing import MoveForm, Page, attempt, carried_out, load_proposal, shown
from webui.stages.plain import around
from webui.stages.reading import Hats, Reading, around_paper, readable
from webui.stages.submission import submitted_text


class AskForm(MoveForm):
    """Which section, what, and until when."""

    section_id = SelectField(_l("意見を求める課"), [InputRequired(_l("課を選んでください"))], validate_choice=False)
    question = ProseField(
        _l("聞きたいこと"),
        [
            InputRequired(_l("聞きたいことを入力してください")),
            Length(max=LONGEST, message=_l("聞きたいことは2,000文字までで入力してください")),
        ],
        description=_l("提案団体も読みます。例：似た事業を行っていますか。一緒に進めるとき、どんな課題がありますか。"),
    )
    due_on = DayField(_l("回答の期限"), [InputRequired(_l("回答の期限を入力してください"))])


class OpinionForm(MoveForm):
    """What the section says."""

    text = ProseField(
        _l("意見"),
        [
            InputRequired(_l("意見を入力してください")),
            Length(max=LONGEST, message=_l("意見は2,000文字までで入力してください")),
        ],
        description=_l("提案団体と市民協働課が読みます。"),
        render_kw={"rows": 8},
    )


@signed_in
def ask_opinion(proposal_id: int) -> Page:
    """Ask a section, by default within the programme's term."""
    proposal = load_proposal(proposal_id)
    due_on = add_business_days(clock.today(), proposal.rules.terms.give_opinion, portal().closed_days)
    form = AskForm(data={"seen": proposal.version, "due_on": due_on})
    sections = sections_with_head(db())
    names = [SelectChoice(str(section.id), section.words.in_(reader_language())) for section in sections]
    form.section_id.choices = [SelectChoice("", _("選んでください")), *names]
    if form.validate_on_submit():
        chosen = {str(s.id): s.id for s in sections}.get(form.section_id.data or "")
        event = attempt(
            proposal,
            MoveKey.ASK_OPINION,
            form,
            section_id=chosen,
            question=form.question.data,
            due_on=form.due_on.data,
        )
        if event is not None:
            return carried_out(proposal, event)
    return shown("stages/ask_opinion.html", form, **around(proposal, MoveKey.ASK_OPINION))


@signed_in
def give_opinion(proposal_id: int) -> Page:
    """Answer for one's section, with the proposal and the question above."""
    proposal = load_proposal(proposal_id)
    form = OpinionForm(data={"seen": proposal.version})
    if form.validate_on_submit():
        event = attempt(proposal, MoveKey.GIVE_OPINION, form, text=form.text.data)
        if event is not None:
            return carried_out(proposal, event)
    places = {place.department_id for place in current_actor().places}
    return shown(
        "stages/give_opinion.html",
        form,
        asked=[one for one in proposal.opinions if one.given_at is None and one.section_id in places],
        comparison=comparison(proposal),
        text=submitted_text(proposal, proposal.submissions[-1]),
        **around(proposal, MoveKey.GIVE_OPINION),
    )


@signed_in
def opinions(proposal_id: int) -> str:
    """What sections were asked and what they answered."""
    proposal = readable(proposal_id, there)
    return render_template(
        "stages/opinions.html", opinions=proposal.opinions, **around_paper(proposal, str(_("課の意見")))
    )


def there(proposal: Proposal, hats: Hats) -> bool:
    """For both parties and the city, once somebody was asked."""
    return bool(proposal.opinions) and bool(hats)


PAGES: dict[MoveKey, Callable[..., Any]] = {
    MoveKey.ASK_OPINION: ask_opinion,
    MoveKey.GIVE_OPINION: give_opinion,
}
READINGS = (Reading("opinions", _l("課の意見"), opinions, there),)
