"""What a move leaves behind, looked at from outside: rows, the proposal's own columns, and how a refusal reads."""

import re
from typing import Any

from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from models.process.definition import MOVES
from models.process.labels import HATS, MOVE_WORDS, STATES
from models.process.refusals import NotAllowed, NotPossible, NotReady, Refusal
from models.process.sight import shown_state
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from models.tables import Base
from models.words import Word

TABLES = tuple(table.name for table in Base.metadata.sorted_tables)
COUNTING = " UNION ALL ".join(f"SELECT {number}, count(*) FROM {name}" for number, name in enumerate(TABLES))  # noqa: S608 - names of our own tables

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


def rows(session: Session) -> dict[str, int]:
    """How many rows each table has."""
    return {TABLES[number]: count for number, count in session.execute(text(COUNTING))}


def face(proposal: Proposal) -> dict[str, Any]:
    """Every column of the proposal as the session holds it."""
    return {column.key: getattr(proposal, column.key) for column in inspect(Proposal).column_attrs}


def touched(session: Session) -> int:
    """How many rows this SQLite connection has written so far, whatever was rolled back since."""
    driver: Any = session.connection().connection.driver_connection
    changes: int = driver.total_changes
    return changes


def in_memory(session: Session) -> list[object]:
    """Objects that the next flush would write."""
    return [*session.new, *(o for o in session.dirty if session.is_modified(o)), *session.deleted]


def assert_well_told(refusal: Refusal, key: MoveKey, proposal: Proposal) -> None:
    """Every refusal is a sentence in both languages that says what is missing, what came before, or who can."""
    assert_sentence(refusal.sentence)
    if isinstance(refusal, NotReady):
        assert refusal.missing
        for missing in refusal.missing:
            assert_sentence(missing.sentence)
    elif isinstance(refusal, NotAllowed):
        for hat in MOVES[key].by:
            assert HATS[hat].ja in refusal.sentence.ja
            assert HATS[hat].en in refusal.sentence.en
        assert MOVE_WORDS[key].button.ja in refusal.sentence.ja
    else:
        assert isinstance(refusal, NotPossible)
        told = {STATES[proposal.state], STATES[shown_state(proposal.state, frozenset())]}
        assert any(word.ja in refusal.sentence.ja and word.en in refusal.sentence.en for word in told)
        assert MOVE_WORDS[key].button.ja in refusal.sentence.ja


def assert_sentence(word: Word) -> None:
    """A whole sentence in Japanese and another in English, with every blank filled."""
    assert JAPANESE.search(word.ja), word
    assert re.search(r"[A-Za-z]{2}", word.en), word
    assert word.ja.rstrip().endswith("。"), word
    assert word.en.rstrip().endswith("."), word
    assert not re.search(r"[{}]", word.ja + word.en), word
