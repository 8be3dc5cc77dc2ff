"""The judges' side: my rounds, the declaration of interests, the proposals, the sheets."""

from flask import Blueprint

from webui.judging import declaration, rounds, sheets

blueprint = Blueprint("judging", __name__)

ROUND = "/judging/<int:round_id>"
PROPOSAL = f"{ROUND}/proposals/<int:proposal_id>"

blueprint.add_url_rule("/judging", view_func=rounds.mine)
blueprint.add_url_rule(ROUND, view_func=rounds.judging_round, endpoint="round")
blueprint.add_url_rule(f"{ROUND}/hand-in", view_func=rounds.hand_in_everything, methods=["POST"])
blueprint.add_url_rule(f"{ROUND}/declaration", view_func=declaration.declaration, methods=["GET", "POST"])
blueprint.add_url_rule(PROPOSAL, view_func=sheets.sheet, methods=["GET", "POST"])
blueprint.add_url_rule(f"{PROPOSAL}/save", view_func=sheets.save, methods=["POST"])
blueprint.add_url_rule(f"{PROPOSAL}/take-back", view_func=sheets.take_sheet_back, methods=["POST"])
blueprint.add_url_rule(f"{PROPOSAL}/interest", view_func=declaration.interest, methods=["GET", "POST"])
blueprint.add_url_rule(f"{PROPOSAL}/attachments/<int:attachment_id>", view_func=sheets.attachment)
