"""Persons who can sign in: added, corrected, stopped and opened again, without ever leaving the house unattended."""

import secrets
from collections.abc import Iterator

from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from models import clock
from models.administration.checks import broken_constraint, email_form, insist, refuse, take_turns, texts
from models.administration.posts import keep_an_administrator
from models.administration.record import FIELDS, PERSON_NAME, Change, change_fields, note
from models.history import Duty
from models.inbox import HATS
from models.people import Group, MemberRole, Membership, Person, Post, Tenure
from models.process.actors import Actor, actor_of
from models.process.refusals import Missing
from models.process.vocabulary import Hat
from models.words import Word

LANGUAGES = ("ja", "en")
NAMED = 10
"""How many of the duties that would be left with nobody are named."""

LABELS = FIELDS | {"name": PERSON_NAME}
TAKEN = Word("このメールアドレスは、すでに使われています", "This e-mail is already in use.")


def add_person(session: Session, actor: Actor, *, name: str, email: str, language: str, phone: str = "") -> Person:
    """A person without a password yet, to be sent an invitation. Raises NotReady."""
    person = _written(session, name=name, email=email, language=language, phone=phone)
    note(session, actor, Change.PERSON_INVITED, person)
    return person


def new_person(session: Session, *, name: str, email: str, language: str) -> Person:
    """Somebody whose e-mail has proved itself by a link, without a password yet. Raises NotReady."""
    person = _written(session, name=name, email=email, language=language)
    note(session, Actor(person.id, person.name), Change.PERSON_REGISTERED, person)
    return person


def find_person(session: Session, email: str) -> Person | None:
    """Who has this e-mail, stopped or not."""
    return session.scalar(select(Person).where(Person.email == email.strip().lower()))


def change_person(session: Session, actor: Actor, person: Person, *, name: str, phone: str, language: str) -> bool:
    """Correct a person's name, telephone or language; answers whether anything changed. Raises NotReady."""
    insist(texts(LABELS, ("name",), name=name, phone=phone) + _wrong_language(language))
    changed = change_fields(person, {"name": name, "phone": phone, "language": language})
    if changed:
        note(session, actor, Change.PERSON_CHANGED, person, fields=changed)
    return bool(changed)


def change_email(session: Session, actor: Actor, person: Person, *, email: str) -> bool:
    """Give a person another e-mail to sign in with; sessions and links sent to the old one end. Raises NotReady."""
    insist(texts(LABELS, ("email",), email=email) + email_form("email", email))
    before, after = person.email, email.lower()
    if before == after:
        return False
    _write_email(session, person, after)
    note(session, actor, Change.PERSON_CHANGED, person, fields={"email": [before, after]})
    return True


def deactivate(session: Session, actor: Actor, person: Person) -> None:
    """Stop a person's account; posts and memberships stay in the history. Raises NotReady for whoever has to stay."""
    take_turns(session)
    if not person.active:
        return
    if person.id == actor.person_id:
        sentence = Word(
            "自分の利用は停止できません。ほかのシステム管理者に頼んでください",
            "You cannot stop your own account. Ask another administrator.",
        )
        raise refuse("", sentence)
    for group in _led_groups(session, person):
        sentence = Word(
            "「{name}」の代表者です。先に代表者を引き継いでください", "Represents “{name}”. Hand that over first."
        )
        raise refuse("", sentence.filled(name=group))
    with session.begin_nested():
        person.active = False
        person.session_key = secrets.token_urlsafe(32)
        keep_an_administrator(session, "")
    note(session, actor, Change.PERSON_DEACTIVATED, person)


def reactivate(session: Session, actor: Actor, person: Person) -> None:
    """Open a stopped account again, with the password it had."""
    take_turns(session)
    if not person.active:
        person.active = True
        note(session, actor, Change.PERSON_REACTIVATED, person)


def note_invitation(session: Session, actor: Actor, person: Person) -> None:
    """Write down that the invitation is sent once more. Raises NotReady for whoever has set a password."""
    if person.password_hash or not person.active:
        raise refuse("", Word("この人に招待は要りません", "This person needs no invitation."))
    note(session, actor, Change.PERSON_INVITED_AGAIN, person)


def left_behind(session: Session, person: Person) -> list[Duty]:
    """Open duties that nobody could do without this person, the most urgent first, at most ten."""
    actor = actor_of(session, person)
    lies = [
        and_(Duty.department_id == department_id, Duty.hat == hat)
        for department_id, hat in sorted({(p.department_id, hat) for p in actor.places for hat in HATS[p.seat]})
        if not _others_wear(session, person, department_id, hat)
    ]
    lies += [Duty.group_id == group_id for group_id in actor.group_ids if not _others_belong(session, person, group_id)]
    if not lies:
        return []
    query = select(Duty).options(joinedload(Duty.proposal)).where(Duty.closed_at.is_(None), or_(*lies))
    return list(session.scalars(query.order_by(Duty.due_on.is_(None), Duty.due_on, Duty.id).limit(NAMED)))


def _written(session: Session, *, name: str, email: str, language: str, phone: str = "") -> Person:
    insist(
        texts(LABELS, ("name", "email"), name=name, email=email, phone=phone)
        + email_form("email", email)
        + _wrong_language(language)
    )
    person = Person(name=name, phone=phone, language=language, active=True, created_at=clock.now())
    _write_email(session, person, email.lower())
    return person


def _others_wear(session: Session, person: Person, department_id: int, hat: Hat) -> bool:
    today = clock.today()
    seats = [seat for seat, hats in HATS.items() if hat in hats]
    query = (
        select(Tenure.id)
        .join(Tenure.post)
        .join(Tenure.person)
        .where(
            Post.department_id == department_id,
            Post.seat.in_(seats),
            Tenure.since <= today,
            or_(Tenure.until.is_(None), Tenure.until >= today),
            Person.active,
            Person.id != person.id,
        )
    )
    return session.scalar(query.limit(1)) is not None


def _others_belong(session: Session, person: Person, group_id: int) -> bool:
    today = clock.today()
    query = (
        select(Membership.id)
        .join(Membership.person)
        .where(
            Membership.group_id == group_id,
            Membership.since <= today,
            or_(Membership.until.is_(None), Membership.until >= today),
            Person.active,
            Person.id != person.id,
        )
    )
    return session.scalar(query.limit(1)) is not None


def _led_groups(session: Session, person: Person) -> Iterator[str]:
    query = (
        select(Group.name)
        .join(Membership, Membership.group_id == Group.id)
        .where(
            Membership.person_id == person.id,
            Membership.role == MemberRole.REPRESENTATIVE,
            or_(Membership.until.is_(None), Membership.until >= clock.today()),
        )
    )
    return iter(session.scalars(query.order_by(Group.id)))


def _write_email(session: Session, person: Person, email: str) -> None:
    """Send the row now, so that an e-mail somebody else has is told at its field also when both came at once."""
    try:
        with session.begin_nested():
            person.email = email
            person.session_key = secrets.token_urlsafe(32)
            session.add(person)
            session.flush()
    except IntegrityError as error:
        if broken_constraint(error) != "uq_person_email":
            raise
        raise refuse("email", TAKEN) from error


def _wrong_language(language: str) -> list[Missing]:
    if language in LANGUAGES:
        return []
    return [Missing("language", Word("言語を選んでください", "Choose a language."))]
