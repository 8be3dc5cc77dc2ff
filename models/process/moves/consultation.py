"""事前協議: section, meetings with minutes, and the record that both sides confirm in the same version (C01–C06)."""

from datetime import date
from typing import Any

from models.answer_checks import unanswered, wrong_answers
from models.consultation import ConsultationRecord, Meeting
from models.people import Department, Seat
from models.process.actors import staffed
from models.process.grammar import Case, Details
from models.process.moves.answers import (
    ALREADY_CONFIRMED,
    BOTH,
    confirm,
    confirmed_sides,
    overtaken,
    reason_asked,
    unconfirmed,
)
from models.process.refusals import Missing
from models.process.vocabulary import Subject
from models.words import Word

RECORD = Word("協議録", "consultation record")
PLACE_LIMIT = 200


def section_asked(case: Case, details: Details) -> list[Missing]:
    """A section that exists and has a head today to take it on, and why it is the one."""
    found = reason_asked(case, details)
    section_id = details.get("section_id")
    department = case.session.get(Department, section_id) if isinstance(section_id, int) else None
    heads = (Seat.SECTION_HEAD,)
    if department is None or department.closed_on is not None or not staffed(case.session, department.id, heads):
        found.insert(0, Missing("section_id", Word("担当課を選んでください。", "Choose the responsible section.")))
    return found


def assign_section(case: Case, details: Details) -> dict[str, Any] | None:
    """Set the section; the event keeps its name for the trail."""
    section = case.session.get_one(Department, details["section_id"])
    case.proposal.section = section
    case.proposal.section_id = section.id
    return {"section": section.name}


def give_back(case: Case, details: Details) -> dict[str, Any] | None:
    """Take the section away again; the trail of declines stays visible."""
    name = case.proposal.section.name if case.proposal.section else ""
    case.proposal.section = None
    case.proposal.section_id = None
    return {"section": name}


def meeting_asked(case: Case, details: Details) -> list[Missing]:
    """Minutes need a day that has been, who took part, and what was said (C02)."""
    found = []
    held_on = details.get("held_on")
    if not isinstance(held_on, date):
        found.append(Missing("held_on", Word("会議の日を入力してください。", "Enter the day of the meeting.")))
    elif held_on > case.today:
        found.append(
            Missing(
                "held_on",
                Word("会議の日は今日までの日付にしてください。", "The day must not be in the future."),
            )
        )
    if not isinstance(details.get("next_on"), date | None):
        found.append(Missing("next_on", Word("次回の日付を正しく入力してください。", "Enter a real date.")))
    if len(str(details.get("place") or "").strip()) > PLACE_LIMIT:
        found.append(
            Missing(
                "place",
                Word("場所は{n}文字までで入力してください。", "Write at most {n} characters.").filled(n=PLACE_LIMIT),
            )
        )
    if not str(details.get("participants") or "").strip():
        found.append(Missing("participants", Word("出席者を入力してください。", "Enter who took part.")))
    if not str(details.get("minutes") or "").strip():
        found.append(Missing("minutes", Word("話し合ったことを入力してください。", "Enter what was discussed.")))
    return found


def record_meeting(case: Case, details: Details) -> dict[str, Any] | None:
    """Write the minutes; the writer's side has confirmed them by writing."""
    meeting = Meeting(written_by_id=case.person_id, written_side=case.side, written_at=case.now, edition=1)
    _fill(meeting, details)
    case.proposal.meetings.append(meeting)
    case.session.flush()
    confirm(case, Subject.MINUTES, meeting.id, meeting.edition)
    return {"meeting": meeting.id, "held_on": meeting.held_on.isoformat()}


def _fill(meeting: Meeting, details: Details) -> None:
    meeting.held_on = details["held_on"]
    meeting.place = str(details.get("place") or "").strip()
    meeting.participants = str(details["participants"]).strip()
    meeting.minutes = str(details["minutes"]).strip()
    meeting.open_points = str(details.get("open_points") or "").strip()
    meeting.next_on = details.get("next_on")


def _meeting(case: Case, details: Details) -> Meeting | None:
    return next((m for m in case.proposal.meetings if m.id == details.get("meeting_id")), None)


def minutes_there(case: Case) -> list[Missing]:
    """There are minutes to correct."""
    if case.proposal.meetings:
        return []
    return [Missing("", Word("議事録がまだありません。", "There are no minutes yet."))]


def minutes_to_confirm(case: Case) -> list[Missing]:
    """There are minutes that the actor's side has not confirmed yet."""
    found = minutes_there(case)
    if not found and all(
        case.side in confirmed_sides(case, Subject.MINUTES, m.id, m.edition) for m in case.proposal.meetings
    ):
        found.append(
            Missing(
                "",
                Word("あなたの側が確認する議事録はありません。", "There are no minutes for your side to confirm."),
            )
        )
    return found


NO_SUCH_MINUTES = Missing("meeting_id", Word("その議事録はありません。", "There are no such minutes."))


def correction_of_minutes_asked(case: Case, details: Details) -> list[Missing]:
    """The minutes exist, were not changed meanwhile, and stay complete."""
    meeting = _meeting(case, details)
    if meeting is None:
        return [NO_SUCH_MINUTES]
    return overtaken(details, meeting.edition, Word("議事録", "minutes")) + meeting_asked(case, details)


def correct_minutes(case: Case, details: Details) -> dict[str, Any] | None:
    """Change the minutes; earlier confirmations were of the earlier edition."""
    meeting = _meeting(case, details)
    assert meeting is not None
    _fill(meeting, details)
    meeting.edition += 1
    meeting.written_by_id, meeting.written_side, meeting.written_at = case.person_id, case.side, case.now
    confirm(case, Subject.MINUTES, meeting.id, meeting.edition)
    return {"meeting": meeting.id, "held_on": meeting.held_on.isoformat()}


def minutes_asked(case: Case, details: Details) -> list[Missing]:
    """Exactly the edition that was read is confirmed, once for each side."""
    meeting = _meeting(case, details)
    if meeting is None:
        return [NO_SUCH_MINUTES]
    found = overtaken({"based_on": details.get("edition", 0)}, meeting.edition, Word("議事録", "minutes"))
    if case.side in confirmed_sides(case, Subject.MINUTES, meeting.id, meeting.edition):
        found.append(Missing("", ALREADY_CONFIRMED))
    return found


def confirm_minutes(case: Case, details: Details) -> dict[str, Any] | None:
    """One side's yes to the minutes."""
    meeting = _meeting(case, details)
    assert meeting is not None
    confirm(case, Subject.MINUTES, meeting.id, meeting.edition)
    return {"meeting": meeting.id, "held_on": meeting.held_on.isoformat()}


def minutes_confirmed_by_both(case: Case) -> bool:
    """At least one meeting stands with minutes that both sides confirmed (C02)."""
    return any(confirmed_sides(case, Subject.MINUTES, m.id, m.edition) == BOTH for m in case.proposal.meetings)


def latest_record(case: Case) -> ConsultationRecord | None:
    """The record as it stands."""
    return case.proposal.records[-1] if case.proposal.records else None


def record_asked(case: Case, details: Details) -> list[Missing]:
    """Nothing impossible is written, and nobody's newer version is overwritten. It need not be complete yet."""
    latest = latest_record(case)
    content = details.get("content") or {}
    found = overtaken(details, latest.number if latest else 0, RECORD)
    found += wrong_answers(case.programme, case.programme.consultation_items, content)
    if not content:
        found.append(Missing("", Word("協議録の内容を入力してください。", "Write the consultation record.")))
    if latest is not None and not found and content == latest.content:
        found.append(Missing("", Word("前の版から変更がありません。", "Nothing was changed.")))
    return found


def write_record(case: Case, details: Details) -> dict[str, Any] | None:
    """The next version of the record, confirmed by nobody yet."""
    latest = latest_record(case)
    number = latest.number + 1 if latest else 1
    case.proposal.records.append(
        ConsultationRecord(
            number=number,
            content=dict(details["content"]),
            written_by_id=case.person_id,
            written_side=case.side,
            written_at=case.now,
        )
    )
    return {"record": number}


def record_gaps(case: Case) -> list[Missing]:
    """What the record still lacks before anybody can confirm it (P04–P06, P10, P13, C01–C06)."""
    record = latest_record(case)
    if record is None:
        return [Missing("", Word("協議録がまだありません。", "There is no consultation record yet."))]
    found = unanswered(case.programme.consultation_items, record.content)
    principles = {p.key for p in case.programme.principles}
    if record.content.get("principles") and set(record.content["principles"]) != principles:
        found.append(
            Missing("principles", Word("すべての原則を確認してください。", "Confirm every one of the principles."))
        )
    return found


def record_confirmable(case: Case) -> list[Missing]:
    """The record is complete, a meeting stands confirmed, and the actor's side has not confirmed yet."""
    found = record_gaps(case)
    if not minutes_confirmed_by_both(case):
        found.append(_minutes_awaited(case))
    record = latest_record(case)
    if record is not None and case.side in confirmed_sides(case, Subject.RECORD, record.number):
        found.append(Missing("", ALREADY_CONFIRMED))
    return found


def _minutes_awaited(case: Case) -> Missing:
    """Who has to do something before minutes stand that both sides confirmed."""
    if not case.proposal.meetings:
        awaited = Word(
            "担当課が協議を行い、議事録を登録するのを待っています。",
            "Waiting for the responsible section to hold a meeting and record its minutes.",
        )
    else:
        last = case.proposal.meetings[-1]
        confirmed = confirmed_sides(case, Subject.MINUTES, last.id, last.edition)
        awaited = Word("{who}の確認を待っています。", "Waiting for {who} to confirm them.").filled(
            who=unconfirmed(confirmed)
        )
    return Missing(
        "",
        Word(
            "双方が確認した議事録が1回分以上必要です。{awaited}",
            "At least one meeting's minutes must be confirmed by both sides. {awaited}",
        ).filled(awaited=awaited),
    )


def record_version_asked(case: Case, details: Details) -> list[Missing]:
    """The version that was read is the one that stands."""
    record = latest_record(case)
    return overtaken({"based_on": details.get("number", 0)}, record.number if record else 0, RECORD)


def confirm_record(case: Case, details: Details) -> dict[str, Any] | None:
    """One side's yes to this version."""
    record = latest_record(case)
    assert record is not None
    confirm(case, Subject.RECORD, record.number)
    return {"record": record.number}


def record_confirmed_by_both(case: Case) -> bool:
    """Both sides confirmed the same version."""
    record = latest_record(case)
    return record is not None and confirmed_sides(case, Subject.RECORD, record.number) == BOTH
