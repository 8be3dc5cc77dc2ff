"""Attachments: who adds and takes away what, in which state, and what stays for good."""

import pytest
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast, engage
from kyodo.demonstration.story import Story
from models import clock
from models.attachments import MOST, attach, attached, attachment_to_open, detach, documents_for
from models.documents import Document, DocumentKind
from models.execution import ReportKind
from models.files import StoredFile
from models.process.refusals import NotAllowed, NotPossible
from models.process.vocabulary import MoveKey, Sight, Stage, State

RULES = StoredFile("a" * 64, 1200, "application/pdf", "会則.pdf")
PLAN = StoredFile("b" * 64, 800, "application/pdf", "仕様書.pdf")


@pytest.fixture
def cast(session: Session) -> Cast:
    """The people of Aobagawa."""
    return engage(session)


def test_the_group_adds_to_its_draft(session: Session, cast: Cast) -> None:
    story = Story(session, cast)
    added = attach(session, story.proposal, cast.actor(session, "ono"), Stage.INTAKE, RULES)
    assert attached(story.proposal, Stage.INTAKE) == [added]
    assert attached(story.proposal, Stage.AGREEMENT) == []


def test_the_same_file_twice_is_there_once(session: Session, cast: Cast) -> None:
    story, actor = Story(session, cast), cast.actor(session, "katsuragi")
    first = attach(session, story.proposal, actor, Stage.INTAKE, RULES)
    assert attach(session, story.proposal, actor, Stage.INTAKE, RULES) is first


def test_there_is_an_end_to_files(session: Session, cast: Cast) -> None:
    story, actor = Story(session, cast), cast.actor(session, "katsuragi")
    for number in range(MOST):
        attach(
            session, story.proposal, actor, Stage.INTAKE, StoredFile(f"{number:064}", 1, "image/png", f"{number}.png")
        )
    with pytest.raises(NotPossible):
        attach(session, story.proposal, actor, Stage.INTAKE, RULES)


def test_nothing_changes_once_it_is_handed_in(session: Session, cast: Cast) -> None:
    story, actor = Story(session, cast), cast.actor(session, "katsuragi")
    added = attach(session, story.proposal, actor, Stage.INTAKE, RULES)
    story.submit()
    with pytest.raises(NotPossible):
        attach(session, story.proposal, actor, Stage.INTAKE, PLAN)
    with pytest.raises(NotPossible):
        detach(session, story.proposal, actor, added.id)
    assert attachment_to_open(story.proposal, added.id) is added


@pytest.mark.parametrize("who", ["nakamura", "okada"])
def test_others_add_nothing_to_a_proposal(session: Session, cast: Cast, who: str) -> None:
    story = Story(session, cast)
    with pytest.raises(NotAllowed):
        attach(session, story.proposal, cast.actor(session, who), Stage.INTAKE, RULES)


@pytest.mark.req("P05")
@pytest.mark.parametrize("who", ["katsuragi", "takahashi"])
def test_either_side_adds_to_the_agreement(session: Session, cast: Cast, who: str) -> None:
    story = Story(session, cast)
    story.take_to(State.DRAFTING)
    attach(session, story.proposal, cast.actor(session, who), Stage.AGREEMENT, PLAN)
    with pytest.raises(NotAllowed):
        attach(session, story.proposal, cast.actor(session, "nakamura"), Stage.AGREEMENT, RULES)


def test_the_files_of_a_report_are_the_groups(session: Session, cast: Cast) -> None:
    story = Story(session, cast)
    story.take_to(State.RUNNING)
    report_id, ono = story.proposal.reports[0].id, cast.actor(session, "ono")
    receipt = attach(session, story.proposal, ono, Stage.EXECUTION, PLAN, report_id)
    for who in ("takahashi", "yamamoto", "nakamura"):
        with pytest.raises(NotAllowed):
            attach(session, story.proposal, cast.actor(session, who), Stage.EXECUTION, RULES, report_id)
        with pytest.raises(NotAllowed):
            detach(session, story.proposal, cast.actor(session, who), receipt.id)
    assert attached(story.proposal, Stage.EXECUTION, report_id) == [receipt]
    detach(session, story.proposal, cast.actor(session, "katsuragi"), receipt.id)
    assert attached(story.proposal, Stage.EXECUTION, report_id) == []


def test_what_was_handed_in_with_a_report_stays(session: Session, cast: Cast) -> None:
    story, ono = Story(session, cast), cast.actor(session, "ono")
    story.take_to(State.RUNNING)
    report_id = story.proposal.reports[0].id
    receipt = attach(session, story.proposal, ono, Stage.EXECUTION, PLAN, report_id)
    story.hand_in(ReportKind.INTERIM)
    with pytest.raises(NotPossible):
        attach(session, story.proposal, ono, Stage.EXECUTION, RULES, report_id)
    with pytest.raises(NotPossible):
        detach(session, story.proposal, ono, receipt.id)
    story.do(MoveKey.RETURN_REPORT, "takahashi", report_id=report_id, reason="領収書が違います。")
    better = attach(session, story.proposal, ono, Stage.EXECUTION, RULES, report_id)
    with pytest.raises(NotPossible) as refused:
        detach(session, story.proposal, ono, receipt.id)
    assert "仕様書.pdf" in refused.value.sentence.ja
    assert attached(story.proposal, Stage.EXECUTION, report_id) == [receipt, better]
    detach(session, story.proposal, ono, better.id)
    assert attached(story.proposal, Stage.EXECUTION, report_id) == [receipt]


def test_a_report_of_another_proposal_takes_no_files(session: Session, cast: Cast) -> None:
    story, other = Story(session, cast), Story(session, cast)
    for told in (story, other):
        told.take_to(State.RUNNING)
    with pytest.raises(NotPossible):
        attach(session, story.proposal, cast.actor(session, "ono"), Stage.EXECUTION, PLAN, other.proposal.reports[0].id)


def test_what_is_taken_away_is_gone_unless_an_agreement_holds_it(session: Session, cast: Cast) -> None:
    story, actor = Story(session, cast), cast.actor(session, "katsuragi")
    gone = attach(session, story.proposal, actor, Stage.INTAKE, RULES)
    detach(session, story.proposal, actor, gone.id)
    assert attachment_to_open(story.proposal, gone.id) is None
    assert detach(session, story.proposal, actor, 999_999) is None
    story.take_to(State.DRAFTING)
    held = attach(session, story.proposal, actor, Stage.AGREEMENT, PLAN)
    story.draft_agreement()
    detach(session, story.proposal, actor, held.id)
    assert attached(story.proposal, Stage.AGREEMENT) == []
    assert attachment_to_open(story.proposal, held.id) is held


def test_the_city_reads_documents_that_are_its_own(session: Session, cast: Cast) -> None:
    story = Story(session, cast)
    story.submit()
    for sight, kind in ((Sight.PARTIES, DocumentKind.RECEIPT), (Sight.CITY, DocumentKind.EXCLUSION_NOTICE)):
        story.proposal.documents.append(
            Document(kind=kind, sight=sight, title=kind, sha256="c" * 64, size=1, made_at=clock.now())
        )
    session.flush()
    assert len(documents_for(story.proposal, cast.actor(session, "katsuragi"))) == 1
    assert len(documents_for(story.proposal, cast.actor(session, "nakamura"))) == 2
