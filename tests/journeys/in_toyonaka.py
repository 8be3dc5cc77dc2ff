"""豊中市: a provisional application with a talk, then the proposal, one round after public presentations, a decision under the budget."""

from playwright.sync_api import expect

from kyodo.demonstration import committee
from models.database import transaction
from tests.journeys.cities import ANSWERS, another, conclude, hand_in, invite, keep_place, proposal_id, screen
from tests.journeys.company import Company
from tests.journeys.papers import pdf_text
from tests.journeys.party import Party
from tests.support.house import link_in, text_of

CALL = "協働事業市民提案 令和10年度実施分"
TITLE = "空き店舗でひらく子どもの学び場"
ROUND = "公開プレゼンテーションによる審査"
ITEMS = {
    "public_interest": "公益性",
    "collaboration": "協働性",
    "feasibility": "実現可能性",
    "pioneering": "先駆性",
    "growth": "発展普及性",
}
CRITERIA = ("elsewhere", "private_gain", "belief", "law")
TALKED = "事前意見交換会でうかがいました。学校との役割を具体的に書いてください。"
REMARKS = "子どもの居場所と学びを結ぶ、豊中らしい提案です。"


def call(way: Company) -> None:
    """Everybody reads the same: the call, its way and what is judged, on the page and in the guidelines."""
    visitor = way.visitor
    visitor.open("/calls")
    visitor.shows("受付中の募集", CALL)
    visitor.follow(CALL)
    visitor.headed(CALL)
    visitor.shows("個別の募集説明", "仮申込（事前意見交換申込）", "第2回 事前意見交換会", "すこやかプラザ1階 多目的室")
    visitor.shows(*[f"{item}（5点）" for item in ITEMS.values()], "満点の60％", "説明15分、質疑15分、傍聴できます")
    with visitor.page.expect_download() as started:
        visitor.follow("募集要項（PDF）")
    guidelines = way.folder / "guidelines.pdf"
    started.value.save_as(guidelines)
    read = pdf_text(guidelines)
    assert [word for word in ("豊中市", "仮申込（事前意見交換申込）", *ITEMS.values()) if word not in read] == []


def entry(way: Company) -> None:
    """仮申込 on a phone: four of the questions; the desk talks with the group and takes it."""
    hanako = way.hanako
    hanako.open("/calls/r9")
    hanako.follow("この募集に提案する")
    hanako.press("提案書を書き始める")
    hanako.type(
        title=TITLE,
        item_field="children",
        item_issue="放課後に一人で過ごし、宿題につまずく子どもがいます。",
        item_purpose="家でも学校でもない学びの場をつくります。",
        item_roles_city="学校との連絡調整、空き店舗の紹介。",
    )
    expect(hanako.page.locator("[data-autosave-status]")).to_contain_text("保存しました")
    hanako.press("保存して、提出前の確認へ")
    hanako.headed("仮申込をする")
    hanako.shows("仮申込（事前意見交換申込）", TITLE, "学校との連絡調整、空き店舗の紹介。")
    hanako.press("仮申込をする")
    hanako.shows("仮申込をしました")
    keep_place(way, hanako)

    asked = way.house.mail("nakamura@aobagawa.example", f"お願い：仮申込への回答「{TITLE}」")
    nakamura = way.nakamura
    nakamura.open(link_in(asked))
    nakamura.follow("仮申込を受け、提案書の作成に進んでもらう")
    nakamura.shows("家でも学校でもない学びの場をつくります。")
    nakamura.type(reason=TALKED, talked_on="2026-12-07")
    nakamura.press("仮申込を受け、提案書の作成に進んでもらう")
    nakamura.lands_on(way.place)
    told = way.house.mail(hanako.email, TITLE, TALKED)
    assert "豊中市 協働ポータル" in str(told["Subject"])
    assert f"受付番号　{way.number}" in text_of(told)


def proposal(way: Company) -> None:
    """The whole form; then the office accepts it and looks closer where the city's words point."""
    hanako = way.at(way.hanako)
    hanako.open(f"{way.place}/draft")
    answers = {**ANSWERS, "item_process": "学校と打ち合わせ、市外の学び場も見学して、6月から週2回ひらきます。"}
    hanako.type(
        **answers, item_plan_fit="子どもが健やかに育つまち。", item_cost_total="2400000", item_cost_city="1800000"
    )
    hand_in(way, hanako)
    way.move(way.nakamura, "受理する")
    way.house.mail("kobayashi@aobagawa.example", f"お願い：除外審査「{TITLE}」")
    nakamura = way.at(way.nakamura)
    nakamura.follow("基準ごとの判断を書く")
    nakamura.shows("募集する事業の要件1", "提案書に「市外」という言葉があります。")
    screen(way, *CRITERIA, checked="市外での活動は見学だけです。")
    way.house.mail(hanako.email, f"除外審査を通過しました「{TITLE}」")
    hanako.open(f"{way.place}/points")
    hanako.shows("市内で行われず、市民が主な担い手でも参加者でもない事業", "該当しない")


def judging(way: Company) -> int:
    """Two judges: one scores both proposals, the other has an interest in one. Returns the other proposal's key."""
    with transaction() as session:
        rival = another(session, "r9", plan_fit="多様性を認めあうまち。")
        committee.enter(rival)
        committee.take_entry(rival)
        rival.submit()
        rival.accept()
        rival.pass_screening()
        other = rival.proposal.id
    own, nakamura = proposal_id(way), way.nakamura
    nakamura.open("/desk/rounds")
    nakamura.shows(ROUND, CALL, "2件の提案が待っています。")
    nakamura.follow("審査を始める")
    nakamura.press("審査を始める")
    nakamura.shows("審査を始めました。")
    here = nakamura.page.url
    invite(way, "sakuma")
    invite(way, "nonomura")

    for who, interest in (("sakuma", "no"), ("nonomura", "yes")):
        judge = way.enter(who, sign_in=False)
        judge.open(link_in(way.house.mail(judge.email, f"審査のお願い：{ROUND}", "提案は2件です。")))
        judge.give_password()
        judge.headed("利害関係の申告")
        judge.type(**{f"proposal-{own}": "no", f"proposal-{other}": interest, f"reason-{other}": "講座の講師です。"})
        judge.press("申告する")
        judge.shows(TITLE)
        judge.follow(TITLE)
        judge.shows("市外の学び場も見学して", *ITEMS.values(), "第4次豊中市総合計画基本構想の方向性との合致")
        judge.shows("2点以下のときは、理由を必ず書いてください。")
        mark(judge, (4, 5, 4, 3, 4) if who == "sakuma" else (5, 4, 4, 4, 4))
        if interest == "no":
            mark(judge, (3, 2, 3, 2, 2))
        else:
            judge.shows("審査しない提案")
            judge.open(f"{judge.page.url.partition('?')[0]}/proposals/{other}")
            judge.hides("絵本をいろいろなことばで読む会")
        judge.open("/judging")
        judge.shows("すべて提出済み")
    nakamura.open(here)
    nakamura.shows("全員が採点を終えました", "講座の講師です。")
    return other


def mark(judge: Party, marks: tuple[int, ...]) -> None:
    """Fill in the sheet that is open and hand it in; low marks with their reason."""
    for key, given in zip(ITEMS, marks, strict=True):
        judge.type(**{f"item_{key}-mark": str(given)})
        if given <= 2:
            judge.type(**{f"item_{key}-comment": "計画に具体性が足りません。"})
    judge.press("この提案の審査票を提出する")
    judge.shows("の審査票を提出しました。")


def decision(way: Company, other: int) -> None:
    """Closed, worked out line by line, concluded by the committee, decided by the head, and published."""
    nakamura, own = way.nakamura, proposal_id(way)
    here = nakamura.page.url
    nakamura.follow("採点を締め切る")
    nakamura.press("採点を締め切る")
    nakamura.headed("審査の結果")
    nakamura.shows("20.5点（25点満点）", "12点（25点満点）")
    ways = nakamura.main.locator("details")
    expect(ways.first).to_contain_text(
        "総合点: 4.5＋4.5＋4＋3.5＋4＝20.5→20.5点（小数第2位までに四捨五入）（満点25点）"
    )
    expect(ways.last).to_contain_text("審査員2人中1人が採点、除斥1人は数えない")
    expect(ways.last).to_contain_text("基準点15点（満点25点の60％）に達していません。")
    nakamura.follow("結論を書く")
    nakamura.type(
        **{f"p{own}-remarks": REMARKS, f"p{own}-amount": "1500000", f"p{own}-opinion": "学校と月1回話し合うこと。"}
    )
    conclude(way, TITLE)
    nakamura.type(**{f"p{other}-remarks": "だれに届けるかが読み取れませんでした。"})
    conclude(way, "絵本をいろいろなことばで読む会")

    watanabe = way.watanabe
    watanabe.headed("受信箱")
    watanabe.shows(TITLE, "採否の決定")
    way.move(watanabe, "採択する").shows("採択内定")
    watanabe.open(f"/proposals/{other}")
    watanabe.follow("不採択とする")
    watanabe.type(reason="基準点に達しなかったため。")
    watanabe.press("不採択とする")
    watanabe.shows("不採択と決定しました")

    mail = text_of(way.house.mail(way.hanako.email, f"採択を内定しました「{TITLE}」"))
    assert [word for word in ("内定", "1,500,000円", REMARKS) if word not in mail] == []
    hanako = way.at(way.hanako)
    hanako.shows("内定", "20.5点（25点満点）", "1,500,000円")
    hanako.follow("点数と理由を読む")
    hanako.shows(REMARKS, "学校と月1回話し合うこと。", *ITEMS.values())
    notice = pdf_text(way.at(hanako).download("選考結果通知書", way.folder))
    wanted = (
        "豊中市協働事業市民提案制度",
        ROUND,
        "採択（内定）",
        "1,500,000円",
        "予算が議決されること",
        "学校と月1回話し合うこと。",
    )
    assert [word for word in wanted if word not in notice] == []

    nakamura.open(here)
    nakamura.follow("結果を公表する")
    nakamura.press("公表する")
    nakamura.shows("結果を公表済み")
    visitor = way.visitor
    visitor.open("/calls/r9/results")
    visitor.shows(ROUND, TITLE, "内定", "不採択")
    visitor.shows("通過した提案と講評", REMARKS, "基準点に達しなかったため。")
    visitor.hides("20.5")
