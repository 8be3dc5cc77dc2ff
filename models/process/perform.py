"""The one way a proposal moves: what may be done, and doing it in one transaction with event, duties and outbox."""

import hashlib
import hmac
import json
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from models import clock
from models.history import Event
from models.outbox import OutboxMessage
from models.people import Group
from models.process.actors import Actor, body_of, hats_of
from models.process.apart import drafters
from models.process.definition import MOVES
from models.process.duties import settle
from models.process.grammar import Case, Details, Move, Offer
from models.process.labels import HATS, MOVE_WORDS
from models.process.refusals import Missing, NotAllowed, NotPossible, NotReady, Refusal
from models.process.sight import shown_duty, sights, state_words, turns
from models.process.vocabulary import Hat, MoveKey, Stage, State, stage_after
from models.proposals import Proposal
from models.settings import settings
from models.spoken import here
from models.words import Word

_PROMISE = insert(cast(Table, OutboxMessage.__table__))


def begin(
    session: Session, *, actor: Actor, group: Group, desk_id: int, edition_id: str, call_key: str = ""
) -> Proposal:
    """A new, empty draft of a group, for a call of the programme or, without one, at any time. Raises NotAllowed for somebody who is not in the group."""
    if actor.person_id is None or group.id not in actor.group_ids:
        raise NotAllowed(
            Word(
                "提案できるのは団体のメンバーだけです。",
                "Only members of the group can make a proposal for it.",
            )
        )
    return begin_for(session, actor=actor, group=group, desk_id=desk_id, edition_id=edition_id, call_key=call_key)


def begin_for(
    session: Session, *, actor: Actor, group: Group, desk_id: int, edition_id: str, call_key: str = ""
) -> Proposal:
    """A new, empty draft for a group, begun by whoever may begin one for it."""
    assert actor.person_id is not None
    proposal = Proposal(
        edition_id=edition_id,
        call_key=call_key,
        stage=Stage.INTAKE,
        state=State.DRAFT,
        version=0,
        group_id=group.id,
        desk_id=desk_id,
        created_by_id=actor.person_id,
        created_at=clock.now(),
        answers={},
        answers_revision=0,
        title="",
    )
    session.add(proposal)
    session.flush()
    settle(_case(session, proposal, actor, Hat.MEMBER), None)
    return proposal


def available(session: Session, proposal: Proposal, actor: Actor) -> list[Offer]:
    """The moves this actor may make now, in the definition's order, each with what has to be there first."""
    hats = hats_of(actor, proposal)
    offers = []
    for key, move in MOVES.items():
        if proposal.state not in move.starts:
            continue
        hat = _hat_for(session, proposal, actor, hats, move)
        if hat is not None:
            offers.append(Offer(key, hat, move.facts(_case(session, proposal, actor, hat))))
    return offers


def perform(
    session: Session,
    proposal: Proposal,
    key: MoveKey,
    actor: Actor,
    *,
    seen: int | None = None,
    **details: Any,
) -> Event:
    """Make a move: event, new state, duties and outbox message in the caller's transaction.

    seen: the proposal's version when the actor opened the page. The same move sent twice from one page happens once
    and answers with the first event; a decision taken on a page from before the proposal moved on is not made.
    Raises NotPossible, NotAllowed or NotReady; then nothing is written.
    """
    move = MOVES[key]
    _lock(session, proposal)
    repeated = _same_again(session, proposal, key, actor, seen, details)
    if repeated is not None:
        return repeated
    hat = _permitted(session, proposal, key, move, actor)
    case = _case(session, proposal, actor, hat)
    missing = move.facts(case) or move.asks(case, details) or _moved_on(case, move, seen)
    if missing:
        raise NotReady(missing)
    return _carry_out(case, key, move, details)


def refusal(session: Session, proposal: Proposal, key: MoveKey, actor: Actor) -> Refusal | None:
    """Why the actor cannot make this move now, before any form is filled; None when it can be made."""
    move = MOVES[key]
    try:
        hat = _permitted(session, proposal, key, move, actor)
    except Refusal as refused:
        return refused
    missing = move.facts(_case(session, proposal, actor, hat))
    return NotReady(missing) if missing else None


def case_for(session: Session, proposal: Proposal, actor: Actor, hat: Hat) -> Case:
    """The case as checks see it, for pages that show what is missing."""
    return _case(session, proposal, actor, hat)


def _case(session: Session, proposal: Proposal, actor: Actor, hat: Hat) -> Case:
    return Case(session=session, proposal=proposal, actor=actor, hat=hat, now=clock.now())


def _lock(session: Session, proposal: Proposal) -> None:
    """On PostgreSQL, wait for whoever is acting on this proposal and read all anew; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.flush()
        anew = select(Proposal).where(Proposal.id == proposal.id).with_for_update()
        session.expire_all()  # reports, minutes and texts too: what was read before the wait may be over
        session.scalars(anew).one()


def _same_again(
    session: Session, proposal: Proposal, key: MoveKey, actor: Actor, seen: int | None, details: Details
) -> Event | None:
    """The event of the very same move by the same person made since the page was opened, if there is one."""
    if seen is None or seen >= proposal.version:
        return None
    since = session.scalars(
        select(Event).where(
            Event.proposal_id == proposal.id,
            Event.number > seen,
            Event.move == key,
            Event.actor_id == actor.person_id,
        )
    )
    mark = _mark(details)
    return next((event for event in since if event.details.get("mark") == mark), None)


def _mark(details: Details) -> str:
    """A short fingerprint of what came with a move, to recognise a double click; keyed, so that it tells nothing."""
    text = json.dumps(dict(details), default=str, sort_keys=True)
    return hmac.new(settings().secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()[:16]


def _moved_on(case: Case, move: Move, seen: int | None) -> list[Missing]:
    """A decision that takes the proposal on stands on the page it was taken on: nobody moved it meanwhile."""
    if seen is None or move.to is None or seen >= case.proposal.version:
        return []
    moved = case.session.scalar(
        select(Event)
        .where(Event.proposal_id == case.proposal.id, Event.number > seen, Event.from_state != Event.to_state)
        .order_by(Event.number.desc())
        .limit(1)
    )
    if moved is None:
        return []
    if moved.sight not in sights(hats_of(case.actor, case.proposal)):
        sentence = Word(
            "画面を開いた後に、この提案は「{state}」になりました。今の内容を確かめて、もう一度行ってください。",
            "After you opened the page, this proposal became “{state}”. Look at it as it stands now and do it again.",
        ).filled(state=state_words(case.proposal, hats_of(case.actor, case.proposal)))
    else:
        sentence = Word(
            "画面を開いた後に、{body}が「{last}」を行いました。今の内容を確かめて、もう一度行ってください。",
            "After you opened the page, {body} did this: {last}. Look at it as it stands now and do it again.",
        ).filled(body=moved.actor_body, last=MOVE_WORDS[moved.move].button)
    return [Missing("", sentence)]


def _permitted(session: Session, proposal: Proposal, key: MoveKey, move: Move, actor: Actor) -> Hat:
    """The hat under which the actor may make the move. Raises NotAllowed or NotPossible."""
    hats = hats_of(actor, proposal)
    if not hats & set(move.by):
        raise NotAllowed(
            Word("「{move}」ができるのは{hats}です。", "Only {hats} can do this: {move}.").filled(
                move=MOVE_WORDS[key].button, hats=_names(move.by)
            )
        )
    if proposal.state not in move.starts:
        first, turn = _who_was_first(session, proposal, key, hats), _whose_turn(proposal, hats)
        raise NotPossible(Word(first.ja + turn.ja, first.en + turn.en))
    hat = _hat_for(session, proposal, actor, hats, move)
    if hat is None:
        raise NotAllowed(
            Word(
                "案をつくった人は「{move}」ができません。ほかの{hats}にお願いしてください。",
                "Whoever drafted it cannot do this: {move}. Ask another {hats}.",
            ).filled(move=MOVE_WORDS[key].button, hats=_names(move.by))
        )
    return hat


def _hat_for(session: Session, proposal: Proposal, actor: Actor, hats: frozenset[Hat], move: Move) -> Hat | None:
    hat = next((hat for hat in move.by if hat in hats), None)
    if hat is None or not move.not_by:
        return hat
    return None if actor.person_id in drafters(session, proposal, move) else hat


def _names(hats: tuple[Hat, ...]) -> Word:
    return here(Word("・".join(HATS[h].ja for h in hats), " or ".join(HATS[h].en for h in hats)))


def _who_was_first(session: Session, proposal: Proposal, key: MoveKey, hats: frozenset[Hat]) -> Word:
    """Where it stands and, among the events this reader sees, the last."""
    last = session.scalar(
        select(Event)
        .where(Event.proposal_id == proposal.id, Event.sight.in_(sights(hats)))
        .order_by(Event.number.desc())
        .limit(1)
    )
    if last is None:
        return Word(
            "この提案は今「{state}」のため、「{move}」はできません。",
            "This proposal is now “{state}”, so this cannot be done: {move}.",
        ).filled(state=state_words(proposal, hats), move=MOVE_WORDS[key].button)
    return Word(
        "この提案は今「{state}」のため、「{move}」はできません。先に{body}が「{last}」を行いました。",
        "This proposal is now “{state}”, so this cannot be done: {move}. {body} was first: {last}.",
    ).filled(
        state=state_words(proposal, hats),
        move=MOVE_WORDS[key].button,
        body=last.actor_body,
        last=MOVE_WORDS[last.move].button,
    )


def _whose_turn(proposal: Proposal, hats: frozenset[Hat]) -> Word:
    """Who can do something now, as a reader under these hats is told; nothing when it has come to an end."""
    asked = dict.fromkeys(shown_duty(duty, hats).hat for duty in turns(proposal))
    if not asked:
        return Word("", "")
    return Word(
        f"今は{'と'.join(here(HATS[hat]).ja for hat in asked)}の番です。",
        f" Now it is the turn of {' and '.join(here(HATS[hat]).en for hat in asked)}.",
    )


def _carry_out(case: Case, key: MoveKey, move: Move, details: Details) -> Event:
    session, proposal = case.session, case.proposal
    body = body_of(case.actor, case.hat, proposal)
    before = proposal.state
    with session.no_autoflush:  # what the move writes is sent together with its event
        facts = move.does(case, details) or {}
        if move.to is not None and move.when(case):
            proposal.state = move.leads_to(case) or move.to
            proposal.stage = stage_after(proposal.state, proposal.stage)
    proposal.version += 1
    event = Event(
        proposal_id=proposal.id,
        number=proposal.version,
        move=key,
        at=case.now,
        actor_id=case.actor.person_id,
        actor_name=case.actor.name,
        actor_body=body,
        hat=case.hat,
        from_state=before,
        to_state=proposal.state,
        stage=proposal.stage,
        sight=move.sight,
        reason=str(details.get("reason") or "").strip(),
        details={**_plain(facts), "mark": _mark(details)},
    )
    session.add(event)
    session.flush()
    session.expire(proposal, ["events"])  # whoever looks at them next sees what is now true
    settle(case, event)
    if move.flow is not None:
        promise = {"flow": move.flow, "proposal_id": proposal.id, "event_id": event.id}
        session.execute(_PROMISE, promise | {"created_at": case.now, "due_at": case.now})
    return event


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date | datetime) else v for k, v in facts.items()}
