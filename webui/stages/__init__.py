"""The pages of the moves and of the papers, stage by stage."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from models.process.refusals import Refusal
from models.process.vocabulary import MoveKey
from webui.stages import (
    agreement,
    consultation,
    entry,
    execution,
    intake,
    messages,
    minutes,
    opinions,
    points,
    publication,
    record,
    reports,
    review,
    screening,
    selection,
    self_checks,
    signing,
    submission,
    submit,
)
from webui.stages.performing import refused
from webui.stages.reading import Reading

blueprint = Blueprint("stages", __name__)
blueprint.app_errorhandler(Refusal)(refused)

MOVE_PAGES: dict[MoveKey, Callable[..., Any]] = {
    MoveKey.SUBMIT: submit.submit,
    **entry.PAGES,
    **intake.PAGES,
    **screening.PAGES,
    **selection.PAGES,
    **opinions.PAGES,
    **consultation.PAGES,
    **minutes.PAGES,
    **record.PAGES,
    **agreement.PAGES,
    **signing.PAGES,
    **execution.PAGES,
    **self_checks.PAGES,
    **review.PAGES,
    **publication.PAGES,
    **messages.PAGES,
}
"""The page of every move that a person makes, at /proposals/<number>/<the move's key with hyphens>."""

READINGS: tuple[Reading, ...] = (
    *submission.READINGS,
    *screening.READINGS,
    *selection.READINGS,
    *points.READINGS,
    *opinions.READINGS,
    *minutes.READINGS,
    *record.READINGS,
    *agreement.READINGS,
    *reports.READINGS,
    *self_checks.READINGS,
    *review.READINGS,
    *publication.READINGS,
)
"""The pages on which papers are read, in the order of the stages."""

for key, page in MOVE_PAGES.items():
    blueprint.add_url_rule(
        f"/proposals/<int:proposal_id>/{key.replace('_', '-')}",
        endpoint=key,
        view_func=page,
        methods=["GET", "POST"],
    )
blueprint.add_url_rule("/proposals/<int:proposal_id>/presentation.ics", view_func=selection.presentation_file)
blueprint.add_url_rule("/proposals/<int:proposal_id>/agreement.pdf", view_func=agreement.agreement_pdf)
blueprint.add_url_rule(
    "/proposals/<int:proposal_id>/submit-self-check/draft",
    view_func=self_checks.save_self_check_draft,
    methods=["POST"],
)
for reading in READINGS:
    blueprint.add_url_rule(
        f"/proposals/<int:proposal_id>/{reading.name.replace('_', '-')}",
        endpoint=reading.name,
        view_func=reading.view,
    )
