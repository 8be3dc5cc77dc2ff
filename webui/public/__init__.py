"""What everybody may read."""

from flask import Blueprint

from webui.public import case, cases, home

blueprint = Blueprint("public", __name__)

blueprint.add_url_rule("/", view_func=home.home)
blueprint.add_url_rule("/cases", view_func=cases.cases)
blueprint.add_url_rule("/cases/<number>", view_func=case.case)
blueprint.add_url_rule("/accessibility", view_func=home.accessibility)
blueprint.add_url_rule("/privacy", view_func=home.privacy)
blueprint.add_url_rule("/help", view_func=home.help_page)
