"""A round of selection as tests tell it: proposals that wait for it, judges who declare and score, a committee."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models import clock
from models.editions import take_up
from models.judging.closing import close_round
from models.judging.committee import conclude
from models.judging.judges import Declared, declare, invite
from models.judging.published import publish
from models.judging.rounds import open_round, openings, rules_for
from models.judging.sheets import Written, find_sheet, hand_in, save_sheet
from models.judging.tables import Judge, JudgingRound
from models.process.actors import Actor
from models.process.perform import perform
from models.process.vocabulary import MoveKey, State
from models.proposals import Proposal
from tests.support.editions import changed

CALL = "r9_themes"
UNDATED = changed(("    opens: 2026-10-01 09:00\n", ""), ("    closes: 2027-01-29 17:00\n", ""))
"""Aobagawa's file with a call of two rounds that takes proposals whatever day it is."""

TITLES = ("高齢者を訪ねる会", "水辺の防災学校", "土手の花の道")
PROPOSERS = (("river", "katsuragi"), ("tomo", "nguyen"), ("nature", "noguchi"))
BUDGETS: dict[str, int] = {"謝礼": 300_000, "会場費": 200_000}


def put_in_force(session: Session, text: str = UNDATED) -> None:
    """Let new proposals begin under this file."""
    take_up(session, text, person_id=None, reason="審査を試すため", in_force_from=clock.now())


def waiting(session: Session, cast: Cast, title: str, group: str, proposer: str, share: int = 300_000) -> Proposal:
    """A proposal of a group that came through the screening and waits for its round."""
    plot = Plot(title=title, group=group, proposer=proposer, call=CALL, share=share, budget=BUDGETS)
    story = Story(session, cast, plot)
    story.submit()
    story.accept()
    story.pass_screening()
    assert story.proposal.state is State.SELECTING
    return story.proposal


@dataclass
class Hall:
    """Where the committee sits: the cast, the proposals, one round at a time."""

    session: Session
    cast: Cast
    proposals: list[Proposal] = field(default_factory=list)

    def actor(self, who: str = "nakamura") -> Actor:
        """Somebody of the cast; by default the officer who runs the rounds."""
        return self.cast.actor(self.session, who)

    def open(self, proposals: Sequence[Proposal] = (), budget: int | None = 700_000) -> JudgingRound:
        """The next round of these proposals, or of all that wait."""
        found = openings(self.session, self.actor())
        opening = next(one for one in found if set(one.proposals) & set(self.proposals))
        chosen = proposals or opening.proposals
        return open_round(
            self.session,
            self.actor(),
            opening,
            proposal_ids=[proposal.id for proposal in chosen],
            score_by=clock.today() + timedelta(days=14),
            budget=budget,
        )

    def judge(self, judging: JudgingRound, name: str = "白石 学", email: str = "shiraishi@daigaku.example") -> Judge:
        """Somebody invited to the round."""
        return invite(self.session, self.actor(), judging, name=name, email=email, capacity="学識経験者")

    def declare(self, judge: Judge, *conflicted: Proposal) -> None:
        """The judge declares an interest in these and none in the others."""
        keys = {proposal.id for proposal in conflicted}
        declare(
            self.session,
            judge,
            {
                entry.proposal_id: Declared(entry.proposal_id in keys, "家族が理事です。")
                for entry in judge.round.entries
            },
        )

    def write(self, judge: Judge, proposal: Proposal, mark: str = "4", **marks: str) -> None:
        """Marks on every item, all the same but for those named; comments wherever one might be asked."""
        items = [item.key for item in rules_for(self.session, judge.round).items]
        typed: Mapping[str, str] = {key: marks.get(key, mark) for key in items}
        comments = {key: "書類からは読み取れません。" for key in items if typed[key] in ("1", "2")}
        sheet = find_sheet(judge, proposal.id)
        save_sheet(
            self.session,
            judge,
            proposal.id,
            Written(typed, comments, "地域に根ざしています。"),
            revision=sheet.revision if sheet else 0,
        )

    def score(self, judge: Judge, proposal: Proposal, mark: str = "4", **marks: str) -> None:
        """The sheet, handed in."""
        self.write(judge, proposal, mark, **marks)
        hand_in(self.session, judge, proposal.id)

    def close(self, judging: JudgingRound, reason: str = "") -> None:
        """The desk closes the scoring."""
        close_round(self.session, self.actor(), judging, reason=reason)

    def conclude(
        self, judging: JudgingRound, proposal: Proposal, *, passed: bool = True, amount: int | None = None
    ) -> None:
        """The committee's conclusion."""
        conclude(
            self.session,
            self.actor(),
            judging,
            proposal,
            passed=passed,
            remarks="地域の課題をよくとらえています。",
            opinion="",
            amount=amount,
        )

    def through_documents(self) -> None:
        """The first round, which all three pass."""
        judging = self.open()
        judge = self.judge(judging)
        self.declare(judge)
        for proposal in self.proposals:
            self.score(judge, proposal)
        self.close(judging)
        for proposal in self.proposals:
            self.conclude(judging, proposal)


def hall(session: Session, cast: Cast, text: str = UNDATED) -> Hall:
    """Three proposals of three groups that wait for their first round."""
    put_in_force(session, text)
    found = [waiting(session, cast, title, *who) for title, who in zip(TITLES, PROPOSERS, strict=True)]
    return Hall(session, cast, found)


def in_every_state(session: Session, cast: Cast) -> None:
    """A city in the middle of selection: one round out, one waiting for the head, one being scored.

    岡田 has declared and scored one proposal of the last; 三浦 has not declared yet.
    """
    told = hall(session, cast)
    told.through_documents()
    publish(session, session.scalars(select(JudgingRound).order_by(JudgingRound.id.desc()).limit(1)).one())
    hearing = told.open()
    seat = told.judge(hearing)
    told.declare(seat)
    for proposal, mark in zip(told.proposals, ("5", "4", "2"), strict=True):
        told.score(seat, proposal, mark)
    told.close(hearing)
    for proposal, passed in zip(told.proposals, (True, True, False), strict=True):
        told.conclude(hearing, proposal, passed=passed, amount=300_000 if passed else None)
    perform(session, told.proposals[0], MoveKey.ADOPT, told.actor("watanabe"))
    perform(session, told.proposals[2], MoveKey.NOT_ADOPT, told.actor("watanabe"), reason="基準点に達しなかったため。")
    late = [waiting(session, cast, f"{title}（二年目）", *who) for title, who in zip(TITLES, PROPOSERS, strict=True)]
    open_one = Hall(session, cast, late).open()
    okada = told.judge(open_one, "岡田 正", "okada@midoridanchi.example")
    told.judge(open_one, "三浦 陽子", "miura@hidamari.example")
    told.declare(okada, late[2])
    told.write(okada, late[0])
