"""Editions on the administrator's pages: typed or uploaded, looked at, put in force, taken back, thrown away."""

import io
import zipfile
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from models import clock as model_clock
from models.database import reading, transaction
from models.editions import Edition, edition_of, editions_in_force, number_of, take_up
from models.process.vocabulary import State
from models.programme.document import MOST_BYTES
from models.programme.library import DEFAULT, programme
from tests.conftest import Clock
from tests.models.programme.test_hostile import ENTRY, laughs
from tests.support.editions import REASON, SIGN, TEXT, WELFARE, changed, put_in_force
from tests.webui.admin.test_departments import follow, main_text
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.visitor import Page, Visitor

NEW = "/admin/programmes/new"
FIRST, SECOND = f"/admin/programmes/{DEFAULT}/1", f"/admin/programmes/{DEFAULT}/2"


def send_file(visitor: Visitor, source: bytes, name: str = "city.yaml", **typed: Any) -> Page:
    """Choose a file on the page at hand and send it with the text as the page shows it."""
    assert visitor.page is not None
    fields = dict(visitor.page.form("text")[1]) | typed
    boundary, body = encode_multipart(fields | {"file": FileStorage(io.BytesIO(source), name)})
    return visitor.post(NEW, body, content_type=f"multipart/form-data; boundary={boundary}")


def upload(visitor: Visitor, source: bytes, name: str = "city.yaml", **typed: Any) -> Page:
    """The same on a fresh page."""
    visitor.get(NEW)
    return send_file(visitor, source, name, **typed)


def editions() -> list[int]:
    """第n版 of all there are."""
    with reading() as session:
        return list(session.scalars(select(Edition.number).order_by(Edition.number)))


def in_force() -> list[int]:
    """第n版 of those in force."""
    with reading() as session:
        return [number_of(edition_id) for edition_id in editions_in_force(session)]


def error_at(page: Page, field: str) -> str:
    """What is said to be wrong at a field."""
    found = page.root.find(f".//*[@id='{field}-error']")
    return text_of(found) if found is not None else ""


def typed_text(page: Page) -> str:
    """What stands in the field for the text."""
    return dict(page.form("text")[1])["text"]


def listed_faults(page: Page) -> list[Element]:
    """The faults beside the text."""
    return page.root.findall(".//section[@aria-labelledby='faults']/ol/li")


@pytest.mark.req("W01")
def test_the_text_is_rewritten_looked_at_and_put_in_force_with_its_reason(
    administrator: Visitor, visitor: Visitor
) -> None:
    page = administrator.get(NEW)
    assert (page.heading, faults(page.html)) == ("新しい版を登録する", [])
    assert typed_text(page) == TEXT
    administrator.send(text=changed(SIGN).replace("\n", "\r\n"))
    page = follow(administrator)
    assert faults(page.html) == []
    text = main_text(page)
    assert "第1版から変わったこと 期限署名を「10」から「12」に変更しました。" in text
    assert "未施行" in text
    assert in_force() == [1]
    assert visitor.get("/programme/changes").html.count("第2版") == 0
    page = administrator.get(f"{SECOND}/put-in-force")
    assert faults(page.html) == []
    page = administrator.send("reason")
    assert (page.status, error_at(page, "reason")) == (422, "エラー：変更の理由を入力してください")
    administrator.send("reason", reason=REASON)
    assert "この版を施行しました。" in follow(administrator).html
    assert in_force() == [2]
    assert REASON in visitor.get("/programme/changes").html
    with reading() as session:
        second = edition_of(session, DEFAULT, 2)
        assert second is not None
        assert second.text == changed(SIGN)
    record = main_text(administrator.get(SECOND)).partition("変更の記録")[2]
    assert "第2版を" in record
    assert "管理 太郎" in record
    assert f"理由：{REASON}" in record


@pytest.mark.req("W01")
def test_an_uploaded_file_waits_for_its_day_which_can_be_taken_back(administrator: Visitor, clock: Clock) -> None:
    clock.set(date(2027, 3, 1))
    upload(administrator, changed(SIGN).encode(), reason="下書きの理由")
    assert "第2版として登録しました。まだ施行していません。" in follow(administrator).html
    administrator.get(f"{SECOND}/put-in-force")
    assert administrator.page is not None
    assert "下書きの理由" in administrator.page.html
    page = administrator.send("reason", when="later")
    assert error_at(page, "day") == "エラー：施行する日を入力してください"
    page = administrator.send("reason", when="later", day="令和9年2月1日")
    assert error_at(page, "day") == "エラー：今より後の日時にしてください。"
    administrator.send("reason", when="later", day="令和9年4月1日", hour="9:00")
    page = follow(administrator)
    assert "施行予定" in main_text(page)
    assert "令和9年4月1日（木）9時00分から" in main_text(page)
    assert in_force() == [1]
    administrator.get(f"{SECOND}/put-in-force")
    assert dict(administrator.page.form("reason")[1])["hour"] == "09:00"
    administrator.get(SECOND)
    administrator.post(f"{SECOND}/take-back", {"csrf_token": administrator.token(SECOND)})
    assert "施行の予定を取り消しました。" in follow(administrator).html
    clock.set(date(2027, 4, 2))
    assert in_force() == [1]
    administrator.post(f"{SECOND}/throw-away", {"csrf_token": administrator.token(SECOND)})
    assert "第2版を破棄しました。" in follow(administrator).html
    assert editions() == [1]


def test_every_fault_stands_beside_its_line_and_nothing_typed_is_lost(administrator: Visitor) -> None:
    broken = changed(("  sign: 10\n", "  sing: 10\n"), ("severity: hard", "severity: herd"))
    administrator.get(NEW)
    page = administrator.send(text=broken, reason="基準を直す")
    assert (page.status, faults(page.html), editions()) == (422, [], [1])
    assert typed_text(page) == broken
    assert "基準を直す" in page.html
    found = [text_of(one) for one in listed_faults(page)]
    line = next(number for number, one in enumerate(broken.splitlines(), 1) if "severity: herd" in one)
    first = next(one for one in found if one.startswith(f"{line}行目"))
    assert "criteria[0].severity" in first
    assert "次のどれかを書いてください: hard（除く）, soft（なじまない）（もしかして: hard）" in first
    assert "今の値：herd" in first
    assert "key: religion" in first
    assert any("terms.sing" in one for one in found)
    assert error_at(page, "text") == f"エラー：直すところが{len(found)}件あります。何も登録していません。"
    assert page.root.find(f".//pre/b[@id='line-{line}']") is not None
    again = administrator.send(text=changed(SIGN))
    assert again.status == 303


def test_the_text_of_a_faulty_file_is_there_to_be_corrected(administrator: Visitor) -> None:
    broken = changed(("  sign: 10\n", "  sing: 10\n"))
    page = upload(administrator, b"\xef\xbb\xbf" + broken.replace("\n", "\r\n").encode())
    assert (page.status, faults(page.html)) == (422, [])
    assert typed_text(page).replace("\r", "") == broken
    assert listed_faults(page)
    assert send_file(administrator, changed(SIGN).encode()).status == 303
    assert editions() == [1, 2]


def test_a_file_never_replaces_what_was_typed(administrator: Visitor) -> None:
    page = upload(administrator, changed(SIGN).encode(), text=changed(WELFARE))
    assert page.status == 422
    assert "どちらを使うか分かりません" in error_at(page, "file")
    assert typed_text(page) == changed(WELFARE)
    assert editions() == [1]


def office_file() -> bytes:
    """A workbook, as far as anybody looks."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("[Content_Types].xml", "<Types/>")
    return held.getvalue()


@pytest.mark.parametrize(
    ("source", "name", "field", "says"),
    [
        (b"%PDF-1.7\n" + b"\0" * 100, "rules.pdf", "file", "「rules.pdf」はPDFのようです。"),
        (office_file(), "rules.xlsx", "file", "文字だけのファイルではないもののようです。"),
        (b"\0\x01\x02" * 500, "rules.yaml", "file", "文字だけのファイルではないもののようです。"),
        ("協働".encode("cp932") * 9, "sjis.yaml", "file", "文字コードがUTF-8ではありません。"),
        (b"key: x\n" + b"#" * 2_000_000, "big.yaml", "file", "ファイルが大きすぎます。"),
        (b"", "empty.yaml", "text", "直すところが1件あります。"),
        (laughs(), "bomb.yaml", "text", "直すところが"),
        (b"[" * 500_000, "deep.yaml", "text", "直すところが1件あります。"),
        (TEXT.encode() + b"x: !!python/object/apply:os.system [ls]\n", "tag.yaml", "text", "直すところが"),
        (TEXT.encode().replace(b"proposal_items:\n", b"proposal_items:\n" + b"".join(ENTRY % n for n in range(500)), 1),
         "form.yaml", "text", "直すところが"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith(("yaml", "pdf", "xlsx")) else "",
)  # fmt: skip
def test_a_hostile_or_mistaken_file_is_refused_kindly(
    administrator: Visitor, source: bytes, name: str, field: str, says: str
) -> None:
    page = upload(administrator, source, name, reason="残る理由")
    assert (page.status, faults(page.html), editions()) == (422, [], [1])
    assert says in error_at(page, field)
    assert "残る理由" in page.html


def test_a_text_that_is_too_long_is_refused_with_what_was_typed(administrator: Visitor) -> None:
    administrator.get(NEW)
    page = administrator.send(text=TEXT + "# " + "あ" * (MOST_BYTES // 3))
    assert (page.status, editions()) == (422, [1])
    assert "ファイルが大きすぎます" in main_text(page)
    assert typed_text(page).endswith("あ")


def test_the_same_text_again_changes_nothing(administrator: Visitor) -> None:
    administrator.get(NEW)
    administrator.send("text")
    assert "第1版と同じ内容です。何も変えていません。" in follow(administrator).html
    assert editions() == [1]


@pytest.mark.req("W01")
def test_the_second_of_two_administrators_is_told(cast: Cast, administrator: Visitor, enter: Enter) -> None:
    with transaction() as session:
        take_up(session, changed(SIGN), person_id=None)
    other = enter(cast.people["admin"])
    for one in (administrator, other):
        one.get(f"{SECOND}/put-in-force")
    later = (model_clock.today() + timedelta(days=30)).isoformat()
    administrator.send("reason", when="later", day=later, reason="先の理由")
    page = other.send("reason", reason="あとの理由")
    assert page.status == 422
    assert "開いている間に、ほかの人が変更しました。" in main_text(page)
    assert "あとの理由" in page.html
    assert in_force() == [1]
    assert other.send("reason", when="now", reason="あとの理由").status == 303
    assert in_force() == [2]
    for one in (administrator, other):
        one.get(NEW)
    administrator.send("text", text=changed(WELFARE))
    page = other.send("text", text=changed(WELFARE, SIGN))
    assert page.status == 422
    assert typed_text(page) == changed(WELFARE, SIGN)


@pytest.mark.req("W01", "P01", "P14")
def test_an_edition_is_previewed_as_everybody_would_see_it(administrator: Visitor) -> None:
    with transaction() as session:
        take_up(session, changed(WELFARE), person_id=None)
    page = administrator.get(SECOND)
    assert faults(page.html) == []
    text, rules = main_text(page), programme(DEFAULT)
    for words in (
        rules.definition.ja,
        *(one.label.ja for one in (*rules.criteria, *rules.methods, *rules.proposal_items)),
    ):
        assert words in text, words
    assert "保健と福祉" in text
    [form] = page.root.findall(".//main//fieldset[@disabled]")
    assert form.find(".//textarea") is not None
    assert not [one for one in page.root.iter("form") if one.find(".//fieldset[@disabled]") is not None]


def test_an_edition_is_compared_with_any_other_and_downloaded(administrator: Visitor) -> None:
    with transaction() as session:
        put_in_force(session, SIGN)
        put_in_force(session, SIGN, WELFARE)
    third = f"/admin/programmes/{DEFAULT}/3"
    assert "第2版から変わったこと 分野「福祉」の表示名を" in main_text(administrator.get(third))
    text = main_text(administrator.get(f"{third}?against=1"))
    assert "第1版から変わったこと" in text
    assert "署名を「10」から「12」に変更しました。" in text
    for nonsense in ("x", "9", "-1", "99999999999999999999"):
        assert administrator.get(f"{third}?against={nonsense}").status == 200
    page = administrator.get(f"{SECOND}.yaml")
    assert page.html == changed(SIGN)
    assert page.answer.headers["Content-Disposition"] == 'attachment; filename="aobagawa-2.yaml"'
    assert administrator.get(f"/admin/programmes/{DEFAULT}/9.yaml").status == 404


def test_an_edition_that_a_newer_one_overtook_says_what_it_would_undo(administrator: Visitor) -> None:
    with transaction() as session:
        take_up(session, changed(SIGN), person_id=None)
    assert "元に戻ります" not in administrator.get(SECOND).html
    with transaction() as session:
        put_in_force(session, WELFARE)
    for path in (SECOND, f"{SECOND}/put-in-force"):
        page = administrator.get(path)
        assert faults(page.html) == []
        assert "この版を施行すると、第3版で変えたことは元に戻ります。" in page.html


def test_the_list_says_how_many_cases_stand_on_each_edition(cast: Cast, administrator: Visitor) -> None:
    with transaction() as session:
        Story(session, cast).take_to(State.SCREENING)
        put_in_force(session, SIGN)
    page = administrator.get("/admin/programmes")
    assert faults(page.html) == []
    rows = [[text_of(cell) for cell in row] for row in page.root.findall(".//table/tbody/tr")]
    assert [row[0] for row in rows] == ["第2版", "第1版"]
    assert [row[1] for row in rows] == ["施行中", "以前の版"]
    assert [row[4:] for row in rows] == [["0件", "0件"], ["1件", "0件"]]
    assert "（端末から）" in rows[0][3]


def test_what_holds_cannot_be_thrown_away_or_taken_back_by_hand(administrator: Visitor) -> None:
    for deed in ("take-back", "throw-away"):
        page = administrator.post(f"{FIRST}/{deed}", {"csrf_token": administrator.token(FIRST)})
        assert page.status == 409
    assert administrator.get(f"{FIRST}/put-in-force").status == 404
    assert editions() == [1]
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Edition)) == 1


def test_only_administrators_come_here(cast: Cast, enter: Enter, visitor: Visitor) -> None:
    for path in ("/admin/programmes", NEW, FIRST, f"{FIRST}.yaml"):
        assert enter(cast.people["nakamura"]).get(path).status == 404
        assert visitor.get(path).status == 302
