"""Editions that judge: the demonstration city's file with calls that never close, so that no test depends on the day."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models import clock
from models.editions import Edition, take_up
from models.judging.tables import Judge, JudgingRound
from models.people import Person
from models.programme.library import DEFAULT
from models.programme.schema import Programme
from models.proposals import Proposal
from tests.support.editions import changed

THEMES, DECIDED, VOTED = "r9_themes", "decided", "voted"
"""Calls: with an entry, two rounds and a budget to be voted; with a decision alone; with a decision and a budget."""
AMONG, AMONG_DECIDED, AMONG_VOTED = "among", "among_decided", "among_voted"
"""Calls for groups among themselves: registered after the screening; after a decision; after a budget vote as well."""
WINDOW = "    opens: 2026-10-01 09:00\n    closes: 2027-01-29 17:00\n"
ENTRY = """\
    entry:
      label: {ja: 事前相談シート, en: Entry sheet}
      items: [issue, purpose]
      talk: true
      consent: true
"""
A_TYPE = """\
  - {key: decided, label: {ja: 市が決める提案, en: Decided by the city}, decides: true, rounds: []}
  - {key: among, label: {ja: 団体どうし, en: Among groups}, proposer: groups, rounds: []}
  - {key: among_decided, label: {ja: 団体どうし（助成）, en: Among groups with a grant}, proposer: groups, decides: true, rounds: []}
calls:
  - {key: among, type: among, label: {ja: 団体どうしの協働, en: Groups among themselves}, fiscal_year: 2027}
  - {key: among_decided, type: among_decided, label: {ja: 団体どうしの協働の助成, en: A grant for groups}, fiscal_year: 2027}
  - key: among_voted
    type: among_decided
    label: {ja: 予算の議決を待つ団体どうしの協働の助成, en: A grant for groups that waits for the budget}
    fiscal_year: 2027
    subject_to_budget: true
  - {key: decided, type: decided, label: {ja: 審査会のない募集, en: A call without judges}, fiscal_year: 2027}
  - key: voted
    type: decided
    label: {ja: 審査会がなく、予算の議決を待つ募集, en: A call without judges that waits for the budget}
    fiscal_year: 2027
    subject_to_budget: true
"""
WITH_THE_CITY = ("types: [open, theme, challenge]", "types: [open, theme, challenge, decided]")
"""The questions about the city's part are asked in these types too."""
JUDGED = changed((WINDOW, ENTRY), ("calls:\n", A_TYPE), WITH_THE_CITY)
"""審査 → 採否 → 協議."""
CONSULTED_FIRST = changed(("criteria:\n", "select_after: consultation\ncriteria:\n"), text=JUDGED)
"""協議 → 審査 → 採否."""
SECOND = changed((f"key: {DEFAULT}\n", "key: consulted_first\n"), text=CONSULTED_FIRST)
"""The same as a programme of its own, beside the first."""
JUDGE = "sakuma"
"""審査委員, of no office and no group."""


def windowed(opens: str, closes: str, *, entry: str = "") -> str:
    """The file whose themes are called for from one minute to another; entry: the lines of its entry."""
    return changed((WINDOW, f"    opens: {opens}\n    closes: {closes}\n{entry}"))


def put_in_force(session: Session, text: str) -> Edition:
    """An edition with this text that holds from now on."""
    return take_up(session, text, person_id=None, reason="審査を行うため", in_force_from=clock.now())


def told_under(session: Session, cast: Cast, text: str, call: str) -> Story:
    """A draft for a call of this file, which is in force from now on."""
    put_in_force(session, text)
    return Story(session, cast, Plot(call=call))


def rounds_left(proposal: Proposal) -> list[str]:
    """Keys of the rounds that it has still to go through."""
    rules: Programme = proposal.rules
    return [one.key for one in rules.rounds_for(proposal.type_key)][proposal.rounds_passed :]


def round_opened(session: Session, proposal: Proposal) -> JudgingRound:
    """The open round that is the proposal's next one; opened now, with one judge, if there is none."""
    found = round_waiting(session, proposal)
    if found is None:
        now = clock.now()
        found = JudgingRound(
            edition_id=proposal.edition_id,
            call_key=proposal.call_key,
            round_key=rounds_left(proposal)[0],
            desk_id=proposal.desk_id,
            score_by=clock.today() + timedelta(days=14),
            opened_by_id=proposal.created_by_id,
            opened_at=now,
        )
        judge = session.scalars(select(Person).where(Person.email.startswith(f"{JUDGE}@"))).one()
        found.judges.append(Judge(person_id=judge.id, name=judge.name, invited_at=now))
        session.add(found)
        session.flush()
    return found


def round_waiting(session: Session, proposal: Proposal) -> JudgingRound | None:
    """The open round that is the proposal's next one."""
    left = rounds_left(proposal)
    query = select(JudgingRound).where(
        JudgingRound.edition_id == proposal.edition_id,
        JudgingRound.call_key == proposal.call_key,
        JudgingRound.round_key == (left[0] if left else ""),
        JudgingRound.closed_at.is_(None),
    )
    return session.scalars(query.order_by(JudgingRound.id)).first()


def scoring_closed(session: Session, proposal: Proposal, *, rank: int | None = 1, points: str = "73.5") -> JudgingRound:
    """Its round was closed, with these results."""
    assert proposal.round_id is not None
    now = session.get_one(JudgingRound, proposal.round_id)
    for entry in now.entries:
        entry.result = {"rank": rank, "points": points}
    now.closed_at = clock.now()
    session.flush()
    return now
