"""How the city presents itself: name, colour, contact and closed days, as its first programme says."""

import time
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import SQLAlchemyError

from models.database import reading
from models.editions import main_programme
from models.programme.city import OUR_BLUE, Called
from models.programme.schema import Programme
from models.settings import settings
from models.words import Word

KEPT_SECONDS = 30
"""How long what was read is good for: every page and mail asks."""


@dataclass(frozen=True, slots=True)
class Presented:
    """What people see of the city on every page and mail."""

    name: Word
    city: Word
    called: Called
    colour: str
    contact: Word
    closed_days: frozenset[date]
    personal_years: int = 0
    """After so many years personal data of a case is erased; 0: no term is set."""


NOT_YET = Presented(
    Word("協働ポータル", "Collaboration portal"), Word("", ""), Called(), OUR_BLUE, Word("", ""), frozenset()
)
"""Before there is a programme, or while the database does not answer."""

_kept: dict[str, tuple[float, Presented]] = {}


def portal() -> Presented:
    """As the first programme in force says, at most half a minute old; what was known last when nothing answers."""
    where = settings().database_url
    moment, known = _kept.get(where, (0.0, NOT_YET))
    if known is not NOT_YET and time.monotonic() - moment < KEPT_SECONDS:
        return known
    try:
        with reading() as session:
            known = presented(main_programme(session))
    except (SQLAlchemyError, LookupError):  # an error page is shown all the same, and a mail goes out
        return known
    _kept.clear()
    _kept[where] = (time.monotonic(), known)
    return known


def presented(rules: Programme) -> Presented:
    """What a programme says of the portal."""
    given = rules.portal
    fallback = Word("{city} 協働ポータル", "{city} Collaboration Portal").filled(city=rules.city)
    return Presented(
        name=given.name if given.name.ja else fallback,
        city=rules.city,
        called=rules.called,
        colour=given.colour,
        contact=given.contact if given.contact.ja else rules.city,
        closed_days=frozenset(given.closed_days),
        personal_years=rules.retention.personal,
    )
