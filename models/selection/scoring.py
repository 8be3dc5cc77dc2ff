"""From all sheets of a round to its results: points, verdicts, ranks, yen. The same whatever order they arrive in."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from models.process.refusals import Missing, NotReady
from models.programme.exact import said
from models.selection.awards import Grant, allotted
from models.selection.parts import Carry
from models.selection.ranking import Contender, Standing, ranked
from models.selection.rules import Round, Selection
from models.selection.sheets import Entry, Points, wrong_marks
from models.selection.tally import Tally, tally
from models.selection.verdicts import Reason, Verdict, reasons_of, together, verdict_of
from models.words import Word


@dataclass(frozen=True, slots=True)
class Result:
    """One proposal's result in one round.

    tally: this round's arithmetic. total: with the first round's points where they are carried over. standing and
    grant: only for proposals that passed.
    """

    entry: Entry
    tally: Tally | None
    total: Points | None
    reasons: tuple[Reason, ...]
    verdict: Verdict
    standing: Standing | None = None
    grant: Grant | None = None

    @property
    def proposal(self) -> str:
        """The key of the proposal."""
        return self.entry.proposal


def results(
    selection: Selection, number: int, panel: Collection[str], entries: Iterable[Entry], budget: int | None = None
) -> tuple[Result, ...]:
    """The results of round `number`: those who passed from the first rank down, then the others by key.

    panel: the judges of the round. budget: yen there are for all; None: no limit. Yen are given in the last round only.
    Raises NotReady, naming each proposal, when sheets, amounts or first points cannot be right.
    """
    rules, last = selection.rounds[number - 1], number == len(selection.rounds)
    carry = selection.carry_in(number)
    known = sorted(entries, key=lambda entry: entry.proposal)
    if wrong := list(_wrong(selection, rules, carry, frozenset(panel), known)):
        raise NotReady(wrong)
    judged = [_judged(rules, carry, panel, entry) for entry in known]
    passed = [
        Contender(one.entry, one.tally, one.total)
        for one in judged
        if one.verdict is Verdict.PASSED and one.tally and one.total
    ]
    groups, standings = ranked(rules, passed, {one.proposal: one.tally for one in judged if one.tally})
    grants = allotted(groups, rules.most, selection.award if last else None, budget)
    placed = [
        Result(
            one.entry,
            one.tally,
            one.total,
            one.reasons,
            one.verdict,
            standings.get(one.proposal),
            grants.get(one.proposal),
        )
        for one in judged
    ]
    return tuple(sorted(placed, key=lambda one: (one.standing.rank if one.standing else len(placed) + 1, one.proposal)))


def _judged(rules: Round, carry: Carry | None, panel: Collection[str], entry: Entry) -> Result:
    own = tally(rules, panel, entry)
    total = own.total if own else None
    if carry and total and entry.earlier:
        total = together(carry, entry.earlier, total)
    reasons = tuple(reasons_of(rules, carry, own, total))
    return Result(entry, own, total, reasons, verdict_of(reasons))


def _wrong(
    selection: Selection, rules: Round, carry: Carry | None, panel: frozenset[str], entries: list[Entry]
) -> Iterator[Missing]:
    adjusting = selection.award is not None and selection.award.adjusting
    for before, entry in zip([None, *entries], entries, strict=False):
        if before is not None and before.proposal == entry.proposal:
            yield Missing(entry.proposal, Word("この提案が二度あります。", "This proposal is there twice."))
        if carry and carry.first and entry.earlier is None:
            yield Missing(
                entry.proposal, Word("前の審査の点数がありません。", "Its points of the round before are missing.")
            )
        if entry.asked < 0 or not 0 <= (entry.adjusted or 0) <= entry.asked:
            yield Missing(
                entry.proposal,
                Word(
                    "金額は0円以上、要望額以下にしてください。",
                    "The amount has to be from 0 yen to what was asked for.",
                ),
            )
        elif entry.adjusted is not None and not adjusting:
            yield Missing(
                entry.proposal,
                Word(
                    "この制度では要望額を査定できません。", "This programme does not let the committee set the amount."
                ),
            )
        yield from _wrong_sheets(rules, panel, entry)
        yield from _wrong_figures(rules, entry)


def _wrong_sheets(rules: Round, panel: frozenset[str], entry: Entry) -> Iterator[Missing]:
    judges = [sheet.judge for sheet in entry.sheets]
    for sheet in entry.sheets:
        if sheet.judge not in panel:
            yield Missing(
                entry.proposal,
                Word(
                    f"「{sheet.judge}」はこの審査の審査員ではありません。",
                    f"“{sheet.judge}” is no judge of this round.",
                ),
            )
        if not sheet.recused:
            yield from (Missing(entry.proposal, fault.sentence) for fault in wrong_marks(rules, sheet))
    for judge in sorted({judge for judge in judges if judges.count(judge) > 1}):
        yield Missing(
            entry.proposal,
            Word(f"審査員「{judge}」の審査票が二枚あります。", f"There are two sheets of the judge “{judge}”."),
        )


def _wrong_figures(rules: Round, entry: Entry) -> Iterator[Missing]:
    for figure in rules.figures:
        given = entry.figures.get(figure.key)
        if given is None:
            yield Missing(
                entry.proposal,
                Word("{number}の「{label}」が入力されていません。", "“{label}” is not entered for {number}.").filled(
                    number=entry.proposal, label=figure.label
                ),
            )
        elif not 0 <= given <= figure.most:
            yield Missing(
                entry.proposal,
                Word("「{label}」は0から{most}までにしてください。", "“{label}” has to be from 0 to {most}.").filled(
                    label=figure.label, most=said(figure.most)
                ),
            )
