"""What the city and one group have done together: its proposals, money, years in a row, what is asked of it now (T02, A12)."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from models.agreement import Agreement, Signature
from models.calendar import fiscal_year
from models.clock import in_tokyo
from models.editions import key_of
from models.history import Duty
from models.pages import FIRST, Order, Page, Place, anchor, cut, window
from models.people import Group
from models.process.actors import Actor
from models.process.sight import visible_to
from models.proposals import Proposal

SIZE = 50
MOST_REQUESTS = 50
BOTH = 2
"""Signatures that make an agreement."""


@dataclass(frozen=True, slots=True)
class Record:
    """One proposal of the group as the city reads it. asked, agreed: yen of the city's share, None while unknown."""

    proposal: Proposal
    year: int
    asked: int | None
    agreed: int | None
    visible: bool
    """Whether the reader may open it."""


@dataclass(frozen=True, slots=True)
class Support:
    """Agreements of the group with the city. years: the fiscal years they cover, the latest first."""

    years: tuple[int, ...]
    in_a_row: int
    """How many of these years follow on one another up to now, or up to last year."""
    total: int
    """Yen of the city's share over all of them."""


@dataclass(frozen=True, slots=True)
class Project:
    """One project of the group that the city has agreed on. title: as the proposal says; years: the fiscal years it covers."""

    title: str
    years: frozenset[int]


def records(session: Session, actor: Actor, group: Group, place: Place = FIRST) -> Page[Record]:
    """One page of everything the group has handed in, the newest first."""
    order = Order((Proposal.id,), descending=True)
    handed_in = select(Proposal.id).where(Proposal.group_id == group.id, Proposal.submitted_at.is_not(None))
    rows = session.execute(window(handed_in, order, place, anchor(session, order, place), SIZE))
    page = cut([row[0] for row in rows], place, SIZE, lambda number: number)
    ids = page.rows
    found = session.scalars(select(Proposal).options(joinedload(Proposal.section)).where(Proposal.id.in_(ids)))
    by_id = {proposal.id: proposal for proposal in found}
    seen = set(session.scalars(select(Proposal.id).where(Proposal.id.in_(ids), visible_to(actor))))
    agreed = {a.proposal_id: a.amount for a, _ in _agreements(session, group)}
    lines = [Record(p, _year(p), _asked(p), agreed.get(p.id), p.id in seen) for p in (by_id[number] for number in ids)]
    return Page(lines, page.previous, page.next)


def works_with(session: Session, actor: Actor, group: Group) -> bool:
    """Whether the actor has a case of this group, of any year, in whatever post."""
    own = select(Proposal.id).where(
        Proposal.group_id == group.id, Proposal.submitted_at.is_not(None), visible_to(actor)
    )
    return session.scalar(own.limit(1)) is not None


def support_of(session: Session, group: Group, today_year: int) -> Support:
    """What has been agreed with the group so far. today_year: the current fiscal year."""
    agreements = [agreement for agreement, _ in _agreements(session, group)]
    years = {year for agreement in agreements for year in _years(agreement)}
    return Support(
        tuple(sorted(years, reverse=True)), years_in_a_row(years, today_year), sum(a.amount for a in agreements)
    )


def projects_of(session: Session, group: Group, programme_key: str) -> list[Project]:
    """The group's projects under one programme that both sides have signed for, those called off later among them."""
    return [
        Project(proposal.title, frozenset(_years(agreement)))
        for agreement, proposal in _agreements(session, group)
        if key_of(proposal.edition_id) == programme_key
    ]


def years_in_a_row(years: Collection[int], today_year: int) -> int:
    """How many years follow on one another up to this one; while this one has none yet, up to the last.

    This is what one reads today. Whoever asks about a year that a proposal is for takes `years_up_to`.
    """
    return years_up_to(years, today_year if today_year in years else today_year - 1)


def years_up_to(years: Collection[int], last: int) -> int:
    """How many years follow on one another up to exactly this one; 0 where it is missing itself."""
    count = 0
    while last - count in years:
        count += 1
    return count


def open_requests(session: Session, group: Group) -> list[Duty]:
    """What is asked of the group now, on whichever proposal that was handed in, the nearest due date first."""
    query = (
        select(Duty)
        .join(Duty.proposal)
        .options(
            joinedload(Duty.proposal).joinedload(Proposal.section), joinedload(Duty.proposal).joinedload(Proposal.desk)
        )
        .where(Duty.group_id == group.id, Duty.closed_at.is_(None), Proposal.submitted_at.is_not(None))
        .order_by(Duty.due_on.is_(None), Duty.due_on, Duty.id)
    )
    return list(session.scalars(query.limit(MOST_REQUESTS)))


def _agreements(session: Session, group: Group) -> list[tuple[Agreement, Proposal]]:
    """The agreement that holds for each proposal, with it: the last one that both sides have signed."""
    signed = select(Signature.agreement_id).group_by(Signature.agreement_id).having(func.count() == BOTH)
    query = (
        select(Agreement, Proposal)
        .join(Proposal, Proposal.id == Agreement.proposal_id)
        .where(Proposal.group_id == group.id, Agreement.id.in_(signed))
        .order_by(Agreement.proposal_id, Agreement.number)
    )
    latest = {agreement.proposal_id: (agreement, proposal) for agreement, proposal in session.execute(query)}
    return list(latest.values())


def _years(agreement: Agreement) -> range:
    """The fiscal years that it covers; none while its period is open."""
    if agreement.period_from is None or agreement.period_to is None:
        return range(0)
    return range(fiscal_year(agreement.period_from), fiscal_year(agreement.period_to) + 1)


def _year(proposal: Proposal) -> int:
    assert proposal.submitted_at is not None
    return fiscal_year(in_tokyo(proposal.submitted_at).date())


def _asked(proposal: Proposal) -> int | None:
    asked = proposal.answers.get("cost_city")
    return asked if isinstance(asked, int) else None
