"""How a letter is worded where cities differ: the programme's own words, or else ours."""

from dataclasses import dataclass

from models.history import Event
from models.process.vocabulary import MoveKey, State
from models.programme.notices import Notice
from notifications.documents.letter import lines_of


@dataclass(frozen=True, slots=True)
class Wording:
    """Title, sentences and 教示 of one letter."""

    title: str
    remedy: tuple[str, ...]
    """教示, paragraph by paragraph: how to ask, how to object, how to propose again."""
    form: str = ""
    """様式第5号（第8条関係）."""
    opening: str = ""
    further: tuple[str, ...] = ()
    """今後の手続, line by line."""


def worded(event: Event, title: str, remedy: tuple[str, ...], opening: str = "") -> Wording:
    """The programme's words for the letter about this event; where it has none, these."""
    notice = notice_on(event) or Notice()
    return Wording(
        title=notice.title.ja or title,
        remedy=lines_of(notice.remedy.ja) or remedy,
        form=notice.form.ja,
        opening=notice.opening.ja or opening,
        further=lines_of(notice.further.ja),
    )


def notice_on(event: Event) -> Notice | None:
    """What the programme itself says in the letter about this event; None for an event that no letter tells of."""
    notices = event.proposal.rules.notices
    if event.details.get("provisional"):
        return notices.provisional
    if event.move is MoveKey.CONCLUDE and event.to_state is not State.SELECTING:
        return None  # after the last round the city's decision is told
    return {
        MoveKey.ACCEPT: notices.received,
        MoveKey.APPROVE_EXCLUSION: notices.excluded,
        MoveKey.CONCLUDE: notices.passed,
        MoveKey.ADOPT: notices.adopted,
        MoveKey.NOT_ADOPT: notices.not_adopted,
        MoveKey.DECIDE_FINALLY: notices.final,
        MoveKey.CANCEL_ADOPTION: notices.cancelled,
    }.get(event.move)
