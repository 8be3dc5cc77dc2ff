"""公表: the snapshot, both parties' look, the release at its time, withdrawal with a visible note (B01, B02, B07, P07)."""

from datetime import datetime
from typing import Any

from models.process.grammar import Case, Details
from models.process.moves.agreement import latest_agreement
from models.process.moves.answers import (
    ALREADY_CONFIRMED,
    BOTH,
    confirm,
    confirmed_sides,
    overtaken,
    unconfirmed,
)
from models.process.moves.consultation import latest_record
from models.process.moves.review import differing_items, latest_sheet
from models.process.refusals import Missing
from models.process.vocabulary import Side, Subject
from models.publication import Snapshot
from models.words import Word

SNAPSHOT = Word("公表案", "text for publication")
EDITABLE = (
    "issue", "summary", "goals", "roles_group", "roles_city", "activities",
    "results", "improvements", "differences", "next_steps",
)  # fmt: skip
"""What the desk may reword before publication; figures and marks stay as confirmed."""


def latest_snapshot(case: Case) -> Snapshot | None:
    """The snapshot that is being prepared or is out."""
    return case.proposal.snapshots[-1] if case.proposal.snapshots else None


def none_yet(case: Case) -> list[Missing]:
    """The first snapshot is made once."""
    if case.proposal.snapshots:
        return [Missing("", Word("公表案はすでにあります。", "The text for publication exists already."))]
    return []


def make_snapshot(case: Case, details: Details) -> dict[str, Any] | None:
    """Copy what both sides confirmed into words of the public's own."""
    return _add(case, public_content(case))


def _add(case: Case, content: dict[str, Any]) -> dict[str, Any]:
    number = len(case.proposal.snapshots) + 1
    case.proposal.snapshots.append(Snapshot(number=number, content=content, made_at=case.now))
    return {"snapshot": number}


def public_content(case: Case) -> dict[str, Any]:
    """Everything the public page of the finished project says. No personal names, no contact data."""
    proposal, programme = case.proposal, case.programme
    submission = proposal.submissions[-1]
    record, agreement, sheet = latest_record(case), latest_agreement(case), latest_sheet(case)
    assert record is not None
    assert agreement is not None
    assert sheet is not None
    checks = {c.side: c for c in proposal.self_checks}
    differ = set(differing_items(programme, checks))
    voices = proposal.beneficiary_check
    return {
        "title": submission.title,
        "group": proposal.group.name,
        "section": proposal.section.name if proposal.section else "",
        "field": submission.answers.get("field", ""),
        "methods": agreement.methods,
        "domain": record.content.get("domain", ""),
        "period": [str(agreement.period_from), str(agreement.period_to)],
        "amount": agreement.amount,
        "spent": sum(line["spent"] for line in proposal.reports[-1].accounts) if proposal.reports else 0,
        "summary": record.content.get("purpose", ""),
        "issue": submission.answers.get("issue", ""),
        "goals": record.content.get("goals", ""),
        "roles_group": record.content.get("roles_group", ""),
        "roles_city": record.content.get("roles_city", ""),
        "activities": proposal.reports[-1].body.get("activities", "") if proposal.reports else "",
        "marks": [
            {
                "item": item.key,
                "label": {"ja": item.label.ja, "en": item.label.en},
                "group": checks[Side.GROUP].answers[item.key]["mark"],
                "city": checks[Side.CITY].answers[item.key]["mark"],
                "differs": item.key in differ,
                "note": sheet.item_notes.get(item.key, ""),
            }
            for item in programme.review_items
        ],
        "beneficiaries": {"answers": voices.answers, "satisfied": voices.satisfied, "merits": voices.merits}
        if voices
        else {},
        "met_on": sheet.met_on.isoformat(),
        "results": sheet.results,
        "improvements": sheet.improvements,
        "differences": sheet.differences,
        "next_steps": sheet.next_steps,
    }


def snapshot_there(case: Case) -> list[Missing]:
    """The snapshot is made by automation a moment after the sheet was confirmed."""
    if not case.proposal.snapshots:
        return [
            Missing(
                "",
                Word(
                    "公表案を作成しています。しばらくお待ちください。",
                    "The text for publication is being made. Please wait a moment.",
                ),
            )
        ]
    return []


def revision_asked(case: Case, details: Details) -> list[Missing]:
    """The reworded texts, none of them empty, based on the snapshot that stands."""
    found = _version_asked(case, details)
    found += [
        Missing(name, Word("空にはできません。", "This cannot be empty."))
        for name in EDITABLE
        if name in details and not str(details[name] or "").strip()
    ]
    return found


def revise_snapshot(case: Case, details: Details) -> dict[str, Any] | None:
    """The next snapshot, with the desk's wording; both parties look again.

    Besides the texts: `merits`, what the beneficiaries gained, and `notes` on items by item key, which may be emptied.
    """
    latest = latest_snapshot(case)
    assert latest is not None
    content = {**latest.content, **{name: str(details[name]).strip() for name in EDITABLE if name in details}}
    if content["beneficiaries"] and str(details.get("merits") or "").strip():
        content["beneficiaries"] = {**content["beneficiaries"], "merits": str(details["merits"]).strip()}
    notes = details.get("notes") or {}
    content["marks"] = [{**mark, "note": notes.get(mark["item"], mark["note"])} for mark in content["marks"]]
    return _add(case, content)


def _version_asked(case: Case, details: Details) -> list[Missing]:
    latest = latest_snapshot(case)
    return overtaken({"based_on": details.get("number", 0)}, latest.number if latest else 0, SNAPSHOT)


CHANGE_AWAITED = Missing(
    "",
    Word(
        "直してほしい点が出ています。市民協働課の修正を待っています。",
        "A change was asked for. Waiting for the program office to make it.",
    ),
)


def not_looked_over(case: Case) -> list[Missing]:
    """There is something to look at that nobody objected to, and the side has not looked yet."""
    found = snapshot_there(case)
    latest = latest_snapshot(case)
    if latest is not None and latest.objection:
        found.append(CHANGE_AWAITED)
    if latest is not None and case.side in confirmed_sides(case, Subject.SNAPSHOT, latest.number):
        found.append(Missing("", ALREADY_CONFIRMED))
    return found


def look_asked(case: Case, details: Details) -> list[Missing]:
    """The snapshot that was read is the one that stands."""
    return _version_asked(case, details)


def look_over(case: Case, details: Details) -> dict[str, Any] | None:
    """One side has seen it before the public does."""
    latest = latest_snapshot(case)
    assert latest is not None
    confirm(case, Subject.SNAPSHOT, latest.number)
    return {"snapshot": latest.number}


def object_to_snapshot(case: Case, details: Details) -> dict[str, Any] | None:
    """Keep the objection with the snapshot, beside the other side's if there is one: the desk makes the next one."""
    latest = latest_snapshot(case)
    assert latest is not None
    latest.objection = "\n".join(filter(None, [latest.objection, str(details["reason"]).strip()]))
    latest.release_at = None
    return {"snapshot": latest.number}


def looked_over_by_both(case: Case) -> list[Missing]:
    """Both parties have seen it first, and nobody asked for a change."""
    found = snapshot_there(case)
    latest = latest_snapshot(case)
    if latest is not None and latest.objection:
        found.append(CHANGE_AWAITED)
    elif latest is not None:
        confirmed = confirmed_sides(case, Subject.SNAPSHOT, latest.number)
        if confirmed != BOTH:
            found.append(
                Missing(
                    "",
                    Word(
                        "双方の確認がまだそろっていません。{who}の確認を待っています。",
                        "Not both sides have looked at it yet. Waiting for {who}.",
                    ).filled(who=unconfirmed(confirmed)),
                )
            )
    return found


def release_asked(case: Case, details: Details) -> list[Missing]:
    """A moment that is still to come."""
    release_at = details.get("release_at")
    if not isinstance(release_at, datetime) or release_at.tzinfo is None:
        return [Missing("release_at", Word("公表する日時を入力してください。", "Enter the day and hour of release."))]
    if release_at <= case.now:
        return [
            Missing(
                "release_at",
                Word("公表する日時は今より後にしてください。", "The release must be in the future."),
            )
        ]
    return []


def schedule_release(case: Case, details: Details) -> dict[str, Any] | None:
    """Set the moment."""
    latest = latest_snapshot(case)
    assert latest is not None
    latest.release_at = details["release_at"]
    return {"snapshot": latest.number, "release_at": details["release_at"].isoformat()}


def unschedule(case: Case, details: Details) -> dict[str, Any] | None:
    """Take the moment away again."""
    latest = latest_snapshot(case)
    assert latest is not None
    latest.release_at = None
    return {"snapshot": latest.number}


def moment_has_come(case: Case) -> list[Missing]:
    """Not a minute early."""
    latest = latest_snapshot(case)
    if latest is None or latest.release_at is None or latest.release_at > case.now:
        return [Missing("", Word("公表の日時はまだ来ていません。", "The moment of release has not come."))]
    return []


def release(case: Case, details: Details) -> dict[str, Any] | None:
    """From now on the public reads it."""
    latest = latest_snapshot(case)
    assert latest is not None
    latest.released_at = case.now
    return {"snapshot": latest.number}


def withdraw_publication(case: Case, details: Details) -> dict[str, Any] | None:
    """Take it back; the reason stands where the evaluation stood."""
    latest = latest_snapshot(case)
    assert latest is not None
    latest.withdrawn_at = case.now
    latest.withdrawn_reason = str(details["reason"]).strip()
    return {"snapshot": latest.number}


def prepare_again(case: Case, details: Details) -> dict[str, Any] | None:
    """The next snapshot begins as a copy of the withdrawn one."""
    latest = latest_snapshot(case)
    assert latest is not None
    return _add(case, dict(latest.content))
