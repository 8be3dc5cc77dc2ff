"""除外審査: rules ask for a look, people decide, a second person confirms, the head approves what excludes."""

from typing import Any

import pytest

from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models import clock
from models.inbox import Sorting, Span, inbox
from models.process.labels import DUTIES, STATES
from models.process.perform import available, refusal
from models.process.refusals import NotAllowed
from models.process.sight import is_mine, lies_with_colleagues, shown_duty, state_words, timeline, turns
from models.process.vocabulary import DutyKey, Hat, MoveKey, State
from models.programme.grounds import Severity
from models.programme.library import DEFAULT, programme
from models.screening import Verdict
from models.screening_rules import point_out
from tests.models.process.conftest import Told
from tests.models.process.refusing import lacking

M = MoveKey
CRITERIA = [one for one in programme(DEFAULT).criteria if not one.kinds]
HARD = [c.key for c in CRITERIA if c.severity is Severity.HARD]
SOFT = [c.key for c in CRITERIA if c.severity is Severity.SOFT]


def found(story: Story, key: str) -> Verdict | None:
    """What stands as found on a criterion."""
    return {finding.criterion: finding.verdict for finding in story.proposal.findings}[key]


def record(story: Story, **findings: Any) -> None:
    """The desk writes down some findings."""
    story.do(M.RECORD_FINDINGS, "nakamura", findings=findings)


@pytest.mark.req("X01", "X03")
@pytest.mark.parametrize("key", HARD)
def test_one_hard_ground_that_applies_bars_the_way(key: str, told: Told) -> None:
    story = told("screening")
    story.find(**{key: "計画の中心にあるため。"})
    with lacking(story, key) as sentences:
        story.propose_pass()
    assert "通過にはできません" in sentences[0]
    story.send_exclusion()
    assert story.proposal.state is State.EXCLUSION_PROPOSED


@pytest.mark.req("X02")
@pytest.mark.parametrize("key", SOFT)
def test_a_soft_ground_leaves_the_judgement_to_people(key: str, told: Told) -> None:
    story = told("screening")
    story.find(**{key: "近隣から不安の声があるため。"})
    offers = {o.key: o for o in available(story.session, story.proposal, story.cast.actor(story.session, "nakamura"))}
    assert offers[M.PROPOSE_PASS].ready
    assert offers[M.PROPOSE_EXCLUSION].ready
    story.propose_pass()
    assert story.proposal.state is State.PASS_PROPOSED


def test_without_a_ground_nothing_is_excluded(told: Told) -> None:
    story = told("screening, nothing applies")
    with lacking(story, "findings"):
        story.send_exclusion()


@pytest.mark.parametrize("verdict", [None, "", Verdict.LOOK])
def test_every_criterion_needs_a_persons_answer(verdict: str | None, told: Told) -> None:
    story = told("screening, nothing applies")
    record(story, harm={"verdict": verdict})
    for step in (story.propose_pass, story.send_exclusion):
        wanted = ["harm"] if step == story.propose_pass else ["harm", "findings"]
        with lacking(story, *wanted) as sentences:
            step()
        assert "判断がまだです" in sentences[0]


@pytest.mark.parametrize(
    ("findings", "field"),
    [
        ({}, "findings"),
        (None, "findings"),
        ({"astrology": {"verdict": "met", "reason": "星"}}, "astrology-verdict"),
        ({"harm": {"verdict": "perhaps"}}, "harm-verdict"),
        ({"harm": {"verdict": "met", "reason": "　"}}, "harm-reason"),
        ({"harm": {"verdict": "met"}}, "harm-reason"),
    ],
)
def test_a_finding_that_cannot_be_is_told_at_its_criterion(findings: Any, field: str, told: Told) -> None:
    story = told("screening")
    with lacking(story, field):
        story.do(M.RECORD_FINDINGS, "nakamura", findings=findings)


def test_a_finding_keeps_who_decided_it_with_evidence_and_reason(told: Told) -> None:
    story = told("screening")
    record(story, politics={"verdict": "met", "evidence": "計画書3ページ", "reason": "候補者を応援する催しがある。"})
    [finding] = [f for f in story.proposal.findings if f.criterion == "politics"]
    assert finding.decided_by_id == story.cast.people["nakamura"].id
    assert (finding.evidence, finding.reason) == ("計画書3ページ", "候補者を応援する催しがある。")
    record(story, politics={"verdict": "", "evidence": "", "reason": ""})
    assert [finding.verdict, finding.decided_by_id, finding.decided_at] == [None] * 3


def flagged(story: Story, **answers: str) -> Story:
    """Another proposal of the same city, accepted and read by the word rules."""
    other = Story(story.session, story.cast, Plot(answers=answers))
    other.submit()
    other.accept()
    point_out(other.proposal)
    return other


def test_word_rules_ask_for_a_look_and_never_decide(told: Told) -> None:
    other = flagged(told("draft"), issue="選挙の投票率が低く、若い世代の声が届きにくいことが課題です。")
    assert found(other, "politics") is Verdict.LOOK
    assert found(other, "religion") is None
    [finding] = [f for f in other.proposal.findings if f.criterion == "politics"]
    assert [why["ja"] for why in finding.why_look] == ["提案書に「選挙」という言葉があります。"]
    assert finding.decided_by_id is None
    assert other.proposal.state is State.SCREENING
    record(other, **{key: {"verdict": "not_met"} for key in (c.key for c in CRITERIA if c.key != "politics")})
    record(other, election={"verdict": None})
    with lacking(other, "politics", "election"):
        other.propose_pass()
    record(other, politics={"verdict": "not_met"}, election={"verdict": "not_met"})
    other.propose_pass()
    assert len(finding.why_look) == 1


def test_reading_the_words_again_changes_nothing_and_overrules_nobody(told: Told) -> None:
    other = flagged(told("draft"), issue="選挙の投票率が低いことが課題です。")
    record(other, politics={"verdict": "not_met"})
    assert point_out(other.proposal) == 0
    assert found(other, "politics") is Verdict.NOT_MET


@pytest.mark.req("X05")
def test_an_exclusion_takes_three_people(told: Told) -> None:
    story = told("exclusion_proposed")
    with pytest.raises(NotAllowed, match="drafted"):
        story.do(M.CONFIRM_EXCLUSION, "nakamura")
    story.do(M.CONFIRM_EXCLUSION, "kato")
    with pytest.raises(NotAllowed):
        story.do(M.APPROVE_EXCLUSION, "kato")
    story.approve_exclusion()
    who = [event.actor_id for event in story.proposal.events[-3:]]
    assert len(set(who)) == 3


def test_a_pass_takes_two_people(told: Told) -> None:
    story = told("pass_proposed")
    with pytest.raises(NotAllowed, match="drafted"):
        story.do(M.CONFIRM_PASS, "nakamura")
    story.do(M.CONFIRM_PASS, "kato")
    assert story.proposal.state is State.ASSIGNING


def test_whoever_proposed_an_earlier_round_may_confirm_a_later_one(told: Told) -> None:
    story = told("pass_proposed")
    story.do(M.SEND_BACK_SCREENING, "kobayashi", reason="規約も確かめてください。")
    story.do(M.PROPOSE_PASS, "kobayashi")
    with pytest.raises(NotAllowed):
        story.do(M.CONFIRM_PASS, "kobayashi")
    story.do(M.CONFIRM_PASS, "nakamura")


@pytest.mark.req("X05")
def test_an_exclusion_cites_criterion_clause_and_reason(told: Told) -> None:
    story = told("screening")
    story.find(politics="候補者を応援する催しが中心です。", unwanted="近隣の反対があります。")
    with lacking(story, "reason"):
        story.do(M.PROPOSE_EXCLUSION, "nakamura", reason="")
    story.send_exclusion()
    story.confirm_exclusion()
    story.approve_exclusion()
    event = story.proposal.events[-1]
    assert event.details["criteria"] == ["politics", "unwanted"]
    clauses = [programme(DEFAULT).criterion(key).clause.ja for key in event.details["criteria"]]
    assert clauses == ["第1章6(2)", "第3章1(4)"]
    reasons = {f.criterion: f.reason for f in story.proposal.findings if f.verdict is Verdict.MET}
    assert reasons == {"politics": "候補者を応援する催しが中心です。", "unwanted": "近隣の反対があります。"}


@pytest.mark.req("X05")
def test_the_result_is_open_and_the_deliberation_is_not(told: Told) -> None:
    story = told("excluded")
    public = [event.move for event in timeline(story.proposal, None)]
    assert public == [M.APPROVE_EXCLUSION, M.ACCEPT]
    city = timeline(story.proposal, story.cast.actor(story.session, "nakamura"))
    assert M.RECORD_FINDINGS in {event.move for event in city}


@pytest.mark.parametrize(
    ("scene", "move", "who"),
    [
        ("pass_proposed", M.SEND_BACK_SCREENING, "kobayashi"),
        ("exclusion_proposed", M.SEND_BACK_SCREENING, "kobayashi"),
        ("exclusion_approval", M.RETURN_EXCLUSION, "watanabe"),
    ],
)
def test_sending_back_says_why_and_screening_begins_anew(scene: str, move: M, who: str, told: Told) -> None:
    story = told(scene)
    with lacking(story, "reason"):
        story.do(move, who, reason=" ")
    story.do(move, who, reason="根拠をもう一度確かめてください。")
    assert story.proposal.state is State.SCREENING
    [duty] = turns(story.proposal)
    assert (duty.key, duty.hat) == (DutyKey.SCREEN, Hat.DESK)


def test_waiting_for_the_head_the_group_reads_no_verdict_in_whose_turn_it_is(told: Told) -> None:
    story = told("exclusion_approval")
    [duty] = turns(story.proposal)
    assert duty.hat is Hat.HEAD
    assert "対象外" not in DUTIES[duty.key].ja + STATES[story.proposal.state].ja
    assert "xclu" not in DUTIES[duty.key].en + STATES[story.proposal.state].en


@pytest.mark.req("X01")
@pytest.mark.parametrize("hats", [frozenset(), frozenset({Hat.MEMBER}), frozenset({Hat.REPRESENTATIVE})])
def test_the_way_a_result_takes_does_not_tell_it_outside_the_city(hats: frozenset[Hat], told: Told) -> None:
    read = set()
    for scene in ("pass_proposed", "exclusion_proposed", "exclusion_approval"):
        proposal = told(scene).proposal
        [duty] = turns(proposal)
        shown = shown_duty(duty, hats)
        read.add((state_words(proposal, hats), shown.key, shown.hat))
    assert read == {(STATES[State.PASS_PROPOSED], DutyKey.CONFIRM_SCREENING, Hat.DESK)}
    assert state_words(proposal, frozenset({Hat.HEAD})) == STATES[State.EXCLUSION_APPROVAL]
    assert shown_duty(duty, frozenset({Hat.DESK})).key is DutyKey.APPROVE_EXCLUSION


def test_a_refusal_does_not_tell_the_group_that_the_head_decides(told: Told) -> None:
    sentences = []
    for scene in ("pass_proposed", "exclusion_proposed", "exclusion_approval"):
        story = told(scene)
        refused = refusal(story.session, story.proposal, M.SUBMIT, story.cast.actor(story.session, "katsuragi"))
        assert refused is not None
        sentences.append(refused.sentence)
    assert sentences[0] == sentences[1] == sentences[2]
    assert "市民協働課の番" in sentences[0].ja


@pytest.mark.req("X05")
def test_confirming_is_the_turn_of_everybody_at_the_desk_but_who_proposed(told: Told) -> None:
    for scene in ("pass_proposed", "exclusion_proposed"):
        story = told(scene)
        [duty] = turns(story.proposal)
        proposer, colleague = (story.cast.actor(story.session, who) for who in ("nakamura", "kobayashi"))
        assert not is_mine(duty, proposer, story.proposal)
        assert lies_with_colleagues(duty, proposer, story.proposal)
        assert is_mine(duty, colleague, story.proposal)
        assert not lies_with_colleagues(duty, colleague, story.proposal)


def test_who_proposed_another_result_before_may_confirm_the_new_one(told: Told) -> None:
    story = told("exclusion_proposed")
    story.do(M.SEND_BACK_SCREENING, "kobayashi", reason="根拠をもう一度確かめてください。")
    story.find()
    story.do(M.PROPOSE_PASS, "kobayashi")
    [duty] = turns(story.proposal)
    first, second = (story.cast.actor(story.session, who) for who in ("nakamura", "kobayashi"))
    assert is_mine(duty, first, story.proposal)
    assert not is_mine(duty, second, story.proposal)
    lines = {
        who.name: [line.duty_id for line in inbox(story.session, who, clock.today(), Span.ALL, Sorting.DUE).rows]
        for who in (first, second)
    }
    assert duty.id in lines[first.name]
    assert duty.id not in lines[second.name]
