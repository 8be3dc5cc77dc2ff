"""Asking for a refusal in a test: what kind it is, which fields it names, and that nothing was written."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kyodo.demonstration.story import Story
from models.process.refusals import NotReady
from tests.models.process.traces import assert_sentence, face, rows


@contextmanager
def lacking(story: Story, *fields: str) -> Iterator[list[str]]:
    """Within the block a move is refused because exactly these fields are missing or wrong; "" is the whole.

    Gives the Japanese sentences, filled when the block is over.
    """
    sentences: list[str] = []
    before, look = rows(story.session), face(story.proposal)
    with pytest.raises(NotReady) as caught:
        yield sentences
    assert sorted({missing.field for missing in caught.value.missing}) == sorted(fields)
    for missing in caught.value.missing:
        assert_sentence(missing.sentence)
        sentences.append(missing.sentence.ja)
    story.session.flush()
    assert rows(story.session) == before
    assert face(story.proposal) == look
