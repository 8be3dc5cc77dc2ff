"""協働事例集: what groups and city do together, under way and finished, for everybody to find (B01, B02, N01)."""

from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models import clock
from models.calendar import fiscal_year
from models.editions import main_programme, rules_of
from models.process.labels import STAGES, STATES
from models.process.vocabulary import ENDS, Stage, State
from models.public_list import OUTCOMES, Listed, Wanted, public_list, public_years
from models.public_list import STAGES as OPEN_STAGES
from models.words import Word
from webui.access import public
from webui.database import db
from webui.language import reader_language
from webui.paging import neighbours, place_asked
from webui.public.freshness import kept_briefly
from webui.steps import tone_of


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the list, in words."""

    case: Listed
    standing: Word
    tone: str
    theme: Word | None
    outcome: str
    """What came of it; empty while it is under way."""
    reached: bool
    """It came to a published evaluation."""


@public
def cases() -> Response:
    """The list with its filters."""
    themes = [(choice.key, choice.label) for choice in main_programme(db()).fields]
    wanted = _wanted({key for key, _label in themes})
    page = public_list(db(), wanted, place_asked())
    previous, following = neighbours(page)
    return kept_briefly(
        render_template(
            "public/cases.html",
            wanted=wanted,
            lines=[line_of(case) for case in page.rows],
            whole=previous is None and following is None,
            previous=previous,
            following=following,
            stages=[(stage, STAGES[stage]) for stage in OPEN_STAGES],
            outcomes=[(state, STATES[state]) for state in OUTCOMES],
            themes=themes,
            years=public_years(db(), fiscal_year(clock.today())),
        )
    )


def _wanted(themes: set[str]) -> Wanted:
    args = request.args
    standing: Stage | State | None = None
    if args.get("standing") in OPEN_STAGES:
        standing = Stage(args["standing"])
    elif args.get("standing") in OUTCOMES:
        standing = State(args["standing"])
    theme = args.get("field", "")
    year = args.get("year", type=int)
    return Wanted(
        standing=standing,
        theme=theme if theme in themes else "",
        year=year if year is not None and 1990 <= year <= 2200 else None,
        keyword=args.get("q", "").strip(),
    )


def line_of(case: Listed) -> Line:
    """A case of the list in the words a reader finds there."""
    scheme = rules_of(db(), case.edition_id)
    return Line(
        case=case,
        standing=STATES[case.state] if case.state in ENDS else STAGES[case.stage],
        tone=tone_of(case.state),
        theme=next((choice.label for choice in scheme.fields if choice.key == case.theme), None),
        outcome=_outcome(case),
        reached=case.state is State.PUBLISHED,
    )


def _outcome(case: Listed) -> str:
    if case.state is State.EXCLUDED:
        rules = rules_of(db(), case.edition_id)
        labels = [rules.criterion(key).label.in_(reader_language()) for key in case.criteria]
        return str(_("理由：%(criteria)s", criteria=_("、").join(dict.fromkeys(labels))))
    return case.results
