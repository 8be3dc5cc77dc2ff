"""From the event that decided on adoption to what its notice says."""

from datetime import date

from sqlalchemy.orm import Session

from models import clock
from models.calendar import in_words
from models.editions import number_of
from models.history import Event
from models.judging.published import entries_on
from models.judging.tables import Conclusion
from models.people import Seat
from models.process.vocabulary import MoveKey
from models.programme.schema import SelectAfter
from models.proposals import Proposal
from models.selection.lines import About
from notifications.documents.contents import holder, letterhead
from notifications.documents.letter import PROPOSE_AGAIN
from notifications.documents.own_words import worded
from notifications.documents.selection_notice import QUESTION, SelectionNotice

PROVISIONAL = "採択（内定）"
DECISIONS: dict[MoveKey, tuple[str, str]] = {
    MoveKey.CONCLUDE: ("通過", "審査した結果、次の審査に進んでいただくことになりました"),
    MoveKey.ADOPT: ("採択", "審査会の結論を踏まえ、採択と決定しました"),
    MoveKey.NOT_ADOPT: ("不採択", "審査会の結論を踏まえ、不採択と決定しました"),
    MoveKey.DECIDE_FINALLY: ("正式決定", "予算の議決を受け、採択を正式に決定しました"),
    MoveKey.CANCEL_ADOPTION: ("内定の取消し", "採択の内定を取り消しました"),
}
"""What each of these moves decides, as its notice says it."""


def selection_notice(session: Session, event: Event) -> SelectionNotice:
    """選考結果通知書 for the decision that this event made. Raises KeyError for an event that decides nothing here."""
    proposal, day = event.proposal, clock.in_tokyo(event.at).date()
    provisional = bool(event.details.get("provisional"))
    decision, says = DECISIONS[event.move]
    if provisional:
        decision, says = PROVISIONAL, "審査会の結論を踏まえ、採択を内定しました"
    again = event.move in (MoveKey.NOT_ADOPT, MoveKey.CANCEL_ADOPTION)
    conclusion = _conclusion(proposal, event)
    granted = event.details.get("granted")
    assert proposal.submitted_at is not None
    return SelectionNotice(
        head=letterhead(session, proposal, day, _sender(session, proposal, event, day)),
        words=worded(
            event,
            f"協働事業選考結果通知書（{'採択内定' if provisional else decision}）",
            (QUESTION, PROPOSE_AGAIN) if again else (QUESTION,),
        ),
        programme=proposal.rules.name.ja,
        receipt_number=proposal.number or "",
        project=proposal.submissions[-1].title,
        group=proposal.group.name,
        proposed_on=clock.in_tokyo(proposal.submitted_at).date(),
        decided_on=day,
        decision=decision,
        says=says,
        basis=_basis(proposal, conclusion),
        amount=f"{granted:,}円" if granted is not None else "",
        points=_points(conclusion),
        reasons=tuple(_reasons(session, proposal, event, conclusion)),
        conditions=tuple(_conditions(event, conclusion)),
    )


def _sender(session: Session, proposal: Proposal, event: Event, day: date) -> tuple[str, ...]:
    """The head who decides: after consultation the section's, before it the office's. A passed round the office tells."""
    if event.move is MoveKey.CONCLUDE:
        return holder(session, proposal.desk_id, Seat.SECTION_HEAD, day)
    after = proposal.rules.select_after is SelectAfter.CONSULTATION
    office = proposal.section if after and proposal.section is not None else proposal.desk
    department_id = office.parent_id or office.id
    return holder(session, department_id, Seat.DEPARTMENT_HEAD, day)


def _conclusion(proposal: Proposal, event: Event) -> Conclusion | None:
    """The committee's last conclusion up to the event."""
    return next((c for c in reversed(proposal.conclusions) if c.concluded_at <= event.at), None)


def _basis(proposal: Proposal, conclusion: Conclusion | None) -> str:
    rules = proposal.rules
    named = next((r.label.ja for r in rules.selection.rounds if conclusion and r.key == conclusion.round_key), "")
    return f"{rules.name.ja}（第{number_of(proposal.edition_id)}版）" + (f"の「{named}」の審査基準" if named else "")


def _points(conclusion: Conclusion | None) -> str:
    if conclusion is None or not conclusion.points:
        return ""
    return f"{conclusion.points}点" + (f"（第{conclusion.rank}位）" if conclusion.rank else "")


def _reasons(session: Session, proposal: Proposal, event: Event, conclusion: Conclusion | None) -> list[str]:
    """The decision's own reason first, then the committee's, then what the points say against it."""
    found = [event.reason] if event.reason else []
    if event.move is MoveKey.DECIDE_FINALLY:
        voted_on = date.fromisoformat(event.details["voted_on"])
        return [*found, f"{in_words(voted_on, weekday=False)}に予算が議決されたため。"]
    if conclusion is not None and event.move is not MoveKey.CANCEL_ADOPTION:
        found.append(f"審査会の講評：{conclusion.remarks}")
        if not conclusion.passed:
            found += _against(session, proposal, conclusion)
    return found


def _against(session: Session, proposal: Proposal, conclusion: Conclusion) -> list[str]:
    entry = next((e for judging, e in entries_on(session, proposal) if judging.id == conclusion.round_id), None)
    lines = (entry.result or {}).get("lines", ()) if entry is not None else ()
    return [line["ja"] for line in lines if line["about"] == About.REASON]


def _conditions(event: Event, conclusion: Conclusion | None) -> list[str]:
    found = []
    if event.details.get("provisional"):
        found.append("この決定は、市議会で予算が議決されることを条件とします。議決の後、改めて正式に通知します。")
    granting = event.move in (MoveKey.CONCLUDE, MoveKey.ADOPT, MoveKey.DECIDE_FINALLY)
    if granting and conclusion is not None and conclusion.opinion:
        found.append(f"審査会の付帯意見：{conclusion.opinion}")
    return found
