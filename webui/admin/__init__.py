"""Minimal administration: who holds which post, which departments and groups there are, who may sign in."""

from flask import Blueprint

from webui.admin import index

blueprint = Blueprint("admin", __name__, url_prefix="/admin")

blueprint.add_url_rule("", "index", view_func=index.index)
