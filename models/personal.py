"""Personal data in answers: who reads it, and answers without it for everybody else."""

from collections.abc import Iterable, Mapping

from models.documents import Attachment
from models.process.vocabulary import Hat, Stage
from models.programme.forms import Item
from models.programme.schema import Programme
from models.proposals import Proposal

GROUP_AND_DESK = frozenset({Hat.MEMBER, Hat.REPRESENTATIVE, Hat.DESK, Hat.SYSTEM})
READERS: Mapping[Stage, frozenset[Hat]] = {
    Stage.INTAKE: GROUP_AND_DESK,
    Stage.CONSULTATION: GROUP_AND_DESK | {Hat.SECTION, Hat.SECTION_HEAD, Hat.HEAD},
    Stage.AGREEMENT: GROUP_AND_DESK | {Hat.SECTION, Hat.SECTION_HEAD, Hat.HEAD},
    Stage.EXECUTION: GROUP_AND_DESK | {Hat.SECTION, Hat.SECTION_HEAD},
}
"""Who reads personal answers of a paper: those who write it and those who check it."""


def reads_personal(hats: frozenset[Hat], stage: Stage) -> bool:
    """Whether somebody with these hats reads the personal answers of a stage's paper."""
    return bool(hats & READERS.get(stage, frozenset()))


def is_personal(programme: Programme, stage: Stage, key: str) -> bool:
    """Whether the question with this key asks for personal data."""
    return any(item.key == key and item.personal for item in _items(programme, stage))


def may_open(proposal: Proposal, file: Attachment, hats: frozenset[Hat]) -> bool:
    """Whether somebody with these hats, who sees the proposal, may open a file: one that names persons only they check."""
    return not is_personal(proposal.rules, file.stage, file.item) or reads_personal(hats, file.stage)


def impersonal(items: Iterable[Item]) -> tuple[Item, ...]:
    """The questions that ask for no personal data."""
    return tuple(item for item in items if not item.personal)


def open_to_all(items: Iterable[Item]) -> tuple[Item, ...]:
    """The questions whose answers the public reads once a proposal is accepted."""
    return tuple(item for item in items if item.public and not item.personal)


def _items(programme: Programme, stage: Stage) -> tuple[Item, ...]:
    match stage:
        case Stage.INTAKE:
            return programme.proposal_items
        case Stage.CONSULTATION:
            return programme.consultation_items
        case Stage.AGREEMENT:
            return programme.articles
        case Stage.EXECUTION:
            return programme.report_items
    return ()
