"""Works open to proposals and local problems: each section its own, the office all, and every change is noted."""

from datetime import date

import pytest

from models.administration.openings import LENGTHS, close, correct, enter, may_change, reopen, sections_to_enter_for
from models.administration.record import record_of, told
from models.openings import Looked, Opening, OpeningKind, opening_to_propose_for, openings, sections_with_openings
from models.process.refusals import NotAllowed, NotReady
from tests.conftest import Clock
from tests.models.administration.conftest import Office

WORK = {
    "title": "花壇の手入れ",
    "text": "委託で年4回。",
    "wish": "花は使う人が選ぶ方がよい。",
    "since": "昭和58年度から",
    "fiscal_year": 2026,
}
PROBLEM = {
    "title": "避難の情報が届かない",
    "text": "避難所に来たのは4人。",
    "source": "避難所の記録",
    "known_on": date(2026, 10, 1),
}


@pytest.fixture(autouse=True)
def _in_november(clock: Clock) -> None:
    clock.set(date(2026, 11, 21))


def work(office: Office, who: str = "inoue", section: str = "green", **said: object) -> Opening:
    """A work of the greenery section, entered by its officer."""
    values = {**WORK, "section_id": office.department(section).id, **said}
    return enter(office.session, office.cast.actor(office.session, who), OpeningKind.WORK, values)


def problem(office: Office, **said: object) -> Opening:
    """A local problem, entered by the crisis section."""
    values = {**PROBLEM, "section_id": office.department("safety").id, **said}
    return enter(office.session, office.cast.actor(office.session, "mori"), OpeningKind.PROBLEM, values)


@pytest.mark.req("I11", "P23")
def test_a_section_shows_a_work_that_it_has_reviewed(office: Office) -> None:
    entered = work(office)
    assert (entered.section.name, entered.fiscal_year, entered.since) == ("みどり推進課", 2026, "昭和58年度から")
    assert opening_to_propose_for(office.session, entered.id) is entered
    assert [one.name for one in sections_with_openings(office.session)] == ["みどり推進課"]


@pytest.mark.req("I07")
def test_a_local_problem_is_shared_with_its_source_and_day(office: Office) -> None:
    entered = problem(office)
    assert (entered.source, entered.known_on, entered.wish) == ("避難所の記録", date(2026, 10, 1), "")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"text": ""}, "text"),
        ({"source": ""}, "source"),
        ({"source": "あ" * (LENGTHS["source"] + 1)}, "source"),
        ({"known_on": None}, "known_on"),
        ({"known_on": date(2026, 11, 22)}, "known_on"),
        ({"section_id": None}, "section_id"),
    ],
)
def test_a_problem_without_source_day_or_section_is_not_shown(
    office: Office, said: dict[str, object], field: str
) -> None:
    with pytest.raises(NotReady) as refused:
        problem(office, **said)
    assert [gap.field for gap in refused.value.missing] == [field]


@pytest.mark.parametrize(
    ("said", "field"),
    [({"wish": ""}, "wish"), ({"fiscal_year": None}, "fiscal_year"), ({"fiscal_year": 2030}, "fiscal_year")],
)
def test_a_work_says_what_citizens_might_do_and_when_it_was_reviewed(
    office: Office, said: dict[str, object], field: str
) -> None:
    with pytest.raises(NotReady) as refused:
        work(office, **said)
    assert [gap.field for gap in refused.value.missing] == [field]


def test_nobody_enters_for_another_section_but_the_program_office(office: Office) -> None:
    with pytest.raises(NotReady) as refused:
        work(office, "mori")
    assert [gap.field for gap in refused.value.missing] == ["section_id"]
    assert work(office, "nakamura").section.name == "みどり推進課"
    names = [one.key for one in sections_to_enter_for(office.session, office.cast.actor(office.session, "mori"))]
    assert names == ["safety"]
    assert sections_to_enter_for(office.session, office.cast.actor(office.session, "katsuragi")) == []


@pytest.mark.req("I11")
def test_what_is_corrected_is_noted_with_what_stood_there(office: Office) -> None:
    entered, actor = work(office), office.cast.actor(office.session, "nakamura")
    values = {**WORK, "since": "昭和60年度から", "section_id": office.department("culture").id}
    assert correct(office.session, actor, entered, values)
    assert not correct(office.session, actor, entered, values)
    title, lines = told(record_of(office.session, entered)[0], "ja")
    assert title == "「花壇の手入れ」を訂正"
    assert lines == [
        "担当課：みどり推進課 → 文化振興課",
        "市が行っている時期：昭和58年度から → 昭和60年度から",
    ]
    assert not may_change(office.session, office.cast.actor(office.session, "inoue"), entered)


def test_others_can_neither_correct_nor_close_it(office: Office) -> None:
    entered = work(office)
    for who in ("mori", "katsuragi", "shimizu"):
        actor = office.cast.actor(office.session, who)
        with pytest.raises(NotAllowed):
            correct(office.session, actor, entered, WORK)
        with pytest.raises(NotAllowed):
            close(office.session, actor, entered, "終わったため")
        with pytest.raises(NotAllowed):
            reopen(office.session, actor, entered)


def test_a_closed_entry_keeps_its_page_and_its_reason_and_takes_no_proposal(office: Office) -> None:
    entered, actor = work(office), office.cast.actor(office.session, "inoue")
    with pytest.raises(NotReady):
        close(office.session, actor, entered, " ")
    close(office.session, actor, entered, "協働事業として始めたため。")
    assert entered.closed_because == "協働事業として始めたため。"
    assert opening_to_propose_for(office.session, entered.id) is None
    with pytest.raises(NotReady):
        close(office.session, actor, entered, "もう一度")
    reopen(office.session, actor, entered)
    assert opening_to_propose_for(office.session, entered.id) is entered
    changes = [told(event, "ja")[0] for event in record_of(office.session, entered)]
    assert changes == [
        "「花壇の手入れ」の提案の受付を再開",
        "「花壇の手入れ」の提案の受付を終了",
        "「花壇の手入れ」を登録",
    ]


def test_the_list_is_filtered_by_kind_section_words_and_whether_it_is_closed(office: Office) -> None:
    a, b = work(office), problem(office)

    def found(**looked: object) -> list[Opening]:
        return openings(office.session, Looked(**looked)).rows  # type: ignore[arg-type]

    assert found() == [b, a]
    assert found(kind=OpeningKind.WORK) == [a]
    assert found(sections=(b.section_id,)) == [b]
    assert found(keyword="避難") == [b]
    assert found(sections=()) == []
    close(office.session, office.cast.actor(office.session, "inoue"), a, "終わったため")
    assert (found(), found(closed=True)) == ([b], [a])
