"""One of each formal document, with the people of the demonstration city."""

from datetime import UTC, date, datetime

from notifications.documents.agreement import AgreementText, Article, BudgetLine, Party, SignatureMade
from notifications.documents.evaluation import (
    Beneficiaries,
    Confirmation,
    EvaluationSheet,
    JointConclusion,
    Opinion,
    RatedItem,
)
from notifications.documents.exclusion_notice import REMEDY, THANKS, ExclusionNotice, Ground, Step
from notifications.documents.letter import Letterhead, Office
from notifications.documents.own_words import Wording
from notifications.documents.receipt import TO_KNOW, ReceiptLetter

OFFICE = Office(
    name="青葉川市 市民協働部 市民協働課",
    phone="000-000-0000",
    email="kyodo@aobagawa.example",
    address="青葉川市本町1番1号",
    page="https://kyodo.aobagawa.example/proposals/R8-0127",
)
HEAD = Letterhead(
    number="青市協第127号",
    dated=date(2026, 10, 16),
    addressee=("川辺のみまもり", "代表　葛城　花子"),
    sender=("青葉川市長", "青葉　太郎"),
    office=OFFICE,
)
PROJECT = "川辺の見守りと多世代の居場所づくり事業"

RECEIPT = ReceiptLetter(
    head=HEAD,
    words=Wording("協働事業提案受付書", TO_KNOW),
    receipt_number="R8-0127",
    project=PROJECT,
    group="川辺のみまもり",
    received_at=datetime(2026, 10, 16, 0, 15, tzinfo=UTC),
    channel="電子申請",
    papers=("提案書", "収支予算書（第1版）", "会則", "役員名簿"),
    next_steps=(
        "除外審査　提案の内容が制度の対象となるかどうかを確認し、令和8年11月16日までに結果をお知らせします。",
        "事前協議　担当する課を決め、団体と市が対等な立場で話し合います。",
        "協定　話合いがまとまりましたら、協定を結び、事業を始めます。",
    ),
)

NOTICE = ExclusionNotice(
    head=HEAD,
    words=Wording("協働事業提案対象外通知書", REMEDY, opening=THANKS),
    programme="青葉川市協働事業提案制度",
    receipt_number="R8-0131",
    project="候補者と語る会の開催事業",
    group="青葉川の未来を考える会",
    proposed_on=date(2026, 10, 9),
    decided_on=date(2026, 11, 6),
    grounds=(
        Ground(
            criterion="政治活動を目的とするもの",
            clause="青葉川市協働事業提案制度実施要綱第4条第2号",
            reason="特定の公職の候補者の政策を紹介し、支持を呼びかける集会を開くとの記載があります。\n"
            "市は選挙において中立でなければならず、このような活動を協働して行うことはできません。",
            evidence="提案書3ページ「事業の内容」第2段落",
        ),
    ),
    course=(
        Step(date(2026, 10, 16), "市民協働課が提案を受け付けました。"),
        Step(date(2026, 10, 26), "市民協働課の職員2名が、基準ごとに該当の有無を確認しました。"),
        Step(date(2026, 11, 6), "市民協働部長が決定しました。"),
    ),
)

AGREEMENT = AgreementText(
    title="協働事業に関する協定書",
    project=PROJECT,
    receipt_number="R8-0127",
    parties=(
        Party(
            label="甲",
            name="青葉川市",
            address="青葉川市本町1番1号",
            capacity="福祉部長",
            signature=SignatureMade("岸本　誠", datetime(2027, 1, 15, 5, 2, tzinfo=UTC)),
        ),
        Party(
            label="乙",
            name="川辺のみまもり",
            address="青葉川市川辺2丁目3番4号",
            capacity="代表",
            signature=SignatureMade("葛城　花子", datetime(2027, 1, 15, 10, 40, tzinfo=UTC)),
        ),
    ),
    articles=(
        Article("目的", "この協定は、甲と乙が協働して実施する事業について、必要な事項を定めることを目的とする。"),
        Article("役割分担", "甲は、次の役割を担う。\n(1) 会議室を無償で貸与すること。\n2　乙は、居場所を運営する。"),
        Article("責任の分担", "事業の実施に伴い生じた損害は、その原因を生じさせた者が負担する。"),
        Article("事業費", "事業費は別表のとおりとし、甲は400,000円を上限として負担する。"),
        Article("実施期間", "この協定の期間は、令和9年2月1日から令和10年1月31日までとする。"),
        Article("法律の遵守", "甲及び乙は、関係する法令を遵守しなければならない。"),
    ),
    budget=(BudgetLine("居場所の光熱水費", 180_000), BudgetLine("見守り訪問の交通費", 220_000)),
    attachments=("収支予算書（第2版）.pdf",),
    version=3,
    content_hash="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    portal="あおばがわ協働ポータル",
    concluded_on=date(2027, 1, 15),
)

EVALUATION = EvaluationSheet(
    receipt_number="R8-0127",
    project=PROJECT,
    group="川辺のみまもり",
    section="福祉政策課",
    period_from=date(2027, 2, 1),
    period_to=date(2028, 1, 31),
    methods=("事業協力", "補助・助成"),
    spent=392_400,
    borne_by_city=380_000,
    scale=("4 十分できた", "3 おおむねできた", "2 あまりできなかった", "1 できなかった"),
    items=(
        RatedItem(
            "「共有」「対等」「相互理解」「公開」の原則を尊重して実施できたか",
            group=Opinion("4", "月1回の打合せで率直に話し合うことができた。"),
            city=Opinion("4", "打合せの記録を双方で確認した。"),
        ),
        RatedItem(
            "予算は適切であったか",
            group=Opinion("2", "光熱水費が見積りを超えた。"),
            city=Opinion("3", "予算の範囲で実施できた。"),
            joint_note="光熱水費は公民館の実績を基に見積もる。",
        ),
        RatedItem(
            "相手への信頼が高まったか",
            group=Opinion("4", "担当者がいつも現場に来てくれた。"),
            city=Opinion("4", "地域の声を教えていただいた。"),
        ),
    ),
    beneficiaries=Beneficiaries("最終回で用紙を配った。", answers=48, satisfied=43, merits="話し相手ができた。"),
    joint=JointConclusion(
        met_on=date(2028, 2, 20),
        participants="葛城花子（川辺のみまもり）\n髙橋、佐々木（福祉政策課）",
        results="見守りの対象は32世帯に広がった。",
        improvements="始める前に詰めておくべきことが残っていた。",
        differences="超えた分を、市は想定内、団体は負担と受け止めていた。",
        next_steps="次年度は桜丘地区でも実施する。",
    ),
    confirmations=(
        Confirmation("団体", "川辺のみまもり 代表 葛城 花子", datetime(2028, 2, 25, 11, 3, tzinfo=UTC)),
        Confirmation("市", "福祉政策課長 山本 さくら", datetime(2028, 2, 26, 0, 30, tzinfo=UTC)),
    ),
    office=OFFICE,
)
