"""A member's own page and beginning a proposal."""

import secrets
from datetime import date

import pytest

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Plot, Story
from models import clock
from models.database import transaction
from models.outbox import Delivery
from models.people import MemberRole, Membership
from models.process.vocabulary import State
from models.proposals import Proposal
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.telling import queries, stands, tell


def test_what_i_must_do_comes_first_with_its_date(cast: Cast, enter: Enter) -> None:
    tell(cast, Story.submit, Story.return_for_correction, plot=Plot(title="直してほしい提案"))
    tell(cast, to=State.SUBMITTED, plot=Plot(title="市の番の提案"))
    page = enter(cast.people["katsuragi"]).get("/mine")
    assert faults(page.html) == []
    table = page.root.find(".//table")
    assert table is not None
    assert "直してほしい提案" in text_of(table)
    assert "提案書を直して再提出してください" in text_of(table)
    assert "市の番の提案" not in text_of(table)
    assert "市民協働課：提案の受付" in text_of(page.root)


def test_only_the_representative_is_asked_to_sign(cast: Cast, enter: Enter) -> None:
    tell(cast, to=State.SIGNING)
    assert "協定書への署名" in _to_do(enter, cast, "katsuragi")
    assert "協定書への署名" not in _to_do(enter, cast, "ono")


def _to_do(enter: Enter, cast: Cast, who: str) -> str:
    section = enter(cast.people[who]).get("/mine").root.find(".//section[@aria-labelledby='todo']")
    assert section is not None
    return text_of(section)


def test_other_groups_proposals_are_not_there(cast: Cast, enter: Enter) -> None:
    tell(cast, plot=Plot(title="川辺の下書き"))
    assert "川辺の下書き" not in enter(cast.people["okada"]).get("/mine").html


def test_notices_are_shown_until_they_are_read(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SUBMITTED)
    with transaction() as session:
        session.add(
            Delivery(
                proposal_id=proposal_id,
                person_id=cast.people["katsuragi"].id,
                occasion="test",
                channel="notice",
                subject="提案を受理しました",
                text="除外審査に進みます。",
                message_id=secrets.token_hex(8),
                planned_at=clock.now(),
                due_at=clock.now(),
                sent_at=clock.now(),
            )
        )
    visitor = enter(cast.people["katsuragi"])
    page = visitor.get("/mine")
    section = page.root.find(".//section[@aria-labelledby='notices']")
    assert section is not None
    assert "提案を受理しました" in text_of(section)
    assert "未読" in text_of(section)
    opened = visitor.send()
    assert opened.location == f"/proposals/{proposal_id}"
    section = visitor.get("/mine").root.find(".//section[@aria-labelledby='notices']")
    assert section is not None
    assert "未読" not in text_of(section)


def test_somebody_in_no_group_is_told_whom_to_ask(cast: Cast, enter: Enter) -> None:
    visitor = enter(cast.people["nakamura"])
    assert "まだどの団体のメンバーにもなっていません" in visitor.get("/mine").html
    page = visitor.get("/proposals/new")
    assert "団体の代表者に招待を頼むか、団体を登録してください" in page.html
    assert page.root.find(".//main//a[@href='/groups/new']") is not None
    assert visitor.post("/proposals/new", {"csrf_token": visitor.token("/account"), "group": "1"}).status == 422


def test_a_member_of_two_groups_chooses(cast: Cast, enter: Enter) -> None:
    with transaction() as session:
        session.add(
            Membership(
                group_id=cast.groups["sound"].id,
                person_id=cast.people["katsuragi"].id,
                role=MemberRole.MEMBER,
                since=date(2025, 4, 1),
            )
        )
    visitor = enter(cast.people["katsuragi"])
    page = visitor.get("/proposals/new")
    assert faults(page.html) == []
    unchosen = visitor.send("group")
    assert unchosen.status == 422
    assert "団体を選んでください" in unchosen.html
    assert "募集を選んでください" in unchosen.html
    assert visitor.send("group", group="999", call="anytime").status == 422
    begun = visitor.send("group", group=str(cast.groups["sound"].id), call="anytime")
    assert begun.status == 303
    with stands(int(begun.location.split("/")[2])) as proposal:
        assert (proposal.group_id, proposal.state) == (cast.groups["sound"].id, State.DRAFT)


def test_two_clicks_begin_one_draft(cast: Cast, enter: Enter) -> None:
    visitor = enter(cast.people["katsuragi"])
    visitor.get("/proposals/new")
    first = visitor.send("call", call="anytime")
    assert first.status == 303
    visitor.get("/proposals/new")
    assert visitor.send("call", call="anytime").location == first.location


def test_a_long_list_has_pages_and_costs_the_same(cast: Cast, enter: Enter) -> None:
    visitor = enter(cast.people["katsuragi"])
    for number in range(5):
        tell(cast, plot=Plot(title=f"提案{number}"))
    few = queries(lambda: visitor.get("/mine"))
    for number in range(5, 25):
        tell(cast, plot=Plot(title=f"提案{number}"))
    assert queries(lambda: visitor.get("/mine")) <= few
    page = visitor.get("/mine")
    assert "提案24" in page.html
    assert "次へ" in page.html
    last = visitor.get(f"/mine?after={_id_of('提案5')}")
    assert "提案4<" in last.html
    assert visitor.get("/mine?after=99999999999999999999").status == 200


def _id_of(title: str) -> int:
    with transaction() as session:
        return session.query(Proposal.id).filter(Proposal.title == title).scalar() or 0


@pytest.mark.req("I05")
def test_beginning_asks_nothing_but_the_group(cast: Cast, enter: Enter) -> None:
    page = enter(cast.people["okada"]).get("/proposals/new")
    assert faults(page.html) == []
    assert "解決したい課題" in page.html
    assert [name for name, _ in page.form()[1]] == ["csrf_token"]
