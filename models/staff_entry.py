"""代行入力: what came on paper, by telephone or at the counter, typed by the office and confirmed by the group (N07)."""

from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from models import clock
from models.editions import editions_in_force, rules_of
from models.office import office_id, works_in_office
from models.openings import waiting_openings
from models.people import Group
from models.process.actors import Actor
from models.process.perform import begin_for
from models.process.refusals import Missing, NotAllowed, NotReady
from models.programme.calls import Call
from models.proposals import Proposal
from models.spoken import here
from models.words import Word


class Channel(StrEnum):
    """How a proposal came to the city."""

    ONLINE = "online"
    """電子申請: the group wrote it here."""
    PAPER = "paper"
    """窓口に紙で."""
    POST = "post"
    """郵送."""
    FAX = "fax"
    MAIL = "mail"
    """電子メール."""
    PHONE = "phone"
    """電話での聞き取り."""
    VISIT = "visit"
    """窓口や訪問先での聞き取り."""


CHANNELS: dict[Channel, Word] = {
    Channel.ONLINE: Word("電子申請", "Online"),
    Channel.PAPER: Word("窓口（紙）", "On paper, at the counter"),
    Channel.POST: Word("郵送", "By post"),
    Channel.FAX: Word("ファクス", "By fax"),
    Channel.MAIL: Word("電子メール", "By e-mail"),
    Channel.PHONE: Word("電話での聞き取り", "By telephone"),
    Channel.VISIT: Word("窓口・訪問での聞き取り", "In conversation"),
}


def calls_on(session: Session, day: date) -> list[tuple[str, Call]]:
    """The calls that took proposals on this day, with the edition each stands in."""
    return [
        (edition_id, call)
        for edition_id in editions_in_force(session)
        for call in rules_of(session, edition_id).calls
        if (call.opens is None or clock.in_tokyo(call.opens).date() <= day)
        and (call.closes is None or day <= clock.last_day(call.closes))
    ]


def enter_for(
    session: Session,
    actor: Actor,
    group: Group | None,
    *,
    call_key: str,
    channel: str,
    received_on: date | None,
    opening: str = "",
) -> Proposal:
    """A draft for a group, with how and when it came. The group looks at it and submits it.

    opening: the number of the work or problem that it began from, empty for none. Raises NotAllowed for others than the
    program office, and NotReady.
    """
    if not works_in_office(session, actor):
        raise NotAllowed(here(Word("入力できるのは市民協働課だけです。", "Only the program office can enter it.")))
    found = []
    if group is None:
        found.append(Missing("group", Word("団体を選んでください。", "Choose the group.")))
    if channel not in set(Channel) - {Channel.ONLINE}:
        found.append(Missing("channel", Word("受け取った方法を選んでください。", "Choose how it came.")))
    chosen: tuple[str, str] | None = None
    if received_on is None or received_on > clock.today():
        sentence = Word("受け取った日（今日まで）を入力してください。", "Enter the day it came, today at the latest.")
        found.append(Missing("received_on", sentence))
    else:
        taking = {call.key: edition_id for edition_id, call in calls_on(session, received_on)}
        without = [e for e in editions_in_force(session) if not rules_of(session, e).calls]
        if call_key in taking:
            chosen = (taking[call_key], call_key)
        elif not call_key and without:
            chosen = (without[0], "")
        else:
            sentence = Word(
                "受け取った日に受け付けていた募集を選んでください。", "Choose a call that was open that day."
            )
            found.append(Missing("call", sentence))
    began_from = next((one for one in waiting_openings(session) if str(one.id) == opening), None) if opening else None
    if opening and began_from is None:
        sentence = Word(
            "その受付は終了しました。もう一度選んでください。", "It takes no proposals any more. Choose again."
        )
        found.append(Missing("opening", sentence))
    if found or group is None or chosen is None:
        raise NotReady(found)
    proposal = begin_for(
        session, actor=actor, group=group, desk_id=office_id(session), edition_id=chosen[0], call_key=chosen[1]
    )
    proposal.opening_id = began_from.id if began_from is not None else None
    proposal.channel, proposal.received_on, proposal.entered_by_id = Channel(channel), received_on, actor.person_id
    session.flush()
    return proposal
