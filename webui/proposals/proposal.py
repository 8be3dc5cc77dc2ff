"""The page of one proposal, the same for every party: whose turn it is, what one may do, and all that happened."""

from flask import render_template

from models.process.perform import available
from webui.access import signed_in
from webui.database import db
from webui.stages.performing import current_actor, load_proposal


@signed_in
def proposal(proposal_id: int) -> str:
    """Everything a party needs to know of a proposal."""
    found = load_proposal(proposal_id)
    return render_template("proposals/proposal.html", proposal=found, offers=available(db(), found, current_actor()))
