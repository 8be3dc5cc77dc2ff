"""Typing on the pages what came on paper."""

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models.database import reading
from models.openings import Opening
from models.outbox import Delivery
from models.proposals import Proposal
from tests.webui.conftest import Enter
from tests.webui.markup import faults


@pytest.mark.req("N07")
def test_the_office_types_what_came_on_paper(enter: Enter, cast: Cast) -> None:
    desk = enter(cast.people["nakamura"])
    assert "紙や電話で受けた提案を入力する" in desk.get("/cases-all").html
    page = desk.get("/desk/entry")
    assert faults(page.html) == []
    page = desk.send("received_on", group="", call="", received_on="")
    assert page.status == 422
    for sentence in ("団体を選んでください。", "受け取った方法を選んでください。", "受け取った日（今日まで）"):
        assert sentence in page.html
    desk.get("/desk/entry")
    began = desk.send("received_on", group=str(cast.groups["river"].id), call="anytime", channel="phone")
    assert began.status == 303
    path = began.answer.location or ""
    page = desk.get(path)
    assert "「電話での聞き取り」で受け取ったものを、市民協働課が入力しました" in page.html
    desk.send("title", title="川辺の居場所")
    with reading() as session:
        [mail] = session.scalars(select(Delivery).where(Delivery.person_id == cast.people["katsuragi"].id))
    assert "電話での聞き取り" in mail.text
    member = enter(cast.people["katsuragi"])
    assert "川辺の居場所" in member.get(path).html
    assert enter(cast.people["takahashi"]).get("/desk/entry").status == 404


@pytest.mark.req("I11", "N07")
def test_what_came_on_paper_may_have_begun_from_a_work_of_the_city(enter: Enter, cast: Cast) -> None:
    desk = enter(cast.people["nakamura"])
    assert "きっかけになった事業・課題" not in desk.get("/desk/entry").html, "there is none to choose"
    inoue = enter(cast.people["inoue"])
    for title in ("花壇の手入れ", "街路樹の剪定"):
        inoue.get("/desk/openings/new/work")
        inoue.send("title", title=title, text="委託で年4回。", wish="花は使う人が選ぶ。")
    with reading() as session:
        flowers, trees = session.scalars(select(Opening).order_by(Opening.id))
    page = desk.get("/desk/entry")
    assert faults(page.html) == []
    assert "市の事業：花壇の手入れ" in page.html
    typed = {"group": str(cast.groups["river"].id), "call": "anytime", "channel": "paper"}
    began = desk.send("received_on", **typed, opening=str(flowers.id))
    assert "きっかけになった事業・課題：" in desk.get(began.location).html
    assert f'/openings/{flowers.id}">花壇の手入れ' in desk.get(began.location).html
    desk.get("/desk/entry")
    inoue.get(f"/desk/openings/{trees.id}/close")
    inoue.send("because", because="今年度の委託が決まったため。")
    late = desk.send("received_on", **typed, opening=str(trees.id))
    assert late.status == 422
    assert "その受付は終了しました。もう一度選んでください。" in late.html
    assert "街路樹の剪定" not in late.html
    desk.send("received_on", opening="")
    with reading() as session:
        typed_here = select(Proposal.opening_id).where(Proposal.entered_by_id.is_not(None)).order_by(Proposal.id)
        assert session.scalars(typed_here).all() == [flowers.id, None]
