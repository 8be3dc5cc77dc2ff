"""What a group says of itself, and how much of it everybody reads."""

from datetime import date

import pytest

from models import clock
from models.administration.record import record_of, told
from models.groups.facts import is_corporate_number
from models.groups.profile import change_profile, disclose, public_profile, resources_of, said_of
from models.process.refusals import NotAllowed, NotReady
from tests.models.groups.conftest import Town


def fields_of(refused: pytest.ExceptionInfo[NotReady]) -> list[str]:
    """At which fields something is wrong."""
    return [gap.field for gap in refused.value.missing]


@pytest.mark.req("A10")
def test_purpose_and_activities_are_public_by_default_and_nothing_else(town: Town) -> None:
    group = town.group()
    group.email, group.address = "info@kawabe.example", "川辺町1-2"
    assert [item for _label, item, _said in public_profile(town.session, group)] == ["purpose", "activities"]


@pytest.mark.req("A10")
def test_a_member_chooses_what_is_public(town: Town) -> None:
    group = town.group()
    assert disclose(town.session, town.actor("ono"), group, ["finance", "founded_on"])
    said = {item: words.ja for _label, item, words in public_profile(town.session, group)}
    assert said == {"finance": group.finance, "founded_on": "平成27年6月1日"}
    assert not disclose(town.session, town.actor("ono"), group, ["founded_on", "finance"])
    title, lines = told(record_of(town.session, group)[0], "ja")
    assert (title, lines) == ("団体の情報を変更", ["公開する項目：活動目的、活動の実績 → 財務状況、設立年月日"])


def test_only_members_change_a_group_and_only_known_items_are_disclosed(town: Town) -> None:
    group = town.group()
    with pytest.raises(NotAllowed):
        disclose(town.session, town.actor("fujita"), group, ["finance"])
    with pytest.raises(NotAllowed):
        change_profile(town.session, town.actor("admin"), group, name="別の名", kind="civic", profile={})
    with pytest.raises(NotReady):
        disclose(town.session, town.actor("ono"), group, ["memberships"])


@pytest.mark.req("A10")
@pytest.mark.parametrize(("item", "own"), [("email", "Ono@kawabe.example"), ("phone", "090-1111-2222")])
def test_a_members_own_contact_never_becomes_public(town: Town, item: str, own: str) -> None:
    group = town.group()
    town.cast.people["ono"].phone = "09011112222"
    setattr(group, item, own)
    with pytest.raises(NotReady) as refused:
        disclose(town.session, town.actor("ono"), group, [item])
    assert fields_of(refused) == ["disclosed"]
    group.disclosed = [item]  # it was the group's own when it was disclosed, and became a member's since
    assert public_profile(town.session, group) == []


def test_facts_are_kept_and_a_change_is_told_in_words(town: Town) -> None:
    group = town.group()
    profile = {"founded_on": date(2016, 4, 1), "has_rules": False, "seat_in_city": None, "legal_form": "NPO法人"}
    change_profile(town.session, town.actor("ono"), group, name=group.name, kind="civic", profile=profile)
    assert said_of(group, "has_rules") is not None
    assert said_of(group, "seat_in_city") is None
    _title, lines = told(record_of(town.session, group)[0], "ja")
    assert lines == [
        "設立年月日：平成27年6月1日 → 平成28年4月1日",
        "規約・会則の有無：はい → いいえ",
        "市内に事務所・活動拠点があるか：はい → 記入なし",
        "法人格の種類：記入なし → NPO法人",
    ]
    assert record_of(town.session, group)[0].actor_name == "大野 勇"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("founded_on", date(2999, 1, 1)),
        ("active_since", date(1850, 1, 1)),
        ("corporate_number", "1234567890123"),
        ("resources", ["gold"]),
    ],
)
def test_facts_that_cannot_be_are_told_at_their_field(town: Town, field: str, value: object) -> None:
    group = town.group()
    with pytest.raises(NotReady) as refused:
        change_profile(town.session, town.actor("ono"), group, name=group.name, kind="civic", profile={field: value})
    assert fields_of(refused) == [field]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("7000012050002", True),
        ("5000012050003", False),
        ("700001205000", False),
        ("七000012050002", False),
        ("", False),
    ],
)
def test_the_first_digit_of_a_corporate_number_checks_the_others(text: str, holds: bool) -> None:
    assert is_corporate_number(text) is holds


@pytest.mark.req("A08")
def test_a_company_says_what_it_brings(town: Town) -> None:
    group, actor = town.group("shops"), town.actor("chiba")
    with pytest.raises(NotReady) as refused:
        change_profile(town.session, actor, group, name=group.name, kind="company", profile={"resources": []})
    assert fields_of(refused) == ["resources"]
    profile = {"resources": ["funds", "knowledge"]}
    change_profile(town.session, actor, group, name=group.name, kind="company", profile=profile)
    assert [word.ja for word in resources_of(group)] == ["知識・技術", "資金"]


def test_a_day_is_not_in_the_future_on_its_own_day(town: Town) -> None:
    group = town.group()
    profile = {"founded_on": clock.today()}
    assert change_profile(town.session, town.actor("ono"), group, name=group.name, kind="civic", profile=profile)
