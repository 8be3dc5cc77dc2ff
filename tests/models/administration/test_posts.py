"""Posts: a handover keeps the history, the duties follow the post, and somebody always administers."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from kyodo.demonstration.story import Story
from models import clock as model_clock
from models.administration.posts import add_post, change_post, hand_over, take_back, vacate
from models.administration.record import record_of, told
from models.administration.staffing import COORDINATOR, PROMOTER, staffing
from models.inbox import Sorting, Span, inbox
from models.people import Person, Post, Seat
from models.process.actors import actor_of, holders
from models.process.refusals import NotReady
from models.process.vocabulary import DutyKey, Hat, State
from tests.conftest import Clock
from tests.models.administration.conftest import Office

FIRST_OF_APRIL = date(2027, 4, 1)


@pytest.fixture(autouse=True)
def _in_november(clock: Clock) -> None:
    clock.set(date(2026, 11, 21))


def waiting(session: Session, person: Person) -> set[DutyKey]:
    """What stands in somebody's inbox today."""
    today = model_clock.today()
    return {row.key for row in inbox(session, actor_of(session, person), today, Span.ALL, Sorting.DUE).rows}


def history(post: Post) -> list[tuple[str, date, date | None]]:
    """Who held the post from when to when."""
    return [(tenure.person.name, tenure.since, tenure.until) for tenure in post.tenures]


def sentences(refused: pytest.ExceptionInfo[NotReady]) -> dict[str, str]:
    """What is said at which field."""
    return {gap.field: gap.sentence.ja for gap in refused.value.missing}


@pytest.mark.req("A14", "O02")
def test_a_duty_follows_the_post_to_the_successor_on_the_day(office: Office, clock: Clock) -> None:
    Story(office.session, office.cast).take_to(State.ASSIGNED)
    post = office.post("welfare-policy", Seat.SECTION_HEAD)
    old, new = office.person("yamamoto"), office.person("matsumoto")
    hand_over(office.session, office.actor, post, person=new, day=FIRST_OF_APRIL)

    clock.set(FIRST_OF_APRIL - timedelta(days=1))
    assert DutyKey.TAKE_ON in waiting(office.session, old)
    assert DutyKey.TAKE_ON not in waiting(office.session, new)
    clock.set(FIRST_OF_APRIL)
    assert waiting(office.session, old) == set()
    assert DutyKey.TAKE_ON in waiting(office.session, new)


@pytest.mark.req("A14")
def test_a_handover_keeps_who_held_the_post_before(office: Office) -> None:
    post = office.post("welfare-policy", Seat.SECTION_HEAD)
    hand_over(office.session, office.actor, post, person=office.person("sasaki"), day=FIRST_OF_APRIL)
    office.session.expire_all()
    assert history(post) == [
        ("山本 さくら", date(2020, 4, 1), date(2027, 3, 31)),
        ("佐々木 彩", FIRST_OF_APRIL, None),
    ]
    assert [told(event, "ja")[0] for event in record_of(office.session, post)] == [
        "「福祉政策課長」に佐々木 彩さん（令和9年4月1日から）",
        "「福祉政策課長」の山本 さくらさんは令和9年3月31日まで",
    ]
    assert record_of(office.session, post)[0].actor_name == "管理 太郎"


def test_the_same_handover_again_changes_nothing(office: Office) -> None:
    post = office.post("children", Seat.SECTION_HEAD)
    first = hand_over(office.session, office.actor, post, person=office.person("sasaki"), day=FIRST_OF_APRIL)
    again = hand_over(office.session, office.actor, post, person=office.person("sasaki"), day=FIRST_OF_APRIL)
    assert again is first
    assert len(record_of(office.session, post)) == 2


def test_a_late_registered_handover_counts_from_its_day(office: Office) -> None:
    post = office.post("children", Seat.SECTION_HEAD)
    hand_over(office.session, office.actor, post, person=office.person("sasaki"), day=date(2026, 10, 1))
    [staffed] = [s for s in staffing(office.session, model_clock.today()) if s.post is post]
    assert staffed.holder is office.person("sasaki")
    assert staffed.following is None


def test_a_vacancy_is_possible_and_seen(office: Office, clock: Clock) -> None:
    post = office.post("children", Seat.SECTION_HEAD)
    vacate(office.session, office.actor, post, day=date(2027, 3, 31))
    clock.set(FIRST_OF_APRIL)
    assert [s.post for s in staffing(office.session, FIRST_OF_APRIL) if s.holder is None] == [post]
    hand_over(office.session, office.actor, post, person=office.person("inoue"), day=date(2027, 5, 1))
    [staffed] = [s for s in staffing(office.session, FIRST_OF_APRIL) if s.post is post]
    assert staffed.holder is None
    assert staffed.following is not None
    assert staffed.following.person is office.person("inoue")
    office.session.expire_all()
    assert history(post)[0] == ("松本 浩二", date(2020, 4, 1), date(2027, 3, 31))


def test_a_planned_handover_can_be_taken_back(office: Office) -> None:
    post = office.post("children", Seat.SECTION_HEAD)
    hand_over(office.session, office.actor, post, person=office.person("inoue"), day=FIRST_OF_APRIL)
    take_back(office.session, office.actor, post)
    office.session.expire_all()
    assert history(post) == [("松本 浩二", date(2020, 4, 1), None)]
    assert "取消し" in told(record_of(office.session, post)[0], "ja")[0]
    with pytest.raises(NotReady):
        take_back(office.session, office.actor, post)


def test_a_handover_that_began_today_can_be_taken_back_and_yesterdays_not(office: Office, clock: Clock) -> None:
    post = office.post("children", Seat.SECTION_HEAD)
    hand_over(office.session, office.actor, post, person=office.person("inoue"), day=model_clock.today())
    clock.forward(days=1)
    with pytest.raises(NotReady):
        take_back(office.session, office.actor, post)


@pytest.mark.parametrize(
    ("who", "day", "field", "said"),
    [
        ("", FIRST_OF_APRIL, "email", "登録されていません"),
        ("matsumoto", FIRST_OF_APRIL, "email", "すでに就いています"),
        ("sasaki", None, "day", "日付を入力してください"),
        ("sasaki", date(2020, 4, 1), "day", "令和2年4月1日）より後の日"),
        ("sasaki", date(2999, 4, 1), "day", "2年先まで"),
    ],
)
def test_a_handover_that_cannot_be_is_told_at_its_field(
    office: Office, who: str, day: date | None, field: str, said: str
) -> None:
    person = office.person(who) if who else None
    post = office.post("children", Seat.SECTION_HEAD)
    with pytest.raises(NotReady) as refused:
        hand_over(office.session, office.actor, post, person=person, day=day)
    assert said in sentences(refused)[field]
    assert record_of(office.session, post) == []


def test_whoever_is_stopped_takes_no_post(office: Office) -> None:
    office.person("sasaki").active = False
    office.session.flush()
    with pytest.raises(NotReady):
        hand_over(
            office.session, office.actor, office.post("children", Seat.SECTION_HEAD),
            person=office.person("sasaki"), day=FIRST_OF_APRIL,
        )  # fmt: skip


def test_the_last_administrators_post_cannot_fall_vacant(office: Office) -> None:
    post = office.post("desk", Seat.ADMINISTRATOR)
    with pytest.raises(NotReady) as refused:
        vacate(office.session, office.actor, post, day=date(2027, 3, 31))
    assert "システム管理者が誰もいない日" in sentences(refused)["day"]
    assert history(post)[0][2] is None
    hand_over(office.session, office.actor, post, person=office.person("nakamura"), day=FIRST_OF_APRIL)
    assert history(post)[0][2] == date(2027, 3, 31)


def test_a_gap_between_two_administrators_is_found(office: Office) -> None:
    second = add_post(office.session, office.actor, office.department("desk"), seat=Seat.ADMINISTRATOR, name="副管理者")
    hand_over(office.session, office.actor, second, person=office.person("kobayashi"), day=date(2027, 4, 2))
    first = office.post("desk", Seat.ADMINISTRATOR)
    with pytest.raises(NotReady):
        vacate(office.session, office.actor, first, day=date(2027, 3, 31))
    vacate(office.session, office.actor, first, day=FIRST_OF_APRIL)
    with pytest.raises(NotReady):
        take_back(office.session, office.actor, second)
    with pytest.raises(NotReady):
        vacate(office.session, office.actor, second, day=date(2027, 4, 30))


def test_everything_wrong_with_a_handover_is_said_at_once(office: Office) -> None:
    with pytest.raises(NotReady) as refused:
        hand_over(office.session, office.actor, office.post("children", Seat.SECTION_HEAD), person=None, day=None)
    assert set(sentences(refused)) == {"email", "day"}


@pytest.mark.parametrize(
    ("key", "seat", "name", "field"),
    [
        ("children", None, "係長", "seat"),
        ("children", Seat.SECTION_HEAD, "第二課長", "seat"),
        ("children", Seat.DEPARTMENT_HEAD, "部長", "seat"),
        ("children", Seat.OFFICER, "", "name"),
        ("children", Seat.OFFICER, "あ" * 81, "name"),
        ("children", Seat.OFFICER, "子ども未来課 主任", "name"),
    ],
)
def test_a_post_that_cannot_be_is_told_at_its_field(
    office: Office, key: str, seat: Seat | None, name: str, field: str
) -> None:
    with pytest.raises(NotReady) as refused:
        add_post(office.session, office.actor, office.department(key), seat=seat, name=name)
    assert list(sentences(refused)) == [field]


def test_a_new_officer_gets_the_sections_duties(office: Office) -> None:
    Story(office.session, office.cast).take_to(State.CONSULTING)
    post = add_post(
        office.session, office.actor, office.department("welfare-policy"), seat=Seat.OFFICER, name="福祉政策課 主事"
    )
    newcomer = office.person("inoue")
    assert waiting(office.session, newcomer) == set()
    hand_over(office.session, office.actor, post, person=newcomer, day=model_clock.today())
    assert waiting(office.session, newcomer) == waiting(office.session, office.person("takahashi")) != set()


def test_renaming_a_post_is_written_down_once(office: Office) -> None:
    post = office.post("children", Seat.OFFICER)
    assert change_post(office.session, office.actor, post, name="子ども未来課 副主幹", name_en="Deputy")
    assert not change_post(office.session, office.actor, post, name="子ども未来課 副主幹", name_en="Deputy")
    [event] = record_of(office.session, post)
    assert told(event, "ja") == (
        "役職の名称を変更",
        [
            "名称：子ども未来課 主任 → 子ども未来課 副主幹",
            "英語の名称：Officer, Children's Future → Deputy",
        ],
    )


@pytest.mark.req("O02")
def test_the_head_of_a_section_that_runs_a_project_is_its_promoter(office: Office) -> None:
    def promoters() -> list[Person | None]:
        return [s.holder for s in staffing(office.session, model_clock.today()) if PROMOTER in s.titles]

    story = Story(office.session, office.cast)
    story.take_to(State.ASSIGNED)
    assert promoters() == []
    story.take_on()
    assert promoters() == [office.person("yamamoto")]
    assert holders(office.session, story.proposal, frozenset({Hat.SECTION_HEAD})) == promoters()
    post = office.post("welfare-policy", Seat.SECTION_HEAD)
    hand_over(office.session, office.actor, post, person=office.person("sasaki"), day=model_clock.today())
    assert promoters() == [office.person("sasaki")]
    assert holders(office.session, story.proposal, frozenset({Hat.SECTION_HEAD})) == promoters()


@pytest.mark.req("O03")
def test_the_head_of_the_lead_section_is_its_departments_coordinator(office: Office) -> None:
    office.department("welfare-policy").leads = True
    office.session.flush()
    post = office.post("welfare-policy", Seat.SECTION_HEAD)
    hand_over(office.session, office.actor, post, person=office.person("sasaki"), day=FIRST_OF_APRIL)

    def coordinators(day: date) -> list[Person | None]:
        return [s.holder for s in staffing(office.session, day) if COORDINATOR in s.titles]

    assert coordinators(model_clock.today()) == [office.person("yamamoto")]
    assert coordinators(FIRST_OF_APRIL) == [office.person("sasaki")]
