"""対等 (P05): what one side may read, say, confirm, sign or refuse about the shared matter, the other may too."""

import pytest

from kyodo.demonstration.story import Story
from models.process.definition import MOVES
from models.process.moves.review import readable_self_checks
from models.process.perform import available, perform
from models.process.sight import find_visible, timeline, turns
from models.process.vocabulary import SIDE_OF, STAGE_OF, Hat, MoveKey, Side, Sight, Stage, State
from tests.models.process.conftest import Told
from tests.models.process.deeds import Deeds
from tests.models.process.scenes import SCENES

M = MoveKey

SHARED = [
    State.CONSULTING, State.DRAFTING, State.APPROVING, State.SIGNING, State.RUNNING, State.SELF_CHECKING,
    State.JOINT_REVIEW, State.PREPARING, State.SCHEDULED,
]  # fmt: skip
"""From the first talk to the last look before the public reads it."""

ONE_SIDED = {
    M.WITHDRAW: (
        Side.GROUP,
        "A group leaves the scheme whenever it likes (X06); both sides may end the talks (END_CONSULTATION).",
    ),
    M.SEND_FOR_APPROVAL: (
        Side.CITY,
        "How the city comes to its own yes is the city's business, as the group's assembly is the group's.",
    ),
    M.APPROVE_AGREEMENT: (Side.CITY, "The city's own yes before it signs; it binds nobody but the city."),
    M.RETURN_AGREEMENT: (Side.CITY, "The city's own no before it signs; amending the text stays open to both."),
    M.SUBMIT_REPORT: (Side.GROUP, "Who received public money accounts for it (E05, T07)."),
    M.RETURN_REPORT: (Side.CITY, "The other half of accounting for public money (E05, T07)."),
    M.ACCEPT_REPORT: (Side.CITY, "The other half of accounting for public money (E05, T07)."),
}
"""Moves within the shared stages that one side alone may make, and why. Nothing else may be one-sided."""

COUNTERPARTS = {"katsuragi": Side.GROUP, "ono": Side.GROUP, "takahashi": Side.CITY, "ito": Side.CITY}
PAIRS = [("ono", "takahashi"), ("katsuragi", "ito")]
"""Member and officer; representative and head of the department."""

SHARED_SCENES = [scene for scene in SCENES if scene.partition(",")[0].partition(" ")[0] in SHARED]


def sides(move: M) -> set[Side]:
    """The sides that may make a move."""
    return {SIDE_OF[hat] for hat in MOVES[move].by if hat in SIDE_OF}


@pytest.mark.req("P05")
@pytest.mark.parametrize("state", SHARED)
def test_in_every_shared_state_what_one_side_may_the_other_may(state: State) -> None:
    for key, move in MOVES.items():
        if state not in move.starts or not sides(key):
            continue
        if key in ONE_SIDED:
            assert sides(key) == {ONE_SIDED[key][0]}
        else:
            assert sides(key) == set(Side), f"{key} is one-sided; is there a reason that stands in ONE_SIDED?"


@pytest.mark.req("P05")
def test_the_exceptions_are_few_needed_and_each_has_its_reason() -> None:
    needed = {key for key, move in MOVES.items() if set(move.starts) & set(SHARED) and len(sides(key)) == 1}
    assert set(ONE_SIDED) == needed
    assert all(len(reason) > 40 for _, reason in ONE_SIDED.values())


@pytest.mark.req("P05")
def test_equals_stand_under_equal_hats() -> None:
    for key, move in MOVES.items():
        if key in ONE_SIDED or sides(key) != set(Side):
            continue
        members, signers = {Hat.MEMBER, Hat.SECTION}, {Hat.REPRESENTATIVE, Hat.HEAD}
        assert set(move.by) & set(SIDE_OF) in (members, signers), key


@pytest.mark.req("P05", "C04")
@pytest.mark.parametrize("scene", SHARED_SCENES)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_at_every_scene_both_are_offered_and_can_do_the_same(scene: str, one: str, other: str, told: Told) -> None:
    story = told(scene)
    offered = {who: _offered(story, who) for who in (one, other)}
    common = {
        who: {key: ready for key, ready in moves.items() if key not in ONE_SIDED} for who, moves in offered.items()
    }
    if (one, other) == ("katsuragi", "ito"):  # a representative is a member too; a head of department is no officer
        common[one] = {key: ready for key, ready in common[one].items() if Hat.REPRESENTATIVE in MOVES[key].by}
    assert set(common[one]) == set(common[other])
    for key in common[one]:
        results = {who: _outcome(story, who, key) for who in (one, other) if common[who][key]}
        if len(results) == 2:
            assert results[one] == results[other], key


def _offered(story: Story, who: str) -> dict[M, bool]:
    """What somebody is offered, and whether it is ready."""
    actor = story.cast.actor(story.session, who)
    return {offer.key: offer.ready for offer in available(story.session, story.proposal, actor)}


def _outcome(story: Story, who: str, key: M) -> tuple[object, ...]:
    """What comes of a move: where it leads, who sees it, who is told of it."""
    actor = story.cast.actor(story.session, who)
    details = Deeds(story, story.proposal, 0).details(key, actor)
    savepoint = story.session.begin_nested()
    event = perform(story.session, story.proposal, key, actor, **details)
    outcome = (event.to_state, event.sight, sorted(MOVES[key].tells))
    savepoint.rollback()
    story.session.expire_all()
    return outcome


@pytest.mark.req("P05", "E01")
@pytest.mark.parametrize("scene", SHARED_SCENES)
def test_from_the_first_talk_on_both_read_the_same_history_and_whose_turn_it_is(scene: str, told: Told) -> None:
    story = told(scene)
    shared = {}
    for who in COUNTERPARTS:
        actor = story.cast.actor(story.session, who)
        found = find_visible(story.session, actor, story.proposal.id)
        assert found is not None
        shared[who] = [
            e.id for e in timeline(found, actor) if STAGE_OF.get(e.from_state) not in (Stage.INTAKE, Stage.SCREENING)
        ]
    assert len({tuple(events) for events in shared.values()}) == 1
    assert turns(story.proposal)


@pytest.mark.req("P05")
def test_nothing_about_the_shared_matter_is_kept_among_the_city() -> None:
    hidden = {key for key, move in MOVES.items() if move.sight is Sight.CITY}
    assert all(STAGE_OF[start] is Stage.SCREENING for key in hidden for start in MOVES[key].starts)


@pytest.mark.req("P05")
def test_whoever_is_told_of_a_shared_move_both_sides_are() -> None:
    for key, move in MOVES.items():
        told_sides = {SIDE_OF[hat] for hat in move.tells if hat in SIDE_OF}
        if set(move.starts) <= set(SHARED) and key not in ONE_SIDED and told_sides:
            assert told_sides == set(Side), key


@pytest.mark.req("P05", "V02")
def test_both_read_both_self_checks_or_only_their_own(told: Told) -> None:
    for scene, readable in (
        ("self_checking, group's is in", {"ono": 1, "takahashi": 0}),
        ("joint_review", {"ono": 2, "takahashi": 2}),
    ):
        story = told(scene)
        for who, count in readable.items():
            assert len(readable_self_checks(story.cast.actor(story.session, who), story.proposal)) == count


@pytest.mark.req("E06")
def test_result_and_responsibility_are_confirmed_by_both_before_anything_is_published(told: Told) -> None:
    for scene in ("joint_review, group confirmed", "joint_review, city confirmed"):
        assert told(scene).proposal.state is State.JOINT_REVIEW
    story = told("preparing, group looked")
    offers = {o.key: o for o in available(story.session, story.proposal, story.cast.actor(story.session, "nakamura"))}
    assert not offers[M.SCHEDULE_RELEASE].ready
