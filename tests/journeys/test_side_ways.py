"""The turns a proposal may take beside the straight way, each in the browser of those who take it."""

import pytest
from playwright.sync_api import expect

from kyodo.demonstration.plot import Plot
from models.process.vocabulary import State
from tests.journeys.conftest import Enter, Tell
from tests.journeys.papers import pdf_text
from tests.journeys.to_consultation import judge_not_met

pytestmark = pytest.mark.timeout(180)


def test_a_returned_proposal_is_corrected_and_handed_in_again(told: Tell) -> None:
    title = "空き店舗を使う子どもの居場所"
    way = told(State.SUBMITTED, Plot(title=title))
    wish = "経費の内訳に、会場費の積算を書いてください。"
    way.move(way.nakamura, "補正を求める", reason=wish, due_on="2026-04-20")
    way.house.mail(way.hanako.email, f"お願い：提案書を直して再提出してください「{title}」", wish)

    hanako = way.at(way.hanako)
    hanako.shows(wish, "令和8年4月20日")
    hanako.follow("提案書を直す")
    hanako.shows(wish)
    hanako.type(item_cost_notes="会場費 1,000円×120日＝120,000円")
    hanako.press("保存して、提出前の確認へ")
    hanako.press("提出する")
    hanako.lands_on(way.place)
    hanako.shows(way.number, "2回目の提出")

    nakamura = way.at(way.nakamura)
    nakamura.follow("提案書")
    nakamura.follow("前の版から変わったところを見る")
    expect(nakamura.main.locator("ins").first).to_contain_text("1,000円×120日")
    way.move(nakamura, "受理する").shows("提案を受理しました")


@pytest.mark.req("X01", "X05")
def test_an_exclusion_names_clause_and_reason_and_is_decided_by_the_head(told: Tell) -> None:
    title = "候補者を知る市民の集い"
    way = told(State.SCREENING, Plot(title=title, answers={"purpose": "選挙の候補者を応援する集いを開きます。"}))
    nakamura = way.at(way.nakamura)
    reason = "特定の候補者を応援する催しが計画の中心であるため。"
    nakamura.follow("基準ごとの判断を書く")
    nakamura.shows("要確認")
    judge_not_met(nakamura, "politics")
    nakamura.type(**{"item_politics-verdict": "met", "item_politics-reason": reason})
    nakamura.press("判断を保存する")
    way.move(nakamura, "「対象外」として確認に回す", reason=reason)
    way.at(way.hanako).hides(reason, "対象外")
    way.move(way.kobayashi, "対象外を確認し、決裁に上げる")
    watanabe = way.at(way.watanabe)
    watanabe.follow("対象外を決裁する")
    watanabe.shows("政治活動", "第1章6(2)", reason)
    watanabe.press("対象外を決裁する")
    watanabe.lands_on(way.place)

    way.house.mail(way.hanako.email, f"対象外と決定しました「{title}」", "政治活動")
    text = pdf_text(way.at(way.hanako).download("通知書", way.folder))
    for words in (way.number, "政治活動", "第1章6(2)", reason, "渡辺誠"):
        assert words in text
    way.in_public().shows("対象外", "政治活動", "第1章6(2)")


@pytest.mark.req("I10")
def test_a_section_that_declines_says_why_and_the_next_one_reads_it(told: Tell, enter: Enter) -> None:
    title = "放課後の科学教室"
    way = told(State.ASSIGNED, Plot(title=title))
    reason = "小学生の放課後は子ども未来課の所管であるため。"
    way.move(way.yamamoto, "引き受けられない理由を伝える", to="/inbox", reason=reason)
    way.yamamoto.shows("担当課が理由を添えて返しました。次は市民協働課の番です。")
    way.house.mail(way.hanako.email, f"担当課が理由を添えて返しました「{title}」", reason)
    way.at(way.hanako).shows(reason, "福祉政策課")

    nakamura = way.at(way.nakamura)
    nakamura.follow("担当課を決める")
    nakamura.shows("担当課のこれまで", reason)
    nakamura.type(section_id="子ども未来課", reason="放課後の活動を所管しているため。")
    nakamura.press("担当課を決める")
    nakamura.lands_on(way.place)
    matsumoto = way.at(enter("matsumoto"))
    matsumoto.follow("引き受ける")
    matsumoto.shows("福祉政策課", reason)
    matsumoto.press("引き受ける")
    matsumoto.lands_on(way.place)
    assert way.yamamoto.page.request.get(way.place).status == 404
    way.in_public().shows("子ども未来課", "担当課が引き受けました")


@pytest.mark.req("C04")
def test_either_side_may_end_the_consultation_without_agreement(told: Tell) -> None:
    title = "屋上の緑化"
    way = told(State.CONSULTING, Plot(title=title))
    reason = "会場の条件が折り合いませんでした。"
    way.move(way.hanako, "協議不成立とする", reason=reason)
    way.hanako.shows("協議不成立", reason)
    way.house.mail(way.takahashi.email, f"協議は成立しませんでした「{title}」", reason)
    way.at(way.takahashi).shows("協議不成立", reason)
    way.in_public().shows("協議不成立")


@pytest.mark.req("X06")
def test_the_group_may_withdraw_at_any_time_and_propose_again(told: Tell) -> None:
    title = "川辺の朝市"
    way = told(State.DRAFTING, Plot(title=title))
    way.at(way.hanako).follow("取り下げる")
    way.hanako.shows("不利益はありません")
    way.hanako.press("取り下げる")
    way.hanako.lands_on(way.place)
    way.hanako.shows("取下げ")
    way.house.mail("nakamura@aobagawa.example", f"提案を取り下げました「{title}」")
    way.in_public().shows("取下げ")
    way.hanako.open("/proposals/new")
    way.hanako.type(call="anytime")
    way.hanako.press("提案書を書き始める")
    way.hanako.headed("提案書を書く")


def test_a_project_is_discontinued_by_either_signer_and_the_reason_stays_between_the_parties(told: Tell) -> None:
    title = "水辺の生きもの調べ"
    way = told(State.RUNNING, Plot(title=title))
    reason = "大雨で会場が使えなくなったため、双方で話し合って決めました。"
    way.move(way.ito, "事業を中止する", reason=reason)
    way.house.mail(way.hanako.email, f"事業を中止しました「{title}」", reason)
    way.at(way.hanako).shows("中止", reason)
    way.in_public().shows("中止")
    way.visitor.hides(reason)


@pytest.mark.req("B02")
def test_a_publication_taken_back_leaves_a_note_in_its_place(told: Tell) -> None:
    title = "ことばの交流サロン"
    way = told(State.SCHEDULED, Plot(title=title), days_ago=2)
    way.house.mail(way.hanako.email, f"評価を公表しました「{title}」")
    conclusion = Plot().words.next_steps
    way.in_public().shows(conclusion)

    reason = "成果の人数に誤りが見つかったため。"
    way.move(way.nakamura, "公表を取り下げる", reason=reason)
    way.in_public().shows("公表を取り下げています", reason)
    way.visitor.hides(conclusion)
    way.visitor.open("/cases")
    way.visitor.shows(title)

    way.move(way.nakamura, "もう一度公表を準備する")
    way.move(way.nakamura, "公表案を直す", "第3版として保存する", results="延べ1,824人が利用しました。")
    way.house.mail(way.hanako.email, f"お願い：公表案の確認「{title}」")
    way.at(way.hanako).follow("公表案を確認する")
    way.hanako.shows("延べ1,824人")
