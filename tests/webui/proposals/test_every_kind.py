"""A form that asks in every way there is: filled in without scripts, checked, read, copied, handed in."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest

from kyodo.demonstration.cast import Cast
from models.database import transaction
from models.process.perform import perform
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from tests.support.every_kind import COMPLETE, ROWS, begun
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.telling import stands
from tests.webui.visitor import Visitor

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
TYPED = {
    "title": "川辺の居場所",
    "item_field": "welfare",
    "item_place": "青葉川の河川敷",
    "item_issue": "一人で夕方を過ごす子どもが増えています。",
    "item_people": "４０人",
    "item_ready": "令和9年3月31日",
    "item_period-from": "R9.4.1",
    "item_period-to": "2028/3/31",
    "item_shape": "event",
    "item_rain": "南公民館で行います。",
    "item_methods": "subsidy",
    "item_cost_total": "100,000円",
    "item_cost_city": "80000",
    "item_budget-0-side": "income",
    "item_budget-0-what": "会費",
    "item_budget-0-yen": "１００，０００",
    "item_budget-2-side": "spending",
    "item_budget-2-what": "会場費",
    "item_budget-2-yen": "60,000円",
    "item_budget-2-count": "12",
    "item_budget-2-by": "令和9年5月10日",
    "item_budget-5-side": "spending",
    "item_budget-5-what": "講師謝礼",
    "item_budget-5-yen": "40000",
    "item_budget-5-count": "2",
    "item_members-0-name": "葛城 花子",
    "item_members-0-does": "受付",
    "item_oath": "yes",
    "item_phone": "090-0000-0000",
}


@pytest.fixture
def hanako(cast: Cast, enter: Enter) -> Visitor:
    """葛城 in her browser."""
    return enter(cast.people["katsuragi"])


def _begun(cast: Cast, answers: Mapping[str, Any] | None = None) -> int:
    with transaction() as session:
        return begun(session, cast, dict(COMPLETE if answers is None else answers))


def _handed_in(cast: Cast, hanako: Visitor) -> int:
    draft_id = _begun(cast)
    hanako.get(f"/proposals/{draft_id}/draft")
    papers = {"item_papers": (BytesIO(PDF), "会則.pdf"), "item_roster": (BytesIO(PDF + b"."), "役員名簿.pdf")}
    assert hanako.send("title", **papers).status == 303
    hanako.get(f"/proposals/{draft_id}/submit")
    assert hanako.send("seen").status == 303
    return draft_id


@pytest.mark.req("I03")
def test_every_kind_of_question_is_read_as_people_type_it(cast: Cast, hanako: Visitor) -> None:
    draft_id = _begun(cast, {})
    page = hanako.get(f"/proposals/{draft_id}/draft")
    assert faults(page.html) == []
    assert hanako.send("title", **TYPED).status == 303
    with stands(draft_id) as proposal:
        assert {key: value for key, value in proposal.answers.items() if value not in ("", [], {})} == COMPLETE


def test_sections_stand_at_the_top_and_conditions_are_said_in_a_sentence(cast: Cast, hanako: Visitor) -> None:
    page = hanako.get(f"/proposals/{_begun(cast, {})}/draft")
    [contents] = page.root.findall(".//nav[@aria-labelledby='contents']//ol")
    assert [text_of(entry) for entry in contents] == [
        "事業の概要", "お金", "団体と約束", "団体のこと", "添付ファイル"
    ]  # fmt: skip
    assert "「事業の形」で「催し」を選んだ場合に答えてください。" in page.html
    assert "一人で夕方を過ごす子どもが増えています。\n見守る大人が足りません。" in page.html


def test_what_is_wrong_is_told_at_its_cell_and_the_rules_at_their_question(cast: Cast, hanako: Visitor) -> None:
    rows = [{**ROWS[0], "yen": "十万円"}, {"side": "spending", "what": "長" * 31, "yen": 90_000}]
    draft_id = _begun(cast, {**COMPLETE, "budget": rows, "ready": "2027-04-02", "cost_city": 80_001, "period": {}})
    page = hanako.get(f"/proposals/{draft_id}/draft?check=1")
    assert faults(page.html) == []
    told = {e.get("id"): text_of(e) for e in page.root.iter("p") if (e.get("id") or "").endswith("-error")}
    assert told == {
        "item_period-from-error": "エラー：「実施期間」を入力してください。",
        "item_cost_total-error": "エラー：事業費の総額と、収支予算の支出の合計が違います。",
        "item_cost_city-error": "エラー：市に負担してほしい額は、総額の80%までです。",
        "item_budget-0-yen-error": "エラー：「収支予算 1行目 金額」は0円から1,000,000,000円までの整数で入力してください。",
        "item_budget-1-what-error": "エラー：「収支予算 2行目 費目」は30文字までで入力してください。",
        "item_papers-error": "エラー：「団体の会則」のファイルを付けてください。",
    }
    checked = hanako.get(f"/proposals/{draft_id}/submit")
    assert f"/proposals/{draft_id}/draft?check=1#item_budget-0-yen" in checked.html
    assert f"/proposals/{draft_id}/draft?check=1#q-item_cost_total" in checked.html


def test_rows_come_and_go_without_scripts_and_keep_everything_typed(cast: Cast, hanako: Visitor) -> None:
    draft_id = _begun(cast)
    hanako.get(f"/proposals/{draft_id}/draft")
    more = hanako.send("title", item_place="書きかけの場所", row="item_budget")
    assert more.status == 303
    assert more.location == f"/proposals/{draft_id}/draft?row=item_budget#item_budget-0-side"
    page = hanako.get(more.location.partition("#")[0])
    assert len(page.root.findall(".//fieldset[@id='item_budget']//tbody/tr")) == len(ROWS) + 5
    assert dict(page.form("title")[1])["item_place"] == "書きかけの場所"
    hanako.send("title", drop_row="item_budget-1")
    with stands(draft_id) as proposal:
        assert proposal.answers["budget"] == [ROWS[0], ROWS[2]]


def test_a_table_stops_where_the_programme_says(cast: Cast, hanako: Visitor) -> None:
    draft_id = _begun(cast)
    hanako.get(f"/proposals/{draft_id}/draft")
    hanako.send("title", **{f"item_members-{n}-name": f"人{n}" for n in range(11)})
    page = hanako.get(f"/proposals/{draft_id}/draft?check=1")
    assert "「担当する人」は10行までにしてください。" in page.html
    with stands(draft_id) as proposal:
        assert len(proposal.answers["members"]) == 11, "nothing typed is lost"


def test_a_cell_too_long_to_keep_is_told_at_that_cell_and_the_rest_is_saved(cast: Cast, hanako: Visitor) -> None:
    draft_id = _begun(cast)
    hanako.get(f"/proposals/{draft_id}/draft")
    page = hanako.send("title", item_place="南公民館", **{"item_budget-1-what": "長" * 2_001})
    error = page.root.find(".//*[@id='item_budget-1-what-error']")
    assert error is not None
    assert "2,000文字まで" in text_of(error)
    assert dict(page.form("title")[1])["item_budget-1-what"] == "長" * 2_001
    with stands(draft_id) as proposal:
        assert (proposal.answers["place"], proposal.answers["budget"]) == ("南公民館", ROWS)


def test_files_are_attached_at_their_question_listed_and_taken_away(cast: Cast, hanako: Visitor) -> None:
    draft_id = _begun(cast)
    hanako.get(f"/proposals/{draft_id}/draft")
    assert hanako.send("title", item_papers=(BytesIO(PDF), "会則.pdf")).status == 303
    with stands(draft_id) as proposal:
        [file] = proposal.attachments
        assert file.item == "papers"
    page = hanako.get(f"/proposals/{draft_id}/draft?check=1")
    assert "item_papers-error" not in page.html
    question = page.root.find(".//*[@data-question='item_papers']")
    assert question is not None
    assert "会則.pdf" in text_of(question)
    refused = hanako.send("title", item_papers=(BytesIO(b""), "空.pdf"))
    assert refused.status == 422
    assert "中身が空です" in refused.html
    hanako.get(f"/proposals/{draft_id}/draft")
    hanako.send("title", remove=str(file.id))
    with stands(draft_id) as proposal:
        assert proposal.attachments[0].removed_at is not None


def test_the_whole_is_read_in_the_forms_order_with_its_table_and_sums(cast: Cast, hanako: Visitor) -> None:
    draft_id = _begun(cast)
    page = hanako.get(f"/proposals/{draft_id}/submit")
    assert faults(page.html) == []
    assert [text_of(h) for h in page.root.findall(".//main//h2")][:4] == [
        "提出するには、次のことが必要です", "事業の概要", "お金", "団体と約束"
    ]  # fmt: skip
    [foot] = page.root.findall(".//table[caption='収支予算']/tfoot/tr") or page.root.findall(".//tfoot/tr")[:1]
    assert "200,000円" in text_of(foot)
    assert f'href="/proposals/{draft_id}/draft#q-item_budget"' in page.html


def test_a_text_of_the_whole_is_plain_headings_and_paragraphs(cast: Cast, hanako: Visitor) -> None:
    draft_id = _begun(cast)
    page = hanako.get(f"/proposals/{draft_id}/text")
    assert faults(page.html) == []
    reading = page.root.find(".//div[@class='reading']")
    assert reading is not None
    assert {element.tag for element in reading} == {"h2", "h3", "p"}
    file = hanako.get(f"/proposals/{draft_id}/text.txt")
    assert file.answer.mimetype == "text/plain"
    assert "● 収支予算\n1. 区分：収入、費目：会費、金額：100,000円\n" in file.html
    assert "合計：金額 200,000円、数量 14" in file.html


def test_personal_answers_and_files_are_read_by_the_group_and_the_desk_alone(
    cast: Cast, hanako: Visitor, enter: Enter
) -> None:
    case_id = _handed_in(cast, hanako)
    with transaction() as session:
        proposal = session.get_one(Proposal, case_id)
        files = {a.item: a.id for a in proposal.attachments}
        proposal.section_id = cast.departments["welfare-policy"].id
    secrets = ("090-0000-0000", "葛城 花子", "役員名簿.pdf")
    for who, reads in (("ono", True), ("nakamura", True), ("takahashi", False)):
        visitor = enter(cast.people[who])
        for path in ("submission", "text", "text.txt"):
            page = visitor.get(f"/proposals/{case_id}/{path}")
            assert page.status == 200, (who, path)
            body = page.html.partition("<main")[2] or page.html
            found = [secret for secret in secrets if secret in body.replace("　葛城 花子", "")]
            assert bool(found) is reads, (who, path, found)
            assert "青葉川の河川敷" in page.html
        assert visitor.get(f"/proposals/{case_id}/attachments/{files['roster']}").status == (200 if reads else 404)
        assert visitor.get(f"/proposals/{case_id}/attachments/{files['papers']}").status == 200


def test_the_public_reads_public_answers_alone_and_only_once_it_was_accepted(
    cast: Cast, hanako: Visitor, visitor: Visitor
) -> None:
    case_id = _handed_in(cast, hanako)
    with transaction() as session:
        proposal = session.get_one(Proposal, case_id)
        number = proposal.number
    assert visitor.get(f"/cases/{number}").status == 404
    with transaction() as session:
        perform(session, session.get_one(Proposal, case_id), MoveKey.ACCEPT, cast.actor(session, "nakamura"))
    page = visitor.get(f"/cases/{number}")
    assert faults(page.html) == []
    assert "一人で夕方を過ごす子どもが増えています。" in page.html
    assert "40人" in page.html
    for kept in ("青葉川の河川敷", "090-0000-0000", "葛城 花子", "役員名簿.pdf", "100,000円"):
        assert kept not in page.html, kept


def test_what_is_not_asked_stays_in_the_draft_and_is_not_handed_in(cast: Cast, hanako: Visitor) -> None:
    draft_id = _begun(cast)
    hanako.get(f"/proposals/{draft_id}/draft")
    hanako.send("title", item_shape="survey", item_papers=(BytesIO(PDF), "会則.pdf"))
    with transaction() as session:
        proposal = session.get_one(Proposal, draft_id)
        perform(session, proposal, MoveKey.SUBMIT, cast.actor(session, "katsuragi"))
    with stands(draft_id) as proposal:
        assert proposal.answers["rain"] == "南公民館で行います。"
        assert "rain" not in proposal.submissions[-1].answers
        assert proposal.submissions[-1].answers["shape"] == "survey"


def test_a_draft_begins_with_the_answers_of_an_earlier_proposal(cast: Cast, hanako: Visitor) -> None:
    earlier = _handed_in(cast, hanako)
    draft_id = _begun(cast, {"place": "今年の場所"})
    page = hanako.get(f"/proposals/{draft_id}/draft")
    assert f'href="/proposals/{draft_id}/copy"' in page.html
    assert faults(hanako.get(f"/proposals/{draft_id}/copy").html) == []
    sent = hanako.send("source", source=str(earlier))
    assert sent.location == f"/proposals/{draft_id}/draft?copied={earlier}"
    shown = hanako.get(sent.location)
    assert faults(shown.html) == []
    assert "あらためて確認してください。" in shown.html
    assert "ファイルはあらためて付けてください。" in shown.html
    with stands(draft_id) as proposal:
        kept = {key: value for key, value in COMPLETE.items() if key not in ("oath", "place")}
        assert proposal.answers == {**kept, "place": "今年の場所"}


def test_nobody_copies_another_groups_proposal(cast: Cast, hanako: Visitor, enter: Enter) -> None:
    draft_id = _begun(cast)
    hanako.get(f"/proposals/{draft_id}/copy")
    assert hanako.post(
        f"/proposals/{draft_id}/copy", {"csrf_token": hanako.token("/account"), "source": "999"}
    ).status in (409, 422)
    assert enter(cast.people["okada"]).get(f"/proposals/{draft_id}/copy").status == 404
    assert enter(cast.people["okada"]).get(f"/proposals/{draft_id}/text").status == 404


@pytest.mark.parametrize("fields", [10_001, 40_000])
def test_a_request_of_thousands_of_fields_is_refused_in_a_sentence(cast: Cast, hanako: Visitor, fields: int) -> None:
    draft_id = _begun(cast)
    page = hanako.get(f"/proposals/{draft_id}/draft")
    token = dict(page.form("title")[1])["csrf_token"]
    rows = {f"item_budget-{n}-what": "行" for n in range(fields)}
    refused = hanako.post(f"/proposals/{draft_id}/draft", rows | {"csrf_token": token})
    assert refused.status == 413
    assert "10,000項目まで" in refused.html
    with stands(draft_id) as proposal:
        assert proposal.answers == COMPLETE


def test_unknown_fields_do_nothing(cast: Cast, hanako: Visitor) -> None:
    draft_id = _begun(cast)
    hanako.get(f"/proposals/{draft_id}/draft")
    strange = {
        "item_state": "published", "item_budget-x-what": "a", "item_budget--1-what": "b", "item_budget-1-nothing": "c",
        "item_budget-99999999-what": "d", "was_state": "", "keep_title": "theirs", "item_period-between": "e",
        "row": "files", "drop_row": "item_budget-", "sent": "",
    }  # fmt: skip
    hanako.send("title", **strange)
    with stands(draft_id) as proposal:
        assert proposal.answers == COMPLETE
