"""One case as the public follows it: whose turn, what happened, how it ended, what was learnt."""

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from models.database import reading
from models.proposals import Proposal
from tests.support.among_groups import INTRODUCTION, among_groups
from tests.support.statements import statements
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.public.conftest import ENDED, EXCLUDED, HIDDEN, PUBLISHED, RUNNING, TAKEN_BACK, WITHDRAWN
from tests.webui.telling import tell
from tests.webui.visitor import Page, Visitor


def open_case(visitor: Visitor, title: str) -> Page:
    """The public page of a case."""
    with reading() as session:
        number = session.scalars(select(Proposal.number).where(Proposal.title == title)).one()
    return visitor.get(f"/cases/{number}")


@pytest.mark.req("B01", "S03")
def test_everybody_sees_how_far_it_is_and_whose_turn_it_is(cast: Cast, visitor: Visitor) -> None:
    page = open_case(visitor, RUNNING)
    assert page.status == 200
    assert faults(page.html) == []
    steps = [text_of(step) for step in page.root.findall(".//ol[@class='steps']/li")]
    assert len(steps) == 7
    assert "（今ここ）" in steps[4]
    text = text_of(page.root)
    assert "川辺のみまもり 実施報告の提出" in text.replace("　", " ")
    assert "期限は令和" in text
    for done in ("提案を受理しました", "担当課を決めました", "協定書に署名しました"):
        assert done in text, done


def test_the_public_and_the_parties_read_the_same_days(cast: Cast, visitor: Visitor, enter: Enter) -> None:
    with reading() as session:
        proposal_id = session.scalars(select(Proposal.id).where(Proposal.title == RUNNING)).one()
    theirs = enter(cast.people["katsuragi"]).get(f"/proposals/{proposal_id}")
    done = ".//ol[@class='steps']/li[@class='done']"
    days = [text_of(step) for step in open_case(visitor, RUNNING).root.findall(done)]
    assert days == [text_of(step) for step in theirs.root.findall(done)]
    assert len(days) == 4
    assert all("月" in day for day in days)


def test_the_public_reads_no_names_of_people_and_no_words_of_the_parties(cast: Cast, visitor: Visitor) -> None:
    for title in (RUNNING, ENDED, EXCLUDED, WITHDRAWN, PUBLISHED, TAKEN_BACK):
        page = open_case(visitor, title)
        for person in cast.people.values():
            assert person.name not in page.html, (title, person.name)
            assert person.email not in page.html
        assert "部外秘の理由" not in page.html
        assert "居場所づくりを所管しているため" not in page.html


@pytest.mark.req("A05")
def test_groups_among_themselves_are_shown_as_a_case_without_the_city(cast: Cast, visitor: Visitor) -> None:
    tell(cast, Story.submit, Story.accept, Story.pass_screening, plot=among_groups())
    page = open_case(visitor, among_groups().title)
    assert faults(page.html) == []
    text = text_of(page.root)
    assert "登録済み（団体どうしの協働）" in text
    assert "市は加わらず、団体が力を出し合って進めます。" in text
    assert "みどり団地自治会、まちなか農園の会" in text
    assert INTRODUCTION in text
    assert len(page.root.findall(".//ol[@class='steps']/li[@class='done']")) == 2
    assert "事前協議" not in text
    listed = visitor.get("/cases?standing=registered")
    assert among_groups().title in listed.html
    assert RUNNING not in listed.html


@pytest.mark.req("X05")
def test_an_exclusion_is_public_with_its_criterion_and_clause(cast: Cast, visitor: Visitor) -> None:
    text = text_of(open_case(visitor, EXCLUDED).root)
    assert "政治活動（協働のルール 第1章6(2)）" in text
    assert "（ここで終了）" in text
    assert "特定の候補者" not in text


def test_other_ends_are_said_plainly(cast: Cast, visitor: Visitor) -> None:
    assert "協定を結ぶには至りませんでした" in open_case(visitor, ENDED).html
    assert "提案団体が提案を取り下げました" in open_case(visitor, WITHDRAWN).html


@pytest.mark.req("B02", "B05", "V17")
def test_the_evaluation_shows_both_marks_and_marks_their_difference_in_words(cast: Cast, visitor: Visitor) -> None:
    page = open_case(visitor, PUBLISHED)
    assert faults(page.html) == []
    rows = [[text_of(cell) for cell in row] for row in page.root.findall(".//table[@class='work']/tbody/tr")]
    assert len(rows) == 11
    [different] = [row for row in rows if "評価が異なる" in row[3]]
    assert different[0].startswith("予算は適切であったか")
    assert different[1:3] == ["あまりできなかった", "おおむねできた"]
    for words in ("86人", "79人", "安心して過ごせる場所ができた", "冬の夕方の担い手", "300,000円", "補助・助成"):
        assert words in page.html, words


def test_a_publication_taken_back_leaves_a_note_with_its_reason(cast: Cast, visitor: Visitor) -> None:
    page = open_case(visitor, TAKEN_BACK)
    assert "公表を取り下げています" in page.html
    assert "写真の人の同意を確かめるため。" in page.html
    assert "団体と市がいっしょにまとめた評価" not in page.html


@pytest.mark.req("B10")
def test_a_page_says_how_fresh_it_is_and_whom_to_ask(cast: Cast, visitor: Visitor) -> None:
    page = open_case(visitor, PUBLISHED)
    facts = {text_of(d[0]): text_of(d[1]) for d in page.root.findall(".//section[@class='box section']/dl/div")}
    assert facts["担当"] == "福祉政策課"
    assert facts["電話"] == "000-000-0210"
    assert facts["ファクス"] == "000-000-0219"
    assert facts["メール"] == "welfare-policy@aobagawa.example"
    assert facts["ページ番号"].startswith("R")
    assert facts["最終更新日"].startswith("令和")
    assert "8時30分" in facts["開庁時間"]


def test_what_is_not_public_looks_like_what_does_not_exist(cast: Cast, visitor: Visitor, enter: Enter) -> None:
    with reading() as session:
        numbers = [n for n in session.scalars(select(Proposal.number).where(Proposal.title.in_(HIDDEN))) if n]
    missing = visitor.get("/cases/R9-9999").html.replace("R9-9999", "X")
    for number in numbers:
        page = visitor.get(f"/cases/{number}")
        assert page.status == 404
        assert page.html.replace(number, "X") == missing
    assert enter(cast.people["nakamura"]).get(f"/cases/{numbers[0]}").status == 404
    assert visitor.get("/cases/None").status == 404
    assert visitor.get("/cases/%00").status in (400, 404)


def test_a_case_costs_a_handful_of_statements(cast: Cast, visitor: Visitor) -> None:
    open_case(visitor, PUBLISHED)
    with statements() as sent:
        page = open_case(visitor, PUBLISHED)
    assert len(sent) <= 7
    assert len(page.html.encode()) < 25_000


def test_it_is_there_in_english(cast: Cast, visitor: Visitor) -> None:
    visitor.get("/language/en")
    page = open_case(visitor, PUBLISHED)
    assert faults(page.html) == []
    assert "Was the budget appropriate?" in page.html
    assert "Hardly" in page.html
