"""The formal documents as they are issued from a proposal's rows: what they say, and that each exists once."""

import re
from datetime import date

import pytest
from sqlalchemy import Engine, select

from kyodo.demonstration.story import Plot, Story
from models.database import reading, transaction
from models.documents import Document, DocumentKind
from models.files import open_stored
from models.process.vocabulary import Sight
from models.process.vocabulary import State as S
from notifications.documents.issuing import issue, preview_agreement
from notifications.pdf import PdfNotMade, render_pdf
from tests.conftest import Clock
from tests.notifications.cast import a_story
from tests.notifications.pdf_reading import pdftotext
from tests.support.among_groups import among_groups
from tests.support.selection import put_in_force

RENDERS = "notifications.documents.issuing.render_pdf"


def told(state: S, plot: Plot | None = None) -> Story:
    """A story, told in a transaction of its own."""
    with transaction() as session:
        story = a_story(session, plot)
        story.take_to(state)
        return story


def documents() -> list[Document]:
    """All that were issued."""
    with reading() as session:
        return list(session.scalars(select(Document).order_by(Document.id)))


def words_of(document: Document) -> str:
    """A document's text without blanks and line ends."""
    with open_stored(document.sha256) as file:
        return re.sub(r"\s", "", pdftotext(file.read()))


def test_the_receipt_confirms_what_came_when_and_what_follows_by_when(sqlite: Engine, clock: Clock) -> None:
    clock.set(date(2026, 11, 20))
    story = told(S.SCREENING)
    issue(DocumentKind.RECEIPT, story.proposal.id)
    (receipt,) = documents()
    assert (receipt.title, receipt.sight, receipt.subject_id) == ("協働事業提案受付書", Sight.PARTIES, 0)
    words = words_of(receipt)
    for part in (
        "協働第R8-0001号令和8年11月20日",
        "川辺のみまもり代表葛城花子様",
        "青葉川市市民協働課長加藤明",
        "受付番号R8-0001",
        "提案事業の名称川辺の見守りと多世代の居場所づくり事業",
        "令和8年12月7日（月）まで",
        "000-000-0110",
    ):
        assert part in words


@pytest.mark.parametrize(
    ("plot", "follows", "not_so"),
    [
        (Plot(), ("除外審査", "事前協議", "協定"), ("登録", "書類")),
        (Plot(call="r9_themes"), ("除外審査", "審査「第1次審査（書類）」", "事前協議", "協定"), ("登録",)),
        (among_groups(), ("除外審査", "登録"), ("事前協議", "協定")),
    ],
    ids=["any time", "two rounds", "groups among themselves"],
)
def test_the_receipt_tells_the_steps_of_this_call_in_their_order(
    sqlite: Engine, plot: Plot, follows: tuple[str, ...], not_so: tuple[str, ...]
) -> None:
    with transaction() as session:
        if plot.call == "r9_themes":
            a_story(session)
            put_in_force(session)
        story = a_story(session, plot)
        story.submit()
        story.accept()
    issue(DocumentKind.RECEIPT, story.proposal.id)
    steps = words_of(documents()[0]).partition("今後の進め方")[2].partition("御承知おきいただきたいこと")[0]
    places = [steps.index(step) for step in follows]
    assert places == sorted(places)
    assert not [step for step in not_so if step in steps]


@pytest.mark.req("X05")
def test_the_exclusion_notice_cites_criterion_clause_and_reason(sqlite: Engine) -> None:
    with transaction() as session:
        story = a_story(session, Plot(title="候補者と語る会"))
        story.take_to(S.SCREENING)
        story.exclude()
    issue(DocumentKind.EXCLUSION_NOTICE, story.proposal.id)
    words = words_of(documents()[0])
    for part in (
        "青葉川市市民生活部長渡辺誠",
        "基準政治活動（第1章6(2)）",
        "理由特定の候補者を応援する催し",
        "市民協働課：対象外の案を決裁に上げました。",
        "市民生活部：対象外と決定しました。",
    ):
        assert part in words
    assert "宗教活動" not in words


def test_the_agreement_prints_what_was_signed(sqlite: Engine) -> None:
    story = told(S.RUNNING)
    agreement = story.proposal.agreements[-1]
    issue(DocumentKind.AGREEMENT, story.proposal.id, agreement.id)
    (document,) = documents()
    assert document.subject_id == agreement.id
    words = words_of(document)
    assert agreement.content_hash in words
    assert "福祉部長伊藤隆" in words
    assert "代表葛城花子" in words
    assert "甲の負担額300,000円以内" in words
    assert "合計480,000円" in words
    assert words.count("電子署名）") == 2
    assert "（案）" not in words
    with reading() as session:
        for article in session.get_one(type(agreement), agreement.id).articles.values():
            assert re.sub(r"\s", "", article) in words


def test_a_commission_is_a_contract(sqlite: Engine) -> None:
    story = told(S.RUNNING, Plot(methods=["commission"]))
    issue(DocumentKind.AGREEMENT, story.proposal.id, story.proposal.agreements[-1].id)
    (document,) = documents()
    assert document.title == "業務委託契約書"
    assert "次のとおり契約を締結する" in words_of(document)


def test_the_preview_is_marked_as_a_draft_and_not_kept(sqlite: Engine) -> None:
    story = told(S.APPROVING)
    with reading() as session:
        preview = preview_agreement(session, session.merge(story.proposal.agreements[-1], load=False))
    words = re.sub(r"\s", "", pdftotext(preview))
    assert "（案）第1版" in words
    assert words.count("（未署名）") == 2
    assert not documents()


def test_the_evaluation_shows_both_sides_their_differences_and_their_confirmations(sqlite: Engine) -> None:
    story = told(S.PREPARING)
    issue(DocumentKind.EVALUATION, story.proposal.id, story.proposal.joint_sheets[-1].id)
    words = words_of(documents()[0])
    assert "11項目中1項目：5" in words
    assert "満足と答えた人79人（回答86人の92%）" in words
    assert "葛城花子" in words
    assert "髙橋直樹" in words
    assert words.count("確認）") == 2


def test_issuing_again_changes_nothing(database: Engine) -> None:
    story = told(S.SCREENING)
    for _ in range(2):
        issue(DocumentKind.RECEIPT, story.proposal.id)
    assert len(documents()) == 1


def test_two_who_issue_at_once_make_one_document(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    story = told(S.SCREENING)

    def overtaken(html: str, title: str) -> bytes:
        monkeypatch.setattr(RENDERS, render_pdf)
        issue(DocumentKind.RECEIPT, story.proposal.id)
        return render_pdf(html, title)

    monkeypatch.setattr(RENDERS, overtaken)
    issue(DocumentKind.RECEIPT, story.proposal.id)
    assert len(documents()) == 1


def test_a_document_that_cannot_be_made_leaves_no_row(sqlite: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    story = told(S.SCREENING)

    def fail(html: str, title: str) -> bytes:
        raise PdfNotMade("no engine")

    monkeypatch.setattr(RENDERS, fail)
    with pytest.raises(PdfNotMade):
        issue(DocumentKind.RECEIPT, story.proposal.id)
    assert not documents()
