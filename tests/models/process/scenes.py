"""Proposals in every state and at every turn within it, each reached by replaying its moves, kept as database files."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from shutil import copyfile

from sqlalchemy import select
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast, engage, gather
from kyodo.demonstration.story import Story
from models import clock
from models.database import open_engine
from models.execution import ReportKind
from models.people import Group, MemberRole, Membership, Person, Post, Seat, Tenure
from models.process.vocabulary import MoveKey, State
from models.proposals import Proposal
from tests.models.process.deeds import Deeds
from tests.models.process.programmes import (
    AMONG,
    AMONG_DECIDED,
    AMONG_VOTED,
    CONSULTED_FIRST,
    DECIDED,
    JUDGED,
    THEMES,
    VOTED,
    round_opened,
    scoring_closed,
    told_under,
)

Step = Callable[[Story], object]

BOTH_SIDES = "murata"
"""Belongs to the proposing group, and holds posts in the program office and at the head of the section."""
TWO_POSTS = "hoshino"
"""Works in the program office and in the responsible section."""
FORMER = "kuroda"
"""Worked in the section and belonged to the group until yesterday."""
COMING = "asano"
"""Will work in the section and belong to the group from tomorrow."""
ASKED = "safety"
"""The section that is asked for its opinion."""


def _nothing(story: Story) -> None:
    """The draft as it is begun."""


def _set_for_a_second_ahead(story: Story) -> None:
    story.schedule(clock.now() + timedelta(seconds=1))


def _done(key: MoveKey, who: str) -> Step:
    """Somebody makes a move, with good details."""

    def step(story: Story) -> None:
        actor = story.cast.actor(story.session, who)
        story.do(key, who, **Deeds(story, story.proposal, 0).details(key, actor))

    return step


def _up_to_the_result(story: Story) -> None:
    story.submit()
    story.accept()
    story.find()
    story.propose_pass()


def _to_be_judged(story: Story) -> None:
    story.confirm_pass()
    round_opened(story.session, story.proposal)


def _close_the_scoring(story: Story) -> None:
    scoring_closed(story.session, story.proposal)


def _conclude(*, passed: bool) -> Step:
    """The committee's conclusion on what was scored, taken down by the head of the office."""

    def step(story: Story) -> None:
        story.do(MoveKey.CONCLUDE, "kato", passed=passed, remarks="地域に必要な事業です。", opinion="", amount=None)
        if story.proposal.rounds_passed == 1:
            round_opened(story.session, story.proposal)

    return step


def _score_the_last_round(story: Story) -> None:
    _done(MoveKey.OPEN_ROUND, "nakamura")(story)
    _close_the_scoring(story)
    story.do(MoveKey.CLOSE_ROUND, "nakamura")


def _consult_until_the_group_confirmed(story: Story) -> None:
    story.take_to(State.CONSULTING)
    story.meet()
    story.write_record()
    story.confirm_record(story.plot.proposer)


def _adopt_after_consultation(story: Story) -> None:
    _consult_until_the_group_confirmed(story)
    story.confirm_record(story.plot.officer)
    _conclude(passed=True)(story)
    _done(MoveKey.ADOPT, "ito")(story)


def _conclude_at_once(story: Story) -> None:
    _up_to_the_result(story)
    story.confirm_pass()
    _conclude(passed=True)(story)


def _adopt_at_once(story: Story) -> None:
    _conclude_at_once(story)
    _done(MoveKey.ADOPT, "watanabe")(story)


def _release(story: Story) -> None:
    moment = story.proposal.snapshots[-1].release_at
    assert moment is not None
    with clock.standing_at(moment):
        story.release()


SCENES: dict[str, tuple[str, Step]] = {
    "draft": ("", _nothing),
    "withdrawn draft": ("draft", Story.withdraw),
    "submitted": ("draft", Story.submit),
    "returned": ("submitted", Story.return_for_correction),
    "declined": ("submitted", Story.decline),
    "withdrawn": ("submitted", Story.withdraw),
    "screening": ("submitted", Story.accept),
    "screening, nothing applies": ("screening", Story.find),
    "screening, a ground applies": ("screening", Story.find_ground),
    "pass_proposed": ("screening, nothing applies", Story.propose_pass),
    "exclusion_proposed": ("screening, a ground applies", Story.send_exclusion),
    "exclusion_approval": ("exclusion_proposed", Story.confirm_exclusion),
    "excluded": ("exclusion_approval", Story.approve_exclusion),
    "assigning": ("pass_proposed", Story.confirm_pass),
    "assigned": ("assigning", Story.assign),
    "consulting": ("assigned", Story.take_on),
    "consulting, minutes written": ("consulting", Story.hold_meeting),
    "consulting, minutes by the group": ("consulting", _done(MoveKey.RECORD_MEETING, "katsuragi")),
    "consulting, minutes confirmed": ("consulting, minutes written", Story.confirm_minutes),
    "consulting, record written": ("consulting, minutes confirmed", Story.write_record),
    "consulting, group confirmed": ("consulting, record written", lambda s: s.confirm_record(s.plot.proposer)),
    "consulting, city confirmed": ("consulting, record written", lambda s: s.confirm_record(s.plot.officer)),
    "not_agreed": ("consulting", Story.end_consultation),
    "drafting": ("consulting, group confirmed", lambda s: s.confirm_record(s.plot.officer)),
    "drafting, text written": ("drafting", Story.draft_agreement),
    "approving": ("drafting, text written", Story.send_for_approval),
    "signing": ("approving", Story.approve_agreement),
    "signing, group signed": ("signing", lambda s: s.sign_as(s.plot.proposer)),
    "signing, city signed": ("signing", lambda s: s.sign_as(s.plot.head)),
    "running": ("signing, group signed", lambda s: s.sign_as(s.plot.head)),
    "running, talked": ("running", Story.hold_meeting),
    "running, minutes by the group": ("running", _done(MoveKey.RECORD_MEETING, "katsuragi")),
    "running, interim handed in": ("running", lambda s: s.hand_in(ReportKind.INTERIM)),
    "running, interim accepted": ("running, interim handed in", lambda s: s.accept_report(ReportKind.INTERIM)),
    "running, final handed in": ("running, interim accepted", lambda s: s.hand_in(ReportKind.FINAL)),
    "discontinued": ("running", Story.discontinue),
    "self_checking": ("running, final handed in", lambda s: s.accept_report(ReportKind.FINAL)),
    "self_checking, group's is in": ("self_checking", Story.check_group),
    "self_checking, city's is in": ("self_checking", Story.check_city),
    "joint_review": ("self_checking, group's is in", Story.check_city),
    "joint_review, voices heard": ("joint_review", Story.hear_beneficiaries),
    "joint_review, sheet written": ("joint_review, voices heard", Story.write_sheet),
    "joint_review, group confirmed": ("joint_review, sheet written", lambda s: s.confirm_sheet(s.plot.proposer)),
    "joint_review, city confirmed": ("joint_review, sheet written", lambda s: s.confirm_sheet(s.plot.officer)),
    "preparing": ("joint_review, group confirmed", lambda s: s.confirm_sheet(s.plot.officer)),
    "preparing, text made": ("preparing", Story.make_snapshot),
    "preparing, group looked": ("preparing, text made", lambda s: s.look_over_as(s.plot.proposer)),
    "preparing, both looked": ("preparing, group looked", lambda s: s.look_over_as(s.plot.officer)),
    "scheduled": ("preparing, both looked", Story.schedule),
    "scheduled for a moment that has come": ("preparing, both looked", _set_for_a_second_ahead),
    "published": ("scheduled for a moment that has come", _release),
    "unpublished": ("published", Story.withdraw_publication),
    # opinions of sections
    "screening, opinion asked": ("screening", _done(MoveKey.ASK_OPINION, "nakamura")),
    "screening, opinion given": ("screening, opinion asked", _done(MoveKey.GIVE_OPINION, "mori")),
    # an entry, two rounds, and a budget to be voted
    "draft for the themes": ("", _nothing),
    "entered": ("draft for the themes", lambda s: s.do(MoveKey.ENTER, s.plot.proposer)),
    "planning": ("entered", _done(MoveKey.TAKE_ENTRY, "nakamura")),
    "pass_proposed, to be judged": ("planning", _up_to_the_result),
    "selecting": ("pass_proposed, to be judged", _to_be_judged),
    "selecting, opinion asked": ("selecting", _done(MoveKey.ASK_OPINION, "nakamura")),
    "selecting, in a round": ("selecting", _done(MoveKey.OPEN_ROUND, "nakamura")),
    "selecting, scoring closed": ("selecting, in a round", _close_the_scoring),
    "selecting, scored": ("selecting, scoring closed", lambda s: s.do(MoveKey.CLOSE_ROUND, s.plot.desk)),
    "selecting, one round passed": ("selecting, scored", _conclude(passed=True)),
    "selecting, scored in the last round": ("selecting, one round passed", _score_the_last_round),
    "deciding": ("selecting, scored in the last round", _conclude(passed=True)),
    "deciding, failed in the first round": ("selecting, scored", _conclude(passed=False)),
    "provisional": ("deciding", _done(MoveKey.ADOPT, "watanabe")),
    "not_adopted": ("deciding", _done(MoveKey.NOT_ADOPT, "watanabe")),
    "assigning, after the vote": ("provisional", _done(MoveKey.DECIDE_FINALLY, "watanabe")),
    # a decision without rounds
    "draft to be decided": ("", _nothing),
    "pass_proposed, to be decided": ("draft to be decided", _up_to_the_result),
    "selecting without a round": ("pass_proposed, to be decided", Story.confirm_pass),
    "deciding without a round": ("selecting without a round", _conclude(passed=True)),
    "assigning, adopted": ("deciding without a round", _done(MoveKey.ADOPT, "watanabe")),
    # groups among themselves
    "draft among groups": ("", _nothing),
    "pass_proposed, among groups": ("draft among groups", _up_to_the_result),
    "registered": ("pass_proposed, among groups", Story.confirm_pass),
    "withdrawn, registered before": ("registered", Story.withdraw),
    "draft among groups, to be decided": ("", _nothing),
    "deciding among groups": ("draft among groups, to be decided", _conclude_at_once),
    "registered, adopted": ("deciding among groups", _done(MoveKey.ADOPT, "watanabe")),
    "draft among groups, to be voted": ("", _nothing),
    "provisional among groups": ("draft among groups, to be voted", _adopt_at_once),
    "registered, after the vote": ("provisional among groups", _done(MoveKey.DECIDE_FINALLY, "watanabe")),
    # consultation first
    "draft to be consulted on first": ("", _nothing),
    "consulting first, group confirmed": ("draft to be consulted on first", _consult_until_the_group_confirmed),
    "selecting after consultation": ("consulting first, group confirmed", lambda s: s.confirm_record(s.plot.officer)),
    "deciding after consultation": ("selecting after consultation", _conclude(passed=True)),
    "drafting, adopted after consultation": ("deciding after consultation", _done(MoveKey.ADOPT, "ito")),
    "draft to be consulted on and voted": ("", _nothing),
    "provisional after consultation": ("draft to be consulted on and voted", _adopt_after_consultation),
    "drafting, voted after consultation": ("provisional after consultation", _done(MoveKey.DECIDE_FINALLY, "ito")),
}
"""Each scene with the one it follows from and the step that leads to it. The state opens the name."""


class Resumed(Story):
    """A story taken up again where its proposal stands."""

    def _begin(self) -> Proposal:
        return self.session.scalars(select(Proposal)).one()


def people_with_two_roles(session: Session, cast: Cast) -> None:
    """Those whom rules about hats are easily wrong about."""
    today = clock.today()
    desk, section = cast.departments["desk"].id, cast.departments["welfare-policy"].id
    river = cast.groups["river"]
    officer = Post(department_id=desk, seat=Seat.OFFICER, name="市民協働課 主任")
    head = Post(department_id=section, seat=Seat.SECTION_HEAD, name="福祉政策課 課長補佐")
    clerk = Post(department_id=section, seat=Seat.OFFICER, name="福祉政策課 主事")
    for name, posts, group, since, until in (
        (BOTH_SIDES, (officer, head), river, today, None),
        (TWO_POSTS, (officer, clerk), None, today, None),
        (FORMER, (clerk,), river, today - timedelta(days=90), today - timedelta(days=1)),
        (COMING, (clerk,), river, today + timedelta(days=1), None),
    ):
        person = Person(name=f"{name} 試", email=f"{name}@aobagawa.example", session_key=name, created_at=clock.now())
        session.add(person)
        session.add_all(Tenure(post=post, person=person, since=since, until=until) for post in posts)
        if isinstance(group, Group):
            session.add(Membership(group=group, person=person, role=MemberRole.MEMBER, since=since, until=until))
        cast.people[name] = person
    session.flush()


def begin(session: Session) -> Story:
    """The first scene, in an empty database."""
    return Story(session, _everybody(session))


def _everybody(session: Session) -> Cast:
    cast = engage(session)
    people_with_two_roles(session, cast)
    return cast


def _beginning(text: str, call: str) -> Callable[[Session], Story]:
    return lambda session: told_under(session, _everybody(session), text, call)


BEGINNINGS: dict[str, Callable[[Session], Story]] = {
    "draft": begin,
    "draft for the themes": _beginning(JUDGED, THEMES),
    "draft to be decided": _beginning(JUDGED, DECIDED),
    "draft among groups": _beginning(JUDGED, AMONG),
    "draft among groups, to be decided": _beginning(JUDGED, AMONG_DECIDED),
    "draft among groups, to be voted": _beginning(CONSULTED_FIRST, AMONG_VOTED),
    "draft to be consulted on first": _beginning(CONSULTED_FIRST, DECIDED),
    "draft to be consulted on and voted": _beginning(CONSULTED_FIRST, VOTED),
}
"""How the scenes begin that follow from no other, each in an empty database."""


def play(folder: Path, empty: Path) -> dict[str, Path]:
    """A SQLite file for every scene, made from the file of the scene it follows from."""
    files: dict[str, Path] = {}
    for number, (scene, (before, step)) in enumerate(SCENES.items()):
        files[scene] = copyfile(files.get(before, empty), folder / f"{number:02}.sqlite3")
        engine = open_engine(f"sqlite:///{files[scene]}")
        with Session(engine) as session:
            story = Resumed(session, gather(session)) if before else BEGINNINGS[scene](session)
            step(story)
            assert story.proposal.state == scene.split(",")[0].split(" ")[0], (scene, story.proposal.state)
            session.commit()
        engine.dispose()
        _settle_file(files[scene])
    return files


def _settle_file(path: Path) -> None:
    """Bring everything into the one file, so that copying it copies all."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
