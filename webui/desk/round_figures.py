"""Figures that the office enters for a round's proposals, where its rules count some: votes, donations, a committee's mark."""

from flask import abort
from flask_babel import gettext as _

from models.judging.closing import has_conclusions
from models.judging.figures import Blank, blanks, enter_figures
from models.judging.rounds import standing
from models.judging.tables import JudgingRound, RoundEntry
from models.programme.exact import said
from webui.access import staff
from webui.admin.changing import Answer, done, page, refusals_at, sent
from webui.database import db
from webui.desk.rounds import around, load_round
from webui.forms import Form, LineField
from webui.forms.items import Marks
from webui.language import reader_language


@staff
def round_figures(round_id: int) -> Answer:
    """Enter what is counted, proposal by proposal."""
    judging = load_round(round_id)
    asked = blanks(db(), judging)
    if not asked or has_conclusions(db(), judging):
        abort(404)
    form = _form(asked)
    if sent(form):
        with refusals_at(form):
            enter_figures(db(), judging, {blank.name: form[blank.name].data or "" for blank in asked})
            where = "desk.results" if judging.closed_at is not None else "desk.judging_round"
            return done(_("数値を保存しました。"), where, round_id=round_id)
    return page("desk/figures.html", form, by_proposal=_by_proposal(judging, asked), **around(judging))


def _by_proposal(judging: JudgingRound, asked: list[Blank]) -> list[tuple[RoundEntry, list[str]]]:
    return [(entry, [b.name for b in asked if b.entry is entry]) for entry in standing(judging)]


def _form(asked: list[Blank]) -> Form:
    fields = {
        blank.name: LineField(
            _label(blank),
            [Marks(required=True)],
            default=blank.filled,
            description=_("0から%(most)sまで", most=said(blank.figure.most)),
        )
        for blank in asked
    }
    made: type[Form] = type("FiguresForm", (Form,), fields)
    return made()


def _label(blank: Blank) -> str:
    label, unit = (word.in_(reader_language()) for word in (blank.figure.label, blank.figure.unit))
    return f"{label}（{unit}）" if unit else label
