"""What waits for the city's staff, and the cases they work on."""

from flask import Blueprint

from webui.desk import cases, inbox

blueprint = Blueprint("desk", __name__)

blueprint.add_url_rule("/inbox", view_func=inbox.inbox)
blueprint.add_url_rule("/cases-all", view_func=cases.cases)
