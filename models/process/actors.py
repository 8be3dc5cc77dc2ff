"""Who acts, and which hats that person wears on one proposal (design §4)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session

from models import clock
from models.history import Duty
from models.opinions import Opinion
from models.people import Department, Group, MemberRole, Membership, Person, Post, Seat, Tenure
from models.process.vocabulary import Hat, State
from models.proposals import Proposal

WORKING = (Seat.OFFICER, Seat.SECTION_HEAD)
"""Who does a section's work."""


@dataclass(frozen=True, slots=True)
class Place:
    """A post somebody holds today."""

    seat: Seat
    department_id: int
    department: str
    post: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """A group somebody belongs to today."""

    group_id: int
    group: str
    role: MemberRole


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with today's posts and memberships, or Kyodo itself."""

    person_id: int | None
    name: str
    places: tuple[Place, ...] = ()
    belongings: tuple[Belonging, ...] = ()

    @property
    def is_staff(self) -> bool:
        """Holds a post at the city hall."""
        return bool(self.places)

    @property
    def is_administrator(self) -> bool:
        """May change posts, people and departments."""
        return any(place.seat is Seat.ADMINISTRATOR for place in self.places)

    @property
    def works_in(self) -> tuple[int, ...]:
        """Departments whose work the person does."""
        return tuple(place.department_id for place in self.places if place.seat in WORKING)

    @property
    def group_ids(self) -> tuple[int, ...]:
        """Groups the person belongs to."""
        return tuple(belonging.group_id for belonging in self.belongings)


SYSTEM = Actor(None, "Kyodo")
"""Kyodo itself, acting because a date has come."""


_HELD = (
    select(Post.seat, Post.department_id, Department.name, Post.name)
    .join(Tenure, Tenure.post_id == Post.id)
    .join(Department, Department.id == Post.department_id)
    .where(
        Tenure.person_id == bindparam("person_id"),
        Tenure.since <= bindparam("day"),
        or_(Tenure.until.is_(None), Tenure.until >= bindparam("day")),
    )
    .order_by(Post.id)
)
_BELONGED_TO = (
    select(Group.id, Group.name, Membership.role)
    .join(Membership, Membership.group_id == Group.id)
    .where(
        Membership.person_id == bindparam("person_id"),
        Membership.since <= bindparam("day"),
        or_(Membership.until.is_(None), Membership.until >= bindparam("day")),
    )
    .order_by(Group.id)
)


def actor_of(session: Session, person: Person, today: date | None = None) -> Actor:
    """The person as an actor, with the posts and memberships that hold on `today` (Tokyo)."""
    asked = {"person_id": person.id, "day": today or clock.today()}
    return Actor(
        person.id,
        person.name,
        tuple(Place(*row) for row in session.execute(_HELD, asked)),
        tuple(Belonging(*row) for row in session.execute(_BELONGED_TO, asked)),
    )


def hats_of(actor: Actor, proposal: Proposal) -> frozenset[Hat]:
    """The hats an actor wears on a proposal.

    Whoever belongs to the proposing group wears no hat of the city on it, whatever post they hold. What was never
    handed in is the group's alone, also after it was given up; but what the office types for a group the office reads.
    """
    if actor.person_id is None:
        return frozenset({Hat.SYSTEM})
    roles = {b.role for b in actor.belongings if b.group_id == proposal.group_id}
    roles |= {MemberRole.MEMBER for b in actor.belongings if b.group_id in proposal.partner_group_ids}
    if roles:
        return frozenset({Hat.MEMBER} | ({Hat.REPRESENTATIVE} if MemberRole.REPRESENTATIVE in roles else set()))
    if not actor.places:
        return frozenset()
    if proposal.submitted_at is None:
        return (
            frozenset({Hat.DESK}) if typed_by_office(proposal) and proposal.desk_id in actor.works_in else frozenset()
        )
    hats = set()
    for place in actor.places:
        if place.seat is Seat.DEPARTMENT_HEAD:
            if place.department_id == head_department_id(proposal):
                hats.add(Hat.HEAD)
            continue
        if place.seat is Seat.ADMINISTRATOR:
            continue
        if place.department_id == proposal.desk_id:
            hats.add(Hat.DESK)
        if place.department_id in proposal.asked_section_ids:
            hats.add(Hat.ADVISER)
        if place.department_id == proposal.section_id:
            hats.add(Hat.SECTION)
            if place.seat is Seat.SECTION_HEAD:
                hats.add(Hat.SECTION_HEAD)
    return frozenset(hats)


def typed_by_office(proposal: Proposal) -> bool:
    """Whether the program office is typing it for the group, from paper or a conversation (N07)."""
    return proposal.entered_by_id is not None and proposal.state is State.DRAFT


def head_department_id(proposal: Proposal) -> int | None:
    """The department (部) whose head answers for the proposal now."""
    office = proposal.section if proposal.section_id is not None and proposal.section else proposal.desk
    return office.parent_id or office.id


def body_of(actor: Actor, hat: Hat, proposal: Proposal) -> str:
    """The group or department an actor acts for under a hat."""
    if hat is Hat.SYSTEM:
        return "Kyodo"
    if hat in (Hat.MEMBER, Hat.REPRESENTATIVE):
        own = {b.group_id: b.group for b in actor.belongings}
        return next(own[group_id] for group_id in proposal.group_ids if group_id in own)
    if hat is Hat.HEAD:
        wanted = head_department_id(proposal)
    elif hat is Hat.ADVISER:
        wanted = asked_of(actor, proposal)[0].section_id
    else:
        wanted = proposal.desk_id if hat is Hat.DESK else proposal.section_id
    return next(place.department for place in actor.places if place.department_id == wanted)


def staffed(session: Session, department_id: int, seats: Collection[Seat]) -> bool:
    """Whether somebody holds such a post in the department today."""
    return session.scalar(in_posts(department_id, seats).limit(1)) is not None


def in_posts(department_id: int, seats: Collection[Seat]) -> Select[Person]:
    """The active people who hold such a post in the department today."""
    day = clock.today()
    return (
        select(Person)
        .join(Tenure, Tenure.person_id == Person.id)
        .join(Post, Post.id == Tenure.post_id)
        .where(
            Post.department_id == department_id,
            Post.seat.in_(seats),
            Tenure.since <= day,
            or_(Tenure.until.is_(None), Tenure.until >= day),
            Person.active,
        )
        .order_by(Person.id)
    )


def asked_of(actor: Actor, proposal: Proposal) -> list[Opinion]:
    """The opinions that sections in which the actor works still owe."""
    return [o for o in proposal.opinions if o.given_at is None and o.section_id in actor.works_in]


def bearers(session: Session, proposal: Proposal, duties: Collection[Duty]) -> list[Person]:
    """Everybody with whom one of these duties of the proposal lies; an opinion, with the section asked for it alone."""
    asked = [duty.department_id for duty in duties if duty.hat is Hat.ADVISER]
    return holders(session, proposal, frozenset(duty.hat for duty in duties), advising=asked)


def holders(
    session: Session, proposal: Proposal, hats: frozenset[Hat], *, advising: Collection[int | None] | None = None
) -> list[Person]:
    """Every active person who wears one of the hats on the proposal today, in a fixed order (compare `hats_of`).

    advising: of the sections that were asked for their opinion only these; None: all of them.
    """
    day = clock.today()
    found: dict[int, Person] = {}
    belongs = (
        Membership.group_id.in_(proposal.group_ids),
        Membership.since <= day,
        or_(Membership.until.is_(None), Membership.until >= day),
    )
    if hats & {Hat.MEMBER, Hat.REPRESENTATIVE}:
        members = select(Person).join(Membership, Membership.person_id == Person.id).where(*belongs, Person.active)
        if Hat.MEMBER not in hats:
            leading = Membership.group_id == proposal.group_id
            members = members.where(Membership.role == MemberRole.REPRESENTATIVE, leading)
        found.update((person.id, person) for person in session.scalars(members))
    asked = proposal.asked_section_ids if advising is None else advising
    for hat, seats, department_id in (
        *((Hat.ADVISER, WORKING, section_id) for section_id in asked),
        (Hat.DESK, WORKING, proposal.desk_id),
        (Hat.SECTION, WORKING, proposal.section_id),
        (Hat.SECTION_HEAD, (Seat.SECTION_HEAD,), proposal.section_id),
        (Hat.HEAD, (Seat.DEPARTMENT_HEAD,), head_department_id(proposal)),
    ):
        if hat in hats and department_id is not None and proposal.submitted_at is not None:
            belonging = select(Membership.person_id).where(*belongs)
            staff = in_posts(department_id, seats).where(Person.id.not_in(belonging))
            found.update((person.id, person) for person in session.scalars(staff))
    return [found[key] for key in sorted(found)]
