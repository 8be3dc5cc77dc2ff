"""Who holds which post on a day, who will, which posts are vacant, and which names the post brings (O02, O03)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.people import Department, Person, Post, Seat, Tenure
from models.process.vocabulary import ENDS, State
from models.proposals import Proposal
from models.words import Word

SEATS: dict[Seat, Word] = {
    Seat.OFFICER: Word("担当", "Officer"),
    Seat.SECTION_HEAD: Word("課長", "Section head"),
    Seat.DEPARTMENT_HEAD: Word("部長", "Department head"),
    Seat.ADMINISTRATOR: Word("システム管理者", "Administrator"),
}
SEAT_HINTS: dict[Seat, Word] = {
    Seat.OFFICER: Word("その課の案件を担当します。", "Works on the section's cases."),
    Seat.SECTION_HEAD: Word(
        "案件の引受けに答えます。協働事業を行う課では協働推進員になります。",
        "Answers whether the section takes a case on; the collaboration promoter where it runs one.",
    ),
    Seat.DEPARTMENT_HEAD: Word("決裁します。部に置きます。", "Approves. Belongs to a department."),
    Seat.ADMINISTRATOR: Word(
        "部署、役職、利用者、団体を管理します。", "Looks after departments, posts, people, groups."
    ),
}
PROMOTER = Word("協働推進員", "Collaboration promoter")
COORDINATOR = Word("協働調整員", "Collaboration coordinator")


@dataclass(frozen=True, slots=True)
class Staffed:
    """A post on a day: who holds it, who will next, and what else its holder is called."""

    post: Post
    holder: Person | None
    """None: vacant, or its holder's account is stopped."""
    since: date | None
    stopped: Person | None
    """Who would hold it, had the account not been stopped."""
    following: Tenure | None
    titles: tuple[Word, ...]


def lasts(tenure: Tenure, day: date) -> bool:
    """Whether the tenure holds on the day."""
    return tenure.since <= day and (tenure.until is None or tenure.until >= day)


def staffing(session: Session, day: date, department_ids: Collection[int] | None = None) -> list[Staffed]:
    """Every post of these departments (None: of all), in their order, as staffed on the day."""
    query = (
        select(Post)
        .join(Post.department)
        .options(joinedload(Post.department))
        .where(Department.closed_on.is_(None) | (Department.closed_on > day))
        .order_by(Post.department_id, Post.id)
    )
    if department_ids is not None:
        query = query.where(Post.department_id.in_(department_ids))
    posts = list(session.scalars(query))
    tenures: dict[int, list[Tenure]] = {}
    found = select(Tenure).options(joinedload(Tenure.person)).where(Tenure.post_id.in_([post.id for post in posts]))
    for tenure in session.scalars(found.order_by(Tenure.since, Tenure.id)):
        tenures.setdefault(tenure.post_id, []).append(tenure)
    promoting = sections_with_projects(session)
    return [_staffed(post, tenures.get(post.id, []), day, promoting) for post in posts]


def sections_with_projects(session: Session) -> set[int]:
    """Sections that run a collaboration project now: theirs to answer for and not ended (O02)."""
    running = select(Proposal.section_id).where(
        Proposal.section_id.is_not(None), Proposal.state.not_in([*ENDS, State.ASSIGNED])
    )
    return {section_id for section_id in session.scalars(running.distinct()) if section_id is not None}


def _staffed(post: Post, tenures: list[Tenure], day: date, promoting: set[int]) -> Staffed:
    now = next((tenure for tenure in tenures if lasts(tenure, day)), None)
    person = now.person if now is not None else None
    active = person is not None and person.active
    return Staffed(
        post=post,
        holder=person if active else None,
        since=now.since if now is not None else None,
        stopped=None if active else person,
        following=next((tenure for tenure in tenures if tenure.since > day), None),
        titles=_titles(post, promoting),
    )


def _titles(post: Post, promoting: set[int]) -> tuple[Word, ...]:
    if post.seat is not Seat.SECTION_HEAD:
        return ()
    found = [PROMOTER] if post.department_id in promoting else []
    if post.department.leads:
        found.append(COORDINATOR)
    return tuple(found)
