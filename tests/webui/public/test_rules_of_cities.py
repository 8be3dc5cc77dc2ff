"""Everybody reads a city's own lists on its rules page, in Japanese and in English."""

import pytest
from sqlalchemy import Engine

from models import clock
from models.database import transaction
from models.editions import take_up
from models.programme.library import programme, shipped_text
from tests.webui.markup import faults, text_of
from tests.webui.visitor import Visitor


def rules_page(visitor: Visitor, key: str) -> str:
    """What the rules page says of this shipped programme, with its blanks taken out."""
    with transaction() as session:
        take_up(session, shipped_text(key), person_id=None, in_force_from=clock.now())
    page = visitor.get(f"/programme/{key}/1")
    assert (page.status, faults(page.html)) == (200, [])
    main = page.root.find(".//main")
    assert main is not None
    return "".join(text_of(main).split())


@pytest.mark.parametrize("key", ["takaoka", "nishitokyo", "starter", "fukui", "koka", "tottori", "toyonaka"])
@pytest.mark.req("P01", "P02", "P09", "P11", "P14", "P15", "P17", "P18", "P19", "P20", "P21", "P22", "A01", "A02")
def test_a_citys_lists_are_read_on_its_rules_page(database: Engine, visitor: Visitor, key: str) -> None:
    rules = programme(key)
    text = rules_page(visitor, key)
    lists = (
        rules.principles, rules.further_principles, rules.domains, rules.methods, rules.fields, rules.content_types,
        rules.suitability, rules.effects, rules.traits, rules.partner_types, rules.criteria,
    )  # fmt: skip
    entries = [entry for one in lists for entry in one]
    costs = [one.label for one in rules.ineligible_costs]
    said = [*costs, rules.definition, rules.participation, rules.suitability_test, *(one.label for one in entries)]
    for word in (*said, *(one.hint for one in entries)):
        assert "".join(word.ja.split()) in text


@pytest.mark.req("P12", "P24", "P25")
def test_forms_stand_with_their_domains_and_effects_and_strengths_with_their_party(
    database: Engine, visitor: Visitor
) -> None:
    text = rules_page(visitor, "nishitokyo")
    assert "責任と成果の帰属：団体と市領域：双方がそれぞれ主体的に連携・協力" in text
    assert "責任と成果の帰属：団体領域：市民が主に役割を担い行政が協力・支援" in text
    assert "責任と成果の帰属：市領域：行政が主に役割を担い市民が協力・支援" in text
    assert "期待される効果市民共に支え合う意識の向上市政への関心の高まり" in text
    assert "享受団体それぞれの目標達成" in text
    assert "自立化新たな活動領域の拡大市質の高い市民サービスの提供" in text
    assert "特性団体自発性先駆性専門性機敏性個別性市平等性公平性継続性安定性" in text


def test_what_a_city_does_not_say_has_no_heading(database: Engine, visitor: Visitor) -> None:
    text = rules_page(visitor, "koka")
    for heading in ("そのほかの原則", "ふさわしさの考え方", "期待される効果"):
        assert heading not in text
