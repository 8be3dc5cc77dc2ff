"""The proposal as it was handed in, version by version, with what the group says of itself."""

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.attachments import attached
from models.process.moves.intake import PROFILE
from models.process.vocabulary import Stage
from models.programme.library import programme
from models.proposals import Proposal, Submission
from webui.access import signed_in
from webui.attachments import attached_files
from webui.differences import compared
from webui.language import reader_language
from webui.readable import answered
from webui.stages.reading import Hats, Reading, around_paper, readable, versions


def there(proposal: Proposal, hats: Hats) -> bool:
    """From the first submission on."""
    return bool(proposal.submissions)


@signed_in
def submission(proposal_id: int) -> str:
    """What was handed in; changes against the version before can be marked."""
    proposal = readable(proposal_id, there)
    chosen = versions([s.number for s in proposal.submissions])
    text = submitted_text(proposal, proposal.submissions[chosen.number - 1])
    if chosen.comparing:
        text = compared(submitted_text(proposal, proposal.submissions[chosen.number - 2]), text)
    return render_template(
        "stages/submission.html",
        versions=chosen,
        submitted=proposal.submissions[chosen.number - 1],
        answers=text,
        profile=profile_text(proposal),
        files=[line[1:] for line in attached_files(proposal, attached(proposal, Stage.INTAKE))],
        **around_paper(proposal, _("提案書")),
    )


def submitted_text(proposal: Proposal, submitted: Submission) -> list[tuple[str, str]]:
    """Label and text of everything that was handed in."""
    rules = programme(proposal.programme)
    return [(_("事業の名前"), submitted.title), *answered(rules, rules.proposal_items, submitted.answers)]


def profile_text(proposal: Proposal) -> list[tuple[str, str]]:
    """What the group says of itself (A10)."""
    language = reader_language()
    said = [(label.in_(language), getattr(proposal.group, key)) for key, label in PROFILE.items()]
    return [(_("団体の名前"), proposal.group.name), *said]


READINGS = (Reading("submission", _l("提案書"), submission, there),)
