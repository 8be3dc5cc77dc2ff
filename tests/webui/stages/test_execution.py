"""実施報告: reports with accounts line by line, taken or given back, and ending a project early."""

import io

import pytest

from kyodo.demonstration.cast import Cast
from models.process.vocabulary import MoveKey, State
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.telling import events_of, go_on, stands, state_of, tell
from tests.webui.visitor import Page, Visitor

TEXTS = {
    "item_activities": "月に2回、居場所を開きました。",
    "item_results": "延べ120人が利用しました。",
    "item_participants": "小学生80人、高齢者40人",
}


def hand_in(visitor: Visitor, proposal_id: int, **typed: str) -> Page:
    """Fill in the first report that waits and send it; every budget line spent as planned but for what is typed."""
    visitor.get(f"/proposals/{proposal_id}/submit-report")
    spent = {
        "accounts-0-spent": "１２０，０００円",
        "accounts-1-spent": "60000",
        "accounts-2-spent": "100,000",
        "accounts-3-spent": "200000",
    }
    return visitor.send("item_activities", **{**TEXTS, **spent, **typed})


@pytest.mark.req("E01", "E05", "T07")
def test_a_report_is_handed_in_with_its_accounts(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.RUNNING)
    member = enter(cast.people["ono"])
    form = member.get(f"/proposals/{proposal_id}/submit-report")
    assert faults(form.html) == []
    assert "会場費" in form.html
    assert hand_in(member, proposal_id, **{"accounts-0-spent": "130000"}).location == f"/proposals/{proposal_id}"
    with stands(proposal_id) as proposal:
        report = proposal.reports[0]
        assert report.submitted_at is not None
        assert [line["spent"] for line in report.accounts] == [130_000, 60_000, 100_000, 200_000]
    page = enter(cast.people["takahashi"]).get(f"/proposals/{proposal_id}/reports")
    assert faults(page.html) == []
    for words in ("延べ120人が利用しました。", "10,000円超過", "490,000円", "市が確認中"):
        assert words in page.html, words


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.RUNNING)
    member = enter(cast.people["katsuragi"])
    page = hand_in(member, proposal_id, item_results="", **{"accounts-1-spent": "", "accounts-2-note": "絵本の購入"})
    assert page.status == 422
    assert faults(page.html) == []
    for words in ('href="#item_results"', 'href="#accounts-1-spent"', "「保険料」の支出額", "絵本の購入", "小学生80人"):
        assert words in page.html, words
    page = hand_in(member, proposal_id, **{"accounts-3-spent": "たくさん"})
    assert page.status == 422
    assert "支出額は、円の単位の数字で入力してください" in page.html
    assert "たくさん" in page.html
    with stands(proposal_id) as proposal:
        assert proposal.reports[0].submitted_at is None


def test_receipts_go_with_the_report(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.RUNNING)
    member = enter(cast.people["katsuragi"])
    receipt = (io.BytesIO(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"), "領収書.pdf")
    refused = hand_in(member, proposal_id, item_results="", files=receipt)
    assert "ファイルはまだ添付していません。もう一度選んでください。" in refused.html
    receipt = (io.BytesIO(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"), "領収書.pdf")
    assert hand_in(member, proposal_id, files=receipt).status == 303
    page = enter(cast.people["takahashi"]).get(f"/proposals/{proposal_id}/accept-report")
    assert "領収書.pdf" in page.html


def test_a_second_click_hands_in_once_with_its_receipts(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.RUNNING)
    member = enter(cast.people["katsuragi"])
    page = member.get(f"/proposals/{proposal_id}/submit-report")
    fields = dict(page.form("item_activities")[1]) | TEXTS | {f"accounts-{line}-spent": "1" for line in range(4)}
    for _click in range(2):
        receipt = (io.BytesIO(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"), "領収書.pdf")
        assert member.post(member.path, fields | {"files": receipt}).status == 303
    with stands(proposal_id) as proposal:
        assert len(proposal.attachments) == 1


def test_receipts_that_were_handed_in_stay_however_the_request_is_made(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.RUNNING)
    member, officer = enter(cast.people["katsuragi"]), enter(cast.people["takahashi"])
    receipt = (io.BytesIO(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"), "領収書.pdf")
    hand_in(member, proposal_id, files=receipt)
    with stands(proposal_id) as proposal:
        report_id, held = proposal.reports[0].id, str(proposal.attachments[0].id)
    path = f"/proposals/{proposal_id}/submit-report?subject={report_id}"
    made_up = {"remove": held, "csrf_token": officer.token("/account"), **TEXTS}
    made_up |= {f"accounts-{line}-spent": "1" for line in range(4)}
    assert officer.post(path, made_up).status == 403
    assert member.post(path, made_up | {"csrf_token": member.token("/account")}).status == 422
    go_on(cast, proposal_id, MoveKey.RETURN_REPORT, "yamamoto", report_id=report_id, reason="領収書が足りません。")
    page = member.get(path)
    assert "報告と一緒に提出済みのため、外せません。" in page.html
    assert "remove" not in dict(page.form("item_activities")[1])
    assert f'id="remove-{held}"' not in page.html
    assert member.send("item_activities", remove=held).status == 409
    with stands(proposal_id) as proposal:
        assert proposal.attachments[0].removed_at is None


@pytest.mark.req("E03")
def test_the_section_reads_and_takes_or_gives_back(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.RUNNING)
    member, officer = enter(cast.people["katsuragi"]), enter(cast.people["takahashi"])
    hand_in(member, proposal_id)
    officer.get(f"/proposals/{proposal_id}/return-report")
    assert officer.send(reason="参加した人数の数え方を書いてください。").status == 303
    page = member.get(f"/proposals/{proposal_id}/submit-report")
    assert "参加した人数の数え方を書いてください。" in page.html
    assert "延べ120人が利用しました。" in page.html
    assert 'value="120,000"' in page.html
    hand_in(member, proposal_id, item_results="延べ120人（名簿で数えた）")
    page = officer.get(f"/proposals/{proposal_id}/accept-report")
    assert faults(page.html) == []
    assert "延べ120人（名簿で数えた）" in page.html
    assert officer.send("handed_in").status == 303
    with stands(proposal_id) as proposal:
        assert proposal.reports[0].accepted_at is not None


def test_a_report_handed_in_anew_is_read_before_it_is_taken(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.RUNNING)
    member, officer = enter(cast.people["katsuragi"]), enter(cast.people["takahashi"])
    hand_in(member, proposal_id)
    officer.get(f"/proposals/{proposal_id}/accept-report")
    with stands(proposal_id) as proposal:
        report_id = proposal.reports[0].id
    go_on(cast, proposal_id, MoveKey.RETURN_REPORT, "yamamoto", report_id=report_id, reason="支出額を直してください。")
    hand_in(member, proposal_id, item_results="書き直した成果")
    with stands(proposal_id) as proposal:
        moved = proposal.reports[0].submitted_at
        assert moved is not None
    page = officer.send("handed_in", handed_in="1")
    assert page.status == 422
    assert "報告が出し直されました" in page.html
    assert "書き直した成果" in page.html
    assert officer.send("handed_in").status == 303


def test_the_last_report_leads_to_the_review(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.RUNNING)
    member, officer = enter(cast.people["katsuragi"]), enter(cast.people["takahashi"])
    for _report in range(2):
        assert hand_in(member, proposal_id).status == 303
        officer.get(f"/proposals/{proposal_id}/accept-report")
        assert officer.send("handed_in").status == 303
    assert state_of(proposal_id) is State.SELF_CHECKING
    waiting = member.get(f"/proposals/{proposal_id}/submit-report")
    assert waiting.status == 409


def test_one_without_the_turn_is_told_why(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.RUNNING)
    assert (
        "確認を待っている報告はありません"
        in enter(cast.people["takahashi"]).get(f"/proposals/{proposal_id}/accept-report").html
    )
    assert enter(cast.people["takahashi"]).get(f"/proposals/{proposal_id}/submit-report").status == 403
    assert enter(cast.people["fujita"]).get(f"/proposals/{proposal_id}/reports").status == 404
    assert enter(cast.people["katsuragi"]).get(f"/proposals/{proposal_id}/submit-report?subject=999").status == 404


def test_a_project_is_ended_early_by_those_who_signed_with_a_reason(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.RUNNING)
    signer = enter(cast.people["katsuragi"])
    signer.get(f"/proposals/{proposal_id}/discontinue")
    before = events_of(proposal_id)
    assert signer.send(reason=" ").status == 422
    assert events_of(proposal_id) == before
    assert signer.send(reason="担い手がいなくなりました。").status == 303
    assert state_of(proposal_id) is State.DISCONTINUED


@pytest.mark.req("E02", "E03")
def test_both_sides_talk_about_a_report_beneath_it(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.RUNNING)
    member = enter(cast.people["katsuragi"])
    hand_in(member, proposal_id)
    place = f"/proposals/{proposal_id}/reports"
    asked, answered = "会場費が予算と違うのはなぜですか。", "料金が上がりました。"
    officer = enter(cast.people["takahashi"])
    assert send_about(officer, place, "").status == 422
    for who, words in ((officer, asked), (member, answered)):
        assert (send_about(who, place, words).location or "").startswith(place)
    page = member.get(place)
    assert faults(page.html) == []
    assert page.html.index(asked) < page.html.index(answered) < page.html.index("最終報告")
    with stands(proposal_id) as proposal:
        assert [event.details["report"] for event in proposal.events[-2:]] == [proposal.reports[0].id] * 2
        assert [event.reason for event in proposal.events[-2:]] == [asked, answered]
    assert asked in officer.get(f"/proposals/{proposal_id}/accept-report").html
    assert officer.get(f"/proposals/{proposal_id}/comment?subject=99999").status == 404
    assert asked not in enter(cast.people["fujita"]).get(place).html


def send_about(visitor: Visitor, place: str, words: str) -> Page:
    """Follow the link beneath the first report and send a message."""
    link = next(a for a in visitor.get(place).root.iter("a") if "についてメッセージを送る" in text_of(a))
    visitor.get(link.get("href") or "")
    return visitor.send("reason", reason=words)
