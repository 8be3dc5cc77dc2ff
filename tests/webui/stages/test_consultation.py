"""事前協議: the section, the minutes, the record that both sides confirm in the same version."""

from datetime import timedelta

import pytest

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from models import clock
from models.database import transaction
from models.process.vocabulary import MoveKey, Side, State
from models.proposals import Proposal
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.telling import Step, events_of, go_on, stands, state_of, tell


@pytest.fixture
def consulting(cast: Cast) -> int:
    """A proposal whose section has taken it on."""
    return tell(cast, to=State.CONSULTING)


def _discussed(cast: Cast, *steps: Step) -> int:
    return tell(cast, lambda s: s.take_to(State.CONSULTING), Story.hold_meeting, *steps)


@pytest.mark.req("I10", "O09")
def test_the_desk_chooses_among_sections_with_a_head(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.ASSIGNING)
    visitor = enter(cast.people["nakamura"])
    page = visitor.get(f"/proposals/{proposal_id}/assign-section")
    assert faults(page.html) == []
    offered = {text_of(option) for option in page.root.iter("option")}
    assert {"福祉政策課", "子ども未来課", "みどり推進課"} <= offered
    assert "福祉部" not in offered
    for section_id in ("", "999999", "x", str(cast.departments["welfare"].id)):
        refused = visitor.send("section_id", section_id=section_id, reason="居場所づくりの所管のため。")
        assert refused.status == 422
        assert 'href="#section_id"' in refused.html
        assert "居場所づくりの所管のため。" in refused.html
    chosen = visitor.send("section_id", section_id=str(cast.departments["welfare-policy"].id))
    assert chosen.status == 303
    with stands(proposal_id) as proposal:
        assert proposal.section is not None
        assert proposal.section.name == "福祉政策課"


def test_the_trail_of_declines_is_there_when_the_next_is_chosen(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.ASSIGNED)
    head = enter(cast.people["yamamoto"])
    head.get(f"/proposals/{proposal_id}/decline-assignment")
    assert head.send("reason", reason="").status == 422
    given_back = head.send("reason", reason="子どもの事業が中心のため、子ども未来課が適当です。")
    assert (given_back.status, given_back.location) == (303, "/inbox")
    assert "担当課が理由を添えて返しました" in head.get(given_back.location).html
    page = enter(cast.people["nakamura"]).get(f"/proposals/{proposal_id}/assign-section")
    trail = page.root.find(".//section[@aria-labelledby='trail']")
    assert trail is not None
    assert "担当課が理由を添えて返しました山本 さくら（福祉政策課）" in text_of(trail)
    assert "子どもの事業が中心のため" in text_of(trail)
    assert head.get(f"/proposals/{proposal_id}").status == 404


def test_the_head_of_the_section_takes_it_on(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.ASSIGNED)
    assert enter(cast.people["takahashi"]).get(f"/proposals/{proposal_id}/take-on").status == 403
    head = enter(cast.people["yamamoto"])
    head.get(f"/proposals/{proposal_id}/take-on")
    assert head.send("seen").status == 303
    assert state_of(proposal_id) is State.CONSULTING


@pytest.mark.req("P05", "C02")
@pytest.mark.parametrize(
    ("writer", "reader", "side"), [("ono", "takahashi", Side.GROUP), ("takahashi", "ono", Side.CITY)]
)
def test_either_side_writes_minutes_and_the_other_confirms(
    cast: Cast, enter: Enter, consulting: int, writer: str, reader: str, side: Side
) -> None:
    visitor = enter(cast.people[writer])
    visitor.get(f"/proposals/{consulting}/record-meeting")
    today = clock.today().isoformat()
    written = visitor.send(
        "held_on", held_on=today, place="公民館", participants="双方2人", minutes="鍵は市が持つ。", next_on=today
    )
    assert written.status == 303
    with stands(consulting) as proposal:
        [meeting] = proposal.meetings
        assert [c.side for c in proposal.confirmations] == [side]
        meeting_id = meeting.id
    other = enter(cast.people[reader])
    link = f"/proposals/{consulting}/confirm-minutes?subject={meeting_id}"
    assert link in other.get(f"/proposals/{consulting}").html
    page = other.get(link)
    assert faults(page.html) == []
    assert "鍵は市が持つ。" in page.html
    assert other.send("edition").status == 303
    minutes = visitor.get(f"/proposals/{consulting}/minutes")
    assert text_of(minutes.root).count("確認済み") == 2


def test_wrong_minutes_are_told_at_their_fields(cast: Cast, enter: Enter, consulting: int) -> None:
    visitor = enter(cast.people["takahashi"])
    visitor.get(f"/proposals/{consulting}/record-meeting")
    nothing = visitor.send("held_on")
    assert nothing.status == 422
    for field in ("held_on", "participants", "minutes"):
        assert f'href="#{field}"' in nothing.html
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    page = visitor.send(
        "held_on", held_on=tomorrow, participants="双方", minutes="話し合いました", place="あ" * 201, next_on="いつか"
    )
    assert page.status == 422
    assert 'value="いつか"' in page.html
    assert "場所は200文字までで入力してください" in page.html
    again = visitor.send(
        "held_on", held_on=tomorrow, participants="双方", minutes="話し合いました", place="", next_on=""
    )
    assert "会議の日は今日までの日付にしてください。" in again.html
    assert "話し合いました" in again.html


def test_corrected_minutes_are_confirmed_anew(cast: Cast, enter: Enter) -> None:
    proposal_id = _discussed(cast, Story.confirm_minutes)
    visitor = enter(cast.people["ono"])
    page = visitor.get(f"/proposals/{proposal_id}/correct-minutes")
    assert "事業の目的と目標を確認した。" in page.html
    assert visitor.send("minutes", minutes="鍵の管理は団体が行う。").status == 303
    with stands(proposal_id) as proposal:
        assert proposal.meetings[0].edition == 2
        assert {c.side for c in proposal.confirmations if c.edition == 2} == {Side.GROUP}


def test_minutes_changed_while_one_reads_are_not_confirmed_unread(cast: Cast, enter: Enter) -> None:
    proposal_id = _discussed(cast)
    visitor = enter(cast.people["ono"])
    visitor.get(f"/proposals/{proposal_id}/confirm-minutes")
    with stands(proposal_id) as proposal:
        meeting_id = proposal.meetings[0].id
    go_on(
        cast, proposal_id, MoveKey.CORRECT_MINUTES, "takahashi", meeting_id=meeting_id, based_on=1,
        held_on=clock.today(), participants="双方", minutes="すりかわった議事録",
    )  # fmt: skip
    page = visitor.send("edition")
    assert page.status == 422
    assert "すりかわった議事録" in page.html
    assert visitor.send("edition").status == 303


def test_minutes_corrected_by_both_at_once_lose_nothing(cast: Cast, enter: Enter) -> None:
    proposal_id = _discussed(cast)
    first, second = enter(cast.people["ono"]), enter(cast.people["takahashi"])
    first.get(f"/proposals/{proposal_id}/correct-minutes")
    second.get(f"/proposals/{proposal_id}/correct-minutes")
    assert first.send("minutes", minutes="団体の書いたこと").status == 303
    page = second.send("minutes", minutes="担当課の書いたこと")
    assert page.status == 422
    assert "団体の書いたこと" in page.html
    assert "担当課の書いたこと" in page.html
    assert faults(page.html) == []
    assert second.send("minutes", minutes="二つを合わせたこと").status == 303


@pytest.mark.parametrize("subject", ["999999", "x", "'", "１"])
def test_minutes_that_are_not_there_are_not_found(cast: Cast, enter: Enter, subject: str) -> None:
    proposal_id = _discussed(cast)
    other_id = _discussed(cast)
    with stands(other_id) as other:
        elsewhere = other.meetings[0].id
    visitor = enter(cast.people["ono"])
    for named in (subject, str(elsewhere)):
        assert visitor.get(f"/proposals/{proposal_id}/confirm-minutes?subject={named}").status == 404
        assert visitor.get(f"/proposals/{proposal_id}/correct-minutes?subject={named}").status == 404


def test_without_minutes_there_is_nothing_to_correct_yet(cast: Cast, enter: Enter, consulting: int) -> None:
    for path in ("correct-minutes", "confirm-minutes"):
        page = enter(cast.people["ono"]).get(f"/proposals/{consulting}/{path}")
        assert page.status == 200
        assert "議事録がまだありません。" in page.html
    visitor = enter(cast.people["ono"])
    forged = visitor.post(f"/proposals/{consulting}/correct-minutes", {"csrf_token": visitor.token("/account")})
    assert forged.status == 404


@pytest.mark.req("P04", "P06", "P10", "P13", "C01", "C05", "C06")
def test_the_record_asks_what_has_to_be_settled_and_begins_with_the_proposal(
    cast: Cast, enter: Enter, consulting: int
) -> None:
    page = enter(cast.people["takahashi"]).get(f"/proposals/{consulting}/write-record")
    for label in ("目的", "目標の期日", "プロセス", "互いの特性・もてる力", "団体の役割", "市の役割", "協力体制", "経費の分担",
                  "協働の手法", "その手法を選んだ理由", "協働の領域", "確認した原則", "意見の異なる点"):  # fmt: skip
        assert label in page.html, label
    assert "子どもと高齢者が安心して過ごせる地域にします。" in page.html
    assert "第1版として保存する" in page.html
    ticked = {
        f.get("value")
        for f in page.root.iter("input")
        if f.get("name") == "item_methods" and f.get("checked") is not None
    }
    assert ticked == {"subsidy"}


def test_the_record_is_saved_unfinished_and_says_what_it_lacks(cast: Cast, enter: Enter, consulting: int) -> None:
    visitor = enter(cast.people["ono"])
    visitor.get(f"/proposals/{consulting}/write-record")
    assert visitor.send("based_on", item_cooperation="月1回の定例会").status == 303
    page = visitor.get(f"/proposals/{consulting}/record")
    assert "月1回の定例会" in page.html
    assert "「経費の分担」を入力してください。" in page.html
    unchanged = visitor.get(f"/proposals/{consulting}/write-record")
    assert "第2版として保存する" in unchanged.html
    unchanged = visitor.send("based_on")
    assert unchanged.status == 422
    assert "前の版から変更がありません。" in unchanged.html


def test_wrong_answers_of_the_record_are_told_at_their_fields(cast: Cast, enter: Enter, consulting: int) -> None:
    visitor = enter(cast.people["ono"])
    visitor.get(f"/proposals/{consulting}/write-record")
    page = visitor.send(
        "based_on", item_purpose="あ" * 601, item_goals_by="来年", item_methods="magic", item_domain="z"
    )
    assert page.status == 422
    for field in ("item_purpose", "item_goals_by", "item_methods-0", "item_domain-0"):
        assert f'href="#{field}"' in page.html, field
    assert "あ" * 601 in page.html
    assert 'value="来年"' in page.html
    assert faults(page.html) == []


def test_two_who_write_the_record_at_once_see_both_texts(cast: Cast, enter: Enter, consulting: int) -> None:
    first, second = enter(cast.people["ono"]), enter(cast.people["takahashi"])
    first.get(f"/proposals/{consulting}/write-record")
    second.get(f"/proposals/{consulting}/write-record")
    assert first.send("based_on", item_roles_city="団体が書いた市の役割").status == 303
    page = second.send("based_on", item_roles_city="担当課が書いた市の役割")
    assert page.status == 422
    assert "先に保存された「市の役割」" in page.html
    assert "先に保存された「目的」" not in page.html
    assert "団体が書いた市の役割" in page.html
    assert "担当課が書いた市の役割" in page.html
    assert faults(page.html) == []
    assert second.send("based_on", item_roles_city="合わせた市の役割").status == 303
    marked = second.get(f"/proposals/{consulting}/record?compare=1")
    assert "<ins>" in marked.html
    assert "<del>" in marked.html


def test_both_sides_confirm_the_same_version(cast: Cast, enter: Enter) -> None:
    proposal_id = _discussed(cast, Story.confirm_minutes, Story.write_record)
    group, city = enter(cast.people["ono"]), enter(cast.people["takahashi"])
    page = group.get(f"/proposals/{proposal_id}/confirm-record")
    assert "第1版を確認する" in page.html
    assert group.send("number").status == 303
    again = group.get(f"/proposals/{proposal_id}/confirm-record")
    assert "あなたの側はすでに確認しています。" in again.html
    city.get(f"/proposals/{proposal_id}/confirm-record")
    fields = dict(city.page.form("number")[1])  # type: ignore[union-attr]
    for _click in range(2):
        assert city.post(f"/proposals/{proposal_id}/confirm-record", fields).status == 303
    assert state_of(proposal_id) is State.DRAFTING


def test_a_version_written_meanwhile_is_not_confirmed_unread(cast: Cast, enter: Enter) -> None:
    proposal_id = _discussed(cast, Story.confirm_minutes, Story.write_record)
    visitor = enter(cast.people["ono"])
    visitor.get(f"/proposals/{proposal_id}/confirm-record")
    with transaction() as session:
        content = dict(session.get_one(Proposal, proposal_id).records[-1].content)
    go_on(
        cast,
        proposal_id,
        MoveKey.WRITE_RECORD,
        "takahashi",
        content={**content, "cost_split": "市は出さない"},
        based_on=1,
    )
    page = visitor.send("number")
    assert page.status == 422
    assert "<ins>" in page.html
    assert "第2版を確認する" in page.html
    with stands(proposal_id) as proposal:
        assert len(proposal.confirmations) == 2


def test_what_the_record_still_lacks_stands_before_the_button(cast: Cast, enter: Enter, consulting: int) -> None:
    page = enter(cast.people["ono"]).get(f"/proposals/{consulting}/confirm-record")
    assert "協議録がまだありません。" in page.html
    assert "双方が確認した議事録が1回分以上必要です。" in page.html


def test_either_side_can_end_it_with_a_reason(cast: Cast, enter: Enter, consulting: int) -> None:
    visitor = enter(cast.people["takahashi"])
    visitor.get(f"/proposals/{consulting}/end-consultation")
    before = events_of(consulting)
    assert visitor.send("reason", reason="").status == 422
    assert events_of(consulting) == before
    assert visitor.send("reason", reason="会場が見つかりませんでした。").status == 303
    assert state_of(consulting) is State.NOT_AGREED
    assert "会場が見つかりませんでした。" in enter(cast.people["ono"]).get(f"/proposals/{consulting}").html
