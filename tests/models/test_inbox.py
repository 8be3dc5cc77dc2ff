"""The inbox holds exactly what is one's turn, in order, page by page."""

from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast, engage, gather
from kyodo.demonstration.story import Plot, Story
from models import clock as model_clock
from models.calendar import add_business_days
from models.database import reading, transaction
from models.history import Duty
from models.inbox import Sorting, Span, Waiting, counts, inbox
from models.pages import FIRST, Place
from models.people import Membership
from models.process.actors import Actor
from models.process.fulfilment import DONE_BY, fulfilling_move
from models.process.sight import is_mine
from models.process.vocabulary import DutyKey, Hat, State
from models.proposals import Proposal
from tests.conftest import Clock

STATES = (
    State.SUBMITTED, State.SCREENING, State.PASS_PROPOSED, State.ASSIGNED, State.CONSULTING, State.APPROVING,
    State.SELF_CHECKING, State.SCHEDULED,
)  # fmt: skip


@pytest.fixture
def cast(database: Engine) -> Cast:
    """Aobagawa with a proposal at every kind of post, and one in another section."""
    with transaction() as session:
        people = engage(session)
        for state in STATES:
            story = Story(session, people)
            if state is State.PASS_PROPOSED:
                story.take_to(State.SCREENING)
                story.find()
                story.propose_pass()
            else:
                story.take_to(state)
        children = Plot(section="children", officer="sasaki", section_head="matsumoto")
        Story(session, people, children).take_to(State.CONSULTING)
    with reading() as session:
        return gather(session)


def everything(session: Session, actor: Actor, sorting: Sorting = Sorting.DUE, span: Span = Span.ALL) -> list[Waiting]:
    """The whole inbox, page after page."""
    found: list[Waiting] = []
    place: Place | None = FIRST
    while place is not None:
        page = inbox(session, actor, model_clock.today(), span, sorting, place)
        found += page.rows
        place = page.next
    return found


def test_the_inbox_holds_exactly_what_is_ones_turn(cast: Cast) -> None:
    with reading() as session:
        open_duties = list(session.scalars(select(Duty).where(Duty.closed_at.is_(None))))
        for who in cast.people:
            actor = cast.actor(session, who)
            if not actor.is_staff:
                continue
            mine = {d.id for d in open_duties if is_mine(d, actor, session.get_one(Proposal, d.proposal_id))}
            assert {line.duty_id for line in everything(session, actor)} == mine, who


def test_a_post_gets_nothing_of_another_section(cast: Cast) -> None:
    with reading() as session:
        sections = {
            session.get_one(Proposal, line.proposal_id).section_id
            for line in everything(session, cast.actor(session, "sasaki"))
        }
    assert sections == {cast.departments["children"].id}


def test_whoever_belongs_to_the_group_does_not_get_its_case_for_the_city(cast: Cast) -> None:
    officer = cast.people["takahashi"]
    with transaction() as session:
        before = len(everything(session, cast.actor(session, "takahashi")))
        since = date(2024, 4, 1)
        group_id = cast.groups["river"].id
        session.add(Membership(group_id=group_id, person_id=officer.id, role="member", since=since))
        session.flush()
        assert before > 0
        assert everything(session, cast.actor(session, "takahashi")) == []
        assert counts(session, cast.actor(session, "takahashi"), model_clock.today())[Span.ALL] == 0


@pytest.mark.parametrize("sorting", list(Sorting))
def test_pages_lead_forwards_and_back_without_losing_a_line(
    cast: Cast, sorting: Sorting, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading() as session:
        actor = cast.actor(session, "kobayashi")
        whole = everything(session, actor, sorting)
        monkeypatch.setattr("models.inbox.SIZE", 2)
        paged = everything(session, actor, sorting)
        assert [line.duty_id for line in paged] == [line.duty_id for line in whole]
        assert len(whole) > 2
        first = inbox(session, actor, model_clock.today(), Span.ALL, sorting)
        assert first.previous is None
        assert first.next is not None
        second = inbox(session, actor, model_clock.today(), Span.ALL, sorting, first.next)
        assert second.previous is not None
        back = inbox(session, actor, model_clock.today(), Span.ALL, sorting, second.previous)
        assert back.rows == first.rows
        assert back.previous is None


def test_lines_come_by_due_date_or_the_newest_first(cast: Cast) -> None:
    with reading() as session:
        actor = cast.actor(session, "takahashi")
        by_due = [line.due_on for line in everything(session, actor)]
        newest = [line.duty_id for line in everything(session, actor, Sorting.NEWEST)]
    assert None not in by_due
    assert by_due == sorted(day for day in by_due if day is not None)
    assert newest == sorted(newest, reverse=True)


def test_tabs_count_what_they_hold(cast: Cast, clock: Clock) -> None:
    with reading() as session:
        actor = cast.actor(session, "nakamura")
        due = sorted({line.due_on for line in everything(session, actor) if line.due_on})
        clock.set(due[1])
        found = counts(session, actor, due[1])
        assert found == {span: len(everything(session, actor, span=span)) for span in Span}
        assert found[Span.LATE] >= 1
        assert found[Span.TODAY] >= 1
        assert found[Span.SOON] == sum(
            due[1] <= line.due_on <= add_business_days(due[1], 5)
            for line in everything(session, actor)
            if line.due_on is not None
        )


def test_counting_stops_where_nobody_counts_any_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.inbox.COUNTED", 2)
    with reading() as session:
        assert counts(session, cast.actor(session, "kobayashi"), model_clock.today())[Span.ALL] == 2


def test_what_the_city_owes_always_has_a_date(cast: Cast) -> None:
    with reading() as session:
        duties = session.scalars(select(Duty).where(Duty.department_id.is_not(None)))
        assert [d.key for d in duties if d.due_on is None] == []


def test_somebody_without_a_post_has_an_empty_inbox(cast: Cast) -> None:
    with reading() as session:
        for who in ("katsuragi", "admin"):
            actor = cast.actor(session, who)
            assert everything(session, actor) == []
            assert set(counts(session, actor, model_clock.today()).values()) == {0}


def test_every_duty_leads_to_a_move_that_can_be_made_there(cast: Cast) -> None:
    assert set(DONE_BY) == set(DutyKey)
    with reading() as session:
        for duty in session.scalars(select(Duty).where(Duty.closed_at.is_(None))):
            state = session.get_one(Proposal, duty.proposal_id).state
            move = fulfilling_move(duty.key, state)
            assert (move is None) == (not DONE_BY[duty.key]), (duty.key, state)
            assert duty.hat is not Hat.SYSTEM or move is None
