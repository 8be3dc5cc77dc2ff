"""Every document that was issued, to look at."""

from flask import Response, abort, render_template, send_file
from sqlalchemy import select

from models.documents import Document
from models.files import NotStored, open_stored
from models.proposals import Proposal
from webui.access import public
from webui.database import db

SHOWN = 100


@public
def pdfs() -> str:
    """The newest hundred."""
    query = select(Document, Proposal.number).join(Proposal, Proposal.id == Document.proposal_id)
    documents = db().execute(query.order_by(Document.id.desc()).limit(SHOWN)).all()
    return render_template("dev/pdfs.html", documents=documents)


@public
def pdf(document_id: int) -> Response:
    """One document, in the browser."""
    document = db().get(Document, document_id)
    if document is None:
        abort(404)
    try:
        return send_file(open_stored(document.sha256), mimetype="application/pdf")
    except NotStored:
        abort(404)
