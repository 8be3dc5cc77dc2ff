"""登録: a group registers itself; the mail's link makes account and group, the program office confirms it (A11)."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.administration.checks import LENGTHS, email_form, insist, refuse, take_turns, texts
from models.administration.groups import LABELS as GROUP_LABELS
from models.administration.groups import add_group, wrong_group
from models.administration.persons import LANGUAGES, find_person, new_person
from models.administration.record import PERSON_NAME, Change, note
from models.base import Base
from models.office import works_in_office
from models.people import Group, Person
from models.process.actors import Actor, actor_of
from models.process.refusals import Missing, NotAllowed
from models.spoken import here
from models.words import Word

LASTS = timedelta(days=7)
OVER = Word("この案内は、もう使えません。", "This link is over.")


class Registration(Base):
    """登録の申込み: waits until the link in its mail is opened, and goes then, or when it has grown old."""

    __tablename__ = "group_registration"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    purpose: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(String(80))
    """Of the contact person, who becomes the representative."""
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(5))
    key: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

    @property
    def waits(self) -> bool:
        """Whether its link still works."""
        return clock.now() < self.expires_at


def ask(
    session: Session, *, group_name: str, kind: str, purpose: str, name: str, email: str, language: str
) -> Registration:
    """Take in an application; nobody is told whether the e-mail is known here. Raises NotReady."""
    forget_old(session)
    missing = [
        Missing("group_name" if gap.field == "name" else gap.field, gap.sentence)
        for gap in wrong_group(session, group_name, kind, {"purpose": purpose}) + _purpose_missing(purpose)
    ]
    missing += texts(GROUP_LABELS | {"name": PERSON_NAME}, ("name", "email"), name=name, email=email)
    insist(missing + email_form("email", email))
    found = Registration(
        group_name=group_name,
        kind=kind,
        purpose=purpose,
        name=name,
        email=email.lower(),
        language=language if language in LANGUAGES else LANGUAGES[0],
        key=secrets.token_urlsafe(32),
        asked_at=clock.now(),
        expires_at=clock.now() + LASTS,
    )
    session.add(found)
    session.flush()
    return found


def complete(session: Session, registration: Registration, *, group_name: str) -> tuple[Group, Person]:
    """Make the group, and an account for whoever has none: the e-mail has proved itself by its link. Raises NotReady."""
    number = registration.id
    take_turns(session)
    found = session.get(Registration, number)  # a second click may come when the first is done
    if found is None or not found.waits:
        raise refuse("", OVER)
    person = find_person(session, found.email)
    if person is not None and not person.active:
        raise refuse("", OVER)
    if person is None:
        person = new_person(session, name=found.name, email=found.email, language=found.language)
    group = register(session, person, group_name=group_name, kind=found.kind, purpose=found.purpose)
    session.delete(found)
    session.flush()
    return group, person


def register(session: Session, person: Person, *, group_name: str, kind: str, purpose: str) -> Group:
    """A group registered by whoever represents it from now on; the program office has not looked at it yet.

    Raises NotReady.
    """
    insist(_purpose_missing(purpose))
    actor = actor_of(session, person)
    profile = {"purpose": purpose}
    return add_group(session, actor, person, name=group_name, kind=kind, profile=profile, confirmed=False)


def may_check(session: Session, actor: Actor) -> bool:
    """Whether the actor works in the program office, which looks at registrations."""
    return works_in_office(session, actor)


def confirm(session: Session, actor: Actor, group: Group) -> bool:
    """Confirm a registration; answers whether it was still open. Raises NotAllowed outside the program office."""
    _insist_office(session, actor, group)
    take_turns(session)
    if group.confirmed_at is not None:
        return False
    group.confirmed_at = clock.now()
    note(session, actor, Change.GROUP_CONFIRMED, group)
    return True


def ask_back(session: Session, actor: Actor, group: Group, question: str) -> None:
    """Ask the group something about its registration; it stays in the record.

    Raises NotReady, and NotAllowed outside the program office.
    """
    _insist_office(session, actor, group)
    if not question.strip():
        raise refuse("question", Word("聞きたいことを入力してください", "Enter your question."))
    if len(question) > LENGTHS["purpose"]:
        sentence = Word("{n}文字までで入力してください", "At most {n} characters.").filled(n=LENGTHS["purpose"])
        raise refuse("question", sentence)
    note(session, actor, Change.GROUP_ASKED, group, question=question)


def unconfirmed(session: Session, most: int = 100) -> list[Group]:
    """Registrations the program office has not confirmed, the oldest first."""
    query = select(Group).where(Group.confirmed_at.is_(None)).order_by(Group.id).limit(most)
    return list(session.scalars(query))


def forget_old(session: Session) -> None:
    """Let go of applications whose link was not opened in time."""
    session.execute(delete(Registration).where(Registration.expires_at < clock.now()))


def _purpose_missing(purpose: str) -> list[Missing]:
    if purpose.strip():
        return []
    return [Missing("purpose", Word("活動目的を入力してください", "Enter the purpose."))]


def _insist_office(session: Session, actor: Actor, group: Group) -> None:
    if not may_check(session, actor) or group.id in actor.group_ids:
        raise NotAllowed(here(Word("市民協働課の担当者だけができます。", "Only the program office can do this.")))
