"""On which days people are reminded of what they owe, when others hear of it, and that twice a day is once."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kyodo.demonstration.story import Story
from models.clock import today
from models.database import transaction
from models.outbox import Delivery
from models.process.sight import turns
from models.process.vocabulary import MoveKey as M
from models.process.vocabulary import State as S
from notifications.reminders import dated_duties, remind
from tests.conftest import Clock
from tests.notifications.cast import a_story, readers, to

SUBMITTED_ON = date(2026, 11, 9)
"""A Monday; the desk has five business days: until Monday 16."""
DESK = {"nakamura", "kobayashi", "kato"}


def plan_reminders(session: Session) -> None:
    """All of today's reminders."""
    for duty_id in dated_duties(session):
        remind(session, duty_id, today())


def on(session: Session, clock: Clock, day: date) -> Sequence[Delivery]:
    """The mails planned by the reminders of a day, which are run twice."""
    clock.set(day)
    before = session.scalar(select(Delivery.id).order_by(Delivery.id.desc()).limit(1)) or 0
    plan_reminders(session)
    plan_reminders(session)
    new = select(Delivery).where(Delivery.id > before)
    mails = session.scalars(new.where(Delivery.channel == "mail")).all()
    notices = session.scalars(new.where(Delivery.channel == "notice")).all()
    assert readers(mails) == readers(notices)
    assert len(mails) == len(notices) == len(readers(mails))
    return mails


def submitted(session: Session, clock: Clock) -> Story:
    """A proposal that waits for the desk since Monday, 9 November 2026."""
    clock.set(SUBMITTED_ON)
    story = a_story(session)
    story.submit()
    return story


def test_one_is_reminded_before_the_date_on_it_and_after_it(database: Engine, clock: Clock) -> None:
    with transaction() as session:
        submitted(session, clock)
        days = {day: on(session, clock, date(2026, 11, day)) for day in (10, 11, 12, 13, 16, 17, 18)}
        assert [day for day, mails in days.items() if mails] == [12, 16, 17]
        assert all(readers(mails) == DESK for mails in days.values() if mails)
        assert "期限が近づいています：提案の受付" in days[12][0].subject
        assert "今日が期限です：提案の受付" in days[16][0].subject
        assert "期限が過ぎています：提案の受付" in days[17][0].subject
        assert "・提案の受付（期限 令和8年11月16日（月）・あと2開庁日）" in days[12][0].text


def test_who_proposed_a_result_is_not_reminded_to_confirm_it(database: Engine, clock: Clock) -> None:
    with transaction() as session:
        story = submitted(session, clock)
        story.accept()
        story.find()
        story.propose_pass()
        [duty] = turns(story.proposal)
        assert duty.due_on is not None
        assert readers(on(session, clock, duty.due_on)) == DESK - {story.plot.desk}


def test_of_two_sections_asked_for_their_opinion_only_the_one_that_owes_it_is_reminded(
    database: Engine, clock: Clock
) -> None:
    with transaction() as session:
        story = submitted(session, clock)
        for section, day in (("safety", 20), ("culture", 27)):
            section_id = story.cast.departments[section].id
            asked = {"section_id": section_id, "question": "支障はありますか。", "due_on": date(2026, 11, day)}
            story.do(M.ASK_OPINION, "nakamura", **asked)
        already: set[str] = set()
        for day, asked_now in ((20, {"mori", "saito"}), (27, {"kondo", "sakamoto"})):
            clock.set(date(2026, 11, day))
            plan_reminders(session)
            subject = "今日が期限です：意見の回答"
            mails = session.scalars(select(Delivery).where(Delivery.channel == "mail")).all()
            reminded = readers([mail for mail in mails if subject in mail.subject])
            assert reminded - already == asked_now
            already = reminded


def test_what_stays_undone_is_spoken_of_every_week_and_not_every_day(sqlite: Engine, clock: Clock) -> None:
    with transaction() as session:
        submitted(session, clock)
        later = [date(2026, 11, day) for day in range(17, 31)] + [date(2026, 12, day) for day in range(1, 8)]
        spoken = [day for day in later if on(session, clock, day)]
        # overdue by one, by three (escalated), then every five business days; 23 November is a holiday
        assert spoken == [date(2026, 11, 17), date(2026, 11, 19), date(2026, 11, 27), date(2026, 12, 4)]


def test_days_when_nothing_ran_are_made_up_once(sqlite: Engine, clock: Clock) -> None:
    with transaction() as session:
        submitted(session, clock)
        assert on(session, clock, date(2026, 11, 14))  # a Saturday; Thursday's reminder was missed
        assert not on(session, clock, date(2026, 11, 15))
        assert on(session, clock, date(2026, 12, 25))
        assert not on(session, clock, date(2026, 12, 26))


def test_a_groups_overdue_duty_is_brought_before_the_desk(sqlite: Engine, clock: Clock) -> None:
    with transaction() as session:
        story = submitted(session, clock)
        story.do(M.RETURN_FOR_CORRECTION, "nakamura", reason="内訳が足りません。", due_on=date(2026, 11, 16))
        assert readers(on(session, clock, date(2026, 11, 17))) == {"katsuragi", "ono"}
        mails = on(session, clock, date(2026, 11, 19))
        assert readers(mails) == {"katsuragi", "ono", *DESK}
        assert "難しいことがありましたら、遠慮なく" in to(mails, "ono").text
        assert "状況を確かめ、必要な手助けをお願いします" in to(mails, "kato").text


def test_what_a_section_head_leaves_undone_the_desk_hears_of(sqlite: Engine, clock: Clock) -> None:
    clock.set(date(2026, 11, 2))
    with transaction() as session:
        story = a_story(session)
        story.take_to(S.ASSIGNED)
        assert readers(on(session, clock, date(2026, 11, 11))) == {"yamamoto"}
        mails = on(session, clock, date(2026, 11, 13))
        assert readers(mails) == {"yamamoto", *DESK}
        assert "期限を過ぎた手続があります：引受けの回答" in to(mails, "kato").subject
        assert "いまは、福祉政策課の番です" in to(mails, "kato").text
        assert "期限が過ぎています：引受けの回答" in to(mails, "yamamoto").subject


def test_nobody_is_reminded_of_what_they_have_only_just_been_asked(sqlite: Engine, clock: Clock) -> None:
    with transaction() as session:
        story = submitted(session, clock)
        story.do(M.RETURN_FOR_CORRECTION, "nakamura", reason="内訳が足りません。", due_on=date(2026, 11, 10))
        assert not on(session, clock, SUBMITTED_ON)
        assert readers(on(session, clock, date(2026, 11, 10))) == {"katsuragi", "ono"}


def test_nobody_is_reminded_of_what_is_done_or_has_no_date(sqlite: Engine, clock: Clock) -> None:
    with transaction() as session:
        story = submitted(session, clock)
        story.accept()
        a_story(session)
        assert not on(session, clock, date(2026, 11, 16))


def test_an_english_reader_is_reminded_in_english(sqlite: Engine, clock: Clock) -> None:
    with transaction() as session:
        story = submitted(session, clock)
        story.cast.people["kato"].language = "en"
        mail = to(on(session, clock, date(2026, 11, 16)), "kato")
        assert "Due today: Receive the proposal" in mail.subject
        assert "It has been waiting for you since 9 November 2026 (Mon)." in mail.text
        assert "Open the page" in mail.html
