"""提出前の確認: the proposal as it will be read, what is still missing, and handing it in."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from models.drafts import revision_of
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from webui.access import signed_in
from webui.forms.items import ITEM
from webui.language import reader_language
from webui.stages.performing import MoveForm, Page, attempt, carried_out, lacking, load_proposal, shown
from webui.written import as_written


class SubmitForm(MoveForm):
    """Nothing but the go-ahead, for exactly the text that was read."""

    revision = HiddenField()


@signed_in
def submit(proposal_id: int) -> Page:
    """Read everything once more and hand it in."""
    proposal = load_proposal(proposal_id)
    form = SubmitForm(data={"seen": proposal.version, "revision": revision_of(proposal)})
    if form.validate_on_submit():
        already = proposal.version != form.seen.data
        if not already and form.revision.data != revision_of(proposal):
            form.form_errors.append(
                _l("確認している間に、ほかのメンバーが書き直しました。もう一度読んでから提出してください。")
            )
        else:
            event = attempt(proposal, MoveKey.SUBMIT, form)
            if event is not None:
                return carried_out(proposal, event)
        form.revision.data = revision_of(proposal)
    missing = lacking(proposal, MoveKey.SUBMIT)
    language = reader_language()
    return shown(
        "stages/submit.html",
        form,
        proposal=proposal,
        missing=[(_place(proposal, gap.field), gap.sentence.in_(language)) for gap in missing],
        parts=as_written(proposal),
    )


def _place(proposal: Proposal, field: str) -> str:
    """The question, or the cell, of the form where something is missing."""
    items = {item.key for item in proposal.questions}
    name = ITEM + field if field.partition("-")[0] in items else field
    return url_for("proposals.draft", proposal_id=proposal.id, check=1, _anchor=name if "-" in name else f"q-{name}")
