"""What everybody may read."""

from flask import Blueprint

from webui import portal
from webui.public import calls, case, cases, home, openings, results, rules

blueprint = Blueprint("public", __name__)

blueprint.add_url_rule("/", view_func=home.home)
blueprint.add_url_rule("/cases", view_func=cases.cases)
blueprint.add_url_rule("/cases/<number>", view_func=case.case)
blueprint.add_url_rule("/colours/<colour>.css", view_func=portal.colours)
blueprint.add_url_rule("/calls", view_func=calls.calls)
blueprint.add_url_rule("/calls/<key>/results", view_func=results.results)
blueprint.add_url_rule("/calls.ics", view_func=calls.calendar)
blueprint.add_url_rule("/calls/<key>", view_func=calls.call, methods=["GET", "POST"])
blueprint.add_url_rule("/calls/<key>/guidelines.pdf", view_func=calls.guidelines)
blueprint.add_url_rule("/calls/<key>/form.pdf", view_func=calls.blank_form)
blueprint.add_url_rule("/openings", view_func=openings.opening_list, endpoint="openings")
blueprint.add_url_rule("/openings/<int:opening_id>", view_func=openings.opening)
blueprint.add_url_rule("/programme", view_func=rules.rules)
blueprint.add_url_rule("/programme/changes", view_func=rules.rule_changes)
blueprint.add_url_rule("/programme/<key>/<int:number>", view_func=rules.rules_of_edition)
blueprint.add_url_rule("/accessibility", view_func=home.accessibility)
blueprint.add_url_rule("/privacy", view_func=home.privacy)
blueprint.add_url_rule("/help", view_func=home.help_page)
