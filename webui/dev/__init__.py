"""Pages for those who build and try Kyodo, on their own machine; there in development only."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, request

from models.settings import is_here
from webui.dev import clock, components, index, mails, pdfs, sign_in

blueprint = Blueprint("dev", __name__, url_prefix="/dev")


@blueprint.before_request
def only_from_here() -> None:
    """Nobody else's machine gets in, and no page of another site that calls itself by our address."""
    if not (is_here(request.remote_addr) and is_here(urlsplit(request.host_url).hostname)):
        abort(404)


blueprint.add_url_rule("", view_func=index.index)
blueprint.add_url_rule("/components", view_func=components.components, methods=["GET", "POST"])
blueprint.add_url_rule("/components/autosave", view_func=components.autosave, methods=["POST"])
blueprint.add_url_rule("/mails", view_func=mails.mails)
blueprint.add_url_rule("/mails/<int:delivery_id>", view_func=mails.mail)
blueprint.add_url_rule("/mails/<int:delivery_id>/html", view_func=mails.mail_html)
blueprint.add_url_rule("/pdfs", view_func=pdfs.pdfs)
blueprint.add_url_rule("/pdfs/<int:document_id>", view_func=pdfs.pdf)
blueprint.add_url_rule("/clock", view_func=clock.clock_page, methods=["GET", "POST"])
blueprint.add_url_rule("/sign-in", view_func=sign_in.sign_in, methods=["GET", "POST"])
