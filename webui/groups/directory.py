"""What everybody reads: the list of groups, and one group with what it discloses and what came of its proposals (N03)."""

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from models.editions import kind_in_words, partner_types
from models.groups.directory import directory, public_group
from models.groups.invitations import invitations_for
from models.groups.membership import is_member
from models.groups.profile import public_profile, resources_of
from models.public_list import Wanted, public_list
from webui.access import current_actor, current_person, public, reader
from webui.database import db
from webui.groups.links import address_of
from webui.paging import neighbours, place_asked
from webui.public.cases import line_of
from webui.public.freshness import kept_briefly


@public
def groups() -> Response:
    """The list with its search; a member finds the own groups on top, and invitations that wait."""
    kinds = [(choice.key, choice.label) for choice in partner_types(db())]
    sought, kind = request.args.get("q", "").strip(), request.args.get("kind", "")
    kind = kind if kind in dict(kinds) else ""
    found = directory(db(), sought, kind, place_asked())
    previous, following = neighbours(found)
    signed_in = reader() is not None
    return kept_briefly(
        render_template(
            "groups/directory.html",
            sought=sought,
            kind=kind,
            kinds=kinds,
            lines=[(entry, kind_in_words(db(), entry.kind)) for entry in found.rows],
            own=current_actor().belongings if signed_in else (),
            invited=[(i, address_of(i)) for i in invitations_for(db(), current_person())] if signed_in else [],
            previous=previous,
            following=following,
        )
    )


@public
def profile(group_id: int) -> Response:
    """One group. A group nobody has confirmed looks like one that does not exist."""
    found = public_group(db(), group_id)
    if found is None:
        abort(404)
    page = public_list(db(), Wanted(group_id=found.id), place_asked())
    previous, following = neighbours(page)
    return kept_briefly(
        render_template(
            "groups/profile.html",
            group=found,
            kind=kind_in_words(db(), found.kind),
            profile=public_profile(db(), found),
            resources=resources_of(found),
            lines=[line_of(case) for case in page.rows],
            mine=reader() is not None and is_member(current_actor(), found),
            previous=previous,
            following=following,
        )
    )
