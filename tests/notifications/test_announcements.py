"""Who hears of what, in which words, and that nobody hears of it twice."""

import re
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from kyodo.demonstration.story import Plot
from models import clock as model_clock
from models.database import transaction
from models.history import Event
from models.outbox import Delivery
from models.people import MemberRole, Membership
from models.process.vocabulary import MoveKey as M
from models.process.vocabulary import State as S
from notifications.announcements import plan
from tests.conftest import Clock
from tests.models.process.programmes import DECIDED, JUDGED, THEMES, VOTED, put_in_force
from tests.models.process.selecting import adopt, conclude, judge, vote
from tests.notifications.cast import a_story, announced, last_event, readers, to
from tests.support.among_groups import among_groups

GROUP = {"katsuragi", "ono"}
DESK = {"nakamura", "kobayashi", "kato"}


def test_a_submission_is_confirmed_to_the_group_and_put_before_the_desk(database: Engine) -> None:
    with transaction() as session:
        story = a_story(session)
        story.submit()
        mails = announced(session, last_event(story.proposal))
        assert readers(mails) == GROUP | DESK
        assert "あなたが行った操作の控え" in to(mails, "katsuragi").text
        assert "あなたが行った操作の控え" not in to(mails, "ono").text
        assert "次は、市民協働課の番です" in to(mails, "ono").text
        assert "あなたにお願いしたいこと\n・提案の受付（期限" in to(mails, "nakamura").text
        assert "あなたにお願いしたいこと" not in to(mails, "ono").text


def test_whoever_acts_hears_of_it_only_where_the_move_tells_their_hat(sqlite: Engine) -> None:
    with transaction() as session:
        story = a_story(session)
        story.take_to(S.SCREENING)
        assert readers(announced(session, last_event(story.proposal))) == GROUP | (DESK - {"nakamura"})


def test_what_only_the_city_sees_goes_to_the_city_alone(database: Engine) -> None:
    with transaction() as session:
        story = a_story(session)
        story.take_to(S.SCREENING)
        story.propose_exclusion()
        for move in (M.RECORD_FINDINGS, M.PROPOSE_EXCLUSION):
            assert not readers(announced(session, last_event(story.proposal, move))) & GROUP
        mails = announced(session, last_event(story.proposal, M.PROPOSE_EXCLUSION))
        assert "理由\n特定の候補者を応援する催し" in to(mails, "kobayashi").text


@pytest.mark.req("A05")
def test_the_groups_are_told_that_they_are_registered_and_no_section_is(database: Engine) -> None:
    with transaction() as session:
        story = a_story(session, among_groups())
        story.submit()
        story.accept()
        story.pass_screening()
        mails = announced(session, last_event(story.proposal))
        assert readers(mails) == {"okada", "ishii", "kikuchi"}
        for who in ("okada", "kikuchi"):
            text = to(mails, who).text
            assert "■ 除外審査を通過し、登録されました" in text
            assert "あなたにしていただくことはありません" in text
            assert "番です" not in text


@pytest.mark.req("X05")
def test_the_mail_on_an_exclusion_cites_criterion_and_reason(database: Engine) -> None:
    with transaction() as session:
        story = a_story(session, Plot(title="候補者と語る会"))
        story.take_to(S.SCREENING)
        story.exclude()
        told = to(announced(session, last_event(story.proposal, M.APPROVE_EXCLUSION)), "katsuragi")
        assert "当てはまる基準：政治活動（第1章6(2)）" in told.text
        assert "その理由：特定の候補者を応援する催し" in told.text
        assert "特定の候補者を応援する催し" in told.html


def test_a_draft_that_is_given_up_stays_within_its_group(database: Engine) -> None:
    with transaction() as session:
        story = a_story(session)
        story.do(M.WITHDRAW, "katsuragi")
        mails = announced(session, last_event(story.proposal))
        assert readers(mails) == GROUP
        assert "（下書き）" in mails[0].subject


def test_staff_who_belong_to_the_group_hear_nothing_as_staff(database: Engine) -> None:
    with transaction() as session:
        story = a_story(session)
        session.add(
            Membership(
                group=story.cast.groups["river"],
                person=story.cast.people["kobayashi"],
                role=MemberRole.MEMBER,
                since=date(2025, 4, 1),
            )
        )
        story.take_to(S.SCREENING)
        story.propose_exclusion()
        assert "kobayashi" not in readers(announced(session, last_event(story.proposal)))
        assert "kobayashi" in readers(announced(session, last_event(story.proposal, M.ACCEPT)))


def test_planning_again_adds_nothing(database: Engine) -> None:
    with transaction() as session:
        story = a_story(session)
        story.submit()
        for _ in range(3):
            mails = announced(session, last_event(story.proposal))
        assert session.scalar(select(func.count()).select_from(Delivery)) == 2 * len(mails)
        assert len({mail.message_id for mail in mails}) == len(mails)


def test_each_reader_gets_a_mail_to_be_sent_and_a_notice_that_is_there(sqlite: Engine) -> None:
    with transaction() as session:
        story = a_story(session)
        story.submit()
        announced(session, last_event(story.proposal))
        ono = story.cast.people["ono"]
        both = {d.channel: d for d in session.scalars(select(Delivery).where(Delivery.person_id == ono.id))}
        assert set(both) == {"mail", "notice"}
        assert both["mail"].sent_at is None
        assert both["notice"].sent_at is not None
        assert both["notice"].text == "川辺のみまもり：提案書を提出しました。"
        assert both["mail"].message_id == f"<event-{both['mail'].event_id}-{ono.id}-mail@aobagawa.example>"


def test_a_mail_says_which_proposal_what_happened_what_to_do_until_when_and_whom_to_ask(
    sqlite: Engine, clock: Clock
) -> None:
    clock.set(date(2026, 11, 20))
    with transaction() as session:
        story = a_story(session)
        story.submit()
        story.do(
            M.RETURN_FOR_CORRECTION,
            "nakamura",
            reason="内訳が足りません。\n会場費を分けてください。",
            due_on=date(2026, 12, 4),
        )
        mail = to(announced(session, last_event(story.proposal)), "katsuragi")
        assert mail.subject.startswith("【あおばがわ協働ポータル】お願い：提案書を直して再提出してください")
        assert "（R8-0001）" in mail.subject
        for words in (
            "葛城 花子 様\n",
            f"「{story.proposal.title}」\n受付番号　R8-0001\n",
            "■ 補正をお願いしました\n　市民協働課　令和8年11月20日（金）",
            "■ 理由\n内訳が足りません。\n会場費を分けてください。\n",
            "・提案書を直して再提出してください（期限 令和8年12月4日（金）・あと9開庁日）\n",
            f"http://127.0.0.1:8000/proposals/{story.proposal.id}\n",
            "市民協働課　電話 000-000-0110　メール desk@aobagawa.example",
        ):
            assert words in mail.text


def test_a_notice_names_the_date_without_counting_towards_it(sqlite: Engine, clock: Clock) -> None:
    clock.set(date(2026, 11, 20))
    with transaction() as session:
        story = a_story(session)
        story.submit()
        announced(session, last_event(story.proposal))
        desk = story.cast.people["nakamura"].id
        notice = select(Delivery.text).where(Delivery.person_id == desk, Delivery.channel == "notice")
        text = session.scalars(notice).one()
        assert "あなたにお願い：提案の受付（期限 令和8年11月30日（月））" in text, "It is still read weeks later."


def test_an_english_reader_is_written_to_in_english(sqlite: Engine, clock: Clock) -> None:
    clock.set(date(2026, 11, 20))
    with transaction() as session:
        story = a_story(session)
        story.cast.people["nakamura"].language = "en"
        story.submit()
        mail = to(announced(session, last_event(story.proposal)), "nakamura")
        assert mail.subject.startswith("[Aobagawa Collaboration Portal] Your turn: Receive the proposal")
        assert "- Receive the proposal (by 30 November 2026 (Mon), 5 working days left)\n" in mail.text
        assert "Citizen Collaboration Section, phone 000-000-0110" in mail.text
        assert '<html lang="en">' in mail.html


def test_what_people_wrote_stays_text(sqlite: Engine) -> None:
    with transaction() as session:
        story = a_story(session, Plot(title="<b>川辺</b>\nBcc: x@example.com"))
        story.take_to(S.CONSULTING)
        story.do(M.COMMENT, "katsuragi", reason="<script>alert(1)</script>\n2行目")
        mail = to(announced(session, last_event(story.proposal)), "takahashi")
        assert "<script>" not in mail.html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;\n2行目" in mail.html
        assert "メッセージ\n<script>alert(1)</script>\n2行目" in mail.text
        assert "\n" not in mail.subject
        EmailMessage()["Subject"] = mail.subject


@pytest.mark.req("V01")
def test_nothing_of_a_sealed_self_check_leaves_the_house(database: Engine) -> None:
    with transaction() as session:
        story = a_story(session)
        story.take_to(S.SELF_CHECKING)
        story.self_check("katsuragi", mark="1", trust="2")
        for check in story.proposal.self_checks:
            for answer in check.answers.values():
                answer["comment"] = "封をした秘密のことば"
        mails = announced(session, last_event(story.proposal))
        assert readers(mails) == {*GROUP, "takahashi", "yamamoto"}
        everything = session.scalars(select(Delivery)).all()
        assert not [d for d in everything if "秘密" in d.subject + d.text + d.html]
        assert (
            len({re.sub(r"^.* 様", "", d.text) for d in mails if "控え" not in d.text and "お願い" not in d.text}) == 1
        )


def without_names(mail: Delivery) -> str:
    """A mail's text without what people called things or wrote themselves."""
    assert mail.event is not None
    text = mail.text
    proposal = mail.event.proposal
    said = (mail.event.reason, *(finding.reason for finding in proposal.findings))
    for name in (*said, proposal.title, proposal.group.name, mail.person.name):
        text = text.replace(name, "") if name else text
    return text


def _judge(session: Session) -> None:
    """Proposals that sections and judges look at, adopted, voted down and not adopted."""
    put_in_force(session, JUDGED)
    judged = a_story(session, Plot(title="水辺の防災", call=THEMES))
    judged.do(M.ENTER, "katsuragi")
    talked = {"talked_on": model_clock.today(), "consented": "福祉政策課"}
    judged.do(M.TAKE_ENTRY, "nakamura", reason="提案書を書き進めてください。", **talked)
    judged.submit()
    judged.accept()
    judged.pass_screening()
    asked = {"section_id": judged.cast.departments["safety"].id, "due_on": model_clock.today() + timedelta(days=9)}
    judged.do(M.ASK_OPINION, "nakamura", question="支障はありますか。", **asked)
    judged.do(M.GIVE_OPINION, "mori", text="支障はありません。")
    for _ in range(2):
        judge(judged)
        conclude(judged)
    judged.do(M.RETURN_CONCLUSION, "watanabe", reason="講評を書き足してください。")
    conclude(judged)
    adopt(judged)
    vote(judged)
    for call, way in ((VOTED, (M.ADOPT, M.CANCEL_ADOPTION)), (DECIDED, (M.NOT_ADOPT,))):
        decided = a_story(session, Plot(title="水辺の花", call=call))
        decided.take_to(S.SCREENING)
        decided.pass_screening()
        conclude(decided)
        for move in way:
            decided.do(move, "watanabe", reason="予算の範囲をこえるためです。")


def test_every_move_can_be_told_in_both_languages(sqlite: Engine, clock: Clock) -> None:
    with transaction() as session:
        story = a_story(session)
        for who in ("ono", "kobayashi", "takahashi", "ito"):
            story.cast.people[who].language = "en"
        story.take_to(S.SCHEDULED)
        clock.set(model_clock.today() + timedelta(days=1))
        story.release()
        story.do(M.WITHDRAW_PUBLICATION, "nakamura", reason="誤りがありました。")
        excluded = a_story(session, Plot(title="候補者と語る会"))
        excluded.take_to(S.SCREENING)
        excluded.exclude()
        declined = a_story(session, Plot(title="要望"))
        declined.submit()
        declined.do(M.DECLINE, "nakamura", ground="not_a_project", reason="ご要望と受け止めました。")
        _judge(session)
        session.expire_all()
        for event in session.scalars(select(Event)).all():
            plan(session, event)
        session.flush()
        told = session.scalars(select(Delivery)).all()
        assert {d.event.move for d in told if d.event} >= set(M) - {
            M.COMMENT, M.CORRECT_MINUTES, M.DECLINE_ASSIGNMENT, M.DISCONTINUE, M.END_CONSULTATION, M.OBJECT_TO_SNAPSHOT,
            M.POSTPONE_RELEASE, M.PREPARE_AGAIN, M.RECORD_FINDINGS, M.RETURN_AGREEMENT, M.RETURN_EXCLUSION,
            M.RETURN_FOR_CORRECTION, M.RETURN_REPORT, M.REVISE_SNAPSHOT, M.SEND_BACK_SCREENING, M.WITHDRAW,
            M.LOOK_OVER,
        }  # fmt: skip
        english = [d for d in told if d.person.language == "en" and d.channel == "mail"]
        assert english
        assert not [d.text for d in english if re.search(r"[ぁ-ん]{3}", without_names(d))]
        texts = [d.text for d in told if d.proposal_id == declined.proposal.id]
        assert any("根拠：事業の提案ではない（要望・意見など）" in text for text in texts)
        texts = [d.text for d in told if d.proposal_id == excluded.proposal.id]
        assert any("当てはまる基準：政治活動（第1章6(2)）" in text for text in texts)
