"""The pages of moves that ask for a reason, or for nothing but a second thought."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from models.process.labels import MOVE_WORDS
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from webui.access import signed_in
from webui.database import SAFE_METHODS
from webui.forms import ProseField
from webui.stages.performing import MoveForm, Page, attempt, carried_out, lacking, load_proposal, shown

REASON_LIMIT = 2000


def reason_field() -> ProseField:
    """The field of a reason, to be put where it belongs on a form."""
    return ProseField(
        _l("理由"),
        [
            InputRequired(_l("理由を入力してください")),
            Length(max=REASON_LIMIT, message=_l("理由は2,000文字までで入力してください")),
        ],
    )


class ReasonForm(MoveForm):
    """A move that is made with its reason."""

    reason = reason_field()


def nothing_more(proposal: Proposal) -> dict[str, Any]:
    """A page that shows nothing above its form."""
    return {}


@dataclass(frozen=True, slots=True)
class PlainMove:
    """How the page of such a move reads.

    says: what follows from it. hint: beside the reason. stops: it ends something. shows: what stands above the form,
    by the template that extends `stages/plain.html`.
    """

    key: MoveKey
    says: str
    form: type[MoveForm] = MoveForm
    hint: str = ""
    stops: bool = False
    template: str = "stages/plain.html"
    shows: Callable[[Proposal], dict[str, Any]] = nothing_more


def plain_page(plain: PlainMove) -> Callable[[int], Page]:
    """The view of a plain move."""

    @signed_in
    def view(proposal_id: int) -> Page:
        proposal = load_proposal(proposal_id)
        form = plain.form(data={"seen": proposal.version})
        if form.validate_on_submit():
            given = {"reason": form.reason.data} if "reason" in form else {}
            event = attempt(proposal, plain.key, form, **given)
            if event is not None:
                return carried_out(proposal, event)
        return shown(plain.template, form, plain=plain, **around(proposal, plain.key), **plain.shows(proposal))

    return view


def not_ready(proposal: Proposal, key: MoveKey) -> Page | None:
    """The page that says what has to be there first, when the move's own page would have nothing to show yet.

    Only before anything is sent: what is sent goes to `attempt`, which knows a second click from a late one.
    """
    if request.method not in SAFE_METHODS:
        return None
    page = around(proposal, key)
    return render_template("stages/move.html", **page) if page["missing"] else None


def around(proposal: Proposal, key: MoveKey) -> dict[str, Any]:
    """What every page of a move shows around its form: `missing` has to be there before there is anything to fill in.

    Raises NotPossible or NotAllowed.
    """
    missing = lacking(proposal, key)
    return {
        "proposal": proposal,
        "missing": missing if request.method in SAFE_METHODS else [],
        "move": MOVE_WORDS[key],
        "back": url_for("proposals.proposal", proposal_id=proposal.id),
    }
