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
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from tests.models.process.deeds import Deeds

Step = Callable[[Story], object]

BOTH_SIDES = "murata"
"""Belongs to the proposing group, and holds posts in the program office and at the head of the section."""
TWO_POSTS = "hoshino"
"""Works in the program office and in the responsible section."""
FORMER = "kuroda"
"""Worked in the section and belonged to the group until yesterday."""
COMING = "asano"
"""Will work in the section and belong to the group from tomorrow."""


def _nothing(story: Story) -> None:
    """The draft as it is begun."""


def _set_for_a_second_ahead(story: Story) -> None:
    story.schedule(clock.now() + timedelta(seconds=1))


def _meet_by_the_group(story: Story) -> None:
    deeds = Deeds(story, story.proposal, 0)
    actor = story.cast.actor(story.session, story.plot.proposer)
    story.do(MoveKey.RECORD_MEETING, story.plot.proposer, **deeds.details(MoveKey.RECORD_MEETING, actor))


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
    "consulting, minutes by the group": ("consulting", _meet_by_the_group),
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
    "running, minutes by the group": ("running", _meet_by_the_group),
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
    cast = engage(session)
    people_with_two_roles(session, cast)
    return Story(session, cast)


def play(folder: Path, empty: Path) -> dict[str, Path]:
    """A SQLite file for every scene, made from the file of the scene it follows from."""
    files: dict[str, Path] = {}
    for number, (scene, (before, step)) in enumerate(SCENES.items()):
        files[scene] = copyfile(files.get(before, empty), folder / f"{number:02}.sqlite3")
        engine = open_engine(f"sqlite:///{files[scene]}")
        with Session(engine) as session:
            story = Resumed(session, gather(session)) if before else begin(session)
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
