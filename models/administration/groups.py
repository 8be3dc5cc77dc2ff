"""Citizens' groups: added, described, their members and their representative, with the history kept (A11, A14)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import clock
from models.administration.checks import day_form, day_given, email_form, in_both, insist, refuse, take_turns, texts
from models.administration.record import FIELDS, Change, change_fields, note
from models.editions import partner_types
from models.groups.facts import wrong_facts
from models.people import Group, MemberRole, Membership, Person
from models.process.actors import Actor
from models.process.refusals import Missing
from models.words import Word

PROFILE = ("purpose", "organisation", "finance", "activities", "address", "phone", "email", "website")
"""What a group says of itself in its own words, besides its name and kind (A10)."""

BLANK: dict[str, Any] = dict.fromkeys(PROFILE, "") | {
    "founded_on": None,
    "active_since": None,
    "has_rules": None,
    "seat_in_city": None,
    "legal_form": "",
    "corporate_number": "",
    "resources": [],
}
"""Everything a group may say of itself, as it stands where nothing is said."""

LABELS = FIELDS | {"name": Word("団体の名称", "Name of the group")}


def add_group(
    session: Session,
    actor: Actor,
    representative: Person,
    *,
    name: str,
    kind: str,
    profile: Mapping[str, Any],
    confirmed: bool = True,
) -> Group:
    """A new group with its representative, from today on. Raises NotReady.

    profile: by field, see `BLANK`. confirmed: False for a group that registers itself and has to be looked at.
    """
    take_turns(session)
    insist(wrong_group(session, name, kind, profile))
    now = clock.now()
    group = Group(name=name, kind=kind, created_at=now, confirmed_at=now if confirmed else None, **{**BLANK, **profile})
    session.add(group)
    note(session, actor, Change.GROUP_ADDED if confirmed else Change.GROUP_REGISTERED, group, name=name)
    _join(session, actor, group, representative, MemberRole.REPRESENTATIVE)
    return group


def change_group(
    session: Session, actor: Actor, group: Group, *, name: str, kind: str, profile: Mapping[str, Any]
) -> bool:
    """Correct a group's name, kind or profile; answers whether anything changed. Raises NotReady.

    profile: by field; what is not among them stays as it is.
    """
    take_turns(session)
    insist(wrong_group(session, name, kind, profile, group))
    changed = change_fields(group, {"name": name, "kind": kind, **profile})
    if changed:
        note(session, actor, Change.GROUP_CHANGED, group, fields=changed)
    return bool(changed)


def add_member(session: Session, actor: Actor, group: Group, person: Person) -> Membership:
    """Let a person belong to the group from today on. Raises NotReady."""
    take_turns(session)
    if not person.active:
        sentence = Word("利用を停止している人は加えられません", "This person's account is stopped.")
        raise refuse("email", sentence)
    if any(membership.person_id == person.id for membership in _from_today(session, group)):
        raise refuse("email", Word("この人はすでにメンバーです", "This person is a member already."))
    return _join(session, actor, group, person, MemberRole.MEMBER)


def end_membership(session: Session, actor: Actor, membership: Membership, *, day: date | None) -> None:
    """Let a membership end with this day; the row stays. Raises NotReady, also for the representative."""
    take_turns(session)
    group, person = membership.group, membership.person
    own = [row for row in _from_today(session, group) if row.person_id == person.id]
    if membership not in own:
        return
    if any(row.role is MemberRole.REPRESENTATIVE for row in own):
        sentence = Word(
            "代表者のため、先に代表者を引き継いでください", "This is the representative. Hand that over first."
        )
        raise refuse("", sentence)
    last = day_given("day", day)
    if last < membership.since:
        sentence = Word("メンバーになった日（{day}）以後の日を入力してください", "Enter a day on or after {day}.")
        raise refuse("day", sentence.filled(day=in_both(membership.since)))
    if any(row.since > last for row in own if row is not membership):
        sentence = Word("この日より後の引継ぎが予定されています", "A handover is planned after this day.")
        raise refuse("day", sentence)
    if membership.until == last:
        return
    membership.until = last
    note(session, actor, Change.MEMBER_LEFT, group, person, person=person.name, group=group.name, day=last)


def hand_over_group(
    session: Session, actor: Actor, group: Group, *, person_id: int | None, day: date | None, leaves: bool = False
) -> None:
    """Make a member the representative from a day on; the one before stays a member or leaves the day before (A14).

    The same handover again changes nothing. Raises NotReady.
    """
    take_turns(session)
    before = representative(session, group)
    chosen = next((row for row in _from_today(session, group) if row.person_id == person_id), None)
    missing = day_form("day", day)
    if chosen is None or not chosen.person.active:
        missing.insert(0, Missing("person_id", Word("新しい代表者を選んでください", "Choose the new representative.")))
    insist(missing)
    assert chosen is not None
    assert day is not None
    first = day
    if before.person_id == chosen.person_id:
        if before.since == first:
            return
        raise refuse("person_id", Word("この人がすでに代表者です", "This person represents the group already."))
    if first <= before.since:
        sentence = Word(
            "{person}さんが代表者になった日（{day}）より後の日を入力してください",
            "Enter a day after {person} became the representative ({day}).",
        )
        raise refuse("day", sentence.filled(person=before.person.name, day=in_both(before.since)))
    if first < chosen.since or (chosen.until is not None and chosen.until < first):
        sentence = Word("この日に{person}さんはメンバーではありません", "{person} is no member on this day.")
        raise refuse("day", sentence.filled(person=chosen.person.name))
    before.until = first - timedelta(days=1)
    if not leaves:
        session.add(Membership(group=group, person=before.person, role=MemberRole.MEMBER, since=first))
    if chosen.since == first:
        chosen.role = MemberRole.REPRESENTATIVE
    else:
        chosen.until = first - timedelta(days=1)
        session.add(Membership(group=group, person=chosen.person, role=MemberRole.REPRESENTATIVE, since=first))
    names = {"person": chosen.person.name, "predecessor": before.person.name, "group": group.name, "day": first}
    note(session, actor, Change.REPRESENTATIVE_CHANGED, group, chosen.person, **names)
    if leaves:
        gone = {"person": before.person.name, "group": group.name, "day": before.until}
        note(session, actor, Change.MEMBER_LEFT, group, before.person, **gone)


def representative(session: Session, group: Group) -> Membership:
    """The membership that represents the group last: the one now, or the one planned. There always is one."""
    query = select(Membership).where(
        Membership.group_id == group.id, Membership.role == MemberRole.REPRESENTATIVE, Membership.until.is_(None)
    )
    return session.scalars(query.order_by(Membership.since.desc(), Membership.id.desc()).limit(1)).one()


def members(session: Session, group: Group, day: date) -> list[Membership]:
    """Who belongs to the group on a day, the representative first."""
    query = select(Membership).where(
        Membership.group_id == group.id,
        Membership.since <= day,
        or_(Membership.until.is_(None), Membership.until >= day),
    )
    found = session.scalars(query.order_by(Membership.id)).all()
    return sorted(found, key=lambda row: row.role is not MemberRole.REPRESENTATIVE)


def _from_today(session: Session, group: Group) -> list[Membership]:
    query = select(Membership).where(
        Membership.group_id == group.id, or_(Membership.until.is_(None), Membership.until >= clock.today())
    )
    return list(session.scalars(query.order_by(Membership.since.desc(), Membership.id.desc())))


def _join(session: Session, actor: Actor, group: Group, person: Person, role: MemberRole) -> Membership:
    membership = Membership(group=group, person=person, role=role, since=clock.today())
    session.add(membership)
    note(
        session, actor, Change.MEMBER_JOINED, group, person,
        person=person.name, group=group.name, day=membership.since,
    )  # fmt: skip
    return membership


def wrong_group(
    session: Session, name: str, kind: str, profile: Mapping[str, Any], group: Group | None = None
) -> list[Missing]:
    """What is wrong with a group's name, kind and profile; `group`: whose they are, when it is there already."""
    words = ("legal_form", "corporate_number", *PROFILE)
    found = texts(LABELS, ("name",), name=name, **{key: profile.get(key, "") for key in words})
    found += email_form("email", profile.get("email", ""))
    found += wrong_facts(profile)
    if kind not in {choice.key for choice in partner_types(session)}:
        found.append(Missing("kind", Word("団体の種類を選んでください", "Choose the kind of group.")))
    website = profile.get("website", "")
    if website and not website.startswith(("https://", "http://")):
        sentence = Word("https:// から始まるアドレスを入力してください", "Enter an address that begins with https://.")
        found.append(Missing("website", sentence))
    same = select(Group.id).where(Group.name == name, Group.id != (group.id if group is not None else 0))
    if session.scalar(same.limit(1)) is not None:
        sentence = Word(
            "同じ名称の団体があります。別の団体なら、地区名などを加えて区別してください",
            "There is a group of this name. If it is another one, add its district or the like.",
        )
        found.append(Missing("name", sentence))
    return found
