"""Several members at one form: both win at different questions; at the same one, both texts stand until one is chosen."""

from typing import Any

import pytest

from kyodo.demonstration.cast import Cast
from models.database import transaction
from tests.support.every_kind import COMPLETE, ROWS, begun
from tests.webui.conftest import Enter
from tests.webui.markup import faults
from tests.webui.telling import stands
from tests.webui.visitor import Page, Visitor

JSON = {"Accept": "application/json"}


@pytest.fixture
def draft_id(cast: Cast) -> int:
    """A complete draft that asks in every way."""
    with transaction() as session:
        return begun(session, cast)


@pytest.fixture
def hanako(cast: Cast, enter: Enter) -> Visitor:
    """葛城 in her browser."""
    return enter(cast.people["katsuragi"])


@pytest.fixture
def isamu(cast: Cast, enter: Enter) -> Visitor:
    """大野 in his."""
    return enter(cast.people["ono"])


def _fields(page: Page, **typed: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in page.form("title")[1]:
        found.setdefault(name, []).append(value)
    return found | typed


def _send(visitor: Visitor, draft_id: int, page: Page, *sent: str, **typed: Any) -> Any:
    """As the script saves: the marks of all questions, and the fields of those that changed."""
    fields = _fields(page, **typed)
    kept = {n: v for n, v in fields.items() if n.startswith("was_") or n.split("-")[0] in sent or n == "csrf_token"}
    answer = visitor.post(f"/proposals/{draft_id}/draft/save", kept | {"sent": ["", *sent]}, headers=JSON)
    assert answer.status == 200
    return answer.answer.get_json()


def test_different_questions_of_two_members_are_both_saved(hanako: Visitor, isamu: Visitor, draft_id: int) -> None:
    hers, his = hanako.get(f"/proposals/{draft_id}/draft"), isamu.get(f"/proposals/{draft_id}/draft")
    _send(hanako, draft_id, hers, "item_place", item_place="南公民館")
    told = _send(isamu, draft_id, his, "item_people", item_people="55人")
    with stands(draft_id) as proposal:
        assert (proposal.answers["place"], proposal.answers["people"]) == ("南公民館", 55)
    assert told["disputed"] == {}
    assert list(told["questions"]) == ["item_place"]
    assert 'value="南公民館"' in told["questions"]["item_place"], "he reads her words without opening the page anew"
    assert told["questions"]["item_place"].lstrip().startswith("<div")


def test_a_table_and_choices_come_back_as_the_other_wrote_them(hanako: Visitor, isamu: Visitor, draft_id: int) -> None:
    hers, his = hanako.get(f"/proposals/{draft_id}/draft"), isamu.get(f"/proposals/{draft_id}/draft")
    _send(
        hanako, draft_id, hers, "item_budget", "item_shape", **{"item_budget-1-yen": "70,000", "item_shape": "survey"}
    )
    told = _send(isamu, draft_id, his)
    assert set(told["questions"]) == {"item_budget", "item_shape"}
    assert 'value="70,000"' in told["questions"]["item_budget"]
    assert told["marks"].keys() >= {"item_budget", "item_shape"}


def test_the_same_question_keeps_both_texts_until_one_is_chosen(hanako: Visitor, isamu: Visitor, draft_id: int) -> None:
    hers, his = hanako.get(f"/proposals/{draft_id}/draft"), isamu.get(f"/proposals/{draft_id}/draft")
    _send(hanako, draft_id, hers, "item_place", item_place="葛城の場所")
    told = _send(isamu, draft_id, his, "item_place", "item_people", item_place="大野の場所", item_people="7")
    assert "葛城の場所" in told["disputed"]["item_place"]
    assert "どちらを残すか" in told["say"]
    assert "item_place" not in told["questions"], "what he typed stays in his field"
    with stands(draft_id) as proposal:
        assert (proposal.answers["place"], proposal.answers["people"]) == ("葛城の場所", 7)
        mark = told["marks"]["item_place"]
    fields = _fields(his, item_place="二人の場所", keep_item_place="mine", stood_item_place=mark, sent=["item_place"])
    chosen = isamu.post(f"/proposals/{draft_id}/draft/save", fields, headers=JSON).answer.get_json()
    assert chosen["disputed"] == {}
    with stands(draft_id) as proposal:
        assert proposal.answers["place"] == "二人の場所"


@pytest.mark.parametrize(("choice", "stays"), [("mine", "大野の場所"), ("theirs", "葛城の場所")])
def test_without_scripts_one_reads_both_and_chooses(
    hanako: Visitor, isamu: Visitor, draft_id: int, choice: str, stays: str
) -> None:
    hanako.get(f"/proposals/{draft_id}/draft")
    isamu.get(f"/proposals/{draft_id}/draft")
    assert hanako.send("title", item_place="葛城の場所", item_rain="傘をさす").status == 303
    page = isamu.send("title", item_place="大野の場所", item_people="7")
    assert page.status == 200
    assert faults(page.html) == []
    assert "葛城の場所" in page.html
    fields = dict(page.form("title")[1])
    assert (fields["item_place"], fields["item_rain"], fields["item_people"]) == ("大野の場所", "傘をさす", "7")
    with stands(draft_id) as proposal:
        assert proposal.answers["place"] == "葛城の場所"
        assert proposal.answers["people"] == 7, "everything else is saved already"
    undecided = isamu.send("title")
    assert undecided.status == 200
    assert "葛城の場所" in undecided.html
    assert isamu.send("title", keep_item_place=choice).status == 303
    with stands(draft_id) as proposal:
        assert proposal.answers["place"] == stays
        assert proposal.answers["rain"] == "傘をさす"


def test_two_tables_stand_side_by_side_row_by_row(hanako: Visitor, isamu: Visitor, draft_id: int) -> None:
    hanako.get(f"/proposals/{draft_id}/draft")
    isamu.get(f"/proposals/{draft_id}/draft")
    hanako.send("title", **{"item_budget-3-what": "印刷費", "item_budget-3-yen": "5,000"})
    page = isamu.send("title", **{"item_budget-0-yen": "120,000"})
    assert "費目：印刷費、金額：5,000円" in page.html
    assert dict(page.form("title")[1])["item_budget-0-yen"] == "120,000"
    isamu.send("title", keep_item_budget="theirs")
    with stands(draft_id) as proposal:
        assert proposal.answers["budget"] == [*ROWS, {"what": "印刷費", "yen": 5_000}]


def test_somebody_who_saves_again_over_a_third_text_is_asked_again(
    hanako: Visitor, isamu: Visitor, draft_id: int
) -> None:
    hanako.get(f"/proposals/{draft_id}/draft")
    isamu.get(f"/proposals/{draft_id}/draft")
    hanako.send("title", item_place="一つめ")
    isamu.send("title", item_place="大野の場所")
    hanako.get(f"/proposals/{draft_id}/draft")
    hanako.send("title", item_place="二つめ")
    page = isamu.send("title", keep_item_place="mine")
    assert page.status == 200
    assert "二つめ" in page.html
    with stands(draft_id) as proposal:
        assert proposal.answers["place"] == "二つめ"


def test_what_nobody_touched_stays_as_it_was(hanako: Visitor, draft_id: int) -> None:
    hanako.get(f"/proposals/{draft_id}/draft")
    assert hanako.send("title").status == 303
    with stands(draft_id) as proposal:
        assert proposal.answers == COMPLETE
