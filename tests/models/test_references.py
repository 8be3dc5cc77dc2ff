"""Stored files that no row refers to go after a day; one that some row speaks of never does."""

import io
import os
import threading
import time
from datetime import timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import JSON, String
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import engage
from kyodo.demonstration.story import Story
from models import clock, files, filetypes
from models.attachments import attach, detach
from models.documents import Document, DocumentKind
from models.files import StoredFile, path_of
from models.process.vocabulary import Sight, Stage, State
from models.references import HASHES, LISTS, clear_unreferred, referred_files
from models.tables import Base


def a_pdf(number: int) -> bytes:
    """A file unlike the others."""
    return f"%PDF-1.7\n%{number}\n%%EOF\n".encode()


def stored(number: int, *, days_ago: float = 2) -> StoredFile:
    """A file that has been in the store for a while."""
    file = files.store_upload(io.BytesIO(a_pdf(number)), f"{number}.pdf")
    then = time.time() - timedelta(days=days_ago).total_seconds()
    os.utime(path_of(file.sha256), (then, then))
    return file


def lies_there(file: StoredFile) -> bool:
    """Whether its bytes are still in the store."""
    return path_of(file.sha256).exists()


@pytest.fixture
def story(session: Session) -> Story:
    """A proposal with one file of its own."""
    story = Story(session, engage(session))
    attach(session, story.proposal, story.cast.actor(session, "ono"), Stage.INTAKE, stored(1))
    return story


def test_what_no_row_refers_to_goes_after_a_day(session: Session, story: Story) -> None:
    left, young = stored(2, days_ago=1.1), stored(3, days_ago=0.9)
    assert clear_unreferred(session) == 1
    assert (lies_there(left), lies_there(young)) == (False, True)


def test_a_file_that_a_row_speaks_of_never_goes(session: Session, story: Story) -> None:
    ono = story.cast.actor(session, "ono")
    taken_away = stored(2)
    detach(session, story.proposal, ono, attach(session, story.proposal, ono, Stage.INTAKE, taken_away).id)
    story.take_to(State.DRAFTING)
    agreed, receipt = stored(3), stored(4)
    attach(session, story.proposal, ono, Stage.AGREEMENT, agreed)
    story.draft_agreement()
    story.proposal.documents.append(
        Document(
            kind=DocumentKind.RECEIPT,
            sight=Sight.PARTIES,
            title="受付書",
            sha256=receipt.sha256,
            size=1,
            made_at=clock.now(),
        )
    )
    session.flush()
    handed_in = story.proposal.submissions[-1].attachments[0]["sha256"]
    assert story.proposal.agreements[-1].attachments[0]["sha256"] == agreed.sha256
    assert referred_files(session) == {handed_in, taken_away.sha256, agreed.sha256, receipt.sha256}
    assert clear_unreferred(session) == 0
    for file in (taken_away, agreed, receipt):
        assert lies_there(file)


@pytest.mark.parametrize("number", range(len(LISTS)))
def test_the_versions_of_papers_hold_their_files_by_themselves(session: Session, story: Story, number: int) -> None:
    story.take_to(State.DRAFTING)
    story.draft_agreement()
    alone = stored(5)
    version = (story.proposal.submissions, story.proposal.agreements)[number][-1]
    version.attachments = [{"id": 99, "name": "5.pdf", "sha256": alone.sha256, "size": 1}]
    session.flush()
    assert clear_unreferred(session) == 0
    assert lies_there(alone)


def test_no_column_that_names_stored_files_is_forgotten() -> None:
    asked = {(c.class_.__tablename__, c.key) for c in (*HASHES, *LISTS)}
    named = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if (isinstance(column.type, String) and "sha256" in column.name)
        or (isinstance(column.type, JSON) and column.name.startswith(("attachment", "file", "document")))
    }
    assert named == asked


def test_the_same_file_stored_again_is_new_again(session: Session, story: Story) -> None:
    again = stored(2)
    assert files.store_upload(io.BytesIO(a_pdf(2)), "2.pdf").sha256 == again.sha256
    assert clear_unreferred(session) == 0
    assert lies_there(again)


def test_a_file_stored_while_it_is_about_to_be_cleared_stays(session: Session, story: Story) -> None:
    old = stored(2)
    real = files.discard_stored

    def late(sha256: str) -> bool:
        files.store_made(a_pdf(2), "2.pdf", filetypes.PDF)
        return real(sha256)

    with patch("models.references.discard_stored", late):
        assert clear_unreferred(session) == 0
    assert lies_there(old)


def test_nobody_stores_a_file_in_the_moment_it_is_taken_away(session: Session, story: Story) -> None:
    """Between the look at its age and its going, a store that found it there would rely on it."""
    old = stored(2)
    real, storing = files.path_of, []

    def slow(sha256: str) -> object:
        place = real(sha256)
        if sha256 == old.sha256 and not storing:
            storing.append(threading.Thread(target=files.store_made, args=(a_pdf(2), "2.pdf", filetypes.PDF)))
            storing[0].start()
            storing[0].join(0.3)
            assert storing[0].is_alive(), "it waits for its turn"
        return place

    with patch("models.files.path_of", slow):
        assert files.discard_stored(old.sha256)
        storing[0].join(10)
    assert lies_there(old)


def test_the_store_of_another_database_is_left_alone(session: Session) -> None:
    files_of_others = [stored(number) for number in range(3)]
    assert clear_unreferred(session) == 0
    assert all(lies_there(file) for file in files_of_others)
