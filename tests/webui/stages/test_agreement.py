"""協定: written in versions by either side, read with its hash, approved and signed exactly as it was read."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import func, select

from kyodo.demonstration.cast import Cast
from models import clock
from models.database import reading
from models.people import SignInAttempt
from models.process.vocabulary import MoveKey, Side, State
from notifications.pdf import EngineMissing
from tests.webui.conftest import PASSWORD, Enter
from tests.webui.markup import faults, text_of
from tests.webui.telling import events_of, go_on, stands, state_of, tell
from tests.webui.visitor import Page
from webui.auth.throttle import PER_EMAIL

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def drafting(cast: Cast) -> int:
    """A proposal whose record both sides have confirmed."""
    return tell(cast, to=State.DRAFTING)


@pytest.fixture
def signing(cast: Cast) -> int:
    """An approved agreement that waits for both signatures."""
    return tell(cast, to=State.SIGNING)


def _whole() -> dict[str, Any]:
    articles = ("purpose", "roles", "responsibility", "cost", "period", "law")
    return {
        "methods": "subsidy",
        **{f"item_{key}": f"{key}について定める。" for key in articles},
        "period_from": (clock.today() + timedelta(days=1)).isoformat(),
        "period_to": (clock.today() + timedelta(days=200)).isoformat(),
        "amount": "300,000円",
        "budget-0-item": "会場費",
        "budget-0-amount": "１２０，０００",
    }


def _gaps(page: Page) -> str:
    return " ".join(text_of(part) for part in page.root.iter("details"))


@pytest.mark.req("G02", "P16")
def test_it_begins_with_what_the_record_says_and_names_what_is_missing(cast: Cast, enter: Enter, drafting: int) -> None:
    visitor = enter(cast.people["takahashi"])
    page = visitor.get(f"/proposals/{drafting}/write-agreement")
    assert faults(page.html) == []
    fields = dict(page.form("based_on")[1])
    assert (
        fields["item_purpose"] == "世代をこえて顔の見える関係をつくり、子どもと高齢者が安心して過ごせる地域にします。"
    )
    assert fields["item_roles"].startswith("団体の役割：居場所の運営")
    assert fields["methods"] == "subsidy"
    assert fields["amount"] == "300,000"
    assert visitor.send("based_on").status == 303
    written = visitor.get(f"/proposals/{drafting}/agreement")
    for label in ("責任の分担", "実施期間", "法律の遵守"):
        assert f"「{label}」が空です。" in _gaps(written), label


@pytest.mark.req("P05")
@pytest.mark.parametrize("who", ["ono", "takahashi"])
def test_either_side_writes_the_next_version(cast: Cast, enter: Enter, drafting: int, who: str) -> None:
    visitor = enter(cast.people[who])
    visitor.get(f"/proposals/{drafting}/write-agreement")
    assert visitor.send("based_on", **_whole()).status == 303
    with stands(drafting) as proposal:
        [agreement] = proposal.agreements
        assert agreement.amount == 300_000
        assert agreement.budget == [{"item": "会場費", "amount": 120_000}]
        assert agreement.articles["law"] == "lawについて定める。"
        first = agreement.content_hash
    page = visitor.get(f"/proposals/{drafting}/agreement")
    assert faults(page.html) == []
    assert " ".join(first[i : i + 4] for i in range(0, 16, 4)) in page.html
    assert "120,000円" in page.html
    visitor.get(f"/proposals/{drafting}/write-agreement")
    assert visitor.send("based_on", item_law="関係法令を守る。").status == 303
    marked = visitor.get(f"/proposals/{drafting}/agreement?number=2&compare=1")
    assert "<ins>" in marked.html
    assert visitor.get(f"/proposals/{drafting}/agreement?number=1").status == 200
    assert visitor.get(f"/proposals/{drafting}/agreement?number=9").status == 404


@pytest.mark.req("G03", "G05")
def test_which_articles_a_method_needs_is_said(cast: Cast, enter: Enter, drafting: int) -> None:
    visitor = enter(cast.people["takahashi"])
    page = visitor.get(f"/proposals/{drafting}/write-agreement")
    assert "この項目が必要な手法：委託" in page.html
    visitor.send("based_on", **_whole() | {"methods": ["commission"]})
    assert "「仕様」が空です。" in _gaps(visitor.get(f"/proposals/{drafting}/agreement"))
    visitor.get(f"/proposals/{drafting}/write-agreement")
    visitor.send("based_on", **_whole() | {"methods": ["cooperation"], "item_law": ""})
    assert "「法律の遵守」が空です。" not in _gaps(visitor.get(f"/proposals/{drafting}/agreement"))


def test_wrong_figures_are_told_at_their_fields_and_stay(cast: Cast, enter: Enter, drafting: int) -> None:
    visitor = enter(cast.people["takahashi"])
    visitor.get(f"/proposals/{drafting}/write-agreement")
    unreadable = visitor.send(
        "based_on", **_whole() | {"amount": "三十万", "period_from": "来春", "budget-0-amount": "たくさん"}
    )
    assert unreadable.status == 422
    for field in ("amount", "period_from", "budget-0-amount"):
        assert f'href="#{field}"' in unreadable.html, field
    for typed in ("三十万", "来春", "たくさん", "会場費"):
        assert f'value="{typed}"' in unreadable.html
    assert faults(unreadable.html) == []
    impossible = visitor.send(
        "based_on",
        **_whole()
        | {"period_to": "2020-01-01", "methods": ["magic"], "item_law": "あ" * 1001, "budget-1-item": "謝礼"},
    )
    assert impossible.status == 422
    for field in ("period_to", "methods-0", "item_law", "budget-1-item"):
        assert f'href="#{field}"' in impossible.html, field
    assert "予算の2行目は、項目と0円以上の金額を入力してください。" in impossible.html


def test_lines_are_added_without_scripts_and_gaps_close(cast: Cast, enter: Enter, drafting: int) -> None:
    visitor = enter(cast.people["takahashi"])
    visitor.get(f"/proposals/{drafting}/write-agreement")
    more = visitor.send("based_on", **_whole() | {"budget-2-item": "謝礼", "budget-2-amount": "80000"}, more="lines")
    assert more.status == 200
    assert events_of(drafting) == _events_before_writing(drafting)
    fields = dict(more.form("based_on")[1])
    assert (fields["budget-0-item"], fields["budget-1-item"]) == ("会場費", "謝礼")
    assert fields["budget-4-item"] == ""
    assert "budget-5-item" not in fields
    assert visitor.send("based_on", **{"budget-4-item": "保険料", "budget-4-amount": "0"}).status == 303
    with stands(drafting) as proposal:
        assert [line["item"] for line in proposal.agreements[0].budget] == ["会場費", "謝礼", "保険料"]


def _events_before_writing(proposal_id: int) -> int:
    with stands(proposal_id) as proposal:
        assert proposal.agreements == []
        return len(proposal.events)


def test_files_become_part_of_what_is_agreed(cast: Cast, enter: Enter, drafting: int) -> None:
    visitor = enter(cast.people["takahashi"])
    visitor.get(f"/proposals/{drafting}/write-agreement")
    refused = visitor.send("based_on", **_whole(), files=(BytesIO(b"GIF89a"), "絵.gif"))
    assert refused.status == 422
    assert 'href="#files"' in refused.html
    assert dict(refused.form("based_on")[1])["item_law"] == "lawについて定める。"
    assert visitor.send("based_on", files=(BytesIO(PDF), "仕様書.pdf")).status == 303
    with stands(drafting) as proposal:
        [agreement] = proposal.agreements
        assert [file["name"] for file in agreement.attachments] == ["仕様書.pdf"]
        file_id = agreement.attachments[0]["id"]
    assert "仕様書.pdf" in enter(cast.people["ono"]).get(f"/proposals/{drafting}/agreement").html
    visitor.get(f"/proposals/{drafting}/write-agreement")
    assert visitor.send("based_on", remove=str(file_id)).status == 303
    with stands(drafting) as proposal:
        assert proposal.agreements[-1].attachments == []
    assert enter(cast.people["ono"]).get(f"/proposals/{drafting}/attachments/{file_id}").status == 200


def test_two_who_write_at_once_see_both_texts(cast: Cast, enter: Enter, drafting: int) -> None:
    first, second = enter(cast.people["ono"]), enter(cast.people["takahashi"])
    first.get(f"/proposals/{drafting}/write-agreement")
    second.get(f"/proposals/{drafting}/write-agreement")
    assert first.send("based_on", **_whole() | {"item_law": "団体の文"}).status == 303
    page = second.send("based_on", **_whole() | {"item_law": "担当課の文"})
    assert page.status == 422
    assert "団体の文" in page.html
    assert dict(page.form("based_on")[1])["item_law"] == "担当課の文"
    assert second.send("based_on", item_law="二つの文").status == 303


def test_the_head_approves_exactly_what_was_read(cast: Cast, enter: Enter, drafting: int) -> None:
    officer = enter(cast.people["takahashi"])
    early = officer.get(f"/proposals/{drafting}/send-for-approval")
    assert "協定書の案がまだありません。" in early.html
    officer.get(f"/proposals/{drafting}/write-agreement")
    officer.send("based_on", **_whole())
    officer.get(f"/proposals/{drafting}/send-for-approval")
    assert officer.send("content_hash").status == 303
    head = enter(cast.people["ito"])
    page = head.get(f"/proposals/{drafting}/approve-agreement")
    assert faults(page.html) == []
    assert "lawについて定める。" in page.html
    assert "120,000円" in page.html
    forged = head.send("content_hash", content_hash="0" * 64)
    assert forged.status == 422
    assert "お読みになった後に協定書が変わりました" in forged.html
    assert head.send("content_hash").status == 303
    assert state_of(drafting) is State.SIGNING


def test_the_head_sees_what_changed_since_the_last_approval(cast: Cast, enter: Enter, signing: int) -> None:
    with stands(signing) as proposal:
        before = proposal.agreements[-1]
        details = {
            name: getattr(before, name)
            for name in ("methods", "articles", "period_from", "period_to", "amount", "budget")
        }
    details["articles"] = {**details["articles"], "law": "関係法令と条例を守る。"}
    go_on(cast, signing, MoveKey.WRITE_AGREEMENT, "ono", **details, based_on=1)
    with stands(signing) as proposal:
        new = proposal.agreements[-1].content_hash
    go_on(cast, signing, MoveKey.SEND_FOR_APPROVAL, "takahashi", content_hash=new)
    page = enter(cast.people["ito"]).get(f"/proposals/{signing}/approve-agreement")
    assert "第1版から変わったところに印を付けています。" in page.html
    assert "<ins>" in page.html
    old = enter(cast.people["ono"]).get(f"/proposals/{signing}/agreement?number=1")
    assert "この版の決裁と署名は無効です" in old.html


def test_the_head_returns_it_with_a_reason(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.APPROVING)
    head = enter(cast.people["ito"])
    head.get(f"/proposals/{proposal_id}/return-agreement")
    assert head.send("reason", reason="事故のときの責任を書き足してください。").status == 303
    assert state_of(proposal_id) is State.DRAFTING
    assert "事故のときの責任" in enter(cast.people["ono"]).get(f"/proposals/{proposal_id}").html


def test_rewriting_an_approved_text_warns_that_it_voids(cast: Cast, enter: Enter, signing: int) -> None:
    page = enter(cast.people["ono"]).get(f"/proposals/{signing}/write-agreement")
    assert "保存すると、決裁と署名は無効になります" in page.html


@pytest.mark.req("G01")
def test_both_sides_sign_with_their_name_and_password(cast: Cast, enter: Enter, signing: int) -> None:
    group, city = enter(cast.people["katsuragi"]), enter(cast.people["ito"])
    page = group.get(f"/proposals/{signing}/sign")
    assert faults(page.html) == []
    assert "事故については双方で速やかに対応する。" in page.html
    assert group.send("typed_name", typed_name="葛城花子", password=PASSWORD).status == 303
    page = city.get(f"/proposals/{signing}/sign")
    assert "川辺のみまもり 代表" in page.html
    assert city.send("typed_name", typed_name="伊藤　隆", password=PASSWORD).status == 303
    with stands(signing) as proposal:
        assert proposal.state is State.RUNNING
        agreement = proposal.agreements[-1]
        assert {s.side: s.content_hash for s in agreement.signatures} == dict.fromkeys(Side, agreement.content_hash)
    read = group.get(f"/proposals/{signing}/agreement")
    assert text_of(read.root).count("署名済み") == 2


def test_another_name_is_told_at_its_field_and_the_password_is_asked_again(
    cast: Cast, enter: Enter, signing: int
) -> None:
    visitor = enter(cast.people["katsuragi"])
    visitor.get(f"/proposals/{signing}/sign")
    nothing = visitor.send("typed_name")
    assert nothing.status == 422
    assert 'href="#typed_name"' in nothing.html
    assert 'href="#password"' in nothing.html
    page = visitor.send("typed_name", typed_name="大野 勇", password=PASSWORD)
    assert page.status == 422
    assert 'href="#typed_name"' in page.html
    assert PASSWORD not in page.html
    assert state_of(signing) is State.SIGNING


def test_a_wrong_password_signs_nothing_and_is_counted(cast: Cast, enter: Enter, signing: int) -> None:
    visitor = enter(cast.people["katsuragi"])
    visitor.get(f"/proposals/{signing}/sign")
    for _try in range(PER_EMAIL):
        page = visitor.send("typed_name", typed_name="葛城 花子", password="ちがうパスワード")
        assert page.status == 200
        assert "パスワードが違います。" in page.html
        assert 'value="葛城 花子"' in page.html
    shut = visitor.send("typed_name", typed_name="葛城 花子", password=PASSWORD)
    assert shut.status == 429
    assert "15分ほど待って" in shut.html
    with stands(signing) as proposal:
        assert proposal.agreements[-1].signatures == []
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == PER_EMAIL


def test_signing_twice_signs_once(cast: Cast, enter: Enter, signing: int) -> None:
    visitor = enter(cast.people["katsuragi"])
    page = visitor.get(f"/proposals/{signing}/sign")
    fields = dict(page.form("typed_name")[1]) | {"typed_name": "葛城 花子", "password": PASSWORD}
    for _click in range(2):
        assert visitor.post(f"/proposals/{signing}/sign", fields).status == 303
    with stands(signing) as proposal:
        assert len(proposal.agreements[-1].signatures) == 1
    again = visitor.get(f"/proposals/{signing}/sign")
    assert "あなたの側は署名しています。相手の署名を待っています。" in again.html


def test_a_text_changed_while_one_reads_is_not_signed(cast: Cast, enter: Enter, signing: int) -> None:
    visitor = enter(cast.people["katsuragi"])
    visitor.get(f"/proposals/{signing}/sign")
    with stands(signing) as proposal:
        now = proposal.agreements[-1]
        details = {n: getattr(now, n) for n in ("methods", "articles", "period_from", "period_to", "budget")}
    go_on(cast, signing, MoveKey.WRITE_AGREEMENT, "takahashi", **details, amount=0, based_on=1)
    late = visitor.send("typed_name", typed_name="葛城 花子", password=PASSWORD)
    assert late.status == 409
    assert "協定書を書く" in late.html
    assert PASSWORD not in late.html
    assert state_of(signing) is State.DRAFTING


@pytest.mark.parametrize("who", ["ono", "takahashi", "yamamoto", "nakamura"])
def test_only_the_signatories_sign(cast: Cast, enter: Enter, signing: int, who: str) -> None:
    assert enter(cast.people[who]).get(f"/proposals/{signing}/sign").status == 403


def test_the_pdf_shows_it_as_it_will_be_printed(cast: Cast, enter: Enter, signing: int) -> None:
    visitor = enter(cast.people["ono"])
    with patch("webui.stages.agreement.preview_agreement", return_value=PDF) as preview:
        answer = visitor.client.get(f"/proposals/{signing}/agreement.pdf")
    assert answer.data == PDF
    assert answer.mimetype == "application/pdf"
    assert "agreement-1.pdf" in answer.headers["Content-Disposition"]
    assert preview.call_count == 1
    with patch("webui.stages.agreement.preview_agreement", side_effect=EngineMissing("no engine")):
        page = visitor.get(f"/proposals/{signing}/agreement.pdf")
    assert page.status == 503
    assert "今はPDFをつくれません" in page.html


def test_the_real_pdf_opens(cast: Cast, enter: Enter, signing: int) -> None:
    answer = enter(cast.people["ono"]).client.get(f"/proposals/{signing}/agreement.pdf")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")
