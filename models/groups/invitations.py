"""Inviting somebody into a group by mail: sent, sent again, taken back, accepted, declined (A14).

A row is an invitation that waits for its answer; with the answer it goes, and the record says who joined.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.administration.checks import email_form, insist, refuse, take_turns, texts
from models.administration.groups import add_member, members
from models.administration.persons import LANGUAGES, find_person, new_person
from models.administration.record import FIELDS, PERSON_NAME, Change, note
from models.base import Base
from models.groups.membership import insist_representative
from models.people import Group, Person
from models.process.actors import Actor, actor_of
from models.words import Word

LASTS = timedelta(days=14)
MOST_WAITING = 30
"""Invitations of one group that may wait at once, so that nobody sends mails by the hundred."""

LABELS = FIELDS | {"name": PERSON_NAME}
OVER = Word("この招待は、もう使えません。", "This invitation is over.")


class Invitation(Base):
    """招待: somebody asked by mail to join a group."""

    __tablename__ = "group_invitation"
    __table_args__ = (UniqueConstraint("group_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("citizens_group.id"))
    name: Mapped[str] = mapped_column(String(80))
    """As the representative typed it; the name of the account when a new one is made."""
    email: Mapped[str] = mapped_column(String(254), index=True)
    language: Mapped[str] = mapped_column(String(5), default="ja")
    key: Mapped[str] = mapped_column(String(64))
    """Changes with each sending: only the latest link works."""
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    group: Mapped[Group] = relationship()
    invited_by: Mapped[Person] = relationship()

    @property
    def waits(self) -> bool:
        """Whether it can still be answered."""
        return clock.now() < self.expires_at


def invite(session: Session, actor: Actor, group: Group, *, name: str, email: str, language: str) -> Invitation:
    """A new invitation. Raises NotReady, and NotAllowed for whoever does not represent the group."""
    insist_representative(actor, group)
    take_turns(session)
    insist(texts(LABELS, ("name", "email"), name=name, email=email) + email_form("email", email))
    email = email.lower()
    if any(row.person.email == email for row in members(session, group, clock.today())):
        raise refuse("email", Word("この人はすでにメンバーです", "This person is a member already."))
    waiting = invitations(session, group)
    if any(row.email == email for row in waiting):
        sentence = Word(
            "すでに招待しています。団体のページから、もう一度送れます",
            "Invited already. Send it again on the group's page.",
        )
        raise refuse("email", sentence)
    if len(waiting) >= MOST_WAITING:
        sentence = Word(
            "返事を待っている招待が多すぎます。使わない招待を取り消してください",
            "Too many invitations are waiting. Take back what is not needed.",
        )
        raise refuse("", sentence)
    found = Invitation(
        group=group,
        name=name,
        email=email,
        language=language if language in LANGUAGES else LANGUAGES[0],
        invited_by_id=actor.person_id,
    )
    _send(found)
    session.add(found)
    note(session, actor, Change.MEMBER_INVITED, group)
    return found


def send_again(session: Session, actor: Actor, invitation: Invitation) -> None:
    """Let the invitation wait anew, under a new link. Raises NotAllowed for whoever does not represent the group."""
    insist_representative(actor, invitation.group)
    _send(invitation)
    note(session, actor, Change.MEMBER_INVITED_AGAIN, invitation.group)


def take_back(session: Session, actor: Actor, invitation: Invitation) -> None:
    """Withdraw the invitation; its link is over. Raises NotAllowed for whoever does not represent the group."""
    insist_representative(actor, invitation.group)
    session.delete(invitation)
    note(session, actor, Change.INVITATION_TAKEN_BACK, invitation.group)


def accept(session: Session, invitation: Invitation) -> Person:
    """Let whoever has the invited e-mail join, with an account of their own if they have none. Raises NotReady."""
    number = invitation.id
    take_turns(session)
    found = session.get(Invitation, number)  # whoever was first may have answered it
    if found is None or not found.waits:
        raise refuse("", OVER)
    person = find_person(session, found.email)
    if person is None:
        person = new_person(session, name=found.name, email=found.email, language=found.language)
    actor = actor_of(session, person)
    if found.group_id not in actor.group_ids:
        add_member(session, actor, found.group, person)
    session.delete(found)
    session.flush()
    return person


def decline(session: Session, invitation: Invitation) -> None:
    """Answer no: the group sees that the invitation waits no longer, and nothing else is kept."""
    session.delete(invitation)


def invitations(session: Session, group: Group) -> list[Invitation]:
    """What waits for an answer or has grown too old for one, the latest last."""
    return list(session.scalars(select(Invitation).where(Invitation.group_id == group.id).order_by(Invitation.id)))


def invitations_for(session: Session, person: Person) -> list[Invitation]:
    """What waits for this person's answer, the latest last."""
    query = select(Invitation).where(Invitation.email == person.email, Invitation.expires_at > clock.now())
    return list(session.scalars(query.order_by(Invitation.id)))


def _send(invitation: Invitation) -> None:
    invitation.key = secrets.token_urlsafe(32)
    invitation.sent_at = clock.now()
    invitation.expires_at = clock.now() + LASTS
