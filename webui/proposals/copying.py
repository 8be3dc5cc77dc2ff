"""以前の提案から写す: a draft takes over what an earlier proposal of the group says, and what no longer fits is listed."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from models.answer_words import answer_text
from models.copying import copy_from, fitting, source, sources
from models.drafts import check_editable
from models.proposals import Proposal
from webui import filters
from webui.access import current_actor, signed_in
from webui.database import db
from webui.forms import Form, SelectChoice
from webui.language import reader_language
from webui.stages.performing import Page, load_proposal, shown


class CopyForm(Form):
    """Which proposal is copied."""

    source = RadioField(_l("どの提案から写しますか"), [InputRequired(_l("提案を選んでください"))])


@signed_in
def copy(proposal_id: int) -> Page:
    """Choose an earlier proposal; its answers go where nothing is written yet."""
    proposal = load_proposal(proposal_id)
    check_editable(proposal, current_actor())
    form = CopyForm()
    form.source.choices = [SelectChoice(str(one.id), _named(one)) for one in sources(db(), proposal)]
    if form.validate_on_submit():
        earlier = source(db(), proposal, int(form.source.data))
        assert earlier is not None
        copy_from(db(), proposal, current_actor(), earlier)
        flash(_("以前の提案の回答を、まだ書いていない項目に写しました。今回に合わせて書き直してください。"))
        return redirect(url_for("proposals.draft", proposal_id=proposal.id, copied=earlier.id), 303)
    return shown("proposals/copy.html", form, proposal=proposal)


def left_behind(proposal: Proposal, copied: str) -> list[tuple[str, str, str]]:
    """What of the proposal that was just copied did not fit: the question, why, and the answer in words."""
    if not (copied.isascii() and copied.isdigit() and len(copied) < 10):
        return []
    earlier, language = source(db(), proposal, int(copied)), reader_language()
    if earlier is None:
        return []
    return [
        (
            left.item.label.in_(language),
            left.why.in_(language),
            answer_text(earlier.rules, left.item, left.value, language),
        )
        for left in fitting(proposal, earlier)[1]
    ]


def _named(proposal: Proposal) -> str:
    title = proposal.written_title or _("（名前のない提案）")
    return str(_("%(title)s（%(day)s）", title=title, day=filters.day(proposal.created_at, weekday=False)))
