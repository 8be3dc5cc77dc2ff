"""The proposal as it was handed in, version by version, with what the group says of itself."""

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.process.moves.intake import PROFILE
from models.proposals import Proposal, Submission
from webui import filters
from webui.access import signed_in
from webui.comparing import comparison
from webui.differences import compared
from webui.language import reader_language
from webui.readable import answered
from webui.stages.reading import Hats, Reading, around_paper, readable, versions
from webui.written import as_handed_in, files_read, may_read_personal


def there(proposal: Proposal, hats: Hats) -> bool:
    """From the first submission on."""
    return bool(proposal.submissions)


@signed_in
def submission(proposal_id: int) -> str:
    """What was handed in; changes against the version before can be marked."""
    proposal = readable(proposal_id, there)
    chosen = versions([s.number for s in proposal.submissions])
    submitted = proposal.submissions[chosen.number - 1]
    changes: list[tuple[str, str]] = []
    if chosen.comparing:
        before = proposal.submissions[chosen.number - 2]
        now = submitted_text(proposal, submitted) + profile_text(submitted)
        changes = compared(submitted_text(proposal, before) + profile_text(before), now)
    return render_template(
        "stages/submission.html",
        versions=chosen,
        submitted=submitted,
        changes=changes,
        comparison=comparison(proposal) if chosen.number == len(proposal.submissions) else None,
        parts=as_handed_in(proposal, submitted),
        files=[
            (
                file["name"],
                url_for("proposals.attachment", proposal_id=proposal.id, attachment_id=file["id"]),
                filters.size(file["size"]),
            )
            for file in files_read(proposal, submitted.attachments)
        ],
        **around_paper(proposal, _("提案書")),
    )


def submitted_text(proposal: Proposal, submitted: Submission) -> list[tuple[str, str]]:
    """Label and text of everything that was handed in."""
    return [
        (_("事業の名前"), submitted.title),
        *answered(proposal.rules, proposal.questions, submitted.answers, personal=may_read_personal(proposal)),
    ]


def profile_text(submitted: Submission) -> list[tuple[str, str]]:
    """What the group said of itself when it handed this in (A10)."""
    language = reader_language()
    said = [(label.in_(language), submitted.profile[key]) for key, label in PROFILE.items()]
    return [(_("団体の名前"), submitted.profile["name"]), *said]


READINGS = (Reading("submission", _l("提案書"), submission, there),)
