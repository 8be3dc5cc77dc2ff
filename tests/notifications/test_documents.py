"""The formal documents: what they say, that users' text stays text, and that both engines print all of it."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from jinja2 import UndefinedError

from notifications.documents.agreement import AgreementText, Article, Party, agreement_html
from notifications.documents.evaluation import Beneficiaries, Opinion, evaluation_html
from notifications.documents.exclusion_notice import Ground, exclusion_notice_html
from notifications.documents.letter import TEMPLATES, to_html
from notifications.documents.receipt import receipt_html
from notifications.pdf import render_pdf
from tests.notifications.pdf_reading import engines, pdftotext
from tests.notifications.sample_letters import AGREEMENT, EVALUATION, HEAD, NOTICE, RECEIPT

DOCUMENTS: dict[str, Callable[[], str]] = {
    "receipt": lambda: receipt_html(RECEIPT),
    "exclusion notice": lambda: exclusion_notice_html(NOTICE),
    "agreement": lambda: agreement_html(AGREEMENT),
    "evaluation": lambda: evaluation_html(EVALUATION),
}


def words_of(html: str) -> str:
    """What a reader sees of a document, without blanks and line ends."""
    body = re.sub(r"<style>.*?</style>|<title>.*?</title>|<[^>]+>", "", html, flags=re.DOTALL)
    body = body.replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return re.sub(r"\s", "", body)


@engines
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_word_of_a_document_is_in_its_pdf(engine: str, kind: str) -> None:
    html = DOCUMENTS[kind]()
    printed = pdftotext(render_pdf(html, kind))
    lacking = {letter for letter in words_of(html) if letter not in printed}
    assert not lacking
    body = html.partition("<body>")[2]
    sentences = [part for part in re.split(r"<[^>]+>|[\s。、（）「」：]+", body) if 3 < len(part) < 25]
    flowing = re.sub(r"\s", "", printed)
    found = [sentence for sentence in sentences if sentence in flowing]
    assert len(found) >= 0.9 * len(sentences)  # the others are broken where a column is read between


def test_the_receipt_says_number_moment_papers_and_what_follows() -> None:
    words = words_of(receipt_html(RECEIPT))
    assert "協働事業提案受付書" in words
    assert "青市協第127号令和8年10月16日川辺のみまもり代表葛城花子様青葉川市長青葉太郎（公印省略）" in words
    assert "受付番号R8-0127受付日時令和8年10月16日9時15分" in words
    assert "提出書類提案書、収支予算書（第1版）、会則、役員名簿" in words
    assert "令和8年11月16日までに結果をお知らせします" in words
    assert "取下げによる不利益はありません" in words


def test_a_receipt_without_papers_says_so() -> None:
    assert "提出書類なし" in words_of(receipt_html(replace(RECEIPT, papers=())))


def test_a_sealed_letter_to_a_body_leaves_out_what_is_not_so() -> None:
    head = replace(HEAD, seal="", honorific="御中", addressee=("川辺のみまもり",))
    words = words_of(receipt_html(replace(RECEIPT, head=head)))
    assert "川辺のみまもり御中" in words
    assert "公印省略" not in words


@pytest.mark.req("X05")
def test_the_notice_gives_criterion_clause_reason_course_and_remedy() -> None:
    words = words_of(exclusion_notice_html(NOTICE))
    assert "基準政治活動を目的とするもの（青葉川市協働事業提案制度実施要綱第4条第2号）" in words
    assert "理由特定の公職の候補者の政策を紹介し" in words
    assert "根拠とした記載等提案書3ページ" in words
    assert "令和8年10月26日市民協働課の職員2名が" in words
    assert "今後の御提案が不利に取り扱われることはありません" in words


def test_a_notice_may_have_several_grounds_with_or_without_clause_and_evidence() -> None:
    bare = Ground("市民が望まないもの", clause="", reason="周辺の住民の理解が得られていません。")
    words = words_of(exclusion_notice_html(replace(NOTICE, grounds=(*NOTICE.grounds, bare))))
    assert "基準市民が望まないもの理由周辺の住民の理解が得られていません。3審査の経過" in words


def test_the_agreement_counts_its_articles_and_shows_both_signatures_and_the_hash() -> None:
    words = words_of(agreement_html(AGREEMENT))
    assert words.startswith(
        "協働事業に関する協定書青葉川市（以下「甲」という。）と川辺のみまもり（以下「乙」という。）は"
    )
    for number, article in enumerate(AGREEMENT.articles, start=1):
        assert f"（{article.heading}）第{number}条" in words
    assert "福祉部長岸本誠（令和9年1月15日14時02分電子署名）" in words
    assert "代表葛城花子（令和9年1月15日19時40分電子署名）" in words
    assert "合計400,000円" in words
    assert "第3版" in words
    assert AGREEMENT.content_hash in words
    assert "（案）" not in words


def test_the_paragraphs_of_an_article_are_set_as_in_an_ordinance() -> None:
    html = agreement_html(AGREEMENT)
    assert '<p class="numbered">第2条　甲は、次の役割を担う。</p>' in html
    assert "<p>(1) 会議室を無償で貸与すること。</p>" in html
    assert '<p class="numbered">2　乙は、居場所を運営する。</p>' in html


@pytest.mark.parametrize(
    "draft",
    [
        replace(AGREEMENT, concluded_on=None),
        replace(AGREEMENT, parties=(AGREEMENT.parties[0], replace(AGREEMENT.parties[1], signature=None))),
    ],
)
def test_an_agreement_that_is_not_concluded_calls_itself_a_draft(draft: AgreementText) -> None:
    words = words_of(agreement_html(draft))
    assert words.startswith("（案）第3版")
    assert ("令和年月日" in words) == (draft.concluded_on is None)
    assert ("（未署名）" in words) == (draft.parties[1].signature is None)


def test_a_commission_is_a_contract() -> None:
    html = agreement_html(replace(AGREEMENT, title="業務委託契約書", is_contract=True, budget=(), attachments=()))
    words = words_of(html)
    assert "次のとおり契約を締結する" in words
    assert "この契約の締結を証するため" in words
    assert "別表　事業費" not in html
    assert "添付書類</h2>" not in html


def test_the_evaluation_sets_both_sides_beside_each_other_and_marks_where_they_differ() -> None:
    words = words_of(evaluation_html(EVALUATION))
    assert "3項目中1項目：2" in words
    assert (
        "相違2予算は適切であったか団体2光熱水費が見積りを超えた。市3予算の範囲で実施できた。両者の確認光熱水費は"
        in words
    )
    assert "1「共有」「対等」「相互理解」「公開」の原則を尊重して実施できたか団体4" in words
    assert words.count("相違") == 2  # the explanation and the one item
    assert "43人（回答48人の90%）" in words
    assert "市福祉政策課長山本さくら（令和10年2月26日9時30分確認）" in words
    assert "392,400円（うち市の負担380,000円）" in words


def test_an_evaluation_in_full_agreement_and_without_beneficiaries_says_so() -> None:
    agreed = replace(EVALUATION.items[1], city=Opinion("2", ""))
    sheet = replace(EVALUATION, items=(EVALUATION.items[0], agreed), beneficiaries=None, confirmations=())
    words = words_of(evaluation_html(sheet))
    assert "2項目すべてで一致しました" in words
    assert "受益者の声" not in words
    assert "3相互評価（ふりかえりの場で確認したこと）" in words
    assert "まだ双方の確認がありません" in words


def test_nobody_asked_is_no_division_by_zero() -> None:
    assert Beneficiaries("聴き取りを行わなかった。", answers=0, satisfied=0, merits="").percentage == 0


HOSTILE = '<script>alert("x")</script><img src="/etc/passwd"></title></style>{{ 7*7 }}'


def test_what_people_write_stays_text() -> None:
    party = Party("甲", HOSTILE, HOSTILE, HOSTILE)
    documents = [
        receipt_html(replace(RECEIPT, project=HOSTILE, group=HOSTILE, papers=(HOSTILE,), next_steps=(HOSTILE,))),
        receipt_html(replace(RECEIPT, head=replace(HEAD, addressee=(HOSTILE,), number=HOSTILE))),
        exclusion_notice_html(replace(NOTICE, grounds=(Ground(HOSTILE, HOSTILE, HOSTILE, HOSTILE),))),
        agreement_html(replace(AGREEMENT, parties=(party, party), articles=(Article(HOSTILE, HOSTILE),))),
        evaluation_html(replace(EVALUATION, joint=replace(EVALUATION.joint, results=HOSTILE), scale=(HOSTILE,))),
    ]
    for html in documents:
        assert "<script>" not in html
        assert "<img" not in html
        assert "&lt;script&gt;" in html
        assert "{{ 7*7 }}" in html
        assert html.count("</title>") == html.count("</style>") == 1


def test_a_forgotten_value_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        to_html("receipt.html")


@engines
def test_a_very_long_answer_is_printed_to_its_end_and_in_time(engine: str) -> None:
    long = "とても長い回答です。" * 500 + "https://example.jp/" + "a" * 300 + "\nここまで読みました。"
    item = replace(EVALUATION.items[0], group=Opinion("おおむねできた", long))
    sheet = replace(EVALUATION, items=(item,), joint=replace(EVALUATION.joint, results=long))
    printed = re.sub(r"\s", "", pdftotext(render_pdf(evaluation_html(sheet), "長い評価書", seconds=30)))
    assert printed.count("ここまで読みました。") == 2


def test_templates_load_nothing_from_outside() -> None:
    for template in TEMPLATES.iterdir():
        text = template.read_text()
        assert not re.search(r"(src|href|url\(|@import|javascript)", text), template.name
        assert "|safe" not in text, template.name
