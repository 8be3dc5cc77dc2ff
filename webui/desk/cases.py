"""案件: the cases one may see, to look one up again."""

from flask import render_template, request
from flask_babel import gettext as _

from models import clock
from models.calendar import fiscal_year
from models.case_list import Sought, case_list, responsible_sections
from models.process.labels import STAGES, STATES
from models.process.vocabulary import Stage, State
from webui.access import current_actor, in_program_office, staff
from webui.database import db
from webui.paging import neighbours, place_asked
from webui.steps import tone_of

YEARS = 10
"""How many fiscal years back one can choose."""

SHOWN_STATES = [state for state in State if state is not State.DRAFT]


@staff
def cases() -> str:
    """The list with its filters."""
    this_year = fiscal_year(clock.today())
    sections = responsible_sections(db())
    sought = _sought({key for key, _name in sections})
    page = case_list(db(), current_actor(), sought, place_asked())
    previous, following = neighbours(page)
    return render_template(
        "desk/cases.html",
        sought=sought,
        may_enter=in_program_office(),
        cases=[(case, STATES[case.state], STAGES[case.stage], tone_of(case.state)) for case in page.rows],
        whole=_("%(n)s件", n=len(page.rows)) if previous is None and following is None else "",
        stages=[(stage, STAGES[stage]) for stage in Stage],
        states=[(state, STATES[state]) for state in SHOWN_STATES],
        sections=sections,
        years=range(this_year, this_year - YEARS, -1),
        previous=previous,
        following=following,
    )


def _sought(section_ids: set[int]) -> Sought:
    args = request.args
    section_id, year = args.get("section", type=int), args.get("year", type=int)
    return Sought(
        stage=Stage(args["stage"]) if args.get("stage") in list(Stage) else None,
        state=State(args["state"]) if args.get("state") in SHOWN_STATES else None,
        section_id=section_id if section_id in section_ids else None,
        year=year if year is not None and 1990 <= year <= 2200 else None,
        keyword=args.get("q", "").strip(),
    )
