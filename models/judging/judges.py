"""審査委員: invited to a round, declaring interests before anything is scored, stepping back (T01, T05).

Whoever has an interest in a proposal neither sees nor scores it; whoever belongs to its group has one by rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import clock
from models.administration.checks import email_form, insist, refuse, take_turns, texts
from models.administration.persons import LANGUAGES, add_person, find_person
from models.administration.record import FIELDS, PERSON_NAME
from models.judging.rounds import lock_open, standing
from models.judging.tables import Interest, Judge, JudgingRound, RoundEntry
from models.people import Membership
from models.process.actors import Actor
from models.process.refusals import Missing, NotPossible, NotReady
from models.words import Word

LABELS = FIELDS | {"name": PERSON_NAME}
LONGEST_CAPACITY = 80
LONGEST_REASON = 1000
MEMBER = Word("提案団体のメンバーです。", "A member of the proposing group.")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a judge says about one proposal. conflicted None: nothing yet."""

    conflicted: bool | None
    reason: str = ""


def invite(
    session: Session, actor: Actor, judging: JudgingRound, *, name: str, email: str, capacity: str, language: str = "ja"
) -> Judge:
    """Make somebody a judge of the round, with an account of their own if they have none. Raises NotReady.

    Whoever stepped back and is invited again begins anew.
    """
    take_turns(session)
    lock_open(session, judging)
    insist(texts(LABELS, ("name", "email"), name=name, email=email) + email_form("email", email))
    if len(capacity) > LONGEST_CAPACITY:
        sentence = Word("{n}文字までで入力してください。", "At most {n} characters.").filled(n=LONGEST_CAPACITY)
        raise refuse("capacity", sentence)
    person = find_person(session, email)
    if person is None:
        person = add_person(
            session, actor, name=name, email=email, language=language if language in LANGUAGES else LANGUAGES[0]
        )
    if not person.active:
        raise refuse("email", Word("この人の利用は停止されています。", "This account is stopped."))
    judge = next((one for one in judging.judges if one.person_id == person.id), None)
    if judge is None:
        judge = Judge(person=person, name=person.name, invited_at=clock.now())
        judging.judges.append(judge)
    elif judge.withdrawn_at is None:
        raise refuse("email", Word("すでに審査員です。", "This person is a judge already."))
    judge.capacity = capacity.strip()
    judge.withdrawn_at = judge.declared_at = judge.finished_at = None
    session.flush()
    note_memberships(session, judge)
    return judge


def withdraw_judge(session: Session, actor: Actor, judge: Judge) -> None:
    """Let a judge step back: the marks given so far no longer count. Raises NotPossible once the round is closed."""
    lock_open(session, judge.round)
    if judge.withdrawn_at is None:
        judge.withdrawn_at = clock.now()
    session.flush()


def rounds_judged(session: Session, person_id: int) -> list[Judge]:
    """The person's seats in rounds, the latest first."""
    query = select(Judge).where(Judge.person_id == person_id, Judge.withdrawn_at.is_(None)).order_by(Judge.id.desc())
    return list(session.scalars(query))


def find_judge(session: Session, person_id: int, round_id: int) -> Judge | None:
    """The person's seat in a round; None for whoever has none, or stepped back."""
    return session.scalar(
        select(Judge).where(Judge.person_id == person_id, Judge.round_id == round_id, Judge.withdrawn_at.is_(None))
    )


def kept_from(session: Session, judge: Judge) -> frozenset[int]:
    """The proposals of the round that the judge has an interest in: declared, or as a member of the group today."""
    declared = {interest.proposal_id for interest in judge.interests if interest.conflicted}
    groups = _groups_of(session, judge.person_id, clock.today())
    own = {entry.proposal_id for entry in judge.round.entries if set(entry.proposal.group_ids) & groups}
    return frozenset(declared | own)


def undeclared(session: Session, judge: Judge) -> list[RoundEntry]:
    """The proposals about which the judge has still to say whether there is an interest."""
    said = {interest.proposal_id for interest in judge.interests} | kept_from(session, judge)
    return [entry for entry in standing(judge.round) if entry.proposal_id not in said]


def to_score(session: Session, judge: Judge) -> list[RoundEntry]:
    """The proposals that the judge sees and scores, declared free of interests; of a closed round all that were judged."""
    kept, said = kept_from(session, judge), {interest.proposal_id for interest in judge.interests}
    entries = standing(judge.round) if judge.round.closed_at is None else judge.round.entries
    return [e for e in entries if e.proposal_id in said and e.proposal_id not in kept]


def entry_to_score(session: Session, judge: Judge, proposal_id: int) -> RoundEntry | None:
    """A proposal that the judge may see; None for one with an interest, undeclared, or not of the round."""
    if judge.declared_at is None:
        return None
    kept, said = kept_from(session, judge), {interest.proposal_id for interest in judge.interests}
    return next(
        (
            entry
            for entry in judge.round.entries
            if entry.proposal_id == proposal_id and proposal_id in said and proposal_id not in kept
        ),
        None,
    )


def declare(session: Session, judge: Judge, answers: Mapping[int, Declared]) -> None:
    """Say of every proposal whether there is an interest. One that was declared before stays. Raises NotReady."""
    lock_open(session, judge.round)
    note_memberships(session, judge)
    waiting = undeclared(session, judge)
    missing = [
        Missing(
            f"proposal-{entry.proposal_id}",
            Word(
                "「{title}」について、利害関係の有無を選んでください。",
                "Say whether you have an interest in “{title}”.",
            ).filled(title=entry.proposal.title),
        )
        for entry in waiting
        if answers.get(entry.proposal_id, Declared(None)).conflicted is None
    ]
    missing += [_too_long(key) for key, one in answers.items() if len(one.reason) > LONGEST_REASON]
    insist(missing)
    for entry in waiting:
        one = answers[entry.proposal_id]
        _write(session, judge, entry.proposal_id, conflicted=bool(one.conflicted), reason=one.reason)
    judge.declared_at = clock.now()
    settle_finished(session, judge)


def declare_interest(session: Session, judge: Judge, proposal_id: int, reason: str) -> None:
    """Say of a proposal, after all, that there is an interest: its sheet no longer counts. Raises NotReady."""
    lock_open(session, judge.round)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise NotReady(
            [
                _too_long(proposal_id, "reason")
                if reason.strip()
                else Missing("reason", Word("どのような関係かを入力してください。", "Say what the interest is."))
            ]
        )
    _write(session, judge, proposal_id, conflicted=True, reason=reason)
    settle_finished(session, judge)


def lift_interest(session: Session, actor: Actor, judge: Judge, proposal_id: int) -> None:
    """Take back a declaration that was made by mistake, at the judge's wish. Raises NotPossible for one by rule."""
    lock_open(session, judge.round)
    note_memberships(session, judge)
    interest = interest_in(judge, proposal_id)
    if interest is None or not interest.conflicted:
        return
    if interest.by_rule:
        raise NotPossible(
            Word(
                "提案団体のメンバーは、その提案を審査できません。",
                "A member of the proposing group cannot judge its proposal.",
            )
        )
    session.delete(interest)
    judge.interests.remove(interest)
    judge.finished_at = None
    session.flush()


def interest_in(judge: Judge, proposal_id: int) -> Interest | None:
    """What the judge declared about a proposal."""
    return next((interest for interest in judge.interests if interest.proposal_id == proposal_id), None)


def note_memberships(session: Session, judge: Judge) -> None:
    """Write an interest by rule for every proposal of a group that the judge belongs to."""
    groups = _groups_of(session, judge.person_id, clock.today())
    for entry in judge.round.entries:
        known = interest_in(judge, entry.proposal_id)
        if set(entry.proposal.group_ids) & groups and not (known and known.by_rule):
            _write(session, judge, entry.proposal_id, conflicted=True, reason=MEMBER.ja, by_rule=True)
    session.flush()


def settle_finished(session: Session, judge: Judge) -> None:
    """Note whether the judge has handed in every sheet, after whatever may have changed that."""
    handed_in = {sheet.proposal_id for sheet in judge.sheets if sheet.handed_in_at is not None}
    done = judge.declared_at is not None and not undeclared(session, judge)
    done = done and all(entry.proposal_id in handed_in for entry in to_score(session, judge))
    judge.finished_at = (judge.finished_at or clock.now()) if done else None
    session.flush()


def _write(
    session: Session, judge: Judge, proposal_id: int, *, conflicted: bool, reason: str, by_rule: bool = False
) -> None:
    interest = interest_in(judge, proposal_id)
    if interest is None:
        interest = Interest(proposal_id=proposal_id, declared_at=clock.now())
        judge.interests.append(interest)
    interest.conflicted = conflicted
    interest.reason = reason.strip() if conflicted else ""
    interest.by_rule = by_rule
    interest.declared_at = clock.now()


def _groups_of(session: Session, person_id: int, day: date) -> frozenset[int]:
    query = select(Membership.group_id).where(
        Membership.person_id == person_id,
        Membership.since <= day,
        or_(Membership.until.is_(None), Membership.until >= day),
    )
    return frozenset(session.scalars(query))


def _too_long(proposal_id: int, field: str = "") -> Missing:
    sentence = Word("{n}文字までで入力してください。", "At most {n} characters.").filled(n=LONGEST_REASON)
    return Missing(field or f"reason-{proposal_id}", sentence)
