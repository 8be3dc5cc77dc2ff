"""A group's own pages, and the page of one proposal for every party."""

from flask import Blueprint

from webui.proposals import copying, draft, files, mine, partners, plain_text, proposal

blueprint = Blueprint("proposals", __name__)

blueprint.add_url_rule("/mine", view_func=mine.mine)
blueprint.add_url_rule("/proposals/new", view_func=mine.new, methods=["GET", "POST"])
blueprint.add_url_rule("/proposals/<int:proposal_id>", view_func=proposal.proposal)
blueprint.add_url_rule("/proposals/<int:proposal_id>/draft", view_func=draft.draft, methods=["GET", "POST"])
blueprint.add_url_rule("/proposals/<int:proposal_id>/draft/save", view_func=draft.save, methods=["POST"])
blueprint.add_url_rule("/proposals/<int:proposal_id>/copy", view_func=copying.copy, methods=["GET", "POST"])
blueprint.add_url_rule("/proposals/<int:proposal_id>/text", view_func=plain_text.text)
blueprint.add_url_rule("/proposals/<int:proposal_id>/text.txt", view_func=plain_text.text_file)
blueprint.add_url_rule("/proposals/<int:proposal_id>/attachments/<int:attachment_id>", view_func=files.attachment)
blueprint.add_url_rule("/proposals/<int:proposal_id>/documents/<int:document_id>", view_func=files.document)
blueprint.add_url_rule(
    "/proposals/<int:proposal_id>/partners",
    endpoint="partners",
    view_func=partners.partner_list,
    methods=["GET", "POST"],
)
blueprint.add_url_rule("/proposals/<int:proposal_id>/part", view_func=partners.part, methods=["GET", "POST"])
