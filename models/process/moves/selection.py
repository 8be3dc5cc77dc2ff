"""審査・採否: proposals go through the programme's rounds, the committee concludes, the city decides (S01–S05)."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from models import clock
from models.answer_checks import too_long
from models.answers import MOST_YEN
from models.calls import call_of
from models.editions import key_of
from models.history import Duty
from models.judging.tables import Conclusion, JudgingRound, RoundEntry
from models.process.grammar import Case, Details
from models.process.moves.answers import reason_asked
from models.process.refusals import Missing
from models.process.vocabulary import DutyKey
from models.programme.schema import SelectAfter
from models.selection.rules import Round
from models.words import Word

LONGEST = 2000
REMARKS = Word("講評", "Remarks")
OPINION = Word("付帯意見", "Attached opinion")


def selects(case: Case) -> bool:
    """Whether the city decides on adoption here, with judges or without."""
    return bool(case.programme.rounds_for(case.type.key)) or case.type.decides


def among_groups(case: Case) -> bool:
    """The city is no party (A05): its answer is followed by the registration."""
    return case.type.among_groups


def selected_before_consultation(case: Case) -> bool:
    """審査 comes next, before consultation or in its place."""
    return selects(case) and (among_groups(case) or case.programme.select_after is SelectAfter.SCREENING)


def selected_after_consultation(case: Case) -> bool:
    """審査 comes next, after consultation."""
    return selects(case) and case.programme.select_after is SelectAfter.CONSULTATION


def subject_to_budget(case: Case) -> bool:
    """内定: the decision waits for the budget vote."""
    return case.call is not None and case.call.subject_to_budget


def consulted_already(case: Case) -> bool:
    """What was adopted was talked over before; the agreement comes next."""
    return case.programme.select_after is SelectAfter.CONSULTATION


def answer_due_on(case: Case) -> date | None:
    """Until when the call promises an answer; None: it promises none."""
    call = call_of(case.session, case.proposal) if case.call is not None and case.call.answer_days else None
    if call is None:
        return None
    received = case.proposal.submissions[0 if call.entry is None else 1]  # the entry is not the proposal yet
    begins = clock.last_day(call.closes) if call.closes else clock.in_tokyo(received.submitted_at).date()
    return begins + timedelta(days=call.answer_days)


def current_round(case: Case) -> JudgingRound | None:
    """The round that the proposal is in."""
    round_id = case.proposal.round_id
    return case.session.get_one(JudgingRound, round_id) if round_id is not None else None


def rounds_to_come(case: Case) -> tuple[Round, ...]:
    """The rounds that it has still to go through, the next one first."""
    return case.programme.rounds_for(case.type.key)[case.proposal.rounds_passed :]


def waits_for_a_round(case: Case) -> list[Missing]:
    """It is in no round, and one is still to come."""
    if case.proposal.round_id is None and rounds_to_come(case):
        return []
    return [Missing("round_id", Word("この提案が入る審査はありません。", "There is no round for it to go into."))]


def round_named(case: Case, details: Details) -> list[Missing]:
    """An open round of its call that is its next one."""
    round_id = details.get("round_id")
    chosen = case.session.get(JudgingRound, round_id) if isinstance(round_id, int) else None
    coming = rounds_to_come(case)
    if (
        chosen is None
        or chosen.closed_at is not None
        or key_of(chosen.edition_id) != case.programme.key
        or chosen.call_key != case.proposal.call_key
        or not coming
        or coming[0].key != chosen.round_key
    ):
        return [
            Missing("round_id", Word("この提案の次の審査ではありません。", "This is not the proposal's next round."))
        ]
    return []


def go_into_round(case: Case, details: Details) -> dict[str, Any] | None:
    """Put it before the round's judges, with the amount it asks for."""
    proposal, round_id = case.proposal, int(details["round_id"])
    asked = proposal.answers.get("cost_city")
    proposal.round_id = round_id
    case.session.add(
        RoundEntry(round_id=round_id, proposal_id=proposal.id, asked=asked if isinstance(asked, int) else 0)
    )
    return {"round": rounds_to_come(case)[0].label._asdict(), "round_id": round_id}


def round_closed(case: Case) -> list[Missing]:
    """The scoring of its round was closed."""
    now = current_round(case)
    if now is not None and now.closed_at is not None:
        return []
    return [Missing("round_id", Word("採点がまだ締め切られていません。", "The scoring is not closed yet."))]


def closing_unrecorded(case: Case) -> list[Missing]:
    """The scoring of its round was closed, which does not stand in its history yet."""
    scoring = select(Duty.id).where(
        Duty.proposal_id == case.proposal.id, Duty.key == DutyKey.SCORE, Duty.closed_at.is_(None)
    )
    if round_closed(case) or case.session.scalar(scoring) is not None:
        return round_closed(case)
    return [Missing("round_id", Word("採点の締切りは記録済みです。", "The closing was taken down already."))]


def close_round(case: Case, details: Details) -> dict[str, Any] | None:
    """Say which round was closed."""
    return {"round_id": case.proposal.round_id}


def concludable(case: Case) -> list[Missing]:
    """Its round is closed, or no round is to come."""
    return round_closed(case) if case.proposal.round_id is not None or rounds_to_come(case) else []


def conclusion_asked(case: Case, details: Details) -> list[Missing]:
    """通過 or not, the reasons, and an amount no higher than was asked for."""
    found = []
    if not isinstance(details.get("passed"), bool):
        found.append(Missing("passed", Word("結論を選んでください。", "Choose the conclusion.")))
    remarks = str(details.get("remarks") or "").strip()
    if not remarks:
        found.append(Missing("remarks", Word("講評（理由）を入力してください。", "Write the remarks: the reasons.")))
    for field, label in (("remarks", REMARKS), ("opinion", OPINION)):
        if len(str(details.get(field) or "")) > LONGEST:
            found.append(Missing(field, too_long(label, LONGEST)))
    return found + _amount(case, details)


def conclude(case: Case, details: Details) -> dict[str, Any] | None:
    """Write the committee's conclusion; who passes goes on to the next round, if there is one."""
    proposal, now = case.proposal, current_round(case)
    entry = next((e for e in now.entries if e.proposal_id == proposal.id), None) if now is not None else None
    result = (entry.result if entry is not None else None) or {}
    conclusion = Conclusion(
        round_id=now.id if now is not None else None,
        round_key=now.round_key if now is not None else "",
        passed=details["passed"],
        remarks=str(details["remarks"]).strip(),
        opinion=str(details.get("opinion") or "").strip(),
        amount=details.get("amount"),
        rank=result.get("rank"),
        points=result.get("points") or "",
        concluded_by_id=case.person_id,
        concluded_at=case.now,
    )
    proposal.conclusions.append(conclusion)
    if conclusion.passed and now is not None:
        proposal.rounds_passed += 1
    proposal.round_id = None
    return {"passed": conclusion.passed, "round": now.round_key if now is not None else ""}


def nothing_more_to_judge(case: Case) -> bool:
    """It did not pass, or came through the last round."""
    return not case.proposal.conclusions[-1].passed or not rounds_to_come(case)


def adoption_asked(case: Case, details: Details) -> list[Missing]:
    """An amount no higher than was asked for; a reason where the committee concluded otherwise."""
    found = _amount(case, details)
    if not case.proposal.conclusions[-1].passed:
        found += reason_asked(case, details)
    return found


def adopt(case: Case, details: Details) -> dict[str, Any] | None:
    """Keep what the city grants."""
    amount = details.get("amount")
    case.proposal.granted = amount if amount is not None else case.proposal.conclusions[-1].amount
    return {"granted": case.proposal.granted, "provisional": subject_to_budget(case)}


def return_conclusion(case: Case, details: Details) -> dict[str, Any] | None:
    """Take the last conclusion back to where it was written."""
    last = case.proposal.conclusions[-1]
    case.proposal.round_id = last.round_id
    if last.passed and last.round_id is not None:
        case.proposal.rounds_passed -= 1
    return None


def vote_asked(case: Case, details: Details) -> list[Missing]:
    """The day on which the assembly voted the budget, and an amount no higher than the provisional one."""
    found = _amount(case, details)
    voted_on, granted, amount = details.get("voted_on"), case.proposal.granted, details.get("amount")
    if not isinstance(voted_on, date) or voted_on > case.today:
        found.append(
            Missing(
                "voted_on",
                Word("予算が議決された日を入力してください。", "Enter the day on which the budget was voted."),
            )
        )
    if isinstance(amount, int) and granted is not None and amount > granted and not found:
        found.append(
            Missing(
                "amount",
                Word(
                    "内定した額（{granted}円）以下にしてください。",
                    "Enter {granted} yen, the amount set before, at most.",
                ).filled(granted=f"{granted:,}"),
            )
        )
    return found


def decide_finally(case: Case, details: Details) -> dict[str, Any] | None:
    """Keep the final amount and the day of the vote."""
    if details.get("amount") is not None:
        case.proposal.granted = details["amount"]
    return {"voted_on": details["voted_on"].isoformat(), "granted": case.proposal.granted}


def cancel_adoption(case: Case, details: Details) -> dict[str, Any] | None:
    """Nothing is granted any more."""
    case.proposal.granted = None
    return None


def _amount(case: Case, details: Details) -> list[Missing]:
    amount = details.get("amount")
    if amount is None:
        return []
    asked = case.proposal.answers.get("cost_city")
    most = asked if isinstance(asked, int) else MOST_YEN
    if isinstance(amount, bool) or not isinstance(amount, int) or not 0 <= amount <= most:
        return [
            Missing(
                "amount",
                Word(
                    "0円から{most}円（申請額）までの整数で入力してください。",
                    "Enter a whole number of yen from 0 to {most}, the amount asked for.",
                ).filled(most=f"{most:,}"),
            )
        ]
    return []
