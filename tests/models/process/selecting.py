"""Taking a proposal through its rounds to the decision, each step as the office or the head takes it."""

from typing import Any

from kyodo.demonstration.story import Story
from models import clock
from models.judging.tables import JudgingRound
from models.process.sight import turns
from models.process.vocabulary import DutyKey, Hat, MoveKey
from tests.models.process.programmes import (
    round_opened,
    scoring_closed,
)

M = MoveKey

ASKED_FOR = 300_000
"""What the group asks of the city in the stories."""


def duties(story: Story) -> list[tuple[DutyKey, Hat]]:
    """What is owed now, without the answer that the call promises."""
    return [(duty.key, duty.hat) for duty in turns(story.proposal) if duty.key is not DutyKey.ANSWER]


def open_round(story: Story) -> JudgingRound:
    """The proposal goes into its next round."""
    judging = round_opened(story.session, story.proposal)
    story.do(M.OPEN_ROUND, "nakamura", round_id=judging.id)
    return judging


def judge(story: Story) -> None:
    """Its next round is opened, scored and closed."""
    open_round(story)
    scoring_closed(story.session, story.proposal)
    story.do(M.CLOSE_ROUND, "nakamura")


def conclude(story: Story, *, passed: bool = True, **details: Any) -> None:
    """The committee's conclusion, taken down by the head of the office."""
    said = {"passed": passed, "remarks": "地域に必要な事業です。", "opinion": "", "amount": None}
    story.do(M.CONCLUDE, "kato", **{**said, **details})


def adopt(story: Story, **details: Any) -> None:
    """The department's head adopts it."""
    story.do(M.ADOPT, "watanabe", **details)


def vote(story: Story, **details: Any) -> None:
    """The department's head decides finally, after the vote."""
    story.do(M.DECIDE_FINALLY, "watanabe", **{"voted_on": clock.today(), **details})
