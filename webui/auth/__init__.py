"""Signing in and out, passwords, one's own account, the language."""

from flask import Blueprint

from webui.auth import account, language, reset, sign_in

blueprint = Blueprint("auth", __name__)

blueprint.add_url_rule("/sign-in", view_func=sign_in.sign_in, methods=["GET", "POST"])
blueprint.add_url_rule("/sign-out", view_func=sign_in.sign_out, methods=["POST"])
blueprint.add_url_rule("/password/forgotten", view_func=reset.forgotten, methods=["GET", "POST"])
blueprint.add_url_rule("/password/new/<token>", view_func=reset.new_password, methods=["GET", "POST"])
blueprint.add_url_rule("/account", view_func=account.account, methods=["GET", "POST"])
blueprint.add_url_rule("/account/password", view_func=account.change_password, methods=["GET", "POST"])
blueprint.add_url_rule("/language/<code>", view_func=language.change_language)
blueprint.app_errorhandler(401)(sign_in.interrupted)
