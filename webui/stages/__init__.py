"""The pages of the moves, stage by stage."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from models.process.refusals import Refusal
from models.process.vocabulary import MoveKey
from webui.stages import intake
from webui.stages.performing import refused

blueprint = Blueprint("stages", __name__)
blueprint.app_errorhandler(Refusal)(refused)

MOVE_PAGES: dict[MoveKey, Callable[..., Any]] = {
    **intake.PAGES,
}
"""The page of every move that a person makes, at /proposals/<number>/<the move's key with hyphens>."""

for key, page in MOVE_PAGES.items():
    blueprint.add_url_rule(
        f"/proposals/<int:proposal_id>/{key.replace('_', '-')}",
        endpoint=key,
        view_func=page,
        methods=["GET", "POST"],
    )
