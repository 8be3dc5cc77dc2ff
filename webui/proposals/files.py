"""Opening a proposal's files, for whoever may see the proposal."""

from flask import abort
from werkzeug.wrappers import Response

from models.attachments import attachment_to_open, documents_for
from models.filetypes import PDF
from models.personal import may_open
from models.process.actors import hats_of
from webui.access import current_actor, signed_in
from webui.attachments import sent
from webui.stages.performing import load_proposal


@signed_in
def attachment(proposal_id: int, attachment_id: int) -> Response:
    """One attached file."""
    proposal = load_proposal(proposal_id)
    found = attachment_to_open(proposal, attachment_id)
    if found is None or not may_open(proposal, found, hats_of(current_actor(), proposal)):
        abort(404)
    return sent(found, found.name, found.media_type)


@signed_in
def document(proposal_id: int, document_id: int) -> Response:
    """One issued document."""
    readable = documents_for(load_proposal(proposal_id), current_actor())
    found = next((d for d in readable if d.id == document_id), None)
    if found is None:
        abort(404)
    return sent(found, f"{found.title}.pdf", PDF.media_type)
