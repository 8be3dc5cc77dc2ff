"""審査票: a judge's marks and comments, saved while they are typed, handed in, taken back until the round is closed."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from models import clock
from models.judging.judges import entry_to_score, settle_finished, to_score
from models.judging.rounds import lock_open, rules_for
from models.judging.tables import Judge, ScoreSheet
from models.process.refusals import Missing, NotPossible, NotReady
from models.selection.rules import Round
from models.selection.sheets import Sheet, sheet_faults
from models.words import Word

LONGEST = 2000
"""Characters of one comment."""
LONGEST_MARK = 40
"""Characters kept of a mark that cannot be read."""

_NUMBER = re.compile(r"-?(\d{1,10}(\.\d{0,6})?|\.\d{1,6})")


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on a sheet, as it was typed: marks and comments by item key."""

    marks: Mapping[str, str]
    comments: Mapping[str, str]
    remark: str = ""


class Overtaken(Exception):
    """The judge saved something else on another screen since the form was opened. Nothing was written.

    Holds what stands now and the revision that the next saving has to name. Its text tells nothing.
    """

    def __init__(self, saved: Written, revision: int) -> None:
        super().__init__("The sheet has been saved on another screen.")
        self.saved = saved
        self.revision = revision


def read_mark(text: str) -> Decimal | None:
    """The exact number somebody means: 4, ４．５, 4.5点. None for what is none."""
    plain = re.sub(r"[\s点]", "", unicodedata.normalize("NFKC", text).replace("。", "."))
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def mark_text(mark: Decimal) -> str:
    """A mark as it is stored and shown: 4.5, 10."""
    whole = mark.normalize()
    return f"{whole:f}"


def find_sheet(judge: Judge, proposal_id: int) -> ScoreSheet | None:
    """The judge's sheet on a proposal, as far as it is written."""
    return next((sheet for sheet in judge.sheets if sheet.proposal_id == proposal_id), None)


def written(sheet: ScoreSheet | None) -> Written:
    """What stands on a sheet; on one that was never begun, nothing."""
    return Written(dict(sheet.marks), dict(sheet.comments), sheet.remark) if sheet is not None else Written({}, {})


def save_sheet(session: Session, judge: Judge, proposal_id: int, typed: Written, *, revision: int) -> int:
    """Save what is typed, complete or not; returns the new revision. The same content again changes nothing.

    Marks are kept as exact numbers; what is none stays as it was typed. Raises NotPossible, NotReady for what is too
    long to keep, and Overtaken.
    """
    lock_open(session, judge.round)
    rules = _scorable(session, judge, proposal_id)
    new = _kept(rules, typed)
    sheet = find_sheet(judge, proposal_id)
    if new == written(sheet):
        return sheet.revision if sheet is not None else 0
    if sheet is None:
        sheet = ScoreSheet(proposal_id=proposal_id, marks={}, comments={}, remark="", revision=0)
        judge.sheets.append(sheet)
    if sheet.handed_in_at is not None:
        raise NotPossible(
            Word(
                "この審査票は提出済みです。直すときは、先に提出を取り消してください。",
                "This sheet is handed in. Take it back before you change it.",
            )
        )
    if revision != sheet.revision:
        raise Overtaken(written(sheet), sheet.revision)
    sheet.marks, sheet.comments, sheet.remark = dict(new.marks), dict(new.comments), new.remark
    sheet.revision += 1
    session.flush()
    return sheet.revision


def hand_in(session: Session, judge: Judge, proposal_id: int) -> None:
    """Hand in one sheet. Raises NotReady, item by item, and NotPossible."""
    lock_open(session, judge.round)
    rules = _scorable(session, judge, proposal_id)
    faults = faults_of(rules, judge, proposal_id)
    if faults:
        raise NotReady(faults)
    sheet = find_sheet(judge, proposal_id)
    if sheet is not None and sheet.handed_in_at is None:
        sheet.handed_in_at = clock.now()
    settle_finished(session, judge)


def hand_in_all(session: Session, judge: Judge) -> int:
    """Hand in every sheet that is not yet; returns how many. Raises NotReady, naming each proposal whose sheet lacks something.

    Then none is handed in.
    """
    lock_open(session, judge.round)
    rules = rules_for(session, judge.round)
    waiting = [e for e in to_score(session, judge) if not is_handed_in(judge, e.proposal_id)]
    missing = [
        Missing(
            str(entry.proposal_id),
            Word("「{title}」：{sentence}", "“{title}”: {sentence}").filled(
                title=entry.proposal.title, sentence=fault.sentence
            ),
        )
        for entry in waiting
        for fault in faults_of(rules, judge, entry.proposal_id)[:1]
    ]
    if missing:
        raise NotReady(missing)
    for entry in waiting:
        hand_in(session, judge, entry.proposal_id)
    return len(waiting)


def take_back(session: Session, judge: Judge, proposal_id: int) -> None:
    """Take a sheet back to change it. Raises NotPossible once the round is closed."""
    lock_open(session, judge.round)
    _scorable(session, judge, proposal_id)
    sheet = find_sheet(judge, proposal_id)
    if sheet is not None:
        sheet.handed_in_at = None
    settle_finished(session, judge)


def is_handed_in(judge: Judge, proposal_id: int) -> bool:
    """Whether the judge's sheet on a proposal counts."""
    sheet = find_sheet(judge, proposal_id)
    return sheet is not None and sheet.handed_in_at is not None


def faults_of(rules: Round, judge: Judge, proposal_id: int) -> list[Missing]:
    """What keeps the sheet from being handed in, at `<item>-mark` and `<item>-comment`."""
    typed = written(find_sheet(judge, proposal_id))
    sheet = as_sheet(rules, judge, typed)
    unread = {key for key, text in typed.marks.items() if text and key not in sheet.marks}
    found = []
    for fault in sheet_faults(rules, sheet):
        if fault.field in unread:
            label = rules.item_by_key[fault.field].label
            sentence = Word(
                "「{label}」は数字で入力してください。例：3、4.5", "Enter “{label}” as a number, like 3 or 4.5."
            ).filled(label=label)
            found.append(Missing(f"{fault.field}-mark", sentence))
        else:
            mark = sheet.marks.get(fault.field)
            fits = mark is not None and mark in rules.allowed_by_key.get(fault.field, ())
            found.append(Missing(f"{fault.field}-{'comment' if fits else 'mark'}", fault.sentence))
    return found


def as_sheet(rules: Round, judge: Judge, typed: Written, *, recused: bool = False) -> Sheet:
    """A sheet as the arithmetic takes it."""
    read = {key: read_mark(text) for key, text in typed.marks.items() if key in rules.item_by_key}
    marks = {key: mark for key, mark in read.items() if mark is not None}
    return Sheet(str(judge.id), marks, dict(typed.comments), recused)


def _scorable(session: Session, judge: Judge, proposal_id: int) -> Round:
    entry = entry_to_score(session, judge, proposal_id)
    if entry is None or entry not in to_score(session, judge):
        raise NotPossible(Word("この提案は採点できません。", "This proposal is not yours to score."))
    return rules_for(session, judge.round)


def _kept(rules: Round, typed: Written) -> Written:
    """What was typed on the round's items; empty answers are left out."""
    marks = {}
    for key in rules.item_by_key:
        text = typed.marks.get(key, "").replace("\0", "").strip()
        mark = read_mark(text)
        if text:
            marks[key] = mark_text(mark) if mark is not None else text[:LONGEST_MARK]
    comments = {
        key: text for key in rules.item_by_key if (text := typed.comments.get(key, "").replace("\0", "").strip())
    }
    remark = typed.remark.replace("\0", "").strip()
    sentence = Word("{n}文字までで入力してください。", "At most {n} characters.").filled(n=f"{LONGEST:,}")
    endless = [Missing(f"{key}-comment", sentence) for key, text in comments.items() if len(text) > LONGEST]
    endless += [Missing("remark", sentence)] if len(remark) > LONGEST else []
    if endless:
        raise NotReady(endless)
    return Written(marks, comments, remark)
