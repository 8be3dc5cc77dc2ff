"""公表: what the public will read, seen by both parties first, released at its moment, and taken back."""

from datetime import timedelta

import pytest

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from models import clock as model_clock
from models.calendar import add_business_days
from models.database import transaction
from models.process.actors import SYSTEM
from models.process.perform import perform
from models.process.vocabulary import MoveKey, State
from models.proposals import Proposal
from tests.conftest import Clock
from tests.webui.conftest import Enter
from tests.webui.markup import faults
from tests.webui.telling import stands, state_of, tell


def prepared(cast: Cast) -> int:
    """A proposal whose text for publication waits for both parties."""
    return tell(cast, Story.joint_sheet, Story.make_snapshot, to=State.JOINT_REVIEW)


@pytest.mark.req("P07", "B02")
def test_both_parties_see_it_first_as_the_public_will(cast: Cast, enter: Enter) -> None:
    proposal_id = prepared(cast)
    for who in ("ono", "takahashi"):
        visitor = enter(cast.people[who])
        page = visitor.get(f"/proposals/{proposal_id}/look-over")
        assert faults(page.html) == []
        for words in ("団体と市がいっしょにまとめた評価", "評価が異なる", "あまりできなかった", "300,000円"):
            assert words in page.html, words
        assert visitor.send("number").status == 303
    desk = enter(cast.people["nakamura"])
    page = desk.get(f"/proposals/{proposal_id}/schedule-release")
    assert faults(page.html) == []
    assert page.status == 200
    assert desk.send(day="", hour="25:99").status == 422
    later = model_clock.today() + timedelta(days=3)
    assert desk.send(day=later.isoformat(), hour="９時３０分").status == 303
    assert state_of(proposal_id) is State.SCHEDULED
    with stands(proposal_id) as proposal:
        release_at = proposal.snapshots[-1].release_at
        assert release_at is not None
        assert model_clock.in_tokyo(release_at).strftime("%Y-%m-%d %H:%M") == f"{later} 09:30"


def test_the_release_is_never_set_in_the_past(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, Story.joint_sheet, Story.look_over, to=State.JOINT_REVIEW)
    desk = enter(cast.people["nakamura"])
    page = desk.get(f"/proposals/{proposal_id}/schedule-release")
    assert add_business_days(model_clock.today(), 1).isoformat() in page.html
    yesterday = model_clock.today() - timedelta(days=1)
    page = desk.send(day=yesterday.isoformat(), hour="10:00")
    assert "公表する日時は今より後にしてください。" in page.html
    assert state_of(proposal_id) is State.PREPARING


def test_what_a_party_wants_out_is_taken_out_and_looked_over_again(cast: Cast, enter: Enter) -> None:
    proposal_id = prepared(cast)
    member, desk = enter(cast.people["katsuragi"]), enter(cast.people["nakamura"])
    member.get(f"/proposals/{proposal_id}/object-to-snapshot")
    assert member.send(reason="「行ったこと」から個人の名前を消してください。").status == 303
    page = desk.get(f"/proposals/{proposal_id}/revise-snapshot")
    assert faults(page.html) == []
    assert "個人の名前を消してください。" in page.html
    assert desk.send(activities=" ").status == 422
    assert (
        desk.send(
            activities="週3日開きました。",
            merits="安心できる場所ができた。",
            item_budget="",
            results="子どもの居場所ができました。",
        ).status
        == 303
    )
    with stands(proposal_id) as proposal:
        before, after = (snapshot.content for snapshot in proposal.snapshots)
        assert after["activities"] == "週3日開きました。"
        assert after["beneficiaries"]["merits"] == "安心できる場所ができた。"
        assert [mark["note"] for mark in after["marks"]] == [""] * 11
        assert any(mark["note"] for mark in before["marks"])
        assert after["amount"] == before["amount"]
    assert "第2版" in member.get(f"/proposals/{proposal_id}/look-over").html


def test_a_wording_saved_meanwhile_is_shown_not_overwritten(cast: Cast, enter: Enter) -> None:
    proposal_id = prepared(cast)
    first, second = enter(cast.people["nakamura"]), enter(cast.people["kobayashi"])
    for visitor in (first, second):
        visitor.get(f"/proposals/{proposal_id}/revise-snapshot")
    assert first.send(results="先の言葉").status == 303
    page = second.send(results="後の言葉")
    assert page.status == 409
    assert "先の言葉" in page.html
    assert "後の言葉" in page.html
    assert second.send("results").status == 303


def test_what_was_read_is_what_is_agreed_to(cast: Cast, enter: Enter) -> None:
    proposal_id = prepared(cast)
    member, desk = enter(cast.people["katsuragi"]), enter(cast.people["nakamura"])
    member.get(f"/proposals/{proposal_id}/look-over")
    desk.get(f"/proposals/{proposal_id}/revise-snapshot")
    desk.send(results="書き直した成果")
    page = member.send("number")
    assert page.status == 422
    assert "書き直した成果" in page.html
    assert member.send("number").status == 303


def test_the_desk_postpones_takes_back_and_prepares_again(cast: Cast, enter: Enter, clock: Clock) -> None:
    proposal_id = tell(cast, to=State.SCHEDULED)
    desk = enter(cast.people["nakamura"])
    desk.get(f"/proposals/{proposal_id}/postpone-release")
    assert desk.send(reason="写真の確認に時間がかかるため。").status == 303
    assert state_of(proposal_id) is State.PREPARING
    desk.get(f"/proposals/{proposal_id}/schedule-release")
    assert desk.send("day").status == 303
    assert enter(cast.people["katsuragi"]).get(f"/proposals/{proposal_id}/snapshot").html.count("公表を予定") == 1

    published = tell(cast, to=State.SCHEDULED)
    clock.forward(days=2)
    with transaction() as session:
        perform(session, session.get_one(Proposal, published), MoveKey.RELEASE, SYSTEM)
    assert state_of(published) is State.PUBLISHED
    page = desk.get(f"/proposals/{published}/withdraw-publication")
    assert "この理由はそのまま公開されます" in page.html
    assert desk.send(reason="写真の人の同意を確かめるため。").status == 303
    desk.get(f"/proposals/{published}/prepare-again")
    assert desk.send("seen").status == 303
    assert state_of(published) is State.PREPARING


def test_only_the_desk_prepares_and_releases(cast: Cast, enter: Enter) -> None:
    proposal_id = prepared(cast)
    for page in ("revise-snapshot", "schedule-release"):
        assert enter(cast.people["takahashi"]).get(f"/proposals/{proposal_id}/{page}").status == 403
    assert enter(cast.people["nakamura"]).get(f"/proposals/{proposal_id}/look-over").status == 403
