"""Tells people what happened on a proposal and what they have to do now: one mail and one notice for each of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.calendar import in_words
from models.execution import ReportKind
from models.history import Duty, Event
from models.judging.published import DECISIONS, PROVISIONAL
from models.outbox import Delivery
from models.process.labels import DUTIES, done
from models.process.moves.intake import GROUNDS
from models.process.vocabulary import MoveKey
from models.spoken import here
from models.words import Word
from notifications.audience import Reader, opened_by, readers_of, still_owed
from notifications.channels import Channel, delivery
from notifications.documents.own_words import notice_on
from notifications.wording import Told, asked, named, notice, told, turns

REPORTS = {
    ReportKind.INTERIM: Word("中間報告", "Interim report"),
    ReportKind.FINAL: Word("最終報告", "Final report"),
}


def plan(session: Session, event: Event) -> None:
    """Write what has to be delivered because of an event. A second time adds nothing."""
    known = session.execute(select(Delivery.person_id, Delivery.channel).where(Delivery.event_id == event.id))
    planned = {(person_id, channel) for person_id, channel in known}
    duties = still_owed(opened_by(session, event))
    for reader in readers_of(session, event):
        if (reader.person.id, Channel.MAIL) not in planned:
            said = _mail(event, reader, duties)
            session.add(delivery(Channel.MAIL, reader.person, said, event=event))
        if (reader.person.id, Channel.NOTICE) not in planned:
            said = _notice(event, reader)
            session.add(delivery(Channel.NOTICE, reader.person, said, event=event))
    session.flush()


def _mail(event: Event, reader: Reader, duties: Sequence[Duty]) -> Told:
    language, today = reader.person.language, clock.today()
    return told(
        "announcement",
        language,
        subject=_subject(event, reader),
        proposal=event.proposal,
        name=reader.person.name,
        own=reader.person.id == event.actor_id,
        what=done(event.move, event.to_state).in_(language),
        who=_body(event).in_(language),
        when=in_words(event.at, language),
        facts=[(label.in_(language), value.in_(language)) for label, value in _facts(event)],
        words=event.reason,
        words_are_a_message=event.move is MoveKey.COMMENT,
        asked=asked(reader.duties, today, language),
        turns=turns([duty for duty in duties if duty not in reader.duties], today, language),
    )


def _notice(event: Event, reader: Reader) -> Told:
    language = reader.person.language
    text = notice(
        "notice",
        language,
        what=done(event.move, event.to_state).in_(language),
        who=_body(event).in_(language),
        asked=asked(reader.duties, clock.today(), language),
    )
    return Told(subject=_subject(event, reader).in_(language), text=text, html="")


def _subject(event: Event, reader: Reader) -> Word:
    if reader.duties:
        wish = DUTIES[reader.duties[0].key]
        return Word(f"お願い：{wish.ja}{named(event.proposal).ja}", f"Your turn: {wish.en}{named(event.proposal).en}")
    told_as = done(event.move, event.to_state)
    return Word(f"{told_as.ja}{named(event.proposal).ja}", f"{told_as.en}{named(event.proposal).en}")


def _body(event: Event) -> Word:
    if event.actor_id is None:
        return Word("自動処理", "Kyodo (automatic)")
    return Word(event.actor_body, event.actor_body)


def _facts(event: Event) -> list[tuple[Word, Word]]:
    """What a reader needs to understand which report, which section, which ground."""
    details, found = event.details, []
    if "section" in details:
        found.append((Word("担当課", "Section"), Word(details["section"], details["section"])))
    if "asked_section" in details:
        asked = Word(details["asked_section"], details["asked_section"])
        found.append((Word("意見を求めた課", "Section asked for its opinion"), asked))
    if "kind" in details:
        found.append((Word("報告", "Report"), REPORTS[ReportKind(details["kind"])]))
    if "ground" in details:
        found.append((Word("根拠", "Ground"), GROUNDS[details["ground"]]))
    if "criteria" in details:
        found += _grounds(event)
    found += _selection(event)
    letter = notice_on(event)
    if letter is not None and letter.further.ja:
        found.append((Word("今後の手続", "What to do next"), letter.further))
    if "release_at" in details:
        moment = datetime.fromisoformat(details["release_at"])
        found.append((Word("公表の日時", "Release"), Word(in_words(moment), in_words(moment, "en"))))
    return found


def _selection(event: Event) -> list[tuple[Word, Word]]:
    """What the committee concluded or the city decided: in a word, for how much, and why."""
    details, found = event.details, []
    if event.move in DECISIONS:
        decided = PROVISIONAL if details.get("provisional") else DECISIONS[event.move]
        found.append((Word("決定", "Decision"), decided))
    if event.move is MoveKey.CONCLUDE:
        said = Word("通過", "Passed") if details["passed"] else Word("通過せず", "Not passed")
        found.append((Word("審査会の結論", "The committee's conclusion"), said))
    if details.get("granted") is not None:
        yen = f"{details['granted']:,}"
        found.append((here(Word("市が負担する額", "Amount the city pays")), Word(f"{yen}円", f"{yen} yen")))
    if event.move in (MoveKey.CONCLUDE, MoveKey.ADOPT, MoveKey.NOT_ADOPT):
        last = next((c for c in reversed(event.proposal.conclusions) if c.concluded_at <= event.at), None)
        if last is not None:
            found.append((Word("講評", "Remarks"), Word(last.remarks, last.remarks)))
    return found


def _grounds(event: Event) -> list[tuple[Word, Word]]:
    """The criteria an exclusion stands on, each with the reason why it applies (X05)."""
    reasons = {finding.criterion: finding.reason for finding in event.proposal.findings}
    found = []
    for key in event.details["criteria"]:
        criterion = event.proposal.rules.criterion(key)
        found.append((Word("当てはまる基準", "Criterion"), criterion.cited))
        if reason := reasons.get(key):
            found.append((Word("その理由", "Why it applies"), Word(reason, reason)))
    return found
