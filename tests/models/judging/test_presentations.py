"""Slots before the judges: from a start time, with breaks, in an order set by hand."""

from datetime import datetime, timedelta

import pytest

from models.clock import TOKYO, in_tokyo, now
from models.judging.presentations import clear, ends_at, plan, without_slot
from models.judging.rounds import add_proposal, rules_for, standing
from models.judging.tables import JudgingRound
from models.process.refusals import NotPossible
from tests.models.judging.conftest import Lacking
from tests.support.selection import Hall

PLACE = "市役所 大会議室"


def slots(judging: JudgingRound) -> list[tuple[str, str]]:
    """Title and beginning of each, in their order."""
    return [
        (entry.proposal.title, f"{in_tokyo(entry.starts_at):%H:%M}")
        for entry in standing(judging)
        if entry.starts_at is not None
    ]


def make(hall: Hall, judging: JudgingRound, starts_at: datetime | None, **more: object) -> None:
    """Plan the afternoon."""
    usual = {
        "order": [p.id for p in hall.proposals],
        "place": PLACE,
        "pause_after": 0,
        "pause": 0,
        "observers": True,
        "invitation": "10分前にお越しください。",
    }
    plan(hall.session, judging, starts_at=starts_at, **(usual | more))  # type: ignore[arg-type]


@pytest.fixture
def hearing(hall: Hall) -> JudgingRound:
    """The second round: ten minutes to present, ten for questions, five to change."""
    hall.through_documents()
    return hall.open()


@pytest.fixture
def one_o_clock() -> datetime:
    """Tomorrow."""
    return (now().astimezone(TOKYO) + timedelta(days=1)).replace(hour=13, minute=0, second=0, microsecond=0)


def test_slots_follow_the_minutes_of_the_programme(hall: Hall, hearing: JudgingRound, one_o_clock: datetime) -> None:
    make(hall, hearing, one_o_clock)
    assert [at for _, at in slots(hearing)] == ["13:00", "13:25", "13:50"]
    first = standing(hearing)[0]
    assert ends_at(rules_for(hall.session, hearing), first) == one_o_clock + timedelta(minutes=20)
    assert (first.place, hearing.observers, hearing.invitation) == (PLACE, True, "10分前にお越しください。")


def test_the_order_and_the_breaks_are_set_by_hand(hall: Hall, hearing: JudgingRound, one_o_clock: datetime) -> None:
    backwards = [p.id for p in reversed(hall.proposals)]
    make(hall, hearing, one_o_clock, order=backwards, pause_after=2, pause=15)
    assert slots(hearing) == [
        (hall.proposals[2].title, "13:00"),
        (hall.proposals[1].title, "13:25"),
        (hall.proposals[0].title, "14:00"),
    ]
    make(hall, hearing, one_o_clock, order=[hall.proposals[1].id])
    assert next(title for title, _ in slots(hearing)) == hall.proposals[1].title


def test_a_latecomer_has_no_slot_until_the_plan_is_made_anew(hall: Hall, one_o_clock: datetime) -> None:
    hall.through_documents()
    hearing = hall.open(hall.proposals[:2])
    assert without_slot(hearing) == []
    make(hall, hearing, one_o_clock)
    add_proposal(hall.session, hall.actor(), hearing, hall.proposals[2])
    assert [entry.proposal_id for entry in without_slot(hearing)] == [hall.proposals[2].id]
    make(hall, hearing, one_o_clock)
    assert without_slot(hearing) == []
    clear(hall.session, hearing)
    assert slots(hearing) == []


def test_a_plan_needs_a_time_to_come_a_place_and_real_breaks(
    hall: Hall, hearing: JudgingRound, one_o_clock: datetime, lacking: Lacking
) -> None:
    with lacking("day", "place", "pause"):
        make(hall, hearing, None, place=" ", pause_after=2, pause=0)
    with lacking("day", "invitation"):
        make(hall, hearing, now() - timedelta(hours=1), invitation="あ" * 2001)
    assert slots(hearing) == []


def test_a_round_on_paper_has_no_presentations(hall: Hall, one_o_clock: datetime) -> None:
    judging = hall.open()
    with pytest.raises(NotPossible):
        make(hall, judging, one_o_clock)
