"""Figures that the office enters for each proposal of a round: citizens' votes, donations, a committee's one mark (S02)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.administration.checks import insist
from models.judging.closing import check_open_to_committee, work_out_again
from models.judging.rounds import lock, rules_for, standing
from models.judging.sheets import mark_text, read_mark
from models.judging.tables import JudgingRound, RoundEntry
from models.process.refusals import Missing
from models.programme.exact import said
from models.selection.parts import Figure
from models.words import Word


@dataclass(frozen=True, slots=True)
class Blank:
    """One figure of one proposal, to be filled in. `name` is the field that refusals speak of."""

    entry: RoundEntry
    figure: Figure

    @property
    def name(self) -> str:
        """Its field."""
        return f"figure-{self.entry.proposal_id}-{self.figure.key}"

    @property
    def filled(self) -> str:
        """What was entered; empty before."""
        return str(self.entry.figures.get(self.figure.key, ""))


def blanks(session: Session, judging: JudgingRound) -> list[Blank]:
    """Every figure of every proposal that is judged in the round."""
    figures = rules_for(session, judging).figures
    return [Blank(entry, figure) for entry in standing(judging) for figure in figures]


def unfilled(session: Session, judging: JudgingRound) -> list[Blank]:
    """Those that nobody entered yet."""
    return [blank for blank in blanks(session, judging) if not blank.filled]


def enter_figures(session: Session, judging: JudgingRound, typed: Mapping[str, str]) -> None:
    """Keep the figures, by the names of their fields; empty takes one back while the round is open.

    Once the round is closed the results are worked out anew. Raises NotReady, or NotPossible after a conclusion.
    """
    lock(session, judging)
    closed = judging.closed_at is not None
    if closed:
        check_open_to_committee(session, judging)
    missing, found = list[Missing](), dict[int, dict[str, str]]()
    for blank in blanks(session, judging):
        text = typed.get(blank.name, "").strip()
        if not text and not closed:
            continue
        figure = read_mark(text)
        if figure is None or not 0 <= figure <= blank.figure.most:
            missing.append(Missing(blank.name, _wanted(blank.figure)))
        else:
            found.setdefault(blank.entry.id, {})[blank.figure.key] = mark_text(figure)
    insist(missing)
    for entry in standing(judging):
        entry.figures = found.get(entry.id, {})
    session.flush()
    if closed:
        work_out_again(session, judging)


def _wanted(figure: Figure) -> Word:
    return Word(
        "「{label}」は0から{most}までの数で入力してください。", "Enter “{label}” as a number from 0 to {most}."
    ).filled(label=figure.label, most=said(figure.most))
