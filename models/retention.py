"""保存期間: personal data of a case is erased so many years after the fiscal year in which it ended, as its programme says."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.calendar import fiscal_year, fiscal_year_days
from models.execution import Report
from models.process.vocabulary import ENDS
from models.programme.forms import Item
from models.proposals import Proposal, Submission


def kept_until(proposal: Proposal) -> date | None:
    """The last day on which the case's personal data is kept; None while it goes on, or where no term is set."""
    years = proposal.rules.retention.personal
    if not years or proposal.state not in ENDS or not proposal.events:
        return None
    ended = clock.in_tokyo(proposal.events[-1].at).date()
    return fiscal_year_days(fiscal_year(ended) + years)[1]


def forget_personal(session: Session) -> int:
    """Erase personal answers and files of the cases whose term is over; returns of how many.

    Everything else of a case stays, also the hashes that say what was handed in and signed. A second run finds nothing.
    """
    over = 0
    for proposal in session.scalars(select(Proposal).where(Proposal.state.in_(ENDS)).order_by(Proposal.id)):
        until = kept_until(proposal)
        if until is not None and until < clock.today():
            over += _forget(session, proposal)
    session.flush()
    return over


def _forget(session: Session, proposal: Proposal) -> bool:
    rules = proposal.rules
    asked = _personal((*rules.proposal_items, *rules.consultation_items, *rules.articles, *rules.report_items))
    named = _personal(rules.proposal_items)
    found = False
    holders: tuple[Proposal | Submission, ...] = (proposal, *proposal.submissions)
    for holder in holders:
        if named & holder.answers.keys():
            holder.answers = {key: value for key, value in holder.answers.items() if key not in named}
            found = True
    noted = _personal(rules.consultation_items)
    for record in proposal.records:
        if noted & record.content.keys():
            record.content = {key: value for key, value in record.content.items() if key not in noted}
            found = True
    told = _personal(rules.report_items)
    for report in session.scalars(select(Report).where(Report.proposal_id == proposal.id)):
        if told & report.body.keys():
            report.body = {key: value for key, value in report.body.items() if key not in told}
            found = True
    gone = [file for file in proposal.attachments if file.item in asked]
    hashes = {file.sha256 for file in gone}
    for submission in proposal.submissions:
        submission.attachments = [file for file in submission.attachments if file["sha256"] not in hashes]
    for file in gone:
        session.delete(file)
    return found or bool(gone)


def _personal(items: Iterable[Item]) -> set[str]:
    return {item.key for item in items if item.personal}
