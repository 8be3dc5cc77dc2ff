"""Members come by invitation, and the representation passes on when the successor accepts: history stays (A14)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import clock as model_clock
from models.administration.groups import end_membership, hand_over_group, members, representative
from models.calendar import in_words
from models.groups import succession
from models.groups.invitations import (
    MOST_WAITING,
    Invitation,
    accept,
    decline,
    invitations,
    invitations_for,
    invite,
    send_again,
    take_back,
)
from models.groups.succession import Handover
from models.people import Membership, Person
from models.process.refusals import NotAllowed, NotReady
from tests.conftest import Clock
from tests.models.groups.conftest import Town

HOSHI = {"name": "星 一", "email": "Hoshi@kawabe.example", "language": "ja"}


def names(town: Town) -> list[str]:
    """Who belongs to 川辺のみまもり today."""
    return [row.person.name for row in members(town.session, town.group(), model_clock.today())]


@pytest.mark.req("A14")
def test_somebody_new_joins_with_an_account_of_their_own(town: Town) -> None:
    invitation = invite(town.session, town.actor("katsuragi"), town.group(), **HOSHI)
    assert town.session.scalar(select(Person).where(Person.email == "hoshi@kawabe.example")) is None
    person = accept(town.session, invitation)
    assert (person.name, person.email, person.password_hash) == ("星 一", "hoshi@kawabe.example", "")
    assert names(town) == ["葛城 花子", "大野 勇", "星 一"]
    assert invitations(town.session, town.group()) == []
    assert town.history()[:2] == [
        f"星 一さんが「川辺のみまもり」のメンバーに（{in_words(model_clock.today(), weekday=False)}から）",
        "メンバーへの招待メールを送信",
    ]


def test_somebody_known_joins_with_the_account_they_have(town: Town) -> None:
    fujita = town.cast.people["fujita"]
    invitation = invite(
        town.session, town.actor("katsuragi"), town.group(), name="だれか", email=fujita.email, language="en"
    )
    assert invitations_for(town.session, fujita) == [invitation]
    assert accept(town.session, invitation) is fujita
    assert names(town)[-1] == "藤田 響"


def test_who_has_joined_meanwhile_is_a_member_once(town: Town) -> None:
    fujita = town.cast.people["fujita"]
    invitation = invite(town.session, town.actor("katsuragi"), town.group(), **HOSHI | {"email": fujita.email})
    town.session.add(
        Membership(
            group=town.group(),
            person=fujita,
            role=town.group().memberships[1].role,
            since=model_clock.today(),
        )
    )
    accept(town.session, invitation)
    assert names(town).count("藤田 響") == 1


def test_an_invitation_grows_old_and_is_sent_again(town: Town, clock: Clock) -> None:
    invitation = invite(town.session, town.actor("katsuragi"), town.group(), **HOSHI)
    first = invitation.key
    clock.forward(days=15)
    with pytest.raises(NotReady):
        accept(town.session, invitation)
    assert invitations_for(town.session, town.cast.people["ono"]) == []
    send_again(town.session, town.actor("katsuragi"), invitation)
    assert invitation.key != first
    accept(town.session, invitation)
    assert names(town)[-1] == "星 一"


def test_an_invitation_taken_back_or_declined_leaves_no_personal_data(town: Town) -> None:
    leader = town.actor("katsuragi")
    take_back(town.session, leader, invite(town.session, leader, town.group(), **HOSHI))
    decline(town.session, invite(town.session, leader, town.group(), **HOSHI))
    town.session.flush()
    assert town.session.scalars(select(Invitation)).all() == []
    assert not any("星" in line for line in town.history())


def test_only_the_representative_invites(town: Town) -> None:
    for who in ("ono", "fujita", "admin"):
        with pytest.raises(NotAllowed):
            invite(town.session, town.actor(who), town.group(), **HOSHI)
    invitation = invite(town.session, town.actor("katsuragi"), town.group(), **HOSHI)
    for act in (send_again, take_back):
        with pytest.raises(NotAllowed):
            act(town.session, town.actor("ono"), invitation)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": ""}, "email"),
        ({"email": "x"}, "email"),
        ({"email": "ono@kawabe.example"}, "email"),
        ({"email": "mori@kawabe.example"}, "email"),
        ({"name": "長" * 81}, "name"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_told_at_its_field(town: Town, typed: dict[str, str], field: str) -> None:
    invite(town.session, town.actor("katsuragi"), town.group(), **HOSHI | {"email": "mori@kawabe.example"})
    with pytest.raises(NotReady) as refused:
        invite(town.session, town.actor("katsuragi"), town.group(), **HOSHI | typed)
    assert [gap.field for gap in refused.value.missing] == [field]


def test_nobody_sends_mails_by_the_hundred(town: Town) -> None:
    leader = town.actor("katsuragi")
    for number in range(MOST_WAITING):
        invite(town.session, leader, town.group(), **HOSHI | {"email": f"n{number}@kawabe.example"})
    with pytest.raises(NotReady):
        invite(town.session, leader, town.group(), **HOSHI)


def offer(town: Town, days: int = 7, leaves: bool = False) -> Handover:
    """Katsuragi asks Ono to represent the group."""
    return succession.offer(
        town.session,
        town.actor("katsuragi"),
        town.group(),
        person_id=town.cast.people["ono"].id,
        day=model_clock.today() + timedelta(days=days),
        leaves=leaves,
    )


@pytest.mark.req("A14")
def test_the_representation_passes_on_when_the_successor_accepts(town: Town, clock: Clock) -> None:
    handover = offer(town)
    assert representative(town.session, town.group()).person.name == "葛城 花子"
    succession.accept(town.session, town.actor("ono"), handover)
    assert names(town)[0] == "葛城 花子"
    clock.forward(days=7)
    assert [row.person.name for row in members(town.session, town.group(), model_clock.today())] == [
        "大野 勇",
        "葛城 花子",
    ]
    assert any("の代表者を葛城 花子さんから大野 勇さんへ" in line for line in town.history())
    assert len(town.group().memberships) == 4


def test_whoever_answers_late_begins_on_that_day(town: Town, clock: Clock) -> None:
    handover = offer(town, days=1, leaves=True)
    clock.forward(days=20)
    succession.accept(town.session, town.actor("ono"), handover)
    assert names(town) == ["大野 勇"]


def test_a_declined_or_withdrawn_offer_changes_nothing(town: Town) -> None:
    succession.decline(town.session, town.actor("ono"), offer(town))
    town.session.flush()
    succession.take_back(town.session, town.actor("katsuragi"), offer(town))
    town.session.flush()
    assert succession.handover_of(town.session, town.group()) is None
    assert representative(town.session, town.group()).person.name == "葛城 花子"
    assert town.history()[0] == "大野 勇さんへの引継ぎの依頼を取消し"
    assert "大野 勇さんが引継ぎを辞退" in town.history()


def test_only_the_representative_offers_and_only_the_successor_answers(town: Town) -> None:
    with pytest.raises(NotAllowed):
        succession.offer(
            town.session,
            town.actor("ono"),
            town.group(),
            person_id=town.cast.people["ono"].id,
            day=model_clock.today(),
            leaves=False,
        )
    handover = offer(town)
    for answer in (succession.accept, succession.decline):
        with pytest.raises(NotAllowed):
            answer(town.session, town.actor("katsuragi"), handover)
    with pytest.raises(NotAllowed):
        succession.take_back(town.session, town.actor("ono"), handover)
    with pytest.raises(NotReady):
        offer(town)


@pytest.mark.parametrize(("who", "days"), [("katsuragi", 1), ("fujita", 1), ("ono", -1), ("ono", 5000)])
def test_an_offer_names_a_member_and_a_day_that_can_be(town: Town, who: str, days: int) -> None:
    with pytest.raises(NotReady):
        succession.offer(
            town.session,
            town.actor("katsuragi"),
            town.group(),
            person_id=town.cast.people[who].id,
            day=model_clock.today() + timedelta(days=days),
            leaves=False,
        )


def test_an_offer_is_over_when_the_administrator_was_first(town: Town) -> None:
    handover = offer(town)
    hand_over_group(
        town.session,
        town.actor("admin"),
        town.group(),
        person_id=town.cast.people["ono"].id,
        day=model_clock.today(),
    )
    with pytest.raises(NotReady):
        succession.accept(town.session, town.actor("ono"), handover)


@pytest.mark.req("A14")
def test_a_group_never_loses_its_last_representative(town: Town) -> None:
    leader = representative(town.session, town.group())
    with pytest.raises(NotReady):
        end_membership(town.session, town.actor("katsuragi"), leader, day=model_clock.today())
    offer(town, leaves=True)
    with pytest.raises(NotReady):
        end_membership(town.session, town.actor("katsuragi"), leader, day=model_clock.today())
