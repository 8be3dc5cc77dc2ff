"""A group comes in by itself: applied for, proved by mail, looked at by the program office."""

import re

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models.database import reading, transaction
from models.groups.registration import Registration
from models.people import Group, Person
from tests.webui.admin.test_departments import follow, main_text
from tests.webui.conftest import PASSWORD, Enter
from tests.webui.groups.post import link_to, mails_to
from tests.webui.markup import faults
from tests.webui.visitor import Page, Visitor

NEW = "青葉川の土手をゆっくり歩く"
YORU = "yoru@library.example"


def apply(visitor: Visitor, email: str = YORU, **typed: str) -> Page:
    """夜の図書館 applies."""
    visitor.get("/groups/new")
    values = {"group_name": "夜の図書館", "kind": "civic", "purpose": "夜に本を読む", "name": "月野 光", "email": email}
    return visitor.send("group_name", **values | typed)


@pytest.mark.req("A11")
def test_a_group_registers_and_the_office_confirms_it(cast: Cast, enter: Enter, visitor: Visitor) -> None:
    page = apply(visitor)
    assert (page.status, page.heading) == (200, "メールをお送りします")
    assert faults(page.html) == []
    page = visitor.get(link_to(YORU))
    assert "夜に本を読む" in main_text(page)
    assert faults(page.html) == []
    page = visitor.send("group_name")
    visitor.get(page.location)
    visitor.send(password=NEW, password_again=NEW)
    assert visitor.get(link_to(YORU)).status == 404
    with reading() as session:
        group = session.scalars(select(Group).where(Group.name == "夜の図書館")).one()
    own = f"/groups/{group.id}/home"
    assert "登録の確認待ち" in visitor.get(own).html
    assert Visitor(visitor.client.application).get(f"/groups/{group.id}").status == 404

    nakamura = enter(cast.people["nakamura"])
    assert "夜の図書館" in main_text(nakamura.get("/desk/groups"))
    nakamura.get(f"/desk/groups/{group.id}/ask")
    nakamura.send(question="会則はありますか。")
    assert "会則はありますか。" in main_text(follow(nakamura))
    assert "会則はありますか。" in mails_to(YORU)[-1].text
    assert "会則はありますか。" in main_text(visitor.get(own))
    nakamura.get(f"/desk/groups/{group.id}")
    nakamura.send("csrf_token")
    assert "団体の登録を確認しました" in follow(nakamura).html
    assert "登録を確認しました" in mails_to(YORU)[-1].subject
    assert visitor.get(f"/groups/{group.id}").status == 200
    count = len(mails_to(YORU))
    nakamura.post(f"/desk/groups/{group.id}/confirm", {"csrf_token": nakamura.token("/account")})
    assert len(mails_to(YORU)) == count


def test_the_answer_is_the_same_whether_the_e_mail_is_known(cast: Cast, visitor: Visitor) -> None:
    pages = []
    for email in (YORU, cast.people["fujita"].email):
        page = apply(visitor, email)
        pages.append(re.sub(r'name="csrf_token" value="[^"]*"', "", page.html.replace(email, "…")))
    assert pages[0] == pages[1]
    assert "すでに利用者として登録されています" in mails_to(cast.people["fujita"].email)[-1].text
    assert "すでに利用者として" not in mails_to(YORU)[-1].text


def test_whoever_is_known_signs_in_and_goes_on(cast: Cast, visitor: Visitor) -> None:
    email = cast.people["fujita"].email
    apply(visitor, email)
    path = link_to(email)
    assert "ログインする" in main_text(visitor.get(path))
    visitor.get(f"/sign-in?next={path}")
    visitor.send(email=email, password=PASSWORD)
    visitor.get(path)
    visitor.send("group_name")
    assert follow(visitor).heading == "夜の図書館"


def test_a_stopped_account_is_told_nothing(cast: Cast, visitor: Visitor) -> None:
    with transaction() as session:
        session.get_one(Person, cast.people["fujita"].id).active = False
    assert apply(visitor, cast.people["fujita"].email).heading == "メールをお送りします"
    assert mails_to(cast.people["fujita"].email) == []


def test_nobodys_mailbox_is_filled(cast: Cast, visitor: Visitor) -> None:
    for _ in range(5):
        assert apply(visitor).heading == "メールをお送りします"
    assert len(mails_to(YORU)) == 3
    with reading() as session:
        assert len(session.scalars(select(Registration)).all()) == 3


def test_each_problem_is_told_at_its_field_and_what_was_typed_stays(cast: Cast, visitor: Visitor) -> None:
    page = apply(visitor, "x", group_name="川辺のみまもり", purpose="", name="")
    assert page.status == 422
    assert faults(page.html) == []
    for field in ("group_name", "purpose", "name", "email"):
        assert page.root.find(f".//*[@id='{field}'][@aria-invalid='true']") is not None, field
    assert mails_to("x") == []


def test_a_name_that_was_taken_meanwhile_is_changed_at_the_link(cast: Cast, enter: Enter, visitor: Visitor) -> None:
    apply(visitor)
    administrator = enter(cast.people["admin"])
    administrator.get("/admin/groups/new")
    administrator.send(name="夜の図書館", kind="civic", representative_email=cast.people["ono"].email)
    visitor.get(link_to(YORU))
    page = visitor.send("group_name")
    assert page.status == 422
    assert "同じ名称の団体があります" in page.html
    assert visitor.send(group_name="夜の図書館（北町）").status == 303


def test_whoever_is_signed_in_registers_at_once(cast: Cast, enter: Enter) -> None:
    fujita = enter(cast.people["fujita"])
    page = fujita.get("/groups/new")
    assert page.root.find(".//*[@name='email']") is None
    fujita.send(group_name="夜の図書館", kind="company", purpose="夜に本を読む")
    page = follow(fujita)
    assert page.heading == "夜の図書館"
    assert "登録の確認待ち" in page.html


def test_only_the_program_office_looks_at_registrations(cast: Cast, enter: Enter) -> None:
    fujita = enter(cast.people["fujita"])
    fujita.get("/groups/new")
    fujita.send(group_name="夜の図書館", kind="civic", purpose="夜に本を読む")
    group_id = fujita.page.location.split("/")[2]  # type: ignore[union-attr]
    takahashi = enter(cast.people["takahashi"])
    assert "登録の確認を待っている団体" not in takahashi.get("/desk/groups").html
    assert "登録を確認する" not in takahashi.get(f"/desk/groups/{group_id}").html
    assert takahashi.get(f"/desk/groups/{group_id}/ask").status == 404
    token = {"csrf_token": takahashi.token("/account")}
    assert takahashi.post(f"/desk/groups/{group_id}/confirm", token).status == 403
    question = enter(cast.people["nakamura"])
    question.get(f"/desk/groups/{group_id}/ask")
    assert question.send(question="").status == 422
