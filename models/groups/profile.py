"""What a group says of itself, how each item is called, and how much of it the public reads (A08, A10)."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import clock
from models.administration.checks import in_both, insist, take_turns
from models.administration.groups import PROFILE, change_group
from models.administration.record import FIELDS, RESOURCES, Change, change_fields, note
from models.groups.facts import FACTS
from models.groups.membership import insist_member
from models.people import Group, Membership, Person, Resource
from models.process.actors import Actor
from models.process.refusals import Missing
from models.words import Word

ITEMS = (*PROFILE, *FACTS)
"""Everything a group may disclose or keep to itself. Which resources it offers is public as soon as it says so."""

COMPANY = "company"
"""Key of the kind of group that says which resources it brings (A08)."""

YES, NO = Word("はい", "Yes"), Word("いいえ", "No")


def change_profile(
    session: Session, actor: Actor, group: Group, *, name: str, kind: str, profile: Mapping[str, Any]
) -> bool:
    """Correct what the group says of itself, by any of its members; answers whether anything changed.

    profile: by field, texts, facts and resources. Raises NotReady, and NotAllowed for whoever is no member.
    """
    insist_member(actor, group)
    if kind == COMPANY and not profile.get("resources"):
        sentence = Word("企業は、持ち寄れる資源を選んでください", "A company chooses what it can bring.")
        insist([Missing("resources", sentence)])
    return change_group(session, actor, group, name=name, kind=kind, profile=profile)


def disclose(session: Session, actor: Actor, group: Group, items: Collection[str]) -> bool:
    """Make exactly these items public; answers whether anything changed.

    Raises NotReady for an unknown item or a member's own contact, and NotAllowed for whoever is no member.
    """
    insist_member(actor, group)
    take_turns(session)
    if not set(items) <= set(ITEMS):
        insist([Missing("disclosed", Word("項目を選び直してください", "Choose among the items."))])
    private = [FIELDS[item] for item in items if _is_private(session, group, item)]
    if private:
        sentence = Word(
            "{label}はメンバー個人のものなので、公開できません。団体の連絡先に直してから公開してください",
            "{label} is a member's own and cannot be public. Enter one of the group's first.",
        )
        insist([Missing("disclosed", sentence.filled(label=private[0]))])
    changed = change_fields(group, {"disclosed": [item for item in ITEMS if item in items]})
    if changed:
        note(session, actor, Change.GROUP_CHANGED, group, fields=changed)
    return bool(changed)


def public_profile(session: Session, group: Group) -> list[tuple[Word, str, Word]]:
    """What the public reads of the group: each item's name, its key and what it says. Never a member's own contact."""
    found = []
    for item in ITEMS:
        said = said_of(group, item)
        if item in group.disclosed and said is not None and not _is_private(session, group, item):
            found.append((FIELDS[item], item, said))
    return found


def said_of(group: Group, item: str) -> Word | None:
    """What the group says at an item, in words; None where it says nothing."""
    value = getattr(group, item)
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return in_both(value)
    return Word(value, value)


def resources_of(group: Group) -> list[Word]:
    """What the group brings into a collaboration (A08)."""
    return [RESOURCES[key] for key in Resource if key in group.resources]


def _is_private(session: Session, group: Group, item: str) -> bool:
    """Whether what stands at this item is a member's own telephone or e-mail."""
    if item not in ("phone", "email") or not getattr(group, item):
        return False
    query = (
        select(Person.email, Person.phone)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.group_id == group.id, or_(Membership.until.is_(None), Membership.until >= clock.today()))
    )
    own = {_bare(contact) for row in session.execute(query) for contact in row}
    return _bare(getattr(group, item)) in own


def _bare(contact: str) -> str:
    """An e-mail in lower case, a telephone number without what stands between its digits."""
    return contact.lower() if "@" in contact else "".join(c for c in contact if c.isdigit())
