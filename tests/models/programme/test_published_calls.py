"""Calls, money, conditions and selection of the shipped files against what the cities published."""

from datetime import date

import pytest

from models.programme.calls import Call, Consortium, Proposer
from models.programme.grounds import Criterion, RuleKind, Subject
from models.programme.library import programme, shipped
from models.programme.moments import written_moment
from models.programme.schema import Programme, SelectAfter

TAKAOKA, NISHITOKYO = programme("takaoka"), programme("nishitokyo")
TOYONAKA, KOKA, TOTTORI, FUKUI = programme("toyonaka"), programme("koka"), programme("tottori"), programme("fukui")
CITIES = sorted(set(shipped()) - {"aobagawa", "narumino", "starter"})


def days(call: Call) -> tuple[str, str]:
    """Opening and closing without the year and the hour."""
    assert call.opens is not None
    assert call.closes is not None
    return written_moment(call.opens)[5:10], written_moment(call.closes)[5:10]


def conditions(rules: Programme) -> dict[str, Criterion]:
    """What is asked of the group itself."""
    return {one.key: one for one in rules.criteria if one.subject is Subject.GROUP}


@pytest.mark.parametrize("key", CITIES)
def test_every_city_says_on_which_conditions_a_group_may_propose_and_for_what(key: str) -> None:
    rules = programme(key)
    assert rules.types
    assert rules.calls
    assert {call.type for call in rules.calls} == {one.key for one in rules.types}
    if key != "toyonaka":  # of its four conditions, all of the project, the pages show one
        assert conditions(rules)
    assert all(one.condition.ja for one in conditions(rules).values())


@pytest.mark.req("I01")
def test_takaoka_takes_citizens_free_ideas_and_has_a_challenge_for_several_together() -> None:
    model, challenge = TAKAOKA.types
    assert (model.proposer, model.consortium) == (Proposer.CITIZENS, Consortium.ALLOWED)
    assert "自由な発想による提案事業を募集し" in model.hint.ja
    assert challenge.consortium is Consortium.TOGETHER
    assert (challenge.money.cap, challenge.money.rates) == (200_000, (80,))
    call = TAKAOKA.call("r9_challenge")
    assert call is not None
    assert call.subject_to_budget
    assert call.entry is not None
    assert call.entry.talk
    assert call.entry.closes is not None
    assert written_moment(call.entry.closes)[5:10] == "04-27"
    own = [one.label.ja for one in TAKAOKA.criteria_for("challenge") if one not in TAKAOKA.criteria_for("model")]
    assert own[:3] == ["冊子の作成のみ", "イベントや祭りの開催のみ", "ハード整備（土地、建物等）のみ"]
    assert [one.key for one in TAKAOKA.ineligible_costs] == ["food", "study_trips", "running", "souvenirs", "own_fees"]


@pytest.mark.req("I09")
def test_nishitokyo_offers_a_theme_of_the_citys_with_its_section() -> None:
    call = NISHITOKYO.calls[0]
    assert NISHITOKYO.type_of(call.key).proposer is Proposer.CITY
    assert NISHITOKYO.type_of(call.key).label.ja == "行政提案型新規チャレンジ部門"
    assert NISHITOKYO.type_of(call.key).money.cap == 200_000
    assert not NISHITOKYO.type_of(call.key).money.prior_grants
    assert days(call) == ("01-15", "02-28")
    assert (call.places, call.free_theme) == (1, False)
    assert [(theme.label.ja, theme.section.ja) for theme in call.themes] == [("子どもの居場所づくり", "子育て支援部")]


@pytest.mark.req("A05")
def test_nishitokyo_has_a_way_for_groups_among_themselves() -> None:
    [among] = [one for one in NISHITOKYO.types if one.proposer is Proposer.GROUPS]
    assert among.consortium is Consortium.TOGETHER
    assert NISHITOKYO.rounds_for(among.key) == ()
    asked = {call.type: {item.key for item in NISHITOKYO.questions_for(call.key)} for call in NISHITOKYO.calls}
    about_the_city = {"existing", "existing_work", "roles_city", "methods", "domain", "cost_city"}
    assert about_the_city <= asked["challenge"]
    assert not about_the_city & asked[among.key]


@pytest.mark.req("I01")
def test_toyonaka_goes_from_a_briefing_over_two_exchanges_of_views_to_a_presentation() -> None:
    [call] = TOYONAKA.calls
    entry = call.entry
    assert entry is not None
    assert entry.closes is not None
    assert call.opens is not None
    assert (written_moment(call.opens)[5:10], written_moment(entry.closes)[5:10]) == ("12-02", "01-12")
    assert entry.talk
    assert [one.label.ja for one in call.occasions if one.required] == [
        "個別の募集説明", "第1回 事前意見交換会", "第2回 事前意見交換会", "公開プレゼンテーション",
    ]  # fmt: skip
    presentation, begin = call.occasions[3], call.occasions[-1]
    assert presentation.at is not None
    assert written_moment(presentation.at)[5:] == "06-11 10:00"
    assert begin.day == date(call.fiscal_year, 4, 1)
    assert (call.free_theme, call.themes) == (True, ())


def test_toyonaka_judges_once_on_five_criteria_before_it_consults() -> None:
    [judging] = TOYONAKA.rounds_for("free")
    assert [item.label.ja for item in judging.items] == ["公益性", "協働性", "実現可能性", "先駆性", "発展普及性"]
    assert "基本構想の方向性との合致" in judging.items[1].hint.ja
    assert judging.presentation is not None
    assert judging.presentation.observers
    assert TOYONAKA.select_after is SelectAfter.SCREENING


def test_koka_consults_first_and_judges_twice() -> None:
    assert KOKA.select_after is SelectAfter.CONSULTATION
    documents, presentation = KOKA.selection.rounds
    assert (documents.presentation, presentation.presentation is not None) == (None, True)
    assert documents.label.ja == "第1次審査（書類審査）"
    assert {round_.judges for round_ in KOKA.selection.rounds} == {7}
    for call in KOKA.calls:
        opens, closes = days(call)
        assert "08-01" <= opens <= "08-10"
        assert "09-11" <= closes <= "09-20"
        assert [one.roughly.ja for one in call.occasions] == [
            "9月中旬〜10月中旬", "10月中下旬", "11月中旬", "12月上中旬", "翌年4月以降",
        ]  # fmt: skip
    assert [one.label.ja for one in KOKA.types] == ["市民テーマ型事業", "行政テーマ型事業"]


def test_koka_shares_no_cost_of_its_nine_and_pays_once_a_year_for_three_years() -> None:
    assert [one.label.ja for one in KOKA.ineligible_costs] == [
        "スタッフ、参加者及び講師の飲食代",
        "商品券等金券の購入代金",
        "記念品等の購入代金",
        "家賃",
        "不動産の取得、造成、補修及び改装に関する経費",
        "団体の経常的な運営に関する経費",
        "団体の基盤強化のための経費",
        "領収書等により、実施団体が支払ったことを明確に確認できない経費",
        "備品購入費",
    ]
    rules = {key: one.rule for key, one in conditions(KOKA).items() if one.rule is not None}
    assert {key: (rule.kind, rule.least, rule.most) for key, rule in rules.items()} == {
        "five_members": (RuleKind.MEMBERS, 5, 0),
        "own_rules": (RuleKind.OWN_RULES, 0, 0),
        "violence": (RuleKind.DECLARED, 0, 0),
        "once_a_year": (RuleKind.TIMES_A_YEAR, 0, 1),
        "three_years": (RuleKind.YEARS_IN_ALL, 0, 3),
    }
    assert {one.money.years for one in KOKA.types} == {3}


def test_tottori_takes_proposals_at_any_time_at_one_desk_and_answers_within_thirty_days() -> None:
    anytime = TOTTORI.calls[0]
    assert {(call.opens, call.closes, call.answer_days) for call in TOTTORI.calls} == {(None, None, 30)}
    for channel in ("電子申請", "電子メール", "ファクシミリ", "郵送", "来所", "電話"):
        assert channel in anytime.hint.ja
    assert "窓口は4か所" in anytime.hint.ja
    assert TOTTORI.selection.rounds == ()
    assert all(one.decides and TOTTORI.rounds_for(one.key) == () for one in TOTTORI.types)
    assert all(call.subject_to_budget for call in TOTTORI.calls)
    assert len(TOTTORI.principles) == 5


@pytest.mark.req("P01")
def test_fukui_has_its_own_words() -> None:
    assert "互いの持ち味を生かし弱点を補い合い、その相乗効果により解決や達成を図るもの" in FUKUI.definition.ja
    assert "不特定かつ多数のものの利益の増進" in FUKUI.definition.ja
    assert "その成果と責任を共有しあう関係" in FUKUI.definition.ja
    assert FUKUI.criterion("many").label.ja == "不特定かつ多数のものの利益の増進を図らない事業"
    assert "0776-20-5107" in FUKUI.portal.contact.ja


@pytest.mark.req("I09")
def test_fukui_meets_on_seven_themes_each_with_its_section_and_its_estimate() -> None:
    call = FUKUI.calls[0]
    assert [(theme.section.ja, theme.amount) for theme in call.themes] == [
        ("女性活躍促進課", 400_000),
        ("農政企画室", 50_000),
        ("文化振興課", 400_000),
        ("文化振興課", 400_000),
        ("子ども福祉課", 300_000),
        ("市民協働・ボランティア推進課", 0),
    ]
    assert call.free_theme, "自由テーマ is the seventh"
    assert FUKUI.rounds_for("meeting") == ()


def test_fukuis_fund_has_three_courses_with_the_conditions_of_its_applicants() -> None:
    start, free, together = FUKUI.types[1:]
    assert [one.label.ja for one in (start, free, together)] == ["スタートコース", "自由提案コース", "協働提案コース"]
    assert start.money.rate(1) == 100
    assert [one.key for one in FUKUI.rounds_for("start")] == ["documents"]
    assert (free.money.cap, together.money.cap) == (400_000, 400_000)
    assert not any(one.money.prior_grants for one in (start, free, together))
    for call in FUKUI.calls[1:]:
        assert days(call) == ("01-14", "02-15")
    assert [one.condition.ja for one in conditions(FUKUI).values()] == [
        "非営利公益市民活動団体であること（NPO法人、地域活動団体、ボランティアグループなど）",
        "福井市内に主たる事務所等を有すること。学生を主体とする団体は、福井県内に主たる事務所等を有すること",
        "市税の滞納がないこと",
        "過去5年間に虚偽の申告、不正の事実等による処分を受けていないこと",
        "暴力団若しくは暴力団員と密接な関係を有しないこと",
    ]
    assert "not_in_plan" in {one.key for one in FUKUI.criteria_for("together")} - {
        one.key for one in FUKUI.criteria_for("free")
    }
