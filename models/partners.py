"""連携する団体: several groups behind one proposal, each confirming its own part before it counts (A05–A07)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Select, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.base import Base
from models.people import Group
from models.process.actors import Actor, hats_of
from models.process.refusals import Missing, NotAllowed, NotPossible, NotReady
from models.process.vocabulary import Hat, State
from models.proposals import Proposal
from models.words import Word

LONGEST = 1000
MOST = 20
BEFORE_IT_IS_HANDED_IN = frozenset({State.DRAFT, State.PLANNING, State.RETURNED})


class Partner(Base):
    """One group beside the lead body (代表団体), with what it takes on (分担)."""

    __tablename__ = "proposal_partner"
    __table_args__ = (
        UniqueConstraint("proposal_id", "group_id"),
        Index("ix_proposal_partner_group_id_proposal_id", "group_id", "proposal_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("citizens_group.id"))
    part: Mapped[str] = mapped_column(Text)
    """What it takes on and brings: people, knowledge, money, tools (A06)."""
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """When somebody of the group said yes to exactly this part."""
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    declined_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(LONGEST), default="")
    """What the group said with its answer."""

    group: Mapped[Group] = relationship()

    @property
    def waits(self) -> bool:
        """Whether the group has still to answer."""
        return self.confirmed_at is None and self.declined_at is None


def ask_partner(session: Session, proposal: Proposal, actor: Actor, group: Group | None, part: str) -> Partner:
    """Ask a group to take a part, or anew with another part. Raises NotReady, NotAllowed and NotPossible."""
    _insist_writing(proposal, actor)
    found = []
    if group is None or group.id == proposal.group_id:
        found.append(Missing("group", Word("登録されている団体から選んでください。", "Choose a registered group.")))
    if not part.strip():
        found.append(Missing("part", Word("受け持つことを入力してください。", "Write what the group takes on.")))
    elif len(part) > LONGEST:
        found.append(Missing("part", Word("1,000文字までで入力してください。", "Write at most 1,000 characters.")))
    now = partners(session, proposal)
    if len(now) >= MOST:
        found.append(Missing("group", Word("連携する団体は20団体までです。", "At most 20 partners.")))
    if found or group is None:
        raise NotReady(found)
    partner = next((one for one in now if one.group_id == group.id), None)
    if partner is None:
        partner = Partner(proposal_id=proposal.id, group_id=group.id, part="")
        session.add(partner)
    elif partner.part == part.strip() and partner.declined_at is None:
        return partner
    assert actor.person_id is not None
    partner.part, partner.answer = part.strip(), ""
    partner.asked_by_id, partner.asked_at = actor.person_id, clock.now()
    partner.confirmed_at = partner.confirmed_by_id = partner.declined_at = None
    _tell_proposal(session, proposal)
    return partner


def drop_partner(session: Session, proposal: Proposal, actor: Actor, partner: Partner) -> None:
    """Take a group out again while the proposal is being written. Raises NotAllowed and NotPossible."""
    _insist_writing(proposal, actor)
    session.delete(partner)
    _tell_proposal(session, proposal)


def answer_part(
    session: Session, proposal: Proposal, actor: Actor, partner: Partner, *, yes: bool, answer: str
) -> None:
    """Say yes or no to the part as it was read. Raises NotAllowed for others, NotPossible when it is no longer asked."""
    session.refresh(partner, with_for_update=True)
    if partner.group_id not in actor.group_ids or actor.person_id is None:
        raise NotAllowed(Word("答えられるのは、その団体のメンバーだけです。", "Only members of that group can answer."))
    if not partner.waits or proposal.state not in BEFORE_IT_IS_HANDED_IN:
        raise NotPossible(Word("この依頼は、すでに答えが出ています。", "This was answered already."))
    if yes:
        partner.confirmed_at, partner.confirmed_by_id = clock.now(), actor.person_id
    else:
        partner.declined_at = clock.now()
    partner.answer = answer.strip()[:LONGEST]
    _tell_proposal(session, proposal)


def partners(session: Session, proposal: Proposal) -> Sequence[Partner]:
    """Every group that was asked, in the order in which they were."""
    return session.scalars(
        select(Partner).where(Partner.proposal_id == proposal.id).order_by(Partner.asked_at, Partner.id)
    ).all()


def asked_of_groups(session: Session, actor: Actor) -> Sequence[Partner]:
    """What other groups ask of the actor's groups and nobody has answered."""
    return session.scalars(
        select(Partner)
        .where(Partner.group_id.in_(actor.group_ids), Partner.confirmed_at.is_(None), Partner.declined_at.is_(None))
        .order_by(Partner.id)
    ).all()


def find_part(session: Session, proposal_id: int, actor: Actor) -> Partner | None:
    """The part that one of the actor's groups is asked to take in this proposal."""
    return session.scalar(
        select(Partner)
        .where(Partner.proposal_id == proposal_id, Partner.group_id.in_(actor.group_ids))
        .order_by(Partner.id)
        .limit(1)
    )


def confirmed_parts(actor: Actor) -> Select[int]:
    """The proposals in which one of the actor's groups has confirmed a part."""
    return select(Partner.proposal_id).where(Partner.group_id.in_(actor.group_ids), Partner.confirmed_at.is_not(None))


def _tell_proposal(session: Session, proposal: Proposal) -> None:
    """Keep with the proposal which groups stand behind it: their members wear the same hat as the lead body's."""
    session.flush()
    confirmed = [one.group_id for one in partners(session, proposal) if one.confirmed_at is not None]
    if proposal.partner_group_ids != confirmed:
        proposal.partner_group_ids = confirmed
        session.flush()


def _insist_writing(proposal: Proposal, actor: Actor) -> None:
    if Hat.MEMBER not in hats_of(actor, proposal):
        raise NotAllowed(Word("提案団体のメンバーだけができます。", "Only members of the proposing group can do this."))
    if proposal.state not in BEFORE_IT_IS_HANDED_IN:
        raise NotPossible(
            Word("提出した後は、連携する団体を変えられません。", "Partners cannot change after submission.")
        )
