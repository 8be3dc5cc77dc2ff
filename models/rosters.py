"""会員名簿・役員名簿: a group's list of members, personal data kept to check conditions, and each look the city takes at it.

Only the group's own members read it, and the program office while it has a case of the group; never the public.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, case, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from models import clock
from models.administration.record import Change, note
from models.base import Base
from models.groups.membership import insist_member
from models.people import Group, Seat
from models.process.actors import Actor
from models.process.refusals import Missing, NotAllowed, NotReady
from models.process.vocabulary import ENDS
from models.proposals import Proposal
from models.words import Word

MOST_LINES = 1000
LENGTHS = {"name": 80, "address": 200, "office": 60}
LABELS = {
    "name": Word("氏名", "Name"),
    "address": Word("住所または地区", "Address or district"),
    "office": Word("役職", "Office"),
}
HEADS = frozenset({"氏名", "名前", "name"})
"""First cells of a line that names the columns."""
NO_OFFICE = frozenset({"会員", "一般", "なし", "無", "-", "ー", "―"})
IN_CITY = frozenset({"在住", "在勤", "在学", *(f"{body}内" for body in "市区町村県圏域"), "はい", "○", "〇", "yes"})
OUTSIDE = frozenset({*(f"{body}外" for body in "市区町村県圏域"), "いいえ", "×", "no"})


class RosterEntry(Base):
    """One person on a group's list of members; not an account, and not necessarily somebody who has one."""

    __tablename__ = "roster_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("citizens_group.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(200))
    office: Mapped[str] = mapped_column(String(60), default="")
    """役職: 会長, 会計; empty for a member without one."""
    in_city: Mapped[bool | None]
    """Lives, works or studies in the city (在住・在勤・在学); None: not said."""


class RosterLook(Base):
    """A look somebody of the city took at a group's list. Never changed, never deleted."""

    __tablename__ = "roster_look"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("citizens_group.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Counts:
    """What conditions ask of a list: how many belong, hold an office, live, work or study in the city.

    unsaid: of how many it is not said whether they do; they do not count as in the city.
    """

    members: int = 0
    officers: int = 0
    in_city: int = 0
    unsaid: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One person as typed."""

    name: str
    address: str
    office: str = ""
    in_city: bool | None = None


def counts(group: Group) -> Counts:
    """The numbers of a group's list; all zero where it keeps none. Raises LookupError outside a session."""
    session = object_session(group)
    if session is None:
        raise LookupError(f"Group {group.id} is read outside a session.")
    query = select(
        func.count(),
        func.coalesce(func.sum(case((RosterEntry.office != "", 1), else_=0)), 0),
        func.coalesce(func.sum(case((RosterEntry.in_city.is_(True), 1), else_=0)), 0),
        func.coalesce(func.sum(case((RosterEntry.in_city.is_(None), 1), else_=0)), 0),
    ).where(RosterEntry.group_id == group.id)
    return Counts(*session.execute(query).one())


def read_lines(text: str) -> tuple[dict[int, Line], list[Missing]]:
    """People out of pasted lines: name, address, office, in the city; by commas or, as from a spreadsheet, by tabs.

    Answers the people by the number of their line, and a sentence for every line that cannot be read.
    """
    found: dict[int, Line] = {}
    faults: list[Missing] = []
    seen: dict[tuple[str, str], int] = {}
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        sentence = Word("一度に{n}行までです", "At most {n} lines at once.").filled(n=MOST_LINES)
        return {}, [Missing("lines", sentence)]
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in line.split("\t")] if "\t" in line else _cells(line)
        if not any(cells) or (number == 1 and cells[0].lower() in HEADS):
            continue
        problem = _problem(cells)
        person = _line(cells)
        first = seen.setdefault((person.name, person.address), number)
        if problem is None and first != number:
            problem = Word("{n}行目と同じ人です", "the same person as in line {n}").filled(n=first)
        if problem is None:
            found[number] = person
        else:
            faults.append(_at_line(number, problem))
    if not found and not faults:
        faults.append(Missing("lines", Word("1行に1人ずつ入力してください", "Enter one person per line.")))
    return found, faults


def import_lines(session: Session, actor: Actor, group: Group, text: str, *, replace: bool) -> int:
    """Take people from pasted lines, instead of those on the list or besides them; answers how many are on it then.

    All or nothing: raises NotReady with every fault, and NotAllowed for whoever is no member.
    """
    insist_member(actor, group)
    lines, faults = read_lines(text)
    if not replace:
        known = {(entry.name, entry.address) for entry in entries(session, group)}
        there = Word("すでに名簿にある人です", "on the list already")
        faults += [_at_line(n, there) for n, line in lines.items() if (line.name, line.address) in known]
        if len(known) + len(lines) > MOST_LINES:
            sentence = Word("名簿は{n}人までです", "The list holds at most {n} people.").filled(n=MOST_LINES)
            faults.append(Missing("lines", sentence))
    if faults:
        raise NotReady(faults)
    if replace:
        session.execute(delete(RosterEntry).where(RosterEntry.group_id == group.id))
    session.add_all(
        RosterEntry(group_id=group.id, name=line.name, address=line.address, office=line.office, in_city=line.in_city)
        for line in lines.values()
    )
    return _noted(session, actor, group)


def change_entry(session: Session, actor: Actor, group: Group, entry: RosterEntry, line: Line) -> None:
    """Correct one person. Raises NotReady, and NotAllowed for whoever is no member."""
    insist_member(actor, group)
    missing = []
    for field, value in (("name", line.name), ("address", line.address), ("office", line.office)):
        label, limit = LABELS[field], LENGTHS[field]
        if not value and field != "office":
            missing.append(Missing(field, Word("{label}を入力してください", "Enter: {label}.").filled(label=label)))
        elif len(value) > limit:
            sentence = Word("{label}は{n}文字までで入力してください", "{label}: at most {n} characters.")
            missing.append(Missing(field, sentence.filled(label=label, n=limit)))
    if missing:
        raise NotReady(missing)
    entry.name, entry.address, entry.in_city = line.name, line.address, line.in_city
    entry.office = "" if line.office in NO_OFFICE else line.office
    _noted(session, actor, group)


def remove_entry(session: Session, actor: Actor, group: Group, entry: RosterEntry) -> None:
    """Take one person off the list. Raises NotAllowed for whoever is no member."""
    insist_member(actor, group)
    session.delete(entry)
    _noted(session, actor, group)


def entries(session: Session, group: Group) -> Sequence[RosterEntry]:
    """Who is on the list, officers first. Asked for only by pages that have made sure who reads."""
    query = select(RosterEntry).where(RosterEntry.group_id == group.id)
    return session.scalars(query.order_by(RosterEntry.office == "", RosterEntry.id)).all()


def may_look(session: Session, actor: Actor, group: Group) -> bool:
    """Whether the actor works in the program office of a case of this group that is not over."""
    places = {p.department_id for p in actor.places if p.seat in (Seat.OFFICER, Seat.SECTION_HEAD)}
    if group.id in actor.group_ids or not places:
        return False
    query = select(Proposal.id).where(
        Proposal.group_id == group.id,
        Proposal.submitted_at.is_not(None),
        Proposal.desk_id.in_(places),
        Proposal.state.not_in(ENDS),
    )
    return session.scalar(query.limit(1)) is not None


def look(session: Session, actor: Actor, group: Group) -> Sequence[RosterEntry]:
    """Read the list as the city, which is written down for the group to see. Raises NotAllowed (compare `may_look`)."""
    if actor.person_id is None or not may_look(session, actor, group):
        raise NotAllowed(Word("この名簿は見られません。", "You cannot read this list."))
    body = next(p.department for p in actor.places if p.seat in (Seat.OFFICER, Seat.SECTION_HEAD))
    session.add(RosterLook(group_id=group.id, person_id=actor.person_id, name=actor.name, body=body, at=clock.now()))
    session.flush()
    return entries(session, group)


def looks(session: Session, group: Group, most: int = 50) -> Sequence[RosterLook]:
    """Who of the city has read the list, the latest first."""
    query = select(RosterLook).where(RosterLook.group_id == group.id)
    return session.scalars(query.order_by(RosterLook.id.desc()).limit(most)).all()


def _noted(session: Session, actor: Actor, group: Group) -> int:
    """The record says how many are on the list, and never who."""
    session.flush()
    number = counts(group).members
    note(session, actor, Change.ROSTER_CHANGED, group, number=str(number))
    return number


def _at_line(number: int, problem: Word) -> Missing:
    """A fault by the number of its line: nobody's name stands in it."""
    return Missing("lines", Word("{n}行目：{problem}", "Line {n}: {problem}.").filled(n=number, problem=problem))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"[,，]", line)]


def _problem(cells: list[str]) -> Word | None:
    if len(cells) > 4:
        return Word(
            "列が多すぎます。氏名、住所、役職、市内の順に、4つまでです",
            "too many columns: name, address, office, in the city",
        )
    for cell, (field, limit) in zip(cells, LENGTHS.items(), strict=False):
        if len(cell) > limit:
            return Word("{label}は{n}文字までです", "{label}: at most {n} characters").filled(
                label=LABELS[field], n=limit
            )
    if not cells[0]:
        return Word("氏名がありません", "the name is missing")
    if len(cells) < 2 or not cells[1]:
        return Word("住所または地区がありません", "the address or district is missing")
    if len(cells) == 4 and cells[3] and _in_city(cells[3]) is None:
        return Word(
            "市内かどうかは、在住・在勤・在学・市外のどれかで書いてください",
            "say 在住, 在勤, 在学 or 市外 in the fourth column",
        )
    return None


def _line(cells: list[str]) -> Line:
    name, address, office, place = [*cells, "", "", "", ""][:4]
    return Line(name, address, "" if office in NO_OFFICE else office, _in_city(place))


def _in_city(text: str) -> bool | None:
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if plain in IN_CITY:
        return True
    return False if plain in OUTSIDE else None
