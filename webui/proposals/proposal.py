"""The page of one proposal, the same for every party: whose turn it is, what one may do, and all that happened."""

from flask import render_template

from models.process.sight import timeline
from webui.access import current_actor, signed_in
from webui.proposals.overview import overview
from webui.rules import edition_note
from webui.stages.history import told
from webui.stages.messages import MessageForm
from webui.stages.performing import load_proposal


@signed_in
def proposal(proposal_id: int) -> str:
    """Everything a party needs to know of a proposal."""
    found, actor = load_proposal(proposal_id), current_actor()
    return render_template(
        "proposals/proposal.html",
        proposal=found,
        view=overview(found, actor),
        edition=edition_note(found),
        history=[told(event, found) for event in timeline(found, actor)],
        form=MessageForm(data={"seen": found.version}),
    )
