"""A group registers itself by mail, and the program office looks at it (A11)."""

from typing import Any

import pytest
from sqlalchemy import select

from models.administration.record import record_of, told
from models.editions import editions_in_force
from models.groups.directory import directory, public_group
from models.groups.registration import (
    Registration,
    ask,
    ask_back,
    complete,
    confirm,
    forget_old,
    may_check,
    register,
    unconfirmed,
)
from models.people import Group, Person
from models.process.actors import actor_of
from models.process.perform import begin
from models.process.refusals import NotAllowed, NotReady
from tests.conftest import Clock
from tests.models.groups.conftest import Town

ASKED: dict[str, Any] = {
    "group_name": "夜の図書館",
    "kind": "civic",
    "purpose": "夜に本を読む",
    "name": "月野 光",
    "email": "Yoru@library.example",
    "language": "en",
}


def registered(town: Town) -> tuple[Group, Person]:
    """夜の図書館, registered by 月野 光."""
    found = ask(town.session, **ASKED)
    return complete(town.session, found, group_name=found.group_name)


@pytest.mark.req("A11")
def test_the_link_makes_account_and_group_not_yet_confirmed(town: Town) -> None:
    found = ask(town.session, **ASKED)
    assert town.session.scalar(select(Person).where(Person.email == "yoru@library.example")) is None
    group, person = complete(town.session, found, group_name="夜の図書館")
    assert (person.email, person.language, person.password_hash) == ("yoru@library.example", "en", "")
    assert (group.name, group.purpose, group.registered) == ("夜の図書館", "夜に本を読む", False)
    assert [(m.person, m.represents) for m in group.memberships] == [(person, True)]
    assert town.session.scalars(select(Registration)).all() == []
    begin(
        town.session,
        actor=actor_of(town.session, person),
        group=group,
        desk_id=town.cast.departments["desk"].id,
        edition_id=editions_in_force(town.session)[0],
    )


def test_an_account_that_is_there_is_used(town: Town) -> None:
    found = ask(town.session, **ASKED | {"email": "fujita@otonomachi.example"})
    group, person = complete(town.session, found, group_name=found.group_name)
    assert person is town.cast.people["fujita"]
    assert person.name == "藤田 響"
    assert group.id in town.actor("fujita").group_ids


def test_a_link_works_for_a_week(town: Town, clock: Clock) -> None:
    found = ask(town.session, **ASKED)
    clock.forward(days=8)
    with pytest.raises(NotReady):
        complete(town.session, found, group_name=found.group_name)
    forget_old(town.session)
    assert town.session.scalars(select(Registration)).all() == []


def test_a_stopped_account_gets_no_group(town: Town) -> None:
    found = ask(town.session, **ASKED | {"email": "fujita@otonomachi.example"})
    town.cast.people["fujita"].active = False
    with pytest.raises(NotReady):
        complete(town.session, found, group_name=found.group_name)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"group_name": ""}, "group_name"),
        ({"group_name": "川辺のみまもり"}, "group_name"),
        ({"kind": "circus"}, "kind"),
        ({"purpose": " "}, "purpose"),
        ({"purpose": "長" * 1001}, "purpose"),
        ({"name": ""}, "name"),
        ({"email": "x"}, "email"),
    ],
)
def test_what_is_wrong_with_an_application_is_told_at_its_field(town: Town, typed: dict[str, str], field: str) -> None:
    with pytest.raises(NotReady) as refused:
        ask(town.session, **ASKED | typed)
    assert [gap.field for gap in refused.value.missing] == [field]


def test_two_groups_of_one_name_meet_at_the_link(town: Town) -> None:
    first, second = ask(town.session, **ASKED), ask(town.session, **ASKED | {"email": "other@library.example"})
    complete(town.session, first, group_name=first.group_name)
    with pytest.raises(NotReady):
        complete(town.session, second, group_name=second.group_name)
    group, _person = complete(town.session, second, group_name="夜の図書館（北町）")
    assert group.name == "夜の図書館（北町）"


@pytest.mark.req("A11")
def test_the_program_office_confirms_and_then_everybody_finds_it(town: Town) -> None:
    group, _person = registered(town)
    assert group in unconfirmed(town.session)
    assert public_group(town.session, group.id) is None
    assert group.id not in [entry.id for entry in directory(town.session).rows]
    assert confirm(town.session, town.actor("nakamura"), group)
    assert not confirm(town.session, town.actor("kobayashi"), group)
    assert group.registered
    assert unconfirmed(town.session) == []
    assert directory(town.session).rows[0].name == "夜の図書館"


def test_the_program_office_asks_back_and_the_question_stays(town: Town) -> None:
    group, _person = registered(town)
    ask_back(town.session, town.actor("nakamura"), group, "会則はありますか。{kind}")
    assert told(record_of(town.session, group)[0], "ja") == ("登録の内容を問合せ", ["会則はありますか。{kind}"])
    for question in (" ", "長" * 1001):
        with pytest.raises(NotReady):
            ask_back(town.session, town.actor("nakamura"), group, question)


@pytest.mark.parametrize("who", ["katsuragi", "takahashi", "watanabe", "admin"])
def test_nobody_else_confirms(town: Town, who: str) -> None:
    group, _person = registered(town)
    assert not may_check(town.session, town.actor(who))
    with pytest.raises(NotAllowed):
        confirm(town.session, town.actor(who), group)
    with pytest.raises(NotAllowed):
        ask_back(town.session, town.actor(who), group, "だれですか")


def test_nobody_confirms_their_own_group(town: Town) -> None:
    nakamura = town.cast.people["nakamura"]
    group = register(town.session, nakamura, group_name="職員の読書会", kind="civic", purpose="本を読む")
    with pytest.raises(NotAllowed):
        confirm(town.session, town.actor("nakamura"), group)


def test_the_directory_is_searched_by_name_in_any_width_and_by_kind(town: Town) -> None:
    town.group("sound").name = "ＡＢＣ音のまち研究会"
    town.session.flush()
    assert [e.name for e in directory(town.session, "ABC 音の").rows] == ["ＡＢＣ音のまち研究会"]
    assert [e.name for e in directory(town.session, kind="territorial").rows] == ["みどり団地自治会"]
    town.group("danchi").disclosed = []
    town.session.flush()
    assert directory(town.session, kind="territorial").rows[0].purpose == ""
