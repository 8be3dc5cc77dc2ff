"""受付: what submitting, returning, accepting and declining check and write (I01–I04, P26, A10)."""

import hashlib
import json
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.answer_checks import form_faults, too_long
from models.answers import asked, submitted
from models.calendar import era_year, fiscal_year
from models.documents import files_by_item
from models.process.grammar import Case, Details
from models.process.moves.answers import is_yen, reason_asked
from models.process.moves.consortium import consortium_complete
from models.process.moves.entry import window_open
from models.process.refusals import Missing
from models.process.vocabulary import Stage
from models.proposals import Submission
from models.screening import Finding
from models.words import Word

TITLE_LIMIT = 60
PROFILE_LIMIT = 1000
"""Characters of each field in which a group says what it is."""

GROUNDS: dict[str, Word] = {
    "incomplete": Word("期限までに補正されなかった", "Not corrected in time"),
    "not_eligible": Word("提案できる団体の要件に当てはまらない", "The group does not meet the conditions"),
    "not_a_project": Word("事業の提案ではない（要望・意見など）", "Not a project (a wish or an opinion)"),
    "duplicate": Word("同じ内容の提案がすでにある", "The same proposal was handed in already"),
}
"""不受理 grounds: formal ones only. What the proposal is about is judged in screening, never here (I04)."""


def form_complete(case: Case) -> list[Missing]:
    """The call is open, and the form and the group's profile say everything they must (I03, A10)."""
    proposal, group = case.proposal, case.proposal.group
    found = window_open(case) + consortium_complete(case)
    if not proposal.written_title.strip():
        found.append(Missing("title", Word("「事業の名前」を入力してください。", "Enter “Name of the project”.")))
    elif len(proposal.written_title) > TITLE_LIMIT:
        found.append(Missing("title", too_long(Word("事業の名前", "Name of the project"), TITLE_LIMIT)))
    files = files_by_item(proposal.attachments, Stage.INTAKE)
    found += form_faults(case.programme, case.type.key, proposal.questions, proposal.answers, files)
    for field, label in PROFILE.items():
        said = getattr(group, field)
        if not said.strip():
            sentence = Word("「{label}」を入力してください。", "Enter “{label}”.").filled(label=label)
            found.append(Missing(f"group_{field}", sentence))
        elif len(said) > PROFILE_LIMIT:
            found.append(Missing(f"group_{field}", too_long(label, PROFILE_LIMIT)))
    called = {item.key: item.label for item in asked(proposal.questions, proposal.answers, files)}
    total, share = (proposal.answers.get(key) if key in called else None for key in ("cost_total", "cost_city"))
    if is_yen(total) and is_yen(share) and share > total:
        found.append(
            Missing(
                "cost_city",
                Word("「{share}」が「{total}」より大きくなっています。", "“{share}” is larger than “{total}”.").filled(
                    share=called["cost_city"], total=called["cost_total"]
                ),
            )
        )
    return found


PROFILE: dict[str, Word] = {
    "purpose": Word("団体の活動目的", "Purpose of the group"),
    "organisation": Word("団体の組織・人数", "Organisation and number of members"),
    "finance": Word("団体の財務状況", "Finances of the group"),
    "activities": Word("団体のこれまでの活動", "Activities so far"),
}
"""What the group discloses of itself (A10), by field of `Group`."""


def submit(case: Case, details: Details) -> dict[str, Any] | None:
    """Freeze what was written, and give the receipt number the first time."""
    proposal = case.proposal
    if proposal.number is None:
        proposal.number = next_number(case.session, case.today)
        proposal.submitted_at = case.now
    profile = {field: getattr(proposal.group, field) for field in ("name", *PROFILE)}
    files = [
        {"id": a.id, "name": a.name, "sha256": a.sha256, "size": a.size, "item": a.item}
        for a in proposal.attachments
        if a.stage is Stage.INTAKE and a.removed_at is None
    ]
    proposal.title, proposal.title_in_correction = proposal.written_title, None
    answers = submitted(proposal.questions, proposal.answers, files_by_item(proposal.attachments, Stage.INTAKE))
    together = [
        {"group": one.group.name, "part": one.part} for one in proposal.partners if one.confirmed_at is not None
    ]
    written = json.dumps([proposal.title, answers, profile, together, files], ensure_ascii=False, sort_keys=True)
    number = len(proposal.submissions) + 1
    proposal.submissions.append(
        Submission(
            number=number,
            title=proposal.title,
            answers=answers,
            profile=profile,
            partners=together,
            attachments=files,
            content_hash=hashlib.sha256(written.encode()).hexdigest(),
            submitted_by_id=case.person_id,
            submitted_at=case.now,
        )
    )
    proposal.correction_due_on = None
    return {"submission": number}


def next_number(session: Session, today: date) -> str:
    """The next receipt number of the fiscal year: R8-0001.

    One statement counts on or begins the year; its row stays locked until the transaction ends, which keeps numbers
    without gaps or doubles.
    """
    year = fiscal_year(today)
    last = session.execute(
        text(
            "INSERT INTO number_sequence (fiscal_year, last) VALUES (:year, 1) ON CONFLICT (fiscal_year)"
            " DO UPDATE SET last = number_sequence.last + 1 RETURNING last"
        ),
        {"year": year},
    ).scalar_one()
    return f"{era_year(year)}-{last:04d}"


def correction_asked(case: Case, details: Details) -> list[Missing]:
    """A return needs its reason and a day that is still to come."""
    found = reason_asked(case, details)
    due_on = details.get("due_on")
    if not isinstance(due_on, date):
        found.append(Missing("due_on", Word("補正の期限を入力してください。", "Enter the date by which to correct.")))
    elif due_on <= case.today:
        found.append(
            Missing(
                "due_on",
                Word("補正の期限は明日以降の日付にしてください。", "The date must be tomorrow or later."),
            )
        )
    return found


def return_for_correction(case: Case, details: Details) -> dict[str, Any] | None:
    """Remember until when the correction is awaited."""
    case.proposal.correction_due_on = details["due_on"]
    return {"due_on": details["due_on"].isoformat()}


def accept(case: Case, details: Details) -> dict[str, Any] | None:
    """From now on the process is public (B01), and each criterion waits for its finding."""
    case.proposal.public_since = case.now
    case.proposal.findings.extend(Finding(criterion=criterion.key) for criterion in case.proposal.criteria)
    return None


def ground_asked(case: Case, details: Details) -> list[Missing]:
    """不受理 needs a formal ground and a reason in words; for its form, only after there was time to correct it (I04)."""
    found = reason_asked(case, details)
    ground, due_on = details.get("ground"), case.proposal.correction_due_on
    if ground not in GROUNDS:
        found.insert(0, Missing("ground", Word("不受理の根拠を選んでください。", "Choose the ground.")))
    elif ground == "incomplete" and (due_on is None or due_on >= case.today):
        found.insert(
            0,
            Missing(
                "ground",
                Word(
                    "この根拠は、補正を求め、その期限が過ぎてから選べます。",
                    "This ground needs a correction that was asked for and whose date has passed.",
                ),
            ),
        )
    return found


def decline(case: Case, details: Details) -> dict[str, Any] | None:
    """Keep the ground with the event."""
    return {"ground": details["ground"]}
