"""What leaves the house about selection: notices of each decision, mails that name decision, amount and reason, calendars."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select

from kyodo.demonstration.cast import engage
from models import clock
from models.database import reading, transaction
from models.documents import Document, DocumentKind
from models.files import path_of
from models.judging.committee import conclude
from models.judging.tables import JudgingRound
from models.outbox import Delivery
from models.process.perform import perform
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from models.words import Word
from notifications.documents.issuing import issue
from notifications.judging import remind_round, rounds_to_finish, send_invitation, send_reminder
from notifications.presentations import Slot, slots_file
from tests.conftest import Clock
from tests.notifications.cast import announced, last_event, to
from tests.notifications.pdf_reading import pdftotext
from tests.support.selection import UNDATED, Hall, hall

REMARKS = "地域の課題をよくとらえています。"
DONE = (MoveKey.ADOPT, MoveKey.NOT_ADOPT, MoveKey.DECIDE_FINALLY, MoveKey.CANCEL_ADOPTION)


def decide(told: Hall, upto: MoveKey) -> Proposal:
    """The first proposal through both rounds; then the head decides as far as this move."""
    told.through_documents()
    first = told.proposals[0]
    if upto is MoveKey.CONCLUDE:
        return first
    judging = told.open()
    judge = told.judge(judging)
    told.declare(judge)
    for proposal in told.proposals:
        told.score(judge, proposal, "2" if upto is MoveKey.NOT_ADOPT else "4")
    told.close(judging)
    passed = upto is not MoveKey.NOT_ADOPT
    conclude(
        told.session, told.actor(), judging, first,
        passed=passed, remarks=REMARKS, opinion="安全に配慮すること。", amount=300_000 if passed else None,
    )  # fmt: skip
    head = told.actor("watanabe")
    if passed:
        perform(told.session, first, MoveKey.ADOPT, head, amount=280_000)
    more = {
        MoveKey.NOT_ADOPT: {"reason": "実施の体制が整っていないため。"},
        MoveKey.DECIDE_FINALLY: {"voted_on": clock.today(), "amount": 270_000},
        MoveKey.CANCEL_ADOPTION: {"reason": "予算が議決されなかったため。"},
    }
    if upto in more:
        perform(told.session, first, upto, head, **more[upto])
    return first


SAID: dict[MoveKey, tuple[str, ...]] = {
    MoveKey.CONCLUDE: ("（通過）", "次の審査に進んでいただく", "審査の点数12点", "第1次審査（書類）」の審査基準", "市民協働課長"),
    MoveKey.ADOPT: ("（採択内定）", "採択を内定しました", "市が負担する額280,000円", "予算が議決されることを条件", "安全に配慮", REMARKS),
    MoveKey.NOT_ADOPT: ("（不採択）", "実施の体制が整っていないため。", "基準点60点に達していません", "改めて御提案いただく", "市民生活部長渡辺誠"),
    MoveKey.DECIDE_FINALLY: ("（正式決定）", "270,000円", "に予算が議決されたため。", "安全に配慮"),
    MoveKey.CANCEL_ADOPTION: ("（内定の取消し）", "採択の内定を取り消しました", "予算が議決されなかったため。", "不利に取り扱われることはありません"),
}  # fmt: skip


@pytest.mark.req("T05")
@pytest.mark.parametrize("move", SAID)
def test_the_notice_says_decision_amount_reason_conditions_and_remedy(sqlite: Engine, move: MoveKey) -> None:
    with transaction() as session:
        proposal = decide(hall(session, engage(session)), move)
        event, proposal_id = last_event(proposal, move), proposal.id
        event_id = event.id
    issue(DocumentKind.SELECTION_NOTICE, proposal_id, event_id)
    issue(DocumentKind.SELECTION_NOTICE, proposal_id, event_id)
    with reading() as session:
        [document] = session.scalars(select(Document))
    assert document.subject_id == event_id
    words = re.sub(r"\s", "", pdftotext(path_of(document.sha256).read_bytes()))
    for part in ("協働事業選考結果通知書", "川辺のみまもり", "高齢者を訪ねる会", *SAID[move]):
        assert re.sub(r"\s", "", part) in words, part
    if move is not MoveKey.ADOPT:
        assert "条件とします" not in words


BEFORE, _NOTICES, AFTER = UNDATED.partition("notices:\n")
OWN = f"""{BEFORE}notices:
  number: 青市協第{{n}}号
  adopted: {{title: 使われない表題}}
  provisional:
    form: 様式第5号（第8条関係）
    title: 協働事業採択内定通知書
    opening: 御提案いただき、ありがとうございました。
    further: |
      議決までに、実施計画書（様式第6号）を提出してください。
      担当課との打合せの日を決めてください。
    remedy: 結果に不服があるときは、30日以内に申し出ることができます。
{AFTER[AFTER.index("portal:") :]}"""


@pytest.mark.req("T05")
def test_letter_and_mail_carry_the_programmes_own_words(sqlite: Engine) -> None:
    with transaction() as session:
        proposal = decide(hall(session, engage(session), OWN), MoveKey.ADOPT)
        event = last_event(proposal, MoveKey.ADOPT)
        mail = to(announced(session, event), "katsuragi")
        proposal_id, event_id = proposal.id, event.id
    assert "今後の手続：議決までに、実施計画書（様式第6号）を提出してください。" in mail.text
    issue(DocumentKind.SELECTION_NOTICE, proposal_id, event_id)
    with reading() as session:
        [document] = session.scalars(select(Document))
    assert document.title == "協働事業採択内定通知書"
    words = re.sub(r"\s", "", pdftotext(path_of(document.sha256).read_bytes()))
    assert words.startswith("様式第5号（第8条関係）青市協第R8-0001号"), words[:60]
    for part in (
        "協働事業採択内定通知書",
        "採択を内定しましたので、通知します。御提案いただき、ありがとうございました。",
        "4今後の手続",
        "担当課との打合せの日を決めてください。",
        "5この通知についてのお問い合わせ等",
        "30日以内に申し出ることができます。",
    ):
        assert part in words, part
    assert "点数とその計算は" not in words, "the usual sentences are replaced"


@pytest.mark.req("S04", "T05")
@pytest.mark.parametrize(
    ("move", "said"),
    [
        (MoveKey.CONCLUDE, ("審査会の結論：通過", f"講評：{REMARKS}")),
        (MoveKey.ADOPT, ("決定：内定", "市が負担する額：280,000円", f"講評：{REMARKS}")),
        (MoveKey.NOT_ADOPT, ("決定：不採択", "実施の体制が整っていないため。")),
        (MoveKey.DECIDE_FINALLY, ("決定：採択", "市が負担する額：270,000円")),
        (MoveKey.CANCEL_ADOPTION, ("決定：内定の取消し", "予算が議決されなかったため。")),
    ],
)
def test_the_mail_names_decision_amount_and_reason(sqlite: Engine, move: MoveKey, said: tuple[str, ...]) -> None:
    with transaction() as session:
        proposal = decide(hall(session, engage(session)), move)
        mail = to(announced(session, last_event(proposal, move)), "katsuragi")
        for part in said:
            assert part in mail.text, part


Sent = Callable[[JudgingRound], None]


def test_a_judge_is_asked_and_reminded_in_words_that_fit(sqlite: Engine) -> None:
    label, programme, url = (
        Word("第1次審査", "First round"),
        Word("協働事業", "Programme"),
        "https://example.jp/judging/1",
    )
    with transaction() as session:
        told = hall(session, engage(session))
        judging = told.open()
        judge = told.judge(judging)
        send_invitation(session, judge, label, programme, url)
        send_reminder(session, judge, url)
        told.declare(judge)
        send_reminder(session, judge, url)
        asked, reminded, again = session.scalars(select(Delivery).order_by(Delivery.id)).all()[-3:]
    assert "提案は3件です。" in asked.text
    assert "パスワードを設定してください" in asked.text
    assert url in asked.text
    assert "利害関係の申告がまだです。" in reminded.text
    assert "提出していない審査票が3件あります。" in again.text


def test_judges_who_have_not_finished_are_reminded_on_their_days_and_the_office_long_after(
    database: Engine, clock: Clock
) -> None:
    clock.set(date(2026, 11, 9))
    with transaction() as session:
        told = hall(session, engage(session))
        judging = told.open()
        slow, done = told.judge(judging), told.judge(judging, "岡田 正", "okada@midoridanchi.example")
        told.declare(done)
        for proposal in told.proposals:
            told.score(done, proposal)
        judging.score_by = date(2026, 11, 20)
        mailed: dict[int, list[str]] = {}
        for day in (10, 18, 19, 20, 24, 25, 26, 27, 30):
            clock.set(date(2026, 11, day))
            before = session.scalar(select(func.max(Delivery.id))) or 0
            for _twice in range(2):
                for round_id in rounds_to_finish(session):
                    remind_round(session, round_id, date(2026, 11, day))
            new = session.scalars(select(Delivery).where(Delivery.id > before).order_by(Delivery.id))
            mailed[day] = [mail.person.email.partition("@")[0] for mail in new if mail.person is not None]
        told.declare(slow)
        for proposal in told.proposals:
            told.score(slow, proposal)
        assert rounds_to_finish(session) == []
    assert {day: people for day, people in mailed.items() if people} == {
        18: ["shiraishi"],
        20: ["shiraishi"],
        24: ["shiraishi"],
        26: ["shiraishi", "nakamura", "kobayashi", "kato"],
    }


def test_slots_are_a_calendar_in_tokyos_time() -> None:
    begins = clock.now()
    slot = Slot("round-1-2", "発表：水辺", begins, begins + timedelta(minutes=20), "大会議室", "https://example.jp/p/2")
    text = slots_file("審査", [slot]).decode()
    assert text.startswith("BEGIN:VCALENDAR")
    assert "UID:round-1-2@kyodo" in text
    assert f"DTSTART;TZID=Asia/Tokyo:{clock.in_tokyo(begins):%Y%m%dT%H%M%S}" in text
    assert "LOCATION:大会議室" in text
