"""Works open to proposals and local problems: entered, corrected, closed by their section, all by the program office."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.administration.checks import EARLIEST_YEAR, insist, refuse
from models.administration.record import Change, change_fields, note
from models.calendar import fiscal_year
from models.office import works_in_office
from models.openings import LABELS, Opening, OpeningKind
from models.people import Department
from models.process.actors import Actor
from models.process.refusals import Missing, NotAllowed
from models.words import Word

LENGTHS = {"title": 120, "text": 1000, "wish": 1000, "since": 40, "source": 200, "because": 400}
"""Characters of each text; asked of what is typed, and shown on the form."""

OPTIONAL = {OpeningKind.WORK: ("since",), OpeningKind.PROBLEM: ("wish",)}


def sections_to_enter_for(session: Session, actor: Actor) -> list[Department]:
    """The sections for which somebody may enter something: their own, or all for the program office."""
    query = select(Department).where(Department.closed_on.is_(None)).order_by(Department.id)
    if not works_in_office(session, actor):
        query = query.where(Department.id.in_(actor.works_in))
    return list(session.scalars(query))


def may_change(session: Session, actor: Actor, opening: Opening) -> bool:
    """Whether the actor looks after this entry."""
    return opening.section_id in actor.works_in or works_in_office(session, actor)


def enter(session: Session, actor: Actor, kind: OpeningKind, values: Mapping[str, Any]) -> Opening:
    """A new entry. values: by the names of its fields, `section_id` for the section. Raises NotReady."""
    written = _checked(session, actor, kind, values)
    opening = Opening(kind=kind, changed_at=clock.now(), **written)
    session.add(opening)
    note(session, actor, Change.OPENING_ADDED, opening, name=opening.title)
    return opening


def correct(session: Session, actor: Actor, opening: Opening, values: Mapping[str, Any]) -> bool:
    """Correct an entry; answers whether anything changed. Raises NotAllowed and NotReady."""
    _insist_on_own(session, actor, opening)
    before = opening.section.name
    changed = change_fields(opening, _checked(session, actor, opening.kind, values, opening.section_id))
    if "section_id" in changed:
        del changed["section_id"]
        changed["section"] = [before, session.get_one(Department, opening.section_id).name]
    if changed:
        opening.changed_at = clock.now()
        note(session, actor, Change.OPENING_CHANGED, opening, name=opening.title, fields=changed)
        session.expire(opening, ["section"])
    return bool(changed)


def close(session: Session, actor: Actor, opening: Opening, because: str) -> None:
    """No more proposals begin from it; the page stays, with the reason. Raises NotAllowed and NotReady."""
    _insist_on_own(session, actor, opening)
    if opening.closed_at is not None:
        raise refuse("", Word("すでに受付を終了しています。", "It is closed already."))
    insist(list(_text("because", because, BECAUSE)))
    opening.closed_at = opening.changed_at = clock.now()
    opening.closed_because = because.strip()
    note(session, actor, Change.OPENING_CLOSED, opening, name=opening.title, reason=opening.closed_because)


def reopen(session: Session, actor: Actor, opening: Opening) -> None:
    """Proposals may begin from it again; a second time it changes nothing. Raises NotAllowed."""
    _insist_on_own(session, actor, opening)
    if opening.closed_at is not None:
        opening.closed_at, opening.closed_because, opening.changed_at = None, "", clock.now()
        note(session, actor, Change.OPENING_REOPENED, opening, name=opening.title)


BECAUSE = Word("終了する理由", "Why it is closed")


def _insist_on_own(session: Session, actor: Actor, opening: Opening) -> None:
    if not may_change(session, actor, opening):
        raise NotAllowed(
            Word("担当課と市民協働課だけが変更できます。", "Only its section and the program office can change it.")
        )


def _checked(
    session: Session, actor: Actor, kind: OpeningKind, values: Mapping[str, Any], stays: int = 0
) -> dict[str, Any]:
    """The values as they are kept. stays: the section that it has already, which may have been closed since."""
    found: list[Missing] = []
    labels = LABELS[kind]
    written: dict[str, Any] = {}
    for name, label in labels.items():
        value = values.get(name)
        if name in LENGTHS:
            text = written[name] = str(value or "").strip()
            found += _text(name, text, label, required=name not in OPTIONAL[kind])
        elif name == "known_on":
            written[name] = value
            found += _day(value, label)
        elif name == "fiscal_year":
            written[name] = value
            if not isinstance(value, int) or not EARLIEST_YEAR <= value <= fiscal_year(clock.today()) + 1:
                found.append(Missing(name, Word("見直した年度を選んでください。", "Choose the fiscal year.")))
    written["section_id"] = section_id = values.get("section_id")
    if section_id != stays and section_id not in {one.id for one in sections_to_enter_for(session, actor)}:
        found.append(Missing("section_id", Word("担当課を選んでください。", "Choose the section.")))
    insist(found)
    return written


def _text(name: str, text: str, label: Word, *, required: bool = True) -> list[Missing]:
    if required and not text.strip():
        sentence = Word("「{label}」を入力してください。", "Enter “{label}”.")
        return [Missing(name, sentence.filled(label=label))]
    if len(text) > LENGTHS[name]:
        sentence = Word("「{label}」は{n}文字までで入力してください。", "Write at most {n} characters for “{label}”.")
        return [Missing(name, sentence.filled(label=label, n=LENGTHS[name]))]
    return []


def _day(value: date | None, label: Word) -> list[Missing]:
    if value is None or value > clock.today():
        sentence = Word(
            "「{label}」は今日までの日付を入力してください。", "Enter a day, today at the latest, for “{label}”."
        )
        return [Missing("known_on", sentence.filled(label=label))]
    return []
