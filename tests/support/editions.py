"""Later editions of the demonstration city's programme: its file with some words changed."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import clock
from models.editions import Edition, take_up
from models.programme.library import DEFAULT, shipped_text

TEXT = shipped_text(DEFAULT)
SIGN = ("  sign: 10\n", "  sign: 12\n")
WELFARE = ("{ja: 福祉, en: Welfare}", "{ja: 保健と福祉, en: Health and welfare}")
POLITICS = ("{ja: 政治活動, en: Political activity}", "{ja: 政党のための活動, en: Party politics}")
REASON = "署名に時間がかかるため"


def changed(*words: tuple[str, str], text: str = TEXT) -> str:
    """The file with each of these words exchanged for another."""
    for old, new in words:
        assert old in text, old
        text = text.replace(old, new)
    return text


def another(key: str) -> str:
    """The same rules as a programme of its own."""
    return changed((f"key: {DEFAULT}\n", f"key: {key}\n"))


def put_in_force(session: Session, *words: tuple[str, str], reason: str = REASON) -> Edition:
    """A new edition with these words, in force from now on."""
    return take_up(session, changed(*words), person_id=None, reason=reason, in_force_from=clock.now())


def planned(session: Session, moment: datetime, *words: tuple[str, str]) -> Edition:
    """A new edition with these words, in force from a later moment."""
    return take_up(session, changed(*words), person_id=None, reason=REASON, in_force_from=moment)
