"""除外審査: findings on each criterion, the proposal of a result, its confirmation by a second, the head's decision."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, FormField, HiddenField, RadioField
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from models.answers import asked, blank
from models.process.definition import MOVES
from models.process.labels import STATES
from models.process.perform import case_for
from models.process.sight import CITY_HATS
from models.process.vocabulary import Hat, MoveKey
from models.programme.grounds import Criterion, Severity
from models.proposals import Proposal
from models.screening import Finding, Verdict
from models.words import Word
from webui.access import current_actor, signed_in
from webui.comparing import comparison
from webui.database import db
from webui.forms import ProseField, SelectChoice
from webui.forms.items import ITEM
from webui.language import reader_language
from webui.readable import answer_in_words
from webui.stages.history import told
from webui.stages.performing import MoveForm, Page, attempt, carried_out, load_proposal, shown
from webui.stages.plain import PlainMove, ReasonForm, around, plain_page
from webui.stages.reading import Hats, Reading, around_paper, readable
from webui.stages.submission import profile_text, submitted_text
from webui.written import may_read_personal

VERDICTS = {Verdict.NOT_MET: _l("該当しない"), Verdict.MET: _l("該当する"), Verdict.LOOK: _l("要確認")}
TONES = {Verdict.NOT_MET: "green", Verdict.MET: "red", Verdict.LOOK: "orange"}
SEVERITIES = {Severity.HARD: _l("協働の領域から除くもの"), Severity.SOFT: _l("協働になじまないもの")}
TEXT_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in words."""

    label: str
    clause: str
    severity: str
    verdict: str
    tone: str
    why_look: list[str]
    answers: list[tuple[str, str]]
    """What the proposal answers to the questions that stand beside the criterion."""
    evidence: str
    reason: str
    who: str
    at: datetime | None
    weighs: bool
    """Whether a decision turns on it: anything but a plain "not met" that no rule called in question."""


def short_enough(form: PlainForm, field: Field) -> None:
    """The limit, without a counter under each of so many fields."""
    if len(field.data or "") > TEXT_LIMIT:
        raise ValidationError(_("%(field)sは2,000文字までで入力してください", field=field.label.text))


class FindingForm(PlainForm):
    """One criterion. `was` marks what stood there when the page was opened."""

    was = HiddenField()
    verdict = RadioField(
        _l("判断"), choices=[SelectChoice(key.value, words) for key, words in VERDICTS.items()], validate_choice=False
    )
    reason = ProseField(
        _l("理由"),
        [short_enough],
        description=_l("該当するときは必ず書いてください。対象外の通知書にも載ります。"),
        render_kw={"rows": 2},
    )
    evidence = ProseField(
        _l("確かめたこと"),
        [short_enough],
        description=_l("例：提案書の「進め方」、団体の規約第3条"),
        render_kw={"rows": 2},
    )


@signed_in
def record_findings(proposal_id: int) -> Page:
    """Decide criterion by criterion; saved as far as one has come. What a colleague decided meanwhile stays."""
    proposal = load_proposal(proposal_id)
    form = _form(proposal)
    if form.validate_on_submit():
        changed = _changed(form, proposal)
        if _nothing_overtaken(form, proposal):
            event = attempt(proposal, MoveKey.RECORD_FINDINGS, form, findings=changed)
            if event is not None:
                return carried_out(proposal, event)
    language = reader_language()
    stands = {finding.criterion: finding for finding in proposal.findings}
    return shown(
        "stages/record_findings.html",
        form,
        asked=[
            (
                criterion,
                SEVERITIES[criterion.severity],
                reasons_to_look(stands.get(criterion.key)),
                answers_beside(proposal, criterion),
                form[ITEM + criterion.key].form,
            )
            for criterion in proposal.criteria
        ],
        language=language,
        comparison=comparison(proposal),
        text=submitted_text(proposal, proposal.submissions[-1]) + profile_text(proposal.submissions[-1])
        if proposal.submissions
        else [],
        **around(proposal, MoveKey.RECORD_FINDINGS),
    )


@signed_in
def findings(proposal_id: int) -> str:
    """The findings as they stand, for the city."""
    proposal = readable(proposal_id, there)
    return render_template(
        "stages/findings.html", findings=found(proposal), **around_paper(proposal, _("除外審査の判断"))
    )


def there(proposal: Proposal, hats: Hats) -> bool:
    """For the city, from acceptance on; the group gets the result with its reason."""
    return bool(proposal.findings) and bool(hats & CITY_HATS)


def found(proposal: Proposal) -> list[Found]:
    """Every finding, in the programme's order."""
    stands = {finding.criterion: finding for finding in proposal.findings}
    language = reader_language()
    return [
        Found(
            label=criterion.label.in_(language),
            clause=criterion.clause.in_(language),
            severity=str(SEVERITIES[criterion.severity]),
            verdict=str(VERDICTS[finding.verdict]) if finding.verdict else str(_("未判断")),
            tone=TONES[finding.verdict] if finding.verdict else "",
            why_look=reasons_to_look(finding),
            answers=answers_beside(proposal, criterion),
            evidence=finding.evidence,
            reason=finding.reason,
            who=finding.decided_by.name if finding.decided_by else "",
            at=finding.decided_at,
            weighs=finding.verdict is not Verdict.NOT_MET or bool(finding.why_look),
        )
        for criterion in proposal.criteria
        if (finding := stands.get(criterion.key)) is not None
    ]


def answers_beside(proposal: Proposal, criterion: Criterion) -> list[tuple[str, str]]:
    """The answers that whoever decides on a criterion reads beside it, as they were handed in (A09, X04)."""
    if not criterion.items or not proposal.submissions:
        return []
    answers, personal = proposal.submissions[-1].answers, may_read_personal(proposal)
    return [
        (item.label.in_(reader_language()), answer_in_words(proposal.rules, item, answers.get(item.key)))
        for item in asked(proposal.questions, answers)
        if item.key in criterion.items and not blank(answers.get(item.key)) and (personal or not item.personal)
    ]


def reasons_to_look(finding: Finding | None) -> list[str]:
    """Why words or a rule asked for a closer look."""
    return [Word(**why).in_(reader_language()) for why in finding.why_look] if finding is not None else []


def _form(proposal: Proposal) -> MoveForm:
    criteria = proposal.criteria
    stands = {finding.criterion: _answer(finding) for finding in proposal.findings}
    made: type[MoveForm] = type(
        "FindingsForm", (MoveForm,), {ITEM + criterion.key: FormField(FindingForm) for criterion in criteria}
    )
    shown_now = {
        ITEM + key: {**answer, "was": _fingerprint(answer)}
        for key in (criterion.key for criterion in criteria)
        for answer in [stands.get(key, {"verdict": "", "evidence": "", "reason": ""})]
    }
    return made(data={"seen": proposal.version, **shown_now})


def _answer(finding: Finding) -> dict[str, str]:
    return {"verdict": finding.verdict or "", "evidence": finding.evidence, "reason": finding.reason}


def _typed(form: MoveForm, key: str) -> dict[str, str]:
    given = form[ITEM + key].form
    return {name: given[name].data or "" for name in ("verdict", "evidence", "reason")}


def _fingerprint(answer: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()[:16]


def _changed(form: MoveForm, proposal: Proposal) -> dict[str, dict[str, str]]:
    """What the reader has decided or rewritten since the page was opened."""
    found = {}
    for finding in proposal.findings:
        typed = _typed(form, finding.criterion)
        if _fingerprint(typed) != form[ITEM + finding.criterion].form.was.data:
            found[finding.criterion] = typed
    return found


def _nothing_overtaken(form: MoveForm, proposal: Proposal) -> bool:
    """Whether no colleague has written, since the page was opened, on a criterion the reader writes on too."""
    if proposal.version == form.seen.data:
        return True
    clear = True
    for finding in proposal.findings:
        given, typed, stands = form[ITEM + finding.criterion].form, _typed(form, finding.criterion), _answer(finding)
        mine, theirs = _fingerprint(typed) != given.was.data, _fingerprint(stands) != given.was.data
        if theirs and not mine:
            for name, value in stands.items():
                given[name].data = value
        elif theirs and stands != typed:
            clear = False
            verdict = VERDICTS[finding.verdict] if finding.verdict else _("未判断")
            given.verdict.errors = [
                _(
                    "入力している間に、ほかの職員が「%(verdict)s」と保存しました（理由：%(reason)s）。確かめて、もう一度保存してください。",
                    verdict=verdict,
                    reason=finding.reason or _("記入なし"),
                )
            ]
        given.was.data = _fingerprint(stands)
    return clear


def _with_findings(proposal: Proposal) -> dict[str, Any]:
    """What whoever confirms or decides has to read: findings, and who proposed what, why."""
    proposing = (MoveKey.PROPOSE_PASS, MoveKey.PROPOSE_EXCLUSION)
    proposed = next((event for event in reversed(proposal.events) if event.move in proposing), None)
    return {"findings": found(proposal), "proposed": told(proposed, proposal) if proposed else None}


def _before_the_pass(proposal: Proposal) -> dict[str, Any]:
    """The same, and where the proposal goes from here: that depends on its programme and its call."""
    case = case_for(db(), proposal, current_actor(), Hat.DESK)
    leads_to = MOVES[MoveKey.CONFIRM_PASS].leads_to(case)
    return _with_findings(proposal) | {"leads_to": STATES[leads_to] if leads_to is not None else None}


def _decision(
    key: MoveKey,
    says: str,
    *,
    form: type[MoveForm] = MoveForm,
    hint: str = "",
    stops: bool = False,
    shows: Callable[[Proposal], dict[str, Any]] = _with_findings,
) -> PlainMove:
    return PlainMove(key, says, form, hint, stops, "stages/decision.html", shows)


PLAIN = (
    _decision(
        MoveKey.PROPOSE_PASS, _l("「通過」の案として、ほかの職員の確認に回します。確認されると、除外審査を通過します。")
    ),
    _decision(
        MoveKey.PROPOSE_EXCLUSION,
        _l("「対象外」の案として、ほかの職員の確認に回します。確認のあと、部長の決裁を受けます。"),
        form=ReasonForm,
        hint=_l("確認する職員と部長が読みます。通知書には、基準ごとに書いた理由が載ります。"),
    ),
    _decision(
        MoveKey.CONFIRM_PASS, _l("判断を読み、「通過」を確認します。提案団体に知らせます。"), shows=_before_the_pass
    ),
    _decision(MoveKey.CONFIRM_EXCLUSION, _l("判断を読み、「対象外」の案を確認して、部長の決裁に上げます。")),
    _decision(
        MoveKey.SEND_BACK_SCREENING,
        _l("判断をやり直してもらいます。"),
        form=ReasonForm,
        hint=_l("どの基準を、なぜ見直してほしいかを書いてください。"),
    ),
    _decision(
        MoveKey.APPROVE_EXCLUSION,
        _l("対象外と決定します。提案団体に、根拠の条項と理由を書いた通知書が届きます。"),
        stops=True,
    ),
    _decision(
        MoveKey.RETURN_EXCLUSION,
        _l("審査に差し戻します。"),
        form=ReasonForm,
        hint=_l("どの基準を、なぜ見直してほしいかを書いてください。"),
    ),
)

PAGES: dict[MoveKey, Callable[..., Any]] = {
    MoveKey.RECORD_FINDINGS: record_findings,
    **{plain.key: plain_page(plain) for plain in PLAIN},
}
READINGS = (Reading("findings", _l("除外審査の判断"), findings, there),)
