"""甲賀市: the section is consulted first, then two rounds of seven judges, a decision under the budget, and the agreement."""

from datetime import date
from typing import Any

from playwright.sync_api import expect

from kyodo.demonstration.cast import gather
from models.database import transaction
from models.judging.tables import Judge, JudgingRound
from models.proposals import Proposal
from tests.journeys.cities import ANSWERS, conclude, hand_in, proposal_id, screen
from tests.journeys.company import Company
from tests.journeys.papers import a_pdf, pdf_text
from tests.journeys.test_form import PASTE
from tests.support.house import link_in, text_of
from tests.support.selection import Hall

CALL = "令和10年度実施分 市民テーマ型事業 募集"
TITLE = "信楽の里山で子どもと森を育てる"
DOCUMENTS = "第1次審査（書類審査）"
FINAL = "第2次審査（公開プレゼンテーション、最終審査）"
ITEMS = ("local_problem", "concrete", "synergy", "fresh", "whole_city")
CRITERIA = (
    *("profit", "private_gain", "belief", "building", "social", "double_subsidy", "costs"),
    *("five_members", "own_rules", "violence", "once_a_year", "three_years"),
)
BUDGET = "\n".join(
    (
        "収入\t市の負担金\t\t300,000",
        "収入\t会費\t\t100,000",
        "支出\t講師謝礼\t4回\t240,000",
        "支出\t印刷費\t\t130,000",
        "支出\t講師の茶菓\t\t30,000",
    )
)
OPINION = "小学校の体験学習と重なります。日程を合わせれば、市全域の学校に広げられます。"
RECORD: dict[str, Any] = {
    "item_characteristics": "団体は森の知識、市は学校とのつながりを持っています。",
    "item_cooperation": "月1回、担当課で打ち合わせます。",
    "item_cost_split": "市が300,000円までを負担し、残りは会費でまかないます。",
    "item_method_reason": "双方が主催者となり、学校に呼びかけるため。",
    "item_principles": ("duty", "independence", "complement", "equality"),
}
AGREEMENT: dict[str, Any] = {
    "item_responsibility": "事故には、甲乙が協力して対応する。",
    "item_period": "令和10年4月1日から令和11年3月31日まで。",
    "item_law": "甲乙は関係する法令を守る。",
    "period_from": "2028-04-01",
    "period_to": "2029-03-31",
    "amount": "250000",
    "budget-0-item": "講師謝礼",
    "budget-0-amount": "240,000",
    "budget-1-item": "印刷費",
    "budget-1-amount": "110,000",
}


def proposal(way: Company) -> None:
    """The call, the form with its budget of both sides, and a point of the costs that the office looks at."""
    visitor = way.visitor
    visitor.open("/calls/r10_citizens")
    visitor.shows(CALL, DOCUMENTS, FINAL, "構成する会員が5人以上いること", "商品券等金券の購入代金", "11月中旬")
    hanako = way.hanako
    hanako.open("/calls/r10_citizens")
    hanako.follow("この募集に提案する")
    hanako.press("提案書を書き始める")
    hanako.type(
        **ANSWERS,
        title=TITLE,
        item_issue="里山の手入れをする人が減り、子どもが森を知らずに育っています。",
        item_purpose="子どもと大人が一緒に森を育てます。",
        item_roles_city="学校への呼びかけ、広報。",
        item_cost_total="400000",
        item_cost_city="300000",
        item_other_grants="none",
    )
    table = hanako.page.locator("[data-table=item_budget]")
    table.locator("tbody tr:nth-child(1) [data-column=side] select").evaluate(PASTE, BUDGET)
    expect(table.locator("tbody tr")).to_have_count(5)
    hanako.page.get_by_label("暴力団又は暴力団員等の統制の下にないことを誓約します").check()
    hanako.page.locator("#item_rules_file").set_input_files(a_pdf("会則.pdf"))
    expect(hanako.page.locator("[data-question=item_rules_file]")).to_contain_text("会則.pdf")
    expect(hanako.page.locator("[data-autosave-status]")).to_contain_text("保存しました")
    hand_in(way, hanako)
    way.move(way.nakamura, "受理する")
    way.house.mail("kobayashi@aobagawa.example", f"お願い：除外審査「{TITLE}」")


def opinion(way: Company) -> None:
    """Asked on the way, given by the section's head, read by the group; then the screening is finished."""
    question = "学校の行事と重なるところはありますか。"
    way.move(way.nakamura, "課に意見を求める", section_id="子ども未来課", question=question)
    asked = way.house.mail("matsumoto@aobagawa.example", f"お願い：意見の回答「{TITLE}」")
    matsumoto = way.enter("matsumoto")
    matsumoto.open(link_in(asked))
    matsumoto.follow("意見を伝える")
    matsumoto.shows(question)
    matsumoto.type(text=OPINION)
    matsumoto.press("意見を伝える")
    matsumoto.shows("課が意見を伝えました")
    nakamura = way.at(way.nakamura)
    nakamura.follow("基準ごとの判断を書く")
    nakamura.shows("負担金交付要綱第3条", "茶菓", "実施要綱第4条第1号", "会員名簿")
    screen(way, *CRITERIA)
    way.hanako.open(f"{way.place}/opinions")
    way.hanako.shows("子ども未来課", OPINION)


def consultation(way: Company) -> None:
    """The section takes it on, meets the group, and both confirm the same record: only then is it judged."""
    reason = "里山の事業を所管しているため。"
    way.move(way.nakamura, "担当課を決める", section_id="福祉政策課", reason=reason)
    way.move(way.yamamoto, "引き受ける")
    takahashi = way.move(
        way.takahashi,
        "議事録を書く",
        "議事録を保存する",
        held_on="2027-08-09",
        place="信楽地域市民センター",
        participants="団体 2人、担当課 2人",
        minutes="森の安全と、学校への呼びかけ方を話し合った。",
        open_points="保険を確かめる。",
    )
    hanako = way.move(way.hanako, "議事録を確認する")
    way.move(takahashi, "協議録を書く", "第1版として保存する", **RECORD)
    way.move(hanako, "協議録を確認する", "第1版を確認する")
    way.at(takahashi).follow("協議録を確認する")
    takahashi.shows("子どもと大人が一緒に森を育てます。", "協力と補完")
    takahashi.press("第1版を確認する")
    takahashi.shows("審査中")
    way.house.mail("nakamura@aobagawa.example", f"お願い：審査の開始「{TITLE}」")


def documents(way: Company) -> None:
    """第1次審査: seven judges with ◎○△×; one has an interest and does not count."""
    with transaction() as session:
        hall = Hall(session, gather(session), [session.get_one(Proposal, proposal_id(way))])
        judging = hall.open(budget=None)
        for judge in seven(hall, judging):
            _score(hall, judge, "2")
        hall.close(judging)
        hall.conclude(judging, hall.proposals[0])
    way.house.mail(way.hanako.email, f"審査の結論が出ました「{TITLE}」")
    hanako = way.at(way.hanako)
    hanako.follow("点数と理由を読む")
    hanako.shows(DOCUMENTS, "課題の解決", "10点（15点満点）")
    notice = pdf_text(way.at(hanako).download("選考結果通知書", way.folder))
    assert [words for words in ("通過", DOCUMENTS, "甲賀市市民協働事業提案制度") if words not in notice] == []


def final(way: Company) -> None:
    """第2次審査: weighted items; the budget is not enough for all that was asked."""
    nakamura = way.nakamura
    nakamura.open("/desk/rounds")
    nakamura.shows(FINAL)
    nakamura.follow("審査を始める")
    nakamura.type(budget="250000")
    nakamura.press("審査を始める")
    nakamura.shows("この審査の審査員は7人です。")
    here = nakamura.page.url.partition("?")[0]
    with transaction() as session:
        judging = session.get_one(JudgingRound, int(here.rsplit("/", 1)[1]))
        hall = Hall(session, gather(session), [session.get_one(Proposal, proposal_id(way))])
        for judge in seven(hall, judging):
            if judge.name != "佐久間 理":
                _score(hall, judge, "4")
    sakuma = way.enter("sakuma")
    sakuma.open("/judging")
    sakuma.follow(FINAL)
    sakuma.type(**{f"proposal-{proposal_id(way)}": "no"})
    sakuma.press("申告する")
    sakuma.follow(TITLE)
    sakuma.shows("課題の解決", "重みを掛けて、最高10点になります。")
    sakuma.type(**{f"item_{key}-mark": mark for key, mark in zip(ITEMS, "54534", strict=True)})
    sakuma.press("この提案の審査票を提出する")
    sakuma.shows("すべて提出しました")

    nakamura.open(here)
    nakamura.shows("全員が採点を終えました", "家族が理事です。")
    nakamura.follow("採点を締め切る")
    nakamura.press("採点を締め切る")
    nakamura.shows("28.5点（35点満点）", "250,000円")
    explained = nakamura.main.locator("details").first
    expect(explained).to_contain_text("審査員7人中6人が採点、除斥1人は数えない")
    expect(explained).to_contain_text("「課題の解決」: （5＋4＋4＋4＋4＋4）×重み2÷6人")
    expect(explained).to_contain_text("28.5×100％＝28.5")
    expect(explained).to_contain_text("予算の残り250,000円、残りに合わせて250,000円")
    nakamura.follow("結論を書く")
    nakamura.type(**{f"p{proposal_id(way)}-remarks": "森と学校を結ぶ計画です。"})
    conclude(way, TITLE)


def decision(way: Company) -> None:
    """内定 by the head of the department in charge, 正式 after the budget vote; the agreement is then drafted from the record."""
    way.move(way.ito, "採択する").shows("採択内定")
    told = text_of(way.house.mail(way.hanako.email, f"採択を内定しました「{TITLE}」"))
    assert [words for words in ("内定", "250,000円") if words not in told] == []
    nakamura = way.at(way.nakamura)
    with transaction() as session:
        [round_id] = [c.round_id for c in session.get_one(Proposal, proposal_id(way)).conclusions[-1:]]
    nakamura.open(f"/desk/rounds/{round_id}/publish")
    nakamura.press("公表する")
    way.visitor.open("/calls/r10_citizens/results")
    way.visitor.shows(FINAL, TITLE, "内定", "250,000円", "点満点")

    way.live_on(date(2028, 3, 27))
    way.move(way.ito, "正式に決定する", voted_on="2028-03-24").shows("協定書を作成中")
    way.house.mail(way.hanako.email, f"予算の議決を受けて正式に決定しました「{TITLE}」")
    takahashi = way.at(way.takahashi)
    takahashi.follow("協定書を書く")
    expect(takahashi.page.get_by_label("事業目的")).to_have_value("子どもと大人が一緒に森を育てます。")
    takahashi.type(**AGREEMENT)
    takahashi.press("第1版として保存する")
    takahashi.lands_on(way.place)
    way.hanako.open(f"{way.place}/agreement")
    way.hanako.shows("共催", "250,000円", "学校への呼びかけ、広報。")


def seven(hall: Hall, judging: JudgingRound) -> list[Judge]:
    """Seven judges invited; the last has an interest, the others none. Returns those who score."""
    names = ("佐久間 理", "野々村 文", "黒木 透", "青木 一", "石田 二郎", "上野 三枝", "江口 四郎")
    known = ("sakuma@aobagawa-u.example", "nonomura@npo-center.example", "kuroki@aobagawa.example")
    mails = (*known, *(f"judge{n}@koka.example" for n in range(4, 8)))
    judges = [hall.judge(judging, name, mail) for name, mail in zip(names, mails, strict=True)]
    hall.declare(judges[-1], *hall.proposals)
    return judges[:-1]


def _score(hall: Hall, judge: Judge, mark: str) -> None:
    hall.declare(judge)
    hall.score(judge, hall.proposals[0], mark)
