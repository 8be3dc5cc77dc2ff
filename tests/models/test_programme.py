"""The demonstration city's programme: the lists and forms that the client's documents ask for, as data."""

import pytest
import yaml
from pydantic import ValidationError

from models.programme.grounds import Severity
from models.programme.kinds import ItemKind
from models.programme.library import DEFAULT, SHIPPED, programme
from models.programme.schema import Programme
from models.programme.terms import Terms
from models.words import Word

AOBAGAWA = programme(DEFAULT)


def words(part: object) -> list[Word]:
    """Every word within a part of a programme."""
    if isinstance(part, Word):
        return [part]
    if isinstance(part, tuple):
        return [word for one in part for word in words(one)]
    fields = getattr(type(part), "model_fields", {})
    return [word for name in fields for word in words(getattr(part, name))]


@pytest.mark.req("P01")
def test_it_says_what_collaboration_means_in_its_own_words() -> None:
    assert "対等" in AOBAGAWA.definition.ja
    assert "equals" in AOBAGAWA.definition.en


@pytest.mark.req("P03")
def test_the_four_principles_in_order() -> None:
    assert [p.label.ja for p in AOBAGAWA.principles] == ["共有", "対等", "相互理解", "公開"]


@pytest.mark.req("P11")
def test_five_domains_from_the_citys_responsibility_to_the_citizens() -> None:
    labels = [domain.label.ja for domain in AOBAGAWA.domains]
    assert [label[0] for label in labels] == ["A", "B", "C", "D", "E"]
    assert "行政の責任" in labels[0]
    assert "協働" in labels[2]
    assert "市民の責任" in labels[4]


@pytest.mark.req("P14")
def test_six_methods() -> None:
    assert [m.label.ja for m in AOBAGAWA.methods] == ["補助・助成", "共催", "委託", "後援", "事業協力", "その他"]


@pytest.mark.req("P18")
def test_ten_fields_as_a_list_that_can_grow() -> None:
    assert [f.label.ja for f in AOBAGAWA.fields] == [
        "福祉", "環境保全", "観光・景観", "防犯・防災", "芸術・文化・スポーツ", "施設管理", "情報通信技術",
        "国際理解・交流", "地産地消・消費生活", "イベント活動",
    ]  # fmt: skip
    text = yaml.safe_load((SHIPPED / f"{DEFAULT}.yaml").read_text(encoding="utf-8"))
    text["fields"].append({"key": "migration", "label": {"ja": "移住", "en": "Moving here"}})
    grown = Programme.model_validate(text)
    assert "migration" in {choice.key for choice in grown.options("fields")}


@pytest.mark.req("A01")
def test_five_partner_types() -> None:
    labels = [kind.label.ja for kind in AOBAGAWA.partner_types]
    assert labels == ["地縁組織", "市民活動組織", "地域産業組織", "法人組織", "企業"]


@pytest.mark.req("X01")
def test_the_five_hard_grounds() -> None:
    hard = [c.label.ja for c in AOBAGAWA.criteria if c.severity is Severity.HARD]
    assert hard == [
        "宗教活動", "政治活動", "法令又は公序良俗に反する活動", "個人に係わる活動", "その他公益を害するおそれのある活動",
    ]  # fmt: skip


@pytest.mark.req("X02")
def test_the_soft_grounds_with_what_only_they_name() -> None:
    soft = [c.label.ja for c in AOBAGAWA.criteria if c.severity is Severity.SOFT and c.source == "X02"]
    assert soft == [
        "布教など宗教的なもの",
        "選挙活動など政治的なもの",
        "法令または公序良俗に違反するもの",
        "市民が望まないもの",
    ]


@pytest.mark.req("X03")
def test_breaking_the_law_is_a_ground_in_both_lists() -> None:
    lists = {c.severity for c in AOBAGAWA.criteria if "法令" in c.label.ja}
    assert lists == set(Severity)


def test_every_ground_names_the_clause_that_a_notice_cites() -> None:
    assert all(c.clause.ja.startswith("第") for c in AOBAGAWA.criteria)


@pytest.mark.req("I03")
def test_the_form_asks_the_ten_things() -> None:
    ten = {
        "課題": ["issue"],
        "目的": ["purpose"],
        "目標": ["goals", "goals_by"],
        "プロセス": ["process"],
        "役割分担": ["roles_group", "roles_city"],
        "期待効果": ["effects"],
        "手法": ["methods"],
        "領域": ["domain"],
        "経費": ["cost_total", "cost_city", "cost_notes"],
        "スケジュール": ["schedule"],
    }
    asked = {item.key: item for item in AOBAGAWA.proposal_items}
    for keys in ten.values():
        assert set(keys) <= set(asked)
    assert asked["goals_by"].kind is ItemKind.DATE
    assert asked["cost_total"].kind is ItemKind.YEN


@pytest.mark.req("P13")
def test_method_and_domain_are_hoped_for_in_the_proposal_and_settled_in_consultation() -> None:
    hoped = {item.key: item.required for item in AOBAGAWA.proposal_items}
    settled = {item.key: item.required for item in AOBAGAWA.consultation_items}
    for key in ("methods", "domain"):
        assert not hoped[key]
        assert settled[key]


@pytest.mark.req("G02")
def test_six_articles() -> None:
    six = ["事業目的", "役割分担", "責任の分担", "事業費", "実施期間", "法律の遵守"]
    labels = {item.key: item.label.ja for item in AOBAGAWA.articles}
    assert [labels[key] for key in AOBAGAWA.method("subsidy").articles] == six


@pytest.mark.req("G03")
def test_a_commission_needs_a_specification_beside_the_six() -> None:
    extra = set(AOBAGAWA.method("commission").articles) - set(AOBAGAWA.method("subsidy").articles)
    assert extra == {"specification"}


@pytest.mark.req("G05")
def test_project_cooperation_needs_five_articles() -> None:
    assert AOBAGAWA.method("cooperation").articles == ("purpose", "roles", "responsibility", "cost", "period")


@pytest.mark.req("G04")
def test_whose_the_responsibility_is_follows_from_the_method() -> None:
    assert AOBAGAWA.method("commission").responsible.ja == "市"
    assert AOBAGAWA.method("subsidy").responsible.ja != "市"


@pytest.mark.req("P16")
def test_methods_are_combined_and_their_articles_with_them() -> None:
    together = [item.key for item in AOBAGAWA.articles_for(["cooperation", "commission"])]
    assert together == ["purpose", "roles", "responsibility", "cost", "period", "law", "specification"]


@pytest.mark.parametrize(
    ("key", "question"),
    [
        pytest.param("principles", "原則を尊重して実施できたか", marks=pytest.mark.req("V04")),
        pytest.param("aim", "直接的なねらいは実現できたか", marks=pytest.mark.req("V05")),
        pytest.param("method", "手法は適切であったか", marks=pytest.mark.req("V06")),
        pytest.param("effect", "協働による事業効果があったか", marks=pytest.mark.req("V07")),
        pytest.param("budget", "予算は適切であったか", marks=pytest.mark.req("V08")),
        pytest.param("satisfaction", "受益者・事業実施者が共に", marks=pytest.mark.req("V09")),
        pytest.param("participation", "市民の理解や参加が得られたか", marks=pytest.mark.req("V10")),
        pytest.param("inside", "行政内部での理解や協力が広がったか", marks=pytest.mark.req("V11")),
        pytest.param("network", "ネットワークが広がったか", marks=pytest.mark.req("V12")),
        pytest.param("trust", "相手への信頼が高まったか", marks=pytest.mark.req("V13")),
        pytest.param("knowledge", "知識やノウハウを蓄積できたか", marks=pytest.mark.req("V14")),
    ],
)
def test_the_review_asks(key: str, question: str) -> None:
    [item] = [item for item in AOBAGAWA.review_items if item.key == key]
    assert question in item.label.ja
    assert item.required


def test_the_review_asks_eleven_things() -> None:
    assert len(AOBAGAWA.review_items) == 11


@pytest.mark.req("P10")
def test_the_principles_that_are_confirmed_are_those_the_review_asks_about() -> None:
    [confirmed] = [item for item in AOBAGAWA.consultation_items if item.options == "principles"]
    assert confirmed.required
    [asked] = [item for item in AOBAGAWA.review_items if item.key == "principles"]
    assert all(f"「{principle.label.ja}」" in asked.label.ja for principle in AOBAGAWA.principles)


@pytest.mark.req("V15")
def test_items_and_scale_of_the_review_are_data() -> None:
    text = yaml.safe_load((SHIPPED / f"{DEFAULT}.yaml").read_text(encoding="utf-8"))
    text["review_items"][2:] = [{"key": "fun", "label": {"ja": "楽しめたか", "en": "Fun?"}}]
    text["scale"] = {"marks": [{"key": k, "label": {"ja": k, "en": k}} for k in ("2", "1")], "differs_by": 1}
    own = Programme.model_validate(text)
    assert [item.key for item in own.review_items] == ["principles", "aim", "fun"]
    assert [mark.key for mark in own.scale.marks] == ["2", "1"]


def test_every_word_stands_in_both_languages() -> None:
    found = words(AOBAGAWA)
    assert len(found) > 150
    for word in found:
        assert bool(word.ja) == bool(word.en), word


def test_every_choice_is_made_from_a_list_that_exists() -> None:
    forms = (AOBAGAWA.proposal_items, AOBAGAWA.consultation_items, AOBAGAWA.articles, AOBAGAWA.report_items)
    for item in (item for form in forms for item in form):
        if item.kind in (ItemKind.CHOICE, ItemKind.CHOICES):
            assert AOBAGAWA.choices_of(item), item.key


def test_keys_are_unique_in_every_list() -> None:
    lists = ("principles", "domains", "methods", "fields", "partner_types", "proposal_items", "criteria")
    for name in (*lists, "consultation_items", "articles", "report_items", "review_items"):
        keys = [entry.key for entry in getattr(AOBAGAWA, name)]
        assert len(keys) == len(set(keys)), name


def test_every_term_leaves_time() -> None:
    assert all(getattr(AOBAGAWA.terms, name) > 0 for name in Terms.model_fields)


def test_what_nobody_asked_for_is_refused() -> None:
    text = yaml.safe_load((SHIPPED / f"{DEFAULT}.yaml").read_text(encoding="utf-8"))
    with pytest.raises(ValidationError, match="slogan"):
        Programme.model_validate({**text, "slogan": "みんなで"})
    with pytest.raises(KeyError):
        AOBAGAWA.options("slogans")
