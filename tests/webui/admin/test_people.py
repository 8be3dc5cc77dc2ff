"""People on pages: invite, correct, stop; no name and no e-mail in any address."""

import logging
import re

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Plot, Story
from models.database import reading, transaction
from models.outbox import Delivery
from models.people import Person
from models.process.vocabulary import State
from tests.webui.admin.test_departments import follow, main_text
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.visitor import Visitor

NEW = "青葉川の土手をゆっくり歩く"


def mails_to(email: str) -> list[Delivery]:
    """The mails planned for somebody."""
    with reading() as session:
        return list(
            session.scalars(select(Delivery).join(Person, Person.id == Delivery.person_id).where(Person.email == email))
        )


def invite(administrator: Visitor, name: str, email: str) -> None:
    administrator.get("/admin/people/invite")
    administrator.send(name=name, email=email)


def test_an_invited_person_sets_a_password_and_is_in(administrator: Visitor, visitor: Visitor) -> None:
    invite(administrator, "新田 進", "Nitta@aobagawa.example")
    page = follow(administrator)
    assert page.heading == "新田 進"
    assert "まだパスワードを設定していません" in page.html
    [mail] = mails_to("nitta@aobagawa.example")
    link = re.search(r"https?://[^/\s]+(/password/new/\S+)", mail.text)
    assert link is not None
    visitor.get(link[1])
    visitor.send(password=NEW, password_again=NEW)
    assert visitor.page is not None
    assert visitor.page.status == 302
    assert "まだパスワードを設定していません" not in administrator.get(administrator.path).html


def test_an_invitation_is_sent_again(cast: Cast, administrator: Visitor) -> None:
    invite(administrator, "新田 進", "nitta@aobagawa.example")
    follow(administrator)
    path = administrator.path
    token = {"csrf_token": administrator.token("/account")}
    administrator.post(f"{path}/invite-again", token)
    follow(administrator)
    assert len(mails_to("nitta@aobagawa.example")) == 2
    refused = administrator.post(f"/admin/people/{cast.people['sasaki'].id}/invite-again", token)
    assert refused.status == 409


def test_an_e_mail_somebody_has_is_said_at_the_field_and_nobody_is_written_to(administrator: Visitor) -> None:
    invite(administrator, "別の 人", "sasaki@aobagawa.example")
    page = administrator.page
    assert page is not None
    assert page.status == 422
    error = page.root.find(".//*[@id='email-error']")
    assert error is not None
    assert "すでに使われています" in text_of(error)
    assert page.root.find(".//*[@id='name'][@value='別の 人']") is not None
    assert faults(page.html) == []
    assert mails_to("sasaki@aobagawa.example") == []


def test_people_are_searched_without_their_names_in_an_address(
    administrator: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        administrator.get("/admin/people")
        administrator.send(q="佐々木")
        page = follow(administrator)
    assert administrator.path == "/admin/people"
    assert [text_of(link) for link in page.root.findall(".//tbody//a")] == ["佐々木 彩"]
    assert "佐々木" not in caplog.text
    assert faults(page.html) == []
    administrator.send("q", q="だれもいない")
    assert "当てはまる人はいません" in follow(administrator).html
    administrator.send("q", q="")
    assert "登録の新しい順" in follow(administrator).html


def test_the_list_leads_forwards_and_back(administrator: Visitor, cast: Cast) -> None:
    found: list[str] = []
    path = "/admin/people"
    while path:
        page = administrator.get(path)
        found += [text_of(link) for link in page.root.findall(".//tbody//a")]
        following = page.root.find(".//a[@rel='next']")
        path = (following.get("href") or "") if following is not None else ""
    assert sorted(found) == sorted(person.name for person in cast.people.values())
    back = administrator.page.root.find(".//a[@rel='prev']") if administrator.page else None
    assert back is not None


def test_a_name_is_corrected(cast: Cast, administrator: Visitor) -> None:
    person = cast.people["sasaki"]
    administrator.get(f"/admin/people/{person.id}/edit")
    administrator.send(name="佐々木 綾", phone="０００−０００")
    page = follow(administrator)
    assert page.heading == "佐々木 綾"
    assert "氏名：佐々木 彩 → 佐々木 綾" in main_text(page)


def test_another_e_mail_ends_the_session(cast: Cast, administrator: Visitor, enter: Enter) -> None:
    person = cast.people["sasaki"]
    own = enter(person)
    administrator.get(f"/admin/people/{person.id}/email")
    administrator.send(email="aya@aobagawa.example")
    follow(administrator)
    assert own.get("/account").status == 302
    administrator.get(f"/admin/people/{person.id}/email")
    assert "すでに使われています" in administrator.send(email="mori@aobagawa.example").html


def test_the_administrators_own_e_mail_changes_without_signing_out(cast: Cast, administrator: Visitor) -> None:
    administrator.get(f"/admin/people/{cast.people['admin'].id}/email")
    administrator.send(email="kanri@aobagawa.example")
    assert "kanri@aobagawa.example" in main_text(follow(administrator))


def test_an_uninvited_address_is_invited_again_when_it_changes(administrator: Visitor) -> None:
    invite(administrator, "新田 進", "nita@aobagawa.example")
    follow(administrator)
    administrator.get(f"{administrator.path}/email")
    administrator.send(email="nitta@aobagawa.example")
    follow(administrator)
    assert len(mails_to("nitta@aobagawa.example")) == 2


def test_stopping_warns_of_what_is_left_and_ends_the_session(cast: Cast, administrator: Visitor, enter: Enter) -> None:
    with transaction() as session:
        Story(session, cast, Plot(title="川辺の見守り")).take_to(State.ASSIGNED)
    person = cast.people["yamamoto"]
    own = enter(person)
    page = administrator.get(f"/admin/people/{person.id}/deactivate")
    assert "ほかに行える人がいない仕事が残ります" in page.html
    assert "川辺の見守り：引受けの回答" in main_text(page)
    assert "福祉政策課長" in main_text(page)
    assert faults(page.html) == []
    administrator.send("csrf_token")
    page = follow(administrator)
    assert "利用を停止しています" in page.html
    assert own.get("/account").status == 302
    assert "山本 さくらさんは利用停止中" in main_text(administrator.get("/admin"))
    administrator.post(f"/admin/people/{person.id}/reactivate", {"csrf_token": administrator.token("/account")})
    assert "利用を停止しています" not in follow(administrator).html


def test_a_groups_draft_keeps_its_title_to_itself(cast: Cast, administrator: Visitor) -> None:
    with transaction() as session:
        Story(session, cast, Plot(title="ひみつの下書き", group="sound", proposer="fujita"))
    page = administrator.get(f"/admin/people/{cast.people['fujita'].id}/deactivate")
    assert "提案前の下書き" in main_text(page)
    assert "ひみつの下書き" not in page.html


@pytest.mark.parametrize(("who", "said"), [("admin", "自分の利用は停止できません"), ("katsuragi", "代表者です")])
def test_who_has_to_stay_is_said_in_a_sentence(cast: Cast, administrator: Visitor, who: str, said: str) -> None:
    administrator.get(f"/admin/people/{cast.people[who].id}/deactivate")
    page = administrator.send("csrf_token")
    assert page.status == 422
    assert said in page.html
    with reading() as session:
        assert session.get_one(Person, cast.people[who].id).active
