"""From the event that accepted a proposal to what its receipt says."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.calendar import in_words
from models.history import Duty, Event
from models.people import Seat
from models.personal import is_personal
from models.process.vocabulary import DutyKey, Stage
from models.programme.schema import SelectAfter
from models.proposals import Proposal
from models.spoken import spoken
from models.staff_entry import CHANNELS, Channel
from notifications.documents.contents import holder, letterhead
from notifications.documents.own_words import worded
from notifications.documents.receipt import TITLE, TO_KNOW, ReceiptLetter

TALKS = "事前協議　担当する課を決め、団体と市が対等な立場で話し合います。"
AGREED = "協定　話合いがまとまりましたら、協定を結び、事業を始めます。"
REGISTERED = "登録　対象になることを確認しましたら、団体どうしの協働として登録し、公表します。"


def receipt_letter(session: Session, accepted: Event) -> ReceiptLetter:
    """受付書 for a proposal that was accepted by this event."""
    proposal = accepted.proposal
    day = clock.in_tokyo(accepted.at).date()
    screened_by = session.scalar(
        select(Duty.due_on).where(Duty.opened_by_id == accepted.id, Duty.key == DutyKey.SCREEN)
    )
    assert proposal.submitted_at is not None
    return ReceiptLetter(
        head=letterhead(session, proposal, day, holder(session, proposal.desk_id, Seat.SECTION_HEAD, day)),
        words=worded(accepted, TITLE, TO_KNOW),
        receipt_number=proposal.number or "",
        project=proposal.submissions[-1].title,
        group=proposal.group.name,
        received_at=proposal.submitted_at,
        channel=CHANNELS[Channel(proposal.channel)].ja,
        papers=(
            "提案書",
            *(
                a.name
                for a in proposal.attachments
                if a.stage is Stage.INTAKE
                and a.removed_at is None
                and not is_personal(proposal.rules, Stage.INTAKE, a.item)
            ),
        ),
        next_steps=tuple(_what_follows(proposal, screened_by)),
    )


def _what_follows(proposal: Proposal, screened_by: date | None) -> Iterator[str]:
    """The steps before a project that has been received can begin, in the programme's order."""
    rules = proposal.rules
    kind = rules.type_of(proposal.call_key)
    yield f"除外審査　提案の内容が制度の対象となるかどうかを確認します{_by(screened_by)}。"
    rounds = "、".join(f"「{one.label.ja}」" for one in rules.rounds_for(kind.key))
    selection = f"審査　{rounds}で、提案の内容を審査します。" if rounds else ""
    talks = "" if kind.among_groups else spoken(TALKS, "ja")
    for step in (selection, talks) if rules.select_after is SelectAfter.SCREENING else (talks, selection):
        if step:
            yield step
    yield REGISTERED if kind.among_groups else AGREED


def _by(day: date | None) -> str:
    return f"（{in_words(day)}まで）" if day else ""
