"""A member's own page: what the groups one belongs to have to do, and their proposals with whose turn it is."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from models.history import Duty
from models.pages import FIRST, Order, Page, Place, anchor, cut, window
from models.partners import confirmed_parts
from models.people import MemberRole
from models.process.actors import Actor
from models.process.sight import grounds_in_groups
from models.process.vocabulary import Hat
from models.proposals import Proposal

SIZE = 20
MOST_DUTIES = 50


class Own(NamedTuple):
    """A proposal of one's group and the open duties on it, the nearest due date first."""

    proposal: Proposal
    waiting: list[Duty]


def own_duties(session: Session, actor: Actor) -> list[Duty]:
    """What lies with the actor's groups and may be done by the actor, the nearest due date first, at most fifty."""
    if not actor.belongings:
        return []
    lies = [and_(Duty.group_id == b.group_id, Duty.hat.in_(_hats(b.role))) for b in actor.belongings]
    lies.append(and_(Duty.hat == Hat.MEMBER, Duty.proposal_id.in_(confirmed_parts(actor))))
    return list(
        session.scalars(
            select(Duty)
            .join(Duty.proposal)
            .options(contains_eager(Duty.proposal).joinedload(Proposal.group))
            .where(Duty.closed_at.is_(None), or_(*lies))
            .order_by(Duty.due_on.is_(None), Duty.due_on, Duty.id)
            .limit(MOST_DUTIES)
        )
    )


def own_proposals(session: Session, actor: Actor, place: Place = FIRST) -> Page[Own]:
    """One page of the proposals of the actor's groups, the newest first."""
    if not actor.group_ids:
        return Page([])
    order = Order((Proposal.id,), descending=True)
    ids = window(
        select(Proposal.id).where(or_(*grounds_in_groups(actor))),
        order,
        place,
        anchor(session, order, place),
        SIZE,
    )
    page = cut([row[0] for row in session.execute(ids)], place, SIZE, lambda number: number)
    found = session.scalars(select(Proposal).options(joinedload(Proposal.group)).where(Proposal.id.in_(page.rows)))
    by_id = {proposal.id: proposal for proposal in found}
    waiting = _waiting(session, page.rows)
    return Page([Own(by_id[n], waiting.get(n, [])) for n in page.rows], page.previous, page.next)


def _hats(role: MemberRole) -> tuple[Hat, ...]:
    return (Hat.MEMBER, Hat.REPRESENTATIVE) if role is MemberRole.REPRESENTATIVE else (Hat.MEMBER,)


def _waiting(session: Session, proposal_ids: Iterable[int]) -> dict[int, list[Duty]]:
    open_duties = session.scalars(
        select(Duty)
        .where(Duty.proposal_id.in_(proposal_ids), Duty.closed_at.is_(None))
        .order_by(Duty.due_on.is_(None), Duty.due_on, Duty.id)
    )
    found: dict[int, list[Duty]] = {}
    for duty in open_duties:
        found.setdefault(duty.proposal_id, []).append(duty)
    return found
