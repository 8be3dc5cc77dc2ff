"""Typing on the pages what came on paper."""

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models.database import reading
from models.outbox import Delivery
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
