"""先着順: a call by who comes first is over when its places or its budget are taken up."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast, engage
from models.calls import Window, windows_of
from models.database import transaction
from models.drafts import begin_draft
from models.process.vocabulary import State
from models.programme.calls import Call
from tests.support.statements import statements

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def cast(database: Engine) -> Cast:
    """The people of Aobagawa."""
    with transaction() as session:
        return engage(session)


def _call(key: str, **limits: Any) -> Call:
    return Call.model_validate(
        {"key": key, "type": "open", "label": {"ja": key, "en": key}, "fiscal_year": 2027, "first_come": True} | limits
    )


def _at_hand(session: Session, cast: Cast, key: str, yen: int, state: State = State.SUBMITTED) -> None:
    """A proposal in the call of this name that asks for so much."""
    proposal = begin_draft(session, cast.actor(session, "katsuragi"), cast.groups["river"], "anytime")
    proposal.call_key, proposal.answers, proposal.state = key, {"cost_city": yen}, state
    if state is not State.DRAFT:
        proposal.submitted_at = NOW
    session.flush()


def _stand(session: Session, *calls: Call, programme: str = "aobagawa") -> list[Window]:
    return windows_of(session, [(programme, call) for call in calls], NOW)


def test_a_call_is_full_when_its_places_or_its_budget_are_taken(cast: Cast) -> None:
    with transaction() as session:
        for key in ("places", "budget"):
            _at_hand(session, cast, key, 60_000)
        places, budget = _call("places", places=2), _call("budget", budget=100_000)
        assert _stand(session, places, budget) == [Window.OPEN, Window.OPEN]
        for key in ("places", "budget"):
            _at_hand(session, cast, key, 40_000)
        assert _stand(session, places, budget) == [Window.FULL, Window.FULL]


def test_drafts_withdrawn_proposals_and_another_programmes_call_take_nothing(cast: Cast) -> None:
    with transaction() as session:
        _at_hand(session, cast, "places", 1, State.DRAFT)
        _at_hand(session, cast, "places", 1, State.WITHDRAWN)
        assert _stand(session, _call("places", places=1)) == [Window.OPEN]
        _at_hand(session, cast, "places", 1)
        assert _stand(session, _call("places", places=1)) == [Window.FULL]
        assert _stand(session, _call("places", places=1), programme="takaoka") == [Window.OPEN]


def test_many_calls_are_asked_about_at_once(cast: Cast) -> None:
    with transaction() as session, statements() as asked:
        _stand(session, *(_call(f"c{n}", places=1) for n in range(50)))
    assert len([one for one in asked if "proposal" in one]) == 1
