"""提出前の確認: the proposal as it will be read, what is still missing, and handing it in."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from models.attachments import attached
from models.drafts import revision_of
from models.process.moves.intake import PROFILE
from models.process.vocabulary import MoveKey, Stage
from models.proposals import Proposal
from webui.access import signed_in
from webui.attachments import attached_files
from webui.forms.items import ITEM
from webui.language import reader_language
from webui.readable import answered
from webui.stages.performing import MoveForm, Page, attempt, carried_out, lacking, load_proposal, shown


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
        answers=answered(proposal.rules, proposal.rules.proposal_items, proposal.answers),
        profile=[(label.in_(language), getattr(proposal.group, key)) for key, label in PROFILE.items()],
        files=[line[1:] for line in attached_files(proposal, attached(proposal, Stage.INTAKE))],
    )


def _place(proposal: Proposal, field: str) -> str:
    """The field of the form where something is missing."""
    items = {item.key for item in proposal.rules.proposal_items}
    name = ITEM + field if field in items else field
    return url_for("proposals.draft", proposal_id=proposal.id, check=1, _anchor=name)
