"""採否: the city's decision apart from the committee's, provisional until the budget is voted, and the answer in its term."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models import clock
from models.history import Duty
from models.people import Tenure
from models.process.perform import available
from models.process.refusals import NotAllowed
from models.process.sight import timeline, turns
from models.process.vocabulary import DutyKey, Hat, MoveKey, Stage, State
from tests.models.process.conftest import Told
from tests.models.process.programmes import (
    JUDGED,
    THEMES,
    put_in_force,
    windowed,
)
from tests.models.process.refusing import lacking
from tests.models.process.selecting import ASKED_FOR, adopt, conclude, duties, vote

M = MoveKey


def test_who_wrote_the_conclusion_does_not_decide(told: Told) -> None:
    story = told("deciding")
    post = story.session.scalars(select(Tenure).where(Tenure.person_id == story.cast.people["watanabe"].id)).one().post
    story.session.add(Tenure(post=post, person=story.cast.people["kato"], since=clock.today()))
    story.session.flush()
    offers = available(story.session, story.proposal, story.cast.actor(story.session, "kato"))
    assert not {M.ADOPT, M.NOT_ADOPT} & {offer.key for offer in offers}
    for move in (M.ADOPT, M.NOT_ADOPT):
        with pytest.raises(NotAllowed, match="drafted"):
            story.do(move, "kato", reason="決めます。")
    adopt(story)


@pytest.mark.req("X05", "T05")
def test_whoever_is_not_adopted_reads_why_and_so_does_the_public(told: Told) -> None:
    story = told("deciding, failed in the first round")
    with lacking(story, "reason"):
        story.do(M.NOT_ADOPT, "watanabe", reason=" ")
    story.do(M.NOT_ADOPT, "watanabe", reason="協働の必要性が読み取れなかったためです。")
    event = timeline(story.proposal, None)[0]
    assert (event.move, event.reason) == (M.NOT_ADOPT, "協働の必要性が読み取れなかったためです。")
    assert turns(story.proposal) == []
    assert story.proposal.stage is Stage.SCREENING


def test_the_city_says_why_it_adopts_what_the_committee_would_not(told: Told) -> None:
    story = told("deciding, failed in the first round")
    with lacking(story, "reason"):
        adopt(story)
    adopt(story, reason="災害への備えとして急ぐためです。")
    assert story.proposal.state is State.PROVISIONAL


@pytest.mark.parametrize(("given", "granted"), [({}, 200_000), ({"amount": 150_000}, 150_000), ({"amount": 0}, 0)])
def test_the_city_grants_what_the_committee_would_unless_it_says_otherwise(
    given: dict[str, int], granted: int, told: Told
) -> None:
    story = told("selecting, scored in the last round")
    conclude(story, amount=200_000)
    adopt(story, **given)
    assert story.proposal.granted == granted
    assert story.proposal.events[-1].details["granted"] == granted


@pytest.mark.parametrize("amount", [ASKED_FOR + 1, -1, "100000", True])
def test_the_city_grants_no_more_than_was_asked_for(amount: object, told: Told) -> None:
    story = told("deciding")
    with lacking(story, "amount"):
        adopt(story, amount=amount)


@pytest.mark.parametrize("voted_on", [None, "議決の日", clock.today() + timedelta(days=1)])
def test_the_formal_decision_names_the_day_of_the_vote(voted_on: object, told: Told) -> None:
    story = told("provisional")
    with lacking(story, "voted_on"):
        vote(story, voted_on=voted_on)


@pytest.mark.parametrize(("amount", "granted"), [(None, 150_000), (150_000, 150_000), (120_000, 120_000), (0, 0)])
def test_what_was_provisional_becomes_formal_with_the_amount_voted(
    amount: int | None, granted: int, told: Told
) -> None:
    story = told("provisional")
    assert story.proposal.granted == 150_000
    assert duties(story) == [(DutyKey.DECIDE_FINALLY, Hat.HEAD)]
    vote(story, amount=amount)
    assert story.proposal.state is State.ASSIGNING
    assert story.proposal.granted == granted
    assert story.proposal.events[-1].details["voted_on"] == clock.today().isoformat()


@pytest.mark.parametrize("amount", [150_001, ASKED_FOR + 1, -1])
def test_the_formal_amount_is_not_above_the_provisional_one(amount: int, told: Told) -> None:
    story = told("provisional")
    with lacking(story, "amount"):
        vote(story, amount=amount)


def test_where_the_budget_is_voted_down_nothing_is_granted(told: Told) -> None:
    story = told("provisional")
    with lacking(story, "reason"):
        story.do(M.CANCEL_ADOPTION, "watanabe", reason="")
    story.do(M.CANCEL_ADOPTION, "watanabe", reason="予算が議決されなかったためです。")
    assert story.proposal.state is State.NOT_ADOPTED
    assert story.proposal.granted is None


def answer(story: Story) -> Duty | None:
    """The duty to answer the proposer, while it is open."""
    return next((duty for duty in turns(story.proposal) if duty.key is DutyKey.ANSWER), None)


def test_a_call_that_promises_an_answer_owes_it_from_the_receipt(told: Told) -> None:
    story = told("planning")
    with clock.standing_at(clock.now() + timedelta(days=40)):
        story.submit()
        due_on = clock.today() + timedelta(days=60)
    duty = answer(story)
    assert duty is not None
    assert (duty.hat, duty.due_on) == (Hat.DESK, due_on)


def closing(days: int) -> date:
    """The day a call closes."""
    return clock.today() + timedelta(days=days)


def test_or_from_the_closing_where_there_is_one_as_it_was_prolonged(told: Told) -> None:
    story = told("draft")
    put_in_force(story.session, windowed(f"{closing(-1)} 09:00", f"{closing(20)} 17:00"))
    story = Story(story.session, story.cast, Plot(call=THEMES))
    story.submit()
    duty = answer(story)
    assert duty is not None
    assert duty.due_on == closing(80)
    later = Story(story.session, story.cast, Plot(call=THEMES))
    put_in_force(story.session, windowed(f"{closing(-1)} 09:00", f"{closing(27)} 17:00"))
    later.submit()
    duty = answer(later)
    assert duty is not None
    assert duty.due_on == closing(87)


@pytest.mark.parametrize("scene", ["pass_proposed, to be judged", "selecting", "selecting, in a round", "deciding"])
def test_the_answer_is_owed_with_the_same_date_until_the_decision(scene: str, told: Told) -> None:
    duty = answer(told(scene))
    assert duty is not None
    assert duty.due_on == clock.today() + timedelta(days=60)


@pytest.mark.parametrize("scene", ["entered", "planning", "provisional", "not_adopted", "assigning, after the vote"])
def test_before_the_proposal_and_after_the_answer_none_is_owed(scene: str, told: Told) -> None:
    assert answer(told(scene)) is None


def test_an_exclusion_is_an_answer_and_so_is_leaving(told: Told) -> None:
    story = told("planning")
    story.submit()
    story.accept()
    story.propose_exclusion()
    story.confirm_exclusion()
    assert answer(story) is not None
    story.approve_exclusion()
    assert answer(story) is None
    story = told("selecting")
    story.withdraw()
    assert answer(story) is None


def test_a_call_that_promises_nothing_owes_no_answer(told: Told) -> None:
    assert "answer_days" in JUDGED
    assert answer(told("selecting without a round")) is None
    assert answer(told("submitted")) is None
