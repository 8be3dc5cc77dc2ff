"""A section enters, corrects and closes what it shows; other sections find nothing of it here."""

import pytest
from flask import Flask
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models.database import reading
from models.openings import Opening
from tests.webui.conftest import Enter
from tests.webui.markup import faults
from tests.webui.visitor import Visitor

LIST = "/desk/openings"


def shown() -> Opening:
    """The only entry there is."""
    with reading() as session:
        return session.scalars(select(Opening)).one()


def entered(officer: Visitor) -> str:
    """A work of the greenery section; its page."""
    officer.get(f"{LIST}/new/work")
    officer.send("title", title="花壇の手入れ", text="委託で年4回。", wish="花は使う人が選ぶ。", since="昭和58年度から")
    return f"{LIST}/{shown().id}"


@pytest.mark.req("I11", "P23")
def test_an_officer_enters_a_work_of_the_own_section_and_everybody_reads_it(
    enter: Enter, cast: Cast, app: Flask
) -> None:
    officer = enter(cast.people["inoue"])
    assert "担当課として登録・訂正する" in officer.get("/openings").html
    page = officer.get(f"{LIST}/new/work")
    assert faults(page.html) == []
    page = officer.send("title", title="花壇の手入れ", text="委託で年4回。", wish=" ", since="")
    assert page.status == 422
    assert "「市民が担う方がよいと考えること」を入力してください。" in page.html
    assert "花壇の手入れ" in page.html
    page = officer.send("title", wish="花は使う人が選ぶ方がよい。")
    assert page.status == 303
    page = officer.get(page.location)
    assert faults(page.html) == []
    assert "「花壇の手入れ」を登録" in page.html
    assert "花は使う人が選ぶ方がよい。" in Visitor(app).get(f"/openings/{shown().id}").html


@pytest.mark.req("I07")
def test_an_officer_shares_a_problem(enter: Enter, cast: Cast, app: Flask) -> None:
    officer = enter(cast.people["mori"])
    officer.get(f"{LIST}/new/problem")
    typed = {"title": "情報が届かない", "text": "避難所に来たのは4人。", "source": "避難所の記録"}
    page = officer.send("title", **typed, known_on="9999年1月1日")
    assert page.status == 422
    assert officer.send("title", known_on="2026-10-01").status == 303
    page = Visitor(app).get(f"/openings/{shown().id}")
    assert "令和8年10月1日" in page.html


def test_an_entry_is_corrected_closed_and_opened_again(enter: Enter, cast: Cast, app: Flask) -> None:
    officer, public = enter(cast.people["inoue"]), Visitor(app)
    here = entered(officer)
    page = officer.get(f"{here}/edit")
    assert faults(page.html) == []
    assert "昭和58年度から" in page.html
    assert officer.send("title", title="小さな公園の花壇").status == 303
    assert "小さな公園の花壇" in public.get(here.removeprefix("/desk")).html

    page = officer.get(f"{here}/close")
    assert officer.send("because", because="").status == 422
    assert officer.send("because", because="協働で始めたため。").status == 303
    page = public.get(here.removeprefix("/desk"))
    assert "協働で始めたため。" in page.html
    assert "について提案する" not in page.html
    assert officer.get(f"{here}/close").status == 404
    assert "小さな公園の花壇" in officer.get(f"{LIST}?closed=1").html
    officer.get(here)
    assert officer.post(f"{here}/reopen", {"csrf_token": officer.token(here)}).status == 303
    assert "について提案する" in public.get(here.removeprefix("/desk")).html


def test_what_a_colleague_corrected_meanwhile_is_not_overwritten(enter: Enter, cast: Cast) -> None:
    officer, desk = enter(cast.people["inoue"]), enter(cast.people["nakamura"])
    here = entered(officer)
    officer.get(f"{here}/edit")
    desk.get(f"{here}/edit")
    assert desk.send("title", title="花壇と植込み").status == 303
    page = officer.send("title", text="委託で年6回。")
    assert page.status == 422
    assert "今の内容：花壇と植込み" in page.html
    assert shown().title == "花壇と植込み"


def test_other_sections_the_public_and_groups_find_nothing_of_it_here(enter: Enter, cast: Cast, app: Flask) -> None:
    here = entered(enter(cast.people["inoue"]))
    other = enter(cast.people["mori"])
    assert "花壇の手入れ" not in other.get(LIST).html
    for path in (here, f"{here}/edit", f"{here}/close", f"{LIST}/new/nothing"):
        assert other.get(path).status == 404, path
    assert other.post(f"{here}/reopen", {"csrf_token": other.token(LIST + "/new/work")}).status == 404
    assert "担当課として登録" not in other.get(here.removeprefix("/desk")).html
    for who in ("katsuragi", "admin"):
        assert enter(cast.people[who]).get(LIST).status == 404, who
    assert "花壇の手入れ" in enter(cast.people["nakamura"]).get(LIST).html
