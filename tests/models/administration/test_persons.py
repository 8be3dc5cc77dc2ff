"""Persons: one e-mail each, and nobody is stopped whom the house cannot do without."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine

from kyodo.demonstration.cast import engage
from kyodo.demonstration.story import Story
from models import clock as model_clock
from models.administration.persons import (
    add_person,
    change_email,
    change_person,
    deactivate,
    find_person,
    left_behind,
    note_invitation,
    reactivate,
)
from models.administration.posts import add_post, hand_over
from models.administration.record import record_of, told
from models.database import reading, transaction, writing
from models.people import Person, Seat
from models.process.actors import Actor, actor_of
from models.process.refusals import NotReady
from models.process.vocabulary import State
from tests.models.administration.conftest import Office


def test_an_e_mail_belongs_to_one_person(office: Office) -> None:
    added = add_person(office.session, office.actor, name="新田 進", email="Nitta@aobagawa.example", language="ja")
    assert find_person(office.session, "NITTA@aobagawa.example ") is added
    with pytest.raises(NotReady) as refused:
        add_person(office.session, office.actor, name="別人", email="nitta@aobagawa.example", language="ja")
    assert [(gap.field, gap.sentence.ja) for gap in refused.value.missing] == [
        ("email", "このメールアドレスは、すでに使われています")
    ]
    with pytest.raises(NotReady):
        change_email(office.session, office.actor, office.person("sasaki"), email="nitta@aobagawa.example")
    office.session.refresh(office.person("sasaki"))
    assert office.person("sasaki").email == "sasaki@aobagawa.example"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": ""}, "email"),
        ({"email": "nitta"}, "email"),
        ({"email": "nitta@aobagawa.example\nBcc: x@y.example"}, "email"),
        ({"email": "a" * 250 + "@b.jp"}, "email"),
        ({"language": "fr"}, "language"),
    ],
)
def test_a_person_that_cannot_be_is_told_at_its_field(office: Office, typed: dict[str, str], field: str) -> None:
    asked = {"name": "新田 進", "email": "nitta@aobagawa.example", "language": "ja"} | typed
    with pytest.raises(NotReady) as refused:
        add_person(office.session, office.actor, **asked)
    assert [gap.field for gap in refused.value.missing] == [field]


def test_another_e_mail_ends_sessions_and_old_links(office: Office) -> None:
    person = office.person("sasaki")
    before = person.session_key
    assert change_email(office.session, office.actor, person, email="aya@aobagawa.example")
    assert person.session_key != before
    assert told(record_of(office.session, person)[0], "ja")[1] == [
        "メールアドレス：sasaki@aobagawa.example → aya@aobagawa.example"
    ]
    assert not change_email(office.session, office.actor, person, email="aya@aobagawa.example")


def test_a_name_is_corrected_and_written_down(office: Office) -> None:
    person = office.person("sasaki")
    assert change_person(office.session, office.actor, person, name="佐々木 綾", phone="", language="en")
    assert not change_person(office.session, office.actor, person, name="佐々木 綾", phone="", language="en")
    assert told(record_of(office.session, person)[0], "en")[1] == [
        "Name：佐々木 彩 → 佐々木 綾",
        "Language：Japanese → English",
    ]


def test_nobody_stops_the_own_account(office: Office) -> None:
    with pytest.raises(NotReady) as refused:
        deactivate(office.session, office.actor, office.person("admin"))
    assert "自分の利用は停止できません" in refused.value.missing[0].sentence.ja


def test_the_last_administrator_stays(office: Office) -> None:
    second = add_post(office.session, office.actor, office.department("desk"), seat=Seat.ADMINISTRATOR, name="副管理者")
    hand_over(office.session, office.actor, second, person=office.person("kobayashi"), day=model_clock.today())
    other = actor_of(office.session, office.person("kobayashi"))
    deactivate(office.session, other, office.person("admin"))
    assert not office.person("admin").active
    gone = actor_of(office.session, office.person("admin"))
    with pytest.raises(NotReady) as refused:
        deactivate(office.session, gone, office.person("kobayashi"))
    assert "システム管理者が誰もいない日" in refused.value.missing[0].sentence.ja
    assert office.person("kobayashi").active


def test_a_representative_hands_the_group_over_first(office: Office) -> None:
    with pytest.raises(NotReady) as refused:
        deactivate(office.session, office.actor, office.person("katsuragi"))
    assert "「川辺のみまもり」の代表者です" in refused.value.missing[0].sentence.ja
    deactivate(office.session, office.actor, office.person("ono"))


def test_a_stopped_account_opens_again_without_its_old_sessions(office: Office) -> None:
    person = office.person("sasaki")
    before = person.session_key
    deactivate(office.session, office.actor, person)
    deactivate(office.session, office.actor, person)
    assert not person.active
    reactivate(office.session, office.actor, person)
    assert person.active
    assert person.session_key != before
    assert len(record_of(office.session, person)) == 2


def test_the_duties_left_with_nobody_are_named(office: Office) -> None:
    story = Story(office.session, office.cast)
    story.take_to(State.ASSIGNED)
    assert [duty.proposal for duty in left_behind(office.session, office.person("yamamoto"))] == [story.proposal]
    assert left_behind(office.session, office.person("takahashi")) == []
    story.take_on()
    assert left_behind(office.session, office.person("yamamoto")) == []
    deactivate(office.session, office.actor, office.person("yamamoto"))
    assert left_behind(office.session, office.person("takahashi")) != []


def test_the_only_member_of_a_group_leaves_its_duties_behind(office: Office) -> None:
    story = Story(office.session, office.cast)
    assert story.proposal.group is office.group("river")
    assert left_behind(office.session, office.person("katsuragi")) == []
    deactivate(office.session, office.actor, office.person("ono"))
    assert [duty.proposal for duty in left_behind(office.session, office.person("katsuragi"))] == [story.proposal]


def test_who_has_a_password_needs_no_invitation(office: Office) -> None:
    person = office.person("sasaki")
    note_invitation(office.session, office.actor, person)
    person.password_hash = "set"
    with pytest.raises(NotReady):
        note_invitation(office.session, office.actor, person)


def test_an_e_mail_taken_meanwhile_is_told_by_the_database(database: Engine) -> None:
    with transaction() as session:
        cast = engage(session)
    with transaction() as session:
        actor = cast.actor(session, "admin")
        with pytest.raises(NotReady) as refused:
            add_person(session, actor, name="別人", email=cast.people["mori"].email, language="ja")
        add_person(session, actor, name="新田 進", email="nitta@aobagawa.example", language="ja")
    assert refused.value.missing[0].field == "email"
    with reading() as session:
        assert find_person(session, "nitta@aobagawa.example") is not None


def test_two_administrators_cannot_stop_each_other_at_once(database: Engine) -> None:
    with transaction() as session:
        cast = engage(session)
        first = cast.actor(session, "admin")
        post = add_post(session, first, cast.departments["desk"], seat=Seat.ADMINISTRATOR, name="副管理者")
        hand_over(session, first, post, person=cast.people["kobayashi"], day=model_clock.today())
        second = cast.actor(session, "kobayashi")
        ids = {who: cast.people[who].id for who in ("admin", "kobayashi")}
    together = Barrier(2)

    def stop(actor: Actor, who: str) -> bool:
        with writing() as session:
            together.wait(10)
            try:
                deactivate(session, actor, session.get_one(Person, ids[who]))
            except NotReady:
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        tries = [pool.submit(stop, first, "kobayashi"), pool.submit(stop, second, "admin")]
        assert sorted(one.result(30) for one in tries) == [False, True]
    with reading() as session:
        assert sorted(session.get_one(Person, number).active for number in ids.values()) == [False, True]
