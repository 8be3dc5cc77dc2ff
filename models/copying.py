"""Beginning with the answers of an earlier proposal of the group: question by key, and what no longer fits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.answers import asked, blank, rows_of
from models.drafts import ITEM, Saved, mark_of, question_names, save_draft
from models.process.actors import Actor
from models.process.refusals import NotPossible
from models.programme.forms import Item
from models.programme.kinds import ItemKind
from models.programme.schema import Programme
from models.proposals import Proposal
from models.words import Word

MOST = 50
"""Earlier proposals that are offered."""

GONE = Word("今回の提案書にはこの項目がありません。", "The form does not ask this any more.")
OTHER_KIND = Word("今回の提案書では答え方が変わりました。", "The form asks this in another way now.")
OTHER_CHOICES = Word("選択肢が変わり、一部または全部を写せません。", "Some of it can no longer be chosen.")
OTHER_COLUMNS = Word("表の列が変わり、一部を写せません。", "Columns of this table have changed.")
ANEW = Word("あらためて確認してください。", "Please declare this anew.")
FILES = Word("ファイルはあらためて付けてください。", "Please attach the files anew.")


@dataclass(frozen=True, slots=True)
class Left:
    """An answer of the earlier proposal that was not, or not wholly, taken over."""

    item: Item
    value: Any
    why: Word


def sources(session: Session, proposal: Proposal) -> Sequence[Proposal]:
    """The group's other proposals that say something, the latest first."""
    written = or_(Proposal.answers_revision > 0, Proposal.submitted_at.is_not(None))
    return session.scalars(
        select(Proposal)
        .where(Proposal.group_id == proposal.group_id, Proposal.id != proposal.id, written)
        .order_by(Proposal.id.desc())
        .limit(MOST)
    ).all()


def source(session: Session, proposal: Proposal, source_id: int) -> Proposal | None:
    """One of them; None for any other proposal."""
    return session.scalar(
        select(Proposal).where(
            Proposal.id == source_id, Proposal.group_id == proposal.group_id, Proposal.id != proposal.id
        )
    )


def copy_from(session: Session, proposal: Proposal, actor: Actor, earlier: Proposal) -> Saved:
    """Fill the questions that nobody has answered yet with what the earlier proposal says.

    Raises NotAllowed and NotPossible, also when the earlier proposal is another group's.
    """
    if earlier.group_id != proposal.group_id:
        raise NotPossible(Word("ほかの団体の提案は写せません。", "Another group's proposal cannot be copied."))
    taken, _ = fitting(proposal, earlier)
    written = {"title": earlier.written_title, **{ITEM + key: value for key, value in taken.items()}}
    unanswered = mark_of(None)
    return save_draft(session, proposal, actor, written, dict.fromkeys(question_names(proposal), unanswered))


def fitting(proposal: Proposal, earlier: Proposal) -> tuple[dict[str, Any], list[Left]]:
    """What the earlier proposal's answers give this one's form, and what does not fit into it."""
    rules = proposal.rules
    now = {item.key: item for item in proposal.questions}
    before = earlier.questions
    with_files = {a.item: 1 for a in earlier.attachments if a.removed_at is None and a.item}
    taken, left = dict[str, Any](), list[Left]()
    for item in asked(before, earlier.answers, with_files):
        value = earlier.answers.get(item.key)
        if item.key in with_files:
            left.append(Left(item, None, FILES))
        elif not blank(value):
            kept, why = _fitted(rules, now.get(item.key), item, value)
            if not blank(kept):
                taken[item.key] = kept
            if why is not None:
                left.append(Left(item, value, why))
    return taken, left


def _fitted(rules: Programme, now: Item | None, before: Item, value: Any) -> tuple[Any, Word | None]:
    """What of an answer fits the question as it is asked now, and why not all of it."""
    if now is None:
        return None, GONE
    if now.kind is not before.kind:
        texts = {ItemKind.LINE, ItemKind.TEXT}
        return (value, None) if {now.kind, before.kind} <= texts else (None, OTHER_KIND)
    known = {choice.key for choice in rules.choices_of(now)}
    match now.kind:
        case ItemKind.DECLARATION:
            return None, ANEW
        case ItemKind.CHOICE:
            return (value, None) if value in known else (None, OTHER_CHOICES)
        case ItemKind.CHOICES if isinstance(value, list):
            kept = [key for key in value if key in known]
            return kept, None if len(kept) == len(value) else OTHER_CHOICES
        case ItemKind.TABLE:
            return _rows(now, value)
    return value, None


def _rows(now: Item, value: Any) -> tuple[Any, Word | None]:
    columns = {column.key: {choice.key for choice in column.choices} for column in now.columns}

    def fits(key: str, cell: Any) -> bool:
        return key in columns and (not columns[key] or cell in columns[key])

    rows: list[Mapping[str, Any]] = [row for _, row in rows_of(value)]
    kept = [{key: cell for key, cell in row.items() if fits(key, cell)} for row in rows]
    return [row for row in kept if row], None if kept == rows else OTHER_COLUMNS
