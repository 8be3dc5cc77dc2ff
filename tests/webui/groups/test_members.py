"""Members on pages: invited by mail, joining with an old or a new account, leaving, and the representation handed on."""

from datetime import timedelta

import pytest
from flask import Flask

from kyodo.demonstration.cast import Cast
from models import clock as model_clock
from models.database import transaction
from models.people import Person
from tests.conftest import Clock
from tests.webui.admin.test_departments import follow, main_text
from tests.webui.conftest import PASSWORD, Enter
from tests.webui.groups.post import link_to, mails_to
from tests.webui.markup import faults
from tests.webui.visitor import Page, Visitor

NEW = "青葉川の土手をゆっくり歩く"
HOSHI = "hoshi@kawabe.example"


def home(cast: Cast) -> str:
    """The members' page of 川辺のみまもり."""
    return f"/groups/{cast.groups['river'].id}/home"


def invite(cast: Cast, leader: Visitor, email: str = HOSHI) -> Page:
    """The representative invites 星 一."""
    leader.get(f"/groups/{cast.groups['river'].id}/invite")
    return leader.send(name="星 一", email=email)


def press(visitor: Visitor, path: str, answer: str = "yes") -> Page:
    """Press one of the two buttons of a page that asks."""
    visitor.get(path)
    return visitor.send("csrf_token", answer=answer)


@pytest.mark.req("A14")
def test_somebody_new_joins_by_the_link_and_sets_a_password(cast: Cast, enter: Enter, visitor: Visitor) -> None:
    leader = enter(cast.people["katsuragi"])
    invite(cast, leader)
    page = follow(leader)
    assert "招待のメールを送りました" in page.html
    assert "星 一 hoshi@kawabe.example" in main_text(page)
    [mail] = mails_to(HOSHI)
    assert mail.person_id is None
    assert "葛城 花子さんから" in mail.text
    page = visitor.get(link_to(HOSHI))
    assert page.heading == "「川辺のみまもり」への招待"
    assert faults(page.html) == []
    visitor.send("csrf_token", answer="yes")
    visitor.get(visitor.page.location)  # type: ignore[union-attr]
    visitor.send(password=NEW, password_again=NEW)
    page = visitor.get(home(cast))
    assert "星 一" in main_text(page)
    assert "返事を待っている招待" not in leader.get(home(cast)).html
    assert visitor.get(link_to(HOSHI)).status == 404


def test_somebody_with_an_account_signs_in_to_join(cast: Cast, enter: Enter, visitor: Visitor) -> None:
    email = cast.people["fujita"].email
    invite(cast, enter(cast.people["katsuragi"]), email)
    path = link_to(email)
    page = visitor.get(path)
    assert "ログインしてください" in main_text(page)
    assert press(visitor, path).status == 200
    assert enter(cast.people["fujita"]).get(home(cast)).status == 404
    visitor.get(f"/sign-in?next={path}")
    assert visitor.send(email=email, password=PASSWORD).location == path
    press(visitor, path)
    assert "藤田 響" in main_text(follow(visitor))


def test_the_invited_find_it_on_the_list_of_groups(cast: Cast, enter: Enter) -> None:
    invite(cast, enter(cast.people["katsuragi"]), cast.people["fujita"].email)
    page = enter(cast.people["fujita"]).get("/groups")
    assert "「川辺のみまもり」から招待が届いています" in main_text(page)
    assert "招待が届いています" not in enter(cast.people["ono"]).get("/groups").html


def test_an_account_without_a_password_or_a_stopped_one(cast: Cast, enter: Enter, visitor: Visitor) -> None:
    leader = enter(cast.people["katsuragi"])
    with transaction() as session:
        session.get_one(Person, cast.people["fujita"].id).password_hash = ""
        session.get_one(Person, cast.people["hirano"].id).password_hash = ""
        session.get_one(Person, cast.people["hirano"].id).active = False
    for who, status in (("fujita", 303), ("hirano", 409)):
        invite(cast, leader, cast.people[who].email)
        page = press(visitor, link_to(cast.people[who].email))
        assert page.status == status
    assert enter(cast.people["fujita"]).get(home(cast)).status == 200


def test_whoever_invites_learns_nothing_of_who_is_known(cast: Cast, enter: Enter) -> None:
    leader = enter(cast.people["katsuragi"])
    answers = []
    for email in (HOSHI, cast.people["fujita"].email):
        invite(cast, leader, email)
        answers.append(main_text(follow(leader)).replace(email, "…"))
        leader.get(home(cast))
        leader.post(leader_button(leader, "take-back"), {"csrf_token": leader.token("/account")})
        leader.get(home(cast))
    first, second = (text.split("団体の紹介")[0] for text in answers)
    assert first == second


def leader_button(leader: Visitor, ending: str) -> str:
    """The address of the first button whose address ends so."""
    assert leader.page is not None
    forms = (form.get("action") or "" for form in leader.page.root.findall(".//main//form"))
    return next(action for action in forms if action.endswith(ending))


def test_declining_needs_no_account_and_deletes_what_was_typed(cast: Cast, enter: Enter, visitor: Visitor) -> None:
    leader = enter(cast.people["katsuragi"])
    invite(cast, leader)
    page = press(visitor, link_to(HOSHI), "no")
    assert page.heading == "招待を断りました"
    assert HOSHI not in leader.get(home(cast)).html
    assert visitor.get(link_to(HOSHI)).status == 404


def test_an_invitation_is_sent_again_and_taken_back(cast: Cast, enter: Enter, visitor: Visitor) -> None:
    leader = enter(cast.people["katsuragi"])
    token = {"csrf_token": leader.token("/account")}
    invite(cast, leader)
    first = link_to(HOSHI)
    for _ in range(3):
        leader.get(home(cast))
        leader.post(leader_button(leader, "send-again"), token)
    assert "もう一度送りました" in follow(leader).html
    leader.post(leader_button(leader, "send-again"), token)
    assert "続けて送りすぎています" in follow(leader).html
    assert len(mails_to(HOSHI)) == 4
    assert visitor.get(first).status == 404
    assert visitor.get(link_to(HOSHI)).status == 200
    leader.post(leader_button(leader, "take-back"), token)
    assert HOSHI not in follow(leader).html
    assert visitor.get(link_to(HOSHI)).status == 404


def test_a_link_that_is_old_or_made_up_leads_nowhere(cast: Cast, enter: Enter, visitor: Visitor, clock: Clock) -> None:
    invite(cast, enter(cast.people["katsuragi"]))
    path = link_to(HOSHI)
    for wrong in (path[:-1], path.replace("/1-", "/2-"), "/groups/invitations/x", "/groups/registrations/" + path[20:]):
        assert visitor.get(wrong).status == 404
    clock.forward(days=15)
    page = visitor.get(path)
    assert (page.status, page.heading) == (404, "この案内は、もう使えません")


def test_a_member_invites_nobody_and_finds_no_button(cast: Cast, enter: Enter) -> None:
    member = enter(cast.people["ono"])
    invite(cast, enter(cast.people["katsuragi"]))
    page = member.get(home(cast))
    assert "メンバーを招待する" not in page.html
    assert HOSHI not in page.html
    assert member.get(f"/groups/{cast.groups['river'].id}/invite").status == 403
    token = {"csrf_token": member.token("/account")}
    assert member.post(f"/groups/{cast.groups['river'].id}/invitations/1/take-back", token).status == 404


def test_a_problem_is_told_at_its_field(cast: Cast, enter: Enter) -> None:
    page = invite(cast, enter(cast.people["katsuragi"]), "ono@kawabe.example")
    assert page.status == 422
    assert "すでにメンバーです" in page.html
    assert faults(page.html) == []


def test_the_representative_ends_a_membership_and_a_member_leaves(cast: Cast, enter: Enter) -> None:
    river = cast.groups["river"]
    own = next(m for m in river.memberships if not m.represents)
    leads = next(m for m in river.memberships if m.represents)
    member = enter(cast.people["ono"])
    assert "この団体を離れる" in member.get(home(cast)).html
    assert member.get(f"/groups/{river.id}/members/{leads.id}/end").status == 403
    other = cast.groups["danchi"].memberships[0]
    assert member.get(f"/groups/{river.id}/members/{other.id}/end").status == 404
    leader = enter(cast.people["katsuragi"])
    leader.get(f"/groups/{river.id}/members/{own.id}/end")
    leader.send(day=(model_clock.today() + timedelta(days=3)).isoformat())
    assert "大野 勇さんは「川辺のみまもり」のメンバーを" in main_text(follow(leader))
    leader.get(f"/groups/{river.id}/members/{leads.id}/end")
    page = leader.send(day=model_clock.today().isoformat())
    assert "先に代表者を引き継いでください" in page.html


def ask_ono(cast: Cast, leader: Visitor) -> Page:
    """The representative asks 大野 勇 to take over tomorrow."""
    leader.get(f"/groups/{cast.groups['river'].id}/hand-over")
    day = (model_clock.today() + timedelta(days=1)).isoformat()
    return leader.send(person_id=str(cast.people["ono"].id), day=day)


@pytest.mark.req("A14")
def test_the_successor_accepts_and_the_history_says_so(cast: Cast, enter: Enter, clock: Clock) -> None:
    leader, member = enter(cast.people["katsuragi"]), enter(cast.people["ono"])
    ask_ono(cast, leader)
    assert "大野 勇さんの返事を待っています" in main_text(follow(leader))
    assert mails_to("ono@kawabe.example")[-1].person_id == cast.people["ono"].id
    path = link_to("ono@kawabe.example")
    assert "代表者を引き継いでほしいと頼まれています" in member.get(home(cast)).html
    assert leader.get(path).status == 404
    assert faults(member.get(path).html) == []
    press(member, path)
    text = main_text(follow(member))
    assert "の代表者を葛城 花子さんから大野 勇さんへ" in text
    clock.forward(days=1)
    assert "メンバーを招待する" in member.get(home(cast)).html
    assert "メンバーを招待する" not in leader.get(home(cast)).html


def test_an_offer_is_declined_or_taken_back(cast: Cast, enter: Enter) -> None:
    leader, member = enter(cast.people["katsuragi"]), enter(cast.people["ono"])
    ask_ono(cast, leader)
    press(member, link_to("ono@kawabe.example"), "no")
    assert "大野 勇さんが引継ぎを辞退" in main_text(follow(member))
    ask_ono(cast, leader)
    leader.get(home(cast))
    leader.send("csrf_token")
    assert "返事を待っています" not in follow(leader).html
    assert member.get(link_to("ono@kawabe.example")).status == 404


def test_an_offer_that_stands_no_longer_is_refused_in_a_sentence(cast: Cast, enter: Enter) -> None:
    leader, member, administrator = (enter(cast.people[who]) for who in ("katsuragi", "ono", "admin"))
    ask_ono(cast, leader)
    administrator.get(f"/admin/groups/{cast.groups['river'].id}/hand-over")
    administrator.send(person_id=str(cast.people["ono"].id))
    page = press(member, link_to("ono@kawabe.example"))
    assert page.status == 409
    assert "引き継げません" in page.html


def test_what_is_missing_for_a_handover_is_told(app: Flask, cast: Cast, enter: Enter) -> None:
    leader = enter(cast.people["katsuragi"])
    leader.get(f"/groups/{cast.groups['river'].id}/hand-over")
    page = leader.send("day", day="")
    assert page.status == 422
    assert "新しい代表者を選んでください" in page.html
    assert "日付を入力してください" in page.html
    assert enter(cast.people["ono"]).get(f"/groups/{cast.groups['river'].id}/hand-over").status == 403
    alone = enter(cast.people["fujita"]).get(f"/groups/{cast.groups['sound'].id}/hand-over")
    assert "ほかにメンバーがいません" in alone.html
