"""The people of Aobagawa: who they are, which posts they hold, which groups they belong to."""

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kyodo.demonstration.circles import CIRCLES
from kyodo.demonstration.cityhall import SECTIONS, STAFF
from kyodo.demonstration.jurors import COMMITTEE
from models import clock
from models.editions import begin_with
from models.people import Department, Group, Membership, Person, Post, Tenure
from models.process.actors import Actor, actor_of
from models.programme.library import DEFAULT

SINCE = date(2020, 4, 1)


@dataclass(frozen=True)
class Cast:
    """Everybody, by the first part of their address (`katsuragi`), and the groups and departments by key."""

    people: dict[str, Person]
    groups: dict[str, Group]
    departments: dict[str, Department]

    def actor(self, session: Session, who: str) -> Actor:
        """A person of the cast as an actor today. Raises KeyError."""
        return actor_of(session, self.people[who])


def engage(session: Session, password_hash: str = "") -> Cast:
    """Put departments, posts, people and groups into the database. password_hash: the one everybody signs in with."""
    begin_with(session, DEFAULT)
    departments: dict[str, Department] = {}
    for section in SECTIONS:
        parent = departments[section.parent] if section.parent else None
        departments[section.key] = Department(
            key=section.key,
            name=section.name,
            name_en=section.name_en,
            phone=section.phone,
            fax=section.fax,
            email=f"{section.key}@aobagawa.example",
            parent=parent,
        )
        session.add(departments[section.key])
    people: dict[str, Person] = {}
    for role in STAFF:
        person = _person(role.name, role.email, password_hash)
        post = Post(department=departments[role.department], seat=role.seat, name=role.post, name_en=role.post_en)
        session.add(Tenure(post=post, person=person, since=SINCE))
        people[role.email.split("@")[0]] = person
    for juror in COMMITTEE:
        people[juror.email.split("@")[0]] = person = _person(juror.name, juror.email, password_hash)
        session.add(person)
    groups: dict[str, Group] = {}
    for circle in CIRCLES:
        group = Group(
            name=circle.name,
            kind=circle.kind,
            purpose=circle.purpose,
            organisation=circle.organisation,
            finance=circle.finance,
            activities=circle.activities,
            resources=list(circle.resources),
            founded_on=circle.founded_on,
            has_rules=True,
            seat_in_city=True,
            created_at=clock.now(),
            confirmed_at=clock.now(),
        )
        groups[circle.key] = group
        for member in circle.members:
            person = _person(member.name, member.email, password_hash)
            session.add(Membership(group=group, person=person, role=member.role, since=SINCE))
            people[member.email.split("@")[0]] = person
    session.flush()
    return Cast(people, groups, departments)


def gather(session: Session) -> Cast:
    """The cast that is already in the database."""
    names = {circle.name: circle.key for circle in CIRCLES}
    return Cast(
        {person.email.split("@")[0]: person for person in session.scalars(select(Person))},
        {names[group.name]: group for group in session.scalars(select(Group)) if group.name in names},
        {department.key: department for department in session.scalars(select(Department))},
    )


def _person(name: str, email: str, password_hash: str) -> Person:
    return Person(
        name=name,
        email=email,
        password_hash=password_hash,
        session_key=secrets.token_urlsafe(32),
        created_at=clock.now(),
    )
