"""鳥取県: proposals at any time, nothing scored; a section examines, and the answer with its reason comes within 30 days."""

from datetime import date

from playwright.sync_api import expect

from tests.journeys.cities import ANSWERS, hand_in, screen
from tests.journeys.company import Company
from tests.journeys.papers import pdf_text
from tests.support.house import link_in, text_of

CALL = "民間提案の受付（随時）"
TITLE = "県営住宅の空き室でひらく相談室"
CRITERIA = ("private_gain", "morals", "not_able", "belief", "violence")
SECRET = "相談員の配置の工夫は、公開しないでください。"
QUESTION = "県営住宅の空き室を、目的外に使うことはできますか。"
OPINION = "空き室は修繕のあと募集する計画で、目的外に使える部屋が今はありません。"
REASON = "使える空き室がないため。来年度に修繕計画が見直されたら、改めてご提案ください。"


def call(way: Company) -> None:
    """No opening, no closing, no round: what the desk promises is what everybody reads."""
    visitor = way.visitor
    visitor.open("/calls")
    visitor.shows(CALL, "県の課題への提案", "受付から30日以内に、検討結果を理由とともにお答えします。")
    visitor.follow(CALL)
    visitor.headed(CALL)
    visitor.shows("公序良俗に反する内容の事業（協働提案 対象外事業2）", "県に期待する役割", "0857-26-7071")
    visitor.shows("受付から30日以内に、結果と理由をお知らせします。")
    visitor.hides("基準点", "公開プレゼンテーション")
    visitor.open("/calls/problems")
    visitor.shows("効率的な行政サービスやコスト削減のためのアイデア", "県有施設の有効活用")


def proposal(way: Company) -> None:
    """Handed in on a phone; from then on the thirty days run."""
    hanako = way.hanako
    hanako.open("/calls/anytime")
    hanako.follow("この募集に提案する")
    hanako.press("提案書を書き始める")
    hanako.type(
        **{**ANSWERS, "item_field": "welfare", "item_methods": "assets"},
        title=TITLE,
        item_issue="引きこもりの家族を抱え、近くに相談できる人がいません。",
        item_purpose="県営住宅の空き室で、当事者の家族が相談を受けます。",
        item_roles_city="空き室の提供。",
        item_cost_total="600000",
        item_cost_city="0",
        item_secret=SECRET,
    )
    hanako.page.get_by_label("提案の内容は、自ら企画し実施することができます").check()
    expect(hanako.page.locator("[data-autosave-status]")).to_contain_text("保存しました")
    hand_in(way, hanako)

    asked = way.house.mail("nakamura@aobagawa.example", f"提案の受付「{TITLE}」")
    assert "提案者への結果の回答" in text_of(asked)
    assert "5月5日" in text_of(asked), "thirty days from 5 April"
    nakamura = way.nakamura
    nakamura.open("/inbox")
    nakamura.shows(TITLE, "提案者への結果の回答", "5月5日")
    nakamura.open(link_in(asked))
    nakamura.follow("受理する")
    nakamura.press("受理する")
    nakamura.shows("提案を受理しました")


def examination(way: Company) -> None:
    """A section is asked and answers; the group reads both; then the office concludes without any judge."""
    due_on = {"due_on": "2027-04-16"}
    way.move(way.nakamura, "課に意見を求める", section_id="住宅政策課", question=QUESTION, **due_on)
    asked = way.house.mail("goto@aobagawa.example", f"お願い：意見の回答「{TITLE}」")
    goto = way.enter("goto")
    goto.open(link_in(asked))
    goto.follow("意見を伝える")
    goto.shows(QUESTION)
    goto.type(text=OPINION)
    goto.press("意見を伝える")
    goto.shows("課が意見を伝えました")
    way.house.mail(way.hanako.email, f"課が意見を伝えました「{TITLE}」")
    way.hanako.open(f"{way.place}/opinions")
    way.hanako.shows("住宅政策課", QUESTION, OPINION)

    way.at(way.nakamura).follow("基準ごとの判断を書く")
    way.nakamura.shows("協働提案 対象外事業1", "提案者の要件3")
    screen(way, *CRITERIA)
    remarks = "住宅政策課の意見のとおり、使える空き室がありません。"
    way.move(way.nakamura, "審査の結論を書く", "結論を保存する", passed="no", remarks=remarks)


def decision(way: Company) -> None:
    """The head decides with the promised day in sight; the group has its notice, and everybody the reason."""
    way.live_on(date(2027, 4, 28))
    way.nakamura.open("/inbox")
    way.nakamura.shows(TITLE, "提案者への結果の回答", "5月5日")
    asked = way.house.mail("watanabe@aobagawa.example", f"お願い：採否の決定「{TITLE}」")
    watanabe = way.watanabe
    watanabe.open(link_in(asked))
    watanabe.follow("不採択とする")
    watanabe.shows("使える空き室がありません。")
    watanabe.type(reason=REASON)
    watanabe.press("不採択とする")
    watanabe.shows("不採択と決定しました")
    way.nakamura.open("/inbox")
    way.nakamura.hides("提案者への結果の回答")

    told = text_of(way.house.mail(way.hanako.email, f"不採択と決定しました「{TITLE}」"))
    assert REASON in told
    hanako = way.at(way.hanako)
    hanako.shows("不採択", REASON)
    notice = pdf_text(hanako.download("選考結果通知書", way.folder))
    for words in ("鳥取県民間提案事業サポートデスク", "不採択", REASON, "改めて御提案いただくことができます"):
        assert words in notice, notice
    visitor = way.in_public()
    visitor.shows(TITLE, "不採択", REASON, "引きこもりの家族を抱え")
    visitor.hides(SECRET)
