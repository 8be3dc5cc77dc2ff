"""The lists of the shipped files against the documents that they come from: principles, domains, methods, effects, traits."""

import pytest

from models.programme.calls import Consortium
from models.programme.differences import differences
from models.programme.kinds import ItemKind
from models.programme.library import programme, shipped, shipped_text
from models.programme.parts import Choice
from models.programme.reading import read
from models.programme.schema import ForParty, Party

TAKAOKA, NISHITOKYO, STARTER, FUKUI = (programme(key) for key in ("takaoka", "nishitokyo", "starter", "fukui"))
CITIES = sorted(set(shipped()) - {"aobagawa", "narumino", "starter"})


def labels(entries: tuple[Choice, ...]) -> list[str]:
    """What people read of a list."""
    return [one.label.ja for one in entries]


def of(party: Party, entries: tuple[ForParty, ...]) -> list[str]:
    """What people read of one party's entries."""
    return [one.label.ja for one in entries if one.party is party]


@pytest.mark.parametrize("key", [*CITIES, "starter"])
@pytest.mark.req("P23")
def test_what_the_city_does_alone_today_can_be_proposed(key: str) -> None:
    items = {item.key: item for item in programme(key).proposal_items}
    [alone] = [
        one.key
        for one in items["existing"].choices
        if one.label.ja.endswith("が単独で行っている事業") and "団体" not in one.label.ja
    ]
    work = items["existing_work"].when
    assert work is not None
    assert work.item == "existing"
    assert alone in work.answers


@pytest.mark.req("P02")
def test_taking_part_is_told_apart_from_collaborating() -> None:
    assert "組織や企画された事業等に市民が主体的に加わることや、協力すること" in TAKAOKA.participation.ja
    assert "形式的な参加ではなく" in FUKUI.participation.ja


@pytest.mark.req("P09")
def test_the_starter_has_six_principles_of_collaboration_and_four_of_promoting_civic_activity() -> None:
    assert labels(STARTER.principles) == [
        "対等な関係", "双方向の関係", "自主性の尊重", "自立の推進", "目的の共有", "公正な判断と情報の公開",
    ]  # fmt: skip
    assert labels(STARTER.further_principles) == [
        "公平性の確保", "自立の支援・主体性の確保", "公正な評価・判断と情報の公開", "自主性の尊重（独自性への不干渉）",
    ]  # fmt: skip


@pytest.mark.req("P11")
def test_takaoka_has_five_domains_from_the_citys_side() -> None:
    assert labels(TAKAOKA.domains) == [
        "Aの領域 行政の責任と主体性によって行う領域",
        "Bの領域 市民（民間組織）の参加を得ながら行政の主体性のもとに行う領域",
        "Cの領域 市民（民間組織）と行政がそれぞれの主体性のもとに協働して行う領域",
        "Dの領域 市民（民間組織）の主体性のもとに行政の協力によって行う領域",
        "Eの領域 市民（民間組織）の責任と主体性によって独自に行う領域",
    ]


@pytest.mark.req("P12")
def test_nishitokyo_sets_its_forms_beside_its_domains() -> None:
    assert {method.key: method.domains for method in NISHITOKYO.methods} == {
        "subsidy": ("citizens_lead",),
        "endorsement": ("citizens_lead",),
        "cohosting": ("together",),
        "committee": ("together",),
        "cooperation": ("together",),
        "commission": ("city_leads",),
        "designated_manager": ("city_leads",),
        "policy_proposal": ("city_leads",),
    }


@pytest.mark.req("P14")
def test_takaoka_has_six_methods() -> None:
    assert labels(TAKAOKA.methods) == ["補助・助成", "共催", "委託", "後援", "事業協力", "その他"]


@pytest.mark.parametrize("key", CITIES)
@pytest.mark.req("P13")
def test_the_domain_is_settled_in_consultation_and_only_hoped_for_before(key: str) -> None:
    [hoped] = [item for item in programme(key).proposal_items if item.options == "domains"]
    [settled] = [item for item in programme(key).consultation_items if item.options == "domains"]
    assert (hoped.required, settled.required) == (False, True)


@pytest.mark.parametrize("key", CITIES)
@pytest.mark.req("P16")
def test_methods_and_partners_can_be_combined(key: str) -> None:
    for form in (programme(key).proposal_items, programme(key).consultation_items):
        [asked] = [item for item in form if item.options == "methods"]
        assert asked.kind is ItemKind.CHOICES
    assert any(one.consortium is not Consortium.ALONE for one in programme(key).types)


@pytest.mark.req("P17")
def test_takaoka_has_nine_kinds_of_work() -> None:
    assert labels(TAKAOKA.content_types) == [
        "公的施設の管理運営や企画に関するもの",
        "特定の地域の課題解決に関するもの",
        "各種イベントに関するもの",
        "講座・講習会の開催に関するもの",
        "調査・研究に関するもの",
        "マンパワーが必要な分野に関するもの",
        "広報・啓発に関するもの",
        "外部診断・評価に関するもの",
        "政策形成に関するもの",
    ]
    assert "content_types" in {item.options for item in TAKAOKA.proposal_items}


@pytest.mark.req("P18")
def test_takaoka_has_ten_fields() -> None:
    assert labels(TAKAOKA.fields) == [
        "福祉", "環境保全", "観光・景観", "防犯・防災", "芸術・文化・スポーツ", "施設管理", "情報通信技術",
        "国際理解・交流", "地産地消・消費生活", "イベント活動",
    ]  # fmt: skip


@pytest.mark.req("P19", "P20")
def test_takaoka_says_what_suits_collaboration_in_four_and_in_seven() -> None:
    found = labels(TAKAOKA.suitability)
    assert found[:4] == [
        "きめ細かな対応が求められる事業", "専門性が求められる事業", "先駆的な事業", "地域性のある事業",
    ]  # fmt: skip
    assert found[4:] == [
        "特定の地域に密着して実施されるもの",
        "一定のエリア（区域・地域）で住民が連携して実施されるもの",
        "多くの人々の参加を求めるもの",
        "行政が着手したことのない先駆的なもの",
        "専門的なサービスを必要とするもの",
        "制度の隙間を埋めるような、きめ細やかな対応が求められるもの",
        "市民が主体的に活動することが求められるもの",
    ]


@pytest.mark.req("P21", "P22")
def test_nishitokyo_says_what_suits_collaboration_in_six_and_tests_it() -> None:
    assert labels(NISHITOKYO.suitability) == [
        "先駆的な事業",
        "地域の特性を熟知した主体と共に実施する地域に根ざした事業",
        "個々の実情に則した事業",
        "時流に沿ったタイムリーな事業",
        "多くの市民の参加や協力を求めるような事業",
        "ある分野において専門性、当事者性が必要な事業",
    ]
    assert (
        "行政が単独で実施するよりも、地域の多様な主体と実施した方が、相乗効果が期待でき"
        in NISHITOKYO.suitability_test.ja
    )
    assert "現在は行政が単独で実施している事業でも" in NISHITOKYO.suitability_test.ja


@pytest.mark.req("W03")
def test_what_suits_collaboration_may_change() -> None:
    timely = "  - {key: timely, label: {ja: 時流に沿ったタイムリーな事業, en: Timely}}\n"
    digital = "  - {key: digital, label: {ja: デジタルを活かした事業, en: Digital}}\n"
    later = read(shipped_text("nishitokyo").replace(timely, digital).encode()).programme
    assert later is not None
    assert [one.sentence.en for one in differences(NISHITOKYO, later)] == [
        "“Timely” (timely) was taken out.",
        "“Digital” (digital) was added at position 4.",
    ]


@pytest.mark.req("P24")
def test_effects_belong_to_those_who_have_them() -> None:
    assert [len(of(party, TAKAOKA.effects)) for party in Party] == [4, 0, 3]
    assert [len(of(party, NISHITOKYO.effects)) for party in Party] == [3, 4, 4]
    assert of(Party.CITY, TAKAOKA.effects)[2] == "庁内連携が強化され、効率的な行政運営が図られる"
    assert of(Party.GROUP, NISHITOKYO.effects)[2] == "組織基盤の安定化、自立化"
    assert "effects" in {item.options for item in NISHITOKYO.proposal_items}


@pytest.mark.req("P25")
def test_nishitokyo_names_what_each_party_is_strong_in() -> None:
    assert of(Party.GROUP, NISHITOKYO.traits) == ["自発性", "先駆性", "専門性", "機敏性", "個別性"]
    assert of(Party.CITY, NISHITOKYO.traits) == ["平等性", "公平性", "継続性", "安定性"]


@pytest.mark.req("A01")
def test_takaoka_has_five_partner_types() -> None:
    assert labels(TAKAOKA.partner_types) == ["地縁組織", "市民活動組織", "地域産業組織", "法人組織", "企業"]
