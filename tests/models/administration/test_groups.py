"""Groups: always a representative, roles are handed over, and the history stays (A14)."""

from datetime import date, timedelta

import pytest

from kyodo.demonstration.story import Story
from models import clock as model_clock
from models.administration.groups import (
    PROFILE,
    add_group,
    add_member,
    change_group,
    end_membership,
    hand_over_group,
    members,
    representative,
)
from models.administration.record import record_of, told
from models.people import Group, MemberRole, Membership
from models.process.actors import actor_of, holders
from models.process.perform import available
from models.process.refusals import NotReady
from models.process.vocabulary import Hat, MoveKey, State
from tests.conftest import Clock
from tests.models.administration.conftest import Office

TODAY = date(2026, 11, 21)
DAY = date(2027, 4, 1)
EVE = DAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_november(clock: Clock) -> None:
    clock.set(TODAY)


def rows(office: Office, group: Group) -> list[tuple[str, MemberRole, date, date | None]]:
    """Every membership there ever was."""
    office.session.flush()
    office.session.expire_all()
    return [(row.person.name, row.role, row.since, row.until) for row in group.memberships]


def membership(office: Office, who: str) -> Membership:
    """The first membership of somebody in 川辺のみまもり."""
    return next(row for row in office.group("river").memberships if row.person is office.person(who))


@pytest.mark.req("A14")
def test_a_representative_is_handed_over_and_the_history_stays(office: Office) -> None:
    group = office.group("river")
    hand_over_group(office.session, office.actor, group, person_id=office.person("ono").id, day=DAY)
    hand_over_group(office.session, office.actor, group, person_id=office.person("ono").id, day=DAY)
    since = date(2020, 4, 1)
    assert sorted(rows(office, group), key=str) == sorted(
        [
            ("葛城 花子", MemberRole.REPRESENTATIVE, since, EVE),
            ("大野 勇", MemberRole.MEMBER, since, EVE),
            ("葛城 花子", MemberRole.MEMBER, DAY, None),
            ("大野 勇", MemberRole.REPRESENTATIVE, DAY, None),
        ],
        key=str,
    )
    assert [told(event, "ja")[0] for event in record_of(office.session, group)] == [
        "「川辺のみまもり」の代表者を葛城 花子さんから大野 勇さんへ（令和9年4月1日から）"
    ]


@pytest.mark.req("A14")
def test_the_signature_is_asked_of_the_new_representative_from_the_day_on(office: Office, clock: Clock) -> None:
    story = Story(office.session, office.cast)
    story.take_to(State.SIGNING)
    group = office.group("river")
    hand_over_group(office.session, office.actor, group, person_id=office.person("ono").id, day=DAY)

    def may_sign(who: str) -> bool:
        actor = actor_of(office.session, office.person(who))
        return any(offer.key is MoveKey.SIGN for offer in available(office.session, story.proposal, actor))

    clock.set(EVE)
    assert (may_sign("katsuragi"), may_sign("ono")) == (True, False)
    clock.set(DAY)
    assert (may_sign("katsuragi"), may_sign("ono")) == (False, True)
    assert holders(office.session, story.proposal, frozenset({Hat.REPRESENTATIVE})) == [office.person("ono")]
    assert [row.person.name for row in members(office.session, group, DAY)] == ["大野 勇", "葛城 花子"]


@pytest.mark.req("A14")
def test_the_one_before_may_leave(office: Office) -> None:
    group = office.group("river")
    hand_over_group(office.session, office.actor, group, person_id=office.person("ono").id, day=DAY, leaves=True)
    assert [row.person.name for row in members(office.session, group, DAY)] == ["大野 勇"]
    assert [row.person.name for row in members(office.session, group, EVE)] == ["葛城 花子", "大野 勇"]


def test_who_joined_today_can_represent_from_today(office: Office) -> None:
    group = office.group("river")
    add_member(office.session, office.actor, group, office.person("fujita"))
    hand_over_group(office.session, office.actor, group, person_id=office.person("fujita").id, day=TODAY)
    assert representative(office.session, group).person is office.person("fujita")
    assert [row for row in rows(office, group) if row[0] == "藤田 響"] == [
        ("藤田 響", MemberRole.REPRESENTATIVE, TODAY, None)
    ]


@pytest.mark.parametrize(
    ("who", "day", "field"),
    [
        ("fujita", DAY, "person_id"),
        ("katsuragi", DAY, "person_id"),
        ("ono", None, "day"),
        ("ono", date(2020, 4, 1), "day"),
        ("ono", date(2040, 4, 1), "day"),
    ],
)
def test_a_handover_that_cannot_be_is_told_at_its_field(office: Office, who: str, day: date | None, field: str) -> None:
    with pytest.raises(NotReady) as refused:
        hand_over_group(office.session, office.actor, office.group("river"), person_id=office.person(who).id, day=day)
    assert [gap.field for gap in refused.value.missing] == [field]
    assert record_of(office.session, office.group("river")) == []


def test_who_leaves_before_the_day_cannot_represent(office: Office) -> None:
    end_membership(office.session, office.actor, membership(office, "ono"), day=EVE)
    with pytest.raises(NotReady):
        hand_over_group(office.session, office.actor, office.group("river"), person_id=office.person("ono").id, day=DAY)


def test_a_group_always_has_a_representative(office: Office) -> None:
    with pytest.raises(NotReady) as refused:
        end_membership(office.session, office.actor, membership(office, "katsuragi"), day=TODAY)
    assert "先に代表者を引き継いでください" in refused.value.missing[0].sentence.ja
    hand_over_group(office.session, office.actor, office.group("river"), person_id=office.person("ono").id, day=DAY)
    with pytest.raises(NotReady):
        end_membership(office.session, office.actor, membership(office, "ono"), day=TODAY)


def test_a_membership_ends_and_begins_again(office: Office, clock: Clock) -> None:
    group = office.group("river")
    end_membership(office.session, office.actor, membership(office, "ono"), day=TODAY)
    end_membership(office.session, office.actor, membership(office, "ono"), day=TODAY)
    with pytest.raises(NotReady):
        add_member(office.session, office.actor, group, office.person("ono"))
    clock.forward(days=1)
    end_membership(office.session, office.actor, membership(office, "ono"), day=TODAY)
    add_member(office.session, office.actor, group, office.person("ono"))
    assert [row[2:] for row in rows(office, group) if row[0] == "大野 勇"] == [
        (date(2020, 4, 1), TODAY),
        (TODAY + timedelta(days=1), None),
    ]
    assert len(record_of(office.session, group)) == 2


def test_who_is_stopped_joins_no_group(office: Office) -> None:
    office.person("fujita").active = False
    office.session.flush()
    with pytest.raises(NotReady):
        add_member(office.session, office.actor, office.group("river"), office.person("fujita"))


@pytest.mark.req("A11")
def test_a_group_is_registered_with_its_profile_and_representative(office: Office) -> None:
    group = add_group(
        office.session, office.actor, office.person("fujita"),
        name="夜の図書館", kind="civic", profile={"purpose": "本を読む夜を増やす", "website": "https://yoru.example"},
    )  # fmt: skip
    assert [(row.person.name, row.role, row.since) for row in members(office.session, group, TODAY)] == [
        ("藤田 響", MemberRole.REPRESENTATIVE, model_clock.today())
    ]
    profile = dict.fromkeys(PROFILE, "") | {"purpose": "夜に本を読む", "website": "https://yoru.example"}
    assert change_group(office.session, office.actor, group, name="夜の図書館", kind="territorial", profile=profile)
    assert told(record_of(office.session, group)[0], "ja")[1] == [
        "団体の種類：市民活動組織 → 地縁組織",
        "活動目的：本を読む夜を増やす → 夜に本を読む",
    ]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "川辺のみまもり"}, "name"),
        ({"kind": "club"}, "kind"),
        ({"email": "yoru"}, "email"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"purpose": "あ" * 1001}, "purpose"),
    ],
)
def test_a_group_that_cannot_be_is_told_at_its_field(office: Office, typed: dict[str, str], field: str) -> None:
    asked = {"name": "夜の図書館", "kind": "civic"} | typed
    name, kind = asked.pop("name"), asked.pop("kind")
    with pytest.raises(NotReady) as refused:
        add_group(office.session, office.actor, office.person("fujita"), name=name, kind=kind, profile=asked)
    assert [gap.field for gap in refused.value.missing] == [field]
