"""Handing over the representation of a group: offered by the one who represents it, accepted by the successor (A14)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.administration.checks import day_form, insist, refuse, take_turns
from models.administration.groups import hand_over_group, members, representative
from models.administration.record import Change, note
from models.base import Base
from models.groups.membership import insist_representative
from models.people import Group, Person
from models.process.actors import Actor
from models.process.refusals import Missing, NotAllowed
from models.words import Word


class Handover(Base):
    """引継ぎ: an offer to represent the group from a day on, which waits for the successor's answer."""

    __tablename__ = "group_handover"

    group_id: Mapped[int] = mapped_column(ForeignKey("citizens_group.id"), primary_key=True, autoincrement=False)
    """A group has one at a time."""
    successor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    offered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    offered_at: Mapped[datetime]
    day: Mapped[date]
    """From when the successor represents the group; the day of the answer, when that comes later."""
    leaves: Mapped[bool]
    """Whether the one before leaves the group."""

    group: Mapped[Group] = relationship()
    successor: Mapped[Person] = relationship(foreign_keys=[successor_id])
    offered_by: Mapped[Person] = relationship(foreign_keys=[offered_by_id])


def handover_of(session: Session, group: Group) -> Handover | None:
    """The offer that waits for an answer, if there is one."""
    return session.get(Handover, group.id)


def offer(
    session: Session, actor: Actor, group: Group, *, person_id: int | None, day: date | None, leaves: bool
) -> Handover:
    """Ask a member to represent the group from a day on. Raises NotReady, and NotAllowed for whoever does not."""
    insist_representative(actor, group)
    take_turns(session)
    if handover_of(session, group) is not None:
        sentence = Word(
            "返事を待っている引継ぎがあります。先に取り消してください", "An offer is waiting. Take it back first."
        )
        raise refuse("", sentence)
    own = {row.person_id: row.person for row in members(session, group, clock.today()) if row.person.active}
    successor = own.get(person_id or 0)
    missing = day_form("day", day)
    if successor is None or successor.id == actor.person_id:
        missing.insert(0, Missing("person_id", Word("新しい代表者を選んでください", "Choose the new representative.")))
    elif day is not None and day < clock.today():
        missing.append(Missing("day", Word("今日以後の日を入力してください", "Enter today or a later day.")))
    elif day is not None and not missing and day <= representative(session, group).since:
        sentence = Word(
            "代表者になった日の翌日から引き継げます", "It can be handed over from the day after it was taken on."
        )
        missing.append(Missing("day", sentence))
    insist(missing)
    assert successor is not None
    assert day is not None
    assert actor.person_id is not None
    found = Handover(
        group=group,
        successor=successor,
        offered_by_id=actor.person_id,
        offered_at=clock.now(),
        day=day,
        leaves=leaves,
    )
    session.add(found)
    note(session, actor, Change.HANDOVER_OFFERED, group, person=successor.name, day=day)
    return found


def take_back(session: Session, actor: Actor, handover: Handover) -> None:
    """Withdraw the offer. Raises NotAllowed for whoever does not represent the group."""
    insist_representative(actor, handover.group)
    session.delete(handover)
    note(session, actor, Change.HANDOVER_TAKEN_BACK, handover.group, person=handover.successor.name)


def accept(session: Session, actor: Actor, handover: Handover) -> None:
    """Take the representation on. Raises NotAllowed for anybody else, NotReady when it stands otherwise by now."""
    group = handover.group
    take_turns(session)
    found = handover_of(session, group)  # whoever was first may have taken it back
    if found is None:
        raise refuse("", Word("この引継ぎの依頼は、取り消されています", "The offer has been taken back."))
    _insist_successor(actor, found)
    if representative(session, group).person_id != found.offered_by_id:
        sentence = Word("代表者がほかの人に代わったため、引き継げません", "Somebody else represents the group by now.")
        raise refuse("", sentence)
    day = max(found.day, clock.today())
    hand_over_group(session, actor, group, person_id=found.successor_id, day=day, leaves=found.leaves)
    session.delete(found)
    session.flush()


def decline(session: Session, actor: Actor, handover: Handover) -> None:
    """Answer no; everything stays as it is. Raises NotAllowed for anybody else."""
    _insist_successor(actor, handover)
    session.delete(handover)
    note(session, actor, Change.HANDOVER_DECLINED, handover.group, person=handover.successor.name)


def _insist_successor(actor: Actor, handover: Handover) -> None:
    if actor.person_id != handover.successor_id:
        raise NotAllowed(Word("引継ぎを頼まれた人だけが答えられます。", "Only the person asked can answer."))
