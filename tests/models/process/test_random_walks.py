"""Thousands of random steps over several proposals at once, sensible and senseless, and what holds after each."""

from collections import Counter
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from shutil import copyfile
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import engage, gather
from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models import clock
from models.clock import TOKYO
from models.database import open_engine
from models.documents import Attachment
from models.editions import editions_in_force
from models.history import Event
from models.process.actors import SYSTEM, Actor, hats_of
from models.process.definition import MOVES
from models.process.perform import available, perform
from models.process.refusals import NotAllowed, NotPossible, NotReady, Refusal
from models.process.sight import turns
from models.process.vocabulary import ENDS, DutyKey, Hat, MoveKey, Stage, State
from models.proposals import Proposal
from tests.models.process.broken import spoiled
from tests.models.process.deeds import Deeds
from tests.models.process.invariants import (
    assert_history_whole,
    assert_numbers_without_gaps,
    assert_sealed,
    assert_somebodys_turn,
)
from tests.models.process.owing import answer_to
from tests.models.process.programmes import (
    AMONG,
    DECIDED,
    JUDGED,
    SECOND,
    THEMES,
    VOTED,
    put_in_force,
    round_opened,
    scoring_closed,
)
from tests.models.process.scenes import people_with_two_roles
from tests.models.process.traces import assert_well_told, face, in_memory, touched

WALKS, STEPS = 6, 50
"""Walks for each of the wishes, and how long each is."""
MOST = 4
"""Proposals under way at once."""
PATIENCE = 80
"""Within so many steps of doing what is owed a proposal comes to an end, wherever it stands."""
GROUPS = {"river": "katsuragi", "sound": "fujita", "danchi": "okada"}
SECTIONS = ("green", "welfare-policy")
CALLS = ("anytime", "anytime", DECIDED, VOTED, THEMES, AMONG)
KINDS = {
    "begin": 1, "do_what_is_owed": 7, "take_an_offer": 6, "part": 2, "try_anything": 8, "click_again": 1,
    "change_a_file": 1, "let_time_pass": 1,
}  # fmt: skip
"""The kinds of steps and how often each is taken."""
OFTEN = (MoveKey.COMMENT, MoveKey.ASK_OPINION, MoveKey.GIVE_OPINION, MoveKey.WITHDRAW)
"""Moves that are possible nearly everywhere and must not crowd out the others."""
WISHES = (
    MoveKey.DECLINE, MoveKey.RETURN_FOR_CORRECTION, MoveKey.SEND_BACK_SCREENING, MoveKey.RETURN_EXCLUSION,
    MoveKey.RETURN_CONCLUSION, MoveKey.NOT_ADOPT, MoveKey.CANCEL_ADOPTION, MoveKey.DECLINE_ASSIGNMENT,
    MoveKey.CORRECT_MINUTES, MoveKey.END_CONSULTATION, MoveKey.RETURN_AGREEMENT, MoveKey.RETURN_REPORT,
    MoveKey.DISCONTINUE, MoveKey.OBJECT_TO_SNAPSHOT, MoveKey.REVISE_SNAPSHOT, MoveKey.POSTPONE_RELEASE,
    MoveKey.WITHDRAW_PUBLICATION,
)  # fmt: skip
"""Moves beside the straight way: in some of the walks each, people think of it more often than of the others."""
DICE = st.randoms(use_true_random=True)
"""Even choices; what they are follows from what Hypothesis draws, so that every run is the same."""
BEGINNING = datetime(2026, 4, 6, 10, tzinfo=TOKYO).astimezone(UTC)


class Hour:
    """The clock of a walk; it goes on by itself and can be put forward."""

    def __init__(self) -> None:
        self.moment = BEGINNING

    def __call__(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment


class Diary:
    """What happened over all walks, so that the test knows how far they went."""

    def __init__(self) -> None:
        self.made: Counter[MoveKey] = Counter()
        self.reached: Counter[State] = Counter()
        self.refused: Counter[str] = Counter()
        self.steps = 0


class Walk(RuleBasedStateMachine):
    """One city, several proposals, everybody in it, and random steps."""

    city: Path
    """A database with the cast and nothing else."""
    copy: Path
    hour: Hour
    diary: Diary
    wish: MoveKey
    present: dict[date, list[Actor]]
    """Everybody as they are on a day; the same in every walk."""

    def __init__(self) -> None:
        super().__init__()
        self.hour.moment = BEGINNING
        copyfile(self.city, self.copy)
        self.engine = open_engine(f"sqlite:///{self.copy}")
        self.session = Session(self.engine)
        self.cast = gather(self.session)
        self.stories: list[Story] = []
        self.deeds: dict[int, Deeds] = {}
        self.known: dict[int, list[Any]] = {}
        self.last: tuple[Proposal, MoveKey, Actor, int, dict[str, Any], Event] | None = None

    # Steps

    @initialize(dice=DICE)
    def begin(self, dice: Random) -> None:
        """A group begins a draft."""
        if sum(story.proposal.state not in ENDS for story in self.stories) == MOST:
            return
        group, section, call = dice.choice(sorted(GROUPS)), dice.choice(SECTIONS), dice.choice(CALLS)
        if self.wish is MoveKey.CANCEL_ADOPTION:
            call = VOTED
        plot = Plot(group=group, proposer=GROUPS[group], section=section, call=call)
        story = Story(self.session, self.cast, plot)
        story.proposal.edition_id = dice.choice(editions_in_force(self.session))  # of one programme or the other
        self.stories.append(story)
        department = self.cast.departments[section].id
        excluding = dice.random() < (0.8 if self.wish is MoveKey.RETURN_EXCLUSION else 0.2)
        passing = dice.random() < 0.8
        deeds = Deeds(story, story.proposal, department, excluding=excluding, passing=passing)
        self.deeds[story.proposal.id] = deeds
        self._look(story.proposal)

    @rule(dice=DICE)
    def step(self, dice: Random) -> None:
        """One step of one kind or another."""
        own = Random(f"{dice.random()} {self.wish}")  # noqa: S311 - not the same steps for another wish
        [kind] = own.choices(list(KINDS), list(KINDS.values()))
        getattr(self, kind)(own)

    def do_what_is_owed(self, dice: Random) -> None:
        """People do what lies with them, one thing after the other; it is always possible."""
        proposal = self._some_proposal(dice)
        for _ in range(dice.randint(1, 8)):
            if proposal.state not in ENDS:
                self._get_on_with(proposal, dice.randrange(100))
            if proposal.state in MOVES[self.wish].starts and dice.random() < 0.5:
                self._one_of([self.wish], proposal, dice)

    def take_an_offer(self, dice: Random) -> None:
        """Somebody does one of the things offered; what is offered as ready can be done."""
        proposal = self._some_proposal(dice)
        moves = [key for key, move in MOVES.items() if proposal.state in move.starts and move.to not in ENDS]
        self._one_of(moves, proposal, dice)

    def part(self, dice: Random) -> None:
        """Somebody takes back what was published, or, more rarely, brings a proposal to an end."""
        published = [story.proposal for story in self.stories if story.proposal.state is State.PUBLISHED]
        if not published and dice.random() < 0.5:
            return
        proposal = dice.choice(published) if published else self._some_proposal(dice)
        moves = [key for key, move in MOVES.items() if proposal.state in move.starts]
        parting = [key for key in moves if set(MOVES[key].targets) & ENDS or key is MoveKey.WITHDRAW_PUBLICATION]
        self._one_of(parting, proposal, dice)

    def try_anything(self, dice: Random) -> None:
        """Anybody tries anything, with good details or spoiled ones: it happens, or it is refused without a trace."""
        self.diary.steps += 1
        proposal = self._some_proposal(dice)
        possible = [key for key, move in MOVES.items() if proposal.state in move.starts]
        moves = possible if possible and dice.random() < 0.8 else list(MoveKey)
        [key] = dice.choices(moves, [1 if MOVES[key].to in ENDS else 8 for key in moves])
        actor = dice.choice(self._everybody(MOVES[key].by if dice.random() < 0.8 else (), proposal))
        details = self.deeds[proposal.id].details(key, actor)
        if dice.random() < 0.7:
            details = spoiled(details, dice)
        offers = {offer.key: offer for offer in available(self.session, proposal, actor)}
        before, look = touched(self.session), face(proposal)
        done = self._attempt(proposal, key, actor, details)
        if isinstance(done, Event):
            assert offers[key].ready
            self._made(proposal, done)
            return
        self.diary.refused[type(done).__name__] += 1
        assert in_memory(self.session) == []
        assert (touched(self.session), face(proposal)) == (before, look)
        assert_well_told(done, key, proposal)
        assert isinstance(done, NotReady) == (key in offers)

    def _attempt(self, proposal: Proposal, key: MoveKey, actor: Actor, details: dict[str, Any]) -> Event | Refusal:
        try:
            return perform(self.session, proposal, key, actor, **details)
        except Refusal as refused:
            return refused

    def click_again(self, dice: Random) -> None:
        """The last click came twice."""
        if self.last is None:
            return
        proposal, key, actor, seen, details, event = self.last
        before = touched(self.session)
        assert perform(self.session, proposal, key, actor, seen=seen, **details) == event
        assert touched(self.session) == before

    def change_a_file(self, dice: Random) -> None:
        """A file is added to the agreement, or taken away."""
        proposal = self._some_proposal(dice)
        if proposal.state not in (State.DRAFTING, State.APPROVING, State.SIGNING):
            return
        there = [a for a in proposal.attachments if a.removed_at is None]
        if there:
            there[0].removed_at = clock.now()
        else:
            proposal.attachments.append(
                Attachment(
                    stage=Stage.AGREEMENT, name="図面.pdf", sha256=f"{dice.getrandbits(256):064x}", media_type="application/pdf",
                    size=1, added_by_id=proposal.created_by_id, added_at=clock.now(),
                )
            )  # fmt: skip
        self.session.flush()
        self._look(proposal)

    def let_time_pass(self, dice: Random) -> None:
        """Days go by; nothing happens by itself."""
        self.hour.moment += timedelta(days=dice.choice([0, 1, 7, 40, 200]), minutes=7)

    def teardown(self) -> None:
        """Whatever was done, doing what is owed brings the proposal to an end."""
        try:
            proposal = self.stories[0].proposal
            for turn in range(PATIENCE):
                if proposal.state in ENDS:
                    break
                self._get_on_with(proposal, turn)
            assert proposal.state in ENDS, f"stuck in {proposal.state}"
            for story in self.stories:
                assert_history_whole(self.session, story.proposal, self.known, anew=True)
        finally:
            self.session.close()
            self.engine.dispose()

    # Who and what

    def _some_proposal(self, dice: Random) -> Proposal:
        """One under way, if there is one."""
        proposals = [story.proposal for story in self.stories]
        return dice.choice([p for p in proposals if p.state not in ENDS] or proposals)

    def _everybody(self, hats: Collection[Hat], proposal: Proposal) -> list[Actor]:
        """All who wear one of the hats on the proposal; all there are when there is none or no hat is named."""
        today = clock.today()
        if today not in self.present:
            self.present[today] = [SYSTEM, *(self.cast.actor(self.session, who) for who in sorted(self.cast.people))]
        everybody = self.present[today]
        return [actor for actor in everybody if hats_of(actor, proposal) & set(hats)] or everybody

    def _one_of(self, moves: list[MoveKey], proposal: Proposal, dice: Random) -> None:
        """One of the moves, if somebody who may make it finds everything there."""
        if not moves:
            return
        [key] = dice.choices(moves, [1 if key in OFTEN else 4 for key in moves])
        actor = dice.choice(self._everybody(MOVES[key].by, proposal))
        if self._can(actor, key, proposal):
            self._make(proposal, key, actor)

    def _get_on_with(self, proposal: Proposal, turn: int) -> None:
        waiting = turns(proposal)
        duty = waiting[turn % len(waiting)]
        key, hat = answer_to(self.session, duty, proposal)
        if key is MoveKey.CLOSE_ROUND:
            scoring_closed(self.session, proposal)
        if duty.key is DutyKey.RELEASE:
            moment = proposal.snapshots[-1].release_at
            assert moment is not None
            self.hour.moment = max(self.hour.moment, moment)
        can = self._everybody({hat}, proposal)
        inviting = can[turn % len(can) :] + can[: turn % len(can)]
        somebody = next((actor for actor in inviting if self._can(actor, key, proposal)), None)
        assert somebody is not None, f"{duty.key}: none of those it lies with can do {key}"
        self._make(proposal, key, somebody)

    def _can(self, actor: Actor, key: MoveKey, proposal: Proposal) -> bool:
        if not hats_of(actor, proposal) & set(MOVES[key].by):
            return False
        return any(offer.key is key and offer.ready for offer in available(self.session, proposal, actor))

    def _make(self, proposal: Proposal, key: MoveKey, actor: Actor) -> None:
        self.diary.steps += 1
        if key is MoveKey.OPEN_ROUND:
            round_opened(self.session, proposal)
        details, seen = self.deeds[proposal.id].details(key, actor), proposal.version
        event = perform(self.session, proposal, key, actor, seen=seen, **details)
        self.last = (proposal, key, actor, seen, details, event)
        self._made(proposal, event)

    def _made(self, proposal: Proposal, event: Event) -> None:
        self.diary.made[event.move] += 1
        self.diary.reached[event.to_state] += 1
        assert event.to_state in (*MOVES[event.move].targets, event.from_state)
        self._look(proposal)

    def _look(self, proposal: Proposal) -> None:
        self.session.flush()
        anew = proposal.version % 8 == 0
        if anew:
            self.session.expire_all()  # as a new request would find it
        assert_history_whole(self.session, proposal, self.known, anew=anew)
        assert_somebodys_turn(self.session, proposal)
        assert_numbers_without_gaps(story.proposal.number for story in self.stories)
        if proposal.state in (State.SELF_CHECKING, State.JOINT_REVIEW):
            assert_sealed(proposal, self._everybody((), proposal))


@pytest.fixture
def walk(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> type[Walk]:
    """Walks through a city of this test's own, on its own clock."""
    Walk.hour, Walk.diary, Walk.present = Hour(), Diary(), {}
    Walk.city, Walk.copy = tmp_path / "city.sqlite3", tmp_path / "walk.sqlite3"
    copyfile(sqlite_template, Walk.city)
    engine = open_engine(f"sqlite:///{Walk.city}")
    with Session(engine) as session:
        with clock.standing_at(BEGINNING):
            people_with_two_roles(session, engage(session))
        with clock.standing_at(BEGINNING - timedelta(minutes=1)):
            for text in (JUDGED, SECOND):
                put_in_force(session, text)
        session.commit()
    engine.dispose()
    monkeypatch.setattr(clock, "now", Walk.hour)
    return Walk


@pytest.mark.timeout(600)
def test_whatever_people_do_nothing_is_lost_and_it_is_always_somebodys_turn(walk: type[Walk]) -> None:
    for walk.wish in WISHES:
        run_state_machine_as_test(
            walk,
            settings=settings(
                max_examples=WALKS,
                stateful_step_count=STEPS,
                derandomize=True,
                database=None,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    diary = walk.diary
    assert diary.steps > 4000, diary.steps
    assert set(diary.refused) == {NotAllowed.__name__, NotPossible.__name__, NotReady.__name__}
    assert set(diary.reached) | {State.DRAFT} == set(State), "walk longer: some states were never reached"
    assert set(diary.made) == set(MoveKey), "walk longer: some moves were never made"
