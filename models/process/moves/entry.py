"""仮申込・エントリー, and the minute at which a call closes: what may be handed in when."""

from datetime import date, datetime, time
from typing import Any

from models.answer_checks import too_long, unanswered, wrong_answers
from models.calendar import in_words
from models.calls import Window, call_of, window_of
from models.clock import at_tokyo, in_tokyo, last_day
from models.documents import files_by_item
from models.process.grammar import Case, Details
from models.process.refusals import Missing
from models.process.vocabulary import Stage, State
from models.words import Word

LONGEST = 1000
NOON = time(12)
FULL = Word(
    "先着順の募集で、受け付けた提案が予算額または予定件数に達しました。下書きは残ります。",
    "The call goes by who comes first, and what has come takes up its budget or its places. Your draft is kept.",
)


def window_open(case: Case) -> list[Missing]:
    """The call takes proposals at this minute, and what comes before the proposal is done.

    What was handed in once may be corrected after the closing.
    """
    call = call_of(case.session, case.proposal)
    if call is None or case.proposal.state is State.RETURNED:
        return []
    if call.entry is not None and case.proposal.state is State.DRAFT:
        return [
            Missing(
                "",
                Word("先に「{entry}」が必要です。", "“{entry}” has to be handed in first.").filled(
                    entry=call.entry.label
                ),
            )
        ]
    match window_of(case.session, case.programme.key, call, _came_at(case)):
        case Window.COMING:
            assert call.opens is not None
            return [Missing("", _opens(call.opens))]
        case Window.CLOSED:
            assert call.closes is not None
            return [Missing("", _closed(call.closes))]
        case Window.FULL:
            return [Missing("", FULL)]
        case _:
            return []


def entry_complete(case: Case) -> list[Missing]:
    """The call asks for an entry, takes it at this minute, and what it asks is answered."""
    call, proposal = call_of(case.session, case.proposal), case.proposal
    if call is None or call.entry is None:
        return [Missing("", Word("この募集に仮申込はありません。", "This call has no entry before the proposal."))]
    closes = call.entry.closes or call.closes
    if closes is not None and case.now >= closes:
        return [Missing("", _closed(closes))]
    if call.opens is not None and case.now < call.opens:
        return [Missing("", _opens(call.opens))]
    found = []
    if not proposal.written_title.strip():
        found.append(Missing("title", Word("「事業の名前」を入力してください。", "Enter “Name of the project”.")))
    items = proposal.entry_questions
    files = files_by_item(proposal.attachments, Stage.INTAKE)
    found += wrong_answers(case.programme, items, proposal.answers, files)
    found += unanswered(items, proposal.answers, files)
    return found


def entry_answered(case: Case, details: Details) -> list[Missing]:
    """What was found; where the call asks for a talk or a section's consent, when it was and whose."""
    entry = case.call.entry if case.call is not None else None
    found = []
    reason = str(details.get("reason") or "").strip()
    if not reason:
        sentence = Word("団体に伝えることを入力してください。", "Write what the group should know.")
        found.append(Missing("reason", sentence))
    elif len(reason) > LONGEST:
        found.append(Missing("reason", too_long(Word("団体に伝えること", "What the group should know"), LONGEST)))
    talked_on = details.get("talked_on")
    if entry is not None and entry.talk and (not isinstance(talked_on, date) or talked_on > case.today):
        sentence = Word("事前相談を行った日を入力してください。", "Enter the day of the talk.")
        found.append(Missing("talked_on", sentence))
    if entry is not None and entry.consent and not str(details.get("consented") or "").strip():
        sentence = Word("合意した課の名前を入力してください。", "Enter the section that agreed.")
        found.append(Missing("consented", sentence))
    return found


def take_entry(case: Case, details: Details) -> dict[str, Any] | None:
    """Keep when the talk was and who agreed."""
    talked_on = details.get("talked_on")
    return {
        "talked_on": talked_on.isoformat() if isinstance(talked_on, date) else "",
        "consented": str(details.get("consented") or "").strip(),
    }


def _came_at(case: Case) -> datetime:
    """When it came: what the office typed from paper came on its day, however late it is submitted here."""
    received_on = case.proposal.received_on
    return case.now if received_on is None else min(case.now, at_tokyo(received_on, NOON))


def _closed(closes: datetime) -> Word:
    sentence = Word(
        "募集は{at}に締め切られました。書いたものは下書きに残っています。",
        "The call closed at {at}. What you wrote is kept as a draft.",
    )
    midnight = in_tokyo(closes).time() == time(0)
    return sentence.filled(at=_on(last_day(closes), "24:00" if midnight else f"{in_tokyo(closes):%H:%M}"))


def _opens(opens: datetime) -> Word:
    at = _on(in_tokyo(opens).date(), f"{in_tokyo(opens):%H:%M}")
    return Word("募集は{at}から始まります。", "The call opens at {at}.").filled(at=at)


def _on(day: date, hour: str) -> Word:
    return Word(f"{in_words(day, 'ja')} {hour}", f"{hour} on {in_words(day, 'en')}")
