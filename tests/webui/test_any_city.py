"""The pages of cities that nobody foresaw: calls, guidelines, form, screening, rounds and results, in each one's own words."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import Engine

from kyodo.demonstration.cast import gather
from models.database import reading, transaction
from models.judging.figures import blanks
from models.judging.rounds import rules_for
from models.judging.tables import JudgingRound
from models.process.vocabulary import MoveKey, State
from models.programme.library import shipped_text
from models.proposals import Proposal
from tests.conftest import Clock
from tests.support.any_city import AnyCity
from tests.webui.markup import faults, text_of
from tests.webui.visitor import Page, Visitor
from webui.app import create_app

CITIES = Path(__file__).parents[1] / "models" / "programme" / "cities"


class Stage(NamedTuple):
    """A city, a day on which its call is open, and answers where the usual ones do not do."""

    key: str
    call: str
    day: date
    body: str
    answers: Mapping[str, Any]


TOWN = Stage("narumino", "r10_vote", date(2027, 11, 10), "町", {"cost_total": 400_000, "cost_city": 300_000})
VILLAGE = Stage("okusawa_village", "r9", date(2027, 5, 10), "村", {})
WARD = Stage(
    "tokiwadai_ward",
    "r10_theme",
    date(2027, 6, 1),
    "区",
    {
        "field": "culture",
        "budget": [{"year": "first", "what": "教材", "amount": 900_000}],
        "cost_total": 900_000,
        "cost_city": 900_000,
    },
)
UNION = Stage("mikawa_union", "fund_r9", date(2027, 1, 10), "連合", {"cost_city": 2_000_000})

OF_ITS_OWN = re.compile("市民活動|市民協働課|市民生活部|青葉川市|地域文化部長|市町村|[上中]川市")
"""What stays: civic activity, what departments and people are called, and what the file itself says."""

OPEN_TO_ALL = (
    "/",
    "/calls",
    "/programme",
    "/programme/changes",
    "/cases",
    "/openings",
    "/help",
    "/privacy",
    "/accessibility",
)


class Town:
    """A city's house with one proposal, and its pages."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        file = CITIES / f"{stage.key}.yaml"
        text = file.read_text("utf-8") if file.exists() else shipped_text(stage.key)
        with transaction() as session:
            self.city = AnyCity(session, text, stage.answers)
            self.proposal_id = self.city.draft(stage.call).id
        self.app: Flask = create_app()
        self.read: dict[str, str] = {}

    @contextmanager
    def moving(self) -> Iterator[tuple[AnyCity, Proposal]]:
        """Moves in a transaction that is kept."""
        with transaction() as session:
            self.city.session = session
            self.city.cast = gather(session)
            yield self.city, session.get_one(Proposal, self.proposal_id)

    def open(self, path: str, who: str = "") -> Page:
        """A page as somebody sees it: there, well-formed, kept to be read."""
        visitor = Visitor(self.app)
        if who:
            with reading() as session:
                visitor.become(gather(session).people[who])
        page = visitor.get(path.replace("*", str(self.proposal_id)))
        assert page.status == 200, f"{path}: {page.status}"
        assert faults(page.html) == []
        main = page.root.find(".//main")
        assert main is not None
        self.read[path] = OF_ITS_OWN.sub("", text_of(main))
        return page


@pytest.mark.parametrize("stage", [TOWN, VILLAGE, WARD, UNION], ids=lambda stage: stage.key)
def test_every_page_on_the_way_is_there_in_the_municipalitys_own_words(
    sqlite: Engine, clock: Clock, stage: Stage
) -> None:
    clock.set(stage.day)
    town = Town(stage)
    for path in (*OPEN_TO_ALL, f"/calls/{stage.call}"):
        town.open(path)
    for path in ("/mine", "/proposals/new", "/proposals/*", "/proposals/*/draft", "/proposals/*/text"):
        town.open(path, "katsuragi")
    with town.moving() as (city, proposal):
        asks_first = proposal.entry_questions
    town.open("/proposals/*/enter" if asks_first else "/proposals/*/submit", "katsuragi")
    with town.moving() as (city, proposal):
        city.hand_in(proposal)
    for path in ("/inbox", "/proposals/*", "/proposals/*/accept", "/proposals/*/decline"):
        town.open(path, "nakamura")
    with town.moving() as (city, proposal):
        city.move(proposal, MoveKey.ACCEPT, "nakamura")
    town.open("/proposals/*/record-findings", "nakamura")
    town.open("/proposals/*", "katsuragi")
    with town.moving() as (city, proposal):
        city.find_nothing(proposal)
        if proposal.state is State.ASSIGNING:
            city.consult(proposal)
    town.open("/proposals/*", "nakamura")
    with town.moving() as (city, proposal):
        rounds = len(proposal.rules.rounds_for(proposal.type_key))
    for _ in range(rounds):
        through_a_round(town)
    if not rounds:
        town.open("/proposals/*/conclude", "nakamura")
        with town.moving() as (city, proposal):
            city.move(
                proposal, MoveKey.CONCLUDE, "nakamura", passed=True, remarks="よいことです。", opinion="", amount=None
            )
    head = "ito" if stage is UNION else "watanabe"
    for path in ("/inbox", "/proposals/*", "/proposals/*/adopt", "/proposals/*/not-adopt"):
        town.open(path, head)
    with town.moving() as (city, proposal):
        city.adopt(proposal)
        number = proposal.number
    town.open("/proposals/*", "katsuragi")
    town.open(f"/cases/{number}")
    stray = {path: found for path, text in town.read.items() if (found := STRAY.findall(text))}
    assert stray == {}
    assert stage.body in town.read["/"]


def through_a_round(town: Town) -> None:
    """Open the round, score or enter what is counted, close it and conclude, with a look at every page."""
    with town.moving() as (city, proposal):
        judging = city.open(proposal, budget=10_000_000)
        place, fields = f"/desk/rounds/{judging.id}", [blank.name for blank in blanks(city.session, judging)]
        judges = city.judges(judging, 5 if rules_for(city.session, judging).items else 0)
        for judge in judges:
            city.score(judge, proposal)
        round_id = judging.id
    town.open("/desk/rounds", "nakamura")
    town.open(place, "nakamura")
    if fields:
        assert "数値を入力" in town.read[place]
        town.open(f"{place}/figures", "nakamura")
        visitor = Visitor(town.app)
        with reading() as session:
            visitor.become(gather(session).people["nakamura"])
        visitor.get(f"{place}/figures")
        refused = visitor.send(**dict.fromkeys(fields, "多い"))
        assert refused.status == 422
        assert "までの数で入力してください" in refused.html
        assert visitor.send(**dict.fromkeys(fields, "15")).status == 303
    town.open(f"{place}/close", "nakamura")
    with town.moving() as (city, proposal):
        judging = city.session.get_one(JudgingRound, round_id)
        city.close(judging)
    for path in (f"{place}/results", f"{place}/conclusions", place):
        town.open(path, "nakamura")
    with town.moving() as (city, proposal):
        city.conclude(city.session.get_one(JudgingRound, round_id), proposal)


STRAY = re.compile(".{0,8}(?:市|部長).{0,8}")
