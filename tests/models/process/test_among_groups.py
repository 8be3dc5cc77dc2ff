"""団体どうしの協働: a project without the city is proposed, screened and registered; no section has a part in it (A05)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from kyodo.demonstration.cast import engage
from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models.database import writing
from models.process.actors import hats_of, holders
from models.process.perform import available
from models.process.refusals import NotReady
from models.process.sight import turns
from models.process.vocabulary import Hat, MoveKey, Stage, State
from models.public_list import Wanted, public_list
from tests.models.process.conftest import Told
from tests.support.among_groups import FARM, among_groups

ABOUT_THE_CITY = ("roles_city", "cost_city", "cost_alone", "methods", "domain")


@pytest.fixture
def told_by_two(database: Engine) -> Iterator[Story]:
    """Two groups' draft for the demonstration city's call, on both databases."""
    with writing() as session:
        yield Story(session, engage(session), among_groups())
        session.rollback()


def register(story: Story) -> None:
    """The city takes it, finds nothing against it, and registers it."""
    story.submit()
    story.accept()
    story.pass_screening()


@pytest.mark.req("A05")
def test_it_is_registered_and_nobody_of_the_city_has_a_part_in_it(told_by_two: Story) -> None:
    story, proposal = told_by_two, told_by_two.proposal
    register(story)
    assert (proposal.state, proposal.stage, proposal.section_id) == (State.REGISTERED, Stage.SCREENING, None)
    assert proposal.stages == (Stage.INTAKE, Stage.SCREENING)
    assert turns(proposal) == []
    assert holders(story.session, proposal, frozenset({Hat.SECTION, Hat.SECTION_HEAD})) == []
    parties = {who: hats_of(story.cast.actor(story.session, who), proposal) for who in ("okada", "kikuchi", "yamamoto")}
    assert parties == {"okada": {Hat.MEMBER, Hat.REPRESENTATIVE}, "kikuchi": {Hat.MEMBER}, "yamamoto": frozenset()}


@pytest.mark.req("A05", "A06")
def test_nothing_is_asked_about_the_city_but_what_each_group_brings(told_by_two: Story) -> None:
    story, proposal = told_by_two, told_by_two.proposal
    assert not {item.key for item in proposal.questions} & set(ABOUT_THE_CITY)
    for key in ABOUT_THE_CITY:
        proposal.answers = {name: value for name, value in proposal.answers.items() if name != key}
    register(story)
    [handed_in] = proposal.submissions
    assert not set(handed_in.answers) & set(ABOUT_THE_CITY)
    assert handed_in.partners == [{"group": story.cast.groups["farm"].name, "part": FARM.part}]


@pytest.mark.req("A05")
def test_one_group_alone_is_no_collaboration(database: Engine) -> None:
    with writing() as session:
        alone = Story(session, engage(session), Plot(call="among_groups"))
        with pytest.raises(NotReady, match="several groups"):
            alone.submit()


def test_an_amount_that_is_not_asked_for_is_compared_with_nothing(told_by_two: Story) -> None:
    story = told_by_two
    story.proposal.answers = {**story.proposal.answers, "cost_total": 1_000, "cost_city": 2_000}
    story.submit()
    assert story.proposal.state is State.SUBMITTED


@pytest.mark.req("A05", "X06")
def test_each_of_the_groups_may_take_it_out_of_the_register(told_by_two: Story) -> None:
    story, proposal = told_by_two, told_by_two.proposal
    register(story)
    for who in ("okada", "kikuchi"):
        assert [offer.key for offer in available(story.session, proposal, story.cast.actor(story.session, who))] == [
            MoveKey.WITHDRAW
        ]
    for who in ("nakamura", "yamamoto", "watanabe"):
        assert available(story.session, proposal, story.cast.actor(story.session, who)) == []
    story.do(MoveKey.WITHDRAW, "kikuchi", reason="畑を手放すため。")
    assert proposal.state is State.WITHDRAWN


@pytest.mark.req("A05")
@pytest.mark.parametrize("scene", ["registered", "registered, adopted", "registered, after the vote"])
def test_a_decision_or_a_budget_may_come_before_but_never_a_section(scene: str, told: Told) -> None:
    story = told(scene)
    moves = [event.move for event in story.proposal.events]
    assert MoveKey.ASSIGN_SECTION not in moves
    assert (MoveKey.ADOPT in moves, MoveKey.DECIDE_FINALLY in moves) == (
        scene != "registered",
        scene == "registered, after the vote",
    )
    [listed] = public_list(story.session, Wanted(standing=State.REGISTERED)).rows
    assert listed.section is None
