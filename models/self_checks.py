"""Self-checks while they are written: saved by their own side alone, sealed, without overwriting a colleague unseen."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from models import clock
from models.process.actors import Actor, hats_of
from models.process.moves.review import readable_self_checks
from models.process.refusals import Missing, NotAllowed, NotPossible, NotReady
from models.process.sight import state_words
from models.process.vocabulary import SIDE_OF, Hat, Side, State
from models.proposals import Proposal
from models.review import SelfCheck
from models.words import Word

LONGEST = 20_000
"""Characters of one comment that a draft keeps; the form's own limit is asked when it is handed in."""

Answers = Mapping[str, Mapping[str, str]]
"""{item key: {"mark": key of the scale or "", "comment": text}}."""


class Overtaken(Exception):
    """Somebody on the same side saved something else since the form was opened. Nothing was written.

    Holds what stands now, for this side only, and the revision that the next saving has to name. Its text tells nothing.
    """

    def __init__(self, saved: dict[str, Any], revision: int) -> None:
        super().__init__("The self-check has been saved by somebody else on the same side.")
        self.saved = saved
        self.revision = revision


def own_side(proposal: Proposal, actor: Actor) -> Side | None:
    """The side whose self-check the actor writes; None for whoever writes none."""
    sides = {SIDE_OF[hat] for hat in hats_of(actor, proposal) if hat in (Hat.MEMBER, Hat.SECTION)}
    return next(iter(sides), None)


def own_self_check(proposal: Proposal, actor: Actor) -> SelfCheck | None:
    """The actor's side's self-check, as far as it is written."""
    side = own_side(proposal, actor)
    return readable_self_checks(actor, proposal).get(side) if side is not None else None


def save_self_check(session: Session, proposal: Proposal, actor: Actor, *, answers: Answers, revision: int) -> int:
    """Save what is written, complete or not; returns the new revision. The same content again changes nothing.

    No event is made and nobody is told: that one side writes is as sealed as what it writes. Answers to unknown items
    are left out. Raises NotAllowed, NotPossible, NotReady for what is too long to keep, and Overtaken.
    """
    _lock(session, proposal)
    side = own_side(proposal, actor)
    if side is None:
        raise NotAllowed(
            Word(
                "自己点検を書けるのは、提案団体と担当課の人だけです。",
                "Only the group and the responsible section write a self-check.",
            )
        )
    if proposal.state is not State.SELF_CHECKING:
        raise NotPossible(
            Word(
                "この提案は今「{state}」のため、自己点検を書くことはできません。",
                "This proposal is now “{state}”, so no self-check can be written.",
            ).filled(state=state_words(proposal, hats_of(actor, proposal)))
        )
    new = _kept(proposal, answers)
    own = own_self_check(proposal, actor)
    if own is None:
        own = SelfCheck(side=side, answers={}, revision=0, saved_at=clock.now())
        proposal.self_checks.append(own)
    if own.submitted_at is not None:
        raise NotPossible(
            Word(
                "あなたの側は自己点検を提出しています。もう書き直すことはできません。",
                "Your side has handed in its self-check. It can no longer be changed.",
            )
        )
    if new == own.answers:
        return own.revision
    if revision != own.revision:
        raise Overtaken(own.answers, own.revision)
    own.answers = new
    own.revision += 1
    own.saved_at = clock.now()
    session.flush()
    return own.revision


def _lock(session: Session, proposal: Proposal) -> None:
    """Wait for whoever is acting on this proposal, and read it and its self-checks anew."""
    session.refresh(proposal, with_for_update=True)
    for check in proposal.self_checks:
        session.refresh(check)


def _kept(proposal: Proposal, answers: Answers) -> dict[str, Any]:
    """What was answered, item by item; empty answers are left out."""
    rules = proposal.rules
    marks = {mark.key for mark in rules.scale.marks}
    given = {item.key: answers.get(item.key) or {} for item in rules.review_items}
    kept = {
        key: {
            "mark": a["mark"] if a.get("mark") in marks else "",
            "comment": (a.get("comment") or "").replace("\0", ""),
        }
        for key, a in given.items()
    }
    endless = [
        Missing(
            f"{key}-comment",
            Word(
                "長すぎるため保存できません。{limit}文字までにしてください。",
                "Too long to be saved. Write at most {limit} characters.",
            ).filled(limit=f"{LONGEST:,}"),
        )
        for key, answer in kept.items()
        if len(answer["comment"]) > LONGEST
    ]
    if endless:
        raise NotReady(endless)
    return {key: answer for key, answer in kept.items() if answer["mark"] or answer["comment"]}
