"""A case keeps the words it began under: pages, mails and documents of edition 1 never speak of edition 2 (W01)."""

import re

import pytest

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Plot, Story
from models.database import reading, transaction
from models.documents import Document, DocumentKind
from models.editions import main_programme, number_of
from models.files import open_stored
from models.process.vocabulary import MoveKey, State
from models.proposals import Proposal
from notifications.announcements import plan
from notifications.documents.issuing import issue
from tests.notifications.cast import announced, last_event
from tests.notifications.pdf_reading import pdftotext
from tests.support.editions import POLITICS, WELFARE, put_in_force
from tests.webui.conftest import Enter
from tests.webui.markup import text_of
from tests.webui.visitor import Visitor

SUBSIDY = ("label: {ja: 補助・助成, en: Subsidy}", "label: {ja: 協働補助金, en: Grant}")
BUDGET_MARK = ("{ja: あまりできなかった, en: Hardly}", "{ja: 課題が残った, en: Open points}")
NEW_WORDS = ("保健と福祉", "政党のための活動", "協働補助金", "課題が残った")
DROPPED = ("{key: welfare, label: {ja: 福祉, en: Welfare}}", "{key: care, label: {ja: ケア, en: Care}}")


def tell_old_cases(cast: Cast) -> tuple[Proposal, Proposal]:
    """A case excluded and a case published, both on edition 1, and then edition 2 with other words."""
    with transaction() as session:
        excluded = Story(session, cast, Plot(title="候補者と語る会", met="politics", theme="welfare"))
        excluded.take_to(State.SCREENING)
        excluded.exclude()
        running = Story(session, cast, Plot(title="川辺の見守り", theme="welfare"))
        running.take_to(State.PREPARING)
    with transaction() as session:
        put_in_force(session, WELFARE, POLITICS, SUBSIDY, BUDGET_MARK)
        assert main_programme(session).criterion("politics").label.ja == "政党のための活動"
    return excluded.proposal, running.proposal


@pytest.mark.req("W01")
def test_renamed_words_never_reach_the_pages_of_an_old_case(cast: Cast, visitor: Visitor, enter: Enter) -> None:
    excluded, running = tell_old_cases(cast)
    read = []
    for proposal in (excluded, running):
        read.append(visitor.get(f"/cases/{proposal.number}").html.partition("<details")[0])
        for who in ("katsuragi", "nakamura", "takahashi"):
            party = enter(cast.people[who])
            page = party.get(f"/proposals/{proposal.id}")
            if page.status == 200:
                read.append(page.html.partition("<details")[0])
                links = {link.get("href") or "" for link in page.root.iter("a")}
                read += [
                    party.get(link).html
                    for link in sorted(links)
                    if link.startswith(f"/proposals/{proposal.id}/") and "/documents/" not in link
                ]
    assert len(read) > 10
    for html in read:
        assert not [words for words in NEW_WORDS if words in html]
    whole = "".join(read)
    for words in ("福祉", "政治活動", "補助・助成"):
        assert words in whole
    assert "福祉" in visitor.get("/cases").html


@pytest.mark.req("W01")
def test_a_dropped_entry_keeps_its_words_where_a_case_has_it(cast: Cast, visitor: Visitor) -> None:
    with transaction() as session:
        story = Story(session, cast, Plot(title="川辺の見守り", theme="welfare"))
        story.take_to(State.RUNNING)
    with transaction() as session:
        put_in_force(session, DROPPED)
        began = Story(session, cast, Plot(title="新しい事業"))
        assert number_of(began.proposal.edition_id) == 2
    case = visitor.get(f"/cases/{story.proposal.number}").html.partition("<details")[0]
    [line] = visitor.get("/cases").root.findall(".//ul[@class='cases']/li")
    for said in (case, text_of(line)):
        assert "福祉" in said
        assert "ケア" not in said


@pytest.mark.req("W01")
def test_mails_and_documents_of_an_old_case_speak_its_words(cast: Cast) -> None:
    excluded, running = tell_old_cases(cast)
    issue(DocumentKind.EXCLUSION_NOTICE, excluded.id)
    issue(DocumentKind.AGREEMENT, running.id, 1)
    with reading() as session:
        papers = session.query(Document).all()
    texts = []
    for paper in papers:
        with open_stored(paper.sha256) as file:
            texts.append(re.sub(r"\s", "", pdftotext(file.read())))
    with transaction() as session:
        event = last_event(session.get_one(Proposal, excluded.id), MoveKey.APPROVE_EXCLUSION)
        plan(session, event)
        texts += [mail.text for mail in announced(session, event)]
    assert len(papers) == 2
    assert len(texts) > 2
    for text in texts:
        assert not [words for words in NEW_WORDS if words in text]
    assert "政治活動" in texts[0] + texts[1]
    assert any("補助・助成" in text for text in texts)
    assert all("政治活動" in text for text in texts[2:])
