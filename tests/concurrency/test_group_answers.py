"""Two answers to one invitation, offer or application at once: the second is told that it is over."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast, engage
from models import clock
from models.database import transaction, writing
from models.groups import invitations, registration, succession
from models.groups.invitations import Invitation
from models.groups.registration import Registration
from models.groups.succession import Handover
from models.process.refusals import NotReady


@pytest.fixture
def cast(postgresql: Engine) -> Cast:
    """The people of Aobagawa; an invitation, an offer and an application that wait for an answer."""
    with transaction() as session:
        people = engage(session)
        leader, group = people.actor(session, "katsuragi"), people.groups["river"]
        invitations.invite(session, leader, group, name="星 一", email="hoshi@kawabe.example", language="ja")
        day = clock.today() + timedelta(days=1)
        succession.offer(session, leader, group, person_id=people.people["ono"].id, day=day, leaves=False)
        registration.ask(
            session,
            group_name="夜の図書館",
            kind="civic",
            purpose="夜に本を読む",
            name="月野 光",
            email="yoru@library.example",
            language="ja",
        )
        return people


def answer(session: Session, cast: Cast, waiting: object) -> None:
    """Say yes to whatever waits."""
    if isinstance(waiting, Invitation):
        invitations.accept(session, waiting)
    elif isinstance(waiting, Handover):
        succession.accept(session, cast.actor(session, "ono"), waiting)
    elif isinstance(waiting, Registration):
        registration.complete(session, waiting, group_name="夜の図書館")


@pytest.mark.parametrize("kind", [Invitation, Handover, Registration])
def test_whoever_answers_second_is_told_that_it_is_over(cast: Cast, kind: type[object]) -> None:
    with writing() as session:
        waiting = session.query(kind).one()
        with transaction() as other:
            other.execute(delete(kind))
        with pytest.raises(NotReady):
            answer(session, cast, waiting)
