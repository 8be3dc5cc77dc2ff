"""除外審査: findings decided by a person, confirmed by a second, exclusion approved by the head (X01–X06)."""

from typing import Any

from models.process.grammar import Case, Details
from models.process.refusals import Missing
from models.programme.grounds import Severity
from models.screening import Finding, Verdict
from models.words import Word


def findings_asked(case: Case, details: Details) -> list[Missing]:
    """Each finding is of a criterion of the programme and names a verdict or none; one that is met says why."""
    found = []
    known = {criterion.key: criterion for criterion in case.proposal.criteria}
    for key, finding in dict(details.get("findings") or {}).items():
        given = finding or {}
        verdict = given.get("verdict") or None
        if key not in known or verdict not in (None, *Verdict):
            found.append(Missing(f"{key}-verdict", Word("一覧から選んでください。", "Choose from the list.")))
        elif verdict == Verdict.MET and not str(given.get("reason") or "").strip():
            found.append(
                Missing(
                    f"{key}-reason",
                    Word(
                        "「{label}」に該当すると判断した理由を入力してください。",
                        "Say why “{label}” applies.",
                    ).filled(label=known[key].label),
                )
            )
    if not details.get("findings"):
        found.append(Missing("findings", Word("判断を入力してください。", "Enter the findings.")))
    return found


def record_findings(case: Case, details: Details) -> dict[str, Any] | None:
    """Write down what a person found; the flag of a rule stays beside it."""
    by_key = {finding.criterion: finding for finding in case.proposal.findings}
    for key, answer in details["findings"].items():
        given = answer or {}
        finding = by_key.get(key)
        if finding is None:
            finding = Finding(criterion=key)
            case.proposal.findings.append(finding)
        verdict = given.get("verdict") or None
        finding.verdict = Verdict(verdict) if verdict else None
        finding.evidence = str(given.get("evidence") or "").strip()
        finding.reason = str(given.get("reason") or "").strip()
        finding.decided_by_id = case.person_id if verdict else None
        finding.decided_at = case.now if verdict else None
    return None


def all_decided(case: Case) -> list[Missing]:
    """Every criterion has a person's answer, and none is still to be looked at."""
    return [
        Missing(
            finding.criterion,
            Word("「{label}」の判断がまだです。", "“{label}” is not decided yet.").filled(
                label=case.programme.criterion(finding.criterion).label
            ),
        )
        for finding in case.proposal.findings
        if finding.decided_by_id is None or finding.verdict not in (Verdict.MET, Verdict.NOT_MET)
    ]


def nothing_excludes(case: Case) -> list[Missing]:
    """A proposal passes only when everything is decided and no hard criterion is met (X01)."""
    return all_decided(case) + [
        Missing(
            finding.criterion,
            Word(
                "「{label}」に該当すると判断されているため、通過にはできません。",
                "“{label}” was found to apply, so it cannot pass.",
            ).filled(label=case.programme.criterion(finding.criterion).label),
        )
        for finding in case.proposal.findings
        if finding.verdict is Verdict.MET and case.programme.criterion(finding.criterion).severity is Severity.HARD
    ]


def something_excludes(case: Case) -> list[Missing]:
    """An exclusion cites at least one criterion that was found to apply (X05)."""
    found = all_decided(case)
    if not met_criteria(case):
        found.append(
            Missing(
                "findings",
                Word(
                    "対象外とするには、該当すると判断した基準が1つ以上必要です。",
                    "At least one criterion must be found to apply.",
                ),
            )
        )
    return found


def met_criteria(case: Case) -> list[str]:
    """Keys of the criteria found to apply, in the programme's order."""
    met = {finding.criterion for finding in case.proposal.findings if finding.verdict is Verdict.MET}
    return [criterion.key for criterion in case.proposal.criteria if criterion.key in met]


def cite(case: Case, details: Details) -> dict[str, Any] | None:
    """Keep with the event which criteria the exclusion stands on."""
    return {"criteria": met_criteria(case)}
