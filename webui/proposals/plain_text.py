"""全文テキスト: a proposal as plain headings and paragraphs, as a page and as a text file, to be read aloud or copied."""

from collections.abc import Iterator

from flask import abort, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.drafts import EDITABLE
from models.process.actors import hats_of
from models.process.vocabulary import Hat
from models.proposals import Proposal
from webui.access import current_actor, signed_in
from webui.readable import Answered, Part
from webui.stages.performing import load_proposal
from webui.written import as_handed_in, as_written


@signed_in
def text(proposal_id: int) -> str:
    """The whole proposal as a page of headings and paragraphs: the group's draft, or what was handed in last."""
    proposal = load_proposal(proposal_id)
    parts = [(part.heading, [(a.label, list(_lines(a))) for a in part.answers]) for part in _parts(proposal)]
    return render_template("proposals/text.html", proposal=proposal, parts=parts)


@signed_in
def text_file(proposal_id: int) -> Response:
    """The same as a text file."""
    proposal = load_proposal(proposal_id)
    written = []
    for part in _parts(proposal):
        written.append(f"■ {part.heading}\n")
        written += [f"● {answer.label}\n" + "\n".join(_lines(answer)) + "\n" for answer in part.answers]
    answer = Response("\n".join(written), mimetype="text/plain")
    answer.headers["Content-Disposition"] = f'attachment; filename="{proposal.number or "draft"}.txt"'
    return answer


def _parts(proposal: Proposal) -> list[Part]:
    if Hat.MEMBER in hats_of(current_actor(), proposal) and proposal.state in EDITABLE:
        return as_written(proposal)
    if not proposal.submissions:
        abort(404)
    return as_handed_in(proposal, proposal.submissions[-1])


def _lines(answer: Answered) -> Iterator[str]:
    if answer.files:
        yield from (name for name, _, _ in answer.files)
    elif answer.text:
        yield from answer.text.split("\n")
    else:
        yield str(_("記入なし"))
