"""Drafts: beginning one, and saving what its group writes so that no device and no member overwrites another unseen."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.answers import blank, tidy
from models.calls import open_calls
from models.editions import editions_in_force, rules_of
from models.office import office_id
from models.people import Group
from models.process.actors import Actor, hats_of, typed_by_office
from models.process.moves.intake import PROFILE
from models.process.perform import begin
from models.process.refusals import Missing, NotAllowed, NotPossible
from models.process.sight import state_words
from models.process.vocabulary import Hat, State
from models.programme.kinds import ItemKind
from models.programme.limits import MOST_ROWS
from models.proposals import Proposal
from models.words import Word

EDITABLE = frozenset({State.DRAFT, State.PLANNING, State.RETURNED})
"""States in which the group writes its proposal."""

LONGEST = 20_000
"""Characters of one answer that a draft keeps; the form's own limits are asked at submission."""

LONGEST_CELL = 2_000
"""Characters of one cell of a table that a draft keeps."""

LONGEST_TITLE = 200

ITEM = "item_"
"""Begins the name of a question of the programme; before its key no other question's name is in its way."""

PROFILE_QUESTION = "group_"
"""Begins the name of a field in which the group says what it is."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the group writes: title, answers by item key, and what it says of itself (A10)."""

    title: str
    answers: Mapping[str, Any]
    profile: Mapping[str, str]

    def by_question(self) -> dict[str, Any]:
        """The same by the questions' names: title, item_<key>, group_<field>."""
        return {
            "title": self.title,
            **{ITEM + key: value for key, value in self.answers.items()},
            **{PROFILE_QUESTION + key: text for key, text in self.profile.items()},
        }


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a saving, by the questions' names.

    marks: what stands now, to be named by the next saving. elsewhere: questions that somebody else wrote since they
    were opened. disputed: those of them that were also written here; nothing of these was saved. refused: why others
    were not saved.
    """

    marks: Mapping[str, str]
    elsewhere: frozenset[str]
    disputed: frozenset[str]
    refused: list[Missing]


def begin_draft(session: Session, actor: Actor, group: Group, call_key: str = "") -> Proposal:
    """A new draft for a call, or the one the actor began and has not touched yet: a double click makes one.

    call_key: empty for one that is taken at any time. Raises NotAllowed for somebody who is not in the group, and
    NotPossible when no such call takes proposals now.
    """
    edition_id, call_key = _where_to(session, call_key)
    # The second of two clicks waits here, and finds what the first began.
    session.scalar(select(Group.id).where(Group.id == group.id).with_for_update())
    untouched = session.scalar(
        select(Proposal)
        .where(
            Proposal.group_id == group.id,
            Proposal.state == State.DRAFT,
            Proposal.created_by_id == actor.person_id,
            Proposal.edition_id == edition_id,
            Proposal.call_key == call_key,
            Proposal.answers_revision == 0,
            Proposal.title == "",
        )
        .order_by(Proposal.id)
        .limit(1)
    )
    if untouched is not None and group.id in actor.group_ids:
        return untouched
    return begin(
        session, actor=actor, group=group, desk_id=office_id(session), edition_id=edition_id, call_key=call_key
    )


def _where_to(session: Session, call_key: str) -> tuple[str, str]:
    """The edition in force that holds the call, and the call; without a name the one that takes proposals at any time."""
    taking = open_calls(session, clock.now())
    for edition_id, call in taking:
        if call.key == call_key or (not call_key and call.closes is None):
            return edition_id, call.key
    if not call_key:
        for edition_id in editions_in_force(session):
            if not rules_of(session, edition_id).calls:
                return edition_id, ""
    raise NotPossible(Word("この募集は、今は受け付けていません。", "This call does not take proposals now."))


def draft_of(proposal: Proposal) -> Draft:
    """What is written now."""
    return Draft(proposal.written_title, dict(proposal.answers), {key: getattr(proposal.group, key) for key in PROFILE})


def mark_of(value: Any) -> str:
    """What an answer says, as a short text: the same answer has the same mark. Nothing said has none."""
    kept = tidy(value)
    if blank(kept):
        return ""
    written = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(written.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()


def marks_of(proposal: Proposal) -> dict[str, str]:
    """The mark of every question of the form, by its name."""
    written = draft_of(proposal).by_question()
    return {name: mark_of(written.get(name)) for name in question_names(proposal)}


def question_names(proposal: Proposal) -> list[str]:
    """Every question of the form that is answered in writing, by its name."""
    asked = [ITEM + item.key for item in proposal.questions if item.kind is not ItemKind.FILE]
    return ["title", *asked, *(PROFILE_QUESTION + key for key in PROFILE)]


def revision_of(proposal: Proposal) -> str:
    """What stands in the form now, whole, as a short text."""
    return mark_of(marks_of(proposal))


def check_editable(proposal: Proposal, actor: Actor) -> None:
    """Raises NotAllowed for whoever neither is in the group nor types it for the group, NotPossible when it is not being
    written."""
    hats = hats_of(actor, proposal)
    if Hat.MEMBER not in hats and not (Hat.DESK in hats and typed_by_office(proposal)):
        raise NotAllowed(
            Word("提案書を書けるのは提案団体のメンバーだけです。", "Only members of the group can write the proposal.")
        )
    if proposal.state not in EDITABLE:
        raise NotPossible(
            Word(
                "この提案は今「{state}」のため、提案書を書き直すことはできません。",
                "This proposal is now “{state}”, so it cannot be rewritten.",
            ).filled(state=state_words(proposal, hats_of(actor, proposal)))
        )


def save_draft(
    session: Session, proposal: Proposal, actor: Actor, written: Mapping[str, Any], opened: Mapping[str, str]
) -> Saved:
    """Save what is written to these questions, complete or not, each for itself.

    written, opened: answers and the marks they were opened with, by the questions' names; what has no mark or no such
    question is left out. A question that somebody else changed meanwhile keeps what they wrote: where the actor changed
    it too, it is disputed, until it is saved with the mark of what stands. Raises NotAllowed and NotPossible.
    """
    _lock(session, proposal)
    check_editable(proposal, actor)
    names = question_names(proposal)
    stands = {name: answer for name, answer in draft_of(proposal).by_question().items() if name in names}
    taken, elsewhere, disputed, refused = dict[str, Any](), set[str](), set[str](), list[Missing]()
    for name in names:
        if name not in opened:
            continue
        now = mark_of(stands.get(name))
        mine = mark_of(written[name]) if name in written else opened[name]
        if mine == now:
            continue
        if opened[name] != now:
            elsewhere.add(name)
        if mine == opened[name]:
            continue
        if opened[name] != now:
            disputed.add(name)
        elif endless := _endless(name, written[name]):
            refused += endless
        else:
            taken[name] = written[name]
    if taken:
        _write(proposal, taken)
        session.flush()
    return Saved(marks_of(proposal), frozenset(elsewhere), frozenset(disputed), refused)


def _write(proposal: Proposal, taken: Mapping[str, Any]) -> None:
    answers = dict(proposal.answers)
    for name, value in taken.items():
        if name == "title":
            if proposal.state is State.DRAFT:
                proposal.title = value
            else:
                proposal.title_in_correction = value
        elif name.startswith(ITEM):
            answers[name.removeprefix(ITEM)] = value
        else:
            setattr(proposal.group, name.removeprefix(PROFILE_QUESTION), value)
    proposal.answers = answers
    proposal.answers_revision += 1


def _lock(session: Session, proposal: Proposal) -> None:
    """Wait for whoever is saving this proposal or its group's profile, and read both anew."""
    session.refresh(proposal, with_for_update=True)
    session.refresh(proposal.group, with_for_update=True)


def _endless(name: str, value: Any) -> list[Missing]:
    """What is too long to be kept: at the question, or at the cell."""
    limit = LONGEST_TITLE if name == "title" else LONGEST
    if not isinstance(value, list) or not any(isinstance(row, Mapping) for row in value):
        return [_too_long(name, limit)] if len(str(value)) > limit else []
    if len(value) > MOST_ROWS:
        return [
            Missing(
                name,
                Word(
                    "多すぎるため保存できません。{n}行までにしてください。",
                    "Too many to be saved. Keep to {n} rows at most.",
                ).filled(n=MOST_ROWS),
            )
        ]
    return [
        _too_long(f"{name}-{number}-{key}", LONGEST_CELL)
        for number, row in enumerate(value)
        for key, cell in (row.items() if isinstance(row, Mapping) else ())
        if len(str(cell)) > LONGEST_CELL
    ]


def _too_long(field: str, limit: int) -> Missing:
    return Missing(
        field,
        Word(
            "長すぎるため保存できません。{limit}文字までにしてください。",
            "Too long to be saved. Write at most {limit} characters.",
        ).filled(limit=f"{limit:,}"),
    )
