"""Calls: found, read, put into a calendar, asked about and answered for everybody, open to the minute."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models import clock
from models.call_questions import CallQuestion
from models.clock import TOKYO
from models.database import reading, transaction
from models.editions import take_up
from models.outbox import Delivery
from models.programme.library import DEFAULT, programme, shipped_text
from tests.notifications.pdf_reading import pdftotext
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.visitor import Visitor

DURING = datetime(2026, 11, 22, 12, 0, tzinfo=TOKYO)
LAST_MINUTE = datetime(2027, 1, 29, 16, 59, tzinfo=TOKYO)
CLOSED = datetime(2027, 1, 29, 17, 0, tzinfo=TOKYO)
THEMES = "/calls/r9_themes"


@pytest.fixture(autouse=True)
def during_the_call(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a day within the call's window."""
    at(monkeypatch, DURING)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """From now on it is this moment."""
    monkeypatch.setattr(clock, "now", lambda: moment)


def asked() -> CallQuestion:
    """The only question there is."""
    with reading() as session:
        return session.scalars(select(CallQuestion)).one()


@pytest.mark.req("I05", "T01", "I01", "I09")
def test_everybody_finds_the_calls_and_their_guidelines(visitor: Visitor) -> None:
    page = visitor.get("/calls")
    assert [text_of(h) for h in page.root.findall(".//main//h3")] == [
        "令和9年度 行政提案型 募集",
        "市民提案型 随時募集",
        "チャレンジ型 随時募集",
        "団体どうしの協働の登録（随時）",
    ]
    assert "次の予定" in page.html
    page = visitor.get(THEMES)
    assert faults(page.html) == []
    for words in (
        "高齢者の孤立を防ぐ見守り（担当：福祉政策課、概算800,000円、上限700,000円）",
        "第1次審査（書類）",
        "1,000,000円",
        "締切から60日以内",
    ):
        assert words in page.html
    assert "この募集に提案する" in page.html


def test_a_call_that_is_not_there_is_not_found(visitor: Visitor) -> None:
    for path in ("/calls/nothing", "/calls/nothing/guidelines.pdf"):
        assert visitor.get(path).status == 404


@pytest.mark.req("I05", "T01")
def test_the_guidelines_are_printed_from_the_same_words(visitor: Visitor) -> None:
    answer = visitor.client.get(f"{THEMES}/guidelines.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    text = pdftotext(answer.data)
    for words in ("募集要項", "高齢者の孤立を防ぐ見守り", "令和9年1月29日", "締切から60日以内", "第2次審査"):
        assert words in text


@pytest.mark.req("I08")
def test_the_form_is_there_on_paper_with_every_question_and_room_to_write(visitor: Visitor) -> None:
    page = visitor.get("/calls/challenge")
    assert "書くことへの手助け" in page.html
    assert "毎週水曜日の18時から20時まで" in page.html
    assert "職員がお話を聞いて代わりに入力し" in page.html
    assert 'href="/calls/challenge/form.pdf"' in page.html
    answer = visitor.client.get("/calls/challenge/form.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    text = pdftotext(answer.data)
    rules = programme(DEFAULT)
    for item in rules.questions_for("challenge"):
        assert "".join(item.label.ja.split()) in "".join(text.split()), item.key
    for words in ("手書きで出すための用紙", "事前相談シート", "企業だけ", "団体の活動目的", "市の記入欄", "訪問"):
        assert words in "".join(text.split()), words
    assert visitor.get("/calls/nothing/form.pdf").status == 404


def test_the_calendar_can_be_kept_in_ones_own(visitor: Visitor) -> None:
    answer = visitor.client.get("/calls.ics")
    assert answer.mimetype == "text/calendar"
    events = {str(e["SUMMARY"]): e for e in Calendar.from_ical(answer.data).walk("VEVENT")}
    closing = events["令和9年度 行政提案型 募集 募集の締切"]
    assert closing.decoded("DTSTART") == datetime(2027, 1, 29, 17, 0, tzinfo=TOKYO)
    assert str(closing["URL"]).endswith(THEMES)
    assert events["令和9年度 行政提案型 募集 公開プレゼンテーション"].decoded("DTSTART").isoformat() == "2027-02-20"
    assert len({str(e["UID"]) for e in events.values()}) == len(events) == 4


@pytest.mark.req("I05", "T01")
def test_a_question_is_answered_for_everybody_at_once(visitor: Visitor, enter: Enter, cast: Cast, app: Flask) -> None:
    visitor.get(THEMES)
    sent = visitor.send("text", text="川の会の桂です。法人でも提案できますか。", email="reader@example.jp")
    assert sent.status == 303
    assert "川の会" not in visitor.get(THEMES).html

    desk = enter(cast.people["nakamura"])
    page = desk.get("/desk/questions")
    assert "川の会の桂です" in page.html
    desk.get(f"/desk/questions/{asked().id}")
    page = desk.send("answer", public_text="法人でも提案できますか。", answer="")
    assert page.status == 422
    assert "「回答」を入力してください。" in page.html
    page = desk.send("answer", public_text="法人でも提案できますか。", answer="はい、できます。")
    assert page.status == 303
    page = Visitor(app).get(THEMES)
    assert "法人でも提案できますか。" in page.html
    assert "はい、できます。" in page.html
    assert "川の会" not in page.html
    with reading() as session:
        [mail] = session.scalars(select(Delivery).where(Delivery.to_address == "reader@example.jp"))
    assert "はい、できます。" in mail.text
    assert f"{THEMES}#question-" in mail.text
    assert desk.get(f"/desk/questions/{asked().id}").status == 404


def test_a_question_that_says_nothing_is_told_so_and_a_flood_is_slowed(visitor: Visitor) -> None:
    visitor.get(THEMES)
    page = visitor.send("text", text="  ", email="")
    assert page.status == 422
    assert "「質問」を入力してください。" in page.html
    for number in range(5):
        visitor.get(THEMES)
        assert visitor.send("text", text=f"質問{number}", email="").status == 303
    visitor.get(THEMES)
    page = visitor.send("text", text="もう一つ", email="")
    assert page.status == 422
    assert "しばらく待ってから" in page.html
    assert "もう一つ" in page.html


def test_only_the_program_office_answers(enter: Enter, cast: Cast, visitor: Visitor) -> None:
    visitor.get(THEMES)
    visitor.send("text", text="質問です。", email="")
    for who in ("takahashi", "ito", "katsuragi"):
        assert enter(cast.people[who]).get("/desk/questions").status in (403, 404), who
    desk = enter(cast.people["nakamura"])
    desk.get(f"/desk/questions/{asked().id}")
    assert desk.send("aside", public_text="質問です。", answer="", aside="y").status == 303
    assert "質問です。" not in visitor.get(THEMES).html


@pytest.mark.req("I01")
def test_a_proposal_begins_for_a_call_that_is_open(enter: Enter, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    member = enter(cast.people["katsuragi"])
    page = member.get("/proposals/new?call=r9_themes")
    assert "令和9年1月29日（金） 17時まで" in page.html
    assert member.send("call").status == 303
    at(monkeypatch, CLOSED)
    page = member.get("/proposals/new")
    assert "行政提案型 募集" not in page.html


def test_a_call_closes_at_its_minute_and_the_draft_stays(
    enter: Enter, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = enter(cast.people["katsuragi"])
    member.get("/proposals/new?call=r9_themes")
    began = member.send("call")
    path = (began.answer.location or "").removesuffix("/draft")
    at(monkeypatch, LAST_MINUTE)
    assert "締め切られました" not in member.get(f"{path}/submit").html
    at(monkeypatch, CLOSED)
    page = member.get(f"{path}/submit")
    assert "募集は令和9年1月29日（金） 17:00に締め切られました。書いたものは下書きに残っています。" in page.html
    assert member.get(f"{path}/draft").status == 200


@pytest.mark.req("I05")
def test_a_call_that_is_prolonged_is_prolonged_for_those_who_began(
    enter: Enter, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = enter(cast.people["katsuragi"])
    member.get("/proposals/new?call=r9_themes")
    path = (member.send("call").answer.location or "").removesuffix("/draft")
    at(monkeypatch, CLOSED + timedelta(hours=1))
    assert "締め切られました" in member.get(f"{path}/submit").html
    with transaction() as session:
        text = shipped_text(DEFAULT).replace("closes: 2027-01-29 17:00", "closes: 2027-02-05 17:00")
        take_up(session, text, person_id=None, in_force_from=clock.now())
    assert "締め切られました" not in member.get(f"{path}/submit").html
