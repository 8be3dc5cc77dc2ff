"""A group's own pages, and the page of one proposal for every party."""

from flask import Blueprint

from webui.proposals import proposal

blueprint = Blueprint("proposals", __name__)

blueprint.add_url_rule("/proposals/<int:proposal_id>", view_func=proposal.proposal)
