"""Every move, at every scene, by everybody: listing it and making it agree with the table written by hand."""

from collections.abc import Collection

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from models.database import writing
from models.process.actors import SYSTEM, Actor
from models.process.grammar import Offer
from models.process.perform import available, perform, refusal
from models.process.refusals import NotAllowed, NotPossible, NotReady, Refusal
from models.process.vocabulary import MoveKey
from tests.models.process.conftest import Told
from tests.models.process.deeds import UNASKED, Deeds
from tests.models.process.expected_table import SECOND_PERSON, Line, expected
from tests.models.process.programmes import JUDGE
from tests.models.process.scenes import BEGINNINGS, BOTH_SIDES, COMING, FORMER, SCENES, TWO_POSTS
from tests.models.process.traces import assert_well_told, face, in_memory, rows, touched

TABLE = expected()
MAY_EVER = {move: line.hats for (_, move), line in TABLE.items()}
"""The hats that may ever make a move; in no state other hats than in another."""

GROUP = {"katsuragi": {"member", "representative"}, "ono": {"member"}, BOTH_SIDES: {"member"}}
OFFICE = {"nakamura": {"desk"}, "kobayashi": {"desk"}, "kato": {"desk"}, TWO_POSTS: {"desk"}}
SECTION = {"takahashi": {"section"}, "yamamoto": {"section", "section_head"}, TWO_POSTS: {"section"}}
ADVISERS = {"mori": {"adviser"}, "saito": {"adviser"}}
HEAD_OF_OFFICE, HEAD_OF_SECTION = "watanabe", "ito"
NOBODY = ("fujita", "okada", "inoue", "matsumoto", "shimizu", *ADVISERS, "admin", JUDGE, FORMER, COMING)
"""Another group, other sections, another department's head, the administrator, a judge; not any more, not yet."""
KYODO = "Kyodo"

WITHOUT_SECTION = (
    "entered", "planning", "submitted", "returned", "declined", "withdrawn", "screening", "pass_proposed",
    "exclusion_proposed", "exclusion_approval", "excluded", "selecting", "deciding", "provisional", "not_adopted",
    "registered", "assigning",
)  # fmt: skip
"""States before a section is responsible, unless consultation came first."""

COMPLETES = {
    ("consulting, group confirmed", "confirm_record", "city"),
    ("consulting, city confirmed", "confirm_record", "group"),
    ("signing, group signed", "sign", "city"),
    ("signing, city signed", "sign", "group"),
    ("running, final handed in", "accept_report", "city"),
    ("self_checking, group's is in", "submit_self_check", "city"),
    ("self_checking, city's is in", "submit_self_check", "group"),
    ("joint_review, group confirmed", "confirm_joint_sheet", "city"),
    ("joint_review, city confirmed", "confirm_joint_sheet", "group"),
    ("consulting first, group confirmed", "confirm_record", "city"),
    ("selecting, scored in the last round", "conclude", "city"),
    ("selecting without a round", "conclude", "city"),
    ("selecting after consultation", "conclude", "city"),
}
"""Where a move that waits for the other side, for the last one, or for the last round leads on."""

ANOTHER_WAY = {
    ("pass_proposed, to be judged", "confirm_pass"): "selecting",
    ("pass_proposed, to be decided", "confirm_pass"): "selecting",
    ("pass_proposed, among groups", "confirm_pass"): "registered",
    ("deciding among groups", "adopt"): "registered",
    ("provisional among groups", "decide_finally"): "registered",
    ("consulting first, group confirmed", "confirm_record"): "selecting",
    ("deciding", "adopt"): "provisional",
    ("deciding, failed in the first round", "adopt"): "provisional",
    ("deciding after consultation", "adopt"): "drafting",
    ("provisional after consultation", "decide_finally"): "drafting",
}
"""Where a move that can lead to several states leads to another than the first."""

DRAFTERS = {
    "conclude": "kato",
    "propose_pass": "nakamura", "propose_exclusion": "nakamura", "confirm_exclusion": "kobayashi",
    "send_for_approval": "takahashi",
}  # fmt: skip
"""Who made these moves in the stories."""


def state_of(scene: str) -> str:
    """The state a scene's name opens with."""
    return scene.partition(",")[0].partition(" ")[0]


def has_section(scene: str) -> bool:
    """Whether a section is responsible although the state does not say so."""
    return "after consultation" in scene


def hats(scene: str) -> dict[str, set[str]]:
    """Who wears which hats at a scene."""
    worn: dict[str, set[str]] = {who: set() for who in (*OFFICE, *SECTION, HEAD_OF_OFFICE, HEAD_OF_SECTION, *NOBODY)}
    worn |= {who: set(own) for who, own in GROUP.items()} | {KYODO: {"system"}}
    if state_of(scene) == "draft" or scene == "withdrawn draft":
        return worn
    if "opinion" in scene:
        worn |= {who: set(own) for who, own in ADVISERS.items()}
    for who, own in OFFICE.items():
        worn[who] |= own
    if state_of(scene) in WITHOUT_SECTION and not has_section(scene):
        worn[HEAD_OF_OFFICE] = {"head"}
    else:
        for who, own in SECTION.items():
            worn[who] |= own
        worn[HEAD_OF_SECTION] = {"head"}
    return worn


def actors(session: Session, cast: Cast) -> dict[str, Actor]:
    """Everybody as an actor."""
    return {who: cast.actor(session, who) for who in cast.people} | {KYODO: SYSTEM}


class Examination:
    """One scene, looked at with everybody's eyes."""

    def __init__(self, scene: str, story: Story) -> None:
        self.scene = scene
        self.state = state_of(scene)
        self.session = story.session
        self.proposal = story.proposal
        excluding = "ground" in scene or "exclusion" in scene
        section_id = story.cast.departments["welfare-policy"].id
        self.deeds = Deeds(story, story.proposal, section_id, excluding=excluding)
        self.actors = actors(story.session, story.cast)
        self.hats = hats(scene)
        self.on_sqlite = story.session.get_bind().dialect.name == "sqlite"
        self.seen_made: set[tuple[MoveKey, frozenset[str]]] = set()

    def everybody(self, refusing: Collection[MoveKey] = tuple(MoveKey)) -> None:
        """Nobody may do more, or less, than the table says. refusing: the moves that are tried in vain."""
        assert set(self.actors) >= set(self.hats)
        before, look = rows(self.session), face(self.proposal)
        for who, worn in self.hats.items():
            self._one(who, worn, refusing)
        self.session.flush()
        assert rows(self.session) == before
        assert face(self.proposal) == look

    def _one(self, who: str, worn: set[str], refusing: Collection[MoveKey]) -> None:
        actor = self.actors[who]
        offers = {offer.key: offer for offer in available(self.session, self.proposal, actor)}
        assert set(offers) == {key for key in MoveKey if self._may(who, worn, key)}, (who, self.scene)
        for key in MoveKey:
            offer = offers.get(key)
            if offer is not None and offer.ready:
                self._taken_up(key, actor, worn)
            elif key in refusing:
                refused = self._refused(key, actor, self._kind(worn, key, offer))
                if offer is not None:
                    assert isinstance(refused, NotReady)
                    assert refused.missing == offer.missing

    def _taken_up(self, key: MoveKey, actor: Actor, worn: set[str]) -> None:
        """Somebody who may: refused empty-handed, and carried out, once for each set of hats."""
        if (key, frozenset(worn)) in self.seen_made:
            return
        self.seen_made.add((key, frozenset(worn)))
        if key not in UNASKED:
            self._refused(key, actor, NotReady, empty_handed=True)
        self._made(key, actor, TABLE[self.state, key], worn)

    def _kind(self, worn: set[str], key: MoveKey, offer: Offer | None) -> type[Refusal]:
        if offer is not None:
            return NotReady
        if not worn & MAY_EVER[key]:
            return NotAllowed
        return NotAllowed if (self.state, key) in TABLE else NotPossible

    def _may(self, who: str, worn: set[str], key: MoveKey) -> bool:
        line = TABLE.get((self.state, key))
        drafters = {DRAFTERS[move] for move in SECOND_PERSON.get(key, ())}
        return line is not None and bool(worn & line.hats) and who not in drafters

    def _refused(self, key: MoveKey, actor: Actor, kind: type[Refusal], *, empty_handed: bool = False) -> Refusal:
        details = {} if empty_handed else self.deeds.details(key, actor)
        before = touched(self.session) if self.on_sqlite else 0
        with pytest.raises(Refusal) as caught:
            perform(self.session, self.proposal, key, actor, **details)
        assert type(caught.value) is kind, (self.scene, key, actor.name, caught.value)
        assert in_memory(self.session) == []
        if self.on_sqlite:
            assert touched(self.session) == before, (self.scene, key, actor.name)
        assert_well_told(caught.value, key, self.proposal)
        if not empty_handed:
            foreseen = refusal(self.session, self.proposal, key, actor)
            assert foreseen is not None
            assert foreseen.sentence == caught.value.sentence
        return caught.value

    def _made(self, key: MoveKey, actor: Actor, line: Line, worn: set[str]) -> None:
        assert refusal(self.session, self.proposal, key, actor) is None
        version, details = self.proposal.version, self.deeds.details(key, actor)
        savepoint = self.session.begin_nested()
        event = perform(self.session, self.proposal, key, actor, **details)
        assert self.proposal.state == self._target(line, worn), (self.scene, key, actor.name)
        assert (event.from_state, event.to_state) == (self.state, self.proposal.state)
        assert event.hat in line.hats & worn
        assert event.number == self.proposal.version == version + 1
        savepoint.rollback()
        self.session.expire_all()

    def _target(self, line: Line, worn: set[str]) -> str:
        side = "group" if "member" in worn else "city"
        if line.condition and (self.scene, line.move, side) not in COMPLETES:
            return self.state
        target = ANOTHER_WAY.get((self.scene, line.move), line.leads_to[0])
        assert target in line.leads_to
        return target


@pytest.mark.parametrize("scene", SCENES)
def test_everybody_may_do_what_the_table_says_and_nothing_else(scene: str, told: Told) -> None:
    Examination(scene, told(scene)).everybody()


@pytest.mark.timeout(300)
def test_the_same_holds_on_postgresql(postgresql: Engine) -> None:
    """A sample: within savepoints, one scene of each state and those where a pair is completed; three moves in vain."""
    one_each = {state_of(scene): scene for scene in reversed(SCENES)}
    sample = {*one_each.values(), *(scene for scene, _, _ in COMPLETES)}
    in_vain = (MoveKey.ACCEPT, MoveKey.SIGN, MoveKey.RELEASE)
    followers = {scene: [s for s, (before, _) in SCENES.items() if before == scene] for scene in SCENES}

    def walk(scene: str, story: Story) -> None:
        if scene in sample:
            Examination(scene, story).everybody(in_vain)
        for follower in followers[scene]:
            with story.session.begin_nested() as savepoint:
                SCENES[follower][1](story)
                story.session.expire_all()
                walk(follower, story)
                savepoint.rollback()
            story.session.expire_all()

    with writing() as session:
        for scene, beginning in BEGINNINGS.items():
            with session.begin_nested() as savepoint:
                walk(scene, beginning(session))
                savepoint.rollback()
            session.expire_all()


def test_every_way_that_the_table_names_is_taken() -> None:
    several = {(line.state, line.move): set(line.leads_to[1:]) for line in TABLE.values() if len(line.leads_to) > 1}
    taken: dict[tuple[str, str], set[str]] = {}
    for (scene, move), target in ANOTHER_WAY.items():
        taken.setdefault((state_of(scene), move), set()).add(target)
    assert several == taken


def test_nothing_the_table_promises_is_out_of_reach(told: Told) -> None:
    promised = {(line.state, line.move, hat) for line in TABLE.values() for hat in line.hats}
    promised -= {(state, "comment", "section") for state in WITHOUT_SECTION}  # there is no section yet
    promised -= {(state, "give_opinion", "adviser") for state, _ in TABLE}  # told in test_opinions.py
    seen = set()
    for scene in SCENES:
        story = told(scene)
        for who, actor in actors(story.session, story.cast).items():
            worn = hats(scene).get(who, set())
            seen |= {
                (state_of(scene), offer.key.value, hat)
                for offer in available(story.session, story.proposal, actor)
                if offer.ready
                for hat in worn & TABLE[state_of(scene), offer.key].hats
            }
    assert promised - seen == set()
