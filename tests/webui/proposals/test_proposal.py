"""The page of one proposal: whose turn, what one may do, what happened, whom to call; the same cost however long it is."""

from datetime import timedelta

import pytest
from flask import Flask

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from models import clock
from models.process.definition import MOVES
from models.process.duties import DUTIES
from models.process.fulfilment import DONE_BY
from models.process.vocabulary import DutyKey, Hat, MoveKey, State
from tests.conftest import Clock
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.telling import events_of, go_on, queries, stands, tell
from tests.webui.visitor import Page
from webui.proposals.turn import BESIDES

MOST_QUERIES = 33


def _buttons(page: Page) -> list[str]:
    notice = page.root.find(".//section[@aria-labelledby='turn']")
    return [] if notice is None else [text_of(link) for link in notice.iter("a")]


def _section(page: Page, name: str) -> str:
    found = page.root.find(f".//*[@aria-labelledby='{name}']")
    return "" if found is None else text_of(found)


def test_a_day_of_another_year_carries_its_year(cast: Cast, enter: Enter, clock: Clock) -> None:
    proposal_id = tell(cast, to=State.CONSULTING)
    member = enter(cast.people["katsuragi"])
    assert "令和" not in _section(member.get(f"/proposals/{proposal_id}"), "stage")
    clock.forward(days=400)
    assert "令和" in _section(member.get(f"/proposals/{proposal_id}"), "stage")


def test_of_two_reports_it_says_which_is_meant(cast: Cast, enter: Enter) -> None:
    page = enter(cast.people["katsuragi"]).get(f"/proposals/{tell(cast, to=State.RUNNING)}")
    assert "実施報告の提出（中間報告）" in _section(page, "turn")
    assert "実施報告の提出（最終報告）" in _section(page, "turn")


@pytest.mark.req("P05", "B01")
def test_each_party_sees_whose_turn_it_is(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SUBMITTED)
    desk = enter(cast.people["nakamura"]).get(f"/proposals/{proposal_id}")
    assert "あなたの番です：提案の受付" in desk.html
    assert "あと5開庁日" in _section(desk, "turn")
    assert _buttons(desk) == ["受理する", "補正を求める", "不受理にする"]
    group = enter(cast.people["katsuragi"]).get(f"/proposals/{proposal_id}")
    assert "今は市民協働課の番です" in _section(group, "others")
    assert _buttons(group) == []


def test_a_late_duty_says_so(cast: Cast, enter: Enter, clock: Clock) -> None:
    proposal_id = tell(cast, to=State.SUBMITTED)
    before = enter(cast.people["nakamura"]).get(f"/proposals/{proposal_id}")
    assert "提案の受付" in _section(before, "coming")
    clock.forward(days=30)
    late = enter(cast.people["nakamura"]).get(f"/proposals/{proposal_id}")
    assert "開庁日超過" in _section(late, "turn")
    assert _section(late, "coming") == "", "What should have been done is nothing that is coming."


def test_the_steps_carry_dates_and_the_end(cast: Cast, enter: Enter) -> None:
    running = enter(cast.people["katsuragi"]).get(f"/proposals/{tell(cast, to=State.CONSULTING)}")
    assert "7段階中3番目：事前協議" in running.html
    now = running.root.find(".//li[@aria-current='step']")
    assert now is not None
    assert "協議中" in text_of(now)
    excluded = enter(cast.people["katsuragi"]).get(
        f"/proposals/{tell(cast, Story.submit, Story.accept, Story.exclude)}"
    )
    assert "ここで終了" in _section(excluded, "stage")
    assert "対象外" in _section(excluded, "ending")
    assert "政治活動" in _section(excluded, "ending")
    assert "理由：" in _section(excluded, "ending")
    assert excluded.root.find(".//li[@aria-current='step']") is None


def test_the_history_shows_names_to_parties_and_the_citys_own_steps_to_the_city(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, Story.submit, Story.accept, Story.find, Story.propose_pass)
    group = _section(enter(cast.people["katsuragi"]).get(f"/proposals/{proposal_id}"), "history")
    assert "提案を受理しました" in group
    assert "中村 美咲（市民協働課）" in group
    assert "確認に回しました" not in group
    desk = _section(enter(cast.people["kobayashi"]).get(f"/proposals/{proposal_id}"), "history")
    assert "「通過」として確認に回しました" in desk


def test_a_section_that_declines_stays_visible_with_its_reason(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.ASSIGNED)
    go_on(cast, proposal_id, MoveKey.DECLINE_ASSIGNMENT, "yamamoto", reason="子ども未来課の所管と考えます。")
    page = enter(cast.people["katsuragi"]).get(f"/proposals/{proposal_id}")
    assert "子ども未来課の所管と考えます。" in _section(page, "history")
    assert "福祉政策課" in _section(page, "history")


@pytest.mark.req("C07")
def test_there_is_somebody_to_call(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.CONSULTING)
    group = _section(enter(cast.people["katsuragi"]).get(f"/proposals/{proposal_id}"), "contacts")
    for words in ("福祉政策課", "髙橋 直樹", "000-000-0210", "市民協働課", "中村 美咲", "000-000-0110"):
        assert words in group
    city = _section(enter(cast.people["takahashi"]).get(f"/proposals/{proposal_id}"), "contacts")
    assert "川辺のみまもり" in city
    assert "葛城 花子" in city


def test_what_is_not_ready_says_what_has_to_be_there_first(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.DRAFTING)
    page = enter(cast.people["takahashi"]).get(f"/proposals/{proposal_id}")
    assert "決裁に回す" not in _buttons(page)
    assert "協定書の案がまだありません。" in _section(page, "actions")


@pytest.mark.req("C04", "E01")
def test_a_message_reaches_the_other_side(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.CONSULTING)
    visitor = enter(cast.people["ono"])
    visitor.get(f"/proposals/{proposal_id}")
    sent = visitor.send("reason", reason="次回は夜でもよいですか。\n<b>公民館</b>です。")
    assert (sent.status, sent.location) == (303, f"/proposals/{proposal_id}")
    seen = enter(cast.people["takahashi"]).get(f"/proposals/{proposal_id}")
    assert "次回は夜でもよいですか。" in seen.html
    assert "&lt;b&gt;公民館&lt;/b&gt;" in seen.html
    empty = visitor.get(f"/proposals/{proposal_id}")
    empty = visitor.send("reason", reason="   ")
    assert empty.status == 422
    assert "メッセージを入力してください" in empty.html
    long = visitor.send("reason", reason="あ" * 2001)
    assert long.status == 422
    assert "あ" * 2001 in long.html


def test_a_message_sent_twice_is_there_once(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.CONSULTING)
    visitor = enter(cast.people["ono"])
    page = visitor.get(f"/proposals/{proposal_id}")
    fields = dict(page.form("reason")[1]) | {"reason": "一度だけ"}
    before = events_of(proposal_id)
    for _click in range(2):
        assert visitor.post(f"/proposals/{proposal_id}/comment", fields).status == 303
    assert events_of(proposal_id) == before + 1


@pytest.mark.parametrize("who", ["katsuragi", "takahashi", "nakamura"])
def test_a_long_case_costs_no_more_queries_than_a_short_one(cast: Cast, enter: Enter, who: str) -> None:
    proposal_id = tell(cast, lambda s: s.take_to(State.CONSULTING), Story.hold_meeting)
    visitor = enter(cast.people[who])
    short = queries(lambda: visitor.get(f"/proposals/{proposal_id}"))
    for number in range(4):
        go_on(
            cast, proposal_id, MoveKey.RECORD_MEETING, "takahashi", held_on=clock.today() - timedelta(days=number),
            participants="双方", minutes="話し合いました。",
        )  # fmt: skip
        go_on(cast, proposal_id, MoveKey.COMMENT, "ono", reason=f"{number}通目")
    assert queries(lambda: visitor.get(f"/proposals/{proposal_id}")) <= short
    assert short <= MOST_QUERIES


def test_the_page_of_every_end_is_sound(cast: Cast, enter: Enter) -> None:
    for steps in ([Story.submit, Story.decline], [Story.submit, Story.withdraw]):
        page = enter(cast.people["katsuragi"]).get(f"/proposals/{tell(cast, *steps)}")
        assert faults(page.html) == []
        assert _buttons(page) == []


def test_every_duty_of_a_person_has_a_button(app: Flask) -> None:
    """Where a duty is owed, some move that answers it starts."""
    of_kyodo = {DutyKey.MAKE_SNAPSHOT, DutyKey.RELEASE}
    of_a_round = {DutyKey.SCORE}
    by_whatever_decides = {DutyKey.ANSWER}
    for key in DutyKey:
        if key not in of_kyodo | of_a_round | by_whatever_decides:
            assert DONE_BY[key] or BESIDES.get(key), key
    for moves in BESIDES.values():
        for move in moves:
            assert Hat.SYSTEM not in MOVES[move].by
            assert set(MOVES[move].starts) & set(DUTIES), move


def test_the_page_a_link_of_yesterday_leads_to_says_who_was_first(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, Story.submit, Story.accept)
    page = enter(cast.people["nakamura"]).get(f"/proposals/{proposal_id}/accept")
    assert page.status == 409
    assert page.heading == "この操作は行われませんでした"
    assert "先に市民協働課が「受理する」を行いました" in page.html
    assert f'href="/proposals/{proposal_id}"' in page.html
    with stands(proposal_id) as proposal:
        assert proposal.state is State.SCREENING


@pytest.mark.req("B01")
def test_the_page_the_public_reads_is_a_click_away_once_there_is_one(cast: Cast, enter: Enter) -> None:
    visitor = enter(cast.people["ono"])
    assert "公開しているページ" not in visitor.get(f"/proposals/{tell(cast, to=State.SUBMITTED)}").html
    proposal_id = tell(cast, to=State.SCREENING)
    page = visitor.get(f"/proposals/{proposal_id}")
    with stands(proposal_id) as proposal:
        address = f"/cases/{proposal.number}"
    assert f'href="{address}"' in page.html
    assert visitor.get(address).status == 200
