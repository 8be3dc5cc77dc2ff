"""この制度のきまり: the rules in force, those of every edition, and every change with its date and reason (W01, L03)."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, render_template, url_for
from werkzeug.wrappers import Response

from models.editions import editions_in_force, key_of, number_of, rules_of
from models.programme.schema import Programme
from models.revisions import Revision, changes, programmes_held, revision, revisions
from models.words import Word
from webui.access import public
from webui.database import db
from webui.public.freshness import kept_briefly
from webui.rules import by_section, rules_shown


@dataclass(frozen=True, slots=True)
class Step:
    """An edition that came in force: its number and address, when, why, and what it changed."""

    number: int
    address: str
    since: datetime | None
    """None: since there is a programme."""
    until: datetime | None
    reason: str
    first: bool
    changes: list[tuple[str, list[str]]]


@public
def rules() -> Response:
    """The rules under which new cases begin now; the city's first programme, and the way to the others."""
    first, *others = editions_in_force(db())
    found = revision(db(), key_of(first), number_of(first))
    if found is None:
        abort(404)
    return _shown(found, current=True, others=[_way(edition_id) for edition_id in others])


@public
def rules_of_edition(key: str, number: int) -> Response:
    """The rules of one edition that holds or held; a case stands on it."""
    found = revision(db(), key, number)
    if found is None:
        abort(404)
    return _shown(found, current=False, others=[])


@public
def rule_changes() -> Response:
    """Every edition in force so far, with when, why, and what changed."""
    held = [revisions(db(), key) for key in programmes_held(db())]
    histories = [(rules_of(db(), found[0].edition.id).name, [_step(one) for one in found]) for found in held]
    return kept_briefly(render_template("public/rule_changes.html", histories=histories))


def _shown(found: Revision, *, current: bool, others: list[tuple[Word, str]]) -> Response:
    said: Programme = rules_of(db(), found.edition.id)
    latest = revisions(db(), found.edition.key)[0]
    return kept_briefly(
        render_template(
            "public/rules.html",
            step=_step(found),
            latest=None if latest.edition.id == found.edition.id else _step(latest),
            current=current,
            others=others,
            **rules_shown(said),
        )
    )


def _way(edition_id: str) -> tuple[Word, str]:
    address = url_for("public.rules_of_edition", key=key_of(edition_id), number=number_of(edition_id))
    return rules_of(db(), edition_id).name, address


def _step(found: Revision) -> Step:
    edition, before = found.edition, found.before
    return Step(
        number=edition.number,
        address=url_for("public.rules_of_edition", key=edition.key, number=edition.number),
        since=None if found.from_the_beginning else edition.in_force_from,
        until=found.until,
        reason=edition.reason,
        first=before is None,
        changes=by_section(changes(db(), before.id, edition.id)) if before else [],
    )
