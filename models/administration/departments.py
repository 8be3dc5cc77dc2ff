"""Departments (部) and their sections (課): added, renamed, closed once nothing lies with them any more."""

import re
import unicodedata
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from models.administration.checks import day_given, email_form, insist, refuse, take_turns, texts
from models.administration.record import FIELDS, Change, change_fields, note
from models.history import Duty
from models.office import PROGRAM_OFFICE
from models.people import Department, Person, Post, Tenure
from models.process.actors import Actor
from models.process.labels import DUTIES
from models.process.refusals import Missing
from models.process.vocabulary import ENDS
from models.proposals import Proposal
from models.words import Word

NAMED = 10
"""How many of the things in the way of closing are named."""


def add_department(
    session: Session,
    actor: Actor,
    *,
    name: str,
    name_en: str = "",
    phone: str = "",
    fax: str = "",
    email: str = "",
    parent_id: int | None = None,
    leads: bool = False,
) -> Department:
    """A new department, or a section within one. Raises NotReady."""
    take_turns(session)
    parent = session.get(Department, parent_id) if parent_id is not None else None
    if parent_id is not None and (parent is None or parent.parent_id is not None or parent.closed_on is not None):
        raise refuse("parent_id", Word("部を選び直してください", "Choose the department again."))
    values = {"name": name, "name_en": name_en, "phone": phone, "fax": fax, "email": email}
    insist(_wrong(session, None, parent_id, **values, leads=leads))
    department = Department(
        key=_free_key(session, name_en),
        **values,
        parent=parent,
        leads=leads,
    )
    session.add(department)
    note(session, actor, Change.DEPARTMENT_ADDED, department, name=name)
    return department


def change_department(
    session: Session,
    actor: Actor,
    department: Department,
    *,
    name: str,
    name_en: str,
    phone: str,
    fax: str,
    email: str,
    leads: bool,
) -> bool:
    """Correct a department's names and addresses; answers whether anything changed. Raises NotReady."""
    take_turns(session)
    values = {"name": name, "name_en": name_en, "phone": phone, "fax": fax, "email": email}
    insist(_wrong(session, department, department.parent_id, **values, leads=leads))
    changed = change_fields(department, values | {"leads": leads})
    if changed:
        note(session, actor, Change.DEPARTMENT_CHANGED, department, fields=changed)
    return bool(changed)


def close_department(session: Session, actor: Actor, department: Department, day: date | None) -> None:
    """From this day on the department is no longer there. Raises NotReady, naming what still lies with it."""
    take_turns(session)
    if department.closed_on is not None:
        raise refuse(
            "day",
            Word("この部署の廃止はすでに登録されています", "The closing of this department is already recorded."),
        )
    first = day_given("day", day)
    insist([Missing("", sentence) for sentence in in_the_way(session, department, first)])
    department.closed_on = first
    note(session, actor, Change.DEPARTMENT_CLOSED, department, day=first)


def reopen_department(session: Session, actor: Actor, department: Department) -> None:
    """Take a closing back, planned or past; a second time it changes nothing. Raises NotReady."""
    take_turns(session)
    if department.closed_on is None:
        return
    if department.parent is not None and department.parent.closed_on is not None:
        raise refuse("", Word("先に「{name}」の廃止を取り消してください", "First reopen “{name}”.").filled(
            name=department.parent.name
        ))  # fmt: skip
    department.closed_on = None
    note(session, actor, Change.DEPARTMENT_REOPENED, department)


def in_the_way(session: Session, department: Department, day: date) -> list[Word]:
    """A sentence for everything that keeps a department from being closed on a day."""
    found = []
    if department.key == PROGRAM_OFFICE:
        found.append(
            Word(
                "提案を受け付ける部署のため、廃止できません。名称は変更できます。",
                "This department receives the proposals and cannot be closed. It can be renamed.",
            )
        )
    found += [
        Word("先に「{name}」を廃止してください。", "First close “{name}”.").filled(name=name)
        for name in _open_sections(session, department, day)
    ]
    found += [
        Word(
            "役職「{post}」に{person}さんが就いています。廃止の前日までの在任にしてください。",
            "{person} holds the post “{post}”. Let the tenure end the day before.",
        ).filled(post=post, person=person)
        for post, person in _held_posts(session, department, day)
    ]
    return found + _open_cases(session, department)


def _open_sections(session: Session, department: Department, day: date) -> list[str]:
    query = select(Department.name).where(
        Department.parent_id == department.id, or_(Department.closed_on.is_(None), Department.closed_on > day)
    )
    return list(session.scalars(query.order_by(Department.id)))


def _held_posts(session: Session, department: Department, day: date) -> list[tuple[str, str]]:
    query = (
        select(Post.name, Person.name)
        .join(Tenure, Tenure.post_id == Post.id)
        .join(Person, Person.id == Tenure.person_id)
        .where(Post.department_id == department.id, or_(Tenure.until.is_(None), Tenure.until >= day))
    )
    return [(post, person) for post, person in session.execute(query.order_by(Post.id, Tenure.id))]


def _open_cases(session: Session, department: Department) -> list[Word]:
    duties = session.scalars(
        select(Duty)
        .options(joinedload(Duty.proposal))
        .where(Duty.department_id == department.id, Duty.closed_at.is_(None))
        .order_by(Duty.due_on, Duty.id)
        .limit(NAMED)
    ).all()
    found = [
        Word("「{case}」の「{duty}」が残っています。", "Still to be done on “{case}”: {duty}.").filled(
            case=_called(duty.proposal), duty=DUTIES[duty.key]
        )
        for duty in duties
    ]
    named = {duty.proposal_id for duty in duties}
    cases = session.scalars(
        select(Proposal)
        .where(
            or_(Proposal.section_id == department.id, Proposal.desk_id == department.id),
            Proposal.state.not_in(ENDS),
            Proposal.submitted_at.is_not(None),
            Proposal.id.not_in(named),
        )
        .order_by(Proposal.id)
        .limit(NAMED)
    )
    return found + [
        Word("「{case}」を受け持っています。", "It is responsible for “{case}”.").filled(case=_called(proposal))
        for proposal in cases
    ]


def _called(proposal: Proposal) -> str:
    return f"{proposal.number or ''} {proposal.title}".strip()


def _wrong(
    session: Session,
    department: Department | None,
    parent_id: int | None,
    *,
    name: str,
    name_en: str,
    phone: str,
    fax: str,
    email: str,
    leads: bool,
) -> list[Missing]:
    found = texts(FIELDS, ("name",), name=name, name_en=name_en, phone=phone, fax=fax, email=email)
    found += email_form("email", email)
    same = select(Department.id).where(
        Department.name == name,
        Department.closed_on.is_(None),
        Department.parent_id == parent_id if parent_id is not None else Department.parent_id.is_(None),
        Department.id != (department.id if department is not None else 0),
    )
    if session.scalar(same.limit(1)) is not None:
        found.append(Missing("name", Word("同じ名称の部署がすでにあります", "There is a department of this name.")))
    if leads:
        found += _wrong_lead(session, department, parent_id)
    return found


def _wrong_lead(session: Session, department: Department | None, parent_id: int | None) -> list[Missing]:
    """A department has one lead section (主管課), whose head is its 協働調整員 (O03)."""
    if parent_id is None:
        sentence = Word("主管課にできるのは、部の中の課だけです", "Only a section within a department can lead it.")
        return [Missing("leads", sentence)]
    other = session.scalar(
        select(Department.name).where(
            Department.parent_id == parent_id,
            Department.leads,
            Department.closed_on.is_(None),
            Department.id != (department.id if department is not None else 0),
        )
    )
    if other is None:
        return []
    sentence = Word(
        "「{name}」がこの部の主管課です。先にそちらを外してください",
        "“{name}” is the lead section of this department. Untick it there first.",
    )
    return [Missing("leads", sentence.filled(name=other))]


def _free_key(session: Session, name_en: str) -> str:
    """A key that stays, whatever the department is called later: from its first English name, or a number."""
    plain = unicodedata.normalize("NFKD", name_en).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:32].strip("-") or "department"
    taken = set(session.scalars(select(Department.key).where(Department.key.startswith(stem, autoescape=True))))
    return next(key for n in range(1, len(taken) + 2) if (key := stem if n == 1 else f"{stem}-{n}") not in taken)
