"""Whose page it is: the reader's seat in a round, and the proposals that may be seen from it."""

from flask import abort

from models.judging.judges import entry_to_score, find_judge
from models.judging.tables import Judge, RoundEntry
from webui.access import current_person
from webui.database import db


def load_judge(round_id: int) -> Judge:
    """The reader's seat in this round, or the page that says there is none."""
    found = find_judge(db(), current_person().id, round_id)
    if found is None:
        abort(404)
    return found


def load_entry(judge: Judge, proposal_id: int) -> RoundEntry:
    """A proposal that the judge sees; 404 for one with an interest, as for one that is not there."""
    found = entry_to_score(db(), judge, proposal_id)
    if found is None:
        abort(404)
    return found
