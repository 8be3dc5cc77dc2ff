"""What waits for the city's staff, and the cases they work on."""

from flask import Blueprint

from webui.desk import cases, groups, inbox, questions

blueprint = Blueprint("desk", __name__)

blueprint.add_url_rule("/inbox", view_func=inbox.inbox)
blueprint.add_url_rule("/cases-all", view_func=cases.cases)
blueprint.add_url_rule("/desk/groups", view_func=groups.group_list, endpoint="groups")
blueprint.add_url_rule("/desk/groups/<int:group_id>", view_func=groups.group)
blueprint.add_url_rule("/desk/groups/<int:group_id>/confirm", view_func=groups.confirm_group, methods=["POST"])
blueprint.add_url_rule("/desk/groups/<int:group_id>/ask", view_func=groups.ask_group, methods=["GET", "POST"])
blueprint.add_url_rule("/desk/groups/<int:group_id>/roster", view_func=groups.roster, methods=["POST"])
blueprint.add_url_rule("/desk/questions", view_func=questions.questions)
blueprint.add_url_rule("/desk/questions/<int:question_id>", view_func=questions.question, methods=["GET", "POST"])
