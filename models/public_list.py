"""The public list: every process followed openly and every published evaluation, the newest first (B01, B02, N01)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.calendar import era_year, fiscal_year
from models.clock import in_tokyo
from models.keywords import mentions
from models.pages import FIRST, Order, Page, Place, Rows, anchor, blanks, cut, filled, merged, window
from models.people import Department, Group
from models.process.vocabulary import ENDS, SELECTION, STAGE_OF, Stage, State
from models.proposals import Proposal
from models.publication import Snapshot
from models.screening import Finding, Verdict
from models.words import Word, name_in_both

SIZE = 20
STAGES = tuple(stage for stage in Stage if stage is not Stage.INTAKE)
"""Where an open process can stand: it becomes public when it is accepted."""
OUTCOMES = (
    *(State.PUBLISHED, State.REGISTERED),
    *(State.EXCLUDED, State.NOT_ADOPTED, State.NOT_AGREED, State.WITHDRAWN, State.DISCONTINUED),
)
"""The ends an open process can come to."""
THEME = Proposal.answers["field"].as_string()
"""The field 分野 a proposal is in."""
ORDER = Order((Proposal.public_since, Proposal.id), descending=True)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for. standing: under way in this stage, or come to this end. theme: key of a field.

    group_id: of this group only (N03).
    """

    standing: Stage | State | None = None
    theme: str = ""
    year: int | None = None
    keyword: str = ""
    group_id: int | None = None


@dataclass(slots=True)
class Listed:
    """One line of the list."""

    id: int
    number: str
    title: str
    group: str
    section_name: str | None
    section_name_en: str | None
    edition_id: str
    stage: Stage
    state: State
    theme: str | None
    public_since: datetime
    results: str = ""
    """What was achieved, once the evaluation is out."""
    criteria: list[str] = field(default_factory=list)
    """Keys of the criteria an exclusion stands on."""

    @property
    def section(self) -> Word | None:
        """The section responsible, once there is one."""
        return name_in_both(self.section_name, self.section_name_en or "") if self.section_name else None


def public_list(session: Session, wanted: Wanted, place: Place = FIRST) -> Page[Listed]:
    """One page of the list. Reads a page's worth of rows from the index of public processes, and counts nothing."""
    beside = anchor(session, ORDER, place)
    build = _query if wanted.keyword or wanted.group_id else _remembered
    query = build(wanted, place.backwards, beside is not None, SIZE)
    found = session.execute(query, filled(beside))
    page = cut([Listed(*row) for row in found], place, SIZE, lambda row: row.id)
    _tell_results(session, [row for row in page.rows if row.state is State.PUBLISHED])
    _tell_criteria(session, [row for row in page.rows if row.state is State.EXCLUDED])
    return page


def _query(wanted: Wanted, backwards: bool, beside: bool, size: int) -> Rows:
    place, edge = Place(backwards=backwards), blanks(ORDER) if beside else None
    matching: Rows = select(Proposal.id).where(*_conditions(wanted))
    if wanted.keyword:
        matching = matching.join(Group, Group.id == Proposal.group_id)
    parts = [matching.where(Proposal.state == state) for state in _states(wanted)] or [matching]
    query: Rows = (
        select(
            Proposal.id, Proposal.number, Proposal.title, Group.name, Department.name, Department.name_en,
            Proposal.edition_id, Proposal.stage, Proposal.state, THEME, Proposal.public_since,
        )
        .join(Group, Group.id == Proposal.group_id)
        .outerjoin(Department, Department.id == Proposal.section_id)
        .where(Proposal.id.in_(merged(parts, ORDER, place, edge, size)))
    )  # fmt: skip
    return window(query, ORDER, place, edge, size)


_remembered = lru_cache(maxsize=256)(_query)
"""The queries without a keyword or a group, built once: building one costs more than asking it."""


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [Proposal.public_since.is_not(None), *mentions(wanted.keyword, Proposal.title, Group.name)]
    if isinstance(wanted.standing, Stage):  # selection has its place where the programme puts it
        found.append(Proposal.stage == wanted.standing)
    if wanted.group_id is not None:
        found.append(Proposal.group_id == wanted.group_id)
    if wanted.theme:
        found.append(THEME.in_([wanted.theme]))
    if wanted.year is not None:
        found.append(Proposal.number.startswith(f"{era_year(wanted.year)}-", autoescape=True))
    return found


def _states(wanted: Wanted) -> list[State]:
    """The states that a standing means; none when any will do."""
    if isinstance(wanted.standing, Stage):
        own = {state for state, stage in STAGE_OF.items() if stage is wanted.standing and state not in ENDS}
        if wanted.standing is Stage.CONSULTATION:
            own |= SELECTION
        return [state for state in State if state in own]
    return [] if wanted.standing is None else [wanted.standing]


def public_years(session: Session, today: int) -> list[int]:
    """The fiscal years to choose from, the latest first. today: the current fiscal year."""
    query = select(Proposal.submitted_at).where(Proposal.public_since.is_not(None))
    first = session.scalar(query.order_by(Proposal.public_since).limit(1))
    return list(range(today, fiscal_year(in_tokyo(first).date()) - 1, -1)) if first else [today]


def released_snapshot(snapshots: Collection[Snapshot]) -> Snapshot | None:
    """The evaluation the public reads now, or None."""
    out = [s for s in snapshots if s.released_at is not None and s.withdrawn_at is None]
    return max(out, key=lambda s: s.number, default=None)


def _tell_results(session: Session, rows: list[Listed]) -> None:
    if not rows:
        return
    query = select(Snapshot.proposal_id, Snapshot.content["results"].as_string()).where(
        Snapshot.proposal_id.in_([row.id for row in rows]),
        Snapshot.released_at.is_not(None),
        Snapshot.withdrawn_at.is_(None),
    )
    results: dict[int, str | None] = {key: text for key, text in session.execute(query.order_by(Snapshot.number))}  # noqa: C416 (rows are no pairs to dict)
    for row in rows:
        row.results = results.get(row.id) or ""


def _tell_criteria(session: Session, rows: list[Listed]) -> None:
    if not rows:
        return
    query = select(Finding.proposal_id, Finding.criterion).where(
        Finding.proposal_id.in_([row.id for row in rows]), Finding.verdict == Verdict.MET
    )
    known = {row.id: row for row in rows}
    for proposal_id, criterion in session.execute(query.order_by(Finding.id)):
        known[proposal_id].criteria.append(criterion)
