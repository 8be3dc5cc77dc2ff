"""公表: what the public will read, looked over by both parties first, released at a set moment, taken back (B01, B02, P07)."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from models import clock
from models.calendar import add_business_days
from models.portal import portal
from models.process.moves.publication import EDITABLE
from models.process.vocabulary import MoveKey, Subject
from models.proposals import Proposal
from models.publication import Snapshot
from webui.access import signed_in
from webui.forms import DayField, HourField, ProseField
from webui.forms.items import ITEM
from webui.language import reader_language
from webui.public.evaluation import Evaluation, evaluation
from webui.stages.minutes import confirmations
from webui.stages.performing import MarkField, MoveForm, Page, attempt, carried_out, load_proposal, shown
from webui.stages.plain import PlainMove, ReasonForm, around, not_ready, plain_page
from webui.stages.reading import Hats, Reading, around_paper, readable, versions

TEXT_LIMIT = 2000
USUAL_HOUR = time(10)


class SnapshotForm(MoveForm):
    """A yes to, or a new wording of, exactly the version that was read."""

    number = MarkField()


WORDINGS = {
    "issue": _l("解決したい課題"),
    "summary": _l("目的"),
    "goals": _l("目標"),
    "roles_group": _l("団体の役割"),
    "roles_city": _l("市の役割"),
    "activities": _l("行ったこと"),
    "results": _l("成果"),
    "improvements": _l("改善点"),
    "differences": _l("評価が異なった理由"),
    "next_steps": _l("次の事業への活かし方"),
}
"""The texts the desk may reword, as the public page calls them (compare `EDITABLE`)."""


def _wording(label: str, *, needed: bool = True) -> ProseField:
    long = Length(max=TEXT_LIMIT, message=_l("2,000文字までで入力してください"))
    checks = [InputRequired(_l("空にはできません")), long] if needed else [long]
    return ProseField(label, checks, render_kw={"rows": 4})


class ReleaseForm(MoveForm):
    """The moment of release, in Tokyo."""

    day = DayField(_l("公表する日"), [InputRequired(_l("公表する日を入力してください"))])
    hour = HourField(_l("公表する時刻"), [InputRequired(_l("公表する時刻を入力してください"))])


@signed_in
def look_over(proposal_id: int) -> Page:
    """Read what the public will read, and say yes to it."""
    proposal = load_proposal(proposal_id)
    if (waiting := not_ready(proposal, MoveKey.LOOK_OVER)) is not None:
        return waiting
    latest = _latest(proposal)
    form = SnapshotForm(data={"seen": proposal.version, "number": latest.number if latest else 0})
    if form.validate_on_submit():
        event = attempt(proposal, MoveKey.LOOK_OVER, form, number=form.number.data or 0)
        if event is not None:
            return carried_out(proposal, event)
        form.number.data = latest.number if latest else 0
    return shown("stages/look_over.html", form, **_preview(proposal), **around(proposal, MoveKey.LOOK_OVER))


@signed_in
def revise_snapshot(proposal_id: int) -> Page:
    """Reword what the public will read; both parties look again."""
    proposal = load_proposal(proposal_id)
    if (waiting := not_ready(proposal, MoveKey.REVISE_SNAPSHOT)) is not None:
        return waiting
    latest = _latest(proposal)
    stands = _wordings(latest.content) if latest else {}
    number = latest.number if latest else 0
    form = _revision_form(proposal, stands)(data={"seen": proposal.version, "number": number, **stands})
    differences: dict[str, str] = {}
    if form.validate_on_submit():
        event = attempt(
            proposal, MoveKey.REVISE_SNAPSHOT, form, number=form.number.data or 0, **_revision(form, stands)
        )
        if event is not None:
            return carried_out(proposal, event)
        if form.number.data != number:
            differences = {name: text for name, text in stands.items() if form[name].data != text}
            form.number.data = number
    return shown(
        "stages/revise_snapshot.html",
        form,
        status=409 if differences else 422,
        asked=[form[name] for name in stands],
        differences=differences,
        objection=latest.objection if latest else "",
        **_preview(proposal),
        **around(proposal, MoveKey.REVISE_SNAPSHOT),
    )


@signed_in
def schedule_release(proposal_id: int) -> Page:
    """Set the moment of release."""
    proposal = load_proposal(proposal_id)
    usual = {"day": add_business_days(clock.today(), 1, portal().closed_days), "hour": USUAL_HOUR}
    form = ReleaseForm(data={"seen": proposal.version, **usual})
    if form.validate_on_submit():
        release_at = clock.at_tokyo(form.day.data, form.hour.data) if form.day.data and form.hour.data else None
        event = attempt(proposal, MoveKey.SCHEDULE_RELEASE, form, release_at=release_at)
        if event is not None:
            return carried_out(proposal, event)
    return shown(
        "stages/schedule_release.html",
        form,
        **_preview(proposal),
        **around(proposal, MoveKey.SCHEDULE_RELEASE),
    )


@signed_in
def snapshot(proposal_id: int) -> str:
    """What the public reads or will read, version by version."""
    proposal = readable(proposal_id, there)
    chosen = versions([s.number for s in proposal.snapshots])
    stands = proposal.snapshots[chosen.number - 1]
    return render_template(
        "stages/snapshot.html",
        versions=chosen,
        **_preview(proposal, stands),
        **around_paper(proposal, _("公表案")),
    )


def there(proposal: Proposal, hats: Hats) -> bool:
    """From the moment it was made."""
    return bool(proposal.snapshots)


def _wordings(content: Mapping[str, Any]) -> dict[str, str]:
    """Every text the desk may reword, by the name of its field; empty ones stay out, but for notes on items."""
    found = {name: content[name] for name in EDITABLE if content[name]}
    if content["beneficiaries"]:
        found["merits"] = content["beneficiaries"]["merits"]
    return found | {ITEM + mark["item"]: mark["note"] for mark in content["marks"] if mark["note"]}


def _revision_form(proposal: Proposal, stands: Mapping[str, str]) -> type[SnapshotForm]:
    labels = {item.key: item.label.in_(reader_language()) for item in proposal.rules.review_items}
    fields = {name: _wording(words) for name, words in WORDINGS.items() if name in stands}
    if "merits" in stands:
        fields["merits"] = _wording(_l("受益者が得たもの"))
    for name in stands:
        if name.startswith(ITEM):
            words = labels.get(name.removeprefix(ITEM), name.removeprefix(ITEM))
            fields[name] = _wording(_("%(item)s：双方のコメント", item=words), needed=False)
    return type("RevisionForm", (SnapshotForm,), fields)


def _revision(form: SnapshotForm, stands: Mapping[str, str]) -> dict[str, Any]:
    """The new wording, as the move takes it."""
    texts = {name: form[name].data for name in stands if not name.startswith(ITEM)}
    notes = {name.removeprefix(ITEM): form[name].data or "" for name in stands if name.startswith(ITEM)}
    return {**texts, "notes": notes}


def _latest(proposal: Proposal) -> Snapshot | None:
    return proposal.snapshots[-1] if proposal.snapshots else None


def _preview(proposal: Proposal, stands: Snapshot | None = None) -> dict[str, Any]:
    """A version as the public will see it, and who has looked it over."""
    chosen = stands or _latest(proposal)
    seen: Evaluation | None = evaluation(proposal.rules, chosen.content) if chosen else None
    return {
        "snapshot": chosen,
        "evaluation": seen,
        "confirmations": confirmations(proposal, Subject.SNAPSHOT, chosen.number) if chosen else [],
    }


PLAIN = (
    PlainMove(
        MoveKey.OBJECT_TO_SNAPSHOT,
        _l("直してほしい点を市民協働課に伝えます。直したあと、双方がもう一度確かめます。それまで公表されません。"),
        form=ReasonForm,
        hint=_l("どこを、どう直してほしいかを書いてください。"),
        template="stages/object_to_snapshot.html",
        shows=_preview,
    ),
    PlainMove(
        MoveKey.POSTPONE_RELEASE,
        _l("決めた日時の公表を取りやめ、準備中に戻します。"),
        form=ReasonForm,
        hint=_l("団体と担当課に届きます。"),
    ),
    PlainMove(
        MoveKey.WITHDRAW_PUBLICATION,
        _l("公表した評価を、だれにも見えないようにします。代わりに、取り下げたことと理由が公開されます。"),
        form=ReasonForm,
        hint=_l("この理由はそのまま公開されます。個人の情報は書かないでください。"),
        stops=True,
    ),
    PlainMove(
        MoveKey.PREPARE_AGAIN,
        _l("取り下げた評価をもとに、次の公表案をつくります。直したあと、双方がもう一度確かめます。"),
    ),
)

PAGES: dict[MoveKey, Callable[..., Any]] = {
    MoveKey.LOOK_OVER: look_over,
    MoveKey.REVISE_SNAPSHOT: revise_snapshot,
    MoveKey.SCHEDULE_RELEASE: schedule_release,
    **{plain.key: plain_page(plain) for plain in PLAIN},
}
READINGS = (Reading("snapshot", _l("公表案"), snapshot, there),)
