"""The sheet: read the proposal, mark it, save, hand in; told what is missing at the item."""

import json

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models import clock
from models.database import reading, transaction
from models.documents import Attachment
from models.judging.tables import JudgingRound, ScoreSheet
from models.process.vocabulary import Stage
from tests.support.selection import TITLES, Hall
from tests.webui.conftest import Enter
from tests.webui.judging.conftest import Sitting, resumed, seated
from tests.webui.markup import faults, text_of

MARKS = {"item_public-mark": "4", "item_feasible-mark": "5", "item_together-mark": "3"}


def sheets(sitting: Sitting) -> list[ScoreSheet]:
    """What is stored of the round."""
    with reading() as session:
        return list(session.scalars(select(ScoreSheet).order_by(ScoreSheet.id)))


def test_the_proposal_is_read_beside_the_sheet_without_messages_or_contacts(
    cast: Cast, enter: Enter, sitting: Sitting
) -> None:
    page = enter(sitting.new).get(sitting.path(0))
    assert page.heading == TITLES[0]
    assert "解決したい課題" in page.html
    assert "300,000円" in page.html
    assert "団体の活動目的" in page.html
    assert "葛城" not in page.html
    assert "kawabe.example" not in page.html
    assert faults(page.html) == []
    radios = page.root.findall(".//input[@name='item_public-mark']")
    assert [radio.get("value") for radio in radios] == ["1", "2", "3", "4", "5"]


@pytest.mark.req("S05")
def test_judges_read_what_it_costs_alone_and_together(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    def say_so(hall: Hall, judging: JudgingRound) -> None:
        submitted = hall.proposals[0].submissions[-1]
        submitted.answers = {**submitted.answers, "cost_alone": 620_000}

    resumed(sitting, cast, say_so)
    page = enter(sitting.known).get(sitting.path(0))
    assert faults(page.html) == []
    assert "費用対効果の比較" in page.html
    assert "120,000円少ない" in page.html


def test_marks_are_handed_in_and_the_next_proposal_follows(enter: Enter, sitting: Sitting) -> None:
    judge = enter(sitting.new)
    judge.get(sitting.path(0))
    sent = judge.send("revision", **MARKS, remark="地域に根ざしています。")
    assert sent.location.endswith(sitting.path(1)), "the third is none of this judge's"
    judge.get(sitting.path(1))
    assert judge.send("revision", **MARKS).location.endswith(sitting.path())
    page = judge.get(sitting.path())
    assert "すべて提出しました" in page.html
    assert [sheet.marks for sheet in sheets(sitting)] == [{"public": "4", "feasible": "5", "together": "3"}] * 2
    read = judge.get(sitting.path(0))
    assert "地域に根ざしています。" in read.html
    assert faults(read.html) == []


def test_what_is_missing_is_told_at_its_item_and_nothing_typed_is_lost(enter: Enter, sitting: Sitting) -> None:
    judge = enter(sitting.new)
    judge.get(sitting.path(0))
    page = judge.send("revision", **{"item_public-mark": "4", "item_public-comment": "具体的です。"})
    assert page.status == 422
    assert faults(page.html) == []
    summary = page.root.find(".//div[@role='alert']")
    assert summary is not None
    assert [(link.get("href"), text_of(link)) for link in summary.findall(".//a")] == [
        ("#item_feasible-mark-0", "「実現可能性」の評点を選んでください。"),
        ("#item_together-mark-0", "「協働の必要性」の評点を選んでください。"),
    ]
    assert "具体的です。" in page.html
    assert judge.send("revision", then="save").status == 303
    assert sheets(sitting)[0].comments == {"public": "具体的です。"}


def test_a_draft_is_saved_while_one_types_and_the_second_device_is_told(enter: Enter, sitting: Sitting) -> None:
    tablet, phone = enter(sitting.new), enter(sitting.new)
    token = tablet.token("/account")
    typed = {"csrf_token": token, "revision": "0", "item_public-mark": "４"}
    headers = {"Accept": "application/json"}
    answer = tablet.post(sitting.path(0) + "/save", typed, headers=headers)
    assert json.loads(answer.html)["revision"] == 1
    phone.get(sitting.path(0))
    tablet.post(sitting.path(0) + "/save", {**typed, "revision": "1", "item_public-mark": "5"}, headers=headers)
    late = phone.post(
        sitting.path(0) + "/save",
        {**typed, "csrf_token": phone.token("/account"), "revision": "1", "item_public-mark": "2"},
        headers=headers,
    )
    assert late.status == 409
    phone.get(sitting.path(0))
    stale = phone.post(
        sitting.path(0), {"csrf_token": phone.token("/account"), "revision": "1", **MARKS, "then": "save"}
    )
    assert stale.status == 409
    assert "先に保存された「公益性」" in stale.html
    assert faults(stale.html) == []
    assert sheets(sitting)[0].marks == {"public": "5"}


def test_too_long_a_comment_is_told_while_saving(enter: Enter, sitting: Sitting) -> None:
    judge = enter(sitting.new)
    typed = {"csrf_token": judge.token("/account"), "revision": "0", "item_public-comment": "あ" * 2001}
    answer = judge.post(sitting.path(0) + "/save", typed, headers={"Accept": "application/json"})
    assert answer.status == 422
    assert json.loads(answer.html)["problem"] == "refused"


def test_all_are_handed_in_at_once_or_each_fault_leads_to_its_sheet(enter: Enter, sitting: Sitting) -> None:
    judge = enter(sitting.new)
    for place in (0, 1):
        judge.get(sitting.path(place))
        judge.send("revision", **(MARKS if place == 0 else {"item_public-mark": "4"}), then="save")
    judge.get(sitting.path())
    page = judge.post(sitting.path() + "/hand-in", {"csrf_token": judge.token("/account")})
    assert page.status == 422
    assert faults(page.html) == []
    summary = page.root.find(".//div[@role='alert']")
    assert summary is not None
    [link] = summary.findall(".//a")
    assert TITLES[1] in text_of(link)
    checked = judge.get(link.get("href") or "")
    assert "「実現可能性」の評点を選んでください。" in checked.html
    judge.send("revision", **MARKS, then="save")
    judge.get(sitting.path())
    done = judge.post(sitting.path() + "/hand-in", {"csrf_token": judge.token("/account")})
    assert done.location.endswith(sitting.path())
    assert all(sheet.handed_in_at for sheet in sheets(sitting))


def test_a_sheet_is_taken_back_until_the_closing(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    judge = enter(sitting.new)
    judge.get(sitting.path(0))
    judge.send("revision", **MARKS)
    judge.get(sitting.path(0))
    back = judge.post(sitting.path(0) + "/take-back", {"csrf_token": judge.token("/account")})
    assert back.location.endswith(sitting.path(0))
    page = judge.get(sitting.path(0))
    checked = page.root.findall(".//input[@checked]")
    assert [radio.get("value") for radio in checked] == ["4", "5", "3"]
    judge.send("revision", **MARKS)

    resumed(sitting, cast, lambda hall, judging: hall.close(judging, reason="期限のため。"))
    frozen = judge.get(sitting.path(0))
    assert "提出を取り消して直す" not in frozen.html
    assert faults(frozen.html) == []
    assert judge.post(sitting.path(0) + "/take-back", {"csrf_token": judge.token("/account")}).status == 409
    assert "採点は締め切られました" in judge.get(sitting.path()).html

    resumed(sitting, cast, lambda hall, judging: hall.conclude(judging, hall.proposals[0]))
    assert TITLES[0] in judge.get(sitting.path()).html, "one's own sheet is still read after the conclusion"


def test_many_marks_are_typed_and_low_ones_ask_for_a_reason(cast: Cast, enter: Enter) -> None:
    sitting = seated(cast, second=True)
    judge = enter(sitting.known)
    page = judge.get(sitting.path(0))
    assert "2点以下のときは、理由を必ず書いてください。" in page.html
    assert "重みを掛けて、最高30点になります。" in page.html
    marks = {f"item_{key}-mark": "3" for key in ("public", "feasible", "together", "lasting", "cost")}
    again = judge.send("revision", **(marks | {"item_cost-mark": "2"}))
    assert again.status == 422
    assert 'href="#item_cost-comment"' in again.html
    assert faults(again.html) == []
    assert judge.send("revision", **{"item_cost-comment": "謝礼の根拠がありません。"}).status == 303


def test_judges_open_files_of_the_proposal_but_none_that_was_not_handed_in(
    cast: Cast, enter: Enter, sitting: Sitting
) -> None:
    with transaction() as session:
        stray = Attachment(
            proposal_id=sitting.proposals[0],
            stage=Stage.INTAKE,
            name="名簿.pdf",
            sha256="0" * 64,
            media_type="application/pdf",
            size=10,
            added_by_id=cast.people["katsuragi"].id,
            added_at=clock.now(),
        )
        session.add(stray)
        session.flush()
        stray_id = stray.id
    assert enter(sitting.new).get(f"{sitting.path(0)}/attachments/{stray_id}").status == 404


@pytest.mark.parametrize("path", ["", "/judging"])
def test_the_judges_pages_are_there_in_english(enter: Enter, sitting: Sitting, path: str) -> None:
    judge = enter(sitting.new)
    judge.client.set_cookie("language", "en")
    page = judge.get(path or sitting.path(0))
    assert page.status == 200
    assert page.root.get("lang") == "en"
    assert faults(page.html) == []
