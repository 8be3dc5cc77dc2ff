"""What rules point out on a proposal: each rule with the case it strikes and the one it leaves, and never a decision."""

from datetime import date, timedelta
from typing import Any

import pytest

from models import clock
from models.answer_checks import unanswered
from models.rosters import RosterEntry
from models.screening import Verdict
from models.screening_rules import point_out, pointed_out
from tests.support.screening import Handed, why


@pytest.mark.parametrize(
    ("rule", "answers", "told"),
    [
        ("{kind: declared, item: tax}", {}, []),
        ("{kind: declared, item: grants, answers: [yes_city]}", {}, []),
        (
            "{kind: declared, item: grants, answers: [yes_city]}",
            {"grants": "yes_city"},
            ["「他の補助金」に「市から受ける」と答えています。"],
        ),
        ("{kind: costs, item: budget}", {}, []),
        (
            "{kind: costs, item: budget}",
            {"budget": [{"what": "会場費", "yen": 1}, {"what": "懇親会の 弁 当", "yen": 2}]},
            ["2行目に「弁当」があります（対象外経費：飲食代）。"],
        ),
        ("{kind: period, item: term}", {}, []),
        (
            "{kind: period, item: term}",
            {"term": {"from": "2026-06-01", "to": "2027-04-30"}},
            ["期間の終わり令和9年4月30日が令和8年度を越えています。"],
        ),
        (
            "{kind: period, item: term, most: 2}",
            {"term": {"from": "2026-06-01", "to": "2028-03-31"}},
            [],
        ),
        (
            "{kind: period, item: term, most: 2}",
            {"term": {"from": "2026-06-01", "to": "2028-04-01"}},
            ["期間の終わり令和10年4月1日が令和9年度を越えています。"],
        ),
        ("{kind: kind, answers: [company]}", {}, []),
        ("{kind: kind, answers: [civic]}", {}, ["団体の種類が「市民活動組織」です。"]),
        ("{kind: same_title}", {}, []),
        ("{kind: few, item: reached, least: 10}", {"reached": 10}, []),
        (
            "{kind: few, item: reached, least: 10}",
            {"reached": 9},
            ["「受益者の人数（見込み）」が9人です（10人より少ないとき、不特定かつ多数の利益になるかを確かめます）。"],
        ),
        ("{kind: seat}, also: [{kind: declared, item: grants, answers: [yes_city]}]", {}, []),
        (
            "{kind: seat}, also: [{kind: declared, item: grants, answers: [yes_city]}]",
            {"grants": "yes_city"},
            ["「他の補助金」に「市から受ける」と答えています。"],
        ),
    ],
)
def test_a_rule_strikes_what_it_is_about(
    handed_in: Handed, rule: str, answers: dict[str, Any], told: list[str]
) -> None:
    assert why(handed_in(rule, **answers)) == told


@pytest.mark.parametrize(
    ("rule", "facts", "told"),
    [
        ("{kind: registered}", {"confirmed_at": None}, ["団体登録が確認されていません。"]),
        ("{kind: seat}", {"seat_in_city": None}, ["所在地が市内かどうか登録されていません。"]),
        ("{kind: seat}", {"seat_in_city": False}, ["所在地が市外と登録されています。"]),
        ("{kind: seat}", {"seat_in_city": True}, []),
        ("{kind: own_rules}", {"has_rules": None}, ["規約・会則があると登録されていません。"]),
        ("{kind: own_rules}", {"has_rules": True}, []),
        (
            "{kind: years_active, least: 1}",
            {"active_since": None, "founded_on": None},
            ["団体の活動を始めた日が登録されていません。"],
        ),
        ("{kind: years_active, least: 1}", {"active_since": date(2001, 4, 1)}, []),
    ],
)
@pytest.mark.req("A03", "A04")
def test_facts_about_the_group_are_held_against_the_conditions(
    handed_in: Handed, rule: str, facts: dict[str, Any], told: list[str]
) -> None:
    story = handed_in(rule)
    for name, value in facts.items():
        setattr(story.proposal.group, name, value)
    assert why(story) == told


def test_a_year_of_activity_is_counted_to_the_day_of_submission(handed_in: Handed) -> None:
    story = handed_in("{kind: years_active, least: 1}")
    today = clock.today()
    story.proposal.group.active_since = today - timedelta(days=366)
    assert why(story) == []
    story.proposal.group.active_since = today
    [told] = why(story)
    assert "提出の日までに1年になりません" in told


def test_members_are_counted_from_the_list(handed_in: Handed) -> None:
    story = handed_in("{kind: members, least: 3}")
    session, group = story.session, story.proposal.group
    assert why(story) == ["名簿では構成員が0人です（要件は3人以上）。"]
    for number in range(3):
        session.add(RosterEntry(group_id=group.id, name=f"会員{number}", address="青葉川市", office="", in_city=True))
    session.flush()
    assert why(story) == []


@pytest.mark.req("X04")
def test_a_project_for_no_more_people_than_the_group_has_is_pointed_out(handed_in: Handed) -> None:
    story = handed_in("{kind: few, item: reached}", reached=3)
    session, group = story.session, story.proposal.group
    assert why(story) == []
    for number in range(3):
        session.add(RosterEntry(group_id=group.id, name=f"会員{number}", address="青葉川市", office="", in_city=True))
    session.flush()
    [told] = why(story)
    assert "団体の構成員（3人）を超えません" in told


@pytest.mark.req("X04")
def test_a_closed_circle_waits_for_a_person_with_every_reason_told(handed_in: Handed) -> None:
    story = handed_in("{kind: registered}", reached=5, open_to="members", process="参加は会員限定です。")
    point_out(story.proposal)
    [finding] = [one for one in story.proposal.findings if one.criterion == "closed_circle"]
    assert (finding.verdict, finding.decided_by_id) == (Verdict.LOOK, None)
    assert [word["ja"] for word in finding.why_look] == [
        "提案書に「会員限定」という言葉があります。",
        "「受益者の人数（見込み）」が5人です（10人より少ないとき、不特定かつ多数の利益になるかを確かめます）。",
        "「だれが利用・参加できますか」に「団体の会員とその家族だけ」と答えています。",
    ]
    assert "closed_circle" not in pointed_out(handed_in("{kind: registered}", reached=400, open_to="need").proposal)


@pytest.mark.req("A09")
def test_a_company_is_asked_for_its_aim_and_flagged_for_nothing_else(handed_in: Handed) -> None:
    def reasons(kind: str, **answers: str) -> dict[str, list[str]]:
        story = handed_in("{kind: registered}", **answers)
        story.proposal.group.kind = kind
        keys = {item.key for item in story.proposal.questions}
        assert ("company_aim" in keys) == (kind == "company" or "company_aim" in answers)
        return {key: [word.ja for word in words] for key, words in pointed_out(story.proposal).items()}

    aim = "工場の空き地を開くことは、求人にもつながり、会社の利益にもなります。"
    assert reasons("civic") == reasons("company", company_aim=aim) == {}


def test_what_only_companies_are_asked_has_to_be_answered_by_them_alone(handed_in: Handed) -> None:
    proposal = handed_in("{kind: registered}").proposal
    answers = proposal.answers
    for kind, missing in (("civic", []), ("company", ["company_aim"])):
        proposal.group.kind = kind
        assert [gap.field for gap in unanswered(proposal.questions, answers)] == missing


def test_a_proposal_of_the_same_group_under_way_is_pointed_out(handed_in: Handed) -> None:
    first = handed_in("{kind: same_title}")
    second = handed_in("{kind: same_title}")
    assert why(second) == [f"進行中の提案 {first.proposal.number}「{first.proposal.title}」があります。"]


@pytest.mark.req("X01", "T05")
def test_what_is_pointed_out_waits_for_a_person(handed_in: Handed) -> None:
    story = handed_in("{kind: registered}")
    story.proposal.group.confirmed_at = None
    assert point_out(story.proposal) == 1
    [finding] = [one for one in story.proposal.findings if one.criterion == "ruled"]
    assert (finding.verdict, finding.decided_by_id) == (Verdict.LOOK, None)
    assert finding.why_look == [
        {"ja": "団体登録が確認されていません。", "en": "The group's registration is not confirmed."}
    ]
    assert point_out(story.proposal) == 0


@pytest.mark.req("X01")
def test_words_are_found_in_any_width_and_across_line_breaks(handed_in: Handed) -> None:
    story = handed_in("{kind: registered}", issue="地域の選\n挙に関心をもってもらう。")
    reasons = pointed_out(story.proposal)
    assert reasons["politics"][0].ja == "提案書に「選挙」という言葉があります。"
