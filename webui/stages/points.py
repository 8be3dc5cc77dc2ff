"""除外審査の進み具合: how far each criterion is, for the group that waits (X05)."""

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.process.vocabulary import Hat, State
from models.proposals import Proposal
from models.screening import Finding
from webui.access import signed_in
from webui.language import reader_language
from webui.stages.reading import Hats, Reading, around_paper, readable
from webui.stages.screening import TONES, VERDICTS

UNDECIDED = frozenset(
    {State.SCREENING, State.PASS_PROPOSED, State.EXCLUSION_PROPOSED, State.EXCLUSION_APPROVAL, State.WITHDRAWN}
)
"""Where the result is not known to the group, or never will be."""


@signed_in
def points(proposal_id: int) -> str:
    """How far each criterion is, for the group: what was found comes with the result, never before."""
    proposal = readable(proposal_id, points_there)
    stands = {finding.criterion: finding for finding in proposal.findings}
    language, known = reader_language(), proposal.state not in UNDECIDED
    return render_template(
        "stages/points.html",
        points=[
            (
                criterion.label.in_(language),
                criterion.clause.in_(language),
                criterion.evidence.in_(language),
                _stands(stands[criterion.key], known),
            )
            for criterion in proposal.criteria
            if criterion.key in stands
        ],
        known=known,
        **around_paper(proposal, _("除外審査の進み具合")),
    )


def _stands(finding: Finding, known: bool) -> tuple[str, str, str]:
    """In a word, with its colour and, once the result is out, the reason for what applies."""
    if finding.decided_by_id is None:
        return str(_("確認中")), "", ""
    if not known or finding.verdict is None:
        return str(_("確認済み")), "blue", ""
    return str(VERDICTS[finding.verdict]), TONES[finding.verdict], finding.reason


def points_there(proposal: Proposal, hats: Hats) -> bool:
    """For the group, from acceptance on."""
    return bool(proposal.findings) and Hat.MEMBER in hats


READINGS = (Reading("points", _l("除外審査の進み具合"), points, points_there),)
