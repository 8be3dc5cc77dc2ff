"""How a proposal comes before the committee, and what becomes of it there."""

from sqlalchemy import select

from kyodo.demonstration.jurors import COMMITTEE
from kyodo.demonstration.story import Story
from models import clock
from models.calendar import add_business_days
from models.history import Event
from models.judging.closing import close_round
from models.judging.judges import Declared, declare, invite
from models.judging.rounds import add_proposal, find_opening, open_round
from models.judging.sheets import Written, hand_in_all, save_sheet
from models.judging.tables import JudgingRound
from models.process.vocabulary import MoveKey as M

DAYS_TO_SCORE = 15


def enter(story: Story) -> Event:
    """The group hands in its sheet for the first talk."""
    return story.do(M.ENTER, story.plot.proposer)


def take_entry(story: Story) -> Event:
    """The desk has talked with the group."""
    talked = "お話をうかがい、進め方と費用の考え方を確かめました。提案書をお書きください。"
    return story.do(M.TAKE_ENTRY, story.plot.desk, reason=talked, talked_on=clock.today())


def go_before_judges(story: Story) -> Event:
    """The desk opens a round with its judges, or puts the proposal into the one that is open."""
    session, proposal = story.session, story.proposal
    desk = story.cast.actor(session, story.plot.desk)
    judging = session.scalar(
        select(JudgingRound).where(JudgingRound.call_key == proposal.call_key, JudgingRound.closed_at.is_(None))
    )
    if judging is None:
        [round_key] = [one.key for one in proposal.rules.rounds_for(proposal.type_key)[proposal.rounds_passed :]]
        opening = find_opening(session, desk, proposal.call_key, round_key, proposal.edition_id)
        assert opening is not None
        score_by = add_business_days(clock.today(), DAYS_TO_SCORE)
        judging = open_round(session, desk, opening, proposal_ids=[proposal.id], score_by=score_by, budget=1_000_000)
        for juror in COMMITTEE:
            invite(session, desk, judging, name=juror.name, email=juror.email, capacity=juror.capacity)
    else:
        add_proposal(session, desk, judging, proposal)
    return _last(story)


def score(story: Story) -> Event:
    """Every juror declares and hands in a sheet; the marks are the plot's."""
    session, proposal = story.session, story.proposal
    judging = session.get_one(JudgingRound, proposal.round_id)
    rules = next(one for one in proposal.rules.selection.rounds if one.key == judging.round_key)
    for judge, juror in zip(judging.judges, COMMITTEE, strict=True):
        declare(session, judge, {entry.proposal_id: Declared(conflicted=False) for entry in judging.entries})
        mark = max(1, min(5, story.plot.mark + juror.leans))
        low = {item.key: "計画の具体性が足りないと感じました。" for item in rules.items} if mark <= 2 else {}
        typed = Written({item.key: str(mark) for item in rules.items}, low, "話を聞いてよく分かりました。")
        save_sheet(session, judge, proposal.id, typed, revision=0)
        if all(any(sheet.proposal_id == entry.proposal_id for sheet in judge.sheets) for entry in judging.entries):
            hand_in_all(session, judge)
    return _last(story)


def close(story: Story) -> Event:
    """The desk closes the round, unless it is closed already."""
    session = story.session
    judging = session.get_one(JudgingRound, story.proposal.round_id)
    if judging.closed_at is None:
        close_round(session, story.cast.actor(session, story.plot.desk), judging, reason="")
    return _last(story)


def conclude(story: Story) -> Event:
    """The desk writes what the committee concluded."""
    passed = story.plot.mark >= 3
    return story.do(
        M.CONCLUDE,
        story.plot.desk,
        passed=passed,
        remarks=story.words.remarks,
        opinion="実施の状況を年度の途中で市民に報告してください。" if passed else "",
        amount=story.plot.share if passed else None,
    )


def adopt(story: Story) -> Event:
    """The head of the office adopts it."""
    return story.do(M.ADOPT, story.plot.desk_head, amount=story.plot.share)


def not_adopt(story: Story) -> Event:
    """The head of the office does not."""
    return story.do(M.NOT_ADOPT, story.plot.desk_head, reason=story.words.turn)


def _last(story: Story) -> Event:
    """The latest event on the proposal, whoever made it."""
    story.session.flush()
    found = story.session.scalars(
        select(Event).where(Event.proposal_id == story.proposal.id).order_by(Event.number.desc()).limit(1)
    )
    return found.one()
