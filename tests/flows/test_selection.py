"""What follows from a decision on adoption: a notice for each, and for the committee's conclusion only on the way to a next round."""

import pytest
from sqlalchemy import select

from flows.relay import pass_on
from kyodo.demonstration.story import Story
from models.database import reading
from models.documents import Document, DocumentKind
from models.history import Event
from models.judging.committee import conclude
from models.process.perform import perform
from models.process.vocabulary import MoveKey
from models.proposals import Proposal
from tests.support.selection import hall

pytestmark = [pytest.mark.usefixtures("prefect_here"), pytest.mark.timeout(240)]


def notices(proposal: Proposal) -> list[MoveKey]:
    """The moves that notices on selection tell of."""
    with reading() as session:
        return list(
            session.scalars(
                select(Event.move)
                .join(Document, Document.subject_id == Event.id)
                .where(Document.proposal_id == proposal.id, Document.kind == DocumentKind.SELECTION_NOTICE)
                .order_by(Document.id)
            )
        )


@pytest.mark.req("T05")
def test_each_decision_issues_its_notice_once(story: Story) -> None:
    told = hall(story.session, story.cast)
    told.through_documents()
    judging = told.open(told.proposals[:1])
    first = told.proposals[0]
    judge = told.judge(judging)
    told.declare(judge)
    told.score(judge, first)
    told.close(judging)
    conclude(
        told.session, told.actor(), judging, first, passed=True, remarks="よい。", opinion="", amount=300_000
    )  # fmt: skip
    perform(told.session, first, MoveKey.ADOPT, told.actor("watanabe"))
    story.session.commit()
    pass_on()
    assert notices(first) == [MoveKey.CONCLUDE, MoveKey.ADOPT]
    assert notices(told.proposals[1]) == [MoveKey.CONCLUDE]
    pass_on()
    assert notices(first) == [MoveKey.CONCLUDE, MoveKey.ADOPT]
