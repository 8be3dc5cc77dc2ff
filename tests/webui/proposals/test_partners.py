"""Asking another group to propose together, and its answer, on the pages."""

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models.database import reading
from models.outbox import Delivery
from tests.webui.conftest import Enter
from tests.webui.markup import faults


@pytest.mark.req("A07")
def test_groups_propose_together(enter: Enter, cast: Cast) -> None:
    lead, partner = enter(cast.people["katsuragi"]), enter(cast.people["fujita"])
    lead.get("/proposals/new?call=anytime")
    path = (lead.send("call").answer.location or "").removesuffix("/draft")
    page = lead.get(f"{path}/partners")
    assert faults(page.html) == []
    page = lead.send("part", group="", part="")
    assert page.status == 422
    assert "登録されている団体から選んでください。" in page.html
    assert "受け持つことを入力してください。" in page.html
    assert lead.send("part", group=str(cast.groups["sound"].id), part="受付とテントの持寄り。").status == 303
    assert "返事待ち" in lead.get(f"{path}/partners").html
    with reading() as session:
        [mail] = session.scalars(select(Delivery).where(Delivery.person_id == cast.people["fujita"].id))
    assert "受付とテントの持寄り。" in mail.text
    assert f"{path}/part" in mail.text

    assert partner.get(path).status == 404
    assert "共同提案のお願い" in partner.get("/mine").html
    page = partner.get(f"{path}/part")
    assert faults(page.html) == []
    assert partner.send("answer", answer="").status == 422
    assert partner.send("yes", yes="yes", answer="一緒にやりましょう。").status == 303
    assert partner.get(path).status == 200
    page = lead.get(f"{path}/partners")
    assert "引き受けました" in page.html
    assert "一緒にやりましょう。" in page.html
    assert enter(cast.people["okada"]).get(f"{path}/part").status == 404
