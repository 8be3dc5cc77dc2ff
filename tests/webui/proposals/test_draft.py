"""Writing the proposal: with and without scripts, on two devices, with files that cannot be taken, never losing a word."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from unittest.mock import patch

import pytest

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from models import clock
from models.files import StorageFull
from models.process.vocabulary import MoveKey, State
from tests.conftest import Environment
from tests.webui.conftest import PASSWORD, Enter
from tests.webui.markup import faults, text_of
from tests.webui.telling import stands, tell
from tests.webui.visitor import Page, Visitor

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
JSON = {"Accept": "application/json"}


@pytest.fixture
def hanako(cast: Cast, enter: Enter) -> Visitor:
    """葛城 in her browser."""
    return enter(cast.people["katsuragi"])


@pytest.fixture
def begun(hanako: Visitor) -> int:
    """A draft she has just begun."""
    hanako.get("/proposals/new?call=anytime")
    page = hanako.send()
    assert page.status == 303
    return int(page.location.split("/")[2])


def _fields(page: Page, **typed: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in page.form("title")[1]:
        found.setdefault(name, []).append(value)
    return found | typed


def test_a_draft_begins_and_is_written(hanako: Visitor, begun: int) -> None:
    page = hanako.get(f"/proposals/{begun}/draft")
    assert page.heading == "提案書を書く"
    assert faults(page.html) == []
    answer = hanako.send(
        "title", title="川辺の見守り", item_issue="一人で過ごす\r\n子どもが増えた", item_cost_total="４８０，０００円"
    )
    assert (answer.status, answer.location) == (303, f"/proposals/{begun}/draft")
    with stands(begun) as proposal:
        assert proposal.title == "川辺の見守り"
        assert proposal.answers["issue"] == "一人で過ごす\n子どもが増えた"
        assert proposal.answers["cost_total"] == 480_000
    again = hanako.get(f"/proposals/{begun}/draft")
    assert "下書きを保存しました" in again.html
    assert dict(again.form("title")[1])["title"] == "川辺の見守り"


@pytest.mark.req("I03", "P18")
def test_the_form_asks_what_the_programme_asks(hanako: Visitor, begun: int) -> None:
    page = hanako.get(f"/proposals/{begun}/draft")
    for label in ("解決したい課題", "目的", "目標の期日", "進め方", "団体の役割", "期待する効果", "希望する協働の手法",
                  "希望する協働の領域", "事業費の総額", "スケジュール", "防犯・防災", "団体の財務状況"):  # fmt: skip
        assert label in page.html, label


def test_what_cannot_be_read_is_kept_as_it_was_typed(hanako: Visitor, begun: int) -> None:
    hanako.get(f"/proposals/{begun}/draft")
    hanako.send("title", title="川辺", item_goals_by="来年の春ごろ", item_cost_city="三十万円くらい")
    again = dict(hanako.get(f"/proposals/{begun}/draft").form("title")[1])
    assert again["item_goals_by"] == "来年の春ごろ"
    assert again["item_cost_city"] == "三十万円くらい"


def test_markup_and_control_characters_are_only_text(hanako: Visitor, begun: int) -> None:
    hanako.get(f"/proposals/{begun}/draft")
    hanako.send(
        "title",
        title="<script>alert(1)</script>",
        item_issue="\x00<img src=x onerror=alert(1)>",
        item_field="\x00welfare",
    )
    page = hanako.get(f"/proposals/{begun}")
    assert "<script>alert" not in page.html
    assert "&lt;script&gt;" in page.html
    assert "<img src=x" not in hanako.get(f"/proposals/{begun}/submit").html


def test_typing_is_saved_on_the_way(hanako: Visitor, begun: int) -> None:
    page = hanako.get(f"/proposals/{begun}/draft")
    assert f'data-autosave="/proposals/{begun}/draft/save"' in page.html
    fields = _fields(page, title="打ちかけ")
    saved = hanako.post(f"/proposals/{begun}/draft/save", fields, headers=JSON)
    assert saved.status == 200
    mark = saved.answer.get_json()["marks"]["title"]
    next_one = hanako.post(
        f"/proposals/{begun}/draft/save", fields | {"was_title": mark, "title": "打ち終え"}, headers=JSON
    )
    assert next_one.status == 200
    with stands(begun) as proposal:
        assert proposal.title == "打ち終え"


def test_what_was_typed_after_the_session_ended_can_be_sent_again(hanako: Visitor, begun: int) -> None:
    page = hanako.get(f"/proposals/{begun}/draft")
    fields = _fields(page, title="長い時間をかけた題")
    hanako.client.delete_cookie("kyodo")
    assert hanako.post(f"/proposals/{begun}/draft/save", fields, headers=JSON).status == 401
    assert hanako.post(f"/proposals/{begun}/draft", fields).status == 401
    kept = hanako.send("email", email="katsuragi@kawabe.example", password=PASSWORD)
    assert "長い時間をかけた題" in kept.html
    assert hanako.send("title").status == 303
    with stands(begun) as proposal:
        assert proposal.title == "長い時間をかけた題"


def test_an_expired_token_loses_nothing(hanako: Visitor, begun: int) -> None:
    page = hanako.get(f"/proposals/{begun}/draft")
    expired = hanako.post(f"/proposals/{begun}/draft", _fields(page, title="消えない題", csrf_token="old"))
    assert expired.status == 400
    assert "消えない題" in expired.html
    assert hanako.send("title").status == 303
    with stands(begun) as proposal:
        assert proposal.title == "消えない題"


def test_endless_text_is_refused_and_still_there(hanako: Visitor, begun: int) -> None:
    hanako.get(f"/proposals/{begun}/draft")
    page = hanako.send("title", title="川" * 201, item_purpose="居場所")
    assert page.status == 200
    assert "200文字までにしてください" in page.html
    assert "川" * 201 in page.html
    with stands(begun) as proposal:
        assert (proposal.title, proposal.answers["purpose"]) == ("", "居場所"), "the rest is saved"
    saved = hanako.post(f"/proposals/{begun}/draft/save", _fields(page), headers=JSON)
    assert saved.answer.get_json()["refused"] == {"title": "長すぎるため保存できません。200文字までにしてください。"}


def test_a_file_is_attached_listed_opened_and_taken_away(hanako: Visitor, begun: int, cast: Cast, enter: Enter) -> None:
    hanako.get(f"/proposals/{begun}/draft")
    assert hanako.send("title", title="川辺", files=(BytesIO(PDF), "会則.pdf")).status == 303
    with stands(begun) as proposal:
        [file] = proposal.attachments
    page = hanako.get(f"/proposals/{begun}/draft")
    assert "会則.pdf" in page.html
    opened = hanako.client.get(f"/proposals/{begun}/attachments/{file.id}")
    assert opened.data == PDF
    assert opened.headers["Content-Disposition"].startswith("attachment;")
    assert opened.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in opened.headers["Content-Security-Policy"]
    opened.close()
    assert enter(cast.people["okada"]).get(f"/proposals/{begun}/attachments/{file.id}").status == 404
    assert enter(cast.people["nakamura"]).get(f"/proposals/{begun}/attachments/{file.id}").status == 404
    hanako.get(f"/proposals/{begun}/draft")
    assert hanako.send("title", remove=str(file.id)).status == 303
    assert "会則.pdf" not in hanako.get(f"/proposals/{begun}/submit").html
    assert hanako.get(f"/proposals/{begun}/attachments/{file.id}").status == 404


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "empty.pdf", "中身が空です"),
        (b"MZ\x90\x00 not a pdf at all", "virus.pdf", "受け取れません"),
        (b"%PDF-1.7 " + b"x" * 3000, "large.pdf", "大きすぎます"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_at_its_field(
    cast: Cast, environment: Environment, enter: Enter, content: bytes, name: str, said: str
) -> None:
    proposal_id = tell(cast)
    visitor = enter(cast.people["katsuragi"])
    visitor.get(f"/proposals/{proposal_id}/draft")
    with patch("models.files.settings") as small:
        small.return_value.max_upload_bytes = 2000
        small.return_value.files = environment().files
        page = visitor.send("title", title="打った題", files=(BytesIO(content), name))
    assert page.status == 422
    error = page.root.find(".//*[@id='files-error']")
    assert error is not None
    assert said in text_of(error)
    assert name in text_of(error)
    assert dict(page.form("title")[1])["title"] == "打った題"
    assert faults(page.html) == []
    with stands(proposal_id) as proposal:
        assert proposal.attachments == []


def test_a_full_disk_is_told_and_nothing_typed_is_lost(hanako: Visitor, begun: int) -> None:
    hanako.get(f"/proposals/{begun}/draft")
    with patch("webui.attachments.store_upload", side_effect=StorageFull):
        page = hanako.send("title", title="打った題", files=(BytesIO(PDF), "会則.pdf"))
    assert page.status == 422
    assert "保存場所がいっぱい" in page.html
    assert dict(page.form("title")[1])["title"] == "打った題"


def test_one_bad_file_among_several_attaches_none(hanako: Visitor, begun: int) -> None:
    hanako.get(f"/proposals/{begun}/draft")
    page = hanako.send("title", files=[(BytesIO(PDF), "良い.pdf"), (BytesIO(b""), "空.pdf")])
    assert page.status == 422
    assert "どのファイルもまだ添付していません" in page.html
    with stands(begun) as proposal:
        assert proposal.attachments == []


def test_a_returned_proposal_says_what_to_correct(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(
        cast,
        Story.submit,
        lambda s: s.do(
            MoveKey.RETURN_FOR_CORRECTION,
            "nakamura",
            reason="謝礼の積算を書き足してください。",
            due_on=clock.today() + timedelta(days=14),
        ),
    )
    page = enter(cast.people["ono"]).get(f"/proposals/{proposal_id}/draft")
    assert "謝礼の積算を書き足してください。" in page.html
    assert "直してほしいこと" in page.html


def test_what_was_handed_in_is_not_written_again(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SUBMITTED)
    visitor = enter(cast.people["katsuragi"])
    page = visitor.get(f"/proposals/{proposal_id}/draft")
    assert page.status == 409
    assert "書き直すことはできません" in page.html
    desk = enter(cast.people["nakamura"])
    assert desk.get(f"/proposals/{proposal_id}/draft").status == 403
    late = visitor.post(
        f"/proposals/{proposal_id}/draft", {"csrf_token": visitor.token("/account"), "title": "遅れて届いた題"}
    )
    assert late.status == 409
    assert "遅れて届いた題" in late.html
