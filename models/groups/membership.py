"""Who may do what in a group: every member keeps the profile, the representative the members (A14)."""

from models.people import Group, MemberRole
from models.process.actors import Actor
from models.process.refusals import NotAllowed
from models.words import Word


def is_member(actor: Actor, group: Group) -> bool:
    """Whether the actor belongs to the group today."""
    return group.id in actor.group_ids


def represents(actor: Actor, group: Group) -> bool:
    """Whether the actor represents the group today."""
    return any(b.group_id == group.id and b.role is MemberRole.REPRESENTATIVE for b in actor.belongings)


def insist_member(actor: Actor, group: Group) -> None:
    """Raise NotAllowed for whoever does not belong to the group."""
    if not is_member(actor, group):
        raise NotAllowed(Word("この団体のメンバーだけができます。", "Only members of the group can do this."))


def insist_representative(actor: Actor, group: Group) -> None:
    """Raise NotAllowed for whoever does not represent the group."""
    if not represents(actor, group):
        raise NotAllowed(Word("この団体の代表者だけができます。", "Only the group's representative can do this."))
