"""この制度のきまり: what everybody reads of the rules in force, of an edition a case stands on, and of every change."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models import clock as model_clock
from models.database import reading, transaction
from models.editions import take_up
from models.programme.library import DEFAULT, programme
from models.proposals import Proposal
from tests.conftest import Clock
from tests.support.editions import POLITICS, REASON, SIGN, WELFARE, another, changed, planned, put_in_force
from tests.support.statements import statements
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.public.conftest import ENDED, EXCLUDED, RUNNING
from tests.webui.public.test_case import open_case
from tests.webui.visitor import Page, Visitor


def main_text(page: Page) -> str:
    """What stands in the main part."""
    found = page.root.find(".//main")
    assert found is not None
    return text_of(found)


@pytest.mark.req("L03", "P01")
def test_everybody_reads_the_rules_in_force(cast: Cast, visitor: Visitor) -> None:
    page = visitor.get("/programme")
    assert (page.status, page.heading, faults(page.html)) == (200, "この制度のきまり", [])
    text = main_text(page)
    rules = programme(DEFAULT)
    assert rules.definition.ja in text
    for entry in (*rules.principles, *rules.methods, *rules.domains, *rules.fields, *rules.criteria):
        assert entry.label.ja in text
    assert "協働の対象から除きます" in text
    assert "根拠：第1章6(2)" in text
    assert "署名10開庁日以内" in text
    assert "期間の終わりから" in text
    footer = visitor.get("/").root.find(".//footer")
    assert footer is not None
    assert "/programme" in [link.get("href") for link in footer.iter("a")]


@pytest.mark.req("W01", "L03")
def test_every_change_is_public_with_its_day_its_reason_and_what_changed(cast: Cast, visitor: Visitor) -> None:
    with transaction() as session:
        put_in_force(session, SIGN)
        put_in_force(session, SIGN, WELFARE, reason="分野の名称を\n市の計画に合わせる")
        planned(session, model_clock.now() + timedelta(days=3), SIGN, POLITICS)
    page = visitor.get("/programme/changes")
    assert (page.status, faults(page.html)) == (200, [])
    steps = [text_of(one) for one in page.root.findall(".//main//ul[@class='lines']/li")]
    assert [one.split()[0] for one in steps] == ["第3版", "第2版", "第1版"]
    assert "理由：分野の名称を 市の計画に合わせる" in steps[0]
    assert "「福祉」の表示名を「保健と福祉」に改めました。" in steps[0]
    assert REASON in steps[1]
    assert "期限署名を「10」から「12」に変更しました。" in steps[1]
    assert "制度の始まりから" in steps[2]
    assert "はじめての版です。" in steps[2]
    assert "政党のための活動" not in page.html
    assert "保健と福祉" in visitor.get("/programme").html


def test_an_edition_has_its_page_once_it_holds(cast: Cast, visitor: Visitor) -> None:
    with transaction() as session:
        put_in_force(session, WELFARE)
        take_up(session, changed(POLITICS), person_id=None)
    old = visitor.get(f"/programme/{DEFAULT}/1")
    assert (old.status, old.heading, faults(old.html)) == (200, "第1版のきまり", [])
    assert "新しい提案には第2版を使っています。" in old.html
    assert "保健と福祉" not in old.html
    assert "保健と福祉" in visitor.get(f"/programme/{DEFAULT}/2").html
    for path in (
        f"/programme/{DEFAULT}/3",
        f"/programme/{DEFAULT}/9",
        "/programme/nobody/1",
        f"/programme/{DEFAULT}/0",
    ):
        assert visitor.get(path).status == 404


def test_other_programmes_are_a_step_away(cast: Cast, visitor: Visitor) -> None:
    with transaction() as session:
        take_up(session, another("young"), person_id=None, in_force_from=model_clock.now())
    links = [link.get("href") for link in visitor.get("/programme").root.iter("a")]
    assert "/programme/young/1" in links
    headings = [text_of(one) for one in visitor.get("/programme/changes").root.findall(".//h2")]
    assert headings == ["青葉川市 協働事業提案制度"] * 2


@pytest.mark.req("W01")
def test_a_running_case_says_under_which_edition_it_stands_and_what_changed_since(
    cast: Cast, visitor: Visitor, enter: Enter, clock: Clock
) -> None:
    before = main_text(open_case(visitor, RUNNING))
    assert "第1版のきまりで進めています。" in before
    assert "新しい案件には" not in before
    with transaction() as session:
        put_in_force(session, SIGN, WELFARE)
        proposal_id = session.scalars(select(Proposal.id).where(Proposal.title == RUNNING)).one()
    theirs = enter(cast.people["katsuragi"]).get(f"/proposals/{proposal_id}")
    for page in (open_case(visitor, RUNNING), theirs):
        assert faults(page.html) == []
        text = main_text(page)
        assert "第1版のきまりで進めています。" in text
        assert "新しい案件には第2版を使っていますが、この案件のきまりは変わりません。" in text
        assert "第2版で変わったこと（2件）" in text
        assert "署名を「10」から「12」に変更しました。" in text
        links = [link.get("href") for link in page.root.iter("a")]
        assert f"/programme/{DEFAULT}/1" in links
        assert f"/programme/{DEFAULT}/2" in links
    over = main_text(open_case(visitor, ENDED))
    assert "第1版のきまりで進めました。" in over
    assert "新しい案件には" not in over


def test_the_grounds_of_an_old_case_lead_to_the_rules_it_was_decided_on(cast: Cast, visitor: Visitor) -> None:
    with transaction() as session:
        put_in_force(session, POLITICS)
    page = open_case(visitor, EXCLUDED)
    assert "政治活動（協働のルール" in main_text(page)
    assert "政党のための活動" not in page.html
    assert "政治活動" in visitor.get(f"/programme/{DEFAULT}/1").html


def test_the_rules_cost_few_statements_and_are_there_in_english(cast: Cast, visitor: Visitor) -> None:
    with transaction() as session:
        for number in range(11, 31):
            put_in_force(session, (SIGN[0], f"  sign: {number}\n"))
    visitor.get("/programme/changes")
    with statements() as sent:
        visitor.get("/programme/changes")
    assert len(sent) <= 6
    visitor.get("/language/en")
    page = visitor.get("/programme")
    assert faults(page.html) == []
    assert page.heading == "The rules of this programme"
    assert "within 30 business days" in page.html
    with reading() as session:
        assert session.scalar(select(Proposal.id).limit(1)) is not None
