"""Reminds people of what they owe: before the date, on the day, and after it; then others hear of it too (O02)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.calendar import add_business_days, business_days_between, in_words
from models.history import Duty
from models.people import Person
from models.portal import portal
from models.process.actors import bearers, holders
from models.process.apart import kept_from
from models.process.labels import DUTIES
from models.process.vocabulary import Hat
from models.programme.terms import Terms
from models.words import Word
from notifications.channels import Channel, delivery
from notifications.wording import Told, asked, named, notice, told, turns

AGAIN_AFTER = 5
"""Business days between two reminders of something that stays undone."""

SUPERIOR: dict[Hat, Hat] = {
    Hat.MEMBER: Hat.DESK,
    Hat.REPRESENTATIVE: Hat.DESK,
    Hat.SECTION: Hat.SECTION_HEAD,
    Hat.SECTION_HEAD: Hat.DESK,
    Hat.HEAD: Hat.DESK,
    Hat.ADVISER: Hat.DESK,
}
"""Who is told when a duty stays undone. The desk's own duties reach its section head as one of the desk."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day on which a duty is spoken of. escalated: to others too."""

    day: date
    escalated: bool = False


def dated_duties(session: Session) -> list[int]:
    """The open duties that have a date, the nearest first."""
    query = select(Duty.id).where(Duty.closed_at.is_(None), Duty.due_on.is_not(None), Duty.hat != Hat.SYSTEM)
    return list(session.scalars(query.order_by(Duty.due_on, Duty.id)))


def remind(session: Session, duty_id: int, today: date) -> None:
    """Remind of one duty, if a day for it has come since it was spoken of last; missed days are made up once."""
    duty = session.scalar(select(Duty).where(Duty.id == duty_id, Duty.closed_at.is_(None)).with_for_update())
    if duty is None or duty.due_on is None:
        return
    occasion = latest_occasion(duty, duty.proposal.rules.terms, today)
    if occasion is None or (duty.reminded_on is not None and duty.reminded_on >= occasion.day):
        return
    _plan(session, duty, occasion, today)
    duty.reminded_on = today
    session.flush()


def latest_occasion(duty: Duty, terms: Terms, today: date) -> Occasion | None:
    """The last day up to today on which this duty is spoken of; None while there was none since it was opened."""
    assert duty.due_on is not None
    return latest_day(duty.due_on, duty.since, terms, today)


def latest_day(due_on: date, since: datetime, terms: Terms, today: date) -> Occasion | None:
    """The last day up to today on which something due is spoken of; None while there was none since it was asked for."""
    occasion = _latest(due_on, terms, today)
    return occasion if occasion and occasion.day > clock.in_tokyo(since).date() else None


def _latest(due_on: date, terms: Terms, today: date) -> Occasion | None:
    closed = portal().closed_days
    overdue = business_days_between(due_on, today, closed)
    if overdue >= terms.escalate_after:
        last = overdue - (overdue - terms.escalate_after) % AGAIN_AFTER
        return Occasion(add_business_days(due_on, last, closed), escalated=True)
    if overdue >= 1:
        return Occasion(add_business_days(due_on, 1, closed))
    if today >= due_on:
        return Occasion(due_on)
    before = add_business_days(due_on, -terms.reminder_before, closed)
    return Occasion(before) if today >= before else None


def _plan(session: Session, duty: Duty, occasion: Occasion, today: date) -> None:
    drafters = kept_from(session, duty, duty.proposal)
    owners = [person for person in bearers(session, duty.proposal, [duty]) if person.id not in drafters]
    others: list[Person] = []
    if occasion.escalated and duty.hat in SUPERIOR:
        known = {person.id for person in owners}
        superiors = holders(session, duty.proposal, frozenset({SUPERIOR[duty.hat]}))
        others = [person for person in superiors if person.id not in known]
    for person, own in [(p, True) for p in owners] + [(p, False) for p in others]:
        for channel in Channel:
            said = _said(channel, duty, person, today, own=own)
            session.add(delivery(channel, person, said, about=(duty, today)))


def _said(channel: Channel, duty: Duty, person: Person, today: date, *, own: bool) -> Told:
    language = person.language
    subject = _subject(duty, today, own=own)
    wishes = asked([duty], today, language)
    if channel is Channel.NOTICE:
        text = notice("reminder_notice", language, asked=wishes, turns=turns([duty], today, language), own=own)
        return Told(subject=subject.in_(language), text=text, html="")
    return told(
        "reminder",
        language,
        subject=subject,
        proposal=duty.proposal,
        name=person.name,
        own=own,
        asked=wishes,
        turns=turns([duty], today, language),
        heading=_standing(duty, today).in_(language),
        since=in_words(clock.in_tokyo(duty.since).date(), language),
    )


def _standing(duty: Duty, today: date) -> Word:
    assert duty.due_on is not None
    if today < duty.due_on:
        return Word("期限が近づいています", "The date is near")
    if today == duty.due_on:
        return Word("今日が期限です", "Due today")
    return Word("期限が過ぎています", "The date has passed")


def _subject(duty: Duty, today: date, *, own: bool) -> Word:
    standing, what, name = _standing(duty, today), DUTIES[duty.key], named(duty.proposal)
    if own:
        return Word(f"{standing.ja}：{what.ja}{name.ja}", f"{standing.en}: {what.en}{name.en}")
    return Word(f"期限を過ぎた手続があります：{what.ja}{name.ja}", f"Something stays undone: {what.en}{name.en}")
