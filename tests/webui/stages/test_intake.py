"""受付: the last look before handing in, the desk's three answers, withdrawing; and what a form survives."""

from datetime import timedelta
from io import BytesIO

import pytest

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from models import clock
from models.attachments import attach, detach
from models.database import transaction
from models.files import store_upload
from models.process.vocabulary import MoveKey, Stage, State
from models.proposals import Proposal
from tests.models.test_files import a_png
from tests.webui.conftest import Enter
from tests.webui.markup import faults
from tests.webui.telling import events_of, go_on, stands, state_of, tell


def _empty(proposal_id: int, **answers: object) -> None:
    with transaction() as session:
        proposal = session.get_one(Proposal, proposal_id)
        proposal.answers = {**proposal.answers, **answers}


@pytest.mark.req("I03", "A10")
def test_the_last_look_shows_everything_as_it_will_be_read(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast)
    page = enter(cast.people["ono"]).get(f"/proposals/{proposal_id}/submit")
    assert page.heading == "提出前の確認"
    assert faults(page.html) == []
    for words in ("川辺の見守りと多世代の居場所づくり事業", "福祉", "補助・助成", "480,000円", "会員32人", "令和"):
        assert words in page.html, words


def test_what_is_missing_leads_to_its_field(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast)
    _empty(proposal_id, goals="", goals_by="来年", cost_city=9_000_000)
    visitor = enter(cast.people["katsuragi"])
    page = visitor.get(f"/proposals/{proposal_id}/submit")
    for field in ("item_goals", "item_goals_by", "item_cost_city"):
        assert f'href="/proposals/{proposal_id}/draft?check=1#q-{field}"' in page.html
    assert '<button class="btn">提出する' not in page.html
    form = visitor.get(f"/proposals/{proposal_id}/draft?check=1")
    assert faults(form.html) == []
    assert 'id="item_goals-error"' in form.html
    assert 'aria-invalid="true"' in form.html


def test_handing_in_gives_a_number_and_says_whose_turn_it_is(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast)
    visitor = enter(cast.people["ono"])
    visitor.get(f"/proposals/{proposal_id}/submit")
    assert visitor.send("revision").location == f"/proposals/{proposal_id}"
    page = visitor.get(f"/proposals/{proposal_id}")
    assert "提案書を提出しました。次は市民協働課の番です。" in page.html
    with stands(proposal_id) as proposal:
        assert proposal.number is not None
        assert proposal.number in page.html


def test_two_clicks_hand_in_once(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast)
    visitor = enter(cast.people["katsuragi"])
    page = visitor.get(f"/proposals/{proposal_id}/submit")
    fields = dict(page.form("revision")[1])
    answers = [visitor.post(f"/proposals/{proposal_id}/submit", fields) for _click in range(2)]
    assert [answer.status for answer in answers] == [303, 303]
    assert events_of(proposal_id) == 1


def test_what_another_member_rewrote_meanwhile_is_read_first(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast)
    visitor = enter(cast.people["katsuragi"])
    visitor.get(f"/proposals/{proposal_id}/submit")
    isamu = enter(cast.people["ono"])
    isamu.get(f"/proposals/{proposal_id}/draft")
    isamu.send("title", title="大野が直した題")
    page = visitor.send("revision", revision=dict(visitor.page.form("revision")[1])["revision"])  # type: ignore[union-attr]
    assert page.status == 422
    assert "ほかのメンバーが書き直しました" in page.html
    assert "大野が直した題" in page.html
    assert state_of(proposal_id) is State.DRAFT
    assert visitor.send("revision").status == 303


def test_the_desk_accepts(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SUBMITTED)
    visitor = enter(cast.people["nakamura"])
    visitor.get(f"/proposals/{proposal_id}/accept")
    assert visitor.send("seen").status == 303
    assert state_of(proposal_id) is State.SCREENING
    assert "提案を受理しました。次はあなたの番です：除外審査。" in visitor.get(f"/proposals/{proposal_id}").html


def test_the_desk_asks_for_a_correction(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SUBMITTED)
    visitor = enter(cast.people["nakamura"])
    page = visitor.get(f"/proposals/{proposal_id}/return-for-correction")
    proposed = dict(page.form("reason")[1])["due_on"]
    assert proposed > clock.today().isoformat()
    nothing = visitor.send("reason", reason=" ")
    assert nothing.status == 422
    assert 'href="#reason"' in nothing.html
    too_soon = visitor.send("reason", reason="積算の根拠を書いてください。", due_on=clock.today().isoformat())
    assert too_soon.status == 422
    assert 'href="#due_on"' in too_soon.html
    assert "補正の期限は明日以降の日付にしてください。" in too_soon.html
    assert "積算の根拠を書いてください。" in too_soon.html
    assert faults(too_soon.html) == []
    era = visitor.send("reason", due_on="令和99年13月40日")
    assert era.status == 422
    assert 'value="令和99年13月40日"' in era.html
    due_on = clock.today() + timedelta(days=14)
    assert visitor.send("reason", due_on=f"令和{due_on.year - 2018}年{due_on.month}月{due_on.day}日").status == 303
    with stands(proposal_id) as proposal:
        assert (proposal.state, proposal.correction_due_on) == (State.RETURNED, due_on)


@pytest.mark.req("I04")
def test_declining_needs_a_formal_ground_and_a_reason(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SUBMITTED)
    visitor = enter(cast.people["nakamura"])
    page = visitor.get(f"/proposals/{proposal_id}/decline")
    assert "内容の判断は除外審査で行います" in page.html
    nothing = visitor.send("reason", reason="")
    assert nothing.status == 422
    assert 'href="#ground-0"' in nothing.html
    assert 'href="#reason"' in nothing.html
    invented = visitor.send("reason", reason="気に入らない", ground="dislike")
    assert invented.status == 422
    assert "気に入らない" in invented.html
    assert visitor.send("reason", reason="同じ提案があります。", ground="duplicate").status == 303
    assert "同じ内容の提案がすでにある" in enter(cast.people["ono"]).get(f"/proposals/{proposal_id}").html


@pytest.mark.req("X06")
@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.CONSULTING, State.SIGNING])
def test_the_group_withdraws_at_any_time(cast: Cast, enter: Enter, state: State) -> None:
    proposal_id = tell(cast, to=state)
    visitor = enter(cast.people["ono"])
    page = visitor.get(f"/proposals/{proposal_id}/withdraw")
    assert "不利益はありません" in page.html
    assert visitor.send("seen").status == 303
    assert state_of(proposal_id) is State.WITHDRAWN
    assert "取下げ" in visitor.get(f"/proposals/{proposal_id}").html


def test_of_two_officers_the_second_is_told_who_was_first(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SUBMITTED)
    visitor = enter(cast.people["kobayashi"])
    visitor.get(f"/proposals/{proposal_id}/return-for-correction")
    go_on(cast, proposal_id, MoveKey.ACCEPT, "nakamura")
    late = visitor.send("reason", reason="長い時間をかけて書いた補正のお願い")
    assert late.status == 409
    assert "先に市民協働課が「受理する」を行いました" in late.html
    assert "長い時間をかけて書いた補正のお願い" in late.html
    assert f'href="/proposals/{proposal_id}"' in late.html
    assert events_of(proposal_id) == 2


def test_somebody_without_the_hat_is_told_who_may(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SUBMITTED)
    visitor = enter(cast.people["ono"])
    page = visitor.get(f"/proposals/{proposal_id}/accept")
    assert page.status == 403
    assert "市民協働課" in page.html
    tried = visitor.post(f"/proposals/{proposal_id}/accept", {"csrf_token": visitor.token("/account")})
    assert tried.status == 403
    assert state_of(proposal_id) is State.SUBMITTED


def test_a_form_without_its_token_does_nothing_and_keeps_what_was_typed(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SUBMITTED)
    visitor = enter(cast.people["nakamura"])
    visitor.get(f"/proposals/{proposal_id}/return-for-correction")
    expired = visitor.send("reason", reason="消えない言葉", csrf_token="yesterday")
    assert expired.status == 400
    assert "消えない言葉" in expired.html
    assert state_of(proposal_id) is State.SUBMITTED


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "１２", "1; DROP TABLE proposal"])
def test_a_tampered_version_breaks_nothing(cast: Cast, enter: Enter, seen: str) -> None:
    proposal_id = tell(cast, to=State.SUBMITTED)
    visitor = enter(cast.people["nakamura"])
    visitor.get(f"/proposals/{proposal_id}/accept")
    assert visitor.send("seen", seen=seen).status == 303
    assert state_of(proposal_id) is State.SCREENING


def test_the_proposal_is_read_version_by_version(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, Story.submit, Story.return_for_correction)
    _empty(proposal_id, goals="月2回の居場所を開く。")
    go_on(cast, proposal_id, MoveKey.SUBMIT, "katsuragi")
    visitor = enter(cast.people["nakamura"])
    latest = visitor.get(f"/proposals/{proposal_id}/submission")
    assert "第2版" in latest.html
    assert "月2回の居場所を開く。" in latest.html
    marked = visitor.get(f"/proposals/{proposal_id}/submission?number=2&compare=1")
    assert "<ins>" in marked.html
    assert "<del>" in marked.html
    assert faults(marked.html) == []
    first = visitor.get(f"/proposals/{proposal_id}/submission?number=1")
    assert "月2回の居場所を開く。" not in first.html
    assert visitor.get(f"/proposals/{proposal_id}/submission?number=3").status == 404
    assert visitor.get(f"/proposals/{proposal_id}/submission?number=x").status == 404


def test_every_version_shows_its_own_files_and_what_the_group_said_of_itself_then(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast)
    with transaction() as session:
        proposal, actor = session.get_one(Proposal, proposal_id), cast.actor(session, "katsuragi")
        held = attach(session, proposal, actor, Stage.INTAKE, store_upload(BytesIO(a_png()), "会則の写真.png")).id
    go_on(cast, proposal_id, MoveKey.SUBMIT, "katsuragi")
    due_on = clock.today() + timedelta(days=14)
    go_on(cast, proposal_id, MoveKey.RETURN_FOR_CORRECTION, "nakamura", reason="会則が違います。", due_on=due_on)
    with transaction() as session:
        proposal, actor = session.get_one(Proposal, proposal_id), cast.actor(session, "katsuragi")
        before, proposal.group.organisation = proposal.group.organisation, "会員99人、役員9人"
        detach(session, proposal, actor, held)
    go_on(cast, proposal_id, MoveKey.SUBMIT, "katsuragi")
    visitor = enter(cast.people["nakamura"])
    first = visitor.get(f"/proposals/{proposal_id}/submission?number=1").html
    second = visitor.get(f"/proposals/{proposal_id}/submission?number=2").html
    assert ("会則の写真.png" in first, "会則の写真.png" in second) == (True, False)
    assert before in first
    assert "会員99人" not in first
    assert "会員99人、役員9人" in second
    assert faults(first) == []
    with visitor.client.get(f"/proposals/{proposal_id}/attachments/{held}") as opened:
        assert opened.get_data() == a_png()
    compared = visitor.get(f"/proposals/{proposal_id}/submission?number=2&compare=1").html
    assert "<ins>" in compared
