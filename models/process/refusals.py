"""Why a move did not happen: each refusal is a domain word that says, in the reader's language, what to do about it."""

from dataclasses import dataclass

from models.words import Word


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not there yet or not right. `field` names the form field or item; empty for the whole."""

    field: str
    sentence: Word


class Refusal(Exception):
    """A move that was refused. Nothing was written."""

    def __init__(self, sentence: Word) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence


class NotPossible(Refusal):
    """The proposal does not stand where this move starts; somebody may have been first."""


class NotAllowed(Refusal):
    """The person wears no hat that may make this move, or drafted what has to be approved."""


class NotReady(Refusal):
    """Something is missing or wrong; `missing` says what, item by item."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(Word("".join(m.sentence.ja for m in missing), " ".join(m.sentence.en for m in missing)))
        self.missing = missing
