"""What waits for the city's staff, and the cases they work on."""

from flask import Blueprint

from webui.desk import (
    cases,
    entry,
    groups,
    inbox,
    openings,
    questions,
    round_figures,
    round_judges,
    round_results,
    round_schedule,
    rounds,
)

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

OPENING = "/desk/openings/<int:opening_id>"
blueprint.add_url_rule("/desk/openings", view_func=openings.opening_list, endpoint="openings")
blueprint.add_url_rule("/desk/openings/new/<kind>", view_func=openings.new_opening, methods=["GET", "POST"])
blueprint.add_url_rule(OPENING, view_func=openings.opening)
blueprint.add_url_rule(f"{OPENING}/edit", view_func=openings.edit_opening, methods=["GET", "POST"])
blueprint.add_url_rule(f"{OPENING}/close", view_func=openings.close_opening, methods=["GET", "POST"])
blueprint.add_url_rule(f"{OPENING}/reopen", view_func=openings.reopen_opening, methods=["POST"])

ROUND = "/desk/rounds/<int:round_id>"
JUDGE = f"{ROUND}/judges/<int:judge_id>"
BOTH = ["GET", "POST"]

blueprint.add_url_rule("/desk/rounds", view_func=rounds.rounds)
blueprint.add_url_rule("/desk/rounds/new", view_func=rounds.new_round, methods=BOTH)
blueprint.add_url_rule(ROUND, view_func=rounds.judging_round)
blueprint.add_url_rule(f"{ROUND}/change", view_func=rounds.change_judging_round, methods=BOTH)
blueprint.add_url_rule(f"{ROUND}/proposals/<int:proposal_id>/add", view_func=rounds.add_to_round, methods=["POST"])
blueprint.add_url_rule(f"{ROUND}/proposals/<int:proposal_id>/remove", view_func=rounds.take_from_round, methods=BOTH)
blueprint.add_url_rule(f"{ROUND}/judges/new", view_func=round_judges.invite_judge, methods=BOTH)
blueprint.add_url_rule(f"{ROUND}/judges/remind", view_func=round_judges.remind_judges, methods=["POST"])
blueprint.add_url_rule(f"{JUDGE}/invite", view_func=round_judges.invite_judge_again, methods=["POST"])
blueprint.add_url_rule(f"{JUDGE}/withdraw", view_func=round_judges.withdraw_from_round, methods=BOTH)
blueprint.add_url_rule(
    f"{JUDGE}/interests/<int:proposal_id>/lift", view_func=round_judges.lift_declared_interest, methods=["POST"]
)
blueprint.add_url_rule(f"{ROUND}/schedule", view_func=round_schedule.schedule, methods=BOTH)
blueprint.add_url_rule(f"{ROUND}/schedule.ics", view_func=round_schedule.schedule_file)
blueprint.add_url_rule(f"{ROUND}/figures", view_func=round_figures.round_figures, methods=BOTH)
blueprint.add_url_rule(f"{ROUND}/close", view_func=round_results.close_judging, methods=BOTH)
blueprint.add_url_rule(f"{ROUND}/results", view_func=round_results.results)
blueprint.add_url_rule(f"{ROUND}/results/ties", view_func=round_results.settle_round_ties, methods=["POST"])
blueprint.add_url_rule(f"{ROUND}/results/amounts", view_func=round_results.settle_amounts, methods=["POST"])
blueprint.add_url_rule(f"{ROUND}/results/recalculate", view_func=round_results.recalculate, methods=["POST"])
blueprint.add_url_rule(f"{ROUND}/conclusions", view_func=round_results.conclusions)
blueprint.add_url_rule(f"{ROUND}/conclusions/<int:proposal_id>", view_func=round_results.conclude_one, methods=["POST"])
blueprint.add_url_rule(f"{ROUND}/publish", view_func=round_results.publish_results, methods=BOTH)
blueprint.add_url_rule("/desk/entry", view_func=entry.enter, methods=["GET", "POST"])
