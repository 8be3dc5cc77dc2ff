"""相互評価: self-checks sealed until both are in, then opened at once; the joint sheet confirmed by both (V01–V18)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.process.actors import Actor, hats_of
from models.process.grammar import Case, Details
from models.process.moves.answers import ALREADY_CONFIRMED, BOTH, confirm, confirmed_sides, overtaken
from models.process.refusals import Missing
from models.process.vocabulary import SIDE_OF, Hat, Side, Subject
from models.programme.schema import Programme
from models.proposals import Proposal
from models.review import BeneficiaryCheck, JointSheet, SelfCheck
from models.words import Word

SHEET = Word("相互評価シート", "joint sheet")
COMMENT_LIMIT = 600
MOST_PEOPLE = 1_000_000


def readable_self_checks(actor: Actor, proposal: Proposal) -> dict[Side, SelfCheck]:
    """The self-checks this actor may read: the own side's, and both once they are opened. The only way to them."""
    sides = {SIDE_OF[hat] for hat in hats_of(actor, proposal) if hat in (Hat.MEMBER, Hat.SECTION)}
    parties = bool(hats_of(actor, proposal))
    return {c.side: c for c in proposal.self_checks if c.side in sides or (parties and c.opened_at is not None)}


def own_self_check(case: Case) -> SelfCheck | None:
    """The actor's side's self-check."""
    return next((c for c in case.proposal.self_checks if c.side is case.side), None)


def opened(proposal: Proposal) -> bool:
    """Both self-checks are in and open."""
    return {c.side for c in proposal.self_checks if c.opened_at is not None} == BOTH


def wrong_marks(programme: Programme, answers: Mapping[str, Any]) -> list[Missing]:
    """Marks that are not on the scale and remarks that are too long. Empty ones are fine here."""
    marks = [mark.key for mark in programme.scale.marks]
    found = []
    for item in programme.review_items:
        given = answers.get(item.key) or {}
        if given.get("mark") and given["mark"] not in marks:
            found.append(
                Missing(f"{item.key}-mark", Word("評価は一覧から選んでください。", "Choose a mark from the list."))
            )
        if len(str(given.get("comment") or "")) > COMMENT_LIMIT:
            found.append(
                Missing(
                    f"{item.key}-comment",
                    Word("コメントは{n}文字までで入力してください。", "Write at most {n} characters.").filled(
                        n=COMMENT_LIMIT
                    ),
                )
            )
    return found


def not_handed_in(case: Case) -> list[Missing]:
    """Each side hands in once."""
    own = own_self_check(case)
    if own is not None and own.submitted_at is not None:
        return [
            Missing(
                "",
                Word(
                    "あなたの側は自己点検を提出しています。相手の提出を待っています。",
                    "Your side has handed in its self-check. Waiting for the other side.",
                ),
            )
        ]
    return []


def self_check_asked(case: Case, details: Details) -> list[Missing]:
    """A mark for every item of the sheet (V04–V14)."""
    answers = details.get("answers") or {}
    found = wrong_marks(case.programme, answers)
    found += [
        Missing(
            f"{item.key}-mark",
            Word("「{label}」の評価を選んでください。", "Choose a mark for “{label}”.").filled(label=item.label),
        )
        for item in case.programme.review_items
        if not (answers.get(item.key) or {}).get("mark")
    ]
    return found


def submit_self_check(case: Case, details: Details) -> dict[str, Any] | None:
    """Hand in one side's sheet. When the other's is in too, both open in this very transaction and are frozen."""
    own = own_self_check(case)
    if own is None:
        own = SelfCheck(side=case.side)
        case.proposal.self_checks.append(own)
    own.answers = {
        key: {**given, "comment": str(given.get("comment") or "")} for key, given in details["answers"].items() if given
    }
    own.revision = (own.revision or 0) + 1
    own.saved_at = own.submitted_at = case.now
    own.submitted_by_id = case.person_id
    if both_handed_in(case):
        for check in case.proposal.self_checks:
            check.opened_at = case.now
        return {"side": case.side, "opened": True}
    return {"side": case.side}


def both_handed_in(case: Case) -> bool:
    """Both sides' self-checks are in."""
    return {c.side for c in case.proposal.self_checks if c.submitted_at is not None} == BOTH


def differing_items(programme: Programme, checks: Mapping[Side, SelfCheck]) -> list[str]:
    """Keys of the items that the sides marked differently, in the sheet's order; empty while one is not readable."""
    if set(checks) != BOTH:
        return []
    group, city = checks[Side.GROUP].answers, checks[Side.CITY].answers
    return [
        item.key
        for item in programme.review_items
        if abs(int(group[item.key]["mark"]) - int(city[item.key]["mark"])) >= programme.scale.differs_by
    ]


def beneficiaries_asked(case: Case, details: Details) -> list[Missing]:
    """How they were asked, how many answered, how many were satisfied, what they gained (V16)."""
    found = []
    for name, sentence in (
        (
            "how_asked",
            Word("受益者にどのように聞いたかを入力してください。", "Enter how the beneficiaries were asked."),
        ),
        ("merits", Word("受益者が得たものを入力してください。", "Enter what the beneficiaries gained.")),
    ):
        if not str(details.get(name) or "").strip():
            found.append(Missing(name, sentence))
    answers, satisfied = details.get("answers"), details.get("satisfied")
    if not isinstance(answers, int) or not 0 <= answers <= MOST_PEOPLE:
        found.append(
            Missing(
                "answers",
                Word(
                    "回答した人数を0以上の数で入力してください。", "Enter how many answered, as a number of 0 or more."
                ),
            )
        )
    elif not isinstance(satisfied, int) or not 0 <= satisfied <= answers:
        found.append(
            Missing(
                "satisfied",
                Word(
                    "満足した人数は0人から回答した人数までで入力してください。",
                    "Enter from 0 to the number who answered.",
                ),
            )
        )
    return found


def record_beneficiaries(case: Case, details: Details) -> dict[str, Any] | None:
    """Write down what the beneficiaries said; a second writing replaces the first."""
    check = case.proposal.beneficiary_check
    if check is None:
        check = BeneficiaryCheck()
        case.proposal.beneficiary_check = check
    check.how_asked = str(details["how_asked"]).strip()
    check.answers = details["answers"]
    check.satisfied = details["satisfied"]
    check.merits = str(details["merits"]).strip()
    check.written_by_id = case.person_id
    check.written_at = case.now
    return None


def beneficiaries_still_open(case: Case) -> list[Missing]:
    """What a side has confirmed with the sheet is not changed under it."""
    sheet = latest_sheet(case)
    if sheet is not None and confirmed_sides(case, Subject.JOINT_SHEET, sheet.number):
        return [
            Missing(
                "",
                Word(
                    "相互評価シートが確認された後は変更できません。シートの新しい版を保存すると、また変更できます。",
                    "The joint sheet has been confirmed with it. Save a new version of the sheet to change it.",
                ),
            )
        ]
    return []


def latest_sheet(case: Case) -> JointSheet | None:
    """The joint sheet as it stands."""
    return case.proposal.joint_sheets[-1] if case.proposal.joint_sheets else None


SHEET_TEXTS: dict[str, Word] = {
    "participants": Word("出席者", "Who took part"),
    "results": Word("成果", "Results"),
    "improvements": Word("改善点", "Points to improve"),
    "differences": Word("評価が異なる項目の原因", "Why marks differ"),
    "next_steps": Word("次の事業への活かし方", "How it is used next"),
}


def sheet_asked(case: Case, details: Details) -> list[Missing]:
    """The day of the review meeting, the results, the improvements and the next steps (V02, V03, V18)."""
    latest = latest_sheet(case)
    found = overtaken(details, latest.number if latest else 0, SHEET)
    met_on = details.get("met_on")
    if not isinstance(met_on, date) or met_on > case.today:
        found.append(
            Missing(
                "met_on",
                Word(
                    "ふりかえりの場を開いた日（今日まで）を入力してください。",
                    "Enter the day of the review meeting, today or before.",
                ),
            )
        )
    differ = differing_items(case.programme, {c.side: c for c in case.proposal.self_checks})
    for name, label in SHEET_TEXTS.items():
        if name == "differences" and not differ:
            continue
        if not str(details.get(name) or "").strip():
            found.append(Missing(name, Word("「{label}」を入力してください。", "Enter “{label}”.").filled(label=label)))
    return found


def write_sheet(case: Case, details: Details) -> dict[str, Any] | None:
    """The next version of the joint sheet."""
    latest = latest_sheet(case)
    number = latest.number + 1 if latest else 1
    case.proposal.joint_sheets.append(
        JointSheet(
            number=number,
            met_on=details["met_on"],
            item_notes={k: v for k, v in (details.get("item_notes") or {}).items() if v},
            written_by_id=case.person_id,
            written_by_name=case.actor.name,
            written_side=case.side,
            written_at=case.now,
            **{name: str(details.get(name) or "").strip() for name in SHEET_TEXTS},
        )
    )
    return {"sheet": number}


def sheet_confirmable(case: Case) -> list[Missing]:
    """The sheet stands, the beneficiaries were heard, and the actor's side has not confirmed yet."""
    sheet = latest_sheet(case)
    if sheet is None:
        return [Missing("", Word("相互評価シートがまだありません。", "There is no joint sheet yet."))]
    found = []
    if case.proposal.beneficiary_check is None:
        found.append(
            Missing(
                "",
                Word("受益者の声がまだ記録されていません。", "The beneficiaries' voice is not recorded yet."),
            )
        )
    if case.side in confirmed_sides(case, Subject.JOINT_SHEET, sheet.number):
        found.append(Missing("", ALREADY_CONFIRMED))
    return found


def sheet_version_asked(case: Case, details: Details) -> list[Missing]:
    """The version that was read is the one that stands."""
    sheet = latest_sheet(case)
    return overtaken({"based_on": details.get("number", 0)}, sheet.number if sheet else 0, SHEET)


def confirm_sheet(case: Case, details: Details) -> dict[str, Any] | None:
    """One side's yes to this version."""
    sheet = latest_sheet(case)
    assert sheet is not None
    confirm(case, Subject.JOINT_SHEET, sheet.number)
    return {"sheet": sheet.number}


def sheet_confirmed_by_both(case: Case) -> bool:
    """Both sides confirmed the same version."""
    sheet = latest_sheet(case)
    return sheet is not None and confirmed_sides(case, Subject.JOINT_SHEET, sheet.number) == BOTH
