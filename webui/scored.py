"""A result as it is read: points, rank, verdict, yen, and the lines that explain them."""

from dataclasses import dataclass

from flask_babel import gettext as _

from models.judging.rounds import rules_for
from models.judging.tables import JudgingRound, RoundEntry
from models.selection.awards import Choice
from models.selection.verdicts import Verdict
from webui.database import db
from webui.language import reader_language


@dataclass(frozen=True, slots=True)
class Scored:
    """One proposal's result in words. items: label, points, out of how many."""

    points: str
    most: str
    rank: int | None
    verdict: str
    tone: str
    amount: int | None
    items: tuple[tuple[str, str, str], ...]
    lines: tuple[str, ...]


def scored(judging: JudgingRound, entry: RoundEntry) -> Scored:
    """The frozen result of a proposal in a closed round."""
    result, language = entry.result or {}, reader_language()
    rules = rules_for(db(), judging)
    verdict, tone = _verdict(result.get("verdict", ""), result.get("choice", ""))
    return Scored(
        points=result.get("points", ""),
        most=result.get("most", ""),
        rank=result.get("rank"),
        verdict=verdict,
        tone=tone,
        amount=result.get("amount"),
        items=tuple(
            (rules.labels[item["key"]].in_(language), item["points"], item["most"]) for item in result.get("items", ())
        ),
        lines=tuple(line["en" if language == "en" else "ja"] for line in result.get("lines", ())),
    )


def _verdict(verdict: str, choice: str) -> tuple[str, str]:
    if verdict == Verdict.NO_RESULT:
        return str(_("有効な結果なし")), "orange"
    if verdict == Verdict.NOT_PASSED:
        return str(_("基準に達せず")), ""
    if choice == Choice.OPEN:
        return str(_("同点の順位待ち")), "orange"
    if choice == Choice.NUMBER_FULL:
        return str(_("件数の上限外")), ""
    if choice == Choice.MONEY_SHORT:
        return str(_("予算の範囲外")), ""
    return str(_("基準に達した")), "green"
