"""Where the page of a move is, without knowing the page."""

from flask import current_app, url_for

from models.process.vocabulary import MoveKey


def has_page(key: MoveKey) -> bool:
    """Whether a person can make this move on a page; what Kyodo does itself has none."""
    return f"stages.{key}" in current_app.view_functions


def move_address(key: MoveKey, proposal_id: int, subject: int = 0) -> str:
    """The address of a move's page. subject: the meeting, report or version it is about, where there are several."""
    return url_for(f"stages.{key}", proposal_id=proposal_id, subject=subject or None)
