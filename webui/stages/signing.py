"""協定: sending exactly one text for approval, approving it, and signing it with the password asked again (G01, G02)."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from models.agreement import Agreement
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from webui.access import current_person, signed_in
from webui.auth.proof import proved
from webui.forms import LineField
from webui.stages.agreement_text import latest_agreement, paper
from webui.stages.performing import MoveForm, Page, attempt, carried_out, load_proposal, shown
from webui.stages.plain import PlainMove, ReasonForm, around, not_ready, plain_page


class TextForm(MoveForm):
    """A yes to exactly the text that was read: its hash travels along."""

    content_hash = HiddenField()


class SignForm(TextForm):
    """The signer's name, typed, and the password once more."""

    typed_name = LineField(
        _l("氏名"),
        [
            InputRequired(_l("氏名を入力してください")),
            Length(max=80, message=_l("氏名は80文字までで入力してください")),
        ],
        description=_l("署名として、協定書に記載されます。"),
        render_kw={"autocomplete": "off"},
    )
    password = PasswordField(
        _l("パスワード"),
        [InputRequired(_l("パスワードを入力してください"))],
        description=_l("ご本人であることを確かめるため、ログインのパスワードをもう一度入力してください。"),
        render_kw={"autocomplete": "current-password"},
    )


def _agree(key: MoveKey, says: str) -> Callable[[int], Page]:
    """The view of a move that says yes to the text as it stands."""

    @signed_in
    def view(proposal_id: int) -> Page:
        proposal = load_proposal(proposal_id)
        if (waiting := not_ready(proposal, key)) is not None:
            return waiting
        form = TextForm(data={"seen": proposal.version, "content_hash": _hash(proposal)})
        if form.validate_on_submit():
            event = attempt(proposal, key, form, content_hash=form.content_hash.data)
            if event is not None:
                return carried_out(proposal, event)
            form.content_hash.data = _hash(proposal)
        return shown("stages/agree.html", form, says=says, **_paper(proposal), **around(proposal, key))

    return view


@signed_in
def sign(proposal_id: int) -> Page:
    """Read the approved text, type one's name, give the password again. A wrong one is counted, so it answers 200."""
    proposal = load_proposal(proposal_id)
    if (waiting := not_ready(proposal, MoveKey.SIGN)) is not None:
        return waiting
    form = SignForm(data={"seen": proposal.version, "content_hash": _hash(proposal)})
    status = 422
    if form.validate_on_submit():
        status = proved(current_person(), form.password)
        if status == 0:
            event = attempt(
                proposal,
                MoveKey.SIGN,
                form,
                typed_name=form.typed_name.data,
                content_hash=form.content_hash.data,
            )
            if event is not None:
                return carried_out(proposal, event)
            status = 422
            form.content_hash.data = _hash(proposal)
    return shown(
        "stages/sign.html",
        form,
        status=status,
        signer=current_person().name,
        **_paper(proposal),
        **around(proposal, MoveKey.SIGN),
    )


def _hash(proposal: Proposal) -> str:
    """What is said yes to: the hash of the version that stands now."""
    latest = latest_agreement(proposal)
    return latest.content_hash if latest else ""


def _paper(proposal: Proposal) -> dict[str, Any]:
    """The text, with what changed since the version that was last sent for approval or, failing that, the one before."""
    latest = latest_agreement(proposal)
    if latest is None:
        return {"paper": None, "against": None}
    against = _last_seen(proposal, latest)
    return {"paper": paper(proposal, latest, against=against), "against": against}


def _last_seen(proposal: Proposal, latest: Agreement) -> Agreement | None:
    approved = [a for a in proposal.agreements if a.number < latest.number and a.approved_at is not None]
    if approved:
        return approved[-1]
    return proposal.agreements[-2] if len(proposal.agreements) > 1 else None


PAGES: dict[MoveKey, Callable[..., Any]] = {
    MoveKey.SEND_FOR_APPROVAL: _agree(
        MoveKey.SEND_FOR_APPROVAL, _l("この内容で部長の決裁に回します。内容を変えると、決裁はやり直しになります。")
    ),
    MoveKey.APPROVE_AGREEMENT: _agree(
        MoveKey.APPROVE_AGREEMENT, _l("この内容を決裁します。決裁のあと、提案団体と市の双方が署名します。")
    ),
    MoveKey.RETURN_AGREEMENT: plain_page(
        PlainMove(
            MoveKey.RETURN_AGREEMENT,
            _l("協定書の作成に差し戻します。"),
            form=ReasonForm,
            hint=_l("どこを、なぜ直してほしいかを書いてください。双方に見えます。"),
            template="stages/returned_agreement.html",
            shows=_paper,
        )
    ),
    MoveKey.SIGN: sign,
}
