"""A city with cases under way, ended and published, on either database."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from kyodo.demonstration.cast import Cast, engage, gather
from kyodo.demonstration.story import Plot, Story
from models.clock import today
from models.database import reading, transaction
from models.process.vocabulary import MoveKey, State
from tests.conftest import Clock
from tests.support.databases import Prepared

RUNNING, ENDED, EXCLUDED, WITHDRAWN, PUBLISHED, TAKEN_BACK = (
    "里山の手入れ", "空き家の学習支援教室", "応援の催し", "ＡＢＣ子ども食堂", "まちの保健室", "音声まち歩き",
)  # fmt: skip
UNTIL_RELEASE = timedelta(days=2)
HIDDEN = ("まだ届いたばかり", "不受理の提案", "下書きのまま取下げ")


@pytest.fixture
def cast(database: Engine, prepared: Prepared, clock: Clock, password_hash: str) -> Cast:
    """The people of Aobagawa and nine proposals, six of them public; two of them were released today."""
    day = today()
    prepared.fill("public", lambda: _in_public(clock, password_hash))
    clock.set(day + UNTIL_RELEASE)
    with reading() as session:
        return gather(session)


def _in_public(clock: Clock, password_hash: str) -> None:
    with transaction() as session:
        people = engage(session, password_hash)

        def tell(title: str, state: State, **plot: str) -> Story:
            story = Story(session, people, Plot(title=title, **plot))
            story.take_to(state)
            return story

        tell(HIDDEN[0], State.SUBMITTED)
        tell(HIDDEN[1], State.SUBMITTED).do(MoveKey.DECLINE, "nakamura", ground="duplicate", reason="同じ提案です。")
        tell(HIDDEN[2], State.DRAFT).do(MoveKey.WITHDRAW, "katsuragi")
        tell(RUNNING, State.RUNNING, theme="environment")
        tell(ENDED, State.CONSULTING).do(MoveKey.END_CONSULTATION, "takahashi", reason="部外秘の理由")
        tell(EXCLUDED, State.SCREENING).exclude()
        tell(WITHDRAWN, State.ASSIGNED, group="sound", proposer="fujita").do(MoveKey.WITHDRAW, "fujita")
        out = [tell(PUBLISHED, State.SCHEDULED), tell(TAKEN_BACK, State.SCHEDULED)]
        clock.set(today() + UNTIL_RELEASE)
        for story in out:
            story.release()
        out[1].do(MoveKey.WITHDRAW_PUBLICATION, "nakamura", reason="写真の人の同意を確かめるため。")
