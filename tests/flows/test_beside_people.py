"""What flows write while people are at work on the same proposal: nobody's word is lost."""

import threading
import time

from sqlalchemy import Engine

from flows.screening import point_out
from models.database import reading, writing
from models.process.vocabulary import State
from models.proposals import Proposal
from models.screening import Verdict
from tests.notifications.cast import a_story


def test_a_rule_waits_for_whoever_is_deciding_at_this_moment(postgresql: Engine) -> None:
    with writing() as session:
        story = a_story(session)
        story.proposal.answers = {**story.proposal.answers, "purpose": "選挙の候補者を知る機会をつくります。"}
        story.take_to(State.SCREENING)
        session.commit()
        story.find()  # decided, and not yet committed
        rule = threading.Thread(target=point_out.fn, args=(story.proposal.id,))
        rule.start()
        time.sleep(0.3)
        session.commit()
        rule.join(timeout=10)
        proposal_id = story.proposal.id
    with reading() as session:
        findings = {f.criterion: f for f in session.get_one(Proposal, proposal_id).findings}
        assert findings["politics"].verdict is Verdict.NOT_MET
        assert findings["politics"].decided_by_id is not None
