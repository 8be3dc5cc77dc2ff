"""What comes on paper is typed by the office, and is the group's to look at and submit."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast, engage
from kyodo.demonstration.papers import Papers
from kyodo.demonstration.plot import Plot
from models import clock
from models.clock import at_tokyo
from models.database import writing
from models.drafts import check_editable
from models.own_proposals import own_duties
from models.process.actors import hats_of
from models.process.perform import perform
from models.process.refusals import NotAllowed, NotReady
from models.process.sight import find_visible
from models.process.vocabulary import Hat, MoveKey, State
from models.proposals import Proposal
from models.staff_entry import enter_for
from notifications.documents.received import receipt_letter

DAY = date(2026, 11, 20)


@pytest.fixture
def city(database: Engine) -> Iterator[tuple[Session, Cast]]:
    """The cast on a day within the call for themes, on both databases."""
    with writing() as session, clock.standing_at(at_tokyo(DAY)):
        yield session, engage(session)
        session.rollback()


def typed(session: Session, cast: Cast, call_key: str = "anytime", received_on: date = DAY) -> Proposal:
    """The desk begins a draft for the river's group and types what it was given."""
    proposal = enter_for(
        session,
        cast.actor(session, "nakamura"),
        cast.groups["river"],
        call_key=call_key,
        channel="paper",
        received_on=received_on,
    )
    proposal.title, proposal.answers = "川辺の居場所", Papers(Plot(call=call_key)).usual_answers()
    return proposal


@pytest.mark.req("N07")
def test_the_office_types_it_and_the_group_submits_it(city: tuple[Session, Cast]) -> None:
    session, cast = city
    proposal = typed(session, cast)
    desk, member = cast.actor(session, "nakamura"), cast.actor(session, "katsuragi")
    assert hats_of(desk, proposal) == {Hat.DESK}
    check_editable(proposal, desk)
    assert find_visible(session, desk, proposal.id) is proposal
    with pytest.raises(NotAllowed):
        perform(session, proposal, MoveKey.SUBMIT, desk)
    assert proposal in [duty.proposal for duty in own_duties(session, member)]
    perform(session, proposal, MoveKey.SUBMIT, member)
    assert proposal.state is State.SUBMITTED
    with pytest.raises(NotAllowed):
        check_editable(proposal, desk)
    accepted = perform(session, proposal, MoveKey.ACCEPT, desk)
    assert receipt_letter(session, accepted).channel == "窓口（紙）"


def test_other_offices_neither_type_nor_read_it(city: tuple[Session, Cast]) -> None:
    session, cast = city
    proposal = typed(session, cast)
    for who in ("takahashi", "ito", "watanabe", "fujita"):
        actor = cast.actor(session, who)
        assert hats_of(actor, proposal) == frozenset(), who
        assert find_visible(session, actor, proposal.id) is None, who
        with pytest.raises(NotAllowed):
            enter_for(session, actor, cast.groups["river"], call_key="", channel="paper", received_on=DAY)


def test_what_a_group_writes_itself_stays_its_own(city: tuple[Session, Cast]) -> None:
    session, cast = city
    proposal = typed(session, cast)
    proposal.entered_by_id = None
    assert find_visible(session, cast.actor(session, "nakamura"), proposal.id) is None


@pytest.mark.req("N07")
def test_the_day_it_came_counts_for_the_closing(city: tuple[Session, Cast]) -> None:
    session, cast = city
    late = at_tokyo(date(2027, 2, 3))
    with clock.standing_at(late):
        proposal = typed(session, cast, "r9_themes", date(2027, 1, 29))
        perform(session, proposal, MoveKey.SUBMIT, cast.actor(session, "katsuragi"))
        assert proposal.state is State.SUBMITTED
        with pytest.raises(NotReady) as refused:
            typed(session, cast, "r9_themes", date(2027, 2, 1))
    assert [gap.field for gap in refused.value.missing] == ["call"]


def test_every_fault_is_told_at_its_field(city: tuple[Session, Cast]) -> None:
    session, cast = city
    desk = cast.actor(session, "nakamura")
    with pytest.raises(NotReady) as refused:
        enter_for(session, desk, None, call_key="anytime", channel="online", received_on=DAY + timedelta(days=1))
    assert [gap.field for gap in refused.value.missing] == ["group", "channel", "received_on"]
