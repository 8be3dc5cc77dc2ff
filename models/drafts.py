"""Drafts: beginning one, and saving what its group writes so that no device and no member overwrites another unseen."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.calls import open_calls
from models.editions import editions_in_force, rules_of
from models.people import Department, Group
from models.process.actors import Actor, hats_of
from models.process.moves.intake import PROFILE
from models.process.perform import begin
from models.process.refusals import Missing, NotAllowed, NotPossible, NotReady
from models.process.sight import state_words
from models.process.vocabulary import Hat, State
from models.proposals import Proposal
from models.words import Word

EDITABLE = frozenset({State.DRAFT, State.PLANNING, State.RETURNED})
"""States in which the group writes its proposal."""

LONGEST = 20_000
"""Characters of one answer that a draft keeps; the form's own limits are asked at submission."""

LONGEST_TITLE = 200

PROGRAM_OFFICE = "desk"
"""Key of the department that receives proposals."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the group writes: title, answers by item key, and what it says of itself (A10)."""

    title: str
    answers: Mapping[str, Any]
    profile: Mapping[str, str]


class Overtaken(Exception):
    """Another device or member saved something else since the form was opened. Nothing was written.

    `saved` is what stands now, `revision` what the next saving has to name.
    """

    def __init__(self, saved: Draft, revision: str) -> None:
        super().__init__(f"The draft stands at revision {revision}.")
        self.saved = saved
        self.revision = revision


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
    office_id = session.scalars(select(Department.id).where(Department.key == PROGRAM_OFFICE)).one()
    return begin(session, actor=actor, group=group, desk_id=office_id, edition_id=edition_id, call_key=call_key)


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


def revision_of(proposal: Proposal) -> str:
    """What stands in the form now, as a short text; saving has to name the one the form was opened with."""
    profile = json.dumps(draft_of(proposal).profile, ensure_ascii=False, sort_keys=True)
    return f"{proposal.answers_revision}-{hashlib.sha256(profile.encode()).hexdigest()[:12]}"


def check_editable(proposal: Proposal, actor: Actor) -> None:
    """Raises NotAllowed for whoever is not in the group, NotPossible when the proposal is not being written."""
    if Hat.MEMBER not in hats_of(actor, proposal):
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
    session: Session,
    proposal: Proposal,
    actor: Actor,
    *,
    title: str,
    answers: Mapping[str, Any],
    profile: Mapping[str, str],
    revision: str,
) -> str:
    """Save what is written, complete or not; returns the new revision. The same content again changes nothing.

    Answers to unknown items are left out. Raises NotAllowed, NotPossible, NotReady for what is too long to keep, and
    Overtaken when `revision` is no longer what stands.
    """
    _lock(session, proposal)
    check_editable(proposal, actor)
    known = [item.key for item in proposal.rules.proposal_items]
    new = Draft(title, {key: answers[key] for key in known if key in answers}, {key: profile[key] for key in PROFILE})
    _refuse_endless(new)
    now = draft_of(proposal)
    if new == now:
        return revision_of(proposal)
    if revision != revision_of(proposal):
        raise Overtaken(now, revision_of(proposal))
    if proposal.state is State.DRAFT:
        proposal.title = new.title
    else:
        proposal.title_in_correction = new.title
    proposal.answers = dict(new.answers)
    proposal.answers_revision += 1
    for key, text in new.profile.items():
        setattr(proposal.group, key, text)
    session.flush()
    return revision_of(proposal)


def _lock(session: Session, proposal: Proposal) -> None:
    """Wait for whoever is saving this proposal or its group's profile, and read both anew."""
    session.refresh(proposal, with_for_update=True)
    session.refresh(proposal.group, with_for_update=True)


def _refuse_endless(draft: Draft) -> None:
    lengths = {"title": (draft.title, LONGEST_TITLE)}
    lengths |= {key: (str(value), LONGEST) for key, value in draft.answers.items()}
    lengths |= {f"group_{key}": (text, LONGEST) for key, text in draft.profile.items()}
    endless = [
        Missing(
            field,
            Word(
                "長すぎるため保存できません。{limit}文字までにしてください。",
                "Too long to be saved. Write at most {limit} characters.",
            ).filled(limit=f"{limit:,}"),
        )
        for field, (text, limit) in lengths.items()
        if len(text) > limit
    ]
    if endless:
        raise NotReady(endless)
