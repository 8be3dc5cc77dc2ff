"""Departments: a key that stays, one lead section, and no closing while anything lies with them."""

from datetime import date

import pytest
from sqlalchemy import select

from kyodo.demonstration.story import Plot, Story
from models.administration.departments import add_department, change_department, close_department, reopen_department
from models.administration.posts import hand_over, vacate
from models.administration.record import Change, record_of
from models.people import Department
from models.process.refusals import NotReady
from models.process.vocabulary import State
from tests.conftest import Clock
from tests.models.administration.conftest import Office

DAY = date(2027, 4, 1)


@pytest.fixture(autouse=True)
def _in_november(clock: Clock) -> None:
    clock.set(date(2026, 11, 21))


def values(department: Department) -> dict[str, str]:
    """What the form would send back unchanged."""
    return {name: getattr(department, name) for name in ("name", "name_en", "phone", "fax", "email")}


def empty_posts(office: Office, key: str) -> None:
    """Let everybody leave the day before."""
    for post in office.department(key).posts:
        vacate(office.session, office.actor, post, day=date(2027, 3, 31))


def test_a_section_gets_a_key_that_outlives_its_name(office: Office) -> None:
    section = add_department(
        office.session, office.actor, name="農政課", name_en="Farming Section", parent_id=office.department("town").id
    )
    assert section.key == "farming-section"
    change_department(office.session, office.actor, section, **(values(section) | {"name": "農業課"}), leads=False)
    assert (section.name, section.key) == ("農業課", "farming-section")
    other = add_department(office.session, office.actor, name="農地課", name_en="Farming section")
    assert other.key == "farming-section-2"
    assert add_department(office.session, office.actor, name="会計課").key == "department"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "あ" * 81}, "name"),
        ({"name": "子ども未来課"}, "name"),
        ({"phone": "0" * 41}, "phone"),
        ({"fax": "0" * 41}, "fax"),
        ({"email": "kodomo"}, "email"),
        ({"parent_id": 0}, "parent_id"),
    ],
)
def test_a_department_that_cannot_be_is_told_at_its_field(
    office: Office, typed: dict[str, str | int], field: str
) -> None:
    asked = {"name": "新しい課", "parent_id": office.department("welfare").id} | typed
    with pytest.raises(NotReady) as refused:
        add_department(office.session, office.actor, **asked)  # type: ignore[arg-type]
    assert [gap.field for gap in refused.value.missing] == [field]


def test_a_section_within_a_section_is_refused(office: Office) -> None:
    with pytest.raises(NotReady):
        add_department(office.session, office.actor, name="係", parent_id=office.department("children").id)


@pytest.mark.req("O03")
def test_a_department_has_one_lead_section(office: Office) -> None:
    first, second = office.department("welfare-policy"), office.department("children")
    assert change_department(office.session, office.actor, first, **values(first), leads=True)
    with pytest.raises(NotReady) as refused:
        change_department(office.session, office.actor, second, **values(second), leads=True)
    assert "「福祉政策課」がこの部の主管課です" in refused.value.missing[0].sentence.ja
    whole = office.department("welfare")
    with pytest.raises(NotReady):
        change_department(office.session, office.actor, whole, **values(whole), leads=True)


def test_what_still_lies_with_a_section_is_named_and_keeps_it_open(office: Office) -> None:
    Story(office.session, office.cast, Plot(title="川辺の見守り")).take_to(State.ASSIGNED)
    section = office.department("welfare-policy")
    with pytest.raises(NotReady) as refused:
        close_department(office.session, office.actor, section, DAY)
    said = [gap.sentence.ja for gap in refused.value.missing]
    assert any("福祉政策課長" in sentence and "山本 さくら" in sentence for sentence in said)
    assert any("川辺の見守り" in sentence and "引受けの回答" in sentence for sentence in said)
    assert section.closed_on is None
    empty_posts(office, "welfare-policy")
    with pytest.raises(NotReady) as refused:
        close_department(office.session, office.actor, section, DAY)
    assert len(refused.value.missing) == 1


def test_a_case_that_waits_for_the_group_keeps_its_section_open(office: Office) -> None:
    Story(office.session, office.cast, Plot(title="川辺の見守り")).take_to(State.RUNNING)
    empty_posts(office, "welfare-policy")
    with pytest.raises(NotReady) as refused:
        close_department(office.session, office.actor, office.department("welfare-policy"), DAY)
    assert "川辺の見守り" in refused.value.missing[0].sentence.ja


def test_an_empty_section_closes_and_opens_again(office: Office) -> None:
    section = office.department("children")
    empty_posts(office, "children")
    close_department(office.session, office.actor, section, DAY)
    assert section.closed_on == DAY
    with pytest.raises(NotReady):
        hand_over(office.session, office.actor, section.posts[0], person=office.person("inoue"), day=DAY)
    reopen_department(office.session, office.actor, section)
    reopen_department(office.session, office.actor, section)
    assert section.closed_on is None
    assert [event.change for event in record_of(office.session, section)] == [
        Change.DEPARTMENT_REOPENED,
        Change.DEPARTMENT_CLOSED,
    ]


def test_a_department_closes_after_its_sections(office: Office) -> None:
    whole = office.department("welfare")
    with pytest.raises(NotReady) as refused:
        close_department(office.session, office.actor, whole, DAY)
    assert sum("廃止してください" in gap.sentence.ja for gap in refused.value.missing) == 2
    for section in office.session.scalars(select(Department).where(Department.parent_id == whole.id)):
        empty_posts(office, section.key)
        close_department(office.session, office.actor, section, DAY)
    empty_posts(office, "welfare")
    close_department(office.session, office.actor, whole, DAY)
    section = office.department("children")
    with pytest.raises(NotReady):
        reopen_department(office.session, office.actor, section)


def test_the_program_office_stays(office: Office) -> None:
    with pytest.raises(NotReady) as refused:
        close_department(office.session, office.actor, office.department("desk"), DAY)
    assert "提案を受け付ける部署" in refused.value.missing[0].sentence.ja
    assert office.department("desk").closed_on is None
