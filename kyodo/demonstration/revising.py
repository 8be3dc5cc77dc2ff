"""The demonstration city is about to change its rules: an edition decided on, in force from the next fiscal year."""

from datetime import date

from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast
from models import clock
from models.administration.programmes import let_hold, take_up_edition
from models.calendar import fiscal_year
from models.editions import main_programme
from models.programme.writing import written

WHY = "署名までに団体の総会をはさむことが多く、今の日数では足りないため。"
LONGER = 5
"""So many business days more for signing."""


def revise(session: Session, cast: Cast) -> None:
    """The administrator takes up the next edition and says from when it holds."""
    rules, actor = main_programme(session), cast.actor(session, "admin")
    terms = rules.terms.model_copy(update={"sign": rules.terms.sign + LONGER})
    text = written(rules.model_copy(update={"terms": terms}))
    edition, _ = take_up_edition(session, actor, text, reason=WHY)
    moment = clock.at_tokyo(date(fiscal_year(clock.today()) + 1, 4, 1))
    let_hold(session, actor, edition, moment=moment, reason=WHY)
